package studio

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"chouka/server/studio/script"
	"chouka/store"
)

// ScriptVersion is one import of a script. The file itself is kept byte for byte.
type ScriptVersion struct {
	store.Meta
	TitleID  string           `json:"title_id"`
	Number   int64            `json:"number"` // 1, 2, 3 … within the title
	File     string           `json:"file"`
	SHA256   string           `json:"sha256"`
	Bytes    int64            `json:"bytes"`
	Format   script.Format    `json:"format"`
	Encoding script.Encoding  `json:"encoding"`
	By       string           `json:"by"`
	Note     string           `json:"note"`
	Front    []script.Line    `json:"front,omitempty"`
	Counts   script.Counts    `json:"counts"`
	Warnings []script.Warning `json:"warnings"`
	Added    int              `json:"added"`    // scenes that were new
	Changed  int              `json:"changed"`  // scenes whose lines or heading changed
	Archived int              `json:"archived"` // scenes that are no longer in the script; their work stays
	Stale    int              `json:"stale"`    // shots that it made stale
	Undone   *time.Time       `json:"undone,omitempty"`
	// Corrections are what the importer set by hand; with File, Encoding and these the version can be read again.
	Corrections []Correction `json:"corrections,omitempty"`
}

// Encoding names how a text file is stored as bytes; see package script for the list.
type Encoding = script.Encoding

// ScriptFile is a delivered file with how to read it.
type ScriptFile struct {
	Name     string
	Encoding script.Encoding // empty: detect
	Data     []byte
	// Corrections set kinds of lines by hand.
	Corrections []Correction
}

// ScriptIn imports a file. SHA256 is what the preview said, so that what was looked at is what is imported.
type ScriptIn struct {
	ScriptFile
	SHA256 string
	Note   string
	Links  []SceneLink
}

// Preview accounts for every non-blank line of a file before anything is written.
type Preview struct {
	SHA256    string            `json:"sha256"`
	Script    script.Script     `json:"script"`
	Encodings []script.Encoding `json:"encodings"` // what may be chosen
	Scenes    []PlannedScene    `json:"scenes"`    // what it would do to each scene
	Added     int               `json:"added"`     // scenes that the import would add
	Changed   int               `json:"changed"`
	Archived  int               `json:"archived"`
}

// ScriptLimit is the largest script file, in bytes.
const ScriptLimit = 16 << 20

// PreviewScript reads a file and says what importing it would do. The file is kept for a day, nothing else is written.
func (s *Studio) PreviewScript(ctx context.Context, by Actor, titleID string, f ScriptFile) (Preview, error) {
	if err := by.must(ImportScript, titleID, "title"); err != nil {
		return Preview{}, err
	}
	out, err := s.preview(ctx, titleID, f, nil)
	if err != nil {
		return Preview{}, err
	}
	_, err = s.keepFor(ctx, by, titleID, f.Name, f.Data)
	return out, err
}

// preview reads a file and plans its import. The caller has checked who asks.
func (s *Studio) preview(ctx context.Context, titleID string, f ScriptFile, links []SceneLink) (Preview, error) {
	read, err := readScript(f)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{SHA256: sum(f.Data), Script: *read, Encodings: script.Encodings()}
	err = s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		p, err := s.planImport(tx, titleID, read, links)
		if err == nil {
			out.Scenes, out.Added, out.Changed, out.Archived = p.shown(), p.added, p.changed, len(p.gone)
		}
		return err
	})
	return out, err
}

// ImportScript keeps the file and makes its episodes and scenes, all or
// nothing. Scenes are matched by number, heading and text; what is no longer in
// the script is archived with all its work, never deleted. UndoImport takes it back.
func (s *Studio) ImportScript(ctx context.Context, by Actor, titleID string, in ScriptIn) (ScriptVersion, error) {
	if err := by.must(ImportScript, titleID, "title"); err != nil {
		return ScriptVersion{}, err
	}
	if in.SHA256 != "" && in.SHA256 != sum(in.Data) {
		return ScriptVersion{}, conflict("script.changed", "文件和预览时的不一样，请重新预览", "the file is not the one that was previewed; preview it again")
	}
	read, err := readScript(in.ScriptFile)
	if err != nil {
		return ScriptVersion{}, err
	}
	blob, err := s.library.Put(ctx, bytes.NewReader(in.Data), ScriptLimit)
	if err != nil {
		return ScriptVersion{}, fmt.Errorf("keeping a script: %w", err)
	}
	return create(ctx, s, by, func(c *change) (ScriptVersion, error) {
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return ScriptVersion{}, err
		}
		n, err := c.count(titleID, "scripts", 1)
		if err != nil {
			return ScriptVersion{}, err
		}
		v := ScriptVersion{Meta: c.meta(), TitleID: titleID, Number: n, File: fileName(in.Name), SHA256: blob.SHA256, Bytes: blob.Bytes,
			Format: read.Format, Encoding: read.Encoding, By: by.Person.ID, Front: read.Front, Counts: read.Counts, Warnings: read.Warnings, Corrections: in.Corrections}
		var x setter
		x.line("note", &v.Note, &in.Note)
		if x.err != nil {
			return ScriptVersion{}, x.err
		}
		p, err := s.planImport(c.tx, titleID, read, in.Links)
		if err != nil {
			return ScriptVersion{}, err
		}
		v.Added, v.Changed, v.Archived, v.Stale = p.added, p.changed, len(p.gone), p.stale
		if err := c.applyImport(p, &v); err != nil {
			return ScriptVersion{}, err
		}
		if err := s.r.scripts.Insert(c.tx, &v); err != nil {
			return ScriptVersion{}, fmt.Errorf("importing a script: %w", err)
		}
		return v, c.note(event{Verb: "script.imported", Kind: "script", Object: v.ID, TitleID: titleID,
			Params: map[string]string{"number": strconv.FormatInt(n, 10), "file": v.File}})
	})
}

func readScript(f ScriptFile) (*script.Script, error) {
	kinds := make(map[int]script.Kind, len(f.Corrections))
	for _, c := range f.Corrections {
		kinds[c.Line] = c.Kind
	}
	read, err := script.Read(f.Data, script.Options{Encoding: f.Encoding, Name: f.Name, Kinds: kinds})
	var refused *script.RefusedError
	if errors.As(err, &refused) {
		return nil, refusedScript(refused)
	}
	if err != nil {
		return nil, fmt.Errorf("reading a script: %w", err)
	}
	return read, nil
}

// Scripts lists a title's versions, newest first, without their front lines.
func (s *Studio) Scripts(ctx context.Context, by Actor, titleID string) ([]ScriptVersion, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	var out []ScriptVersion
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		got, err := s.r.scripts.List(tx, "title", store.K().ID(titleID), Page{Limit: store.MaxPage, Reverse: true})
		out = values(got.Items)
		return err
	})
	for i := range out {
		out[i].Front = nil
	}
	return out, err
}

// Script reads one version.
func (s *Studio) Script(ctx context.Context, by Actor, id string) (ScriptVersion, error) {
	if err := by.here(); err != nil {
		return ScriptVersion{}, err
	}
	var out ScriptVersion
	err := s.view(ctx, func(tx store.Txn) error {
		v, err := found(s.r.scripts.Get(tx, id))("script")
		if err != nil {
			return err
		}
		out = *v
		return by.readsTitle(v.TitleID, "script")
	})
	if err != nil {
		return ScriptVersion{}, err
	}
	return out, nil
}

// ScriptOriginal opens the file as it was delivered, byte for byte.
func (s *Studio) ScriptOriginal(ctx context.Context, by Actor, id string) (*File, error) {
	v, err := s.Script(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return s.openOriginal(Media{SHA256: v.SHA256, Type: "application/octet-stream"}, v.File)
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}
