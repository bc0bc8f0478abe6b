package studio

import (
	"context"
	"errors"
	"io"

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

// AddEvidence keeps a picture (PNG, JPEG or WebP, at most 16 MiB) for a title; readings, ranks and claims then name it by its id.
func (s *Studio) AddEvidence(ctx context.Context, by Actor, titleID, name string, r io.Reader) (Evidence, error) {
	return Evidence{}, errors.New("seam")
}

// EvidenceFile gives a picture as it came.
func (s *Studio) EvidenceFile(ctx context.Context, by Actor, id string) (*Document, error) {
	return nil, errors.New("seam")
}
