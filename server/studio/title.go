package studio

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/store"
)

// Stage is how far a title has come (product.md, States).
type Stage string

// The stages of a title in their order.
const (
	StageIdea     Stage = "idea"     // 立项
	StageScript   Stage = "script"   // 剧本
	StageBoard    Stage = "board"    // 分镜
	StageMaking   Stage = "making"   // 制作
	StagePost     Stage = "post"     // 后期
	StageSelf     Stage = "self"     // 自审
	StageFiling   Stage = "filing"   // 报备
	StageReady    Stage = "ready"    // 待上线
	StageOn       Stage = "on"       // 在播
	StageFinished Stage = "finished" // 完结
	StageOff      Stage = "off"      // 下架
)

// Title is one micro-drama.
type Title struct {
	store.Meta
	Name       string   `json:"name"`
	Code       string   `json:"code"` // short Latin code for names that sort
	Kind       string   `json:"kind"` // AI漫剧， 2D漫剧， AI真人, 真人 … free text
	Company    string   `json:"company"`
	Note       string   `json:"note"`
	Stage      Stage    `json:"stage" enum:"idea,script,board,making,post,self,filing,ready,on,finished,off"`
	Paused     bool     `json:"paused"`
	Aliases    []string `json:"aliases"`
	FirstFrame int      `json:"first_frame" enum:"0,1001"` // number of a clip's first frame
	Facts      []Fact   `json:"facts"`                     // what the trade press printed, each with its source
	Demo       bool     `json:"demo"`                      // part of the demonstration studio
	// Thresholds are the title's own by metric; what is not in it is the studio's.
	Thresholds map[string][]int64 `json:"thresholds,omitempty"`
	// Seconds is the length of the finished title as typed; 0: not said.
	Seconds int64 `json:"seconds,omitempty"`
}

// Fact is one printed statement about a title with where it was printed.
type Fact struct {
	Text   string `json:"text"`
	Source string `json:"source"`
}

// TitleIn creates or, with nil fields left as they are, changes a title.
type TitleIn struct {
	Name       *string   `json:"name,omitempty"`
	Code       *string   `json:"code,omitempty"`
	Kind       *string   `json:"kind,omitempty"`
	Company    *string   `json:"company,omitempty"`
	Note       *string   `json:"note,omitempty"`
	Stage      *Stage    `json:"stage,omitempty" enum:"idea,script,board,making,post,self,filing,ready,on,finished,off"`
	Paused     *bool     `json:"paused,omitempty"`
	Aliases    *[]string `json:"aliases,omitempty"`
	FirstFrame *int      `json:"first_frame,omitempty" enum:"0,1001"`
	Seconds    *int64    `json:"seconds,omitempty" minimum:"0" maximum:"1000000"`
}

// Board is a title with the figures that its row on the home page shows. All
// of them are kept as counters and one summary record; none is worked out by reading the title's work.
type Board struct {
	Title    Title         `json:"title"`
	Role     Role          `json:"role,omitempty"` // the asking person's
	Episodes int64         `json:"episodes"`
	Scenes   int64         `json:"scenes"`
	Shots    int64         `json:"shots"`
	Picked   int64         `json:"picked"`    // shots with a current pick
	ToReview int64         `json:"to_review"` // shots waiting for a pick
	Attempts int64         `json:"attempts"`
	Takes    int64         `json:"takes"`
	Plays    *Plays        `json:"plays,omitempty"`
	Last     *MilestoneRow `json:"last_milestone,omitempty"`
	Wall     *Wall         `json:"wall,omitempty"` // of released titles
}

// Plays is a title's current figure summed over its platforms (R5).
type Plays struct {
	Value int64     `json:"value"`
	Lower bool      `json:"lower"` // at least one part is a lower bound
	At    time.Time `json:"at"`    // of the newest part
	Parts int       `json:"parts"` // releases with a figure
}

// Stages lists the stages of a title in their order.
func Stages() []Stage {
	return []Stage{StageIdea, StageScript, StageBoard, StageMaking, StagePost, StageSelf, StageFiling, StageReady, StageOn, StageFinished, StageOff}
}

// stageMoves is the table of what may follow what: one step on, any step back
// before the release, and the short cuts that studios take.
func stageMoves(from Stage) []Stage {
	switch from {
	case StageIdea:
		return []Stage{StageScript}
	case StageScript:
		return []Stage{StageIdea, StageBoard, StageMaking}
	case StageBoard:
		return []Stage{StageIdea, StageScript, StageMaking}
	case StageMaking:
		return []Stage{StageIdea, StageScript, StageBoard, StagePost}
	case StagePost:
		return []Stage{StageIdea, StageScript, StageBoard, StageMaking, StageSelf}
	case StageSelf:
		return []Stage{StageMaking, StagePost, StageFiling, StageReady}
	case StageFiling:
		return []Stage{StageMaking, StagePost, StageSelf, StageReady}
	case StageReady:
		return []Stage{StagePost, StageSelf, StageFiling, StageOn}
	case StageOn:
		return []Stage{StageFinished, StageOff}
	case StageFinished:
		return []Stage{StageOn, StageOff}
	case StageOff:
		return []Stage{StageReady, StageOn}
	}
	return nil
}

// CreateTitle opens a title. It may begin at any stage, because studios bring running titles with them.
func (s *Studio) CreateTitle(ctx context.Context, by Actor, in TitleIn) (Board, error) {
	if err := by.must(CreateTitle, "", "title"); err != nil {
		return Board{}, err
	}
	return create(ctx, s, by, func(c *change) (Board, error) {
		in := in // may run again
		t := Title{Meta: c.meta(), Stage: StageIdea, Aliases: []string{}, Facts: []Fact{}}
		if in.Name == nil {
			in.Name = new(string)
		}
		if in.Stage != nil {
			if !slices.Contains(Stages(), *in.Stage) {
				return Board{}, wrong("stage", "没有这个阶段", "there is no such stage")
			}
			t.Stage, in.Stage = *in.Stage, nil
		}
		if err := applyTitle(&t, in); err != nil {
			return Board{}, err
		}
		if err := s.r.titles.Insert(c.tx, &t); err != nil {
			return Board{}, fmt.Errorf("creating a title: %w", err)
		}
		return Board{Title: t}, c.note(event{Verb: "title.created", Kind: "title", Object: t.ID, TitleID: t.ID, Params: map[string]string{"title": t.Name}})
	})
}

// EditTitle changes a title. Stages follow stageMoves.
func (s *Studio) EditTitle(ctx context.Context, by Actor, id string, rev int64, in TitleIn) (Board, error) {
	if err := by.must(EditTitle, id, "title"); err != nil {
		return Board{}, err
	}
	var out Board
	err := s.update(ctx, by, func(c *change) error {
		t, err := found(s.r.titles.Get(c.tx, id))("title")
		if err != nil {
			return err
		}
		if err := base(t.Rev, rev); err != nil {
			return err
		}
		was := t.Stage
		if err := applyTitle(t, in); err != nil {
			return err
		}
		t.Updated = c.now
		if err := s.r.titles.Put(c.tx, t); err != nil {
			return err
		}
		e := event{Verb: "title.edited", Kind: "title", Object: id, TitleID: id, Params: map[string]string{"title": t.Name}}
		if was != t.Stage {
			e.Verb, e.Params["stage"] = "title.stage", string(t.Stage)
		}
		if err := c.air(t); err != nil {
			return err
		}
		if err := c.note(e); err != nil {
			return err
		}
		boards, err := s.boards(c.tx, by, []*Title{t})
		if err == nil {
			out = boards[0]
		}
		return err
	})
	return out, err
}

const longestTitle = 1_000_000 // seconds

func applyTitle(t *Title, in TitleIn) error {
	var x setter
	x.needed("name", &t.Name, in.Name)
	x.line("code", &t.Code, in.Code)
	x.line("kind", &t.Kind, in.Kind)
	x.line("company", &t.Company, in.Company)
	x.prose("note", &t.Note, in.Note)
	x.lines("aliases", &t.Aliases, in.Aliases)
	if x.err != nil {
		return x.err
	}
	for _, r := range t.Code {
		if !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return wrong("code", "代号只能用字母、数字、- 和 _", "a code has only letters, digits, - and _")
		}
	}
	if in.Paused != nil {
		t.Paused = *in.Paused
	}
	if in.FirstFrame != nil {
		if *in.FirstFrame != 0 && *in.FirstFrame != 1001 {
			return wrong("first_frame", "首帧编号只能是 0 或 1001", "the first frame is number 0 or 1001")
		}
		t.FirstFrame = *in.FirstFrame
	}
	if in.Seconds != nil {
		if *in.Seconds < 0 || *in.Seconds > longestTitle {
			return wrong("seconds", "成片时长请填 0 到 1000000 秒", "give the length as 0 to 1,000,000 seconds")
		}
		t.Seconds = *in.Seconds
	}
	if in.Stage != nil && *in.Stage != t.Stage {
		if !slices.Contains(stageMoves(t.Stage), *in.Stage) {
			return conflict("title.stage", "当前阶段不能直接改到那个阶段，请一步一步来", "this stage cannot follow the present one; go step by step")
		}
		t.Stage = *in.Stage
	}
	return nil
}

// TitleBoard reads one title with its figures.
func (s *Studio) TitleBoard(ctx context.Context, by Actor, id string) (Board, error) {
	if err := by.must(ViewTitle, id, "title"); err != nil {
		return Board{}, err
	}
	var out Board
	err := s.view(ctx, func(tx store.Txn) error {
		t, err := found(s.r.titles.Get(tx, id))("title")
		if err != nil {
			return err
		}
		boards, err := s.boards(tx, by, []*Title{t})
		if err == nil {
			out = boards[0]
		}
		return err
	})
	return out, err
}

// Titles lists the titles that the actor sees, newest first.
func (s *Studio) Titles(ctx context.Context, by Actor, p Page) (List[Board], error) {
	if err := by.here(); err != nil {
		return List[Board]{}, err
	}
	var out List[Board]
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.titlesOf(tx, by, p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		out.Items, err = s.boards(tx, by, got.Items)
		return err
	})
	return out, err
}

// titlesOf pages through all titles for those who see all; a member's are few and come at once.
func (s *Studio) titlesOf(tx store.Txn, by Actor, p Page) (store.List[Title], error) {
	if by.wide() {
		p.Reverse = true
		return s.r.titles.List(tx, "created", store.K(), p)
	}
	ids := slices.Collect(maps.Keys(by.Roles))
	slices.Sort(ids)
	slices.Reverse(ids)
	got, err := s.r.titles.GetMany(tx, ids)
	if err != nil {
		return store.List[Title]{}, fmt.Errorf("listing titles: %w", err)
	}
	return store.List[Title]{Items: slices.DeleteFunc(got, func(t *Title) bool { return t == nil })}, nil
}

// boardCounts are the counters of a title in the order in which boards reads them.
func boardCounts() []string {
	return []string{"episodes", "scenes", "shots", "picked", "to_review", "attempts", "takes"}
}

// boards adds the kept figures to titles: one read of counters and one of summaries for all of them. Only the days since release are counted now.
func (s *Studio) boards(tx store.Txn, by Actor, titles []*Title) ([]Board, error) {
	var keys []store.Key
	ids := make([]string, len(titles))
	for i, t := range titles {
		ids[i] = t.ID
		for _, what := range boardCounts() {
			keys = append(keys, countKey(t.ID, what))
		}
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading a title's counters: %w", err)
	}
	sums, err := s.r.summaries.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("reading a title's figures: %w", err)
	}
	zone, err := s.zone(tx)
	if err != nil {
		return nil, err
	}
	today := todayIn(s.now(), zone)
	out := make([]Board, len(titles))
	for i, t := range titles {
		v := n[i*len(boardCounts()):]
		out[i] = Board{Title: *t, Role: by.Roles[t.ID], Episodes: v[0], Scenes: v[1], Shots: v[2], Picked: v[3], ToReview: v[4], Attempts: v[5], Takes: v[6]}
		if x := sums[i]; x != nil {
			out[i].Plays, out[i].Wall = x.Plays, x.shown(by, today)
			if x.Last != nil {
				last := *x.Last
				last.Title = t.Name // it may have been renamed since
				out[i].Last = &last
			}
		}
	}
	return out, nil
}
