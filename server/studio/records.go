package studio

import "context"

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

// TakeRecords gives the raw records of a take's file.
func (s *Studio) TakeRecords(ctx context.Context, by Actor, id string) (TakeRecords, error) {
	t, err := s.take(ctx, by, id)
	return TakeRecords{Generator: t.Generator, Records: []RawRecord{}, Reading: err == nil}, err
}
