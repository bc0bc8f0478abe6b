package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"chouka/server/studio/charset"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// layouts are shot lists as crews lay them out: the header, then two shots of scene 1-1 that last 3 and 4.5 seconds.
func layouts() map[string][][]string {
	return map[string][][]string{
		"simple":      {{"镜号", "场次", "画面内容", "时长"}, {"1", "1-1", "门开了，她进来", "3"}, {"2", "", "灯灭", "4.5"}},
		"titled":      {{"《娇藏京枝》分镜表", "", "", ""}, {"制表：林晚", "", "", ""}, {"镜号", "场次", "画面描述", "秒数"}, {"1", "1-1", "门开了，她进来", "3s"}, {"2", "1-1", "灯灭", "4.5秒"}, {"合计", "", "", "7.5"}},
		"english":     {{"Shot No.", "Scene", "Description", "Duration (s)"}, {"1", "1-1", "门开了，她进来", "00:03"}, {"2", "1-1", "灯灭", "4.5\""}},
		"bilingual":   {{"镜号/Shot", "场次/Scene", "画面/Description", "时长（秒）/Seconds"}, {"1", "1-1", "门开了，她进来", "３"}, {"2", "1-1", "灯灭", "４．５秒"}, {"Total", "", "", "7.5"}},
		"wide names":  {{"镜　号", "场　号", "画面说明", "预估时长"}, {"1", "1-1", "门开了，她进来", "3秒"}, {"", "", "", ""}, {"2", "", "灯灭", "4.5s"}},
		"instructed":  {{"填写说明：每行一个镜头", "", "", ""}, {"镜号", "场次", "画面", "时长"}, {"示例", "1-1", "写这里", "3"}, {"1", "1-1", "门开了，她进来", "3″"}, {"镜号", "场次", "画面", "时长"}, {"2", "1-1", "灯灭", "00:04.5"}},
		"other order": {{"时长", "画面", "机位", "场号", "序号"}, {"3", "门开了，她进来", "推", "1-1", "1"}, {"4.5", "灯灭", "", "", "2"}},
		"traditional": {{"鏡號", "場次", "畫面內容", "時長"}, {"1", "1-1", "門開了，她進來", "3"}, {"2", "1-1", "燈滅", "4.5秒"}, {"合計", "", "", "7.5"}},
	}
}

// said is what a reading says, to compare.
func said(t *testing.T, data []byte, o Options) string {
	t.Helper()
	g, err := Read(data, o)
	if err != nil {
		return err.Error()
	}
	l := g.Layout(ShotField, nil)
	rows, _ := g.Body(l, FieldNumber)
	shots, errs := Shots(rows, l)
	var out []string
	for _, s := range shots {
		out = append(out, fmt.Sprintf("%s %s %s %d", s.Scene, s.Number, s.Description, s.Milliseconds))
	}
	return strings.Join(out, " | ") + strings.Repeat(" !", len(errs))
}

func joinedBy(records [][]string, sep string) string {
	var b strings.Builder
	for _, r := range records {
		for i, c := range r {
			if i > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(c, sep+"\"") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func workbook(t testing.TB, change func(*excelize.File), sheets map[string][][]string, order ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range order {
		if i == 0 {
			_ = f.SetSheetName("Sheet1", name)
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, record := range sheets[name] {
			for c, v := range record {
				cell, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if err := f.SetCellStr(name, cell, v); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryLayoutReadsAlikeInEveryEncodingAndSeparator(t *testing.T) {
	const want = "1-1 1 门开了，她进来 3000 | 1-1 2 灯灭 4500"
	read := 0
	for name, records := range layouts() {
		want := want
		if name == "traditional" {
			want = "1-1 1 門開了，她進來 3000 | 1-1 2 燈滅 4500"
		}
		for _, sep := range []string{",", ";", "\t", "，"} {
			text := joinedBy(records, sep)
			for encoding, data := range encodings(t, text, name == "traditional") {
				o := Options{}
				if encoding == charset.Big5 { // never guessed
					o.Encoding = charset.Big5
				}
				if got := said(t, data, o); got != want {
					t.Errorf("%s by %q in %s: %s", name, sep, encoding, got)
				}
				read++
			}
		}
		if got := said(t, workbook(t, nil, map[string][][]string{"分镜": records}, "分镜"), Options{}); got != want {
			t.Errorf("%s as a workbook: %s", name, got)
		}
	}
	t.Logf("%d texts of %d layouts", read, len(layouts()))
}

func encodings(t *testing.T, text string, big5 bool) map[charset.Encoding][]byte {
	t.Helper()
	encode := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	out := map[charset.Encoding][]byte{charset.UTF8: []byte(text), charset.UTF8BOM: []byte("\uFEFF" + text),
		charset.UTF16LE: encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))),
		charset.UTF16BE: encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(text))),
		charset.GB18030: encode(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text)))}
	if big5 {
		out[charset.Big5] = encode(traditionalchinese.Big5.NewEncoder().Bytes([]byte(strings.NewReplacer("″", "\"").Replace(text))))
	}
	return out
}

func TestMergedCellsOfAWorkbook(t *testing.T) {
	records := [][]string{{"集", "场次", "镜号", "景别", "画面", "台词"}, {"", "", "", "", "上", "下"},
		{"1", "1-1", "1", "特写", "门开了", "林晚：来。"}, {"", "", "2", "全景", "灯灭", "甲："}, {"", "", "", "", "", "乙："},
		{"第二场", "", "", "", "", ""}, {"1", "1-2", "3", "中景", "湖", ""}, {"", "", "", "", "", ""}}
	merge := func(f *excelize.File) {
		for _, m := range [][2]string{{"A1", "A2"}, {"B1", "B2"}, {"C1", "C2"}, {"D1", "D2"}, {"A3", "A5"}, {"B3", "B5"}, {"C4", "C5"}, {"D4", "D5"}, {"E4", "E5"}, {"A6", "F6"}, {"E7", "F7"}} {
			if err := f.MergeCell("分镜", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	g, err := Read(workbook(t, merge, map[string][][]string{"分镜": records}, "分镜"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := g.Layout(ShotField, nil)
	rows, skipped := g.Body(l, FieldNumber)
	shots, _ := Shots(rows, l)
	if want := []Skipped{{2, "header"}, {5, "merged"}, {6, "merged"}}; !reflect.DeepEqual(skipped, want) {
		t.Errorf("skipped %v, want %v", skipped, want)
	}
	if len(shots) != 3 || shots[1].Scene != "1-1" || shots[1].Episode != "1" || shots[1].Dialogue != "甲：\n乙：" || shots[2].Description != "湖" || shots[2].Dialogue != "湖" {
		t.Errorf("got %+v", shots)
	}
}

func TestTheSheetWithTheShotsIsFound(t *testing.T) {
	list := [][]string{{"镜号", "画面"}, {"1", "门"}}
	data := workbook(t, nil, map[string][][]string{"填写说明": {{"镜号", "画面"}, {"示例", "写这里"}}, "封面": {{"娇藏京枝"}}, "分镜 第1集": list}, "填写说明", "封面", "分镜 第1集")
	g, err := Read(data, Options{})
	if err != nil || g.Sheet != "分镜 第1集" || len(g.Sheets) != 3 {
		t.Fatalf("got %+v, %v", g, err)
	}
	if g, err = Read(data, Options{Sheet: "封面"}); err != nil || g.Sheet != "封面" || len(g.Rows) != 1 {
		t.Errorf("got %+v, %v", g, err)
	}
	refusal(t, data, Options{Sheet: "没有"}, RefusedSheet)
}

func TestLabelsThatBecameDatesComeBack(t *testing.T) {
	for cell, want := range map[string]string{"1月2日": "1-2", "2-Jan": "1-2", "03-Dec": "12-3", "1-2": "1-2", "2-Foo": "2-Foo", "1月": "1月"} {
		if got := undated(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestACellThatWouldBeAFormulaIsInertAndComesBack(t *testing.T) {
	cells := []string{"=1+1", "+场", "-5", "@sum", "\t=1", "＝1", "'=1", "''=1", "'", "'a", "a=1", "=cmd|' /C calc'!A0", "甲,\"乙\"\n丙", " 前后 "}
	rows := [][]string{}
	for i, c := range cells {
		rows = append(rows, []string{fmt.Sprint(i + 1), c})
	}
	w := Written{Name: "x", Header: []string{"镜号", "画面"}, Rows: rows}
	book, err := XLSX(w)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"csv": CSV(w), "xlsx": book} {
		g, err := Read(data, Options{})
		if err != nil || !reflect.DeepEqual(g.Rows[1:], rows) {
			t.Errorf("%s: %v\n got %q\nwant %q", name, err, g.Rows[1:], rows)
		}
	}
	for line := range strings.Lines(string(CSV(w))) {
		_, cell, _ := strings.Cut(strings.TrimPrefix(line, "\uFEFF"), ",")
		if strings.ContainsRune(guards, []rune(strings.TrimPrefix(cell, `"`) + " ")[0]) && strings.Contains(cell, "1") {
			t.Errorf("%q is no text", cell)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range rows {
		cell := fmt.Sprintf("B%d", i+2)
		formula, err := f.GetCellFormula("x", cell)
		kind, _ := f.GetCellType("x", cell)
		if err != nil || formula != "" || kind != excelize.CellTypeInlineString {
			t.Errorf("%s is %v with the formula %q, %v", cell, kind, formula, err)
		}
	}
	_, err = XLSX(Written{Name: "x", Header: []string{"镜号"}, Rows: [][]string{{strings.Repeat("长", maxWritten+1)}}})
	var r *RefusedError
	if !errors.As(err, &r) || r.Code != RefusedCell {
		t.Errorf("got %v", err)
	}
}

// refusal reads and wants to be refused, in little time and memory. It gives both.
func refusal(t *testing.T, data []byte, o Options, code string) (time.Duration, uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	_, err := Read(data, o)
	took := time.Since(begin)
	runtime.ReadMemStats(&after)
	var r *RefusedError
	if !errors.As(err, &r) || r.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
	return took, after.TotalAlloc - before.TotalAlloc
}

// pack makes a zip of parts, each of a given length of zeros or text.
func pack(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBadTablesAreRefusedQuickly(t *testing.T) {
	var photo, drawing bytes.Buffer
	if err := errors.Join(jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 200, 200)), nil), png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 200, 200)))); err != nil {
		t.Fatal(err)
	}
	book := []byte(`<workbook/>`)
	many := map[string][]byte{"xl/workbook.xml": book}
	for i := range maxParts + 1 {
		many[fmt.Sprintf("xl/worksheets/sheet%d.xml", i)] = nil
	}
	wide := strings.Repeat(",", MaxColumns) + "x"
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"98 KB that unpack to 96 MiB": {pack(t, map[string][]byte{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": make([]byte, 96<<20)}), RefusedTooLarge},
		"48 MiB of nothing":           {pack(t, map[string][]byte{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": make([]byte, 48<<20)}), RefusedTooLarge},
		"20 MiB of styles":            {pack(t, map[string][]byte{"xl/workbook.xml": book, "xl/styles.xml": bytes.Repeat([]byte("<xf/>"), 4<<20)}), RefusedTooLarge},
		"2 million strings":           {pack(t, map[string][]byte{"xl/workbook.xml": book, "xl/sharedStrings.xml": bytes.Repeat([]byte("<si/>"), 2_000_000)}), RefusedTooLarge},
		"1 million strings in 5 MB":   {pack(t, map[string][]byte{"xl/workbook.xml": book, "xl/sharedStrings.xml": bytes.Repeat([]byte("<si/>"), maxTags+1)}), RefusedTooLarge},
		"too many parts":              {pack(t, many), RefusedTooLarge},
		"a Word file":                 {pack(t, map[string][]byte{"word/document.xml": book}), RefusedUnsupported},
		"a damaged workbook":          {pack(t, map[string][]byte{"xl/workbook.xml": book})[:60], RefusedBroken},
		"an empty workbook":           {workbook(t, nil, map[string][][]string{"a": nil}, "a"), RefusedEmpty},
		"the old format":              {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 512)...), RefusedProtected},
		"a PDF":                       {[]byte("%PDF-1.7\n"), RefusedUnsupported},
		"a photo renamed .csv":        {photo.Bytes(), RefusedBinary},
		"a drawing renamed .csv":      {drawing.Bytes(), RefusedBinary},
		"zero bytes":                  {[]byte("镜号,画面\n1,\x00\x00\x00门\n"), RefusedBinary},
		"zero bytes in UTF-16":        {[]byte("\xFF\xFEa\x00,\x00\x00\x00"), RefusedBinary},
		"Big5 that nobody chose":      {encodings(t, strings.Repeat("鏡號,畫面內容\n1,門開了燈滅\n", 20), true)[charset.Big5], RefusedEncoding},
		"nothing":                     {nil, RefusedEmpty},
		"blanks":                      {[]byte("\uFEFF \n\t\n"), RefusedEmpty},
		"60,000 rows":                 {[]byte("镜号,画面\n" + strings.Repeat("1,门\n", 60_000)), RefusedRows},
		"129 columns":                 {[]byte("镜号,画面\n" + wide), RefusedColumns},
	} {
		took, bytes := refusal(t, c.data, Options{}, c.code)
		t.Logf("%-30s %9d bytes in, %8.2f ms, %8.1f KiB: %s", name, len(c.data), float64(took.Microseconds())/1000, float64(bytes)/1024, c.code)
		if limit := uint64(16 << 20); bytes > limit && c.code != RefusedRows {
			t.Errorf("%s took %d bytes", name, bytes)
		}
	}
}

func TestOddTablesGiveAFairResult(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"only a header":       {"镜号,画面\n", ""},
		"one column":          {"画面内容\n门开了，她进来。\n灯灭\n", "  门开了，她进来。 0 |   灯灭 0"},
		"ragged rows":         {"镜号,画面,时长\n1\n2,灯灭\n3,湖,2,多,余\n", " 1  0 |  2 灯灭 0 |  3 湖 2000"},
		"a separator is said": {"sep=;\n镜号;画面\n1;门,开\n", " 1 门,开 0"},
		"200,000 blank rows":  {"镜号,画面\n1,门\n" + strings.Repeat(",\n", 200_000), " 1 门 0"},
		"16 MB of commas":     {"镜号,画面\n1,门" + strings.Repeat(",", 16<<20-40), " 1 门 0"},
		"an open quote":       {"镜号,画面\n1,\"门\n2,灯\n", " 1 \"门 0 |  2 灯 0"},
	} {
		if got := said(t, []byte(c.text), Options{}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := said(t, []byte("镜号;画面\n1;门,开\n"), Options{Separator: Comma}); got == " 1 门,开 0" {
		t.Error("the chosen separator is not heeded")
	}
}

// TestWithoutAKeyMergedRowsStayApart merges a column that stands for nothing over the days of a title.
func TestWithoutAKeyMergedRowsStayApart(t *testing.T) {
	g := &Grid{Rows: [][]string{{"序号", "剧名", "日期", "播放量"}, {"1", "甲", "3月1日", "5"}, {"1", "甲", "3月2日", "7"}}, below: map[place]bool{{2, 0}: true}}
	rows, skipped := g.Body(g.Layout(FigureField, nil), "")
	if len(rows) != 2 || len(skipped) != 0 || rows[1].Cell(3) != "7" {
		t.Errorf("got %+v, skipped %+v", rows, skipped)
	}
}
