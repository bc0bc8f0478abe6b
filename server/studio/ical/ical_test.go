package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chouka/server/studio/ical"

	reader "github.com/emersion/go-ical"
	"pgregory.net/rapid"
)

func event() ical.Event {
	return ical.Event{UID: "0197-b1@chouka", Sequence: 3, Changed: time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC),
		Start: time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 3, 18, 30, 0, 0, time.UTC), Status: ical.Confirmed,
		Summary: "《娇藏京枝》金沙湖大剧院 · 观众厅", Place: "金沙湖大剧院，浙江省杭州市钱塘区金沙湖", Lat: 30.3087, Lon: 120.3494}
}

// lines checks what RFC 5545, 3.1, asks of every line, and unfolds them.
func lines(t interface{ Errorf(string, ...any) }, data []byte) []string {
	text := string(data)
	if !utf8.ValidString(text) || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Errorf("a line does not end with CRLF, or the text is no UTF-8: %q", text)
	}
	for l := range strings.SplitSeq(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("%d octets in a line, or a character cut in two: %q", len(l), l)
		}
	}
	return strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n")
}

func TestACalendarIsExact(t *testing.T) {
	e := event()
	e.Text = "第 3-2、3-5 场；日外\n注意：A\\B, C"
	got := lines(t, ical.Write(ical.Calendar{Name: "金沙湖大剧院", Zone: "Asia/Shanghai", Events: []ical.Event{e}}))
	for _, want := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chouka//Calendar//ZH", "X-WR-CALNAME:金沙湖大剧院", "BEGIN:VEVENT", "UID:0197-b1@chouka",
		"SEQUENCE:3", "DTSTAMP:20261128T010203Z", "DTSTART:20261203T120000Z", "DTEND:20261203T183000Z", "STATUS:CONFIRMED", "SUMMARY:《娇藏京枝》金沙湖大剧院 · 观众厅",
		"LOCATION:金沙湖大剧院，浙江省杭州市钱塘区金沙湖", `DESCRIPTION:第 3-2、3-5 场；日外\n注意：A\\B\, C`, "GEO:30.3087;120.3494", "END:VEVENT", "END:VCALENDAR"} {
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("no line %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// Whatever people type, another reader gets the same text out.
func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("金沙湖大剧院《》，；：ab ,;:\\\"\n\t😀é")), 0, 300, -1)
		e := event()
		e.Summary, e.Place, e.Text = text.Draw(t, "summary"), text.Draw(t, "place"), text.Draw(t, "text")
		data := ical.Write(ical.Calendar{Name: text.Draw(t, "name"), Zone: "Asia/Shanghai", Events: []ical.Event{e, event()}})
		lines(t, data)
		c, err := reader.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil || len(c.Events()) != 2 {
			t.Fatalf("another reader: %v in\n%s", err, data)
		}
		for name, want := range map[string]string{reader.PropSummary: e.Summary, reader.PropLocation: e.Place, reader.PropDescription: e.Text, reader.PropUID: e.UID} {
			if got, err := c.Events()[0].Props.Text(name); err != nil || got != want {
				t.Fatalf("%s: wrote %q, read %q, %v", name, want, got, err)
			}
		}
		start, err1 := c.Events()[0].DateTimeStart(time.UTC)
		end, err2 := c.Events()[0].DateTimeEnd(time.UTC)
		if err1 != nil || err2 != nil || !start.Equal(e.Start) || !end.Equal(e.End) {
			t.Fatalf("read %v to %v, %v, %v", start, end, err1, err2)
		}
	})
}

func TestControlCharactersStayOut(t *testing.T) {
	e := event()
	e.Summary = "a\x00b\rc\x1bd\u0085e\xff"
	got := strings.Join(lines(t, ical.Write(ical.Calendar{Events: []ical.Event{e}})), "\n")
	if !strings.Contains(got, "SUMMARY:abcde\uFFFD\n") {
		t.Errorf("got %q", got)
	}
}
