package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

// found is what a search finds as text: kind and name, how it was found, and what stands below it.
func (h house) find(by studio.Actor, q, near string) string {
	h.t.Helper()
	got, err := h.Search(h.t.Context(), by, q, near, 0)
	var out []string
	for _, x := range must(h.t, got, err) {
		out = append(out, fmt.Sprintf("%s %s (%s)", x.Kind, x.Name, x.Matched))
	}
	return strings.Join(out, ", ")
}

// searched is a house with a script, a shot, a place and two people that sound alike.
func searched(t *testing.T) (h house, titleID string) {
	h = newHouse(t)
	titleID = h.title("娇藏京枝")
	h.importText(titleID, secondDraft)
	h.place("金沙湖大剧院", "后台化妆间")
	h.member("linlin", titleID, studio.RoleOperator)
	return h, titleID
}

const secondDraft = "第一集\n\n1-1 日 内 金沙湖大剧院\n人物：枝姐\n△灯亮，幕布升起。\n枝姐：谁在那儿？\n\n1-2 夜 外 屋顶\n△风很大。\n"

func TestFindingByCharactersPinyinAndInitials(t *testing.T) {
	h, id := searched(t)
	sc := h.sceneOf(id, "1-1")
	x, err := h.AddShot(t.Context(), h.admin, sc.ID, studio.ShotIn{})
	must(t, x, err)
	for q, want := range map[string]string{
		"金沙湖大剧院":          "location 金沙湖大剧院 (text), element 金沙湖大剧院 (text), scene 1-1 日 内 金沙湖大剧院 (text)",
		"剧院":              "location 金沙湖大剧院 (text), element 金沙湖大剧院 (text), scene 1-1 日 内 金沙湖大剧院 (text)",
		"jshdjy":          "location 金沙湖大剧院 (initials), element 金沙湖大剧院 (initials), scene 1-1 日 内 金沙湖大剧院 (initials)",
		"JSHDJY":          "location 金沙湖大剧院 (initials), element 金沙湖大剧院 (initials), scene 1-1 日 内 金沙湖大剧院 (initials)",
		"jinshahu":        "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"jin sha hu":      "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"dajuyuan":        "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"jinshahudajuyua": "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"金沙hu":            "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"jinsha湖":         "location 金沙湖大剧院 (pinyin), element 金沙湖大剧院 (pinyin), scene 1-1 日 内 金沙湖大剧院 (pinyin)",
		"htHZJ":           "location 金沙湖大剧院 (initials)",
		"jcjz":            "title 娇藏京枝 (initials)",
		"jiaozang":        "title 娇藏京枝 (pinyin)", // 藏 is read zang and cang
		"jiaocangjing":    "title 娇藏京枝 (pinyin)",
		"ＬＩＮＬＩＮ":          "person linlin (text)",
		"幕布升起":            "scene 1-1 日 内 金沙湖大剧院 (text)",
		"e01-s01-":        "shot " + x.Label + " (text)",
		"金湖":              "",
		"jshdjyx":         "",
		"jd":              "",
		"，。":              "",
		"":                "",
		"   ":             "",
	} {
		if got := h.find(h.admin, q, id); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
}

func TestWhatStandsFirst(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"新长安", "长安", "长安十二时辰", "常安"} {
		h.place(name)
	}
	if got, want := h.find(h.admin, "长安", ""), "location 长安 (text), location 长安十二时辰 (text), location 新长安 (text)"; got != want {
		t.Errorf("got %q", got)
	}
	// 长 is read chang first, and zhang too.
	got := h.find(h.admin, "changan", "")
	if !strings.HasPrefix(got, "location 常安 (pinyin), location 长安 (pinyin)") && !strings.HasPrefix(got, "location 长安 (pinyin), location 常安 (pinyin)") {
		t.Errorf("got %q", got)
	}
	if got := h.find(h.admin, "zhangan", ""); !strings.HasPrefix(got, "location 长安 (pinyin)") {
		t.Errorf("got %q", got)
	}
}

// A renamed place is still called by its old name on set; an alias that was taken off is gone.
func TestANameThatWasChangedIsFoundByBoth(t *testing.T) {
	h := newHouse(t)
	l := h.place("旧仓库")
	name := "新片场"
	renamed, err := h.EditLocation(t.Context(), h.admin, l.ID, l.Rev, studio.LocationIn{Name: &name, Aliases: &[]string{"九号棚"}})
	must(t, renamed, err)
	found := func(want map[string]string) {
		t.Helper()
		for q, want := range want {
			if got := h.find(h.admin, q, ""); got != want {
				t.Errorf("%q finds %q, want %q", q, got, want)
			}
		}
	}
	const this = "location 新片场 (initials)"
	found(map[string]string{"jck": this, "xpc": this, "九号棚": "location 新片场 (text)", "jhp": this})
	must(t, 0, errOf(h.EditLocation(t.Context(), h.admin, l.ID, renamed.Rev, studio.LocationIn{Aliases: &[]string{}})))
	found(map[string]string{"jck": "", "xpc": this, "jhp": ""})
}

func TestNobodyFindsWhatTheyMayNotSee(t *testing.T) {
	h, id := searched(t)
	other := h.title("别人的剧")
	stranger := h.member("wang", other, studio.RoleOperator)
	for _, q := range []string{"娇藏京枝", "jcjz", "幕布升起", "枝姐", "屋顶"} {
		if got := h.find(stranger, q, id); got != "" {
			t.Errorf("a stranger finds %q by %q", got, q)
		}
	}
	if got := h.find(stranger, "别人", ""); got != "title 别人的剧 (text)" {
		t.Errorf("got %q", got)
	}
	var nobody studio.Actor
	if _, err := h.Search(t.Context(), nobody, "x", "", 0); refused(t, err, "signed_out").Kind != studio.SignedOut {
		t.Errorf("got %v", err)
	}
}

func TestASearchThatIsNoText(t *testing.T) {
	h := newHouse(t)
	for _, q := range []string{"a\x00b", "\xff", strings.Repeat("长", 201), "a\nb"} {
		if _, err := h.Search(t.Context(), h.admin, q, "", 0); refused(t, err, "invalid.q").Kind != studio.Invalid {
			t.Errorf("%q: %v", q, err)
		}
	}
}

func TestALimitIsKept(t *testing.T) {
	h := newHouse(t)
	for i := range 120 {
		h.place(fmt.Sprintf("棚%03d", i))
	}
	for limit, want := range map[int]int{0: 20, 7: 7, 100: 100, 5000: 100} {
		got, err := h.Search(t.Context(), h.admin, "peng", "", limit)
		if len(must(t, got, err)) != want {
			t.Errorf("limit %d gives %d", limit, len(got))
		}
	}
}
