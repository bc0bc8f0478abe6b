package studio_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// statuses: a row says what may follow; the columns are in the order of the rows.
const statuses = `
queued    .xxxxx
running   ..xxxx
succeeded ......
failed    ....x.
refused   ...x..
cancelled ......
`

func TestEveryPairOfStatuses(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	rows := strings.Split(strings.TrimSpace(statuses), "\n")
	for i := range rows {
		from := studio.Status(strings.Fields(rows[i])[0])
		for j := range rows {
			to := studio.Status(strings.Fields(rows[j])[0])
			a := h.typed(x.ID, from)
			got, err := h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Status: &to})
			switch allowed := strings.Fields(rows[i])[1][j] == 'x' || i == j; {
			case !allowed:
				refused(t, err, "attempt.status")
			case err != nil || got.Status != to:
				t.Errorf("%s to %s: %s, %v", from, to, got.Status, err)
			}
		}
	}
	for _, odd := range []studio.Status{"", "done", "QUEUED"} {
		_, err := h.LogAttempt(ctx, h.admin, x.ID, studio.AttemptIn{Status: odd})
		refused(t, err, "invalid.status")
	}
	if got := h.counted(x.TitleID); got.Attempts != 36 || got.Takes != 0 {
		t.Errorf("counted %+v", got)
	}
}

func TestTypingAnAttempt(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	in := studio.AttemptIn{Status: studio.Refused, Reason: "内容审核未通过", Remark: "第一行\n第二行", Generation: studio.Generation{
		Service: "即梦", Model: "seedance", Prompt: "一条蛇\nin the rain", Seed: "-18446744073709551615", Cost: studio.Money{Amount: 12_500, Currency: "CNY"}}}
	row, err := h.LogAttempt(ctx, h.admin, x.ID, in)
	a := must(t, row, err).Attempt
	if a.Generation != in.Generation || a.Reason != in.Reason || a.Remark != in.Remark || a.Status != studio.Refused || a.Number != 1 || a.Way != "typed" {
		t.Errorf("got %+v", a)
	}
	var marked []string
	for _, f := range []string{"service", "model", "prompt", "negative", "seed", "cost", "size"} {
		if s, ok := a.Sources[f]; ok && s.From == "typed" && s.Certainty == "exact" {
			marked = append(marked, f)
		}
	}
	if fmt.Sprint(marked) != "[service model prompt seed cost]" || len(a.Sources) != 5 {
		t.Errorf("marked as typed: %v of %v", marked, a.Sources)
	}
	if !a.At.Equal(c.Now()) || a.Day != "2027-03-05" || row.Takes == nil {
		t.Errorf("at %s, day %s", a.At, a.Day)
	}
	for name, c := range map[string]struct {
		change func(*studio.AttemptIn)
		code   string
	}{
		"a seed with a letter":       {func(in *studio.AttemptIn) { in.Seed = "12a" }, "invalid.seed"},
		"a seed with a point":        {func(in *studio.AttemptIn) { in.Seed = "1.0" }, "invalid.seed"},
		"a seed that is only a sign": {func(in *studio.AttemptIn) { in.Seed = "-" }, "invalid.seed"},
		"a seed with two signs":      {func(in *studio.AttemptIn) { in.Seed = "--1" }, "invalid.seed"},
		"a cost below nought":        {func(in *studio.AttemptIn) { in.Cost.Amount = -1 }, "invalid.cost"},
		"a cost beyond reason":       {func(in *studio.AttemptIn) { in.Cost.Amount = 1e15 + 1 }, "invalid.cost"},
		"a cost without a currency":  {func(in *studio.AttemptIn) { in.Cost.Currency = "" }, "invalid.cost"},
		"an odd currency":            {func(in *studio.AttemptIn) { in.Cost.Currency = "BTC" }, "invalid.cost"},
		"a model of two lines":       {func(in *studio.AttemptIn) { in.Model = "a\nb" }, "invalid.model"},
		"a prompt without an end":    {func(in *studio.AttemptIn) { in.Prompt = strings.Repeat("蛇", 20_001) }, "invalid.prompt"},
		"a time in two days":         {func(in *studio.AttemptIn) { in.At = ptr(at(7, 11)) }, "invalid.at"},
		"a time of another age":      {func(in *studio.AttemptIn) { in.At = ptr(time.Date(1999, 12, 30, 0, 0, 0, 0, time.UTC)) }, "invalid.at"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			bad := in
			c.change(&bad)
			_, err := h.LogAttempt(ctx, h.admin, x.ID, bad)
			refused(t, err, c.code)
		})
	}
	if got := h.counted(x.TitleID).Attempts; got != 1 {
		t.Errorf("%d attempts counted", got)
	}
}

func TestCorrectingAnAttempt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	a := h.drop(x.ID, picture(t, 1, duck)).Attempt
	got, err := h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{Prompt: ptr("a goose"), Seed: ptr(a.Seed), Cost: &studio.Money{Amount: 3, Currency: "credit"}, Remark: ptr("改")})
	must(t, got, err)
	if got.Prompt != "a goose" || got.Sources["prompt"].From != "typed" || got.Sources["cost"].From != "typed" {
		t.Errorf("got %+v", got)
	}
	if got.Sources["seed"].From != "file" || got.Sources["model"].From != "file" || got.Seed != a.Seed {
		t.Errorf("what stayed the same is marked %+v", got.Sources)
	}
	for name, in := range map[string]studio.AttemptEdit{"invalid.seed": {Seed: ptr("x")}, "invalid.cost": {Cost: &studio.Money{Amount: 1}},
		"invalid.reason": {Reason: ptr("a\nb")}, "invalid.remark": {Remark: ptr("\x00")}} {
		_, err := h.EditAttempt(ctx, h.admin, a.ID, got.Rev, in)
		refused(t, err, name)
	}
	_, err = h.EditAttempt(ctx, h.admin, a.ID, a.Rev, studio.AttemptEdit{})
	refused(t, err, "stale")
	t.Run("what an ambiguous graph leaves open is set by hand, to the sampling", func(t *testing.T) {
		own := h.drop(x.ID, picture(t, 2, duck)).Attempt
		set, err := h.EditAttempt(ctx, h.admin, own.ID, own.Rev, studio.AttemptEdit{Steps: ptr("31"), CFG: ptr("4.5"), Sampler: ptr("euler"), Scheduler: ptr("karras"), Denoise: ptr("0.6")})
		must(t, set, err)
		if got := []string{set.Steps, set.CFG, set.Sampler, set.Scheduler, set.Denoise}; !slices.Equal(got, []string{"31", "4.5", "euler", "karras", "0.6"}) {
			t.Errorf("got %q", got)
		}
		for _, name := range []string{"steps", "cfg", "sampler", "scheduler", "denoise"} {
			if set.Sources[name].From != "typed" {
				t.Errorf("%s is marked %+v", name, set.Sources[name])
			}
		}
	})
	t.Run("an operator corrects their own, a director anybody's", func(t *testing.T) {
		op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
		_, err := h.EditAttempt(ctx, op, a.ID, got.Rev, studio.AttemptEdit{Remark: ptr("我的")})
		refused(t, err, "attempt.others")
		_, err = h.DeleteAttempt(ctx, op, a.ID, got.Rev)
		refused(t, err, "attempt.others")
		row, err := h.LogAttempt(ctx, op, x.ID, studio.AttemptIn{Status: studio.Failed})
		own := must(t, row, err).Attempt
		own, err = h.EditAttempt(ctx, op, own.ID, own.Rev, studio.AttemptEdit{Remark: ptr("我的")})
		must(t, own, err)
		own, err = h.EditAttempt(ctx, h.as(studio.RoleDirector, x.TitleID), own.ID, own.Rev, studio.AttemptEdit{Remark: ptr("导演的")})
		if must(t, own, err); own.Operator != op.Person.ID {
			t.Errorf("it is now %s's", own.Operator)
		}
	})
}

func TestMovingAnAttempt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	from := h.oneShot()
	to := h.shot(from.SceneID)
	h.take(to.ID, 1)
	h.typed(to.ID, studio.Failed)
	a := h.drop(from.ID, picture(t, 2, "")).Attempt
	row, err := h.MoveAttempt(ctx, h.admin, a.ID, to.ID)
	must(t, row, err)
	if row.Attempt.ShotID != to.ID || row.Attempt.Number != 3 || row.Takes[0].Number != 2 || row.Takes[0].ShotID != to.ID || row.Takes[0].Deleted != nil {
		t.Errorf("got %+v", row)
	}
	if p, q := h.see(from.ID), h.see(to.ID); p.Attempts != 0 || p.Takes != 0 || p.Shot.State != studio.ShotTodo || q.Attempts != 3 || q.Takes != 2 {
		t.Errorf("left %+v, arrived %+v", p.ShotRow, q.ShotRow)
	}
	if got := h.counted(from.TitleID); got != (counted{Shots: 2, ToReview: 1, Attempts: 3, Takes: 2}) {
		t.Errorf("counted %+v", got)
	}
	t.Run("to where it is changes nothing", func(t *testing.T) {
		again, err := h.MoveAttempt(ctx, h.admin, a.ID, to.ID)
		if must(t, again, err); again.Attempt.Rev != row.Attempt.Rev {
			t.Errorf("got %+v", again)
		}
	})
	t.Run("numbers are never given twice", func(t *testing.T) {
		if got := h.typed(from.ID, studio.Failed); got.Number != 2 {
			t.Errorf("number %d", got.Number)
		}
	})
	t.Run("to another title carries its counters", func(t *testing.T) {
		other := h.oneShot()
		row, err := h.MoveAttempt(ctx, h.admin, a.ID, other.ID)
		if must(t, row, err); row.Attempt.TitleID != other.TitleID || h.counted(other.TitleID) != (counted{Shots: 1, ToReview: 1, Attempts: 1, Takes: 1}) {
			t.Errorf("got %+v", row)
		}
		_, err = h.MoveAttempt(ctx, h.as(studio.RoleLead, other.TitleID), a.ID, to.ID)
		refused(t, err, "unknown.shot")
		must(t, 0, errOf(h.MoveAttempt(ctx, h.admin, a.ID, to.ID)))
	})
	t.Run("the current pick stays, a locked shot takes none", func(t *testing.T) {
		h.pick(to.ID, row.Takes[0].ID, "")
		_, err := h.MoveAttempt(ctx, h.admin, a.ID, from.ID)
		refused(t, err, "take.is_pick")
		h.move(to.ID, studio.ShotLocked)
		l, err := h.Attempts(ctx, h.admin, from.ID, studio.Page{})
		_, err = h.MoveAttempt(ctx, h.admin, must(t, l, err).Items[0].Attempt.ID, to.ID)
		refused(t, err, "shot.locked")
	})
	t.Run("a shot that holds the same bytes takes it only once", func(t *testing.T) {
		other := h.shot(from.SceneID)
		same := h.drop(other.ID, picture(t, 1, "")).Attempt
		h.move(to.ID, studio.ShotPicked)
		_, err := h.MoveAttempt(ctx, h.admin, same.ID, to.ID)
		refused(t, err, "take.held")
	})
}

func TestDeletingAndRestoringAnAttempt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	data := picture(t, 1, "")
	row := h.drop(x.ID, data)
	if again := h.drop(x.ID, data); !again.Duplicate || again.Attempt.ID != row.Attempt.ID || len(again.Takes) != 1 {
		t.Errorf("the same bytes were booked twice: %+v", again)
	}
	if other := h.drop(h.shot(x.SceneID).ID, data); other.Duplicate {
		t.Error("another shot may hold the same bytes")
	}
	gone, err := h.DeleteAttempt(ctx, h.admin, row.Attempt.ID, row.Attempt.Rev)
	if must(t, gone, err); gone.Deleted == nil || h.see(x.ID).Takes != 0 {
		t.Fatalf("got %+v", gone)
	}
	for name, err := range map[string]error{
		"edited":  errOf(h.EditAttempt(ctx, h.admin, gone.ID, gone.Rev, studio.AttemptEdit{})),
		"deleted": errOf(h.DeleteAttempt(ctx, h.admin, gone.ID, gone.Rev)),
		"moved":   errOf(h.MoveAttempt(ctx, h.admin, gone.ID, x.ID)),
	} {
		t.Run("a deleted one is not "+name, func(t *testing.T) { refused(t, err, "unknown.attempt") })
	}
	_, err = h.Judge(ctx, h.admin, studio.VerdictIn{Takes: []string{row.Takes[0].ID}, Stars: ptr(1)})
	refused(t, err, "unknown.take")
	back, err := h.RestoreAttempt(ctx, h.admin, gone.ID)
	if must(t, back, err); back.Attempt.Number != 1 || back.Takes[0].Number != 1 || back.Takes[0].Deleted != nil || h.see(x.ID).Shot.State != studio.ShotToReview {
		t.Errorf("got %+v", back)
	}
	t.Run("dropped again after it was deleted it is booked anew, and the old one stays deleted", func(t *testing.T) {
		must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, gone.ID, back.Attempt.Rev)))
		anew := h.drop(x.ID, data)
		if anew.Duplicate || anew.Attempt.ID == gone.ID || anew.Attempt.Number != 2 || anew.Takes[0].Number != 2 {
			t.Errorf("got %+v", anew)
		}
		_, err := h.RestoreAttempt(ctx, h.admin, gone.ID)
		refused(t, err, "take.held")
		if got := h.see(x.ID); got.Attempts != 1 || got.Takes != 1 {
			t.Errorf("counted %d and %d", got.Attempts, got.Takes)
		}
	})
}

func TestADayEndsAtMidnightOfTheZone(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	c.pass(14*time.Hour - time.Second) // 5 March, 23:59:59 in Shanghai, 15:59:59 in Greenwich
	h.take(x.ID, 1)
	c.pass(time.Second)
	h.take(x.ID, 2)
	h.typed(x.ID, studio.Failed)
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	must(t, 0, errOf(h.LogAttempt(ctx, op, x.ID, studio.AttemptIn{Status: studio.Failed})))
	day := func(a studio.Actor, date string) string {
		d, err := h.MyDay(ctx, a, date, studio.Page{})
		must(t, d, err)
		return fmt.Sprintf("%s: %d attempts, %d takes, %d shown", d.Date, d.Attempts, d.Takes, len(d.Items))
	}
	for _, c := range []struct {
		who        studio.Actor
		date, want string
	}{
		{h.admin, "2027-03-05", "2027-03-05: 1 attempts, 1 takes, 1 shown"},
		{h.admin, "2027-03-06", "2027-03-06: 2 attempts, 1 takes, 2 shown"},
		{h.admin, "", "2027-03-06: 2 attempts, 1 takes, 2 shown"},
		{op, "", "2027-03-06: 1 attempts, 0 takes, 1 shown"},
		{h.admin, "2027-03-07", "2027-03-07: 0 attempts, 0 takes, 0 shown"},
	} {
		if got := day(c.who, c.date); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	for _, bad := range []string{"2027-3-6", "6 March", "2027-02-30", "2027-03-06T00:00:00Z", "\x00"} {
		_, err := h.MyDay(ctx, h.admin, bad, studio.Page{})
		refused(t, err, "invalid.date")
	}
	t.Run("deleting takes it off the day on which it was drawn", func(t *testing.T) {
		c.pass(24 * time.Hour)
		l, err := h.Attempts(ctx, h.admin, x.ID, studio.Page{Limit: 10})
		items := must(t, l, err).Items
		first := items[len(items)-1].Attempt
		must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, first.ID, first.Rev)))
		if got := day(h.admin, "2027-03-05"); got != "2027-03-05: 0 attempts, 0 takes, 0 shown" {
			t.Error(got)
		}
	})
	t.Run("another zone of the studio begins another day", func(t *testing.T) {
		set, err := h.StudioSettings(ctx, h.admin)
		must(t, set, err)
		must(t, 0, errOf(h.EditSettings(ctx, h.admin, set.Rev, studio.SettingsEdit{Zone: ptr("America/Los_Angeles")})))
		if got := h.typed(x.ID, studio.Failed).Day; got != "2027-03-06" { // 7 March 00:00 in Shanghai
			t.Errorf("day %s", got)
		}
	})
}
