package script

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"chouka/server/studio/charset"
)

// paragraphFDX is what Final Draft says of one paragraph beside its text.
type paragraphFDX struct {
	kind, number string
}

// readerFDX gathers the paragraphs of the script itself.
type readerFDX struct {
	*xmlWalk
	rows  []row
	paras []paragraphFDX
}

// startsXML says whether a delivery is markup rather than text.
func startsXML(data []byte) bool {
	head := strings.ReplaceAll(string(data[:min(len(data), 4096)]), "\x00", "")
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"} {
		head = strings.TrimPrefix(head, mark)
	}
	head = strings.TrimSpace(head)
	for _, mark := range []string{"<?xml", "<!DOCTYPE", "<FinalDraft"} {
		if len(head) >= len(mark) && strings.EqualFold(head[:len(mark)], mark) {
			return true
		}
	}
	return false
}

// readFDX reads a Final Draft file. Only the paragraphs that are direct children of Content, and of the DualDialogue
// inside one, are script: the same tag stands in scene properties, notes, headers and the title page.
func readFDX(data []byte, o Options) (*Script, error) {
	d, err := charset.Decode(data, "")
	if err != nil {
		return nil, undecoded(err)
	}
	r := &readerFDX{xmlWalk: newWalk([]byte(d.Text))}
	// The text is decoded by now, whatever its declaration says.
	r.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := r.document(); err != nil {
		var refused *RefusedError
		if errors.As(err, &refused) {
			return nil, err
		}
		return nil, &RefusedError{Code: RefusedBrokenFDX, err: err}
	}
	if !anyFilled(r.rows) {
		return nil, &RefusedError{Code: RefusedEmpty}
	}
	if err := setByHand(r.rows, o.Kinds); err != nil {
		return nil, err
	}
	nameFDX(r.rows, r.paras)
	return build(&Script{Format: FDX}, r.rows)
}

func anyFilled(rows []row) bool {
	for i := range rows {
		if !rows[i].blank {
			return true
		}
	}
	return false
}

// document finds the root and reads its Content; layout, revisions, cast and the title page are passed over.
func (r *readerFDX) document() error {
	for {
		t, err := r.token()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local != "FinalDraft" {
			return &RefusedError{Code: RefusedUnsupported, Found: "xml"}
		}
		break
	}
	err := r.children(func(e xml.StartElement) error {
		if e.Name.Local != "Content" {
			return nil
		}
		return r.content()
	})
	if err != nil {
		return err
	}
	for {
		if _, err := r.token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func (r *readerFDX) content() error {
	return r.children(func(e xml.StartElement) error {
		if e.Name.Local != "Paragraph" {
			return nil
		}
		return r.paragraph(e)
	})
}

// paragraph reads one paragraph with all its runs, revised or not. One that wraps a dual dialogue has no text itself.
func (r *readerFDX) paragraph(start xml.StartElement) error {
	var text strings.Builder
	wraps := false
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "Text":
			return r.run(&text)
		case "DualDialogue":
			wraps = true
			return r.content()
		}
		return nil
	})
	if err != nil || wraps && isBlank(text.String()) {
		return err
	}
	if len(r.rows) >= maxLines {
		return &RefusedError{Code: RefusedTooManyLines, Line: maxLines + 1}
	}
	// A paragraph is one line: Final Draft writes soft breaks as line ends inside a run.
	line := strings.TrimSpace(strings.Join(strings.FieldsFunc(text.String(), func(c rune) bool { return c == '\n' || c == '\r' }), " "))
	r.rows = append(r.rows, newRow(len(r.rows)+1, line))
	r.paras = append(r.paras, paragraphFDX{kind: attr(start, "Type"), number: strings.TrimSpace(attr(start, "Number"))})
	return nil
}

// run reads the characters of one Text; notes inside it are not script.
func (r *readerFDX) run(text *strings.Builder) error {
	for {
		t, err := r.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if err := r.skip(); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}
