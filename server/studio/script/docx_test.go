package script

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// word packs the parts of a Word file.
func word(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := []string{}
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(parts[name]))
	}
	_ = z.Close()
	return b.Bytes()
}

func body(blocks ...string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document ` + wordSpace + `><w:body>` + strings.Join(blocks, "") + `<w:sectPr/></w:body></w:document>`
}

func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func para(text string) string { return `<w:p>` + run(text) + `</w:p>` }

func listed(num, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr>` + run(text) + `</w:p>`
}

// texts gives the lines of a Word file made of blocks.
func texts(t *testing.T, parts map[string]string) []string {
	t.Helper()
	s, err := Read(word(parts), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Format != Docx || s.Encoding != "" {
		t.Errorf("format %s, encoding %s", s.Format, s.Encoding)
	}
	var lines []string
	for l := range s.lines {
		lines = append(lines, l.Text)
	}
	return lines
}

func TestWordText(t *testing.T) {
	for name, c := range map[string]struct {
		block string
		want  []string
	}{
		"runs are joined and tabs stay":          {`<w:p>` + run("林") + run("晚") + `<w:r><w:tab/><w:t>走。</w:t></w:r></w:p>`, []string{"林晚\t走。"}},
		"a soft break begins a new line":         {`<w:p>` + run("林晚：走。") + `<w:r><w:br/></w:r>` + run("陆沉舟：好。") + `</w:p>`, []string{"林晚：走。", "陆沉舟：好。"}},
		"deletions go and insertions stay":       {`<w:p>` + run("林晚：") + `<w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins>` + run("走。") + `</w:ins></w:p>`, []string{"林晚：走。"}},
		"moved text stays once":                  {`<w:p><w:moveFrom>` + run("旧") + `</w:moveFrom>` + run("甲") + `</w:p><w:p><w:moveTo>` + run("旧") + `</w:moveTo></w:p>`, []string{"甲", "旧"}},
		"a deleted end mark joins paragraphs":    {`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("林晚：走") + `</w:p>` + para("吧。"), []string{"林晚：走吧。"}},
		"a link, a field and a control are text": {`<w:p><w:hyperlink>` + run("一") + `</w:hyperlink><w:fldSimple>` + run("二") + `</w:fldSimple><w:sdt><w:sdtContent>` + run("三") + `</w:sdtContent></w:sdt><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`, []string{"一二三"}},
		"a row is one line":                      {`<w:tbl><w:tr><w:tc>` + para("林晚") + `</w:tc><w:tc>` + para("走。") + para("快。") + `</w:tc></w:tr></w:tbl>`, []string{"林晚\t走。 快。"}},
		"a row of one cell is its paragraphs":    {`<w:tbl><w:tr><w:tc>` + para("一") + para("二") + `</w:tc></w:tr></w:tbl>`, []string{"一", "二"}},
		"a deleted row goes":                     {`<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + para("一") + `</w:tc></w:tr><w:tr><w:tc>` + para("二") + `</w:tc></w:tr></w:tbl>`, []string{"二"}},
		"a text box follows its paragraph once":  {`<w:p>` + run("一") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + para("箱") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + para("箱") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`, []string{"一", "箱"}},
	} {
		t.Run(name, func(t *testing.T) {
			parts := map[string]string{"word/document.xml": body(c.block), "word/header1.xml": body(para("页眉")), "word/comments.xml": body(para("批注"))}
			if got := texts(t, parts); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

const numbering = `<w:numbering ` + wordSpace + `>
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="space"/><w:lvlText w:val="第%1集"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="1-%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="△"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="10"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Scene"/><w:suff w:val="space"/><w:lvlText w:val="场景%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="10"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
</w:numbering>`

const styles = `<w:styles ` + wordSpace + `><w:style w:styleId="Scene"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style><w:style w:styleId="Sub"><w:basedOn w:val="Scene"/></w:style></w:styles>`

func TestWordAutomaticNumbers(t *testing.T) {
	styled := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + run(text) + `</w:p>`
	}
	parts := map[string]string{"word/numbering.xml": numbering, "word/styles.xml": styles, "word/document.xml": body(
		listed("1", "0", "雨夜"), listed("1", "1", "日 内 屋里"), listed("2", "0", "门开了。"), listed("3", "0", "点"),
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>`,
		listed("1", "1", "夜 外 街上"), listed("1", "0", "归来"), listed("1", "1", "日 内 屋里"), listed("5", "1", "日 内 走廊"),
		styled("Scene", "日 内 后台"), styled("Sub", "夜 内 后台"), listed("0", "0", "无"), listed("99", "0", "无"),
	)}
	want := []string{"第一集 雨夜", "1-1\t日 内 屋里", "△门开了。", "点", "1-2\t夜 外 街上", "第二集 归来", "1-1\t日 内 屋里", "1-9\t日 内 走廊",
		"场景3 日 内 后台", "场景4 夜 内 后台", "无", "无"}
	if got := texts(t, parts); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	s, err := Read(word(parts), Options{})
	if err != nil || s.Counts.Episodes != 2 || s.Counts.Scenes != 6 {
		t.Errorf("%v %+v", err, s.Counts)
	}
}

func TestWordNumberFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"decimalZero", 3, "03"}, {"decimalFullWidth", 12, "１２"}, {"upperLetter", 28, "BB"}, {"lowerLetter", 1, "a"},
		{"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"chineseCounting", 10, "十"}, {"chineseCounting", 21, "二十一"},
		{"chineseCountingThousand", 103, "一百零三"}, {"chineseCountingThousand", 110, "一百一十"}, {"chineseLegalSimplified", 10, "壹拾"},
		{"ideographDigital", 20, "二〇"}, {"ideographTraditional", 3, "丙"}, {"decimalEnclosedCircle", 2, "②"}, {"somethingNew", 5, "5"}, {"none", 5, ""},
	} {
		if got := formatNumber(c.n, c.format); got != c.want {
			t.Errorf("%s %d: got %s, want %s", c.format, c.n, got, c.want)
		}
	}
}

func TestWordFilesThatAreRefused(t *testing.T) {
	deep := strings.Repeat("<w:sdt>", 400) + strings.Repeat("</w:sdt>", 400)
	for name, c := range map[string]struct {
		parts map[string]string
		code  string
		found string
	}{
		"no document":             {map[string]string{"[Content_Types].xml": "<a/>"}, RefusedBrokenDocx, ""},
		"a zip of something":      {map[string]string{"a.txt": "a"}, RefusedUnsupported, "zip"},
		"a workbook":              {map[string]string{"xl/workbook.xml": "<a/>"}, RefusedUnsupported, "xlsx"},
		"broken XML":              {map[string]string{"word/document.xml": "<w:document><w:body><w:p>"}, RefusedBrokenDocx, ""},
		"no body":                 {map[string]string{"word/document.xml": "<document/>"}, RefusedBrokenDocx, ""},
		"an entity":               {map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY x "y">]>` + body(para("x"))}, RefusedBrokenDocx, ""},
		"endless nesting":         {map[string]string{"word/document.xml": body(deep)}, RefusedBrokenDocx, ""},
		"a part over the limit":   {map[string]string{"word/document.xml": body(strings.Repeat(" ", maxPart))}, RefusedTooLarge, ""},
		"too many lines":          {map[string]string{"word/document.xml": body(para("a"), strings.Repeat("<w:p/>", maxLines))}, RefusedTooManyLines, ""},
		"nothing in the document": {map[string]string{"word/document.xml": body("<w:p/>")}, RefusedEmpty, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if r := refusal(t, word(c.parts), Options{}); r.Code != c.code || r.Found != c.found {
				t.Errorf("got %v, want %s %s", r, c.code, c.found)
			}
		})
	}
	t.Run("a document under another name is found by its relation", func(t *testing.T) {
		rels := `<Relationships><Relationship Type="http://x/officeDocument" Target="word/document2.xml"/></Relationships>`
		if got := texts(t, map[string]string{"_rels/.rels": rels, "word/document2.xml": body(para("甲"))}); len(got) != 1 {
			t.Errorf("got %q", got)
		}
	})
}

// unzipped gives the parts of an archive.
func unzipped(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		part, err := unpack(f)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(part)
	}
	return files
}
