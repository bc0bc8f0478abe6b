package studio

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Activity is one thing that happened (动态), written in the same transaction
// as the change and published after it. Seq has no gaps.
type Activity struct {
	store.Meta
	Seq     int64             `json:"seq"`
	At      time.Time         `json:"at"`
	Verb    string            `json:"verb"` // take.picked, attempt.logged …
	Kind    string            `json:"kind"` // the noun of Object
	Object  string            `json:"object"`
	TitleID string            `json:"title_id,omitempty"`
	ShotID  string            `json:"shot_id,omitempty"`
	By      string            `json:"by"` // person id; empty: the program itself
	ByName  string            `json:"by_name"`
	Params  map[string]string `json:"params,omitempty"` // for the sentence: label, number, threshold …
}

// audit is the activity as it is kept, with where it was asked from.
type audit struct {
	Activity
	Trace Trace `json:"trace"`
}

// event is what a change notes; the rest of the activity is filled in.
type event struct {
	Verb, Kind, Object string
	TitleID, ShotID    string
	Params             map[string]string
}

// note writes one activity into the transaction of the change.
func (c *change) note(e event) error {
	seq, err := c.s.r.counts.Next(c.tx, store.K().Text("activity"))
	if err != nil {
		return fmt.Errorf("numbering an activity: %w", err)
	}
	if c.turning != "" { // so that the history tells a way back from a new decision
		e.Params[c.turning] = "1"
	}
	a := audit{Trace: c.by.Trace, Activity: Activity{Meta: c.meta(), Seq: seq, At: c.now, Verb: e.Verb, Kind: e.Kind, Object: e.Object,
		TitleID: e.TitleID, ShotID: e.ShotID, By: c.by.Person.ID, ByName: c.by.Person.Name, Params: e.Params}}
	if err := c.s.r.activity.Insert(c.tx, &a); err != nil {
		return fmt.Errorf("writing an activity: %w", err)
	}
	c.log = append(c.log, a.Activity)
	return nil
}

// Activities lists what happened, newest first: on one title, or on everything
// that the actor sees.
func (s *Studio) Activities(ctx context.Context, by Actor, titleID string, p Page) (List[Activity], error) {
	if err := by.reads(); err != nil {
		return List[Activity]{}, err
	}
	if titleID != "" {
		if err := by.must(ViewTitle, titleID, "title"); err != nil {
			return List[Activity]{}, err
		}
	}
	p.Reverse = true
	out := List[Activity]{Items: []Activity{}}
	err := s.view(ctx, func(tx store.Txn) error {
		idx, prefix := "seq", store.K()
		if titleID != "" {
			if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
				return err
			}
			idx, prefix = "title", store.K().ID(titleID)
		}
		got, err := s.r.activity.List(tx, idx, prefix, p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		for _, a := range got.Items {
			if by.maySee(a.Activity) {
				out.Items = append(out.Items, a.Activity)
			}
		}
		return nil
	})
	return out, err
}

// maySee keeps a title's events among those who see the title, those of money among those who may see it; people and
// sessions concern those who manage them, and the person themself.
func (a Actor) maySee(e Activity) bool {
	if e.TitleID != "" {
		return a.sees(e.TitleID) && (!e.ofMoney() || a.Can(ViewMoney, e.TitleID))
	}
	switch e.Kind {
	case "location", "performer", "studio":
		return a.Can(ViewPlaces, "")
	}
	return a.Can(ManagePeople, "") || (e.By != "" && e.By == a.Person.ID)
}

// ofMoney marks what tells of costs, revenue or spend.
func (e Activity) ofMoney() bool {
	return e.Kind == "cost" || tally.UnitOf(e.Params["metric"]) == tally.UnitMoney
}

// Follow gives every activity after a sequence number that the actor may see:
// first the kept ones, then the live ones, without a gap. The channel closes
// when ctx ends, the studio closes, or the reader falls too far behind; the
// reader then follows again from the last number it saw. Zero begins with now.
func (s *Studio) Follow(ctx context.Context, by Actor, after int64) (<-chan Activity, error) {
	if err := by.reads(); err != nil {
		return nil, err
	}
	live, leave := s.hub.join()
	out := make(chan Activity)
	f := follower{s: s, by: by, out: out, last: after}
	if err := s.view(ctx, f.begin); err != nil {
		leave()
		return nil, err
	}
	go func() {
		defer close(out)
		defer leave()
		if f.catchUp(ctx) != nil {
			return
		}
		for {
			select {
			case <-ctx.Done():
				return
			case a, ok := <-live:
				if !ok || f.pass(ctx, a) != nil {
					return
				}
			}
		}
	}()
	return out, nil
}

// follower hands activities to one reader in the order of their numbers.
type follower struct {
	s    *Studio
	by   Actor
	out  chan<- Activity
	last int64
	// known is the number up to which by's rights are already what they became.
	known int64
}

// begin reads the newest number together with the rights that hold at it. A
// number that is not given yet, after a restore, is taken for now.
func (f *follower) begin(tx store.Txn) error {
	n, err := f.s.r.counts.Value(tx, store.K().Text("activity"))
	if err != nil {
		return err
	}
	if f.known = n; f.last == 0 || f.last > n {
		f.last = n
	}
	if f.by.Session == "" && f.by.Token == "" {
		return nil // the console, which is nobody's session
	}
	live, err := f.s.r.sessions.Has(tx, f.by.Session)
	if f.by.Token != "" {
		live, err = f.s.r.tokens.Has(tx, f.by.Token)
	}
	if err != nil {
		return err
	}
	if f.by.Person.Active = live; live {
		err = f.s.loadActor(tx, &f.by, f.by.Person.ID)
	}
	return errors.Join(err, f.by.here())
}

// pass hands on a live activity; when numbers are missing before it, they are read from the store first.
func (f *follower) pass(ctx context.Context, a Activity) error {
	if a.Seq <= f.last {
		return nil
	}
	if a.Seq > f.last+1 {
		return f.catchUp(ctx)
	}
	return f.send(ctx, a)
}

// errRights ends a follower whose own rights changed: it comes back with the new ones.
var errRights = errors.New("the follower's rights changed")

func (f *follower) send(ctx context.Context, a Activity) error {
	f.last = a.Seq
	if a.Seq > f.known && ((a.Kind == "person" && a.Object == f.by.Person.ID) || (a.Kind == "session" && a.Object == f.by.Session) || (a.Kind == "token" && a.Object == f.by.Token)) {
		return errRights
	}
	if !f.by.maySee(a) {
		return nil
	}
	select {
	case f.out <- a:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// catchUp reads page by page and holds no transaction while the reader is waited for.
func (f *follower) catchUp(ctx context.Context) error {
	for {
		var got store.List[audit]
		err := f.s.view(ctx, func(tx store.Txn) error {
			var err error
			got, err = f.s.r.activity.ListRange(tx, "seq", store.K().Int(f.last+1), nil, Page{Limit: 200})
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range got.Items {
			if err := f.send(ctx, a.Activity); err != nil {
				return err
			}
		}
		if got.Next == "" {
			return nil
		}
	}
}
