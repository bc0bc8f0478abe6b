package studio

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chouka/server/studio/script"
	"chouka/store"
)

// Episode is one part of a title.
type Episode struct {
	store.Meta
	TitleID  string        `json:"title_id"`
	Number   int           `json:"number"`
	Name     string        `json:"name"`
	Label    string        `json:"label"` // as the writer wrote it
	Front    []script.Line `json:"front,omitempty"`
	Archived bool          `json:"archived"` // no longer in the current script
	Locked   bool          `json:"locked"`   // no import changes it
}

// Scene is one scene of an episode with its lines as written.
type Scene struct {
	store.Meta
	TitleID   string `json:"title_id"`
	EpisodeID string `json:"episode_id"`
	Episode   int    `json:"episode"` // the episode's number
	Order     int64  `json:"order"`
	Label     string `json:"label"` // as written: 1-1, 3A, +场; never changed unasked
	Code      string `json:"code"`  // for shot labels: 01, 03A; never changed
	// CodeEpisode is the episode's number in shot labels: that of where the scene first stood.
	CodeEpisode int           `json:"code_episode"`
	Heading     string        `json:"heading"`
	Place       string        `json:"place"`
	Time        string        `json:"time"`
	Interior    string        `json:"interior"`
	Cast        []string      `json:"cast"`
	Lines       []script.Line `json:"lines"`
	LineIDs     []string      `json:"line_ids"`            // of Lines, in their order; a line keeps its id while it is the same or an edited one
	Elements    []string      `json:"elements"`            // ids of what it needs: found in the text, or added by hand
	Speeches    []int64       `json:"speeches"`            // of each of Elements, in their order
	Added       []string      `json:"added"`               // elements that somebody added by hand
	Dropped     []string      `json:"dropped"`             // names, after their kind, that somebody took off by hand
	ScriptID    string        `json:"script_id,omitempty"` // the version that the lines are from
	Archived    bool          `json:"archived"`
}

// SceneRow is a scene in the outline: its head and its counts, no lines.
type SceneRow struct {
	ID       string   `json:"id"`
	Rev      int64    `json:"rev"`
	Label    string   `json:"label"`
	Code     string   `json:"code"`
	Heading  string   `json:"heading"`
	Place    string   `json:"place"`
	Time     string   `json:"time"`
	Interior string   `json:"interior"`
	Cast     []string `json:"cast"`
	Archived bool     `json:"archived"`
	Shots    int64    `json:"shots"`
	Picked   int64    `json:"picked"`
}

// EpisodeRow is an episode in the outline with its scenes in order.
type EpisodeRow struct {
	Episode Episode    `json:"episode"`
	Scenes  []SceneRow `json:"scenes"`
}

// EpisodeIn adds an episode by hand; Number 0 takes the next one.
type EpisodeIn struct {
	Number int    `json:"number,omitempty"`
	Name   string `json:"name,omitempty"`
}

// SceneIn adds a scene by hand; an empty label takes the next number.
type SceneIn struct {
	Label    string `json:"label,omitempty"`
	Place    string `json:"place,omitempty"`
	Time     string `json:"time,omitempty"`
	Interior string `json:"interior,omitempty"`
}

// Outline lists a title's episodes with their scenes in order.
func (s *Studio) Outline(ctx context.Context, by Actor, titleID string) ([]EpisodeRow, error) {
	if err := by.must(ViewTitle, titleID, "title"); err != nil {
		return nil, err
	}
	out := []EpisodeRow{}
	err := s.view(ctx, func(tx store.Txn) error {
		if _, err := found(s.r.titles.Get(tx, titleID))("title"); err != nil {
			return err
		}
		at := map[string]int{}
		err := s.r.episodes.Each(tx, "number", store.K().ID(titleID), func(e *Episode) error {
			at[e.ID] = len(out)
			out = append(out, EpisodeRow{Episode: *e, Scenes: []SceneRow{}})
			return nil
		})
		if err != nil {
			return err
		}
		return s.r.scenes.Each(tx, "order", store.K().ID(titleID), func(x *Scene) error {
			row, err := s.sceneRow(tx, x)
			if i, ok := at[x.EpisodeID]; ok {
				out[i].Scenes = append(out[i].Scenes, row)
			}
			return err
		})
	})
	return out, err
}

func (s *Studio) sceneRow(tx store.Txn, x *Scene) (SceneRow, error) {
	n, err := s.r.counts.Values(tx, []store.Key{countKey(x.ID, "shots"), countKey(x.ID, "picked")})
	if err != nil {
		return SceneRow{}, fmt.Errorf("reading a scene's counters: %w", err)
	}
	return SceneRow{ID: x.ID, Rev: x.Rev, Label: x.Label, Code: x.Code, Heading: x.Heading, Place: x.Place, Time: x.Time,
		Interior: x.Interior, Cast: x.Cast, Archived: x.Archived, Shots: n[0], Picked: n[1]}, nil
}

// Scene reads one scene with its lines.
func (s *Studio) Scene(ctx context.Context, by Actor, id string) (Scene, error) {
	var out Scene
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.sceneFor(tx, by, id, ViewTitle)
		if err == nil {
			out = *x
		}
		return err
	})
	return out, err
}

func (s *Studio) sceneFor(tx store.Txn, by Actor, id string, a Action) (*Scene, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	x, err := found(s.r.scenes.Get(tx, id))("scene")
	if err != nil {
		return nil, err
	}
	return x, by.must(a, x.TitleID, "scene")
}

// AddEpisode adds an episode by hand, for titles whose script is not here yet.
func (s *Studio) AddEpisode(ctx context.Context, by Actor, titleID string, in EpisodeIn) (Episode, error) {
	if err := by.must(EditShots, titleID, "title"); err != nil {
		return Episode{}, err
	}
	return create(ctx, s, by, func(c *change) (Episode, error) {
		in := in // may run again
		if _, err := found(s.r.titles.Get(c.tx, titleID))("title"); err != nil {
			return Episode{}, err
		}
		if in.Number < 0 || in.Number > 9999 {
			return Episode{}, wrong("number", "集数请填 1 到 9999", "an episode's number is 1 to 9999")
		}
		if in.Number == 0 {
			last, err := s.r.episodes.List(c.tx, "number", store.K().ID(titleID), Page{Limit: 1, Reverse: true})
			if err != nil {
				return Episode{}, err
			}
			in.Number = 1
			if len(last.Items) == 1 {
				in.Number = last.Items[0].Number + 1
			}
		}
		e := Episode{TitleID: titleID, Number: in.Number}
		var x setter
		x.line("name", &e.Name, &in.Name)
		if x.err != nil {
			return Episode{}, x.err
		}
		err := c.addEpisode(&e)
		if errors.Is(err, store.ErrTaken) {
			return Episode{}, conflict("episode.number", "这一集已经有了", "this episode exists already")
		}
		if err != nil {
			return Episode{}, err
		}
		return e, c.note(event{Verb: "episode.added", Kind: "episode", Object: e.ID, TitleID: titleID, Params: map[string]string{"label": fmt.Sprintf("E%02d", e.Number)}})
	})
}

func (c *change) addEpisode(e *Episode) error {
	e.Meta = c.meta()
	if err := c.s.r.episodes.Insert(c.tx, e); err != nil {
		return fmt.Errorf("adding an episode: %w", err)
	}
	return c.countAll("episodes", 1, e.TitleID)
}

// AddScene adds a scene by hand at the end of an episode.
func (s *Studio) AddScene(ctx context.Context, by Actor, episodeID string, in SceneIn) (Scene, error) {
	return create(ctx, s, by, func(c *change) (Scene, error) {
		e, err := found(s.r.episodes.Get(c.tx, episodeID))("episode")
		if err != nil {
			return Scene{}, err
		}
		if err := by.must(EditShots, e.TitleID, "episode"); err != nil {
			return Scene{}, err
		}
		x := Scene{TitleID: e.TitleID, EpisodeID: e.ID, Episode: e.Number, Cast: []string{}, Lines: []script.Line{}, LineIDs: []string{}}
		var set setter
		set.line("label", &x.Label, &in.Label)
		set.line("place", &x.Place, &in.Place)
		set.line("time", &x.Time, &in.Time)
		set.line("interior", &x.Interior, &in.Interior)
		if set.err != nil {
			return Scene{}, set.err
		}
		codes, err := c.sceneCodes(e.TitleID, e.Number)
		if err != nil {
			return Scene{}, err
		}
		n := 0
		err = s.r.scenes.Each(c.tx, "order", store.K().ID(e.TitleID).Int(int64(e.Number)), func(o *Scene) error {
			x.Order, n = o.Order, n+1
			return nil
		})
		if err != nil {
			return Scene{}, err
		}
		x.Order += orderStep
		if x.Label == "" {
			x.Label = fmt.Sprintf("%d-%d", e.Number, n+1)
		}
		x.Heading = strings.Join(strings.Fields(strings.Join([]string{x.Label, x.Time, x.Interior, x.Place}, " ")), " ")
		x.Code = sceneCode(x.Label, n+1, codes)
		if err := c.addScene(&x); err != nil {
			return Scene{}, err
		}
		return x, c.note(event{Verb: "scene.added", Kind: "scene", Object: x.ID, TitleID: x.TitleID, Params: map[string]string{"label": x.Label}})
	})
}

func (c *change) addScene(x *Scene) error {
	// A scene that stands in another episode by now keeps its code here.
	taken, err := c.sceneCodes(x.TitleID, x.Episode)
	if err != nil {
		return err
	}
	x.Meta, x.CodeEpisode, x.Code = c.meta(), x.Episode, freeCode(x.Code, taken)
	if err := c.breakDown(x); err != nil {
		return err
	}
	if err := c.s.r.scenes.Insert(c.tx, x); err != nil {
		return fmt.Errorf("adding a scene: %w", err)
	}
	return c.countAll("scenes", 1, x.TitleID)
}

// orderStep leaves room between neighbours, so that putting one between two others moves nothing.
const orderStep = 1 << 20

// sceneCode makes the scene's part of shot labels out of the writer's own
// label: 1-1 gives 01, 3A gives 03A, 第十二场 gives 12. A label without a number
// takes its place in the episode; a code that is taken gets a letter behind.
func sceneCode(label string, place int, taken map[string]bool) string {
	folded := script.Fold(label)
	if i := strings.LastIndexAny(folded, "-.—"); i >= 0 {
		folded = folded[i+1:]
	}
	folded = strings.Trim(strings.NewReplacer("第", "", "场", "", "景", "", "次", "", "+", "").Replace(folded), " ")
	stem := strings.TrimRight(folded, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	n, ok := script.Numeral(stem)
	code := fmt.Sprintf("%02d%s", n, strings.ToUpper(folded[len(stem):]))
	if !ok || len(code) > 8 {
		code = fmt.Sprintf("%02d", place)
	}
	out := freeCode(code, taken)
	taken[out] = true
	return out
}

func freeCode(code string, taken map[string]bool) string {
	out := code
	for i := 0; taken[out]; i++ {
		out = fmt.Sprintf("%sX%d", code, i+1)
	}
	return out
}
