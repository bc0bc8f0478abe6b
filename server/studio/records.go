package studio

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chouka/assets"
)

// TakeRecords is everything that the file of a take says about itself, as it stands there.
type TakeRecords struct {
	Reader    int         `json:"reader"` // version of the reader that found them
	Generator string      `json:"generator"`
	Reading   bool        `json:"reading"` // not read yet: ask again
	Records   []RawRecord `json:"records"`
}

// RawRecord is one record. The queries of addresses in its text are cut away, because they may hold keys.
type RawRecord struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
	Text  string `json:"text"` // empty for what is no text
	Cut   bool   `json:"cut"`  // the text is longer than is shown
}

// shownRecord is how much of one record is shown, in bytes.
const shownRecord = 2 << 20

// TakeRecords gives the raw records of a take's file. They are read here and now where they are not kept.
func (s *Studio) TakeRecords(ctx context.Context, by Actor, id string) (TakeRecords, error) {
	t, err := s.take(ctx, by, id)
	if err != nil {
		return TakeRecords{}, err
	}
	kept, err := s.library.Records(t.Media.SHA256)
	if errors.Is(err, assets.ErrMissing) {
		return TakeRecords{}, unknown("file")
	}
	if err != nil {
		return TakeRecords{}, fmt.Errorf("reading the records of a file: %w", err)
	}
	out := TakeRecords{Reader: kept.Reader, Generator: kept.Generator, Records: []RawRecord{}}
	for _, r := range kept.Records {
		out.Records = append(out.Records, shown(r.Name, r.Bytes, r.Text))
	}
	return out, nil
}

// shown cuts what is too long at a whole character, and then the queries of addresses.
func shown(name string, bytes int, text string) RawRecord {
	r := RawRecord{Name: oneLine(name), Bytes: bytes}
	if len(text) > shownRecord {
		text, r.Cut = text[:shownRecord], true
	}
	r.Text = assets.Redact(strings.ToValidUTF8(text, ""))
	return r
}
