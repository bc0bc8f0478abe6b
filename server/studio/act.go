package studio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/store"
)

// Act is one step that can be taken back: marks on one or many takes, a pick, a lock, a rework; a name that was matched, an
// anomaly that was confirmed. The last fifty of a person are kept, so that the way back outlives the page.
type Act struct {
	store.Meta
	PersonID string            `json:"person_id"`
	TitleID  string            `json:"title_id"`
	ShotID   string            `json:"shot_id"` // empty where marks went to takes of several shots
	Verb     string            `json:"verb"`    // that of the activity: take.judged, take.picked, take.replaced, take.unpicked, shot.locked, shot.unlocked, shot.rework, stray.matched, reading.checked
	Params   map[string]string `json:"params"`  // for the sentence: label, number, n, verdict, reason, stars, colour
	Undone   *time.Time        `json:"undone,omitempty"`
}

// keptAct is the act with what is needed to go back and forth.
type keptAct struct {
	Act
	// Seq counts the person's acts; it does not depend on the clock.
	Seq int64 `json:"seq"`
	// Turn counts on with every doing, undoing and redoing: the highest lies on top of its stack.
	Turn  int64      `json:"turn"`
	Marks []markStep `json:"marks,omitempty"`
	Shot  *shotStep  `json:"shot,omitempty"`
	// Match and Check are steps with figures. They lie beside the stacks: each is taken back by its id, once.
	Match *matchStep `json:"match,omitempty"`
	Check *checkStep `json:"check,omitempty"`
}

// figures reports whether the act is one with figures.
func (a *keptAct) figures() bool { return a.Match != nil || a.Check != nil }

// marks are what a reviewer sets on a take.
type marks struct {
	Verdict    Verdict `json:"verdict"`
	Reason     string  `json:"reason,omitempty"`
	ReasonText string  `json:"reason_text,omitempty"`
	Stars      int     `json:"stars,omitempty"`
	Colour     int     `json:"colour,omitempty"`
}

// markStep is a take's marks before and after an act. What is the same in both is none of the act's business.
type markStep struct {
	TakeID string `json:"take_id"`
	Was    marks  `json:"was"`
	Is     marks  `json:"is"`
}

// standing is where a shot stands: its state with the pick.
type standing struct {
	State  ShotState `json:"state"`
	Reason string    `json:"reason,omitempty"`
	TakeID string    `json:"take_id,omitempty"` // of the pick
	Number int64     `json:"number,omitempty"`
}

// shotStep is where a shot stood before and after an act.
type shotStep struct {
	Was standing `json:"was"`
	Is  standing `json:"is"`
}

// keptActs is how many acts of a person are kept.
const keptActs = 50

func marksOf(t *Take) marks {
	return marks{Verdict: t.Verdict, Reason: t.Reason, ReasonText: t.ReasonText, Stars: t.Stars, Colour: t.Colour}
}

func standingOf(x *Shot) standing {
	out := standing{State: x.State, Reason: x.Reason}
	if x.Pick != nil {
		out.TakeID, out.Number = x.Pick.TakeID, x.Pick.Number
	}
	return out
}

// marksBefore reads what takes are marked with before they are judged, by id.
func (c *change) marksBefore(takes []string) (map[string]marks, error) {
	got, err := c.s.r.takes.GetMany(c.tx, takes)
	if err != nil {
		return nil, fmt.Errorf("reading takes: %w", err)
	}
	out := map[string]marks{}
	for _, t := range got {
		if t != nil {
			out[t.ID] = marksOf(t)
		}
	}
	return out, nil
}

// keepMarks keeps what was judged as one act, if it changed anything.
func (c *change) keepMarks(was map[string]marks, takes []Take, in VerdictIn) error {
	a := keptAct{Act: Act{Verb: "take.judged", Params: map[string]string{}}}
	var first *Take
	for i := range takes {
		t := &takes[i]
		before, is := was[t.ID], marksOf(t)
		if before == is {
			continue
		}
		was[t.ID] = is // a take that is named twice is one step
		a.Marks = append(a.Marks, markStep{TakeID: t.ID, Was: before, Is: is})
		if first == nil {
			first, a.TitleID, a.ShotID = t, t.TitleID, t.ShotID
		}
		if t.ShotID != a.ShotID {
			a.ShotID = ""
		}
	}
	if first == nil {
		return nil
	}
	a.Params["n"] = strconv.Itoa(len(a.Marks))
	if in.Verdict != nil {
		a.Params["verdict"], a.Params["reason"] = string(first.Verdict), first.Reason
	}
	if in.Stars != nil {
		a.Params["stars"] = strconv.Itoa(first.Stars)
	}
	if in.Colour != nil {
		a.Params["colour"] = strconv.Itoa(first.Colour)
	}
	if len(a.Marks) == 1 {
		a.Params["number"] = strconv.FormatInt(first.Number, 10)
	}
	if a.ShotID != "" {
		x, err := found(c.s.r.shots.Get(c.tx, a.ShotID))("shot")
		if err != nil {
			return err
		}
		a.Params["label"] = x.Label
	}
	return c.keepAct(&a)
}

// keepStep keeps what happened to a shot as an act, if anything did.
func (c *change) keepStep(x *Shot, was standing) error {
	is := standingOf(x)
	if was == is {
		return nil
	}
	number := is.Number
	if number == 0 {
		number = was.Number
	}
	a := keptAct{Act: Act{TitleID: x.TitleID, ShotID: x.ID, Verb: verbOf(was, is)}, Shot: &shotStep{Was: was, Is: is}}
	a.Params = map[string]string{"label": x.Label, "number": strconv.FormatInt(number, 10)}
	if is.Reason != "" {
		a.Params["reason"] = is.Reason
	}
	return c.keepAct(&a)
}

func verbOf(was, is standing) string {
	switch {
	case is.State == ShotRework:
		return "shot.rework"
	case is.State == ShotLocked:
		return "shot.locked"
	case was.State == ShotLocked:
		return "shot.unlocked"
	case is.TakeID == "":
		return "take.unpicked"
	case was.TakeID == "":
		return "take.picked"
	}
	return "take.replaced"
}

// keepAct puts an act on top of its person's stack. What was taken back before can no longer be done again, and the
// oldest act falls out at the bottom. Only people have a way back: the console and the program itself have none.
func (c *change) keepAct(a *keptAct) error {
	person := c.by.Person.ID
	if c.by.Session == "" && c.by.Token == "" {
		return nil
	}
	undone, err := c.actsOf(person, true)
	if err != nil {
		return err
	}
	done, err := c.actsOf(person, false)
	if err != nil {
		return err
	}
	for _, id := range append(undone, done[:max(len(done)-keptActs+1, 0)]...) {
		if err := c.s.r.acts.Delete(c.tx, id); err != nil {
			return fmt.Errorf("dropping an act: %w", err)
		}
	}
	a.Meta, a.PersonID = c.meta(), person
	if a.Turn, err = c.count(person, "act", 1); err != nil {
		return err
	}
	a.Seq = a.Turn
	if err := c.s.r.acts.Insert(c.tx, a); err != nil {
		return fmt.Errorf("keeping an act: %w", err)
	}
	return nil
}

// actsOf lists the ids of one of a person's stacks, from the bottom.
func (c *change) actsOf(person string, undone bool) ([]string, error) {
	var ids []string
	err := c.s.r.acts.Keys(c.tx, "person", store.K().ID(person).Bool(undone), func(_ store.Key, id string) error {
		ids = append(ids, id)
		return nil
	})
	return ids, err
}

// Acts lists the asking person's kept acts, newest first: those taken back too. Nobody else can read them.
func (s *Studio) Acts(ctx context.Context, by Actor, titleID string) ([]Act, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	idx, prefix := "person", store.K().ID(by.Person.ID)
	if titleID != "" {
		if err := by.must(ViewTitle, titleID, "title"); err != nil {
			return nil, err
		}
		idx, prefix = "title", prefix.ID(titleID)
	}
	out := []Act{}
	err := s.view(ctx, func(tx store.Txn) error {
		if titleID != "" {
			if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
				return err
			}
		}
		kept := []*keptAct{}
		err := s.r.acts.Each(tx, idx, prefix, func(a *keptAct) error {
			if by.sees(a.TitleID) {
				kept = append(kept, a)
			}
			return nil
		})
		slices.SortFunc(kept, func(a, b *keptAct) int { return cmp.Compare(b.Seq, a.Seq) })
		for _, a := range kept {
			out = append(out, a.Act)
		}
		return err
	})
	return out, err
}
