package script

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

const wordXML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const wordTypes = wordXML + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`

const wordRels = wordXML + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

const wordDocumentRels = wordXML + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`

const wordMain = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// wordStyles are the looks of a script: sizes in half points, spaces in twentieths of a point.
const wordStyles = wordXML + `<w:styles ` + wordMain + `><w:docDefaults><w:rPrDefault><w:rPr>` +
	`<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
	`<w:pPrDefault><w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>` +
	`<w:pPr><w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>` +
	`<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>`

// writeDocx writes a Word file of one paragraph a line (ECMA-376 part 1). The same reading always gives the same bytes.
func writeDocx(s *Script) ([]byte, error) {
	lines := original(s)
	if s.Format == Fountain || s.Format == FDX {
		lines = chinese(s)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", wordTypes}, {"_rels/.rels", wordRels}, {"word/document.xml", wordDocument(s, lines)},
		{"word/_rels/document.xml.rels", wordDocumentRels}, {"word/styles.xml", wordStyles},
	} {
		f, err := z.Create(part.name)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
		if _, err := f.Write([]byte(part.text)); err != nil {
			return nil, fmt.Errorf("write %s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close the Word file: %w", err)
	}
	return out.Bytes(), nil
}

func wordDocument(s *Script, lines []writtenLine) string {
	heads := headings(s)
	var b strings.Builder
	b.WriteString(wordXML + `<w:document ` + wordMain + `><w:body>`)
	for i, l := range lines {
		b.WriteString("<w:p>")
		switch {
		case l.kind == KindEpisode:
			b.WriteString(`<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>`)
		case l.kind == KindScene && (heads[i+1] || s.Format == Fountain || s.Format == FDX):
			b.WriteString(`<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>`)
		}
		wordRun(&b, l.text)
		b.WriteString("</w:p>")
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" ` +
		`w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// headings gives the numbers of the lines that begin a scene.
func headings(s *Script) map[int]bool {
	heads := map[int]bool{}
	for i := range s.Episodes {
		for j := range s.Episodes[i].Scenes {
			heads[s.Episodes[i].Scenes[j].Line] = true
		}
	}
	return heads
}

// wordRun writes text with its tabs. Signs that XML cannot hold are dropped; nobody can see them.
func wordRun(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	b.WriteString("<w:r>")
	for i, part := range strings.Split(text, "\t") {
		if i > 0 {
			b.WriteString("<w:tab/>")
		}
		if part = strings.Map(wordRune, part); part != "" {
			b.WriteString(`<w:t xml:space="preserve">`)
			_ = xml.EscapeText(b, []byte(part))
			b.WriteString("</w:t>")
		}
	}
	b.WriteString("</w:r>")
}

func wordRune(r rune) rune {
	switch {
	case r == '\v' || r == '\f':
		return ' '
	case r < 0x20, r == utf8.RuneError, r == 0xFFFE, r == 0xFFFF:
		return -1
	}
	return r
}
