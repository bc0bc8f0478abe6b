package sheet

import (
	"errors"
	"slices"
	"testing"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

func FuzzPaste(f *testing.F) {
	for _, seed := range []string{"镜号\t画面\t时长\n1\t\"甲\n乙\"\t3s\n合计\t\t3\n", "1,特写,门开了\n2,全景,灯灭\n", "甲，乙\n丙\n", "\"\"\"\n\"a\"b\n\r\r\n",
		"时长\n2\"\n00:03\n", "镜号，画面\n1，\"门，开\"\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Paste(text)
		if err != nil {
			var r *RefusedError
			if !errors.As(err, &r) {
				t.Fatal(err)
			}
			return
		}
		seen := map[int]bool{}
		for _, r := range table.Rows {
			if seen[r.Row] || r.Milliseconds < 0 || !utf8.ValidString(r.Description) {
				t.Fatalf("row %+v", r)
			}
			seen[r.Row] = true
		}
		for _, r := range table.Skipped {
			if seen[r.Row] || r.Why == "" {
				t.Fatalf("skipped %+v", r)
			}
			seen[r.Row] = true
		}
		if table.HeaderRow > 0 && seen[table.HeaderRow] {
			t.Fatal("the header is a row too")
		}
		rows := len(seen)
		if table.HeaderRow > 0 {
			rows++
		}
		for i := range rows {
			if !seen[i+1] && i+1 != table.HeaderRow {
				t.Fatalf("row %d is nowhere", i+1)
			}
		}
	})
}

// FuzzRead reads anything as a table: every row of the grid is then meant, skipped or the header.
func FuzzRead(f *testing.F) {
	book, err := XLSX(Written{Name: "分镜", Header: []string{"镜号/Shot", "画面/Description"}, Rows: [][]string{{"1", "=1+1"}, {"2", "门"}}})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{book, []byte("\uFEFF镜号,画面\r\n1,\"门\r\n开\"\r\n"), []byte("sep=;\n镜号;画面\n1;'=1\n"), []byte("PK\x03\x04"), {0xD0, 0xCF, 0x11, 0xE0},
		[]byte("\xFF\xFE\x55\x95,\x00"), []byte("\x89PNG\r\n\x1a\n\x00")} {
		f.Add(seed, "", "")
		f.Add(seed, "gb18030", "wide")
	}
	f.Fuzz(func(t *testing.T, data []byte, encoding, separator string) {
		sep := Separator(separator)
		if !slices.Contains(Separators(), sep) {
			sep = ""
		}
		g, err := Read(data, Options{Encoding: charset.Encoding(encoding), Separator: sep})
		if err != nil {
			var r *RefusedError
			if !errors.As(err, &r) {
				t.Fatal(err)
			}
			return
		}
		l := g.Layout(ShotField, nil)
		rows, skipped := g.Body(l, FieldNumber)
		all := len(rows) + len(skipped)
		if l.HeaderRow > 0 {
			all++
		}
		if all != len(g.Rows) {
			t.Fatalf("%d rows are %d, %d skipped, header %d", len(g.Rows), len(rows), len(skipped), l.HeaderRow)
		}
		Shots(rows, l)
	})
}

// FuzzWrite writes one cell both ways and reads it back.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"=1+1", "'=1", "''-x", "a,b\n\"c\"", "＝1", "_x000D_", "\t=1", "1-2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		if !utf8.ValidString(cell) || len(cell) > 1000 || charset.Blank(cell) || cell != charset.Visible(cell) || hasControl(cell) {
			return
		}
		w := Written{Name: "x", Header: []string{"镜号", "画面"}, Rows: [][]string{{"1", cell}}}
		book, err := XLSX(w)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string][]byte{"csv": CSV(w), "xlsx": book} {
			g, err := Read(data, Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(g.Rows) != 2 || len(g.Rows[1]) != 2 || g.Rows[1][1] != cell {
				t.Fatalf("%s: %q comes back as %q", name, cell, g.Rows)
			}
		}
	})
}

func hasControl(s string) bool {
	return slices.ContainsFunc([]rune(s), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7F || r == 0xFFFE || r == 0xFFFF })
}
