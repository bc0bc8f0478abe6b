package studio_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// numbers are the numbers of a scene's shots in order.
func (h house) numbers(sceneID string) string {
	h.t.Helper()
	rows, err := h.SceneShots(h.t.Context(), h.admin, sceneID)
	must(h.t, rows, err)
	var out []string
	for _, r := range rows {
		out = append(out, r.Shot.Number)
	}
	return strings.Join(out, " ")
}

func TestAddingShots(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	a, b := h.shot(sc.ID), h.shot(sc.ID)
	if a.Label != "E01-S01-001" || b.Number != "002" || a.State != studio.ShotTodo || a.Operators == nil {
		t.Fatalf("got %+v", a)
	}
	c := h.behind(sc.ID, a.ID)
	d := h.behind(sc.ID, a.ID)
	if got := h.numbers(sc.ID); got != "001 001B 001A 002" || c.Number != "001A" || d.Label != "E01-S01-001B" {
		t.Errorf("got %s", got)
	}
	t.Run("the crew's own numbers stay", func(t *testing.T) {
		for in, want := range map[string]string{"14": "014", "15a": "015a", "K-1": "K-1", " 16 ": "016"} {
			x, err := h.AddShot(ctx, h.admin, sc.ID, studio.ShotIn{Number: in})
			if err != nil || x.Number != want {
				t.Errorf("%q gave %q, %v", in, x.Number, err)
			}
		}
		if x := h.shot(sc.ID); x.Number != "017" {
			t.Errorf("the next is %s", x.Number)
		}
	})
	t.Run("a number is given once in a scene", func(t *testing.T) {
		for _, n := range []string{"001", "1", "01", "14", "K-1"} {
			_, err := h.AddShot(ctx, h.admin, sc.ID, studio.ShotIn{Number: n})
			refused(t, err, "invalid.number")
		}
		_, err := h.EditShot(ctx, h.admin, a.ID, h.see(a.ID).Shot.Rev, studio.ShotEdit{Number: ptr("2")})
		refused(t, err, "invalid.number")
		_, err = h.EditShot(ctx, h.admin, a.ID, h.see(a.ID).Shot.Rev, studio.ShotEdit{Number: ptr(" ")})
		refused(t, err, "invalid.number")
		x, err := h.EditShot(ctx, h.admin, a.ID, h.see(a.ID).Shot.Rev, studio.ShotEdit{Number: ptr("88")})
		if err != nil || x.Label != "E01-S01-088" {
			t.Errorf("got %s, %v", x.Label, err)
		}
	})
	t.Run("a shot of another scene is no place", func(t *testing.T) {
		_, err := h.AddShot(ctx, h.admin, h.scene(sc.TitleID).ID, studio.ShotIn{After: a.ID})
		refused(t, err, "unknown.shot")
	})
	t.Run("lengths are from nought to an hour", func(t *testing.T) {
		for _, ms := range []int64{-1, 3_600_001} {
			_, err := h.AddShot(ctx, h.admin, sc.ID, studio.ShotIn{ShotText: studio.ShotText{Milliseconds: ms}})
			refused(t, err, "invalid.milliseconds")
		}
	})
}

func TestPuttingShotsBetweenForever(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("昼以继夜"))
	first, last := h.shot(sc.ID), h.shot(sc.ID)
	for range 45 {
		h.behind(sc.ID, first.ID)
	}
	rows, err := h.SceneShots(t.Context(), h.admin, sc.ID)
	if must(t, rows, err); len(rows) != 47 || rows[0].Shot.ID != first.ID || rows[46].Shot.ID != last.ID {
		t.Fatalf("the ends moved in %s", h.numbers(sc.ID))
	}
	seen := map[string]bool{}
	for i, r := range rows {
		if seen[r.Shot.Number] || i > 0 && rows[i-1].Shot.Order >= r.Shot.Order {
			t.Fatalf("%s at %d of %s", r.Shot.Number, i, h.numbers(sc.ID))
		}
		seen[r.Shot.Number] = true
	}
}

func TestOrderingShots(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	a, b, c := h.shot(sc.ID), h.shot(sc.ID), h.shot(sc.ID)
	out, err := h.OrderShots(ctx, h.admin, sc.ID, []string{c.ID, a.ID, b.ID})
	if must(t, out, err); len(out) != 3 || out[0].ID != c.ID || h.numbers(sc.ID) != "003 001 002" {
		t.Fatalf("got %s", h.numbers(sc.ID))
	}
	if p := h.see(a.ID); p.Previous != c.ID || p.Next != b.ID {
		t.Errorf("neighbours %s %s", p.Previous, p.Next)
	}
	for name, ids := range map[string][]string{"none": {}, "one left out": {a.ID, b.ID}, "one twice": {a.ID, b.ID, b.ID}, "a strange one": {a.ID, b.ID, "x"},
		"one too many": {a.ID, b.ID, c.ID, c.ID}} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.OrderShots(ctx, h.admin, sc.ID, ids)
			refused(t, err, "shot.order")
		})
	}
	if h.numbers(sc.ID) != "003 001 002" {
		t.Errorf("a refused order left %s", h.numbers(sc.ID))
	}
}

// TestOrderingWhileOthersAdd lets two people work on one scene: whoever orders
// by an old list is told so, and no shot is lost.
func TestOrderingWhileOthersAdd(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	h.shot(sc.ID)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				if _, err := h.AddShot(ctx, h.admin, sc.ID, studio.ShotIn{}); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 10 {
				rows, err := h.SceneShots(ctx, h.admin, sc.ID)
				if err != nil {
					t.Error(err)
				}
				ids := []string{}
				for _, r := range rows {
					ids = append([]string{r.Shot.ID}, ids...)
				}
				_, err = h.OrderShots(ctx, h.admin, sc.ID, ids)
				var e *studio.Error
				if err != nil && (!errors.As(err, &e) || e.Code != "shot.order") {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, n := range strings.Fields(h.numbers(sc.ID)) {
		seen[n] = true
	}
	if len(seen) != 41 {
		t.Errorf("%d different numbers, want 41", len(seen))
	}
}

func TestSplittingAShot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	x := h.shot(sc.ID)
	h.shot(sc.ID)
	tk := h.take(x.ID, 1)
	h.pick(x.ID, tk.ID, "")
	in := studio.SplitIn{First: studio.ShotText{Description: "前半"}, Second: studio.ShotText{Description: "后半"}}
	out, err := h.SplitShot(ctx, h.admin, x.ID, in)
	if must(t, out, err); len(out) != 2 || out[0].ID != x.ID || out[1].Number != "001A" || h.numbers(sc.ID) != "001 001A 002" {
		t.Fatalf("got %+v", out)
	}
	first, second := h.see(x.ID), h.see(out[1].ID)
	if first.Takes != 1 || first.Shot.Pick == nil || first.Shot.Description != "前半" || first.Shot.State != studio.ShotPicked {
		t.Errorf("the first half lost its work: %+v", first.Shot)
	}
	if second.Takes != 0 || second.Shot.Pick != nil || second.Shot.Description != "后半" || second.Shot.State != studio.ShotTodo {
		t.Errorf("the second half is not new: %+v", second.Shot)
	}
	t.Run("a bad text splits nothing", func(t *testing.T) {
		_, err := h.SplitShot(ctx, h.admin, x.ID, studio.SplitIn{First: in.First, Second: studio.ShotText{Note: "\x00"}})
		refused(t, err, "invalid.note")
		if h.numbers(sc.ID) != "001 001A 002" || h.see(x.ID).Shot.Rev != first.Shot.Rev {
			t.Error("half of a split was written")
		}
	})
	t.Run("the answer is what is kept, however often", func(t *testing.T) {
		for range 25 {
			out, err := h.SplitShot(ctx, h.admin, x.ID, in)
			must(t, out, err)
			if kept := h.see(x.ID).Shot; kept.Rev != out[0].Rev || kept.Order != out[0].Order {
				t.Fatalf("answered revision %d order %d, kept %d and %d", out[0].Rev, out[0].Order, kept.Rev, kept.Order)
			}
		}
	})
}

func TestDeletingAndRestoringAShot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	a, b := h.shot(sc.ID), h.shot(sc.ID)
	tk := h.take(b.ID, 1)
	h.pick(b.ID, tk.ID, "")
	rev := h.see(b.ID).Shot.Rev
	_, err := h.DeleteShot(ctx, h.admin, b.ID, rev-1)
	refused(t, err, "stale")
	gone, err := h.DeleteShot(ctx, h.admin, b.ID, rev)
	if must(t, gone, err); gone.Deleted == nil || h.counted(sc.TitleID) != (counted{Shots: 1}) {
		t.Fatalf("got %+v, %+v", gone, h.counted(sc.TitleID))
	}
	t.Run("a deleted shot takes nothing", func(t *testing.T) {
		_, err := h.LogAttempt(ctx, h.admin, b.ID, studio.AttemptIn{Status: studio.Failed})
		refused(t, err, "unknown.shot")
		_, err = h.PickTake(ctx, h.admin, b.ID, studio.PickIn{})
		refused(t, err, "unknown.shot")
		_, err = h.DeleteShot(ctx, h.admin, b.ID, gone.Rev)
		refused(t, err, "unknown.shot")
	})
	c := h.shot(sc.ID)
	if c.Number != "002" {
		t.Fatalf("the free number was not taken: %s", c.Number)
	}
	back, err := h.RestoreShot(ctx, h.admin, b.ID)
	if must(t, back, err); back.Number != "002A" || back.Label != "E01-S01-002A" || back.Pick == nil || back.State != studio.ShotPicked {
		t.Errorf("restored as %+v", back)
	}
	if got := h.counted(sc.TitleID); got != (counted{Shots: 3, Picked: 1, Attempts: 1, Takes: 1}) {
		t.Errorf("got %+v", got)
	}
	t.Run("from each shot one comes to each other", func(t *testing.T) {
		var ids []string
		for id := a.ID; id != "" && len(ids) < 10; id = h.see(id).Next {
			ids = append(ids, id)
		}
		if fmt.Sprint(ids) != fmt.Sprint([]string{a.ID, c.ID, b.ID}) {
			t.Errorf("forwards: %v of %v", ids, []string{a.ID, c.ID, b.ID})
		}
		for id := b.ID; id != "" && len(ids) > 0; id = h.see(id).Previous {
			if ids[len(ids)-1] != id {
				t.Fatalf("backwards: %s", id)
			}
			ids = ids[:len(ids)-1]
		}
	})
	t.Run("restoring twice changes nothing", func(t *testing.T) {
		again, err := h.RestoreShot(ctx, h.admin, b.ID)
		if must(t, again, err); again.Rev != back.Rev || h.counted(sc.TitleID).Shots != 3 {
			t.Errorf("got %+v", again)
		}
	})
	t.Run("a locked shot is not deleted", func(t *testing.T) {
		x := h.move(b.ID, studio.ShotLocked)
		_, err := h.DeleteShot(ctx, h.admin, b.ID, x.Rev)
		refused(t, err, "shot.locked")
	})
}

func TestWorkOfADeletedShot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	to := h.shot(x.SceneID)
	for name, leave := range map[string]func(studio.Attempt) error{
		"deleting its attempt": func(a studio.Attempt) error { _, err := h.DeleteAttempt(ctx, h.admin, a.ID, a.Rev); return err },
		"moving its attempt":   func(a studio.Attempt) error { _, err := h.MoveAttempt(ctx, h.admin, a.ID, to.ID); return err },
	} {
		t.Run(name+" keeps the counters right", func(t *testing.T) {
			x := h.shot(x.SceneID)
			row := h.drop(x.ID, picture(t, len(name), ""))
			if _, err := h.DeleteShot(ctx, h.admin, x.ID, h.see(x.ID).Shot.Rev); err != nil {
				t.Fatal(err)
			}
			before, had := h.counted(x.TitleID).ToReview, h.see(to.ID).Takes
			if err := leave(row.Attempt); err != nil {
				t.Fatal(err)
			}
			moved := h.see(to.ID).Takes - had // the shot it went to waits for review now
			if got := h.counted(x.TitleID).ToReview; got != before+moved {
				t.Errorf("%d wait for review, want %d", got, before+moved)
			}
			back, err := h.RestoreShot(ctx, h.admin, x.ID)
			if must(t, back, err); back.State != studio.ShotTodo {
				t.Errorf("restored as %s", back.State)
			}
		})
	}
}

func TestPastingATable(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	sc := h.scene(h.title("昼以继夜"))
	h.shot(sc.ID)
	paste := func(text string, dry bool) (studio.TableOut, error) {
		return h.PasteShots(ctx, h.admin, sc.ID, studio.TableIn{Text: text, DryRun: dry})
	}
	const good = "镜号\t景别\t画面内容\t时长（秒）\n5\t特写\t门开了\t3\n\t全景\t灯灭\t4.5\n"
	want := h.counted(sc.TitleID)
	dry, err := paste(good, true)
	if must(t, dry, err); len(dry.Shots) != 2 || dry.Shots[0].Label != "E01-S01-005" || dry.Shots[1].Number != "006" || h.counted(sc.TitleID) != want {
		t.Fatalf("a dry run gave %+v", dry.Shots)
	}
	out, err := paste(good, false)
	if must(t, out, err); len(out.Shots) != 2 || h.numbers(sc.ID) != "001 005 006" {
		t.Fatalf("got %+v", out.Shots)
	}
	for i, x := range out.Shots {
		if d := dry.Shots[i]; x.Number != d.Number || x.ShotText != d.ShotText || x.Label != d.Label || x.State != d.State {
			t.Errorf("the dry run said %+v, done was %+v", d, x)
		}
	}
	if x := out.Shots[1]; x.Size != "全景" || x.Description != "灯灭" || x.Milliseconds != 4500 {
		t.Errorf("got %+v", x.ShotText)
	}
	want = h.counted(sc.TitleID)
	t.Run("a cell that cannot be read writes nothing", func(t *testing.T) {
		out, err := paste("镜号\t画面内容\t时长（秒）\n7\t门开了\t很久\n8\t灯灭\t2\n", false)
		if must(t, out, err); len(out.Table.Errors) != 1 || out.Table.Errors[0].Row != 2 || len(out.Shots) != 2 {
			t.Errorf("got %+v", out.Table.Errors)
		}
	})
	t.Run("a number that is taken is named with its row", func(t *testing.T) {
		for _, text := range []string{"镜号\t画面内容\n9\t门\n5\t灯\n", "镜号\t画面内容\n9\t门\n9\t灯\n"} {
			for _, dry := range []bool{true, false} {
				_, err := paste(text, dry)
				if e := refused(t, err, "invalid.number"); !strings.Contains(e.Text.ZH, "第 3 行") || e.Fields[0].Location != "body.text" {
					t.Errorf("got %+v", e)
				}
			}
		}
	})
	t.Run("text that no shot may hold is named with its row", func(t *testing.T) {
		_, err := paste("镜号\t景别\t画面内容\n9\t"+strings.Repeat("特", 201)+"\t门\n", false)
		if e := refused(t, err, "invalid.size"); !strings.Contains(e.Text.EN, "row 2") {
			t.Errorf("got %+v", e)
		}
	})
	t.Run("nothing to read is said", func(t *testing.T) {
		for _, text := range []string{"", "\n\n", "镜号\t画面内容\n", strings.Repeat("门\n", 2001)} {
			_, err := paste(text, false)
			refused(t, err, "invalid.text")
		}
	})
	if got := h.counted(sc.TitleID); got != want {
		t.Errorf("a refused paste left %+v, want %+v", got, want)
	}
}

func TestASceneIsFullAtAThousandShots(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("昼以继夜"))
	paste := func(n int) error {
		_, err := h.PasteShots(t.Context(), h.admin, sc.ID, studio.TableIn{Text: "画面内容\n" + strings.Repeat("灯灭\n", n)})
		return err
	}
	refused(t, paste(1001), "shot.many")
	if h.counted(sc.TitleID).Shots != 0 {
		t.Error("a part of the paste was kept")
	}
	if err := paste(1000); err != nil {
		t.Fatal(err)
	}
	_, err := h.AddShot(t.Context(), h.admin, sc.ID, studio.ShotIn{})
	refused(t, err, "shot.many")
}

func TestAssigningShots(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	sc := h.scene(title)
	a, b := h.shot(sc.ID), h.shot(sc.ID)
	op := studiotest.Person(t, h.Studio, h.admin, "linxiaoman", studio.Member, title, studio.RoleOperator)
	scout := studiotest.Person(t, h.Studio, h.admin, "chen", studio.Member, title, studio.RoleScout)
	both := []string{a.ID, b.ID}
	for name, c := range map[string]struct {
		shots, people []string
		code          string
	}{
		"a scout":                         {both, []string{op.Person.ID, scout.Person.ID}, "invalid.operators"},
		"nobody we know":                  {both, []string{"x"}, "unknown.person"},
		"no shot":                         {nil, []string{op.Person.ID}, "invalid.shots"},
		"a shot that is not there":        {[]string{a.ID, "x"}, []string{op.Person.ID}, "unknown.shot"},
		"more than 500 shots":             {make([]string, 501), []string{op.Person.ID}, "invalid.shots"},
		"more than 50 people on one shot": {both, make([]string, 51), "invalid.operators"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.AssignShots(ctx, h.admin, studio.AssignIn{Shots: c.shots, Operators: c.people})
			refused(t, err, c.code)
			if len(h.see(a.ID).Shot.Operators) != 0 {
				t.Error("a part of it was kept")
			}
		})
	}
	out, err := h.AssignShots(ctx, h.admin, studio.AssignIn{Shots: both, Operators: []string{op.Person.ID, op.Person.ID}})
	if must(t, out, err); len(out) != 2 || len(out[0].Operators) != 1 {
		t.Fatalf("got %+v", out)
	}
	h.typed(a.ID, studio.Failed)
	tk := h.take(b.ID, 1)
	h.pick(b.ID, tk.ID, "")
	h.move(b.ID, studio.ShotRework)
	mine := func() (out []string) {
		l, err := h.MyShots(ctx, actorNow(t, h, op), studio.Page{})
		for _, r := range must(t, l, err).Items {
			out = append(out, r.Shot.Number)
		}
		return out
	}
	if got := mine(); fmt.Sprint(got) != "[002 001]" {
		t.Errorf("what was sent back does not come first: %v", got)
	}
	t.Run("who left the title sees none of it", func(t *testing.T) {
		m, err := h.Members(ctx, h.admin, title)
		for _, x := range must(t, m, err) {
			if x.PersonID == op.Person.ID {
				if err := h.RemoveMember(ctx, h.admin, title, x.PersonID, x.Rev); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := mine(); len(got) != 0 {
			t.Errorf("still sees %v", got)
		}
	})
}

// actorNow is the person with the rights that they have now.
func actorNow(t *testing.T, h house, a studio.Actor) studio.Actor {
	t.Helper()
	now := studio.Actor{Person: a.Person, Roles: map[string]studio.Role{}}
	l, err := h.Titles(t.Context(), h.admin, studio.Page{})
	for _, b := range must(t, l, err).Items {
		m, err := h.Members(t.Context(), h.admin, b.Title.ID)
		for _, x := range must(t, m, err) {
			if x.PersonID == a.Person.ID {
				now.Roles[b.Title.ID] = x.Role
			}
		}
	}
	return now
}
