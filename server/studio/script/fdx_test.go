package script

import (
	"fmt"
	"strings"
	"testing"
)

// fdx wraps paragraphs into a Final Draft file with everything around them that is not script.
func fdx(paragraphs ...string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>` + strings.Join(paragraphs, "\n") + `</Content>
<TitlePage><Content><Paragraph Type="Action"><Text>TITLE PAGE</Text></Paragraph></Content></TitlePage>
<HeaderAndFooter><Header><Paragraph Type="Action"><Text>HEADER</Text></Paragraph></Header></HeaderAndFooter>
<ScriptNotes><ScriptNote><Paragraph><Text>NOTE</Text></Paragraph></ScriptNote></ScriptNotes></FinalDraft>`
}

func fdxPara(kind, text string) string {
	return `<Paragraph Type="` + kind + `"><Text>` + text + `</Text></Paragraph>`
}

func readFDXText(t *testing.T, text string) *Script {
	t.Helper()
	s, err := Read([]byte(text), Options{Name: "a.fdx"})
	if err != nil {
		t.Fatal(err)
	}
	if s.Format != FDX || s.Encoding != "" {
		t.Errorf("format %s, encoding %q", s.Format, s.Encoding)
	}
	return s
}

func TestFinalDraft(t *testing.T) {
	s := readFDXText(t, fdx(
		fdxPara("General", "第1集 来信"),
		`<Paragraph Number="1-1" Type="Scene Heading"><SceneProperties Length="2/8" Page="1"><Title>x</Title><Summary><Paragraph><Text>SUMMARY</Text></Paragraph></Summary></SceneProperties><Text>内景 收发室 - 日</Text></Paragraph>`,
		fdxPara("Cast List", "许禾、少年"),
		`<Paragraph Type="Action"><Text>她</Text><Text RevisionID="2" AdornmentStyle="-1">推开<ScriptNote ID="1"><Paragraph><Text>改过</Text></Paragraph></ScriptNote></Text><Text>门。</Text></Paragraph>`,
		fdxPara("Character", "许禾 (V.O.)"), fdxPara("Parenthetical", "念"), fdxPara("Dialogue", "别打开。\n真的。"),
		`<Paragraph><DualDialogue>`+fdxPara("Character", "许禾")+fdxPara("Dialogue", "是你？")+fdxPara("Character", "少年")+fdxPara("Dialogue", "是我。")+`</DualDialogue></Paragraph>`,
		fdxPara("Shot", "CLOSE ON THE LETTER"), fdxPara("Transition", "CUT TO:"),
		`<Paragraph Number="1-2" Type="Scene Heading"><Text>EXT. 栈桥 - NIGHT</Text></Paragraph>`,
		fdxPara("Dialogue", "没有名字。"), fdxPara("General", "（第1集完）"),
	))
	if s.Counts.Lines != 16 || s.Counts.Episodes != 1 || s.Counts.Scenes != 2 || s.Counts.Speeches != 3 || s.Counts.Characters != 2 {
		t.Fatalf("got %+v", s.Counts)
	}
	a, b := s.Episodes[0].Scenes[0], s.Episodes[0].Scenes[1]
	if a.Label != "1-1" || a.Place != "收发室" || a.Time != "日" || a.Interior != "内" || fmt.Sprint(a.Cast) != "[许禾 少年]" || b.Label != "1-2" || b.Time != "夜" {
		t.Errorf("got %+v %+v", a, b)
	}
	if l := kindOf(t, s, "推开"); l.Text != "她推开门。" || l.Kind != KindAction {
		t.Errorf("a revised run is lost: %+v", l)
	}
	if l := kindOf(t, s, "别打开"); l.Speaker != "许禾" || l.Mode != "VO" || l.Text != "别打开。 真的。" || !l.More {
		t.Errorf("got %+v", l)
	}
	for text, want := range map[string]Kind{"念": KindSpeech, "CLOSE": KindAction, "CUT": KindNote, "没有名字": KindUnknown, "第1集完": KindEnd, "来信": KindEpisode} {
		if l := kindOf(t, s, text); l.Kind != want {
			t.Errorf("%s is %s", text, l.Kind)
		}
	}
	for l := range s.lines {
		for _, no := range []string{"TITLE", "HEADER", "NOTE", "SUMMARY", "改过"} {
			if strings.Contains(l.Text, no) {
				t.Errorf("%q is no script", l.Text)
			}
		}
	}
	if kindOf(t, s, "来信").N != 1 || kindOf(t, s, "第1集完").N != 16 {
		t.Error("lines are not numbered by paragraph")
	}
}

func TestFinalDraftInUTF16(t *testing.T) {
	text := strings.Replace(fdx(fdxPara("Scene Heading", "内景 收发室 - 日")), "UTF-8", "UTF-16", 1)
	for _, e := range []Encoding{UTF16LE, UTF16BE} {
		if s, err := Read(bytesOf(text, e, true), Options{}); err != nil || s.Counts.Scenes != 1 {
			t.Errorf("%s: %v", e, err)
		}
	}
}

func TestHostileFinalDraft(t *testing.T) {
	head := `<?xml version="1.0"?>`
	laughs := `<!DOCTYPE lolz [<!ENTITY lol "lol">`
	for i := 1; i < 10; i++ {
		laughs += fmt.Sprintf(`<!ENTITY lol%d "%s">`, i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	for name, c := range map[string]struct{ text, code string }{
		"an external entity":         {head + `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + fdx(fdxPara("Action", "&e;"))[55:], RefusedBrokenFDX},
		"a billion laughs":           {head + laughs + `]><FinalDraft><Content>` + fdxPara("Action", "&lol9;") + `</Content></FinalDraft>`, RefusedBrokenFDX},
		"laughs behind a long blank": {head + strings.Repeat(" ", 9000) + laughs + `]><FinalDraft></FinalDraft>`, RefusedBrokenFDX},
		"an entity nobody defined":   {fdx(fdxPara("Action", "&e;")), RefusedBrokenFDX},
		"nested a million deep":      {head + `<FinalDraft><Content>` + strings.Repeat("<a>", 1_000_000), RefusedBrokenFDX},
		"dual in dual in dual":       {head + `<FinalDraft><Content>` + strings.Repeat("<Paragraph><DualDialogue>", 1000), RefusedBrokenFDX},
		"cut off":                    {fdx(fdxPara("Action", "a"))[:200], RefusedBrokenFDX},
		"without a script":           {`<FinalDraft></FinalDraft>`, RefusedEmpty},
		"with blank paragraphs only": {fdx(fdxPara("Action", " "), `<Paragraph/>`), RefusedEmpty},
		"more paragraphs than lines": {fdx(strings.Repeat("<Paragraph/>", maxLines+1)), RefusedTooManyLines},
	} {
		t.Run(name, func(t *testing.T) {
			if r := refusal(t, []byte(c.text), Options{Name: "a.fdx"}); r.Code != c.code {
				t.Errorf("got %v, want %s", r, c.code)
			}
		})
	}
}
