package assets

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"chouka/assets/genmeta"
)

// Raw is what a file holds word for word, and what it says about itself as a whole.
type Raw struct {
	Reader    int              `json:"reader"` // version of the reader
	Generator string           `json:"generator,omitempty"`
	Label     *genmeta.Label   `json:"label,omitempty"`
	Claim     *genmeta.Claim   `json:"claim,omitempty"`
	Records   []genmeta.Record `json:"records"`
}

// maxRaw bounds the unpacked size of kept records, in bytes; the reader keeps less.
const maxRaw = 128 << 20

// Read reads what the original says about how it was made and keeps its raw records, compressed, beside the derived
// pictures. h may be zero; it only ever chooses between outputs of one graph. ErrMissing when there is no original.
func (l *Library) Read(sha string, h Hint) (Saying, error) {
	f, err := l.Open(sha)
	if err != nil {
		return Saying{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return Saying{}, fmt.Errorf("reading what a file says: %w", err)
	}
	kind, err := sniff(f, stat.Size())
	var bad *BadMediaError
	if err != nil && !errors.As(err, &bad) {
		return Saying{}, err
	}
	if kind == TypeMatroska {
		kind = TypeWebM // the same container
	}
	said, err := genmeta.Read(f, stat.Size(), kind, h)
	if err != nil {
		return Saying{}, err
	}
	kept := Raw{Reader: ReaderVersion, Generator: said.Generator, Label: said.Label, Claim: said.Claim, Records: said.Records}
	return said, l.replaceDerived(sha, raw, func(w *os.File) error {
		z := gzip.NewWriter(w)
		return errors.Join(json.NewEncoder(z).Encode(kept), z.Close())
	})
}

// Records gives the raw records of an original as they were kept, and reads them anew where they are absent, damaged or
// by another version of the reader.
func (l *Library) Records(sha string) (Raw, error) {
	if !validSHA(sha) {
		return Raw{}, fmt.Errorf("opening records: %w", ErrMissing)
	}
	kept, err := l.keptRecords(sha)
	if err == nil && kept.Reader == ReaderVersion {
		return kept, nil
	}
	said, err := l.Read(sha, Hint{})
	return Raw{Reader: ReaderVersion, Generator: said.Generator, Label: said.Label, Claim: said.Claim, Records: said.Records}, err
}

func (l *Library) keptRecords(sha string) (kept Raw, err error) {
	f, err := os.Open(l.derived(sha, raw))
	if err != nil {
		return kept, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return kept, err
	}
	return kept, json.NewDecoder(io.LimitReader(z, maxRaw)).Decode(&kept)
}
