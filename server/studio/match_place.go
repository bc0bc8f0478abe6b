package studio

import (
	"slices"
	"strings"

	"chouka/store"

	"github.com/google/uuid"
)

// titleNames are the keys under which a title is found by name: its own and its aliases.
func titleNames(t *Title) []store.Key {
	var keys []store.Key
	var seen []string
	for _, name := range append([]string{t.Name}, t.Aliases...) {
		if k := nameKey(name); k != "" && !slices.Contains(seen, k) {
			seen, keys = append(seen, k), append(keys, store.K().Text(markOf(k)))
		}
	}
	return keys
}

// labelKey is how labels of shots are compared: E3-S2-14 is E03-S02-014.
func labelKey(label string) string {
	parts := strings.SplitN(nameKey(label), "-", 3)
	for i, p := range parts {
		letter := strings.TrimLeft(p, "abcdefghijklmnopqrstuvwxyz")
		letter = p[:len(p)-len(letter)]
		number := strings.TrimLeft(p[len(letter):], "0")
		if number == "" || number[0] < '0' || number[0] > '9' {
			continue
		}
		parts[i] = letter + number
	}
	return strings.Join(parts, "-")
}

func isUUID(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}

// namedTitle finds a title by its id or its name among those that the actor sees.
func (s *Studio) namedTitle(tx store.Txn, by Actor, ref string) (*Title, error) {
	if err := by.here(); err != nil {
		return nil, err
	}
	if isUUID(ref) {
		t, err := found(s.r.titles.Get(tx, ref))("title")
		if err != nil {
			return nil, err
		}
		return t, by.must(ViewTitle, t.ID, "title")
	}
	got, err := s.r.titles.List(tx, "name", store.K().Text(markOf(nameKey(ref))), Page{Limit: store.MaxPage})
	if err != nil {
		return nil, err
	}
	mine := slices.DeleteFunc(got.Items, func(t *Title) bool { return !by.sees(t.ID) })
	switch len(mine) {
	case 0:
		return nil, unknown("title")
	case 1:
		return mine[0], nil
	}
	return nil, conflict("title.several", "有几部剧叫这个名字，请改用编号", "several titles have this name; give the id")
}

// namedShot finds a shot that may get attempts by its id, or by its label within a title.
func (s *Studio) namedShot(tx store.Txn, by Actor, ref, title string) (*Shot, error) {
	var titleID string
	if title != "" {
		t, err := s.namedTitle(tx, by, title)
		if err != nil {
			return nil, err
		}
		titleID = t.ID
	}
	if isUUID(ref) {
		x, err := s.liveShot(tx, by, ref, LogAttempt)
		if err == nil && titleID != "" && x.TitleID != titleID {
			return nil, unknown("shot")
		}
		return x, err
	}
	if titleID == "" {
		return nil, wrong("title", "用镜头号时要写明剧目", "a shot's label needs the title too")
	}
	if err := by.must(LogAttempt, titleID, "title"); err != nil {
		return nil, err
	}
	return s.labelled(tx, titleID, ref)
}

func (s *Studio) labelled(tx store.Txn, titleID, label string) (*Shot, error) {
	got, err := s.r.shots.List(tx, "label", store.K().ID(titleID).Text(markOf(labelKey(label))), Page{Limit: candidates})
	if err != nil {
		return nil, err
	}
	for _, x := range got.Items {
		if x.Label == label {
			return x, nil
		}
	}
	switch len(got.Items) {
	case 0:
		return nil, unknown("shot")
	case 1:
		return got.Items[0], nil
	}
	return nil, conflict("shot.several", "有几个镜头号写法相近，请写完整的镜头号", "several shots have such a label; write it in full")
}

// waiting finds an attempt for what came without a shot: one of the asking
// person, else the only one that they may change.
func (c *change) waiting(titleID string, g signs) (*Attempt, string, error) {
	if a, err := c.mineOf(titleID, func() ([]*Attempt, error) { return c.taskAnywhere(g.service, g.task, false) }); a != nil || err != nil {
		return a, matchedTask, err
	}
	for _, sha := range g.shas {
		if a, err := c.mineOf(titleID, func() ([]*Attempt, error) { return c.holding(sha) }); a != nil || err != nil {
			return a, "", err
		}
	}
	for _, sha := range g.shas {
		look := func() ([]*Attempt, error) {
			got, err := c.expected(bySHA, sha)
			return slices.DeleteFunc(got, g.another), err
		}
		if a, err := c.mineOf(titleID, look); a != nil || err != nil {
			return a, matchedSHA, err
		}
	}
	for _, id := range g.tasks {
		if a, err := c.mineOf(titleID, func() ([]*Attempt, error) { return c.taskAnywhere("", id, true) }); a != nil || err != nil {
			return a, matchedTask, err
		}
	}
	return c.byNames(g, func(name string) ([]*Attempt, error) {
		a, err := c.mineOf(titleID, func() ([]*Attempt, error) { return c.expected(byName, name) })
		if a == nil {
			return nil, err
		}
		return []*Attempt{a}, err
	})
}

// mineOf chooses among attempts: the asking person's only one, else the only one that they may change.
func (c *change) mineOf(titleID string, look func() ([]*Attempt, error)) (*Attempt, error) {
	got, err := look()
	if err != nil {
		return nil, err
	}
	var own, others []*Attempt
	for _, a := range got {
		live, err := c.onLiveShot(a)
		switch {
		case err != nil:
			return nil, err
		case !live || titleID != "" && a.TitleID != titleID || !c.by.mayChange(a):
		case a.Operator == c.by.Person.ID:
			own = append(own, a)
		default:
			others = append(others, a)
		}
	}
	switch {
	case len(own) == 1:
		return own[0], nil
	case len(own) == 0 && len(others) == 1:
		return others[0], nil
	}
	return nil, nil
}

// mayChange reports whether the actor may change an attempt: their own, or any for those who may pick.
func (a Actor) mayChange(x *Attempt) bool {
	return a.Can(LogAttempt, x.TitleID) && (x.Operator == a.Person.ID || a.Can(PickTake, x.TitleID))
}

func (c *change) taskAnywhere(service, task string, joinable bool) ([]*Attempt, error) {
	if task == "" {
		return nil, nil
	}
	got, err := c.s.r.attempts.List(c.tx, "task", taskKey(task), Page{Limit: candidates})
	return slices.DeleteFunc(got.Items, func(a *Attempt) bool { return !sameService(a.Service, service) || joinable && !a.joinable() }), err
}

// expected lists the attempts that wait for a result with this sign, the asking person's first.
func (c *change) expected(sign byte, value string) ([]*Attempt, error) {
	own, err := c.s.r.attempts.List(c.tx, "expects", expectKey(byOperator, c.by.Person.ID, sign, value), Page{Limit: candidates})
	if err != nil || len(own.Items) > 0 {
		return own.Items, err
	}
	all, err := c.s.r.attempts.List(c.tx, "expects", store.K().Byte(byOperator).Byte(sign).Text(markOf(value)), Page{Limit: candidates})
	return all.Items, err
}

// holding lists the attempts whose live takes have these bytes.
func (c *change) holding(sha string) ([]*Attempt, error) {
	got, err := c.s.r.takes.List(c.tx, "media", store.K().Text(sha), Page{Limit: candidates})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range got.Items {
		if t.Deleted == nil && !slices.Contains(ids, t.AttemptID) {
			ids = append(ids, t.AttemptID)
		}
	}
	out, err := c.s.r.attempts.GetMany(c.tx, ids)
	return slices.DeleteFunc(out, func(a *Attempt) bool { return a == nil || a.Deleted != nil }), err
}

// elsewhere lists the other shots that hold the same bytes, of those that the actor sees.
func (s *Studio) elsewhere(tx store.Txn, by Actor, shotID string, shas []string) ([]Elsewhere, error) {
	out := []Elsewhere{}
	for _, sha := range shas {
		got, err := s.r.takes.List(tx, "media", store.K().Text(sha), Page{Limit: store.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, t := range got.Items {
			if t.Deleted != nil || t.ShotID == shotID || !by.sees(t.TitleID) || len(out) >= candidates ||
				slices.ContainsFunc(out, func(e Elsewhere) bool { return e.AttemptID == t.AttemptID }) {
				continue
			}
			x, err := found(s.r.shots.Get(tx, t.ShotID))("shot")
			if err != nil {
				return nil, err
			}
			if x.Deleted == nil {
				out = append(out, Elsewhere{AttemptID: t.AttemptID, ShotID: t.ShotID, ShotLabel: x.Label, TitleID: t.TitleID})
			}
		}
	}
	return out, nil
}
