package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"chouka/assets"
	"chouka/store"
)

// FigureChoice is how to read a table of figures, as found or as changed by hand.
type FigureChoice struct {
	Encoding  Encoding `json:"encoding,omitempty"`
	Separator string   `json:"separator,omitempty" enum:",comma,semicolon,tab,wide"`
	Sheet     string   `json:"sheet,omitempty"`
	HeaderRow *int     `json:"header_row,omitempty"` // from 1; 0: the table has none
	Columns   []string `json:"columns,omitempty" doc:"the field of each column in order, one of the preview's fields; empty: not used"`
	Platform  string   `json:"platform,omitempty" doc:"where rows name none; the columns are remembered under it"`
	Region    string   `json:"region,omitempty"`
	ReleaseID string   `json:"release_id,omitempty" doc:"all rows are of this release"`
	Metric    string   `json:"metric,omitempty" enum:",plays,heat,followers,likes,completion,revenue,spend" doc:"of the column value where no column says it"`
	Increment bool     `json:"increment,omitempty" doc:"the column value holds figures of a period, not running totals"`
	Currency  string   `json:"currency,omitempty" doc:"of money where no cell says it; CNY when empty"`
	// ExportedAt is when the platform made the file, in any usual spelling: of two files that differ the later one holds (R3).
	ExportedAt  string `json:"exported_at,omitempty"`
	NewReleases bool   `json:"new_releases,omitempty" doc:"list titles on platforms where they are not listed yet, instead of leaving their rows out"`
}

// FigureChange is one reading that an import would correct.
type FigureChange struct {
	Row      int       `json:"row"`
	TitleID  string    `json:"title_id"`
	Title    string    `json:"title"`
	Platform string    `json:"platform"`
	Metric   string    `json:"metric"`
	Observed time.Time `json:"observed"`
	DayOnly  bool      `json:"day_only"`
	From     int64     `json:"from"`
	To       int64     `json:"to"`
	Currency string    `json:"currency,omitempty"`
	Kind     string    `json:"kind" enum:"up,down,revived"` // revived: it had been withdrawn
}

// UnmatchedName is a name in a file that is no title's: its rows wait for a person (R8).
type UnmatchedName struct {
	Platform    string       `json:"platform"`
	Name        string       `json:"name"`
	Rows        int          `json:"rows"`
	Row         int          `json:"row"` // the first
	Why         string       `json:"why" enum:"no_title,several,no_release"`
	Suggestions []Suggestion `json:"suggestions"` // nearest first, at most five
}

// Suggestion is a title that a name may mean; somebody has to approve it.
type Suggestion struct {
	TitleID   string `json:"title_id"`
	Title     string `json:"title"`
	ReleaseID string `json:"release_id,omitempty"` // empty: it is not listed on the platform yet
	Likeness  int    `json:"likeness"`             // 0 to 100
}

// NewRelease is a title that an import would list on a platform.
type NewRelease struct {
	TitleID  string `json:"title_id"`
	Title    string `json:"title"`
	Platform string `json:"platform"`
	Region   string `json:"region"`
	Rows     int    `json:"rows"`
}

// ImportCount is what an import does or has done, in figures and rows.
type ImportCount struct {
	Rows      int `json:"rows"`      // that are meant
	New       int `json:"new"`       // figures
	Duplicate int `json:"duplicate"` // figures that are there already
	Up        int `json:"up"`        // corrections upwards
	Down      int `json:"down"`      // corrections downwards
	Older     int `json:"older"`     // kept as history: a later source says otherwise
	Revived   int `json:"revived"`   // of withdrawn readings
	Unmatched int `json:"unmatched"` // rows that wait for a person
	Wrong     int `json:"wrong"`     // rows that cannot be read
	Skipped   int `json:"skipped"`   // rows that are none: blanks, totals, repeated headers
	Releases  int `json:"releases"`  // new ones
	Titles    int `json:"titles"`    // touched
}

// FigurePreview is what importing a table of figures would do. Nothing is written. Lists are cut at listed; the counts are whole.
type FigurePreview struct {
	SHA256       string          `json:"sha256"`
	Name         string          `json:"name"`
	Choice       FigureChoice    `json:"choice"`
	Remembered   bool            `json:"remembered"` // the columns are those that this platform used last
	ExportedFrom string          `json:"exported_from" enum:"given,name,preamble,workbook,file,now"`
	Encodings    []Encoding      `json:"encodings"`
	Sheets       []string        `json:"sheets"`
	Header       []string        `json:"header"`
	Fields       []string        `json:"fields"`  // what a column may stand for
	Lacking      []string        `json:"lacking"` // fields without which nothing can be imported
	Sample       [][]string      `json:"sample"`  // the first five rows as they stand
	Count        ImportCount     `json:"count"`
	Corrections  []FigureChange  `json:"corrections"`
	Unmatched    []UnmatchedName `json:"unmatched"`
	NewReleases  []NewRelease    `json:"new_releases"`
	Anomalies    []Anomaly       `json:"anomalies"`
	Gaps         []FigureGap     `json:"gaps"`
	Errors       []CellError     `json:"errors"`
	Skipped      []SkippedRow    `json:"skipped"`
	Milestones   []MilestoneRow  `json:"milestones"` // that would come, move or go
	// Before is the import of this very file that is already in; nil where it is not.
	Before *Import `json:"before,omitempty"`
}

// figureLayout is what the columns of a platform's files stood for when one was last imported, and how they were read.
type figureLayout struct {
	store.Meta
	Platform string            `json:"platform"`
	Fields   map[string]string `json:"fields"` // by the header, folded
	Choice   FigureChoice      `json:"choice"` // metric, increment, currency, region
}

// importListed is how many lines of each list a preview shows.
const importListed = 200

// KeptFigures is a table of figures that was previewed before, with how to read it.
type KeptFigures struct {
	SHA256 string       `json:"sha256"`
	Name   string       `json:"name"`
	Choice FigureChoice `json:"choice"`
}

// Import is one file of figures that was taken in. The file is kept byte for byte; readings name it with their row.
type Import struct {
	store.Meta
	Name       string       `json:"name"`
	SHA256     string       `json:"sha256"`
	Bytes      int64        `json:"bytes"`
	Choice     FigureChoice `json:"choice"`
	ExportedAt time.Time    `json:"exported_at"`
	By         string       `json:"by"`
	ByName     string       `json:"by_name"`
	Count      ImportCount  `json:"count"`
	Undone     *time.Time   `json:"undone,omitempty"`
	UndoneBy   string       `json:"undone_by,omitempty"` // name
	Demo       bool         `json:"demo"`
}

// ImportOutcome is what an import, or taking one back, has done.
type ImportOutcome struct {
	Import Import `json:"import"`
	// Outcome is done, same (the file was in already: nothing changed) or undone.
	Outcome string         `json:"outcome" enum:"done,same,undone"`
	Count   ImportCount    `json:"count"`
	Changes []MilestoneRow `json:"changes"`
	// ActID names a match for taking it back; empty where there is no way back.
	ActID string `json:"act_id,omitempty"`
}

// Stray is a name from imported files that no title answers to. Its rows wait in their files (R8).
type Stray struct {
	store.Meta
	Platform string   `json:"platform"`
	Name     string   `json:"name"` // as first written
	Why      string   `json:"why" enum:"no_title,several,no_release"`
	Rows     int      `json:"rows"`
	Imports  []string `json:"imports"` // ids of those whose rows wait
	Counts   []int    `json:"counts"`  // how many of each
	Ignored  bool     `json:"ignored"`
}

// StrayRow is a stray with whom it may mean.
type StrayRow struct {
	Stray       Stray        `json:"stray"`
	Suggestions []Suggestion `json:"suggestions"`
}

// MatchIn says whom a stray means: the release, or a title that is to be listed on its platform.
type MatchIn struct {
	ReleaseID string `json:"release_id,omitempty"`
	TitleID   string `json:"title_id,omitempty"`
}

// mayImportFigures is who may import figures: whoever may enter them for some title, which every row is asked about again.
func (a Actor) mayImportFigures(kind string) error {
	if err := a.here(); err != nil {
		return err
	}
	if a.wide() {
		return a.must(EnterReading, "", kind)
	}
	for id := range a.Roles {
		if a.personCan(EnterReading, id) {
			return a.must(EnterReading, id, kind)
		}
	}
	return forbidden(EnterReading)
}

// PreviewFigures keeps a table for a day, reads it and says what importing it would do. modified is the file's own time, zero where
// nobody knows it. Rows of titles that the actor may not enter figures for are told like those of unknown ones.
func (s *Studio) PreviewFigures(ctx context.Context, by Actor, f TableFile, modified time.Time) (FigurePreview, error) {
	if err := by.mayImportFigures("import"); err != nil {
		return FigurePreview{}, err
	}
	// Read before it is kept: what cannot be read need not wait for anybody.
	t, err := openFigures(fileName(f.Name), f.Data, FigureChoice{})
	if err != nil {
		return FigurePreview{}, err
	}
	if t.sha, err = s.keepFor(ctx, by, by.Person.ID, f.Name, f.Data); err != nil {
		return FigurePreview{}, err
	}
	t.modified = modified
	return s.previewFigures(ctx, by, t)
}

// PreviewKeptFigures previews a kept table again, as it was chosen to be read.
func (s *Studio) PreviewKeptFigures(ctx context.Context, by Actor, in KeptFigures) (FigurePreview, error) {
	t, err := s.openKeptFigures(ctx, by, in)
	if err != nil {
		return FigurePreview{}, err
	}
	return s.previewFigures(ctx, by, t)
}

func (s *Studio) previewFigures(ctx context.Context, by Actor, t *figureTable) (FigurePreview, error) {
	var out FigurePreview
	err := s.view(ctx, func(tx store.Txn) error {
		before, err := s.importedBefore(tx, t.sha)
		if err != nil {
			return err
		}
		t.sameExport(before)
		p, err := s.planFigures(tx, by, t, s.now())
		if err != nil {
			return err
		}
		if before != nil && !s.seesImport(by, before) {
			before = nil
		}
		out, err = p.preview(before)
		return err
	})
	return out, err
}

// ImportFigures takes a kept table in, in one transaction. Rows that cannot be read or matched are counted and stop nothing else
// (R9); a file that is in already changes nothing (R10).
func (s *Studio) ImportFigures(ctx context.Context, by Actor, in KeptFigures) (ImportOutcome, error) {
	t, err := s.openKeptFigures(ctx, by, in)
	if err != nil {
		return ImportOutcome{}, err
	}
	return create(ctx, s, by, func(c *change) (ImportOutcome, error) {
		// The table is let go before the commit, which needs the room. Where the transaction runs again, so is the file read.
		table := t
		if t = nil; table == nil {
			data, err := s.importBytes(in.SHA256)
			if err != nil {
				return ImportOutcome{}, err
			}
			if table, err = keptTable(in, data); err != nil {
				return ImportOutcome{}, err
			}
		}
		return c.importFigures(table)
	})
}

func (s *Studio) openKeptFigures(ctx context.Context, by Actor, in KeptFigures) (*figureTable, error) {
	if err := by.mayImportFigures("import"); err != nil {
		return nil, err
	}
	data, err := s.keptBytes(ctx, by.Person.ID, in.SHA256, func(tx store.Txn) error { return nil })
	if IsKind(err, Conflict) {
		data, err = s.importedBytes(ctx, by, in.SHA256, err)
	}
	if err != nil {
		return nil, err
	}
	return keptTable(in, data)
}

func keptTable(in KeptFigures, data []byte) (*figureTable, error) {
	t, err := openFigures(fileName(in.Name), data, in.Choice)
	if err != nil {
		return nil, err
	}
	t.sha, t.bytes = in.SHA256, int64(len(data))
	return t, nil
}

// importedBytes reads a file that is kept for good because an import that the actor sees names it; gone is the error otherwise.
func (s *Studio) importedBytes(ctx context.Context, by Actor, sha string, gone error) ([]byte, error) {
	sees := false
	err := s.view(ctx, func(tx store.Txn) error {
		return s.r.imports.Each(tx, "file", store.K().Text(sha), func(i *Import) error {
			sees = sees || s.seesImport(by, i)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("looking for an imported file: %w", err)
	}
	if !sees {
		return nil, gone
	}
	return s.importBytes(sha)
}

// Imports lists what was taken in, the newest first: all for those who see every title, else the actor's own.
func (s *Studio) Imports(ctx context.Context, by Actor, p Page) (List[Import], error) {
	out := List[Import]{Items: []Import{}}
	if err := by.mayImportFigures("import"); err != nil {
		return out, err
	}
	if err := by.reads(); err != nil {
		return out, err
	}
	p.Reverse = true
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.r.imports.List(tx, "created", store.K(), p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		for _, i := range got.Items {
			if s.seesImport(by, i) {
				out.Items = append(out.Items, *i)
			}
		}
		return nil
	})
	return out, err
}

// seesImport lets those see an import who see every title, and whoever made it: its file may name titles that others do not know of.
func (s *Studio) seesImport(by Actor, i *Import) bool { return by.wide() || i.By == by.Person.ID }

func (s *Studio) theImport(tx store.Txn, by Actor, id string) (*Import, error) {
	i, err := found(s.r.imports.Get(tx, id))("import")
	if err != nil {
		return nil, err
	}
	if !s.seesImport(by, i) {
		return nil, unknown("import")
	}
	return i, nil
}

// Import reads one import.
func (s *Studio) Import(ctx context.Context, by Actor, id string) (Import, error) {
	var out Import
	if err := by.mayImportFigures("import"); err != nil {
		return out, err
	}
	if err := by.reads(); err != nil {
		return out, err
	}
	err := s.view(ctx, func(tx store.Txn) error {
		i, err := s.theImport(tx, by, id)
		if err == nil {
			out = *i
		}
		return err
	})
	return out, err
}

// UndoFigures takes back everything that an import said. What other sources said of the same readings holds again.
func (s *Studio) UndoFigures(ctx context.Context, by Actor, id string) (ImportOutcome, error) {
	if err := by.mayImportFigures("import"); err != nil {
		return ImportOutcome{}, err
	}
	return create(ctx, s, by, func(c *change) (ImportOutcome, error) {
		i, err := s.theImport(c.tx, by, id)
		if err != nil {
			return ImportOutcome{}, err
		}
		if i.Undone != nil {
			return ImportOutcome{}, conflict("import.undone", "这次导入已经撤销过了", "this import was taken back before")
		}
		return c.undoFigures(i)
	})
}

// ImportFile gives the file of an import as it came.
func (s *Studio) ImportFile(ctx context.Context, by Actor, id string) (*Document, error) {
	i, err := s.Import(ctx, by, id)
	if err != nil {
		return nil, err
	}
	data, err := s.importBytes(i.SHA256)
	if err != nil {
		return nil, err
	}
	return &Document{Name: i.Name, Type: "application/octet-stream", Data: data}, nil
}

// importBytes reads the file of an import, which is kept for good.
func (s *Studio) importBytes(sha string) ([]byte, error) {
	f, err := s.library.Open(sha)
	if errors.Is(err, assets.ErrMissing) {
		return nil, unknown("file")
	}
	if err != nil {
		return nil, fmt.Errorf("opening an imported file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, ScriptLimit+1))
	if err != nil {
		return nil, fmt.Errorf("reading an imported file: %w", err)
	}
	return data, nil
}
