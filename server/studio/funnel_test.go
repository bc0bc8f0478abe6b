package studio_test

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func (h house) funnel(titleID string) studio.TitleFunnel {
	h.t.Helper()
	f, err := h.TitleFunnel(h.t.Context(), h.admin, titleID)
	return must(h.t, f, err)
}

func (h house) shotFunnel(shotID string) studio.Funnel {
	h.t.Helper()
	f, err := h.ShotFunnel(h.t.Context(), h.admin, shotID)
	return must(h.t, f, err)
}

// figuresOf gives the plain figures of a funnel in one comparable text.
func figuresOf(f studio.Funnel) string {
	return fmt.Sprintf("%d shots, %d attempts, %d returned, %d takes, %d seen, %d shortlisted, %d picked, %d locked, %d rejected",
		f.Shots, f.Attempts, f.Returned, f.Takes, f.Seen, f.Shortlisted, f.Picked, f.Locked, f.Rejected)
}

func (h house) judge(v studio.Verdict, reason string, ids ...string) {
	h.t.Helper()
	got, err := h.Judge(h.t.Context(), h.admin, studio.VerdictIn{Takes: ids, Verdict: &v, Reason: reason})
	must(h.t, got, err)
}

// modelled is a picture that names its model.
func modelled(t testing.TB, n int, model string) []byte {
	t.Helper()
	if model == "" {
		return picture(t, n, "")
	}
	return picture(t, n, "a snake\nSteps: 1, Seed: 2, Model: "+model)
}

// near reports whether a median is right within a tenth.
func near(got int64, want time.Duration) bool {
	return math.Abs(float64(got)-want.Seconds()) <= want.Seconds()/10
}

func TestAFunnelFromDrawnToLocked(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	titleID := x.TitleID
	other := studiotest.Person(t, h.Studio, h.admin, "dalin", studio.Member, titleID, studio.RoleOperator)
	h.typed(x.ID, studio.Failed)
	var takes []studio.Take
	for n, model := range []string{"可灵 2.1", "可灵 2.1", "wan", ""} {
		takes = append(takes, h.drop(x.ID, modelled(t, n, model)).Takes[0])
	}
	theirs, err := h.LogFile(ctx, other, x.ID, "a.png", bytes.NewReader(modelled(t, 9, "wan")))
	must(t, theirs, err)
	c.pass(30 * time.Minute)
	must(t, 0, h.See(ctx, h.admin, []string{takes[0].ID, takes[1].ID}))
	c.pass(2 * time.Hour)
	h.judge(studio.Shortlisted, "", takes[0].ID)
	h.judge(studio.Rejected, "hand", takes[1].ID, takes[2].ID)
	h.judge(studio.Rejected, "face", theirs.Takes[0].ID)
	c.pass(time.Minute)
	h.pick(x.ID, takes[0].ID, "")
	c.pass(24 * time.Hour)
	h.move(x.ID, studio.ShotLocked)
	f := h.funnel(titleID)
	if got, want := figuresOf(f.Funnel), "1 shots, 6 attempts, 5 returned, 5 takes, 4 seen, 1 shortlisted, 1 picked, 1 locked, 3 rejected"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for i, want := range []struct {
		pair string
		n    int64
		d    time.Duration
	}{{"drawn seen", 4, 30 * time.Minute}, {"seen shortlisted", 1, 2 * time.Hour}, {"shortlisted picked", 1, time.Minute}, {"picked locked", 1, 24 * time.Hour}} {
		if w := f.Funnel.Waits[i]; w.From+" "+w.To != want.pair || w.N != want.n || !near(w.Median, want.d) {
			t.Errorf("waits %+v, want %+v", w, want)
		}
	}
	if got := fmt.Sprint(f.Funnel.Reasons); got != "[{hand 2} {face 1}]" {
		t.Errorf("reasons %s", got)
	}
	if got := fmt.Sprint(f.Funnel.Models); got != "[{ wan 2 0 2 [{face 1} {hand 1}]} { 可灵 2.1 2 1 1 [{hand 1}]} {  1 0 0 []}]" {
		t.Errorf("models %s", got)
	}
	if got, want := fmt.Sprint(f.Funnel.Operators), fmt.Sprintf("[{%s 管理员 4 1 2 [{hand 2}]} {%s dalin 1 0 1 [{face 1}]}]", h.admin.Person.ID, other.Person.ID); got != want {
		t.Errorf("operators %s, want %s", got, want)
	}
	if u := f.Funnel.Usual; u == nil || *u != (studio.Usual{Median: 6, N: 1}) {
		t.Errorf("usual %+v", u)
	}
	e := studio.EpisodeFunnel{ID: x.EpisodeID, Number: 1, Shots: 1, Attempts: 6, Returned: 5, Takes: 5, Seen: 4, Shortlisted: 1, Picked: 1, Locked: 1}
	if !slices.Equal(f.Episodes, []studio.EpisodeFunnel{e}) {
		t.Errorf("episodes %+v", f.Episodes)
	}
	ep, err := h.EpisodeFunnel(ctx, h.admin, x.EpisodeID)
	must(t, ep, err)
	if sf := h.shotFunnel(x.ID); !reflect.DeepEqual(ep, f.Funnel) || !reflect.DeepEqual(sf, f.Funnel) {
		t.Errorf("of a title's only shot, its episode and it have\n%+v\n%+v\n%+v", f.Funnel, ep, sf)
	}
	if p := h.see(x.ID); p.Shot.Pick.Draws != 6 || p.Usual == nil || *p.Usual != *f.Funnel.Usual {
		t.Errorf("pick %+v, usual %+v", p.Shot.Pick, p.Usual)
	}
	t.Run("a lock that is opened is no longer counted, and neither is its wait", func(t *testing.T) {
		h.move(x.ID, studio.ShotPicked)
		if f := h.shotFunnel(x.ID); f.Locked != 0 || f.Waits[3].N != 0 || f.Picked != 1 {
			t.Errorf("got %+v", f)
		}
	})
}

func TestClocksThatAreSetBackMakeNoWait(t *testing.T) {
	h, c := clocked(t)
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	for _, step := range []func(){
		func() { must(t, 0, h.See(t.Context(), h.admin, []string{tk.ID})) },
		func() { h.judge(studio.Shortlisted, "", tk.ID) },
		func() { h.pick(x.ID, tk.ID, "") },
		func() { h.move(x.ID, studio.ShotLocked) },
	} {
		c.pass(-time.Hour)
		step()
	}
	for _, w := range h.shotFunnel(x.ID).Waits {
		if w.N != 1 || w.Median != 0 {
			t.Errorf("got %+v", w)
		}
	}
}

func TestWhatAPickLeavesBehind(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	for _, c := range []struct {
		name string
		act  func()
		want string
	}{
		{"a pick is seen and shortlisted, though nobody did either", func() { h.pick(x.ID, a.ID, "") },
			"1 shots, 2 attempts, 2 returned, 2 takes, 1 seen, 1 shortlisted, 1 picked, 0 locked, 0 rejected"},
		{"one that is replaced stays seen", func() { h.pick(x.ID, b.ID, a.ID) },
			"1 shots, 2 attempts, 2 returned, 2 takes, 2 seen, 1 shortlisted, 1 picked, 0 locked, 0 rejected"},
		{"locked", func() { h.move(x.ID, studio.ShotLocked) },
			"1 shots, 2 attempts, 2 returned, 2 takes, 2 seen, 1 shortlisted, 1 picked, 1 locked, 0 rejected"},
		{"sent back", func() { h.move(x.ID, studio.ShotRework) },
			"1 shots, 2 attempts, 2 returned, 2 takes, 2 seen, 0 shortlisted, 0 picked, 0 locked, 0 rejected"},
		{"shortlisted once is shortlisted, whatever comes later", func() { h.judge(studio.Shortlisted, "", a.ID); h.judge(studio.Rejected, "text", a.ID) },
			"1 shots, 2 attempts, 2 returned, 2 takes, 2 seen, 1 shortlisted, 0 picked, 0 locked, 1 rejected"},
		{"a verdict that is taken back leaves it seen", func() { h.judge(studio.Unseen, "", a.ID) },
			"1 shots, 2 attempts, 2 returned, 2 takes, 2 seen, 1 shortlisted, 0 picked, 0 locked, 0 rejected"},
	} {
		c.act()
		if got := figuresOf(h.shotFunnel(x.ID)); got != c.want {
			t.Errorf("%s: got %s", c.name, got)
		}
	}
	if w := h.shotFunnel(x.ID).Waits; w[2].N != 0 || w[3].N != 0 {
		t.Errorf("waits %+v", w)
	}
}

func TestTheWorkOnADeletedShotLeavesTheFunnel(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	y := h.shot(x.SceneID)
	tk := h.take(x.ID, 1)
	bad := h.take(x.ID, 2)
	h.judge(studio.Rejected, "face", bad.ID)
	h.pick(x.ID, tk.ID, "")
	h.take(y.ID, 3)
	whole := h.funnel(x.TitleID)
	gone, err := h.DeleteShot(ctx, h.admin, x.ID, h.see(x.ID).Shot.Rev)
	must(t, gone, err)
	left := "1 shots, 1 attempts, 1 returned, 1 takes, 0 seen, 0 shortlisted, 0 picked, 0 locked, 0 rejected"
	f := h.funnel(x.TitleID)
	if got := figuresOf(f.Funnel); got != left || f.Funnel.Usual != nil || len(f.Funnel.Reasons) > 0 || f.Episodes[0].Takes != 1 || f.Episodes[0].Shots != 1 {
		t.Errorf("got %s, %+v", got, f)
	}
	t.Run("what is done to it meanwhile counts when it is back", func(t *testing.T) {
		h.judge(studio.Usable, "", bad.ID)
		if got := figuresOf(h.funnel(x.TitleID).Funnel); got != left {
			t.Errorf("got %s", got)
		}
		h.judge(studio.Rejected, "face", bad.ID)
	})
	t.Run("its own figures are kept", func(t *testing.T) {
		if f := h.shotFunnel(x.ID); f.Takes != 2 || f.Picked != 1 || f.Rejected != 1 {
			t.Errorf("got %+v", f)
		}
	})
	back, err := h.RestoreShot(ctx, h.admin, x.ID)
	must(t, back, err)
	if got := h.funnel(x.TitleID); !reflect.DeepEqual(got, whole) {
		t.Errorf("got %+v, want %+v", got, whole)
	}
}

func TestATakeIsCountedByTheModelThatItsAttemptHasNow(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	models := func() string {
		var out []string
		for _, g := range h.shotFunnel(x.ID).Models {
			out = append(out, fmt.Sprintf("%s %d/%d", g.Name, g.Rejected, g.Takes))
		}
		return strings.Join(out, ", ")
	}
	row := h.drop(x.ID, picture(t, 1, ""))
	h.judge(studio.Rejected, "face", row.Takes[0].ID)
	if got := models(); got != " 1/1" {
		t.Errorf("not known: %s", got)
	}
	t.Run("a file that joins it says more", func(t *testing.T) {
		in := studio.Arrival{Name: "b.png", Attempt: row.Attempt.ID}
		more, err := h.BookFile(ctx, h.admin, x.ID, in, bytes.NewReader(modelled(t, 2, "wan")))
		if must(t, more, err); len(more.Takes) != 2 || models() != "wan 1/2" {
			t.Errorf("%d takes, %s", len(more.Takes), models())
		}
		if f := h.shotFunnel(x.ID); f.Returned != 1 || f.Attempts != 1 {
			t.Errorf("got %s", figuresOf(f))
		}
	})
	t.Run("somebody corrects it", func(t *testing.T) {
		a := h.attempt(x.ID, 1)
		out, err := h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Model: ptr(strings.Repeat("梦", 200))})
		if must(t, out, err); models() != strings.Repeat("梦", 200)+" 1/2" {
			t.Errorf("got %s", models())
		}
	})
	t.Run("a newer reader finds another", func(t *testing.T) {
		file := h.drop(x.ID, modelled(t, 3, "wan"))
		h.aged(file.Attempt.ID, func(a *studio.Attempt) { a.Model = "wrong" })
		if got := models(); !strings.Contains(got, "wrong 0/1") {
			t.Errorf("got %s", got)
		}
		must(t, 0, h.RereadAll(ctx))
		if got := models(); !strings.Contains(got, "wan 0/1") || strings.Contains(got, "wrong") {
			t.Errorf("got %s", got)
		}
	})
	t.Run("on another shot of another title", func(t *testing.T) {
		to := h.oneShot()
		moved, err := h.MoveAttempt(ctx, h.admin, row.Attempt.ID, to.ID)
		must(t, moved, err)
		if got := models(); got != "wan 0/1" {
			t.Errorf("left %s", got)
		}
		if f := h.funnel(to.TitleID).Funnel; f.Takes != 2 || f.Rejected != 1 || f.Returned != 1 || f.Models[0].Rejected != 1 {
			t.Errorf("came as %+v", f)
		}
		if f := h.funnel(x.TitleID).Funnel; f.Takes != 1 || f.Rejected != 0 || f.Returned != 1 || f.Attempts != 1 {
			t.Errorf("left %+v", f)
		}
	})
}

func TestAnEpisodeThatTheScriptLostIsListedWhileThereIsWorkOnIt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	titleID := h.title("昼以继夜")
	h.importText(titleID, draft)
	rows, err := h.Outline(ctx, h.admin, titleID)
	x := h.shot(must(t, rows, err)[1].Scenes[0].ID)
	lost, _, _ := strings.Cut(draft, "第二集")
	h.importText(titleID, lost)
	listed := func() (out []int) {
		for _, e := range h.funnel(titleID).Episodes {
			out = append(out, e.Number)
		}
		return out
	}
	if got := listed(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got %v", got)
	}
	must(t, 0, errOf(h.DeleteShot(ctx, h.admin, x.ID, h.see(x.ID).Shot.Rev)))
	if got := listed(); !slices.Equal(got, []int{1}) {
		t.Errorf("without work %v", got)
	}
}

func TestWhoSeesAFunnel(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	ask := func(by studio.Actor, title, episode, shot string) []error {
		_, one := h.TitleFunnel(ctx, by, title)
		_, two := h.EpisodeFunnel(ctx, by, episode)
		_, three := h.ShotFunnel(ctx, by, shot)
		return []error{one, two, three}
	}
	for _, err := range ask(h.as(studio.RoleViewer, x.TitleID), x.TitleID, x.EpisodeID, x.ID) {
		must(t, 0, err)
	}
	for i, code := range []string{"unknown.title", "unknown.episode", "unknown.shot"} {
		refused(t, ask(h.as(studio.RoleLead, "another"), x.TitleID, x.EpisodeID, x.ID)[i], code)
		refused(t, ask(h.admin, "none", "none", "none")[i], code)
		refused(t, ask(studio.Actor{}, x.TitleID, x.EpisodeID, x.ID)[i], "signed_out")
	}
	t.Run("nothing at all is a funnel too", func(t *testing.T) {
		f := h.funnel(h.title("空")).Funnel
		if f.Reasons == nil || f.Models == nil || f.Operators == nil || len(f.Waits) != 4 || f.Usual != nil {
			t.Errorf("got %+v", f)
		}
	})
}

func TestSeenIsTheFirstLookOfSomebodyWhoMayPick(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	strange := h.take(h.oneShot().ID, 90)
	a, b := h.take(x.ID, 1), h.take(x.ID, 2)
	row := h.drop(x.ID, picture(t, 3, ""))
	must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, row.Attempt.ID, row.Attempt.Rev)))
	director := studiotest.Person(t, h.Studio, h.admin, "xudao", studio.Member, x.TitleID, studio.RoleDirector)
	before, err := h.Activities(ctx, h.admin, "", studio.Page{Limit: 1})
	must(t, before, err)
	for _, role := range []studio.Role{studio.RoleOperator, studio.RoleViewer, studio.RoleScout} {
		must(t, 0, h.See(ctx, h.as(role, x.TitleID), []string{a.ID, b.ID}))
	}
	token := h.admin
	token.Token, token.Scopes = "t", []studio.Scope{studio.ScopeRead, studio.ScopeLog}
	must(t, 0, h.See(ctx, token, []string{a.ID}))
	if got := h.takeOf(x.ID, 1); got.SeenAt != nil || got.Rev != a.Rev {
		t.Fatalf("somebody who may not pick left a trace: %+v", got)
	}
	c.pass(time.Minute)
	looked := c.Now()
	must(t, 0, h.See(ctx, director, []string{a.ID, "x", a.ID, "", row.Takes[0].ID, strange.ID, strings.Repeat("x", 5000)}))
	c.pass(time.Minute)
	must(t, 0, h.See(ctx, h.admin, []string{a.ID}))
	got := h.takeOf(x.ID, 1)
	if got.SeenBy != director.Person.ID || got.SeenAt == nil || !got.SeenAt.Equal(looked) || got.Rev != a.Rev+1 || got.Verdict != studio.Unseen || got.JudgedAt != nil {
		t.Errorf("got %+v", got)
	}
	for _, id := range []string{strange.ID, b.ID} {
		at := x.ID
		if id == strange.ID {
			at = strange.ShotID
		}
		rows, err := h.Takes(ctx, h.admin, at, false)
		for _, r := range must(t, rows, err) {
			if r.Take.ID == id && r.Take.SeenAt != nil {
				t.Errorf("seen without a look: %+v", r.Take)
			}
		}
	}
	restored, err := h.RestoreAttempt(ctx, h.admin, row.Attempt.ID)
	if must(t, restored, err); restored.Takes[0].SeenAt != nil {
		t.Error("a deleted take was seen")
	}
	after, err := h.Activities(ctx, h.admin, "", studio.Page{Limit: 5})
	must(t, after, err)
	for _, e := range after.Items {
		if e.Seq > before.Items[0].Seq && e.Verb != "attempt.restored" {
			t.Errorf("a look is told of: %s", e.Verb)
		}
	}
	must(t, 0, h.See(ctx, h.admin, nil))
	must(t, 0, h.See(ctx, h.admin, make([]string, 500)))
	refused(t, h.See(ctx, h.admin, make([]string, 501)), "invalid.takes")
	refused(t, h.See(ctx, studio.Actor{}, []string{b.ID}), "signed_out")
	t.Run("a verdict of anybody is a look, stars and colours are none", func(t *testing.T) {
		operator := h.as(studio.RoleOperator, x.TitleID)
		judged, err := h.Judge(ctx, operator, studio.VerdictIn{Takes: []string{b.ID}, Stars: ptr(2), Colour: ptr(4), Verdict: ptr(studio.Unseen)})
		if must(t, judged, err); judged[0].SeenAt != nil || judged[0].Colour != 4 || judged[0].ShortlistedAt != nil {
			t.Errorf("got %+v", judged[0])
		}
		c.pass(time.Minute)
		judged, err = h.Judge(ctx, operator, studio.VerdictIn{Takes: []string{b.ID}, Verdict: ptr(studio.Shortlisted)})
		first := c.Now()
		if must(t, judged, err); !judged[0].SeenAt.Equal(first) || !judged[0].ShortlistedAt.Equal(first) || judged[0].Colour != 4 || judged[0].SeenBy != operator.Person.ID {
			t.Errorf("got %+v", judged[0])
		}
		c.pass(time.Minute)
		for _, v := range []studio.Verdict{studio.Usable, studio.Shortlisted} {
			h.judge(v, "", b.ID)
		}
		if got := h.takeOf(x.ID, 2); !got.SeenAt.Equal(first) || !got.ShortlistedAt.Equal(first) {
			t.Errorf("a later verdict moved %+v", got)
		}
	})
}

func TestColours(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	set := func(colour int) (studio.Take, error) {
		got, err := h.Judge(t.Context(), h.admin, studio.VerdictIn{Takes: []string{tk.ID}, Colour: &colour})
		if err != nil {
			return studio.Take{}, err
		}
		return got[0], nil
	}
	for _, bad := range []int{-1, 5, math.MaxInt} {
		refused(t, errOf(set(bad)), "invalid.colour")
	}
	for _, good := range []int{4, 1, 0} {
		if got, err := set(good); err != nil || got.Colour != good || got.Verdict != studio.Unseen || got.JudgedBy != h.admin.Person.ID {
			t.Errorf("%d gives %+v, %v", good, got, err)
		}
	}
}
