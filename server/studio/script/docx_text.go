package script

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// wordReader writes the text of a document part, line by line.
type wordReader struct {
	*xmlWalk
	lists *lists
	out   strings.Builder
	count int
	// carried is the text of a paragraph whose end mark was deleted: it joins the next one.
	carried string
}

// paragraph is one paragraph being read.
type paragraph struct {
	text strings.Builder
	// boxes are the lines of text boxes anchored here; they follow the paragraph.
	boxes []string
	style string
	list  listRef
	// merged is true when the paragraph's own end is a tracked deletion.
	merged bool
}

// document walks to the body and reads its blocks.
func (w *wordReader) document() error {
	found := false
	for {
		t, err := w.token()
		if errors.Is(err, io.EOF) {
			if !found || w.depth != 0 {
				return io.ErrUnexpectedEOF
			}
			break
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "body" {
			found = true
			if err := w.blocks(w.lines); err != nil {
				return err
			}
		}
	}
	if w.carried != "" {
		return w.lines(w.carried)
	}
	return nil
}

// blocks reads paragraphs and tables and passes over the wrappers around them.
func (w *wordReader) blocks(emit func(string) error) error {
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			text, err := w.paragraph()
			if err != nil {
				return err
			}
			for _, t := range text {
				if err := emit(t); err != nil {
					return err
				}
			}
			return nil
		case "tbl":
			return w.table(emit)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice":
			return w.blocks(emit)
		}
		return nil
	})
}

// lines writes one paragraph, whose soft breaks are line ends of their own.
func (w *wordReader) lines(text string) error {
	if w.count += 1 + strings.Count(text, "\n"); w.count > maxLines {
		return &RefusedError{Code: RefusedTooManyLines, Line: maxLines + 1}
	}
	if w.out.Len()+len(text) > maxBytes {
		return &RefusedError{Code: RefusedTooLarge}
	}
	if w.count > 1+strings.Count(text, "\n") {
		w.out.WriteByte('\n')
	}
	w.out.WriteString(text)
	return nil
}

// paragraph gives the paragraph's text with its number, and after it the text boxes anchored in it. Nothing comes
// back while the end mark is deleted.
func (w *wordReader) paragraph() ([]string, error) {
	var p paragraph
	if err := w.runs(&p); err != nil {
		return nil, err
	}
	text := w.carried + p.text.String()
	if p.merged {
		w.carried = text
		return p.boxes, nil
	}
	w.carried = ""
	if isBlank(text) {
		return append([]string{text}, p.boxes...), nil
	}
	return append([]string{w.lists.label(p.list, p.style) + text}, p.boxes...), nil
}

// runs reads what is inside a paragraph: runs, insertions and links, but no deletions.
func (w *wordReader) runs(p *paragraph) error {
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return w.properties(p)
		case "r", "ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo",
			"ruby", "rubyBase", "AlternateContent", "Choice":
			return w.runs(p)
		case "t":
			return w.characters(p)
		case "tab", "ptab":
			p.text.WriteByte('\t')
		case "br", "cr":
			p.text.WriteByte('\n')
		case "noBreakHyphen":
			p.text.WriteByte('-')
		case "drawing", "pict", "object":
			return w.boxes(p)
		}
		return nil
	})
}

// characters reads the text of one w:t.
func (w *wordReader) characters(p *paragraph) error {
	for {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			p.text.Write(t)
		case xml.StartElement:
			if err := w.skip(); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// boxes reads the text boxes inside a drawing, however deep they lie.
func (w *wordReader) boxes(p *paragraph) error {
	return w.children(func(e xml.StartElement) error {
		if e.Name.Local != "txbxContent" {
			return w.boxes(p)
		}
		carried := w.carried
		w.carried = ""
		err := w.blocks(func(text string) error {
			p.boxes = append(p.boxes, text)
			return nil
		})
		w.carried = carried
		return err
	})
}

// properties reads a paragraph's style, its list level and whether its end mark is deleted.
func (w *wordReader) properties(p *paragraph) error {
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = attr(e, "val")
		case "numPr":
			return w.numPr(&p.list)
		case "rPr":
			return w.children(func(e xml.StartElement) error {
				p.merged = p.merged || e.Name.Local == "del" || e.Name.Local == "moveFrom"
				return nil
			})
		}
		return nil
	})
}

// table reads rows; the cells of a row are joined by tabs. A row of one cell is only a frame around paragraphs.
func (w *wordReader) table(emit func(string) error) error {
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			return w.tableRow(emit)
		case "sdt", "sdtContent", "ins", "customXml":
			return w.table(emit)
		}
		return nil
	})
}

func (w *wordReader) tableRow(emit func(string) error) error {
	var cells [][]string
	deleted := false
	err := w.cells(&cells, &deleted)
	if err != nil || deleted {
		return err
	}
	if len(cells) == 1 {
		for _, text := range cells[0] {
			if err := emit(text); err != nil {
				return err
			}
		}
		return nil
	}
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = strings.Join(strings.FieldsFunc(strings.Join(c, " "), func(r rune) bool { return r == '\n' }), " ")
	}
	return emit(strings.TrimRight(strings.Join(row, "\t"), "\t"))
}

// cells reads the cells of one row; a row that is a tracked deletion is dropped.
func (w *wordReader) cells(cells *[][]string, deleted *bool) error {
	return w.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tc":
			var texts []string
			err := w.blocks(func(text string) error {
				texts = append(texts, text)
				return nil
			})
			*cells = append(*cells, texts)
			return err
		case "trPr":
			return w.children(func(e xml.StartElement) error {
				*deleted = *deleted || e.Name.Local == "del"
				return nil
			})
		case "sdt", "sdtContent", "customXml":
			return w.cells(cells, deleted)
		}
		return nil
	})
}
