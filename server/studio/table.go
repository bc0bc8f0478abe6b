package studio

import (
	"context"
	"strconv"

	"chouka/store"
)

// TableKind is what the rows of an imported table are.
type TableKind string

// The tables that can be imported into a title or written out of one. Kitsu's columns are those of its own CSV files.
const (
	TableShots        TableKind = "shots"         // 分镜表: any layout, mapped
	TableKitsuShots   TableKind = "kitsu-shots"   // Episode, Sequence, Name, Description, FPS, Frame In, Frame Out, Nb Frames …
	TableKitsuAssets  TableKind = "kitsu-assets"  // Type, Name, Description, Episode, Ready for
	TableKitsuCasting TableKind = "kitsu-casting" // Episode, Parent, Name, Asset Type, Asset, Occurences, Label
	TableKitsuPeople  TableKind = "kitsu-people"  // First Name, Last Name, Email, Phone, Role …
	TableScenes       TableKind = "scenes"        // 顺场表 or 分场表; out only
	tableSlots        TableKind = "slots"         // 档期表, which belongs to no title: see PreviewSlots
	tableFigures      TableKind = "figures"       // 平台数据表, which belongs to no title: see PreviewFigures
)

// TableFile is a delivered table: a file, or text that was pasted (Name empty).
type TableFile struct {
	Name string
	Data []byte
}

// TableChoice is how to read a table, as found or as changed by hand.
type TableChoice struct {
	Encoding  Encoding `json:"encoding,omitempty"`
	Separator string   `json:"separator,omitempty" enum:",comma,semicolon,tab,wide"` // wide: the full-width comma
	Sheet     string   `json:"sheet,omitempty"`
	HeaderRow *int     `json:"header_row,omitempty"` // from 1; 0: the table has none
	Columns   []string `json:"columns,omitempty" doc:"the field of each column in order; empty: not used"`
	EpisodeID string   `json:"episode_id,omitempty" doc:"where rows without an episode go"`
	SceneID   string   `json:"scene_id,omitempty" doc:"where rows without a scene go"`
	Update    bool     `json:"update,omitempty" doc:"change shots that exist already; else they are counted as duplicates"`
}

// TablePreview is what importing a table would do, row by row. Nothing is written.
type TablePreview struct {
	SHA256     string       `json:"sha256"`
	Choice     TableChoice  `json:"choice"`     // as found, with what was asked for put over it
	Remembered bool         `json:"remembered"` // the columns are those that this title used last
	Encodings  []Encoding   `json:"encodings"`
	Sheets     []string     `json:"sheets"`
	Header     []string     `json:"header"` // the columns' names as written
	Fields     []string     `json:"fields"` // what a column may stand for
	Sample     [][]string   `json:"sample"` // the first five rows as they stand
	Rows       int          `json:"rows"`
	New        int          `json:"new"`
	Changed    int          `json:"changed"`
	Same       int          `json:"same"`
	Skipped    []SkippedRow `json:"skipped"`
	Errors     []CellError  `json:"errors"` // every one there is; while there are any nothing can be imported
	NewScenes  int          `json:"new_scenes"`
	// NewEpisodes are those that the table names and the title does not have yet.
	NewEpisodes int `json:"new_episodes"`
}

// SkippedRow is a row that is none of what was asked for.
type SkippedRow struct {
	Row int    `json:"row"`                                                         // in the file, from 1
	Why string `json:"why" enum:"blank,header,total,instruction,merged,no_account"` // no_account: somebody who has not joined this studio yet
}

// CellError is a cell that cannot be taken, with what to do in the reader's language.
type CellError struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Code   string `json:"code"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
}

// TableOutcome is what an import has done.
type TableOutcome struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Scenes  int `json:"scenes"` // new ones
	// Episodes that are new.
	Episodes int `json:"episodes"`
}

// KeptTable is a table that was previewed before and is kept under its hash for a day, with how to read it.
type KeptTable struct {
	SHA256 string      `json:"sha256"`
	Name   string      `json:"name"`
	Choice TableChoice `json:"choice"`
}

// PreviewTable keeps a table for a day, reads it and says what importing it would do.
func (s *Studio) PreviewTable(ctx context.Context, by Actor, titleID string, kind TableKind, f TableFile) (TablePreview, error) {
	if err := mayImport(by, titleID, kind); err != nil {
		return TablePreview{}, err
	}
	// Read before it is kept: what cannot be read need not wait for anybody.
	t, err := openTable(kind, f.Data, TableChoice{})
	if err != nil {
		return TablePreview{}, err
	}
	if t.sha, err = s.keepFor(ctx, by, titleID, f.Name, f.Data); err != nil {
		return TablePreview{}, err
	}
	return s.previewTable(ctx, titleID, t)
}

// PreviewKeptTable previews a kept table again, as it was chosen to be read.
func (s *Studio) PreviewKeptTable(ctx context.Context, by Actor, titleID string, kind TableKind, in KeptTable) (TablePreview, error) {
	t, err := s.openKept(ctx, by, titleID, kind, in)
	if err != nil {
		return TablePreview{}, err
	}
	return s.previewTable(ctx, titleID, t)
}

// ImportTable imports a kept table, all or nothing. The columns chosen are remembered for the title.
func (s *Studio) ImportTable(ctx context.Context, by Actor, titleID string, kind TableKind, in KeptTable) (TableOutcome, error) {
	t, err := s.openKept(ctx, by, titleID, kind, in)
	if err != nil {
		return TableOutcome{}, err
	}
	return create(ctx, s, by, func(c *change) (TableOutcome, error) {
		p, err := s.planTable(c.tx, titleID, t)
		switch {
		case err != nil:
			return TableOutcome{}, err
		case len(p.errors) > 0:
			return TableOutcome{}, conflict("table.errors", "表格里有 %d 处读不通，改好后再导入，现在什么都没有写入",
				"%d cells of the table cannot be taken; mend them and import again. Nothing was written", len(p.errors))
		case p.rows() == 0:
			return TableOutcome{}, conflict("table.rows", "表格里没有可以导入的行", "the table has no row to import")
		}
		if err := p.apply(c); err != nil {
			return TableOutcome{}, err
		}
		if err := c.rememberLayout(titleID, t); err != nil {
			return TableOutcome{}, err
		}
		out := TableOutcome{New: p.new, Changed: p.changed, Same: p.same, Scenes: p.newScenes, Episodes: p.newEpisodes}
		return out, c.note(event{Verb: "table.imported", Kind: "title", Object: titleID, TitleID: titleID,
			Params: map[string]string{"kind": string(kind), "new": strconv.Itoa(p.new), "changed": strconv.Itoa(p.changed)}})
	})
}

// mayImport is who may import which table: whoever may edit shots, and people only the studio's administrator.
func mayImport(by Actor, titleID string, kind TableKind) error {
	if err := by.must(EditShots, titleID, "title"); err != nil {
		return err
	}
	switch kind {
	case TableKitsuPeople:
		return by.must(ManageStudio, "", "title")
	case TableShots, TableKitsuShots, TableKitsuAssets, TableKitsuCasting:
		return nil
	}
	return wrong("kind", "这种表只能导出，不能导入", "this table can only be written out")
}

func (s *Studio) openKept(ctx context.Context, by Actor, titleID string, kind TableKind, in KeptTable) (*readTable, error) {
	if err := mayImport(by, titleID, kind); err != nil {
		return nil, err
	}
	data, err := s.kept(ctx, by, titleID, in.SHA256)
	if err != nil {
		return nil, err
	}
	t, err := openTable(kind, data, in.Choice)
	if err == nil {
		t.sha = in.SHA256
	}
	return t, err
}

func (s *Studio) previewTable(ctx context.Context, titleID string, t *readTable) (TablePreview, error) {
	var out TablePreview
	err := s.view(ctx, func(tx store.Txn) error {
		p, err := s.planTable(tx, titleID, t)
		if err == nil {
			out = t.preview(p)
		}
		return err
	})
	return out, err
}

// tablePlan is what importing a table would do.
type tablePlan struct {
	new, changed, same     int
	newScenes, newEpisodes int
	skipped                []SkippedRow // besides those that are no rows
	errors                 []CellError
	apply                  func(*change) error
}

func (p *tablePlan) rows() int { return p.new + p.changed + p.same }

// planTable lays the columns out and works out what each row would do. Nothing is written.
func (s *Studio) planTable(tx store.Txn, titleID string, t *readTable) (*tablePlan, error) {
	if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
		return nil, err
	}
	kept, err := s.layoutOf(tx, titleID, t.kind)
	if err != nil {
		return nil, err
	}
	if err := t.layOut(kept); err != nil {
		return nil, err
	}
	if p := t.lacking(); p != nil {
		return p, nil
	}
	switch t.kind {
	case TableKitsuAssets:
		return s.planAssets(tx, titleID, t)
	case TableKitsuCasting:
		return s.planCasting(tx, titleID, t)
	case TableKitsuPeople:
		return s.planPeople(tx, titleID, t)
	}
	return s.planShots(tx, titleID, t)
}
