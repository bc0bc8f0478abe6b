package studio_test

import (
	"slices"
	"strings"
	"testing"

	"chouka/server/studio"
)

const theDraft = `第一集

1-1 日 外 湖边
人物：沈枝、顾衍
△薄雾散去，船靠了岸，没有人下来。
沈枝：我等了你三年，一封信也没有。
顾衍：信都被周姨扣下了。
【字幕：三年前】

1-2 夜 内 大剧院后台
△化妆镜前的灯一盏一盏灭了。
化妆师：枝姐，该上场了，台下坐满了人。

第二集

2-1 夜 外 屋顶
△灯火连成一片，风很大，红绸被吹走了。
沈枝：你看，那边就是我们的家。
`

// stage is a title with the draft, and shots of its first scene: of the action, of each speech, and of the whole scene.
type stage struct {
	house
	title string
	shots map[string]studio.Shot
}

func newStage(t *testing.T) stage {
	h := newHouse(t)
	s := stage{h, h.title("娇藏京枝"), map[string]studio.Shot{}}
	h.importText(s.title, theDraft)
	sc := h.sceneText(h.sceneOf(s.title, "1-1").ID)
	for i, name := range []string{"action", "first", "second", "note", "cast", "all"} {
		x := h.shot(sc.ID)
		line := map[string]int{"cast": 1, "action": 2, "first": 3, "second": 4, "note": 5}[name]
		if line > 0 {
			must(t, 0, errOf(h.LinkLines(t.Context(), h.admin, x.ID, []string{sc.LineIDs[line]})))
		}
		if h.typed(x.ID, studio.Failed); i%2 == 0 {
			h.pick(x.ID, h.take(x.ID, i).ID, "")
		}
		s.shots[name] = x
	}
	return s
}

// stale names the shots that are marked.
func (s stage) stale() string {
	s.t.Helper()
	var out []string
	for name, x := range s.shots {
		if s.see(x.ID).Shot.Stale != nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func change(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			panic("no " + pairs[i])
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func TestOnlyShotsOfChangedTextBecomeStale(t *testing.T) {
	first, second := "沈枝：我等了你三年，一封信也没有。", "顾衍：信都被周姨扣下了。"
	for name, c := range map[string]struct {
		draft, stale, change string
	}{
		"the same again":             {theDraft, "", "same"},
		"punctuation and blanks":     {change(theDraft, first, "沈枝：我等了你三年……一封信也没有！", "△薄雾", "▲ 薄雾"), "", "cosmetic"},
		"a speech":                   {change(theDraft, "三年，", "五年，"), "all first", "edited"},
		"an action":                  {change(theDraft, "没有人下来", "下来一个人"), "action all", "edited"},
		"a speech more":              {change(theDraft, second, second+"\n沈枝：周姨？怎么会是她。"), "all", "edited"},
		"a speech less":              {change(theDraft, second+"\n", ""), "all second", "edited"},
		"a note":                     {change(theDraft, "三年前", "五年前的冬天"), "note", "edited"},
		"the cast":                   {change(theDraft, "沈枝、顾衍", "沈枝、顾衍、周姨"), "cast", "heading"},
		"the heading":                {change(theDraft, "日 外 湖边", "夜 外 湖边"), "", "heading"},
		"another number":             {change(theDraft, "1-1 日", "1-1A 日"), "", "same"},
		"a scene in front of it":     {change(theDraft, "1-1 日", "1-1 晨 内 车站\n△火车进站，汽笛拉得很长。\n\n1-2 日", "1-2 夜", "1-3 夜"), "", "same"},
		"another place in the order": {change(theDraft, theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")], "", "第二集", theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")]+"第二集"), "", "same"},
		"another episode":            {change(theDraft, theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")], "", "2-1 夜", theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")]+"2-1 夜"), "", "same"},
		"speeches in another order":  {change(theDraft, first, second, second, first), "", "edited"},
		"it is gone":                 {change(theDraft, theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")], ""), "", "removed"},
		"it is retired":              {change(theDraft, theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")], "1-1（删）\n\n"), "", "removed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			id, before, labels := s.sceneOf(s.title, "1-1").ID, s.counted(s.title), s.shotsOf(s.title)
			p := s.preview(s.title, c.draft)
			at := slices.IndexFunc(p.Scenes, func(x studio.PlannedScene) bool { return x.SceneID == id })
			if got := p.Scenes[at]; string(got.Change) != c.change || got.Shots != 6 || len(got.Stale) != len(strings.Fields(c.stale)) {
				t.Errorf("planned %+v", got)
			}
			v := s.importText(s.title, c.draft)
			if got := s.stale(); got != c.stale || v.Stale != len(strings.Fields(c.stale)) {
				t.Errorf("stale: %q (%d), want %q", got, v.Stale, c.stale)
			}
			if s.counted(s.title) != before || len(s.shotsOf(s.title)) != len(labels) {
				t.Errorf("work before %+v, after %+v", before, s.counted(s.title))
			}
			if got := s.sceneText(id); got.Archived != (c.change == "removed") || len(got.LineIDs) != len(got.Lines) {
				t.Errorf("the scene is %+v", got)
			}
			s.inOneRow(s.title)
			undone, err := s.UndoImport(t.Context(), s.admin, v.ID)
			if must(t, undone, err); s.stale() != "" || s.sceneText(id).Archived || s.shotsOf(s.title) != labels || undone.Undone == nil {
				t.Errorf("taken back: stale %q, %s", s.stale(), s.shotsOf(s.title))
			}
		})
	}
}

func TestAMarkKeepsTheOldestText(t *testing.T) {
	s := newStage(t)
	x := s.shots["first"].ID
	says := func(want ...studio.StaleLine) {
		t.Helper()
		mark := s.see(x).Shot.Stale
		if mark == nil && len(want) == 0 {
			return
		}
		if mark == nil || len(mark.Lines) != len(want) {
			t.Fatalf("the mark is %+v", mark)
		}
		for i, l := range mark.Lines {
			if l.Was != want[i].Was || l.Is != want[i].Is {
				t.Errorf("the mark says %+v, want %+v", l, want[i])
			}
		}
	}
	old := "沈枝：我等了你三年，一封信也没有。"
	s.importText(s.title, change(theDraft, "三年，", "四年，"))
	v := s.importText(s.title, change(theDraft, "三年，", "五年，"))
	says(studio.StaleLine{Was: old, Is: "沈枝：我等了你五年，一封信也没有。"})
	if got := s.see(x).Shot.Stale; got.VersionID != v.ID || got.Version != 3 {
		t.Errorf("it is of version %d", got.Version)
	}
	s.importText(s.title, change(theDraft, "三年，", "五年……"))
	says(studio.StaleLine{Was: old, Is: "沈枝：我等了你五年……一封信也没有。"})
	if got := s.see(x).Shot.Stale; got.Version != 3 {
		t.Errorf("punctuation made it one of version %d", got.Version)
	}
	s.importText(s.title, change(theDraft, old+"\n", ""))
	says(studio.StaleLine{Was: old})
	if v := s.importText(s.title, theDraft); v.Stale != 0 {
		t.Errorf("the text of before made %d shots stale", v.Stale)
	}
	says()
	if got := s.stale(); got != "" {
		t.Errorf("still stale: %s", got)
	}
	sc := s.sceneText(s.sceneOf(s.title, "1-1").ID)
	if got := s.see(x).Shot.Lines; len(got) != 1 || got[0] != sc.LineIDs[3] {
		t.Error("the line that came back has another id")
	}
	t.Run("saying that it fits takes the mark away", func(t *testing.T) {
		s.importText(s.title, change(theDraft, "三年，", "四年，"))
		got, err := s.ClearStale(t.Context(), s.admin, x)
		if must(t, got, err); got.Stale != nil || s.stale() != "all" {
			t.Errorf("stale: %s", s.stale())
		}
		must(t, 0, errOf(s.ClearStale(t.Context(), s.admin, x)))
	})
}

func TestLockedEpisodes(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	rows, err := s.Outline(ctx, s.admin, s.title)
	first := must(t, rows, err)[0].Episode
	e, err := s.LockEpisode(ctx, s.admin, first.ID, true)
	if must(t, e, err); !e.Locked {
		t.Fatal("it is open")
	}
	before := s.sceneText(s.sceneOf(s.title, "1-1").ID)
	// What was scene 1-2 comes in episode 2; 1-1 is another; 1-3 is new.
	draft := change(theDraft, "三年，", "五年，", "第二集", "1-3 日 内 码头\n△船开了，谁也没来送。\n\n第二集")
	p := s.preview(s.title, draft)
	var got []string
	for _, x := range p.Scenes {
		got = append(got, string(x.Change))
	}
	if strings.Join(got, " ") != "locked locked locked same" || p.Scenes[0].SceneID != before.ID || p.Scenes[0].Changed != 1 || p.Scenes[2].SceneID != "" {
		t.Errorf("planned %+v", p.Scenes)
	}
	v := s.importText(s.title, draft)
	if changes(v) != "0 added, 0 changed, 0 archived" || s.stale() != "" || s.outline(s.title) != "1: 1-1 1-2; 2: 2-1" || s.sceneText(before.ID).Rev != before.Rev {
		t.Errorf("%s, %s", changes(v), s.outline(s.title))
	}
	s.importText(s.title, draft[strings.Index(draft, "第二集"):])
	if got := s.outline(s.title); got != "1: 1-1 1-2; 2: 2-1" {
		t.Errorf("a locked episode that is not in the file: %s", got)
	}
	_, err = s.ImportScript(ctx, s.admin, s.title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "a.txt", Data: []byte(draft)}, Links: []studio.SceneLink{{Index: 3, SceneID: before.ID}}})
	refused(t, err, "invalid.links")
	cmp, err := s.CompareScripts(ctx, s.admin, s.versions()[2].ID, v.ID)
	if must(t, cmp, err); len(cmp) != 4 || cmp[0].Change != studio.SceneLockedAway || cmp[2].Change != studio.SceneLockedAway || cmp[3].Change != studio.SceneSame {
		t.Errorf("compared %+v", cmp)
	}
	must(t, 0, errOf(s.LockEpisode(ctx, s.admin, first.ID, false)))
	if v := s.importText(s.title, draft); changes(v) != "1 added, 1 changed, 0 archived" || s.stale() != "all first" {
		t.Errorf("opened: %s, stale %s", changes(v), s.stale())
	}
	must(t, 0, errOf(s.LockEpisode(ctx, s.admin, first.ID, true)))
	_, err = s.UndoImport(ctx, s.admin, s.versions()[0].ID)
	refused(t, err, "script.locked")
}

// versions of the title, the newest first.
func (s stage) versions() []studio.ScriptVersion {
	s.t.Helper()
	l, err := s.Scripts(s.t.Context(), s.admin, s.title)
	return must(s.t, l, err)
}

func TestComparingVersions(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	draft := change(theDraft, "三年，", "五年，", "1-2 夜 内 大剧院后台", "1-2 晨 内 大剧院后台", "第二集", "1-3 日 内 码头\n△船开了，谁也没来送。\n\n第二集")
	draft = draft[:strings.Index(draft, "2-1")]
	s.importText(s.title, draft)
	v := s.versions()
	got, err := s.CompareScripts(ctx, s.admin, v[0].ID, v[1].ID)
	must(t, got, err)
	var said []string
	for _, x := range got {
		line := string(x.Change)
		if x.Was != nil {
			line += " " + x.Was.Label
		}
		if x.Is != nil {
			line += " " + x.Is.Label
		}
		said = append(said, line)
	}
	if strings.Join(said, "; ") != "edited 1-1 1-1; heading 1-2 1-2; added 1-3; removed 2-1" {
		t.Errorf("compared: %s", strings.Join(said, "; "))
	}
	if l := got[0].Lines; len(l) != 6 || l[3].Was != "沈枝：我等了你三年，一封信也没有。" || l[3].Is != "沈枝：我等了你五年，一封信也没有。" || l[3].Same || !l[2].Same {
		t.Errorf("lines %+v", l)
	}
	if l := got[3].Lines; len(l) != 3 || l[2].Is != "" || got[3].SceneID != s.sceneOf(s.title, "2-1").ID {
		t.Errorf("the one that is gone: %+v", got[3])
	}
	same, err := s.CompareScripts(ctx, s.admin, v[0].ID, v[0].ID)
	for _, x := range must(t, same, err) {
		if x.Change != studio.SceneSame || x.Moved {
			t.Errorf("a version differs from itself: %+v", x)
		}
	}
	other := s.house.title("昼以继夜")
	w := s.importText(other, theDraft)
	_, err = s.CompareScripts(ctx, s.admin, v[0].ID, w.ID)
	refused(t, err, "invalid.other")
	_, err = s.CompareScripts(ctx, s.admin, v[0].ID, "x")
	refused(t, err, "unknown.script")
	t.Run("what moved is told apart from what changed", func(t *testing.T) {
		a, b := theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")], theDraft[strings.Index(theDraft, "1-2"):strings.Index(theDraft, "第二集")]
		v1 := s.importText(other, theDraft)
		v2 := s.importText(other, change(theDraft, a+b, b+a))
		got, err := s.CompareScripts(ctx, s.admin, v1.ID, v2.ID)
		must(t, got, err)
		moved := 0
		for _, x := range got {
			if x.Change != studio.SceneSame {
				t.Errorf("%+v", x)
			}
			if x.Moved {
				moved++
			}
		}
		if moved != 1 {
			t.Errorf("%d scenes moved", moved)
		}
	})
}

func TestTakingAnImportBack(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	added := change(theDraft, "三年，", "五年，", "第二集", "1-3 日 内 码头\n△船开了，谁也没来送，只有风。\n周姨：走了也好，省得惦记。\n\n第二集")
	v := s.importText(s.title, added)
	extra := s.sceneText(s.sceneOf(s.title, "1-3").ID)
	drawn := s.shot(extra.ID)
	s.pick(drawn.ID, s.take(drawn.ID, 99).ID, "")
	late := s.shot(s.sceneOf(s.title, "1-1").ID)
	line := s.sceneText(s.sceneOf(s.title, "1-1").ID).LineIDs[3]
	must(t, 0, errOf(s.LinkLines(ctx, s.admin, late.ID, []string{line})))
	byHand, err := s.AddScene(ctx, s.admin, extra.EpisodeID, studio.SceneIn{Label: "补拍"})
	must(t, byHand, err)
	newer := s.importText(s.title, added)
	_, err = s.UndoImport(ctx, s.admin, v.ID)
	refused(t, err, "script.not_newest")
	must(t, 0, errOf(s.UndoImport(ctx, s.admin, newer.ID)))
	before := s.counted(s.title)
	must(t, 0, errOf(s.UndoImport(ctx, s.admin, v.ID)))
	if got := s.outline(s.title); got != "1: 1-1 1-2 (1-3) 补拍; 2: 2-1" || s.counted(s.title) != before {
		t.Errorf("%s, %+v, before %+v", got, s.counted(s.title), before)
	}
	if p := s.see(drawn.ID); !p.Scene.Archived || p.Shot.Pick == nil || p.Takes != 1 {
		t.Errorf("what was drawn since is %+v", p.Shot)
	}
	if mark := s.see(late.ID).Shot.Stale; mark == nil || mark.Lines[0].Was != "沈枝：我等了你五年，一封信也没有。" || mark.Lines[0].Is != "沈枝：我等了你三年，一封信也没有。" {
		t.Errorf("a shot of the text that went is marked %+v", mark)
	}
	s.inOneRow(s.title)
	_, err = s.UndoImport(ctx, s.admin, v.ID)
	refused(t, err, "script.undone")
	list := s.versions()
	if len(list) != 3 || list[0].Undone == nil || list[1].Undone == nil || list[2].Undone != nil {
		t.Errorf("versions %+v", list)
	}
	if again := s.importText(s.title, added); changes(again) != "0 added, 2 changed, 0 archived" || s.sceneOf(s.title, "1-3").ID != extra.ID || again.Number != 4 {
		t.Errorf("imported again: %s", changes(again))
	}
	if s.see(late.ID).Shot.Stale != nil {
		t.Error("the text of before is back, the mark is not gone")
	}
	_, err = s.UndoImport(ctx, s.admin, "x")
	refused(t, err, "unknown.script")
}

func TestLinkingScenesByHand(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	one, two := s.sceneOf(s.title, "1-1").ID, s.sceneOf(s.title, "1-2").ID
	p := s.preview(s.title, theDraft)
	kept := func(links ...studio.SceneLink) studio.KeptScript {
		return studio.KeptScript{SHA256: p.SHA256, Name: "剧本.txt", Links: links, Note: "按手"}
	}
	for name, links := range map[string][]studio.SceneLink{
		"no such place": {{Index: 3, SceneID: one}}, "before the first": {{Index: -1, SceneID: one}}, "no such scene": {{Index: 0, SceneID: "x"}},
		"one scene twice": {{Index: 0, SceneID: one}, {Index: 1, SceneID: one}}, "one place twice": {{Index: 0, SceneID: one}, {Index: 0, SceneID: two}},
		"more than there are": {{Index: 0}, {Index: 1}, {Index: 2}, {Index: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.PreviewKept(ctx, s.admin, s.title, kept(links...))
			refused(t, err, "invalid.links")
			_, err = s.ImportKept(ctx, s.admin, s.title, kept(links...))
			refused(t, err, "invalid.links")
		})
	}
	swap := kept(studio.SceneLink{Index: 0, SceneID: two}, studio.SceneLink{Index: 1, SceneID: ""})
	got, err := s.PreviewKept(ctx, s.admin, s.title, swap)
	if must(t, got, err); got.Scenes[0].SceneID != two || got.Scenes[1].Change != studio.SceneAdded || got.Archived != 1 || len(s.versions()) != 1 {
		t.Errorf("planned %+v", got.Scenes)
	}
	v, err := s.ImportKept(ctx, s.admin, s.title, swap)
	if must(t, v, err); v.Note != "按手" || s.sceneText(two).Label != "1-1" || !s.sceneText(one).Archived || changes(v) != "1 added, 1 changed, 1 archived" {
		t.Errorf("got %+v", v)
	}
	_, err = s.ImportKept(ctx, s.admin, s.title, studio.KeptScript{SHA256: strings.Repeat("0", 64), Name: "a.txt"})
	refused(t, err, "kept.gone")
	t.Run("a line is corrected by hand", func(t *testing.T) {
		in := kept()
		in.Corrections = []studio.Correction{{Line: 8, Kind: "action"}} // the note
		v, err := s.ImportKept(ctx, s.admin, s.title, in)
		if must(t, v, err); len(v.Corrections) != 1 || s.sceneText(s.sceneOf(s.title, "1-1").ID).Lines[5].Kind != "action" {
			t.Errorf("got %+v", v)
		}
		in.Corrections[0].Line = 999
		_, err = s.PreviewKept(ctx, s.admin, s.title, in)
		refused(t, err, "script.correction")
	})
}

func TestLinkingLines(t *testing.T) {
	s := newStage(t)
	ctx := t.Context()
	x := s.shots["all"].ID
	here, there := s.sceneText(s.sceneOf(s.title, "1-1").ID), s.sceneText(s.sceneOf(s.title, "1-2").ID)
	got, err := s.LinkLines(ctx, s.admin, x, []string{here.LineIDs[4], here.LineIDs[2], here.LineIDs[4]})
	if must(t, got, err); !slices.Equal(got.Lines, []string{here.LineIDs[2], here.LineIDs[4]}) {
		t.Errorf("linked to %v", got.Lines)
	}
	if p := s.see(x); !slices.Equal(p.LineIDs, here.LineIDs) {
		t.Errorf("the page has %v", p.LineIDs)
	}
	for name, lines := range map[string][]string{"a line of another scene": {there.LineIDs[0]}, "no line": {"x"}, "an empty id": {""}, "too many": slices.Repeat([]string{here.LineIDs[0]}, 1001)} {
		t.Run(name, func(t *testing.T) {
			_, err := s.LinkLines(ctx, s.admin, x, lines)
			refused(t, err, "invalid.lines")
		})
	}
	if p := s.see(x); len(p.Shot.Lines) != 2 {
		t.Errorf("a refused link left %v", p.Shot.Lines)
	}
	got, err = s.LinkLines(ctx, s.admin, x, nil)
	if must(t, got, err); len(got.Lines) != 0 {
		t.Errorf("the whole scene is %v", got.Lines)
	}
}

func TestLabelsOutliveEpisodes(t *testing.T) {
	s := newStage(t)
	before := s.shotsOf(s.title)
	moved := theDraft[strings.Index(theDraft, "1-1"):strings.Index(theDraft, "1-2")]
	s.importText(s.title, change(theDraft, moved, "1-1 日 内 茶楼\n△说书人拍下醒木，满堂静了。\n\n", "2-1 夜", moved+"2-1 夜"))
	x := s.shot(s.sceneOf(s.title, "1-1").ID)
	rows, err := s.Outline(t.Context(), s.admin, s.title)
	fresh := must(t, rows, err)[0].Scenes[0]
	y := s.shot(fresh.ID)
	if p := s.see(s.shots["all"].ID); p.Shot.Episode != 2 || !strings.HasPrefix(p.Shot.Label, "E01-S01-") {
		t.Errorf("it stands in %d as %s", p.Shot.Episode, p.Shot.Label)
	}
	if x.Label == y.Label || strings.Contains(before, y.Label) || strings.Contains(before, x.Label) {
		t.Errorf("labels %s, then %s and %s", before, x.Label, y.Label)
	}
	s.inOneRow(s.title)
	gone, err := s.DeleteShot(t.Context(), s.admin, s.shots["all"].ID, s.see(s.shots["all"].ID).Shot.Rev)
	must(t, gone, err)
	s.importText(s.title, theDraft)
	back, err := s.RestoreShot(t.Context(), s.admin, gone.ID)
	if must(t, back, err); back.Episode != 1 || back.Label != gone.Label {
		t.Errorf("restored as %s in %d", back.Label, back.Episode)
	}
}
