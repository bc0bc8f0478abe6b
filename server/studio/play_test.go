package studio_test

import (
	"fmt"
	"testing"

	"chouka/server/studio"
)

func (h house) play(episode string) studio.Play {
	h.t.Helper()
	p, err := h.Play(h.t.Context(), h.admin, episode)
	return must(h.t, p, err)
}

func TestAnEpisodePlaysInOrder(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	one, two, three := h.scene(title), h.scene(title), h.scene(title)
	second, err := h.AddScene(ctx, h.admin, two.EpisodeID, studio.SceneIn{Place: "天台"})
	must(t, second, err)
	a, b := h.shot(two.ID), h.shot(two.ID)
	front := h.behind(two.ID, a.ID) // between the two
	c := h.shot(second.ID)
	gone := h.shot(second.ID)
	must(t, 0, errOf(h.DeleteShot(ctx, h.admin, gone.ID, gone.Rev)))
	h.shot(one.ID)
	k := h.take(b.ID, 1)
	h.take(b.ID, 2)
	h.pick(b.ID, k.ID, "")
	l := h.take(c.ID, 3)
	h.pick(c.ID, l.ID, "")
	h.take(a.ID, 4)
	p := h.play(two.EpisodeID)
	got := ""
	for _, s := range p.Scenes {
		got += s.Label + ":"
		for _, x := range s.Shots {
			got += fmt.Sprintf(" %s/%d", x.Shot.Number, x.Takes)
			if x.Take != nil {
				got += fmt.Sprintf("(%d)", x.Take.Number)
			}
		}
		got += "; "
	}
	if want := "2-1: 001/1 001A/0 002/2(1); 2-2: 001/1(1); "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if p.TitleID != title || p.Title != "昼以继夜" || p.Episode.ID != two.EpisodeID || p.Previous != one.EpisodeID || p.Next != three.EpisodeID || p.FirstFrame != 0 {
		t.Errorf("got %+v", p)
	}
	if x := p.Scenes[0].Shots[1].Shot; x.ID != front.ID || p.Scenes[1].Heading != second.Heading {
		t.Errorf("got %+v", p.Scenes)
	}
	if p.Scenes[0].Shots[2].Take.Media.Derived != studio.WorkPending {
		t.Errorf("the picture is %s", p.Scenes[0].Shots[2].Take.Media.Derived)
	}
	must(t, 0, errOf(h.WorkOnce(ctx)))
	if got := h.play(two.EpisodeID).Scenes[0].Shots[2].Take.Media.Derived; got != studio.WorkReady {
		t.Errorf("the picture that was made meanwhile is %s", got)
	}
	if p := h.play(one.EpisodeID); p.Previous != "" || p.Next != two.EpisodeID {
		t.Errorf("the first has %q before", p.Previous)
	}
	if p := h.play(three.EpisodeID); p.Next != "" || p.Previous != two.EpisodeID || len(p.Scenes) != 1 || len(p.Scenes[0].Shots) != 0 {
		t.Errorf("got %+v", p)
	}
	for _, c := range []struct {
		by            studio.Actor
		episode, code string
	}{{studio.Actor{}, two.EpisodeID, "signed_out"}, {h.as(studio.RoleLead, "other"), two.EpisodeID, "unknown.episode"}, {h.admin, "nothing", "unknown.episode"}} {
		_, err := h.Play(ctx, c.by, c.episode)
		refused(t, err, c.code)
	}
}

func TestAScriptSceneKeepsItsPlace(t *testing.T) {
	h := newHouse(t)
	title := h.title("从顽皮蛇开始吞噬进化")
	h.importText(title, "第1集\n1-1 日 内 大厅\n蛇：饿。\n1-2 夜 外 天台\n蛇：冷。\n1-3 夜 外 街\n蛇：走。\n")
	out, err := h.Outline(t.Context(), h.admin, title)
	e := must(t, out, err)[0]
	h.shot(e.Scenes[1].ID)
	p := h.play(e.Episode.ID)
	if len(p.Scenes) != 3 || len(p.Scenes[1].Lines) == 0 || p.Scenes[1].Lines[len(p.Scenes[1].Lines)-1].Said != "冷。" {
		t.Fatalf("got %+v", p.Scenes)
	}
	t.Run("a scene that left the script is there as long as it has shots", func(t *testing.T) {
		h.importText(title, "第1集\n1-1 日 内 大厅\n蛇：饿。\n")
		p := h.play(e.Episode.ID)
		if len(p.Scenes) != 2 || p.Scenes[1].ID != e.Scenes[1].ID || len(p.Scenes[1].Shots) != 1 {
			t.Errorf("got %+v", p.Scenes)
		}
	})
	t.Run("so is an episode, when one goes on to the next", func(t *testing.T) {
		h.importText(title, "第1集\n1-1 日 内 大厅\n蛇：饿。\n第2集\n2-1 日 内 大厅\n蛇：饿。\n第3集\n3-1 日 内 大厅\n蛇：饱。\n")
		out, err := h.Outline(t.Context(), h.admin, title)
		second, third := must(t, out, err)[1], out[2]
		h.importText(title, "第1集\n1-1 日 内 大厅\n蛇：饿。\n第3集\n3-1 日 内 大厅\n蛇：饱。\n")
		if p := h.play(e.Episode.ID); p.Next != third.Episode.ID {
			t.Errorf("next is %s, want the third", p.Next)
		}
		if p := h.play(third.Episode.ID); p.Previous != e.Episode.ID {
			t.Errorf("previous is %s, want the first", p.Previous)
		}
		h.shot(second.Scenes[0].ID)
		if p := h.play(e.Episode.ID); p.Next != second.Episode.ID {
			t.Errorf("next is %s, want the second, which has a shot", p.Next)
		}
	})
}

func TestTheFirstFramesNumber(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	for _, bad := range []int{-1, 1, 1000, 1002} {
		_, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("x"), FirstFrame: &bad})
		refused(t, err, "invalid.first_frame")
	}
	b, err := h.CreateTitle(ctx, h.admin, studio.TitleIn{Name: ptr("x"), FirstFrame: ptr(1001)})
	title := must(t, b, err).Title
	x := h.shot(h.scene(title.ID).ID)
	if got := h.see(x.ID).FirstFrame; got != 1001 || title.FirstFrame != 1001 || h.play(x.EpisodeID).FirstFrame != 1001 {
		t.Errorf("got %d", got)
	}
	_, err = h.EditTitle(ctx, h.admin, title.ID, title.Rev, studio.TitleIn{FirstFrame: ptr(24)})
	refused(t, err, "invalid.first_frame")
	b, err = h.EditTitle(ctx, h.admin, title.ID, title.Rev, studio.TitleIn{Note: ptr("y")})
	if must(t, b, err).Title.FirstFrame != 1001 {
		t.Error("an edit of something else changed it")
	}
	b, err = h.EditTitle(ctx, h.admin, title.ID, b.Title.Rev, studio.TitleIn{FirstFrame: ptr(0)})
	if must(t, b, err).Title.FirstFrame != 0 || h.see(x.ID).FirstFrame != 0 {
		t.Error("it did not go back to 0")
	}
}

func TestTheNeighboursPicks(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	y, z := h.shot(x.SceneID), h.shot(x.SceneID)
	picks := func(id string) string {
		p, out := h.see(id), ""
		for _, k := range []*studio.Take{p.PreviousPick, p.NextPick} {
			if out += "-"; k != nil {
				out += fmt.Sprint(k.Number, k.Media.Derived)
			}
		}
		return out
	}
	h.take(x.ID, 1)
	a, b := h.take(x.ID, 2), h.take(z.ID, 3)
	if got := picks(y.ID); got != "--" {
		t.Errorf("without picks %s", got)
	}
	h.pick(x.ID, a.ID, "")
	h.pick(z.ID, b.ID, "")
	must(t, 0, errOf(h.WorkOnce(t.Context())))
	for id, want := range map[string]string{x.ID: "--", y.ID: "-2ready-1ready", z.ID: "--"} {
		if got := picks(id); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	h.pick(x.ID, "", a.ID)
	if got := picks(y.ID); got != "--1ready" {
		t.Errorf("after taking one away %s", got)
	}
}
