package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chouka/server/studio/script"
	"chouka/store"
)

// ShotState is where a shot stands (product.md, States).
type ShotState string

// The states of a shot.
const (
	ShotTodo     ShotState = "todo"      // 待抽
	ShotDrawing  ShotState = "drawing"   // 抽卡中
	ShotToReview ShotState = "to_review" // 待选
	ShotPicked   ShotState = "picked"    // 已选
	ShotLocked   ShotState = "locked"    // 锁定
	ShotRework   ShotState = "rework"    // 返工
)

// Shot is one picture to be made.
type Shot struct {
	store.Meta
	TitleID   string `json:"title_id"`
	EpisodeID string `json:"episode_id"`
	SceneID   string `json:"scene_id"`
	Number    string `json:"number"` // 014, 014A: the crew's own, within the scene
	Label     string `json:"label"`  // E03-S02-014
	Episode   int    `json:"episode"`
	SceneAt   int64  `json:"scene_order"`
	Order     int64  `json:"order"` // within the scene
	ShotText
	Operators []string   `json:"operators"` // person ids
	State     ShotState  `json:"state" enum:"todo,drawing,to_review,picked,locked,rework"`
	StateAt   time.Time  `json:"state_at"`
	Reason    string     `json:"reason"` // why it is in rework
	Pick      *Pick      `json:"pick,omitempty"`
	Lines     []string   `json:"lines"`           // ids of the scene's lines that it stands for; none: the whole scene
	Cast      []string   `json:"cast"`            // ids of the elements that it shows
	Stale     *Staleness `json:"stale,omitempty"` // why it may no longer fit the script
	Deleted   *time.Time `json:"deleted,omitempty"`
}

// ShotText is what people write about a shot.
type ShotText struct {
	Size         string `json:"size"`   // 景别
	Camera       string `json:"camera"` // 运镜
	Description  string `json:"description"`
	Dialogue     string `json:"dialogue"`
	Sound        string `json:"sound"`
	Prompt       string `json:"prompt"` // what to try first
	Characters   string `json:"characters"`
	Note         string `json:"note"`
	Milliseconds int64  `json:"milliseconds"` // planned length
}

// ShotRow is a shot in a list with its counts.
type ShotRow struct {
	Shot     Shot   `json:"shot"`
	Title    string `json:"title"` // the title's name
	Attempts int64  `json:"attempts"`
	Takes    int64  `json:"takes"`
	Notes    int64  `json:"notes"` // open ones on its takes
	// LastTake is the id of the newest take, told in the list of an episode.
	LastTake string `json:"last_take,omitempty"`
}

// ShotPage is a shot with what stands around it: the scene's text and its neighbours.
type ShotPage struct {
	ShotRow
	Scene    SceneRow      `json:"scene"`
	Lines    []script.Line `json:"lines"`
	Previous string        `json:"previous,omitempty"` // shot ids in the order of the scene
	Next     string        `json:"next,omitempty"`
	People   []MemberRow   `json:"people"` // who may draw on this title
	// FirstFrame is the number of a clip's first frame on this title.
	FirstFrame int    `json:"first_frame"`
	Usual      *Usual `json:"usual,omitempty"` // how many draws such a shot usually takes
	// The current picks of the neighbours, to lay over a take.
	PreviousPick *Take    `json:"previous_pick,omitempty"`
	NextPick     *Take    `json:"next_pick,omitempty"`
	LineIDs      []string `json:"line_ids"` // of Lines
}

// ShotFilter narrows a title's shot list. Zero fields do not narrow.
type ShotFilter struct {
	State    ShotState
	Operator string
	Scene    string
	Episode  int  // number
	Stale    bool // only those that may no longer fit the script
}

// takes says whether a shot is one of those asked for.
func (f ShotFilter) takes(x *Shot) bool {
	return (f.Scene == "" || x.SceneID == f.Scene) && (f.Episode == 0 || x.Episode == f.Episode) && (!f.Stale || x.Stale != nil) &&
		(f.Operator == "" || slices.Contains(x.Operators, f.Operator))
}

// shotMoves is the table of what may follow what. A pick is what makes a shot picked; the rest is worked out or set by hand.
func shotMoves(from ShotState) []ShotState {
	switch from {
	case ShotTodo:
		return []ShotState{ShotDrawing, ShotToReview}
	case ShotDrawing:
		return []ShotState{ShotTodo, ShotToReview, ShotPicked}
	case ShotToReview:
		return []ShotState{ShotTodo, ShotDrawing, ShotPicked}
	case ShotPicked:
		return []ShotState{ShotToReview, ShotLocked, ShotRework}
	case ShotLocked:
		return []ShotState{ShotPicked, ShotRework}
	case ShotRework:
		return []ShotState{ShotDrawing, ShotToReview, ShotPicked}
	}
	return nil
}

// urgency orders a person's shots: what was sent back first, what is done last.
func urgency(st ShotState) byte {
	return byte(slices.Index([]ShotState{ShotRework, ShotTodo, ShotDrawing, ShotToReview, ShotPicked, ShotLocked}, st))
}

// move changes a shot's state by the table and keeps the title's counters. It does not write the shot.
func (c *change) move(x *Shot, to ShotState, reason string) error {
	if x.State == to {
		return nil
	}
	if !slices.Contains(shotMoves(x.State), to) {
		return conflict("shot.state", "镜头现在的状态不能这样改，请刷新后再看", "the shot's present state does not allow this; look at it again")
	}
	live := x.Deleted == nil // a deleted shot is in no count until it is restored
	var err error
	if live {
		err = c.countReview(x, -1)
	}
	x.State, x.StateAt, x.Reason = to, c.now, reason
	if live {
		err = errors.Join(err, c.countReview(x, 1))
	}
	return err
}

func (c *change) countReview(x *Shot, delta int64) error {
	if x.State != ShotToReview {
		return nil
	}
	return c.countAll("to_review", delta, x.TitleID)
}

// putShot writes a changed shot with the counters that follow from it.
func (c *change) putShot(x *Shot) error {
	was, err := c.s.r.shots.Get(c.tx, x.ID)
	if err != nil {
		return fmt.Errorf("reading a shot: %w", err)
	}
	x.Updated = c.now
	if err := c.s.r.shots.Put(c.tx, x); err != nil {
		return fmt.Errorf("writing a shot: %w", err)
	}
	return c.reshot(was, x)
}

// shotFor reads a shot that the actor may act on.
func (s *Studio) shotFor(tx store.Txn, by Actor, id string, a Action) (*Shot, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	x, err := found(s.r.shots.Get(tx, id))("shot")
	if err != nil {
		return nil, err
	}
	return x, by.must(a, x.TitleID, "shot")
}

// liveShot is shotFor of a shot that is not deleted.
func (s *Studio) liveShot(tx store.Txn, by Actor, id string, a Action) (*Shot, error) {
	x, err := s.shotFor(tx, by, id, a)
	if err == nil && x.Deleted != nil {
		return nil, unknown("shot")
	}
	return x, err
}

// sceneShots reads the shots of a scene in order.
func (s *Studio) sceneShots(tx store.Txn, sceneID string) ([]*Shot, error) {
	var out []*Shot
	err := s.r.shots.Each(tx, "scene", store.K().ID(sceneID), func(x *Shot) error {
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing a scene's shots: %w", err)
	}
	return out, nil
}

// rows adds titles' names and counts to shots.
func (s *Studio) rows(tx store.Txn, shots []*Shot) ([]ShotRow, error) {
	out := make([]ShotRow, len(shots))
	var keys []store.Key
	names := map[string]string{}
	for i, x := range shots {
		if _, ok := names[x.TitleID]; !ok {
			t, err := found(s.r.titles.Get(tx, x.TitleID))("title")
			if err != nil {
				return nil, err
			}
			names[x.TitleID] = t.Name
		}
		out[i] = ShotRow{Shot: *x, Title: names[x.TitleID]}
		keys = append(keys, countKey(x.ID, "attempts"), countKey(x.ID, "takes"), countKey(x.ID, "notes"))
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading shots' counters: %w", err)
	}
	for i := range out {
		out[i].Attempts, out[i].Takes, out[i].Notes = n[3*i], n[3*i+1], n[3*i+2]
	}
	return out, nil
}

// SceneShots lists the shots of a scene in order.
func (s *Studio) SceneShots(ctx context.Context, by Actor, sceneID string) ([]ShotRow, error) {
	var out []ShotRow
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := s.sceneFor(tx, by, sceneID, ViewTitle); err != nil {
			return err
		}
		shots, err := s.sceneShots(tx, sceneID)
		if err != nil {
			return err
		}
		out, err = s.rows(tx, shots)
		return err
	})
	return out, err
}

// TitleShots lists a title's shots in the order of the script, or those of one
// state with the longest waiting first. A filter without an index of its own is applied page by page.
func (s *Studio) TitleShots(ctx context.Context, by Actor, titleID string, f ShotFilter, p Page) (List[ShotRow], error) {
	if err := by.must(ViewTitle, titleID, "title"); err != nil {
		return List[ShotRow]{}, err
	}
	if f.State != "" && shotMoves(f.State) == nil {
		return List[ShotRow]{}, wrong("state", "没有这个状态", "there is no such state")
	}
	idx, prefix := "title", store.K().ID(titleID)
	if f.State != "" {
		idx, prefix = "state", prefix.Text(string(f.State))
	} else if f.Episode > 0 {
		prefix = prefix.Int(int64(f.Episode))
	}
	var out List[ShotRow]
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		got, err := s.r.shots.List(tx, idx, prefix, p)
		if err != nil {
			return err
		}
		got.Items = slices.DeleteFunc(got.Items, func(x *Shot) bool { return !f.takes(x) })
		out.Next = got.Next
		out.Items, err = s.rows(tx, got.Items)
		if err != nil || f.Episode == 0 {
			return err
		}
		return s.tellLastTakes(tx, out.Items)
	})
	return out, err
}

// tellLastTakes names the newest take of every shot that has one.
func (s *Studio) tellLastTakes(tx store.Txn, rows []ShotRow) error {
	for i := range rows {
		if rows[i].Takes == 0 {
			continue
		}
		err := s.r.takes.Keys(tx, "shot", store.K().ID(rows[i].Shot.ID), func(_ store.Key, id string) error {
			rows[i].LastTake = id
			return nil
		})
		if err != nil {
			return fmt.Errorf("finding the newest take of a shot: %w", err)
		}
	}
	return nil
}

// MyShots lists the shots assigned to the asking person: sent back first, then open ones in the order of the script.
func (s *Studio) MyShots(ctx context.Context, by Actor, p Page) (List[ShotRow], error) {
	if err := by.here(); err != nil {
		return List[ShotRow]{}, err
	}
	var out List[ShotRow]
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		out, err = s.shotsOf(tx, by, p)
		return err
	})
	return out, err
}

func (s *Studio) shotsOf(tx store.Txn, by Actor, p Page) (List[ShotRow], error) {
	got, err := s.r.shots.List(tx, "operator", store.K().ID(by.Person.ID), p)
	if err != nil {
		return List[ShotRow]{}, err
	}
	// Somebody who left a title keeps the assignment, but no longer sees it.
	got.Items = slices.DeleteFunc(got.Items, func(x *Shot) bool { return !by.sees(x.TitleID) })
	rows, err := s.rows(tx, got.Items)
	return List[ShotRow]{Items: rows, Next: got.Next}, err
}

// Shot reads a shot with the text of its scene, its neighbours and who may draw on it.
func (s *Studio) Shot(ctx context.Context, by Actor, id string) (ShotPage, error) {
	var out ShotPage
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.shotFor(tx, by, id, ViewTitle)
		if err != nil {
			return err
		}
		rows, err := s.rows(tx, []*Shot{x})
		if err != nil {
			return err
		}
		scene, err := found(s.r.scenes.Get(tx, x.SceneID))("scene")
		if err != nil {
			return err
		}
		out.ShotRow, out.Lines, out.LineIDs = rows[0], scene.Lines, scene.LineIDs
		if out.Scene, err = s.sceneRow(tx, scene); err != nil {
			return err
		}
		if err := s.beside(tx, x, &out); err != nil {
			return err
		}
		t, err := found(s.r.titles.Get(tx, x.TitleID))("title")
		if err != nil {
			return err
		}
		out.FirstFrame = t.FirstFrame
		if out.People, err = s.members(tx, x.TitleID); err != nil {
			return err
		}
		usual, err := s.usualOf(tx, x.TitleID)
		if err == nil {
			out.Usual = usual(x.Size)
		}
		return err
	})
	return out, err
}

// beside adds to a shot's page what comes before and behind: ids and current picks.
func (s *Studio) beside(tx store.Txn, x *Shot, out *ShotPage) error {
	before, behind, err := s.neighbours(tx, x)
	if err != nil {
		return err
	}
	if before != nil {
		out.Previous = before.ID
	}
	if behind != nil {
		out.Next = behind.ID
	}
	picks, err := s.pickedTakes(tx, []*Shot{before, behind})
	if err != nil {
		return err
	}
	out.PreviousPick, out.NextPick = picks[0], picks[1]
	return nil
}

// neighbours are the shots before and behind in the order of the title; nil at its ends.
func (s *Studio) neighbours(tx store.Txn, x *Shot) (before, behind *Shot, err error) {
	at := store.K().ID(x.TitleID).Int(int64(x.Episode)).Int(x.SceneAt).Int(x.Order)
	prev, err := s.r.shots.ListRange(tx, "title", store.K().ID(x.TitleID), at, Page{Limit: 1, Reverse: true})
	if err != nil {
		return nil, nil, err
	}
	next, err := s.r.shots.ListRange(tx, "title", at, store.K().ID(x.TitleID).Int(1<<62), Page{Limit: 2})
	if err != nil {
		return nil, nil, err
	}
	if len(prev.Items) > 0 {
		before = prev.Items[0]
	}
	for _, n := range next.Items {
		if n.ID != x.ID {
			behind = n
			break
		}
	}
	return before, behind, nil
}
