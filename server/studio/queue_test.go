package studio_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// queueDesk is a title of two episodes with two scenes of five shots each, of which every third does not wait.
type queueDesk struct {
	house
	clock     *clock
	title     string
	scenes    []studio.Scene
	operators []studio.Actor
	shots     []studio.Shot // in the order of the script, as they came to stand
}

func newQueueDesk(t *testing.T) *queueDesk {
	t.Helper()
	h, c := clocked(t)
	d := &queueDesk{house: h, clock: c, title: h.title("昼以继夜")}
	for _, login := range []string{"chen", "wang"} {
		d.operators = append(d.operators, studiotest.Person(t, h.Studio, h.admin, login, studio.Member, d.title, studio.RoleOperator))
	}
	var ids []string
	for range 2 {
		one := h.scene(d.title)
		two, err := h.AddScene(t.Context(), h.admin, one.EpisodeID, studio.SceneIn{})
		for _, x := range []studio.Scene{one, must(t, two, err)} {
			d.scenes = append(d.scenes, x)
			for range 5 {
				ids = append(ids, h.shot(x.ID).ID)
			}
		}
	}
	for i := range ids {
		n := i * 7 % len(ids) // they come in, in another order than the script's
		c.pass(time.Hour)
		if n%3 != 2 {
			h.take(ids[n], n)
		}
		for k := range n % 4 {
			if k < len(d.operators) && n%4 != 2 {
				d.assign(ids[n], d.operators[:k+1])
			}
		}
	}
	d.assign(ids[3], d.operators[1:])
	for _, id := range ids {
		d.shots = append(d.shots, h.see(id).Shot)
	}
	return d
}

func (d *queueDesk) assign(shot string, to []studio.Actor) {
	d.t.Helper()
	in := studio.AssignIn{Shots: []string{shot}}
	for _, a := range to {
		in.Operators = append(in.Operators, a.Person.ID)
	}
	must(d.t, 0, errOf(d.AssignShots(d.t.Context(), d.admin, in)))
}

// want is the queue worked out plainly.
func (d *queueDesk) want(f studio.QueueFilter) []string {
	var rows []studio.Shot
	for _, x := range d.shots {
		if x.State == studio.ShotToReview && (f.Episode == 0 || x.Episode == f.Episode) && (f.Scene == "" || x.SceneID == f.Scene) &&
			(f.Operator == "" || slices.Contains(x.Operators, f.Operator)) && !x.StateAt.After(d.clock.Now().Add(-time.Duration(f.Hours)*time.Hour)) {
			rows = append(rows, x)
		}
	}
	if f.Order != "script" {
		slices.SortStableFunc(rows, func(a, b studio.Shot) int { return a.StateAt.Compare(b.StateAt) })
	}
	var out []string
	for _, x := range rows {
		out = append(out, x.Label)
	}
	return out
}

// have pages through the queue and holds every page to its limit.
func (d *queueDesk) have(f studio.QueueFilter, limit int) []string {
	d.t.Helper()
	var out []string
	p := studio.Page{Limit: limit}
	for {
		l, err := d.ReviewQueue(d.t.Context(), d.admin, d.title, f, p)
		must(d.t, l, err)
		for _, r := range l.Items {
			out = append(out, r.Label)
		}
		if p.After = l.Next; l.Next == "" {
			return out
		}
		if len(l.Items) != limit {
			d.t.Fatalf("a page of %d has %d of %+v", limit, len(l.Items), f)
		}
	}
}

func TestTheQueueUnderEveryFilter(t *testing.T) {
	d := newQueueDesk(t)
	scenes, operators := []string{""}, []string{"", "nobody"}
	for _, x := range d.scenes {
		scenes = append(scenes, x.ID)
	}
	for _, a := range d.operators {
		operators = append(operators, a.Person.ID)
	}
	some := 0
	for _, order := range []string{"", "age", "script"} {
		for _, scene := range scenes {
			for _, operator := range operators {
				for _, episode := range []int{0, 1, 2, 3} {
					for _, hours := range []int{0, 1, 9, 1000} {
						f := studio.QueueFilter{Episode: episode, Scene: scene, Operator: operator, Hours: hours, Order: order}
						want := fmt.Sprint(d.want(f))
						for _, limit := range []int{1, 3, 500} {
							if got := fmt.Sprint(d.have(f, limit)); got != want {
								t.Fatalf("%+v by %d\n got %s\nwant %s", f, limit, got, want)
							}
						}
						some += min(len(d.want(f)), 1)
					}
				}
			}
		}
	}
	if some < 100 {
		t.Errorf("only %d filters left anything: the desk is too small to tell", some)
	}
	if all := d.want(studio.QueueFilter{}); len(all) != 14 {
		t.Errorf("%d shots wait, want 14", len(all))
	}
}

func TestWhatARowOfTheQueueSays(t *testing.T) {
	d := newQueueDesk(t)
	x := d.shots[0]
	d.take(x.ID, 100)
	d.typed(x.ID, studio.Failed)
	l, err := d.ReviewQueue(t.Context(), d.admin, d.title, studio.QueueFilter{Order: "script"}, studio.Page{})
	r := must(t, l, err).Items[0]
	if r.ShotID != x.ID || r.Label != x.Label || r.Episode != 1 || r.SceneID != x.SceneID || !r.Since.Equal(x.StateAt) || r.Attempts != 3 || r.Takes != 2 || r.Unseen != 2 {
		t.Errorf("got %+v", r)
	}
	if r := l.Items[2]; r.Label != d.shots[3].Label || fmt.Sprint(r.Operators) != fmt.Sprint([]string{d.operators[1].Person.ID}) {
		t.Errorf("got %+v", r)
	}
	t.Run("it stays slim", func(t *testing.T) {
		b, err := json.Marshal(r)
		if must(t, b, err); len(b) > 250 {
			t.Errorf("a row has %d bytes: %s", len(b), b)
		}
	})
	t.Run("a shot that is picked, deleted or sent back does not wait", func(t *testing.T) {
		d.pick(x.ID, takesOf(t, d.house, x.ID)[0].Take.ID, "")
		y := d.see(l.Items[1].ShotID).Shot
		must(t, 0, errOf(d.DeleteShot(t.Context(), d.admin, y.ID, y.Rev)))
		for _, order := range []string{"age", "script"} {
			got := d.have(studio.QueueFilter{Order: order}, 50)
			if len(got) != 12 || slices.Contains(got, x.Label) || slices.Contains(got, y.Label) {
				t.Errorf("%s: %v", order, got)
			}
		}
	})
}

func takesOf(t *testing.T, h house, shot string) []studio.TakeRow {
	t.Helper()
	rows, err := h.Takes(t.Context(), h.admin, shot, false)
	return must(t, rows, err)
}

func TestFiltersThatCannotBeMeant(t *testing.T) {
	d := newQueueDesk(t)
	ctx := t.Context()
	foreign := d.scene(d.title)
	other := d.scene(d.house.title("娇藏京枝"))
	for _, c := range []struct {
		f    studio.QueueFilter
		code string
	}{
		{studio.QueueFilter{Episode: -1}, "invalid.episode"},
		{studio.QueueFilter{Episode: 10_000}, "invalid.episode"},
		{studio.QueueFilter{Hours: -1}, "invalid.hours"},
		{studio.QueueFilter{Hours: 1 << 60}, "invalid.hours"},
		{studio.QueueFilter{Order: "random"}, "invalid.order"},
		{studio.QueueFilter{Operator: strings.Repeat("x", 201)}, "invalid.operator"},
		{studio.QueueFilter{Operator: "a\x00b"}, "invalid.operator"},
		{studio.QueueFilter{Scene: other.ID}, "unknown.scene"},
		{studio.QueueFilter{Scene: "nothing"}, "unknown.scene"},
	} {
		_, err := d.ReviewQueue(ctx, d.admin, d.title, c.f, studio.Page{})
		refused(t, err, c.code)
	}
	if got := d.have(studio.QueueFilter{Scene: foreign.ID}, 5); len(got) != 0 {
		t.Errorf("an empty scene has %v", got)
	}
	byAge, err := d.ReviewQueue(ctx, d.admin, d.title, studio.QueueFilter{}, studio.Page{Limit: 2})
	must(t, byAge, err)
	_, err = d.ReviewQueue(ctx, d.admin, d.title, studio.QueueFilter{Order: "script"}, studio.Page{Limit: 2, After: byAge.Next})
	refused(t, err, "invalid.after")
	_, err = d.ReviewQueue(ctx, d.admin, "nothing", studio.QueueFilter{}, studio.Page{})
	refused(t, err, "unknown.title")
	_, err = d.ReviewQueue(ctx, d.as(studio.RoleLead, other.TitleID), d.title, studio.QueueFilter{}, studio.Page{})
	refused(t, err, "unknown.title")
}

func TestQueuesOfEverybody(t *testing.T) {
	d := newQueueDesk(t)
	ctx := t.Context()
	quiet := d.house.title("没有候选")
	other := d.shot(d.scene(d.house.title("娇藏京枝")).ID)
	d.take(other.ID, 200)
	show := func(by studio.Actor, p studio.Page) string {
		l, err := d.Queues(ctx, by, p)
		out := ""
		for _, q := range must(t, l, err).Items {
			out += fmt.Sprintf("%s %d %s;", q.Name, q.Shots, q.Since.In(at(1, 1).Location()).Format("02 15"))
		}
		return out + l.Next[:min(len(l.Next), 1)]
	}
	oldest := d.shots[0].StateAt
	for _, x := range d.shots {
		if x.State == studio.ShotToReview && x.StateAt.Before(oldest) {
			oldest = x.StateAt
		}
	}
	both := fmt.Sprintf("娇藏京枝 1 %s;昼以继夜 14 %s;", d.see(other.ID).Shot.StateAt.In(at(1, 1).Location()).Format("02 15"), oldest.In(at(1, 1).Location()).Format("02 15"))
	if got := show(d.admin, studio.Page{}); got != both {
		t.Errorf("got %s, want %s", got, both)
	}
	for role, want := range map[studio.Role]int{studio.RoleLead: 1, studio.RoleProducer: 1, studio.RoleDirector: 1, studio.RoleOperator: 0, studio.RoleViewer: 0} {
		a := d.as(role, d.title)
		a.Roles[quiet] = role
		if got := strings.Count(show(a, studio.Page{}), ";"); got != want {
			t.Errorf("a %s has %d queues, want %d", role, got, want)
		}
	}
	if got := show(d.admin, studio.Page{Limit: 1}); !strings.HasPrefix(got, "娇藏京枝 1") || strings.HasSuffix(got, ";") {
		t.Errorf("a page of one title: %s", got)
	}
	_, err := d.Queues(ctx, studio.Actor{}, studio.Page{})
	refused(t, err, "signed_out")
}

func TestUnseenAndUsualInTheQueue(t *testing.T) {
	d := newQueueDesk(t)
	ctx := t.Context()
	rows := func() map[string]studio.QueueRow {
		out := map[string]studio.QueueRow{}
		l, err := d.ReviewQueue(ctx, d.admin, d.title, studio.QueueFilter{}, studio.Page{})
		for _, r := range must(t, l, err).Items {
			out[r.ShotID] = r
		}
		return out
	}
	x, y := d.shots[0], d.shots[1]
	second := d.take(x.ID, 100)
	must(t, 0, d.See(ctx, d.admin, []string{second.ID}))
	if r := rows()[x.ID]; r.Takes != 2 || r.Unseen != 1 || r.Usual != nil {
		t.Errorf("got %+v", r)
	}
	d.typed(y.ID, studio.Failed)
	d.pick(y.ID, takesOf(t, d.house, y.ID)[0].Take.ID, "")
	if r := rows()[x.ID]; r.Usual == nil || r.Usual.Median != 2 || r.Usual.N != 1 {
		t.Errorf("got %+v", r.Usual)
	}
}
