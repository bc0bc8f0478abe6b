package studio

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"chouka/assets"
	"chouka/store"
)

// DocumentKind is what a document of a location is.
type DocumentKind string

// The kinds of document.
const (
	DocPermit    DocumentKind = "permit"
	DocContract  DocumentKind = "contract"
	DocInsurance DocumentKind = "insurance"
	DocOther     DocumentKind = "other"
)

// PlaceDocument is a paper of a location with the days on which it holds.
type PlaceDocument struct {
	ID     string       `json:"id"`
	Kind   DocumentKind `json:"kind" enum:"permit,contract,insurance,other"`
	Name   string       `json:"name"`
	Number string       `json:"number"`
	From   string       `json:"from,omitempty"`  // 2006-01-02, the first day
	Until  string       `json:"until,omitempty"` // the last day
	Note   string       `json:"note"`
	File   *KeptPaper   `json:"file,omitempty"`
	By     string       `json:"by"`
	At     time.Time    `json:"at"`
}

// KeptPaper is a document's file, kept byte for byte.
type KeptPaper struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Type   string `json:"type"`
}

// DocumentIn adds or changes a document; nil leaves a part as it is.
type DocumentIn struct {
	Kind   *DocumentKind `json:"kind,omitempty" enum:"permit,contract,insurance,other"`
	Name   *string       `json:"name,omitempty"`
	Number *string       `json:"number,omitempty"`
	From   *string       `json:"from,omitempty" doc:"2006-01-02; empty: not said"`
	Until  *string       `json:"until,omitempty" doc:"2006-01-02; empty: does not end"`
	Note   *string       `json:"note,omitempty"`
}

const (
	placePapers = 100 // documents of one location
	paperBytes  = 64 << 20
	typePDF     = "application/pdf"
)

// DocumentKinds lists the kinds of document in the order in which they are shown.
func DocumentKinds() []DocumentKind {
	return []DocumentKind{DocPermit, DocContract, DocInsurance, DocOther}
}

// AddDocument adds a document to a location.
func (s *Studio) AddDocument(ctx context.Context, by Actor, id string, in DocumentIn) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	return create(ctx, s, by, func(c *change) (Location, error) {
		l, err := c.openPlace(id)
		if err != nil {
			return Location{}, err
		}
		if len(l.Documents) >= placePapers {
			return Location{}, conflict("location.documents", "一个取景地最多 %d 份文件，请先删掉一些", "a location has at most %d documents; remove some first", placePapers)
		}
		d := PlaceDocument{ID: s.ids(), By: by.Person.ID, At: c.now}
		if err := d.apply(in); err != nil {
			return Location{}, err
		}
		l.Documents = append(l.Documents, d)
		return c.putPlace(l, "location.document_added")
	})
}

// EditDocument changes a document; rev is the location's.
func (s *Studio) EditDocument(ctx context.Context, by Actor, id, documentID string, rev int64, in DocumentIn) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(_ *change, l *Location) (string, error) {
		i := l.document(documentID)
		if i < 0 {
			return "", unknown("document")
		}
		return "location.document_edited", l.Documents[i].apply(in)
	})
}

// RemoveDocument takes a document off a location; rev is the location's.
func (s *Studio) RemoveDocument(ctx context.Context, by Actor, id, documentID string, rev int64) (Location, error) {
	return s.changePlace(ctx, by, id, rev, func(_ *change, l *Location) (string, error) {
		i := l.document(documentID)
		if i < 0 {
			return "", unknown("document")
		}
		l.Documents = slices.Delete(l.Documents, i, i+1)
		return "location.document_removed", nil
	})
}

func (d *PlaceDocument) apply(in DocumentIn) error {
	if in.Kind != nil {
		d.Kind = *in.Kind
	}
	if !slices.Contains(DocumentKinds(), d.Kind) {
		return wrong("kind", "请选择许可、合同、保险或其他", "choose permit, contract, insurance or other")
	}
	var x setter
	x.line("name", &d.Name, in.Name)
	x.line("number", &d.Number, in.Number)
	x.set("from", &d.From, in.From, calendarDay)
	x.set("until", &d.Until, in.Until, calendarDay)
	x.set("note", &d.Note, in.Note, short(prose, factLength))
	if x.err == nil && d.From != "" && d.Until != "" && d.Until < d.From {
		x.err = wrong("until", "到期日不能早于开始日", "the last day cannot be before the first")
	}
	return x.err
}

// AddPaper keeps the file of a document in place of the one that it had: PDF or a picture, at most 64 MiB.
func (s *Studio) AddPaper(ctx context.Context, by Actor, id, documentID, name string, r io.Reader) (Location, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return Location{}, err
	}
	// Before the bytes are taken, so that a mistaken call costs nothing.
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		if l.document(documentID) < 0 {
			return unknown("document")
		}
		return s.unmerged(tx, l)
	})
	if err != nil {
		return Location{}, err
	}
	p, err := s.keepPaper(ctx, name, r)
	if err != nil {
		return Location{}, err
	}
	return create(ctx, s, by, func(c *change) (Location, error) {
		l, err := c.openPlace(id)
		if err != nil {
			return Location{}, err
		}
		i := l.document(documentID)
		if i < 0 {
			return Location{}, unknown("document")
		}
		l.Documents[i].File = &p
		return c.putPlace(l, "location.paper_added")
	})
}

// keepPaper stores the bytes of a document before any record names them, and refuses what is no PDF and no picture.
func (s *Studio) keepPaper(ctx context.Context, name string, r io.Reader) (KeptPaper, error) {
	blob, err := s.library.Put(ctx, r, paperBytes)
	if err != nil {
		return KeptPaper{}, refusedPaper(refusedMedia(err))
	}
	p := KeptPaper{Name: fileName(name), SHA256: blob.SHA256, Bytes: blob.Bytes}
	pdf, err := s.isPDF(blob.SHA256)
	if err != nil {
		return KeptPaper{}, err
	}
	if p.Type = typePDF; pdf {
		return p, nil
	}
	info, err := s.library.Probe(blob.SHA256)
	if err != nil {
		return KeptPaper{}, refusedPaper(refusedMedia(err))
	}
	if p.Type = info.Type; !isPicture(p.Type) {
		return KeptPaper{}, notPaper()
	}
	return p, nil
}

// isPDF looks for the mark of a PDF, which stands within the first 1,024 bytes (ISO 32000-1, annex H, note 13).
func (s *Studio) isPDF(sha string) (bool, error) {
	f, err := s.library.Open(sha)
	if err != nil {
		return false, fmt.Errorf("opening a document: %w", err)
	}
	defer func() { _ = f.Close() }()
	head, err := io.ReadAll(io.LimitReader(f, 1024))
	if err != nil {
		return false, fmt.Errorf("reading a document: %w", err)
	}
	return bytes.Contains(head, []byte("%PDF-")), nil
}

func notPaper() error {
	return refuse(Unsupported, "location.paper_type", "文件只收 PDF、PNG、JPEG 和 WebP，请换一种格式", "a document is PDF, PNG, JPEG or WebP; save it as one of these")
}

// refusedPaper says what a document takes, but where the word about the file is more exact.
func refusedPaper(err error) error {
	switch {
	case IsKind(err, TooLarge) && codeOf(err) == "media.too_large":
		return refuse(TooLarge, "media.too_large", "文件太大，一份最大 64 MiB", "the file is too large; one document has at most 64 MiB")
	case IsKind(err, Unsupported) && codeOf(err) != "media."+assets.BadHEIC:
		return notPaper()
	}
	return err
}

// Paper opens the file of a document, to be saved. The caller closes it.
func (s *Studio) Paper(ctx context.Context, by Actor, id, documentID string) (*File, error) {
	if err := by.must(EditPlaces, "", "location"); err != nil {
		return nil, err
	}
	var p KeptPaper
	err := s.view(ctx, func(tx store.Txn) error {
		l, err := found(s.r.locations.Get(tx, id))("location")
		if err != nil {
			return err
		}
		i := l.document(documentID)
		if i < 0 || l.Documents[i].File == nil {
			return unknown("document")
		}
		p = *l.Documents[i].File
		return nil
	})
	if err != nil {
		return nil, err
	}
	f, err := s.library.Open(p.SHA256)
	if err != nil {
		return nil, fmt.Errorf("opening a document: %w", err)
	}
	return opened(f, File{Name: p.Name, Type: p.Type, SHA256: p.SHA256})
}

func (l *Location) document(id string) int {
	return slices.IndexFunc(l.Documents, func(d PlaceDocument) bool { return d.ID == id })
}

// firstEnd is the day on which the first of a location's documents ends; empty where none does.
func (l *Location) firstEnd() string {
	first := ""
	for _, d := range l.Documents {
		if d.Until != "" && (first == "" || d.Until < first) {
			first = d.Until
		}
	}
	return first
}
