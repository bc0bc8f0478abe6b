package studio

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"chouka/store"
)

// QueueRow is a shot that waits for a pick, with what a list of ten thousand shows of it; the title is the one that was
// asked for.
type QueueRow struct {
	ShotID    string    `json:"shot_id"`
	Label     string    `json:"label"`
	Episode   int       `json:"episode"`
	SceneID   string    `json:"scene_id"`
	Since     time.Time `json:"since"` // when it began to wait, to the second
	Operators []string  `json:"operators"`
	Attempts  int64     `json:"attempts"`
	Takes     int64     `json:"takes"`
	Unseen    int64     `json:"unseen"` // takes nobody has looked at
	Usual     *Usual    `json:"usual,omitempty"`
}

// QueueFilter narrows a title's queue. Zero fields do not narrow.
type QueueFilter struct {
	Episode  int    `json:"episode,omitempty"`  // number
	Scene    string `json:"scene,omitempty"`    // id
	Operator string `json:"operator,omitempty"` // person id: shots assigned to them
	Hours    int    `json:"hours,omitempty"`    // waiting for at least so long
	Order    string `json:"order,omitempty" enum:",age,script"`
}

// The orders of the queue.
const (
	byAge    = "age"    // the longest waiting first; the usual one
	byScript = "script" // as in the script
)

// maxHours bounds how long a filter asks a shot to have waited: some eleven years.
const maxHours = 100_000

// ReviewQueue lists the shots of a title that wait for a pick, the longest waiting first or in the order of the script.
// Pages are full whatever the filter leaves out.
func (s *Studio) ReviewQueue(ctx context.Context, by Actor, titleID string, f QueueFilter, p Page) (List[QueueRow], error) {
	if err := by.must(ViewTitle, titleID, "title"); err != nil {
		return List[QueueRow]{}, err
	}
	var out List[QueueRow]
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		if err := s.checkFilter(tx, titleID, f); err != nil {
			return err
		}
		got, err := s.waitingShots(tx, titleID, f, p)
		if err != nil {
			return err
		}
		out.Next = got.Next
		out.Items, err = s.queueRows(tx, titleID, got.Items)
		return err
	})
	return out, err
}

// checkFilter refuses a filter that cannot be meant. Without a title it has to fit every title, so it names no scene.
func (s *Studio) checkFilter(tx store.Txn, titleID string, f QueueFilter) error {
	switch {
	case f.Episode < 0 || f.Episode > 9999:
		return wrong("episode", "集数请填 1 到 9999", "an episode's number is 1 to 9999")
	case f.Hours < 0 || f.Hours > maxHours:
		return wrong("hours", "等待时长请填 0 到 100000 小时", "the hours of waiting are 0 to 100,000")
	case f.Order != "" && f.Order != byAge && f.Order != byScript:
		return wrong("order", "排序只有按等待时长和按剧本两种", "the order is age or script")
	}
	if _, err := line("operator", f.Operator); err != nil || f.Scene == "" {
		return err
	}
	x, err := found(s.r.scenes.Get(tx, f.Scene))("scene")
	if err == nil && x.TitleID != titleID {
		return unknown("scene")
	}
	return err
}

// stretch is a part of one index of the shots: from a key up to another.
type stretch struct {
	index    string
	from, to store.Key
}

func stretchOf(index string, prefix store.Key) stretch {
	return stretch{index, prefix, prefix.Int(1 << 62)}
}

// queueStretches are the parts of indexes that a shot has to lie in, all of them. The first gives the order; the narrowest
// one is it where more than one would do.
func queueStretches(titleID string, f QueueFilter, now time.Time) []stretch {
	waiting := stretchOf("state", store.K().ID(titleID).Text(string(ShotToReview)))
	if f.Hours > 0 {
		waiting.to = waiting.from.Time(now.Add(1 - time.Duration(f.Hours)*time.Hour)) // waiting since then, or longer
	}
	var others []stretch
	if f.Operator != "" {
		others = append(others, stretchOf("operator", store.K().ID(f.Operator).Byte(urgency(ShotToReview)).ID(titleID)))
	}
	if f.Scene != "" {
		others = append(others, stretchOf("scene", store.K().ID(f.Scene)))
	}
	if f.Episode > 0 {
		others = append(others, stretchOf("title", store.K().ID(titleID).Int(int64(f.Episode))))
	}
	if f.Order != byScript {
		return append([]stretch{waiting}, others...)
	}
	if len(others) == 0 {
		others = []stretch{stretchOf("title", store.K().ID(titleID))}
	}
	return append(others, waiting)
}

// waitingShots walks over one index and looks the shots up in the others; only the shots of the page are read.
func (s *Studio) waitingShots(tx store.Txn, titleID string, f QueueFilter, p Page) (store.List[Shot], error) {
	stretches := queueStretches(titleID, f, s.now())
	var within []map[string]bool
	for _, x := range stretches[1:] {
		ids, err := s.shotsWithin(tx, x)
		if err != nil {
			return store.List[Shot]{}, err
		}
		within = append(within, ids)
	}
	keep := func(id string) bool {
		for _, ids := range within {
			if !ids[id] {
				return false
			}
		}
		return true
	}
	p.Reverse = false
	return s.r.shots.ListWhere(tx, stretches[0].index, stretches[0].from, stretches[0].to, keep, p)
}

// shotsWithin are the ids of the shots in a stretch, without reading the shots.
func (s *Studio) shotsWithin(tx store.Txn, x stretch) (map[string]bool, error) {
	out := map[string]bool{}
	err := s.r.shots.Keys(tx, x.index, x.from, func(key store.Key, id string) error {
		if bytes.Compare(key, x.to) >= 0 {
			return store.ErrStop
		}
		out[id] = true
		return nil
	})
	return out, err
}

func (s *Studio) queueRows(tx store.Txn, titleID string, shots []*Shot) ([]QueueRow, error) {
	out := make([]QueueRow, len(shots))
	usual, err := s.usualOf(tx, titleID)
	if err != nil {
		return nil, err
	}
	var keys []store.Key
	for i, x := range shots {
		out[i] = QueueRow{ShotID: x.ID, Label: x.Label, Episode: x.Episode, SceneID: x.SceneID,
			Since: x.StateAt.Truncate(time.Second), Operators: x.Operators, Usual: usual(x.Size)}
		keys = append(keys, countKey(x.ID, countAttempts), countKey(x.ID, countTakes), countKey(x.ID, countSeen))
	}
	n, err := s.r.counts.Values(tx, keys)
	if err != nil {
		return nil, fmt.Errorf("reading the counters of a queue: %w", err)
	}
	for i := range out {
		v := n[3*i:]
		out[i].Attempts, out[i].Takes, out[i].Unseen = v[0], v[1], max(v[1]-v[2], 0)
	}
	return out, nil
}

// Queues lists the titles on which shots wait for the actor's pick, newest title first. A page goes over so many
// titles as its limit says; those without a queue are left out of it.
func (s *Studio) Queues(ctx context.Context, by Actor, p Page) (List[Queue], error) {
	if err := by.here(); err != nil {
		return List[Queue]{}, err
	}
	var out List[Queue]
	err := s.view(ctx, func(tx store.Txn) error {
		titles, err := s.titlesOf(tx, by, p)
		if err != nil {
			return err
		}
		boards, err := s.boards(tx, by, titles.Items)
		if err != nil {
			return err
		}
		out.Next = titles.Next
		out.Items, err = s.queues(tx, by, boards)
		return err
	})
	return out, err
}
