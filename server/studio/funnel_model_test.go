package studio_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
)

// lab is a small studio in which people do anything, allowed or not; nothing is remembered but what there is to act on.
type lab struct {
	h        house
	c        *clock
	second   studio.Actor
	scenes   []studio.Scene
	shots    []string
	attempts []string
	takes    []string
	pictures int
}

// did passes over refusals: what was refused is not there, and the counters have to know.
func did(t *rapid.T, err error) bool {
	var e *studio.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	return err == nil
}

func anyOf[T any](t *rapid.T, what string, of []T) T { return rapid.SampledFrom(of).Draw(t, what) }

func (l *lab) who(t *rapid.T) studio.Actor {
	return anyOf(t, "who", []studio.Actor{l.h.admin, l.second})
}

func (l *lab) addShot(t *rapid.T) {
	scene := anyOf(t, "scene", l.scenes)
	x, err := l.h.AddShot(l.h.t.Context(), l.h.admin, scene.ID, studio.ShotIn{ShotText: studio.ShotText{Size: anyOf(t, "size", []string{"", "近景", "ＦＳ", "FS"})}})
	if did(t, err) {
		l.shots = append(l.shots, x.ID)
	}
}

func (l *lab) log(t *rapid.T) {
	row, err := l.h.LogAttempt(l.h.t.Context(), l.who(t), anyOf(t, "shot", l.shots), studio.AttemptIn{Status: studio.Running,
		Generation: studio.Generation{Model: anyOf(t, "model", []string{"", "wan", "可灵"})}})
	if did(t, err) {
		l.attempts = append(l.attempts, row.Attempt.ID)
	}
}

// drop books a file, now and then one that is there already, and now and then as a further result of an attempt.
func (l *lab) drop(t *rapid.T) {
	n := rapid.IntRange(0, l.pictures).Draw(t, "picture")
	l.pictures = max(l.pictures, n+1)
	in := studio.Arrival{Name: "a.png"}
	shot := anyOf(t, "shot", l.shots)
	if len(l.attempts) > 0 && rapid.Bool().Draw(t, "joins") {
		in.Attempt = anyOf(t, "attempt", l.attempts)
		d, err := l.h.Attempt(l.h.t.Context(), l.h.admin, in.Attempt)
		if !did(t, err) {
			return
		}
		shot = d.Row.Attempt.ShotID
	}
	row, err := l.h.BookFile(l.h.t.Context(), l.who(t), shot, in, bytes.NewReader(modelled(l.h.t, n, anyOf(t, "model", []string{"", "wan", "duckXL"}))))
	if !did(t, err) {
		return
	}
	if !slices.Contains(l.attempts, row.Attempt.ID) {
		l.attempts = append(l.attempts, row.Attempt.ID)
	}
	for _, tk := range row.Takes {
		if !slices.Contains(l.takes, tk.ID) {
			l.takes = append(l.takes, tk.ID)
		}
	}
}

func (l *lab) judge(t *rapid.T) {
	in := studio.VerdictIn{Takes: rapid.SliceOfN(rapid.SampledFrom(l.takes), 1, 3).Draw(t, "takes"), Verdict: ptr(anyOf(t, "verdict", studio.Verdicts())),
		Reason: anyOf(t, "reason", []string{"face", "hand"}), Colour: ptr(rapid.IntRange(0, 4).Draw(t, "colour"))}
	_, err := l.h.Judge(l.h.t.Context(), l.who(t), in)
	did(t, err)
}

func (l *lab) look(t *rapid.T) {
	by := l.who(t)
	if rapid.Bool().Draw(t, "may not") {
		by = l.h.as(studio.RoleOperator, l.scenes[0].TitleID)
	}
	did(t, l.h.See(l.h.t.Context(), by, rapid.SliceOfN(rapid.SampledFrom(append(l.takes, "none")), 1, 4).Draw(t, "takes")))
}

func (l *lab) pick(t *rapid.T) {
	id := anyOf(t, "shot", l.shots)
	in := studio.PickIn{TakeID: anyOf(t, "take", append(l.takes, ""))}
	for _, tk := range l.liveTakes(id) { // mostly one of its own
		if rapid.Bool().Draw(t, "own") {
			in.TakeID = tk.ID
		}
	}
	if p := l.h.see(id).Shot.Pick; p != nil {
		in.Replaces = p.TakeID
	}
	_, err := l.h.PickTake(l.h.t.Context(), l.who(t), id, in)
	did(t, err)
}

func (l *lab) move(t *rapid.T) {
	to := anyOf(t, "to", []studio.ShotState{studio.ShotLocked, studio.ShotLocked, studio.ShotPicked, studio.ShotRework})
	_, err := l.h.MoveShot(l.h.t.Context(), l.h.admin, anyOf(t, "shot", l.shots), studio.StateIn{To: to, Reason: "光不对"})
	did(t, err)
}

func (l *lab) comeAndGo(t *rapid.T) {
	ctx, shot := l.h.t.Context(), anyOf(t, "shot", l.shots)
	switch rapid.IntRange(0, 4).Draw(t, "what") {
	case 0:
		_, err := l.h.DeleteShot(ctx, l.h.admin, shot, l.h.see(shot).Shot.Rev)
		did(t, err)
	case 1:
		_, err := l.h.RestoreShot(ctx, l.h.admin, shot)
		did(t, err)
	case 2:
		did(t, l.h.remove(anyOf(t, "attempt", l.attempts)))
	case 3:
		_, err := l.h.RestoreAttempt(ctx, l.h.admin, anyOf(t, "attempt", l.attempts))
		did(t, err)
	case 4:
		_, err := l.h.MoveAttempt(ctx, l.h.admin, anyOf(t, "attempt", l.attempts), shot)
		did(t, err)
	}
}

func (l *lab) edit(t *rapid.T) {
	ctx, shot := l.h.t.Context(), anyOf(t, "shot", l.shots)
	size := anyOf(t, "size", []string{"", "近景", "FS "})
	switch rapid.IntRange(0, 3).Draw(t, "what") {
	case 0:
		_, err := l.h.EditShot(ctx, l.h.admin, shot, l.h.see(shot).Shot.Rev, studio.ShotEdit{Size: &size})
		did(t, err)
	case 1:
		out, err := l.h.SplitShot(ctx, l.h.admin, shot, studio.SplitIn{First: studio.ShotText{Size: size}, Second: studio.ShotText{Size: "近景"}})
		if did(t, err) {
			l.shots = append(l.shots, out[1].ID)
		}
	case 2:
		d, err := l.h.Attempt(ctx, l.h.admin, anyOf(t, "attempt", l.attempts))
		if did(t, err) {
			_, err = l.h.EditAttempt(ctx, l.who(t), d.Row.Attempt.ID, d.Row.Attempt.Rev, studio.AttemptEdit{Model: ptr(anyOf(t, "model", []string{"", "wan", "即梦"}))})
			did(t, err)
		}
	case 3: // an older reader had filled it badly, and a newer one comes along
		l.h.aged(anyOf(t, "attempt", l.attempts), func(a *studio.Attempt) { a.Model = "wrong" })
		must(l.h.t, 0, l.h.RereadAll(ctx))
	}
}

func (l *lab) liveTakes(shotID string) []studio.Take {
	rows, err := l.h.Takes(l.h.t.Context(), l.h.admin, shotID, false)
	var out []studio.Take
	for _, r := range must(l.h.t, rows, err) {
		out = append(out, r.Take)
	}
	return out
}

// plainly counts a shot's part of a funnel with nothing but product.md in hand.
type plainly struct {
	funnel  studio.Funnel
	waits   [4][]time.Duration
	models  map[string]*studio.FunnelGroup
	draws   map[string][]int64
	reasons map[string]int64
}

func (p *plainly) shot(l *lab, x studio.ShotPage) {
	f := &p.funnel
	f.Shots, f.Attempts = f.Shots+1, f.Attempts+x.Attempts
	rows, err := l.h.Takes(l.h.t.Context(), l.h.admin, x.Shot.ID, false)
	attempts := map[string]bool{}
	for _, r := range must(l.h.t, rows, err) {
		attempts[r.Take.AttemptID] = true
		p.take(r, x.Shot)
	}
	f.Returned += int64(len(attempts))
	if x.Shot.Pick != nil {
		kind := map[string]string{"ＦＳ": "FS", "FS ": "FS"}[x.Shot.Size]
		kind = cmp.Or(kind, x.Shot.Size)
		p.draws[kind], p.draws["all"] = append(p.draws[kind], x.Shot.Pick.Draws), append(p.draws["all"], x.Shot.Pick.Draws)
	}
}

func (p *plainly) take(r studio.TakeRow, x studio.Shot) {
	f, t := &p.funnel, r.Take
	f.Takes++
	g := p.models[r.Generation.Model]
	if g == nil {
		g = &studio.FunnelGroup{Name: r.Generation.Model}
		p.models[g.Name] = g
	}
	g.Takes++
	if t.SeenAt != nil {
		f.Seen++
		p.waits[0] = append(p.waits[0], t.SeenAt.Sub(t.Created))
		if t.ShortlistedAt != nil {
			p.waits[1] = append(p.waits[1], t.ShortlistedAt.Sub(*t.SeenAt))
		}
	}
	if t.Verdict == studio.Rejected {
		f.Rejected++
		g.Rejected++
		p.reasons[t.Reason]++
	}
	picked := x.Pick != nil && x.Pick.TakeID == t.ID
	if picked || t.ShortlistedAt != nil {
		f.Shortlisted++
	}
	if !picked {
		return
	}
	f.Picked++
	g.Picked++
	if t.ShortlistedAt != nil {
		p.waits[2] = append(p.waits[2], x.Pick.At.Sub(*t.ShortlistedAt))
	}
	if x.State == studio.ShotLocked {
		f.Locked++
		p.waits[3] = append(p.waits[3], x.StateAt.Sub(x.Pick.At))
	}
}

// agrees holds a funnel against the plain count.
func (p *plainly) agrees(t *rapid.T, of string, f studio.Funnel) {
	if got, want := figuresOf(f), figuresOf(p.funnel); got != want {
		t.Fatalf("%s has %s, want %s", of, got, want)
	}
	for i, all := range p.waits {
		slices.Sort(all)
		want := time.Duration(0)
		if len(all) > 0 {
			want = max(0, all[(len(all)-1)/2]).Truncate(time.Second)
		}
		if w := f.Waits[i]; w.N != int64(len(all)) || !near(w.Median, want) {
			t.Fatalf("%s waits %+v, want %v", of, w, all)
		}
	}
	got := map[string]*studio.FunnelGroup{}
	for _, g := range f.Models {
		g.Reasons = nil
		got[g.Name] = &g
	}
	if len(got) != len(p.models) || len(f.Reasons) != len(p.reasons) {
		t.Fatalf("%s has models %+v and reasons %+v, want %d and %d", of, f.Models, f.Reasons, len(p.models), len(p.reasons))
	}
	for name, want := range p.models {
		if g := got[name]; g == nil || fmt.Sprint(*g) != fmt.Sprint(*want) {
			t.Fatalf("%s has %+v of %q, want %+v", of, g, name, want)
		}
	}
	for _, r := range f.Reasons {
		if p.reasons[r.Reason] != r.N {
			t.Fatalf("%s has reasons %+v, want %v", of, f.Reasons, p.reasons)
		}
	}
}

func newPlainly() *plainly {
	return &plainly{models: map[string]*studio.FunnelGroup{}, draws: map[string][]int64{}, reasons: map[string]int64{}}
}

// usual is the plain median of what a size took.
func (p *plainly) usual(size string) *studio.Usual {
	all := p.draws[size]
	if size == "" || len(all) < 5 {
		size, all = "", p.draws["all"]
	}
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	return &studio.Usual{Size: size, Median: all[(len(all)-1)/2], N: int64(len(all))}
}

// compare counts every shot, episode and title plainly and holds the funnels against it.
func (l *lab) compare(t *rapid.T) {
	titles, episodes := map[string]*plainly{}, map[string]*plainly{}
	for _, s := range l.scenes {
		titles[s.TitleID], episodes[s.EpisodeID] = cmp.Or(titles[s.TitleID], newPlainly()), newPlainly()
	}
	for _, id := range l.shots {
		x := l.h.see(id)
		own := newPlainly()
		own.shot(l, x)
		own.agrees(t, "shot", l.h.shotFunnel(id))
		if x.Shot.Deleted == nil {
			titles[x.Shot.TitleID].shot(l, x)
			episodes[x.Shot.EpisodeID].shot(l, x)
		}
	}
	for id, p := range episodes {
		f, err := l.h.EpisodeFunnel(l.h.t.Context(), l.h.admin, id)
		must(l.h.t, f, err)
		p.agrees(t, "episode", f)
	}
	for id, p := range titles {
		f := l.h.funnel(id)
		p.agrees(t, "title", f.Funnel)
		var sum studio.Funnel
		for _, e := range f.Episodes {
			sum.Shots, sum.Attempts, sum.Returned, sum.Takes = sum.Shots+e.Shots, sum.Attempts+e.Attempts, sum.Returned+e.Returned, sum.Takes+e.Takes
			sum.Seen, sum.Shortlisted, sum.Picked, sum.Locked = sum.Seen+e.Seen, sum.Shortlisted+e.Shortlisted, sum.Picked+e.Picked, sum.Locked+e.Locked
		}
		sum.Rejected = f.Funnel.Rejected
		if figuresOf(sum) != figuresOf(f.Funnel) {
			t.Fatalf("its episodes have %s, a title has %s", figuresOf(sum), figuresOf(f.Funnel))
		}
		if got, want := f.Funnel.Usual, p.usual(""); (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Fatalf("usual on a title is %+v, want %+v", got, want)
		}
	}
	for _, id := range l.shots {
		x := l.h.see(id)
		want := titles[x.Shot.TitleID].usual(cmp.Or(map[string]string{"ＦＳ": "FS", "FS ": "FS"}[x.Shot.Size], x.Shot.Size))
		if (x.Usual == nil) != (want == nil) || want != nil && *x.Usual != *want {
			t.Fatalf("usual for %q is %+v, want %+v", x.Shot.Size, x.Usual, want)
		}
	}
}

func newLab(h house, c *clock, second studio.Actor) *lab {
	l := &lab{h: h, c: c, second: second}
	one, two := h.title("昼以继夜"), h.title("娇藏京枝")
	l.scenes = []studio.Scene{h.scene(one), h.scene(one), h.scene(two)}
	return l
}

func (l *lab) act(t *rapid.T) {
	l.c.pass(time.Duration(rapid.SampledFrom([]int{-40, 0, 1, 5, 70, 4000, 90_000}).Draw(t, "seconds")) * time.Second)
	steps := []func(*rapid.T){l.addShot, l.drop, l.log, l.drop, l.drop, l.judge, l.judge, l.look, l.pick, l.pick, l.pick, l.move, l.comeAndGo, l.comeAndGo, l.edit}
	i := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
	switch {
	case len(l.shots) == 0:
		i = 0
	case len(l.takes) == 0 && i > 4:
		i = 1
	}
	steps[i](t)
}

// TestFunnelsAgainstAPlainCount does what people do in any order, refused or not. Every figure of every funnel must be
// what a plain count gives; at the end Check looks at each counter both ways.
func TestFunnelsAgainstAPlainCount(t *testing.T) {
	c := &clock{now: at(5, 10)}
	s, engine := studiotest.Open(t, c.Now)
	h := house{s, t, studiotest.Admin(t, s)}
	second := studiotest.Person(t, s, h.admin, "dalin", studio.Lead, "", "")
	var last *lab
	rapid.Check(t, func(r *rapid.T) {
		last = newLab(h, c, second)
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			last.act(r)
		}
		last.compare(r)
	})
	t.Run("an older store is brought to the same", func(t *testing.T) {
		must(t, 0, h.MakeOld(t.Context()))
		must(t, 0, store.Migrate(t.Context(), engine, studio.Schema(), nil))
		problems, err := h.Check(t.Context())
		if must(t, problems, err); len(problems) > 0 {
			t.Errorf("%d problems, the first: %s", len(problems), problems[0])
		}
	})
}
