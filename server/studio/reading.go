package studio

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Metrics lists what is read off a platform: 播放量 热度 追更 点赞 完播率 收入 投流.
func Metrics() []string { return tally.Metrics() }

// Reading is one observed figure (读数). Its key is release, metric, kind and
// observed time (R3); what it said before is kept in Past.
type Reading struct {
	store.Meta
	TitleID   string         `json:"title_id"`
	ReleaseID string         `json:"release_id"`
	Metric    string         `json:"metric" enum:"plays,heat,followers,likes,completion,revenue,spend"`
	Increment bool           `json:"increment"` // a difference, not a running total: feeds no milestone (R6)
	Observed  time.Time      `json:"observed"`
	DayOnly   bool           `json:"day_only"` // only a date was given: the end of that day (R1)
	Now       ReadingValue   `json:"now"`
	Past      []ReadingValue `json:"past"` // older values, newest first
	Withdrawn bool           `json:"withdrawn"`
	Why       string         `json:"why,omitempty"` // why it was withdrawn
	// Checked is set where the figure did not fit the one before and somebody confirmed it.
	Checked *Checked `json:"checked,omitempty"`
}

// ReadingValue is what a reading said, who entered it and where it came from.
type ReadingValue struct {
	Text   string       `json:"text"` // as entered: 2.1亿
	Figure tally.Figure `json:"figure"`
	// Currency is that of money; Figure is then in 1/10,000 of its unit.
	Currency string    `json:"currency,omitempty"`
	By       string    `json:"by"` // person id
	ByName   string    `json:"by_name"`
	At       time.Time `json:"at"`   // when it came in
	Said     time.Time `json:"said"` // when its source says so: of two values the later said one holds (R3)
	Origin   Origin    `json:"origin"`
	Why      string    `json:"why,omitempty"` // why it was corrected
}

// Origin answers "where does this number come from".
type Origin struct {
	Kind string `json:"kind" enum:"typed,press,platform,file"`
	Note string `json:"note,omitempty"` // page, report, list
	URL  string `json:"url,omitempty"`
	// Import, File and Row name the import, its file and the row in it (from 1) of a figure that came in with one.
	Import string `json:"import_id,omitempty"`
	File   string `json:"file,omitempty"`
	Row    int    `json:"row,omitempty"`
	// Evidence are ids of pictures that show it.
	Evidence []string `json:"evidence,omitempty"`
}

// OriginIn says where something that is typed was read.
type OriginIn struct {
	Kind     string   `json:"kind" enum:"typed,press,platform"`
	Note     string   `json:"note,omitempty"`
	URL      string   `json:"url,omitempty"`
	Evidence []string `json:"evidence,omitempty" doc:"ids of pictures added to the title before"`
}

// Latest is a release's current figure of one metric.
type Latest struct {
	Metric    string       `json:"metric"`
	Figure    tally.Figure `json:"figure"`
	Text      string       `json:"text"`
	Observed  time.Time    `json:"observed"`
	ReadingID string       `json:"reading_id"`
	Currency  string       `json:"currency,omitempty"` // of money
	Summed    bool         `json:"summed,omitempty"`   // added up from figures of periods up to Observed; ReadingID is the last of them
}

// ReadingIn enters a figure as people write it.
type ReadingIn struct {
	Metric    string   `json:"metric" enum:"plays,heat,followers,likes,completion,revenue,spend"`
	Text      string   `json:"text"`
	Currency  string   `json:"currency,omitempty" doc:"of money where the text names none; CNY when empty"`
	Observed  string   `json:"observed" doc:"a date or a time in any usual spelling; the studio's zone unless it names one"`
	Increment bool     `json:"increment,omitempty"`
	Origin    OriginIn `json:"origin"`
}

// CorrectIn replaces what a reading says, or takes it out of the reckoning.
type CorrectIn struct {
	Text string `json:"text"`
	Why  string `json:"why"`
}

// WithdrawIn takes a reading out of the reckoning.
type WithdrawIn struct {
	Why string `json:"why"`
}

// ReadingOut is a reading after a change, with what that did to the milestones.
type ReadingOut struct {
	Reading Reading `json:"reading"`
	// Outcome is new, duplicate (nothing changed), corrected or withdrawn.
	Outcome string         `json:"outcome" enum:"new,duplicate,corrected,withdrawn,checked"`
	Changes []MilestoneRow `json:"changes"`
	// ActID names a confirmation for taking it back; empty where there is no way back.
	ActID string `json:"act_id,omitempty"`
}

// Reading reads one figure with everything it said before.
func (s *Studio) Reading(ctx context.Context, by Actor, id string) (Reading, error) {
	if by.Person.ID == "" {
		return Reading{}, by.must(ViewTitle, "", "reading")
	}
	var out Reading
	err := s.view(ctx, func(tx store.Txn) error {
		r, err := found(s.readingCalled(tx, id))("reading")
		if err != nil {
			return err
		}
		if err := by.readsTitle(r.TitleID, "reading"); err != nil {
			return err
		}
		out = *r
		return by.readsMetric(r.Metric, r.TitleID, "reading")
	})
	if err != nil {
		return Reading{}, err
	}
	return out, nil
}

// readsMetric refuses money to those who may not see it.
func (a Actor) readsMetric(metric, titleID, kind string) error {
	if tally.UnitOf(metric) == tally.UnitMoney {
		return a.must(ViewMoney, titleID, kind)
	}
	return nil
}

// Readings lists a release's figures of one metric, or of all where metric is
// empty, the last observed first, withdrawn ones too. Money is left out for those who may not see it, and refused when it is asked for.
func (s *Studio) Readings(ctx context.Context, by Actor, releaseID, metric string, p Page) (List[Reading], error) {
	out := List[Reading]{Items: []Reading{}}
	if by.Person.ID == "" {
		return out, by.must(ViewTitle, "", "release")
	}
	if metric != "" && !slices.Contains(Metrics(), metric) {
		return out, inQuery(noMetric())
	}
	err := s.view(ctx, func(tx store.Txn) error {
		rel, err := found(s.r.releases.Get(tx, releaseID))("release")
		if err != nil {
			return err
		}
		if err := by.readsTitle(rel.TitleID, "release"); err != nil {
			return err
		}
		if err := by.readsMetric(metric, rel.TitleID, "release"); err != nil {
			return err
		}
		shown := shownTo(by)
		out, err = s.listReadings(tx, releaseID, metric, func(m string) bool { return shown(m, rel.TitleID) }, p)
		return err
	})
	return out, err
}

// EnterReading keeps a figure as people write it. The same figure for the same
// moment changes nothing, another one corrects it (R3); the milestones are worked
// out again in the same transaction (R4).
func (s *Studio) EnterReading(ctx context.Context, by Actor, releaseID string, in ReadingIn) (ReadingOut, error) {
	if by.Person.ID == "" {
		return ReadingOut{}, by.must(EnterReading, "", "release")
	}
	return create(ctx, s, by, func(c *change) (ReadingOut, error) {
		rel, err := found(s.r.releases.Get(c.tx, releaseID))("release")
		if err != nil {
			return ReadingOut{}, err
		}
		if err := by.must(EnterReading, rel.TitleID, "release"); err != nil {
			return ReadingOut{}, err
		}
		x, err := c.newReading(rel, in)
		if err != nil {
			return ReadingOut{}, err
		}
		b := s.openBook(c.tx, rel.TitleID)
		held, err := b.at(pageKey{x.ReleaseID, x.Metric, x.Increment, monthOf(x.Observed)}, x.Observed)
		if err != nil {
			return ReadingOut{}, err
		}
		return c.enter(b, held, x)
	})
}

// newReading understands what was typed; nothing is written yet.
func (c *change) newReading(rel *Release, in ReadingIn) (stated, error) {
	if !slices.Contains(Metrics(), in.Metric) {
		return stated{}, noMetric()
	}
	x, err := c.typed(in.Metric, in.Text, in.Currency)
	if err != nil {
		return stated{}, err
	}
	x.ReleaseID, x.Increment = rel.ID, in.Increment
	if x.Origin, err = checkOrigin(in.Origin); err != nil {
		return stated{}, err
	}
	if err := c.s.checkEvidence(c.tx, rel.TitleID, x.Origin.Evidence); err != nil {
		return stated{}, err
	}
	zone, err := c.s.zone(c.tx)
	if err != nil {
		return stated{}, err
	}
	at, err := readObserved(in.Observed, zone)
	if err != nil {
		return stated{}, err
	}
	if at.At.After(c.now.Add(24 * time.Hour)) {
		return stated{}, wrong("observed", "观察时间在将来，请填看到这个数字的时间", "this lies in the future; give the time when the figure was seen")
	}
	x.Observed, x.DayOnly = at.At.UTC(), at.Day
	return x, nil
}

// typed reads a figure that the actor states now.
func (c *change) typed(metric, text, currency string) (stated, error) {
	x := c.states(metric)
	var err error
	x.Text, x.Figure, x.Currency, err = readFigure(metric, text, currency)
	return x, err
}

// states is a statement of the actor, made now, that says nothing yet.
func (c *change) states(metric string) stated {
	return stated{Metric: metric, By: c.by.Person.ID, ByName: c.by.Person.Name, At: c.now, Statement: tally.Statement{Said: c.now, Source: c.s.ids()}}
}

// answers is a statement of the actor about a reading that is there. It is the last word, whatever the clock of a file said.
func (c *change) answers(r *Reading) stated {
	x := c.states(r.Metric)
	x.ReleaseID, x.Increment, x.Observed, x.DayOnly = r.ReleaseID, r.Increment, r.Observed, r.DayOnly
	return x
}

func checkOrigin(in OriginIn) (Origin, error) {
	out := Origin{Kind: in.Kind}
	switch in.Kind {
	case "":
		out.Kind = "typed"
	case "typed", "press", "platform":
	default:
		return Origin{}, wrong("origin.kind", "没有这种来源，请重新选择", "there is no such origin; choose again")
	}
	if len(in.Evidence) > evidencePictures {
		return Origin{}, wrong("origin.evidence", fmt.Sprintf("最多附 %d 张截图", evidencePictures), fmt.Sprintf("at most %d pictures", evidencePictures))
	}
	out.Evidence = slices.Clone(in.Evidence)
	var x setter
	x.line("origin.note", &out.Note, &in.Note)
	x.set("origin.url", &out.URL, &in.URL, webAddress)
	return out, x.err
}

func noMetric() *Error {
	return wrong("metric", "没有这种指标，请重新选择", "there is no such metric; choose again")
}

// checkEvidence refuses pictures that are none of the title's.
func (s *Studio) checkEvidence(tx store.Txn, titleID string, ids []string) error {
	got, err := s.r.evidence.GetMany(tx, ids)
	if err != nil {
		return fmt.Errorf("looking for evidence: %w", err)
	}
	for _, e := range got {
		if e == nil || e.TitleID != titleID {
			return wrong("origin.evidence", "没有这张截图，请重新上传", "there is no such picture; add it again")
		}
	}
	return nil
}
