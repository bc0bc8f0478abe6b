package studio

import (
	"context"
	"errors"
	"fmt"
	"io"

	"chouka/assets"
	"chouka/store"
)

// Evidence is a picture that shows where a figure, a rank or a claim was read: a screenshot, kept byte for byte.
type Evidence struct {
	store.Meta
	TitleID string `json:"title_id"`
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Bytes   int64  `json:"bytes"`
	Type    string `json:"type"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
	By      string `json:"by"`
}

// evidenceBytes is how large a screenshot may be.
const evidenceBytes = 16 << 20

// evidencePictures is how many one figure, rank or claim may have.
const evidencePictures = 6

// AddEvidence keeps a picture (PNG, JPEG or WebP, at most 16 MiB and 50 megapixels) for a title; readings, ranks and claims
// then name it by its id. The same bytes again are the same record.
func (s *Studio) AddEvidence(ctx context.Context, by Actor, titleID, name string, r io.Reader) (Evidence, error) {
	if err := by.must(EnterReading, titleID, "title"); err != nil {
		return Evidence{}, err
	}
	// Before the bytes are taken, so that a mistaken call costs nothing.
	err := s.view(ctx, func(tx store.Txn) error {
		_, err := found(s.r.titles.Get(tx, titleID))("title")
		return err
	})
	if err != nil {
		return Evidence{}, err
	}
	m, err := s.keep(ctx, r, evidenceBytes, isPicture)
	if err != nil {
		return Evidence{}, refusedEvidence(err)
	}
	return create(ctx, s, by, func(c *change) (Evidence, error) {
		held, err := s.r.evidence.By(c.tx, "title", store.K().ID(titleID).Text(m.SHA256))
		if err == nil {
			return *held, nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return Evidence{}, fmt.Errorf("looking for a picture: %w", err)
		}
		t, err := found(s.r.titles.Get(c.tx, titleID))("title")
		if err != nil {
			return Evidence{}, err
		}
		e := Evidence{Meta: c.meta(), TitleID: titleID, Name: fileName(name), SHA256: m.SHA256, Bytes: m.Bytes, Type: m.Type,
			Width: m.Width, Height: m.Height, By: by.Person.ID}
		if err := s.r.evidence.Insert(c.tx, &e); err != nil {
			return Evidence{}, fmt.Errorf("keeping a picture: %w", err)
		}
		return e, c.note(event{Verb: "evidence.added", Kind: "evidence", Object: e.ID, TitleID: titleID,
			Params: map[string]string{"title": t.Name, "name": e.Name}})
	})
}

// refusedEvidence says what evidence takes, but where the word about the file is more exact.
func refusedEvidence(err error) error {
	switch {
	case IsKind(err, TooLarge) && codeOf(err) == "media.too_large":
		return refuse(TooLarge, "media.too_large", "图片太大，一张截图最大 16 MiB", "the picture is too large; a screenshot has at most 16 MiB")
	case IsKind(err, Unsupported) && codeOf(err) != "media."+assets.BadHEIC:
		return refuse(Unsupported, "evidence.type", "截图只收 PNG、JPEG 和 WebP，请换一种格式", "a screenshot is PNG, JPEG or WebP; save it as one of these")
	}
	return err
}

// EvidenceFile opens a picture as it came. The caller closes it.
func (s *Studio) EvidenceFile(ctx context.Context, by Actor, id string) (*File, error) {
	if by.Person.ID == "" {
		return nil, by.must(ViewTitle, "", "evidence")
	}
	var e *Evidence
	err := s.view(ctx, func(tx store.Txn) (err error) {
		if e, err = found(s.r.evidence.Get(tx, id))("evidence"); err != nil {
			return err
		}
		return by.readsTitle(e.TitleID, "evidence")
	})
	if err != nil {
		return nil, err
	}
	return s.openOriginal(Media{SHA256: e.SHA256, Type: e.Type}, e.Name)
}
