package script

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// The limits of a Word file: bytes of one part unpacked, nesting, elements, and parts in the archive.
const (
	maxPart     = 64 << 20
	maxDepth    = 200
	maxElements = 3_000_000
	maxParts    = 4096
)

var (
	errPart   = errors.New("part too large")
	errEntity = errors.New("document type declarations are refused")
	errDeep   = errors.New("nested too deeply")
	errMany   = errors.New("too many elements")
)

// docxText reads the running text of a Word file: one line per paragraph, soft break and table row, with automatic
// numbers written out. The form is ECMA-376 part 1, WordprocessingML.
func docxText(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", &RefusedError{Code: RefusedBrokenDocx, err: err}
	}
	if len(archive.File) > maxParts {
		return "", &RefusedError{Code: RefusedBrokenDocx, err: errMany}
	}
	files := map[string]*zip.File{}
	for _, f := range archive.File {
		files[strings.TrimPrefix(f.Name, "/")] = f
	}
	main, err := mainPart(files)
	if err != nil {
		return "", err
	}
	dir := path.Dir(main)
	lists, err := readLists(files[path.Join(dir, "numbering.xml")], files[path.Join(dir, "styles.xml")])
	if err != nil {
		return "", err
	}
	part, err := unpack(files[main])
	if err != nil {
		return "", err
	}
	w := &wordReader{xmlWalk: newWalk(part), lists: lists}
	if err := w.document(); err != nil {
		return "", brokenDocx(err)
	}
	return w.out.String(), nil
}

// mainPart finds the document inside the archive, by its usual name or by the package's relations.
func mainPart(files map[string]*zip.File) (string, error) {
	if files["word/document.xml"] != nil {
		return "word/document.xml", nil
	}
	if rels := files["_rels/.rels"]; rels != nil {
		part, err := unpack(rels)
		if err != nil {
			return "", err
		}
		if target := officeDocument(part); strings.HasPrefix(target, "word/") && files[target] != nil {
			return target, nil
		}
	}
	found := "zip"
	switch {
	case files["xl/workbook.xml"] != nil:
		found = "xlsx"
	case files["ppt/presentation.xml"] != nil:
		found = "pptx"
	case files["project.rdf"] != nil, files["local.rdf"] != nil:
		found = "celtx"
	case files["[Content_Types].xml"] != nil:
		return "", &RefusedError{Code: RefusedBrokenDocx}
	}
	return "", &RefusedError{Code: RefusedUnsupported, Found: found}
}

// officeDocument gives the target of the relation that names the main document.
func officeDocument(part []byte) string {
	w := newWalk(part)
	for {
		t, err := w.token()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			return strings.TrimPrefix(attr(e, "Target"), "/")
		}
	}
}

// unpack reads one part and stops at the limit, whatever the archive claims.
func unpack(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > maxPart {
		return nil, &RefusedError{Code: RefusedTooLarge, err: errPart}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &RefusedError{Code: RefusedBrokenDocx, err: err}
	}
	defer r.Close()
	part, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err != nil {
		return nil, &RefusedError{Code: RefusedBrokenDocx, err: err}
	}
	if len(part) > maxPart {
		return nil, &RefusedError{Code: RefusedTooLarge, err: errPart}
	}
	return part, nil
}

func brokenDocx(err error) error {
	var refused *RefusedError
	if errors.As(err, &refused) {
		return err
	}
	return &RefusedError{Code: RefusedBrokenDocx, err: fmt.Errorf("read the document: %w", err)}
}

// xmlWalk reads tokens within the limits and refuses document type declarations.
type xmlWalk struct {
	dec      *xml.Decoder
	depth    int
	elements int
}

func newWalk(part []byte) *xmlWalk {
	return &xmlWalk{dec: xml.NewDecoder(bytes.NewReader(part))}
}

func (w *xmlWalk) token() (xml.Token, error) {
	t, err := w.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.Directive:
		return nil, errEntity
	case xml.StartElement:
		if w.depth++; w.depth > maxDepth {
			return nil, errDeep
		}
		if w.elements++; w.elements > maxElements {
			return nil, errMany
		}
	case xml.EndElement:
		w.depth--
	}
	return t, nil
}

// skip passes over the element whose start was just read.
func (w *xmlWalk) skip() error {
	for end := w.depth - 1; w.depth > end; {
		if _, err := w.token(); err != nil {
			return err
		}
	}
	return nil
}

// children calls f for each child element; f must read it to its end, or leave it to be skipped.
func (w *xmlWalk) children(f func(e xml.StartElement) error) error {
	for {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			at := w.depth
			if err := f(e); err != nil {
				return err
			}
			for w.depth >= at {
				if _, err := w.token(); err != nil {
					return err
				}
			}
		}
	}
}

// attr gives an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
