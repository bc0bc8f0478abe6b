package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/store"
)

// ShotIn adds a shot behind After (a shot id; empty: at the end). An empty number takes the next.
type ShotIn struct {
	After     string   `json:"after,omitempty"`
	Number    string   `json:"number,omitempty"`
	Operators []string `json:"operators,omitempty"`
	ShotText
}

// ShotEdit changes a shot; nil leaves a field as it is.
type ShotEdit struct {
	Number       *string   `json:"number,omitempty"`
	Size         *string   `json:"size,omitempty"`
	Camera       *string   `json:"camera,omitempty"`
	Description  *string   `json:"description,omitempty"`
	Dialogue     *string   `json:"dialogue,omitempty"`
	Sound        *string   `json:"sound,omitempty"`
	Prompt       *string   `json:"prompt,omitempty"`
	Characters   *string   `json:"characters,omitempty"`
	Note         *string   `json:"note,omitempty"`
	Milliseconds *int64    `json:"milliseconds,omitempty"`
	Operators    *[]string `json:"operators,omitempty"`
}

// SplitIn says where a shot is cut in two: the texts of both halves.
type SplitIn struct {
	First  ShotText `json:"first"`
	Second ShotText `json:"second"`
}

// StateIn moves a shot by hand: lock, unlock, send back (with a reason).
type StateIn struct {
	To     ShotState `json:"to" enum:"todo,drawing,to_review,picked,locked,rework"`
	Reason string    `json:"reason,omitempty"`
}

// AssignIn gives shots to operators, replacing who had them.
type AssignIn struct {
	Shots     []string `json:"shots"`
	Operators []string `json:"operators"`
}

// maxShots bounds a scene; more is a paste gone wrong.
const maxShots = 1000

// AddShot adds a shot to a scene.
func (s *Studio) AddShot(ctx context.Context, by Actor, sceneID string, in ShotIn) (Shot, error) {
	return create(ctx, s, by, func(c *change) (Shot, error) {
		scene, err := s.sceneFor(c.tx, by, sceneID, EditShots)
		if err != nil {
			return Shot{}, err
		}
		shots, err := s.sceneShots(c.tx, sceneID)
		if err != nil {
			return Shot{}, err
		}
		x := Shot{ShotText: in.ShotText, Number: in.Number, Operators: in.Operators}
		if err := c.addShot(scene, &x, shots, in.After); err != nil {
			return Shot{}, err
		}
		return x, c.note(event{Verb: "shot.added", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	})
}

// addShot checks and inserts a new shot behind the shot after, or at the end.
func (c *change) addShot(scene *Scene, x *Shot, shots []*Shot, after string) error {
	at := len(shots)
	if after != "" {
		if at = slices.IndexFunc(shots, func(o *Shot) bool { return o.ID == after }) + 1; at == 0 {
			return unknown("shot")
		}
	}
	return c.addShotAt(scene, x, shots, at)
}

// addShotAt is addShot for a place among the scene's shots.
func (c *change) addShotAt(scene *Scene, x *Shot, shots []*Shot, at int) error {
	if len(shots) >= maxShots {
		return conflict("shot.many", "一场最多 1000 个镜头", "a scene has at most 1,000 shots")
	}
	if err := cleanShotText(&x.ShotText); err != nil {
		return err
	}
	var set setter
	set.line("number", &x.Number, &x.Number)
	if set.err != nil {
		return set.err
	}
	var err error
	if x.Operators, err = c.operators(scene.TitleID, x.Operators); err != nil {
		return err
	}
	if x.Order, err = c.room(shots, at); err != nil {
		return err
	}
	if err := nameShot(x, scene, shots, at); err != nil {
		return err
	}
	x.Meta, x.TitleID, x.EpisodeID, x.SceneID = c.meta(), scene.TitleID, scene.EpisodeID, scene.ID
	x.Episode, x.SceneAt, x.State, x.StateAt = scene.Episode, scene.Order, ShotTodo, c.now
	if x.Lines == nil {
		x.Lines = []string{}
	}
	if x.Cast == nil {
		x.Cast = []string{}
	}
	if err := c.s.r.shots.Insert(c.tx, x); err != nil {
		return fmt.Errorf("adding a shot: %w", err)
	}
	return c.countAll("shots", 1, x.TitleID, x.EpisodeID, x.SceneID)
}

// room finds an order between two neighbours, spreading the scene's shots anew where none is left.
func (c *change) room(shots []*Shot, at int) (int64, error) {
	before := int64(0)
	if at > 0 {
		before = shots[at-1].Order
	}
	if at == len(shots) {
		return before + orderStep, nil
	}
	if gap := shots[at].Order - before; gap > 1 {
		return before + gap/2, nil
	}
	for i, x := range shots {
		x.Order = int64(i+1) * orderStep
		if i >= at {
			x.Order += orderStep
		}
		if err := c.putShot(x); err != nil {
			return 0, err
		}
	}
	return int64(at+1) * orderStep, nil
}

// nameShot gives a shot its number and label. At the end it takes the next
// number; between two it takes the one before with a letter behind: 014A.
func nameShot(x *Shot, scene *Scene, shots []*Shot, at int) error {
	taken := map[string]bool{}
	highest := 0
	for _, o := range shots {
		taken[o.Number] = true
		if n, _ := numberOf(o.Number); n > highest {
			highest = n
		}
	}
	switch {
	case x.Number == "" && at == len(shots):
		x.Number = fmt.Sprintf("%03d", highest+1)
	case x.Number == "":
		stem := "000"
		if at > 0 {
			stem = shots[at-1].Number
		}
		x.Number = between(stem, taken)
	case taken[padNumber(x.Number)]:
		return wrong("number", "这一场已经有这个镜号", "this scene has a shot of this number already")
	}
	x.Number = padNumber(x.Number)
	x.Label = fmt.Sprintf("E%02d-S%s-%s", scene.CodeEpisode, scene.Code, x.Number)
	return nil
}

// numberOf splits 014A into 14 and A.
func numberOf(number string) (int, string) {
	stem := strings.TrimLeft(number, "0123456789")
	n, err := strconv.Atoi(number[:len(number)-len(stem)])
	if err != nil {
		return 0, number
	}
	return n, stem
}

// padNumber writes plain numbers with three digits, so that they sort; anything else stays as the crew wrote it.
func padNumber(number string) string {
	if n, rest := numberOf(number); n > 0 && n < 100000 && len(rest) <= 2 {
		return fmt.Sprintf("%03d%s", n, rest)
	}
	return number
}

func between(stem string, taken map[string]bool) string {
	for l := 'A'; l <= 'Z'; l++ {
		if out := stem + string(l); !taken[out] {
			return out
		}
	}
	for n := 1; ; n++ {
		if out := fmt.Sprintf("%s-%d", stem, n); !taken[out] {
			return out
		}
	}
}

func cleanShotText(t *ShotText) error {
	var x setter
	x.line("size", &t.Size, &t.Size)
	x.line("camera", &t.Camera, &t.Camera)
	x.line("characters", &t.Characters, &t.Characters)
	x.prose("description", &t.Description, &t.Description)
	x.prose("dialogue", &t.Dialogue, &t.Dialogue)
	x.prose("sound", &t.Sound, &t.Sound)
	x.prose("prompt", &t.Prompt, &t.Prompt)
	x.prose("note", &t.Note, &t.Note)
	if x.err == nil && (t.Milliseconds < 0 || t.Milliseconds > int64(time.Hour/time.Millisecond)) {
		return wrong("milliseconds", "时长请填 0 到 1 小时", "a length is 0 to 1 hour")
	}
	return x.err
}

// operators checks that everybody assigned may draw on the title.
func (c *change) operators(titleID string, ids []string) ([]string, error) {
	out := []string{}
	if len(ids) > 50 {
		return nil, wrong("operators", "一个镜头最多指派 50 人", "a shot has at most 50 operators")
	}
	for _, id := range ids {
		if slices.Contains(out, id) {
			continue
		}
		a := Actor{}
		if err := c.s.loadActor(c.tx, &a, id); err != nil {
			return nil, err
		}
		if !a.Can(LogAttempt, titleID) {
			return nil, wrong("operators", "只能指派能在这部剧抽卡的成员", "only people who may draw on this title can be assigned")
		}
		out = append(out, id)
	}
	return out, nil
}

// EditShot changes a shot's texts, number or operators.
func (s *Studio) EditShot(ctx context.Context, by Actor, id string, rev int64, in ShotEdit) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		if err := base(x.Rev, rev); err != nil {
			return err
		}
		if err := c.applyShot(x, in); err != nil {
			return err
		}
		if err := c.putShot(x); err != nil {
			return err
		}
		out = *x
		return c.note(event{Verb: "shot.edited", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	})
	return out, err
}

func (c *change) applyShot(x *Shot, in ShotEdit) error {
	for to, from := range map[*string]*string{&x.Size: in.Size, &x.Camera: in.Camera, &x.Description: in.Description, &x.Dialogue: in.Dialogue,
		&x.Sound: in.Sound, &x.Prompt: in.Prompt, &x.Characters: in.Characters, &x.Note: in.Note} {
		if from != nil {
			*to = *from
		}
	}
	if in.Milliseconds != nil {
		x.Milliseconds = *in.Milliseconds
	}
	if err := cleanShotText(&x.ShotText); err != nil {
		return err
	}
	if in.Operators != nil {
		var err error
		if x.Operators, err = c.operators(x.TitleID, *in.Operators); err != nil {
			return err
		}
	}
	if in.Number == nil || *in.Number == x.Number {
		return nil
	}
	return c.renumber(x, *in.Number)
}

func (c *change) renumber(x *Shot, number string) error {
	number, err := needed("number", number)
	if err != nil {
		return err
	}
	scene, err := found(c.s.r.scenes.Get(c.tx, x.SceneID))("scene")
	if err != nil {
		return err
	}
	shots, err := c.s.sceneShots(c.tx, x.SceneID)
	if err != nil {
		return err
	}
	shots = slices.DeleteFunc(shots, func(o *Shot) bool { return o.ID == x.ID })
	x.Number = number
	return nameShot(x, scene, shots, len(shots))
}

// OrderShots puts the shots of a scene in a new order. It must name all of
// them: when one came or went meanwhile, the call is refused. Numbers stay.
func (s *Studio) OrderShots(ctx context.Context, by Actor, sceneID string, ids []string) ([]Shot, error) {
	var out []Shot
	err := s.update(ctx, by, func(c *change) error {
		scene, err := s.sceneFor(c.tx, by, sceneID, EditShots)
		if err != nil {
			return err
		}
		shots, err := s.sceneShots(c.tx, sceneID)
		if err != nil {
			return err
		}
		out = []Shot{}
		changed := conflict("shot.order", "这一场的镜头刚有增减，请刷新后再排", "the scene's shots changed meanwhile; look again and reorder")
		if len(ids) != len(shots) {
			return changed
		}
		for i, id := range ids {
			at := slices.IndexFunc(shots, func(o *Shot) bool { return o.ID == id })
			if at < 0 || slices.Contains(ids[:i], id) {
				return changed
			}
			if order := int64(i+1) * orderStep; shots[at].Order != order {
				shots[at].Order = order
				if err := c.putShot(shots[at]); err != nil {
					return err
				}
			}
			out = append(out, *shots[at])
		}
		return c.note(event{Verb: "scene.ordered", Kind: "scene", Object: sceneID, TitleID: scene.TitleID, Params: map[string]string{"label": scene.Label}})
	})
	return out, err
}

// SplitShot cuts a shot in two. Attempts, takes and the pick stay with the first half.
func (s *Studio) SplitShot(ctx context.Context, by Actor, id string, in SplitIn) ([]Shot, error) {
	return create(ctx, s, by, func(c *change) ([]Shot, error) {
		x, err := s.liveShot(c.tx, by, id, EditShots)
		if err != nil {
			return nil, err
		}
		scene, err := found(s.r.scenes.Get(c.tx, x.SceneID))("scene")
		if err != nil {
			return nil, err
		}
		x.ShotText = in.First
		if err := cleanShotText(&x.ShotText); err != nil {
			return nil, err
		}
		if err := c.putShot(x); err != nil {
			return nil, err
		}
		shots, err := s.sceneShots(c.tx, x.SceneID)
		if err != nil {
			return nil, err
		}
		second := Shot{ShotText: in.Second, Operators: x.Operators, Cast: slices.Clone(x.Cast)}
		at := slices.IndexFunc(shots, func(o *Shot) bool { return o.ID == id }) + 1
		taken := map[string]bool{}
		for _, o := range shots {
			taken[o.Number] = true
		}
		second.Number = between(shots[at-1].Number, taken)
		if err := c.addShot(scene, &second, shots, id); err != nil {
			return nil, err
		}
		x = shots[at-1] // making room may have moved it
		return []Shot{*x, second}, c.note(event{Verb: "shot.split", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID,
			Params: map[string]string{"label": x.Label, "other": second.Label}})
	})
}

// DeleteShot takes a shot out of every list. Nothing of its work is lost: RestoreShot brings all of it back.
func (s *Studio) DeleteShot(ctx context.Context, by Actor, id string, rev int64) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		if err := base(x.Rev, rev); err != nil {
			return err
		}
		if x.State == ShotLocked {
			return lockedShot()
		}
		gone := c.now
		x.Deleted = &gone
		if err := c.countShot(x, -1); err != nil {
			return err
		}
		out = *x
		return nil
	})
	return out, err
}

func lockedShot() error {
	return conflict("shot.locked", "镜头已锁定，请先解锁", "the shot is locked; unlock it first")
}

// RestoreShot undoes DeleteShot. A number that was taken meanwhile gets a letter.
func (s *Studio) RestoreShot(ctx context.Context, by Actor, id string) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.shotFor(c.tx, by, id, EditShots)
		if err != nil {
			return err
		}
		if x.Deleted == nil {
			out = *x
			return nil
		}
		shots, err := s.sceneShots(c.tx, x.SceneID)
		if err != nil {
			return err
		}
		scene, err := found(s.r.scenes.Get(c.tx, x.SceneID))("scene")
		if err != nil {
			return err
		}
		taken := map[string]bool{}
		for _, o := range shots {
			taken[o.Number] = true
		}
		if taken[x.Number] {
			x.Number = between(x.Number, taken)
		}
		if err := nameShot(x, scene, nil, 0); err != nil {
			return err
		}
		// Somebody may have been given its place meanwhile: it comes right behind.
		if at := slices.IndexFunc(shots, func(o *Shot) bool { return o.Order == x.Order }); at >= 0 {
			if x.Order, err = c.room(shots, at+1); err != nil {
				return err
			}
		}
		x.Deleted, x.EpisodeID, x.Episode, x.SceneAt = nil, scene.EpisodeID, scene.Episode, scene.Order
		if err := c.countShot(x, 1); err != nil {
			return err
		}
		out = *x
		return nil
	})
	return out, err
}

// countShot writes a shot that came or went, with the counters it is part of.
func (c *change) countShot(x *Shot, delta int64) error {
	err := errors.Join(c.countAll("shots", delta, x.TitleID, x.EpisodeID, x.SceneID), c.countReview(x, delta))
	if x.Pick != nil {
		err = errors.Join(err, c.countAll(countPicked, delta, x.SceneID))
	}
	if err != nil {
		return err
	}
	if err := c.putShot(x); err != nil {
		return err
	}
	verb := "shot.deleted"
	if delta > 0 {
		verb = "shot.restored"
	}
	return c.note(event{Verb: verb, Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
}

// AssignShots gives shots to operators, all or none.
func (s *Studio) AssignShots(ctx context.Context, by Actor, in AssignIn) ([]Shot, error) {
	if len(in.Shots) == 0 || len(in.Shots) > store.MaxPage {
		return nil, wrong("shots", "一次请选 1 到 500 个镜头", "choose 1 to 500 shots at once")
	}
	var out []Shot
	err := s.update(ctx, by, func(c *change) error {
		out = []Shot{}
		for _, id := range in.Shots {
			x, err := s.liveShot(c.tx, by, id, EditShots)
			if err != nil {
				return err
			}
			if x.Operators, err = c.operators(x.TitleID, in.Operators); err != nil {
				return err
			}
			if err := c.putShot(x); err != nil {
				return err
			}
			if err := c.note(event{Verb: "shot.assigned", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}}); err != nil {
				return err
			}
			out = append(out, *x)
		}
		return nil
	})
	return out, err
}
