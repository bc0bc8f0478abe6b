package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"chouka/store"
)

// Pick is the take chosen for a shot, with who and when.
type Pick struct {
	TakeID string    `json:"take_id"`
	Number int64     `json:"number"` // the take's number within the shot
	By     string    `json:"by"`     // person id
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
	Draws  int64     `json:"draws"` // attempts on the shot up to this pick
	// Sheets are the take's: what it was drawn from. In the history they are as of the time of the pick.
	Sheets []UsedSheet `json:"sheets,omitempty"`
}

// PickRow is one line of a shot's pick history.
type PickRow struct {
	store.Meta
	ShotID  string     `json:"shot_id"`
	TitleID string     `json:"title_id"`
	Pick    Pick       `json:"pick"`
	Ended   *time.Time `json:"ended,omitempty"`
	EndedBy string     `json:"ended_by,omitempty"` // person's name
	Why     string     `json:"why,omitempty"`      // replaced, unpicked
}

// PickIn chooses a take. Replaces is the take that the producer saw as the
// current pick, empty for none; when that is no longer so, the call is refused.
type PickIn struct {
	TakeID   string `json:"take_id,omitempty"` // empty: take the pick away
	Replaces string `json:"replaces,omitempty"`
}

// PickTake makes a take the current pick of its shot, replaces the one that the
// producer saw, or takes it away. There is one current pick per shot: of two
// producers at the same moment one wins and the other is told who.
func (s *Studio) PickTake(ctx context.Context, by Actor, shotID string, in PickIn) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, shotID, PickTake)
		if err != nil {
			return err
		}
		current := ""
		if x.Pick != nil {
			current = x.Pick.TakeID
		}
		switch {
		case current == in.TakeID:
			out = *x
			return nil // already so: nothing happens, nothing is announced
		case x.State == ShotLocked:
			return lockedShot()
		case current != in.Replaces:
			return c.pickTaken(x)
		}
		was := standingOf(x)
		if in.TakeID == "" {
			err = c.unpick(x, "unpicked", ShotToReview, "")
		} else {
			err = c.pick(x, in.TakeID)
		}
		if err != nil {
			return err
		}
		out = *x
		return c.keepStep(x, was)
	})
	return out, err
}

// pickTaken tells the loser of a race who won it.
func (c *change) pickTaken(x *Shot) error {
	if x.Pick == nil {
		return conflict("pick.gone", "选片刚被撤下，请看过最新状态再选", "the pick was taken away meanwhile; look at the newest state and choose again")
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return err
	}
	at := x.Pick.At.In(zone).Format("15:04:05")
	return conflict("pick.taken", "%s 在 %s 已选了第 %d 条，请看过后再决定是否替换", "%[1]s picked take %[3]d at %[2]s; look at it before you replace it", x.Pick.ByName, at, x.Pick.Number)
}

func (c *change) pick(x *Shot, takeID string) error {
	t, err := found(c.s.r.takes.Get(c.tx, takeID))("take")
	if err != nil {
		return err
	}
	if t.ShotID != x.ID || t.Deleted != nil {
		return unknown("take")
	}
	if t.Verdict == Rejected {
		return conflict("take.rejected", "这条已评为废片，请先改评级再选", "this take is rejected; change its verdict first")
	}
	verb := "take.picked"
	if x.Pick != nil {
		verb = "take.replaced"
		if err := c.endPick(x, "replaced"); err != nil {
			return err
		}
	}
	if err := c.move(x, ShotPicked, ""); err != nil {
		return err
	}
	draws, err := c.s.r.counts.Value(c.tx, countKey(x.ID, countAttempts))
	if err != nil {
		return fmt.Errorf("counting the draws to a pick: %w", err)
	}
	a, err := c.s.r.attempts.Get(c.tx, t.AttemptID)
	if err != nil {
		return fmt.Errorf("reading the attempt of a pick: %w", err)
	}
	x.Pick = &Pick{TakeID: t.ID, Number: t.Number, By: c.by.Person.ID, ByName: c.by.Person.Name, At: c.now, Draws: draws, Sheets: a.Sheets}
	if t.look(c.by.Person.ID, c.now) { // nobody picks what they have not seen
		if err := c.putTake(t); err != nil {
			return err
		}
	}
	if err := c.countAll(countPicked, 1, x.SceneID); err != nil {
		return err
	}
	if err := c.putShot(x); err != nil {
		return err
	}
	if err := c.s.r.picks.Insert(c.tx, &PickRow{Meta: c.meta(), ShotID: x.ID, TitleID: x.TitleID, Pick: *x.Pick}); err != nil {
		return fmt.Errorf("writing the pick: %w", err)
	}
	return c.note(event{Verb: verb, Kind: "take", Object: t.ID, TitleID: x.TitleID, ShotID: x.ID,
		Params: map[string]string{"label": x.Label, "number": strconv.FormatInt(t.Number, 10)}})
}

// unpick ends the current pick and moves the shot on.
func (c *change) unpick(x *Shot, why string, to ShotState, reason string) error {
	if x.Pick == nil {
		return conflict("pick.none", "这个镜头还没有选片", "this shot has no pick")
	}
	take, number := x.Pick.TakeID, x.Pick.Number
	if err := c.endPick(x, why); err != nil {
		return err
	}
	if err := c.move(x, to, reason); err != nil {
		return err
	}
	if err := c.putShot(x); err != nil {
		return err
	}
	verb := "take.unpicked"
	if why == "rework" {
		verb = "shot.rework"
	}
	return c.note(event{Verb: verb, Kind: "take", Object: take, TitleID: x.TitleID, ShotID: x.ID,
		Params: map[string]string{"label": x.Label, "number": strconv.FormatInt(number, 10), "reason": reason}})
}

// endPick closes the current line of the pick history. It does not write the shot.
func (c *change) endPick(x *Shot, why string) error {
	// Not the newest by time: a clock that was set back mixes the lines.
	var row *PickRow
	err := c.s.r.picks.Each(c.tx, "shot", store.K().ID(x.ID), func(p *PickRow) error {
		if p.Ended == nil {
			row = p
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("finding the current pick: %w", err)
	}
	if row == nil {
		return errors.New("finding the current pick: the history has no open line")
	}
	ended := c.now
	row.Ended, row.EndedBy, row.Why, row.Updated = &ended, c.by.Person.Name, why, c.now
	if err := c.s.r.picks.Put(c.tx, row); err != nil {
		return fmt.Errorf("ending the pick: %w", err)
	}
	x.Pick = nil
	return c.countAll(countPicked, -1, x.SceneID)
}

// Picks lists a shot's picks, newest first: who chose what, and when it ended.
func (s *Studio) Picks(ctx context.Context, by Actor, shotID string) ([]PickRow, error) {
	var out []PickRow
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.shotFor(tx, by, shotID, ViewTitle); err != nil {
			return err
		}
		got, err := s.r.picks.List(tx, "shot", store.K().ID(shotID), Page{Limit: store.MaxPage, Reverse: true})
		out = values(got.Items)
		return err
	})
	return out, err
}

// MoveShot moves a shot by hand: lock and unlock, send back with a reason.
// What follows from attempts and picks is never set by hand.
func (s *Studio) MoveShot(ctx context.Context, by Actor, id string, in StateIn) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, id, PickTake)
		if err != nil {
			return err
		}
		reason, err := line("reason", in.Reason)
		if err != nil {
			return err
		}
		was := standingOf(x)
		if err := c.moveByHand(x, in.To, reason); err != nil {
			return err
		}
		out = *x
		return c.keepStep(x, was)
	})
	return out, err
}

func (c *change) moveByHand(x *Shot, to ShotState, reason string) error {
	switch {
	case shotMoves(to) == nil:
		return wrong("to", "没有这个状态", "there is no such state")
	case to == x.State:
		return nil
	case !slices.Contains(shotMoves(x.State), to):
		return c.move(x, to, reason)
	case to == ShotRework && reason == "":
		return wrong("reason", "返工要写明原因", "sending a shot back needs a reason")
	case to == ShotRework:
		return c.unpick(x, "rework", ShotRework, reason)
	case to == ShotLocked, x.State == ShotLocked:
		verb := "shot.locked"
		if x.State == ShotLocked {
			verb = "shot.unlocked"
		}
		if err := c.move(x, to, ""); err != nil {
			return err
		}
		if err := c.putShot(x); err != nil {
			return err
		}
		return c.note(event{Verb: verb, Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	}
	return conflict("shot.state", "这个状态由抽卡和选片决定，不能手动改", "this state follows from attempts and picks and is not set by hand")
}
