package studio

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chouka/assets"
)

func TestTasksInAName(t *testing.T) {
	for name, want := range map[string]string{
		"829384729384729.mp4":                            "[829384729384729]",
		"829384729384729_0.mp4":                          "[829384729384729_0 829384729384729]",
		"cgt-20260101-abcde.mp4":                         "[cgt-20260101-abcde 20260101]",
		"x 0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b (3).mp4": "[x 0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b (3) x 0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b 0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b 0197a3c4 1c2d3e4f5a6b]",
		"a.png": "[]", "42.png": "[]", "ComfyUI_00001_.png": "[ComfyUI_00001_ ComfyUI_00001]", "一条蛇在雨中.png": "[]", "": "[]", ".": "[]",
	} {
		if got := fmt.Sprint(tasksIn(name)); got != want {
			t.Errorf("%q has %s, want %s", name, got, want)
		}
	}
	many := strings.Repeat("12345678_", 1) + "22345678_32345678_42345678_52345678_62345678_72345678_82345678_92345678.png"
	if got := tasksIn(many); len(got) != fileTasks {
		t.Errorf("%d ids are looked up", len(got))
	}
	if g := signsOf(nil, []Kept{{name: many}, {name: "99345678.png"}}); len(g.tasks) != fileTasks {
		t.Errorf("%d ids of two files are looked up", len(g.tasks))
	}
}

func TestSpellingsOfALabel(t *testing.T) {
	for a, b := range map[string]string{"E03-S02-014": "e3-s2-14", "E03-S02-014A": "E3-S02-14a", "E10-S03A-100": "e10-s3a-0100", "E01-S01-014-2": "e1-s1-14-2"} {
		if labelKey(a) != labelKey(b) {
			t.Errorf("%s is %q, %s is %q", a, labelKey(a), b, labelKey(b))
		}
	}
	seen := map[string]string{}
	for _, l := range []string{"E01-S01-001", "E10-S01-001", "E01-S10-001", "E01-S01-010", "E01-S01-001A", "E01-S01-001-1", "E01-S01-000", "E00-S01-001", "", "-", "--", "E01"} {
		if was, have := seen[labelKey(l)]; have {
			t.Errorf("%q and %q are one label", was, l)
		}
		seen[labelKey(l)] = l
	}
}

func TestLengthsAndMoney(t *testing.T) {
	for in, want := range map[string]string{"5": "5", "5s": "5", " 10 秒": "10", "5 Sec": "5", "2.5": "2.5", "": "", "s": ""} {
		if got := seconds(in); got != want {
			t.Errorf("%q is %q", in, got)
		}
	}
	for in, want := range map[[2]string]Money{
		{"3.5", "CNY"}: {35_000, "CNY"}, {"0.0001", "USD"}: {1, "USD"}, {"12", "credit"}: {1200, "credit"}, {"0.25", "credit"}: {25, "credit"}, {"0", "CNY"}: {0, "CNY"},
		{"0.00001", "USD"}: {}, {"1", "token"}: {}, {"", "CNY"}: {}, {"1e3", "CNY"}: {}, {"-1", "CNY"}: {}, {"1/3", "CNY"}: {}, {strings.Repeat("9", 41), "CNY"}: {}, {"99999999999999", "CNY"}: {},
	} {
		if got := moneyOf(in[0], in[1]); got != want {
			t.Errorf("%v is %v, want %v", in, got, want)
		}
	}
}

func TestTextIsToldFromOtherThings(t *testing.T) {
	for what, b := range map[string]string{"UTF-8": "蛇\r\n\t", "GB 18030": "\xc9\xdf", "UTF-16 with its mark": "\xff\xfea\x00", "UTF-16 without": "{\x00\"\x00a\x00\"\x00}\x00", "big-endian UTF-16 without": "\x00{\x00\"\x00a\x00}"} {
		if !looksText([]byte(b)) {
			t.Errorf("%s is not taken for text", what)
		}
	}
	for what, b := range map[string]string{"a program": "MZ\x90\x00\x03\x00\x00\x00", "a PNG": "\x89PNG\r\n\x1a\n\x00\x00", "zeros": "\x00\x00\x00\x00", "an MP4": "\x00\x00\x00\x18ftypmp42"} {
		if looksText([]byte(b)) {
			t.Errorf("%s is taken for text", what)
		}
	}
}

func TestThePaceOfAttempts(t *testing.T) {
	p, now := newPace(), time.Date(2027, 3, 5, 10, 0, 0, 0, time.UTC)
	for i := range paceBurst {
		if wait := p.take(now, "lin", 1); wait != 0 {
			t.Fatalf("waits %s after %d", wait, i)
		}
	}
	if wait := p.take(now, "lin", 1); wait <= 0 || wait > time.Second {
		t.Errorf("waits %s over the limit", wait)
	}
	if wait := p.take(now, "wu", 1); wait != 0 {
		t.Error("one person slows another")
	}
	if wait := p.take(now.Add(time.Second), "lin", paceRate); wait != 0 {
		t.Errorf("waits %s after a second", wait)
	}
	if wait := p.take(now.Add(time.Second), "lin", 1); wait == 0 {
		t.Error("a second gives more than its rate")
	}
	if wait := p.take(now, "lin", 1); wait == 0 {
		t.Error("a clock set back gives something")
	}
	for i := range paceKept + 10 {
		p.take(now.Add(time.Hour), fmt.Sprint(i), 1)
		if i == paceKept {
			now = now.Add(time.Hour)
		}
	}
	if len(p.held) > paceKept+20 {
		t.Errorf("%d people are kept", len(p.held))
	}
}

func TestAStoreOfTextKeepsItsLimits(t *testing.T) {
	big := map[string]json.RawMessage{}
	for i := range 500 {
		big[fmt.Sprintf("k%03d", i)] = json.RawMessage(`"` + strings.Repeat("蛇", 3000) + `"`)
	}
	a, err := accountOf(AttemptPost{Params: big}, time.Now())
	if err != nil || len(a.params) != maxParams || utf8.RuneCountInString(a.params["k000"]) != paramLimit {
		t.Errorf("%d params, %v", len(a.params), err)
	}
	var said assets.Saying
	said.Params = map[string]string{}
	for i := range 300 {
		said.Params[fmt.Sprint(i)] = "x"
	}
	x := Attempt{Params: map[string]string{}, Sources: map[string]Source{}}
	fill(&x, said, "file")
	if len(x.Params) != maxParams {
		t.Errorf("%d params of a file", len(x.Params))
	}
}
