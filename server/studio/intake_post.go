package studio

import (
	"context"

	"chouka/assets"
	"chouka/store"
)

// MaxFiles is how many results, and how many files beside them, one post may bring.
const MaxFiles = 16

// Admit refuses early what PostAttempt would refuse for its fields, its place or
// its person, before any file of it is taken in.
func (s *Studio) Admit(ctx context.Context, by Actor, in AttemptPost) error {
	if _, err := accountOf(in, s.now()); err != nil {
		return err
	}
	return s.view(ctx, func(tx store.Txn) error {
		_, err := s.placed(tx, by, in)
		return err
	})
}

// placed reads where a post says that it belongs.
func (s *Studio) placed(tx store.Txn, by Actor, in AttemptPost) (incoming, error) {
	b := incoming{way: in.Way}
	if b.way == "" {
		b.way = "api"
	}
	if err := by.logsSomewhere(); err != nil {
		return b, err
	}
	var err error
	switch {
	case in.Shot != "":
		b.shot, err = s.namedShot(tx, by, in.Shot, in.Title)
	case in.Title != "":
		var t *Title
		if t, err = s.namedTitle(tx, by, in.Title); err == nil {
			b.title = t.ID
		}
	}
	return b, err
}

// PostAttempt books what a program tells, with files that were kept before: all
// of it or nothing. The same task of a service, and the same bytes, are booked
// once; the attempt is then brought up to date and marked Duplicate.
func (s *Studio) PostAttempt(ctx context.Context, by Actor, in AttemptPost, files ...Kept) (AttemptRow, error) {
	var results, beside []Kept
	for _, k := range files {
		if k.kind == "" {
			results = append(results, k)
		} else {
			beside = append(beside, k)
		}
	}
	if len(results) > MaxFiles || len(beside) > MaxFiles {
		return AttemptRow{}, TooManyFiles()
	}
	if err := s.paced(by); err != nil {
		return AttemptRow{}, err
	}
	t, err := accountOf(in, s.now())
	if err != nil {
		return AttemptRow{}, err
	}
	defer s.wake()
	return create(ctx, s, by, func(c *change) (AttemptRow, error) {
		b, err := s.placed(c.tx, by, in)
		if err != nil {
			return AttemptRow{}, err
		}
		b.told, b.files, b.beside = t, results, beside
		return c.book(b)
	})
}

// TooManyFiles refuses more than MaxFiles of a kind.
func TooManyFiles() error {
	return refuse(TooLarge, "attempt.files", "一次最多 16 个文件，请分几次发", "at most 16 files at once; send them in several posts")
}

// ReadText says what a copied text card says. It stores nothing.
func (s *Studio) ReadText(_ context.Context, by Actor, text string) (Said, error) {
	if err := by.here(); err != nil {
		return Said{}, err
	}
	t, err := accountOf(AttemptPost{Text: text, Way: "paste"}, s.now())
	if err != nil {
		return Said{}, err
	}
	said := assets.ReadText(text)
	return Said{Generation: t.Generation, Params: t.params, Expanded: t.expanded, Sources: t.sources, Notes: append([]string{}, t.notes...),
		Generator: clip(oneLine(said.Generator), lineLimit), Status: t.status, Word: t.word}, nil
}
