package studio

import (
	"fmt"
	"slices"
	"strings"

	"chouka/server/studio/script"
	"chouka/store"
)

// placer finds the scenes that a table speaks of, among those that are there and those that it makes.
type placer struct {
	titleID  string
	episodes map[int]*Episode
	scenes   map[int][]*tableScene // by the episode's number
	byID     map[string]*tableScene
	only     int // the number of the title's only episode; 0 when there are more, or none
	fallback int // the episode for rows without one
	made     []int
	changes  bool // whether new scenes and episodes may be made
	met      map[[3]string]*tableScene
}

// tableScene is a scene that a table speaks of. A new one has no id yet.
type tableScene struct {
	*Scene
	key     string // its label as it is compared
	locked  bool
	shots   []*Shot // as the scene has them, read when first needed
	read    bool
	numbers map[string]*Shot // by number, as written and folded
	used    map[string]bool  // shots and new numbers that a row of the table took
	rows    []*tableShot
}

func (s *Studio) newPlacer(tx store.Txn, titleID string, choice TableChoice) (*placer, error) {
	p := &placer{titleID: titleID, episodes: map[int]*Episode{}, scenes: map[int][]*tableScene{}, byID: map[string]*tableScene{}, met: map[[3]string]*tableScene{}}
	live := 0
	err := s.r.episodes.Each(tx, "number", store.K().ID(titleID), func(e *Episode) error {
		p.episodes[e.Number] = e
		if !e.Archived {
			p.only, live = e.Number, live+1
		}
		if e.ID == choice.EpisodeID && choice.EpisodeID != "" {
			p.fallback = e.Number
		}
		return nil
	})
	if err == nil {
		err = s.r.scenes.Each(tx, "order", store.K().ID(titleID), func(x *Scene) error {
			p.add(x)
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("reading the outline: %w", err)
	}
	if live != 1 {
		p.only = 0
	}
	if choice.EpisodeID != "" && p.fallback == 0 {
		return nil, unknown("episode")
	}
	if choice.SceneID != "" && p.byID[choice.SceneID] == nil {
		return nil, unknown("scene")
	}
	return p, nil
}

func (p *placer) add(x *Scene) *tableScene {
	t := &tableScene{Scene: x, key: sceneKeyOf(x.Label), used: map[string]bool{}}
	if e := p.episodes[x.Episode]; e != nil {
		t.locked = e.Locked
	}
	p.scenes[x.Episode] = append(p.scenes[x.Episode], t)
	if x.ID != "" {
		p.byID[x.ID] = t
	}
	return t
}

// misplaced says why a row has no place, and in which column the reason stands.
type misplaced struct {
	field, code string
	Text
}

func noPlace(field, code, zh, en string) *misplaced {
	return &misplaced{field: field, code: code, Text: Text{ZH: zh, EN: en}}
}

// find gives the scene that a row names. An empty label is the scene that was chosen for such rows.
func (p *placer) find(episode, label, fallback string) (*tableScene, *misplaced) {
	key := [3]string{episode, label, fallback}
	if have := p.met[key]; have != nil {
		return have, nil
	}
	have, bad := p.look(episode, label, fallback)
	if bad == nil {
		p.met[key] = have
	}
	return have, bad
}

func (p *placer) look(episode, label, fallback string) (*tableScene, *misplaced) {
	n, bad := p.episode(episode)
	if bad != nil {
		return nil, bad
	}
	if label == "" {
		if fallback != "" {
			return p.byID[fallback], nil
		}
		return nil, noPlace("scene", "scene.missing", "没有写场次，请先选一个场，或加一列场次", "no scene is named; choose one for such rows, or add a column")
	}
	if _, err := line("scene", label); err != nil {
		return nil, noPlace("scene", "scene", err.(*Error).Text.ZH, err.(*Error).Text.EN)
	}
	if n == 0 {
		if n, bad = p.guessEpisode(label); bad != nil {
			return nil, bad
		}
	}
	have, bad := p.in(n, label)
	if have != nil || bad != nil {
		return have, bad
	}
	return p.make(n, label)
}

// episode reads the number of an episode as tables write it; 0 for an empty cell.
func (p *placer) episode(cell string) (int, *misplaced) {
	if cell == "" {
		return 0, nil
	}
	if n, ok := episodeNumber(cell); ok {
		if e := p.episodes[n]; e != nil && e.Archived {
			return 0, noPlace("episode", "episode.archived", "这一集已不在剧本里", "this episode is no longer in the script")
		}
		return n, nil
	}
	for _, e := range p.episodes {
		if !e.Archived && (e.Name != "" && nameKey(e.Name) == nameKey(cell) || e.Label != "" && nameKey(e.Label) == nameKey(cell)) {
			return e.Number, nil
		}
	}
	return 0, noPlace("episode", "episode", "看不懂是哪一集，请写集数，如 1 或 第一集", "which episode this is cannot be read; write its number")
}

// episodeNumber reads 1, 01, 第一集, EP01, E01 and Episode 1.
func episodeNumber(cell string) (int, bool) {
	s := strings.ToUpper(strings.ReplaceAll(script.Fold(cell), " ", ""))
	s = strings.TrimSuffix(strings.TrimPrefix(s, "第"), "集")
	for _, prefix := range []string{"EPISODE", "EP", "E"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			s = strings.TrimLeft(rest, ".-_:")
			break
		}
	}
	n, ok := script.Numeral(s)
	return n, ok && n > 0
}

// guessEpisode finds the episode of a row that names only its scene: 2-1 is one of episode 2, unless the chosen episode
// has a scene of that very label.
func (p *placer) guessEpisode(label string) (int, *misplaced) {
	if p.fallback > 0 {
		if have, _ := p.in(p.fallback, label); have != nil {
			return p.fallback, nil
		}
	}
	head := 0
	if before, _, ok := strings.Cut(script.Fold(label), "-"); ok {
		head, _ = script.Numeral(strings.TrimLeft(before, "场 "))
	}
	if e := p.episodes[head]; e != nil && !e.Archived {
		return head, nil
	}
	if p.fallback > 0 {
		return p.fallback, nil
	}
	var in []int
	for n := range p.scenes {
		if have, _ := p.in(n, label); have != nil {
			in = append(in, n)
		}
	}
	switch {
	case len(in) == 1:
		return in[0], nil
	case head > 0:
		return head, nil
	case p.only > 0:
		return p.only, nil
	}
	return 0, noPlace("scene", "scene.episode", "不知道这一场在哪一集，请先选一集，或加一列集数", "which episode this scene is in is not known; choose one, or add a column")
}

// in finds a scene of an episode by its label as written, then by the code in the labels of its shots.
func (p *placer) in(episode int, label string) (*tableScene, *misplaced) {
	key, code := sceneKeyOf(label), sceneCodeOf(episode, label)
	var hits []*tableScene
	for _, by := range []func(*tableScene) bool{
		func(x *tableScene) bool { return x.key != "" && x.key == key },
		func(x *tableScene) bool { return x.Code == strings.ToUpper(key) },
		func(x *tableScene) bool { return code != "" && x.Code == code },
	} {
		for _, x := range p.scenes[episode] {
			if by(x) && !x.Archived {
				hits = append(hits, x)
			}
		}
		if len(hits) > 0 {
			break
		}
	}
	switch {
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) > 1:
		return nil, noPlace("scene", "scene.twice", "这一集有两场都叫这个，请写场的编号，如 01X1", "two scenes of this episode are called so; write the code of one, such as 01X1")
	}
	for _, x := range p.scenes[episode] {
		if x.Archived && x.key == key {
			return nil, noPlace("scene", "scene.archived", "这一场已不在剧本里", "this scene is no longer in the script")
		}
	}
	return nil, nil
}

func sceneKeyOf(label string) string {
	return strings.ToLower(strings.ReplaceAll(script.Fold(label), " ", ""))
}

// sceneCodeOf is the code that a label stands for in an episode: 第一场, SC001 and in episode 1 also 1-1 are 01. It is empty
// for a label without a number and for one of another episode.
func sceneCodeOf(episode int, label string) string {
	s := strings.ToUpper(strings.ReplaceAll(script.Fold(label), " ", ""))
	if i := strings.LastIndexAny(s, "-."); i >= 0 {
		if n, ok := episodeNumber(strings.TrimLeft(s[:i], "场")); !ok || n != episode {
			return ""
		}
		s = s[i+1:]
	}
	for _, prefix := range []string{"SEQUENCE", "SCENE", "SEQ", "SC", "SQ", "S", "场景", "场次", "场"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && rest != "" {
			s = strings.TrimLeft(rest, "_:#")
			break
		}
	}
	if code := sceneCode(s, 0, map[string]bool{}); code != "00" {
		return code
	}
	return ""
}

// make plans a new scene at the end of an episode, and the episode where it is missing.
func (p *placer) make(episode int, label string) (*tableScene, *misplaced) {
	if !p.changes {
		return nil, noPlace("scene", "scene.unknown", "没有这一场", "there is no such scene")
	}
	e := p.episodes[episode]
	if e == nil {
		e = &Episode{TitleID: p.titleID, Number: episode}
		p.episodes[episode], p.made = e, append(p.made, episode)
	}
	if e.Locked {
		return nil, noPlace("scene", "locked", "这一集已锁定，不能加场", "the episode is locked; no scene can be added")
	}
	have := p.scenes[episode]
	codes := map[string]bool{}
	order := int64(0)
	for _, x := range have {
		codes[x.Code], order = true, max(order, x.Order)
	}
	x := &Scene{TitleID: p.titleID, EpisodeID: e.ID, Episode: episode, Order: order + orderStep, Label: strings.TrimSpace(label), Heading: strings.TrimSpace(label),
		Cast: []string{}, Lines: []script.Line{}, LineIDs: []string{}, Elements: []string{}}
	x.Code = sceneCode(x.Label, len(have)+1, codes)
	return p.add(x), nil
}

// write makes the new episodes and scenes.
func (p *placer) write(c *change) error {
	slices.Sort(p.made)
	for _, n := range p.made {
		if err := c.addEpisode(p.episodes[n]); err != nil {
			return err
		}
	}
	for _, n := range p.numbers() {
		for _, x := range p.scenes[n] {
			if x.ID != "" {
				continue
			}
			x.EpisodeID = p.episodes[n].ID
			if err := c.addScene(x.Scene); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *placer) numbers() []int {
	var out []int
	for n := range p.scenes {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// name gives how a table names a scene so that find finds it again: its label, or its code where that is not its own.
func (p *placer) name(x *Scene) string {
	if have, _ := p.in(x.Episode, x.Label); x.Label != "" && have != nil && have.ID == x.ID {
		return x.Label
	}
	return x.Code
}
