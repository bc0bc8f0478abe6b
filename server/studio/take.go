package studio

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/assets"
	"chouka/store"
)

// Verdict is what a reviewer thinks of one take. The pick is not a verdict: it is the shot's.
type Verdict string

// The verdicts.
const (
	Unseen      Verdict = "unseen"
	Shortlisted Verdict = "shortlisted"
	Usable      Verdict = "usable"
	Rejected    Verdict = "rejected"
)

// Reasons lists why a take is rejected (废片原因): 脸崩 手崩 一致性 动作 口型 穿帮 光影 构图 文字/水印 违规 其他.
func Reasons() []string {
	return []string{"face", "hand", "identity", "motion", "lips", "slip", "light", "framing", "text", "policy", "other"}
}

// Take is one result of an attempt. Its file is kept byte for byte.
type Take struct {
	store.Meta
	TitleID    string     `json:"title_id"`
	ShotID     string     `json:"shot_id"`
	AttemptID  string     `json:"attempt_id"`
	Operator   string     `json:"operator"`
	Number     int64      `json:"number"` // 1, 2, 3 … within the shot
	Place      int        `json:"place"`  // in the batch of its attempt, from 0
	File       string     `json:"file"`   // the name it came with
	Media      Media      `json:"media"`
	Label      *Label     `json:"label,omitempty"`
	Claim      *Claim     `json:"claim,omitempty"`
	Generator  string     `json:"generator"` // the program that the file names
	Records    int        `json:"records"`   // how many raw records the file has
	Near       *Near      `json:"near,omitempty"`
	Verdict    Verdict    `json:"verdict" enum:"unseen,shortlisted,usable,rejected"`
	Reason     string     `json:"reason,omitempty"`
	ReasonText string     `json:"reason_text,omitempty"`
	Stars      int        `json:"stars"`  // 0 none, 1–5
	Colour     int        `json:"colour"` // 0 none, 1–4: a label of the reviewers' own
	JudgedBy   string     `json:"judged_by,omitempty"`
	JudgedAt   *time.Time `json:"judged_at,omitempty"`
	SeenBy     string     `json:"seen_by,omitempty"` // who looked first
	SeenAt     *time.Time `json:"seen_at,omitempty"`
	// ShortlistedAt is when it was first shortlisted; a later verdict does not take that away.
	ShortlistedAt *time.Time `json:"shortlisted_at,omitempty"`
	Deleted       *time.Time `json:"deleted,omitempty"`
}

// VerdictIn judges one take or, with Takes, several at once. Nil stars and colours stay as they are.
type VerdictIn struct {
	Takes      []string `json:"takes"`
	Verdict    *Verdict `json:"verdict,omitempty" enum:"unseen,shortlisted,usable,rejected"`
	Reason     string   `json:"reason,omitempty" enum:"face,hand,identity,motion,lips,slip,light,framing,text,policy,other"`
	ReasonText string   `json:"reason_text,omitempty"`
	Stars      *int     `json:"stars,omitempty"`
	Colour     *int     `json:"colour,omitempty" doc:"0 none, 1 to 4"`
}

// TakeRow is a take with what was asked for, as the review table shows it.
type TakeRow struct {
	Take          Take       `json:"take"`
	Generation    Generation `json:"generation"`
	AttemptNumber int64      `json:"attempt_number"`
	OperatorName  string     `json:"operator_name"`
}

// Verdicts lists every verdict. Each may follow each: a reviewer may change their mind.
func Verdicts() []Verdict { return []Verdict{Unseen, Shortlisted, Usable, Rejected} }

// takeFor reads a live take that the actor may act on.
func (s *Studio) takeFor(tx store.Txn, by Actor, id string, a Action) (*Take, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	t, err := found(s.r.takes.Get(tx, id))("take")
	if err != nil {
		return nil, err
	}
	if err := by.must(a, t.TitleID, "take"); err != nil {
		return nil, err
	}
	if t.Deleted != nil && a != ViewTitle {
		return nil, unknown("take")
	}
	return t, nil
}

// Takes lists a shot's takes by number, each with what was asked for. A shot
// holds at most some hundreds; the review table wants all of them. Blind leaves
// out whatever tells who or what made a take; see TakeRow.blind.
func (s *Studio) Takes(ctx context.Context, by Actor, shotID string, blind bool) ([]TakeRow, error) {
	out := []TakeRow{}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.shotFor(tx, by, shotID, ViewTitle); err != nil {
			return err
		}
		var attempts, people []string
		err := s.r.takes.Each(tx, "shot", store.K().ID(shotID), func(t *Take) error {
			out = append(out, TakeRow{Take: *t})
			attempts, people = append(attempts, t.AttemptID), append(people, t.Operator)
			return nil
		})
		if err != nil {
			return err
		}
		from, err := s.r.attempts.GetMany(tx, attempts)
		if err != nil {
			return err
		}
		who, err := s.r.people.GetMany(tx, people)
		if err != nil {
			return err
		}
		for i := range out {
			if from[i] != nil {
				out[i].Generation, out[i].AttemptNumber = from[i].Generation, from[i].Number
			}
			if who[i] != nil {
				out[i].OperatorName = who[i].Name
			}
			if err := s.freshTake(tx, &out[i].Take); err != nil {
				return err
			}
			if blind {
				out[i].blind()
			}
		}
		return nil
	})
	return out, err
}

// Judge sets the verdict, the stars, the colour or all of them on takes, all or none.
func (s *Studio) Judge(ctx context.Context, by Actor, in VerdictIn) ([]Take, error) {
	if err := checkVerdict(in); err != nil {
		return nil, err
	}
	var out []Take
	err := s.update(ctx, by, func(c *change) error {
		out = []Take{}
		was, err := c.marksBefore(in.Takes)
		if err != nil {
			return err
		}
		for _, id := range in.Takes {
			t, err := c.judge(id, in)
			if err != nil {
				return err
			}
			out = append(out, *t)
		}
		return c.keepMarks(was, out, in)
	})
	return out, err
}

func checkVerdict(in VerdictIn) error {
	if len(in.Takes) == 0 || len(in.Takes) > store.MaxPage {
		return wrong("takes", "一次请选 1 到 500 条", "choose 1 to 500 takes at once")
	}
	if in.Verdict == nil && in.Stars == nil && in.Colour == nil {
		return wrong("verdict", "请给出评级、星级或颜色", "give a verdict, stars or a colour")
	}
	if in.Stars != nil && (*in.Stars < 0 || *in.Stars > 5) {
		return wrong("stars", "星级是 0 到 5", "stars are 0 to 5")
	}
	if in.Colour != nil && (*in.Colour < 0 || *in.Colour > 4) {
		return wrong("colour", "颜色标签是 0 到 4", "a colour is 0 to 4")
	}
	if in.Verdict != nil && !slices.Contains(Verdicts(), *in.Verdict) {
		return wrong("verdict", "没有这个评级", "there is no such verdict")
	}
	if in.Verdict != nil && *in.Verdict == Rejected && !slices.Contains(Reasons(), in.Reason) {
		return wrong("reason", "评为废片要选一个原因", "rejecting needs a reason")
	}
	_, err := line("reason_text", in.ReasonText)
	return err
}

func (c *change) judge(id string, in VerdictIn) (*Take, error) {
	t, err := c.s.takeFor(c.tx, c.by, id, RateTake)
	if err != nil {
		return nil, err
	}
	if in.Stars != nil {
		t.Stars = *in.Stars
	}
	if in.Colour != nil {
		t.Colour = *in.Colour
	}
	x, err := found(c.s.r.shots.Get(c.tx, t.ShotID))("shot")
	if err != nil {
		return nil, err
	}
	if in.Verdict != nil {
		if *in.Verdict == Rejected && x.Pick != nil && x.Pick.TakeID == t.ID {
			return nil, conflict("take.is_pick", "这条是当前选片，请先撤下选片", "this take is the current pick; take the pick away first")
		}
		t.Verdict, t.Reason, t.ReasonText = *in.Verdict, "", ""
		if t.Verdict == Rejected {
			t.Reason, t.ReasonText = in.Reason, strings.TrimSpace(in.ReasonText)
		}
		t.advance(c.by.Person.ID, c.now)
	}
	at := c.now
	t.JudgedBy, t.JudgedAt, t.Updated = c.by.Person.ID, &at, c.now
	if err := c.putTake(t); err != nil {
		return nil, err
	}
	if err := c.s.freshTake(c.tx, t); err != nil {
		return nil, err
	}
	return t, c.note(event{Verb: "take.judged", Kind: "take", Object: t.ID, TitleID: t.TitleID, ShotID: t.ShotID,
		Params: map[string]string{"label": x.Label, "number": strconv.FormatInt(t.Number, 10), "verdict": string(t.Verdict), "reason": t.Reason, "stars": strconv.Itoa(t.Stars)}})
}

// TakeOriginal opens a take's file, byte for byte as it came.
func (s *Studio) TakeOriginal(ctx context.Context, by Actor, id string) (*File, error) {
	t, err := s.take(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return s.openOriginal(t.Media, t.File)
}

// TakePicture opens a take's derived picture: thumb or preview.
func (s *Studio) TakePicture(ctx context.Context, by Actor, id, size string) (*File, error) {
	t, err := s.take(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if size != assets.Thumb && size != assets.Preview {
		return nil, unknown("picture")
	}
	return s.openDerived(ctx, t.Media, size)
}

func (s *Studio) take(ctx context.Context, by Actor, id string) (Take, error) {
	var out Take
	err := s.view(ctx, func(tx store.Txn) error {
		t, err := s.takeFor(tx, by, id, ViewTitle)
		if err == nil {
			out = *t
		}
		return err
	})
	return out, err
}

// PosterLimit is the largest picture that a browser may send for a clip, in bytes.
const PosterLimit = 4 << 20

// PutPoster takes a browser-made picture of a clip where the server cannot make one.
func (s *Studio) PutPoster(ctx context.Context, by Actor, id string, r io.Reader) (Take, error) {
	var t Take
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.takeFor(tx, by, id, LogAttempt)
		if err != nil {
			return err
		}
		t = *got
		return s.freshMedia(tx, &t.Media)
	})
	if err != nil {
		return Take{}, err
	}
	if isPicture(t.Media.Type) || t.Media.Derived == WorkReady {
		return Take{}, conflict("poster.have", "这条已经有封面了", "this take has a poster already")
	}
	hash, err := s.library.PutPoster(ctx, t.Media.SHA256, io.LimitReader(r, PosterLimit+1))
	if err != nil {
		return Take{}, refusedMedia(err)
	}
	if err := s.worked(ctx, t.Media.SHA256, outcome{picture: &result{state: WorkReady}, hash: hash}); err != nil {
		return Take{}, err
	}
	err = s.view(ctx, func(tx store.Txn) error {
		got, err := s.takeFor(tx, by, id, LogAttempt)
		if err == nil {
			t = *got
			err = s.freshTake(tx, &t)
		}
		return err
	})
	return t, err
}
