package studio

import (
	"context"
	"errors"
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
}

// SkippedRow is a row that is none of what was asked for.
type SkippedRow struct {
	Row int    `json:"row"` // in the file, from 1
	Why string `json:"why" enum:"blank,header,total,instruction,merged"`
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
}

// KeptTable is a table that was previewed before and is kept under its hash for a day, with how to read it.
type KeptTable struct {
	SHA256 string      `json:"sha256"`
	Name   string      `json:"name"`
	Choice TableChoice `json:"choice"`
}

// PreviewKeptTable previews a kept table again, as it was chosen to be read.
func (s *Studio) PreviewKeptTable(ctx context.Context, by Actor, titleID string, kind TableKind, in KeptTable) (TablePreview, error) {
	return TablePreview{}, errors.New("seam")
}

// PreviewTable keeps a table for a day, reads it and says what importing it would do.
func (s *Studio) PreviewTable(ctx context.Context, by Actor, titleID string, kind TableKind, f TableFile) (TablePreview, error) {
	return TablePreview{}, errors.New("seam")
}

// ImportTable imports a kept table, all or nothing. The columns chosen are remembered for the title.
func (s *Studio) ImportTable(ctx context.Context, by Actor, titleID string, kind TableKind, in KeptTable) (TableOutcome, error) {
	return TableOutcome{}, errors.New("seam")
}

// ExportTable writes a table of a title, or of one episode: as csv (UTF-8 with mark, CRLF) or xlsx. Order is script
// (顺场) or place (分场), for scenes.
func (s *Studio) ExportTable(ctx context.Context, by Actor, titleID string, kind TableKind, episodeID, format, order string) (*Document, error) {
	return nil, errors.New("seam")
}
