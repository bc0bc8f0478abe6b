package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"chouka/store"
)

// Prefs is what a person has set up for themself, in whatever browser they sit: one record each.
type Prefs struct {
	store.Meta                     // ID is the person's
	Keys       map[string][]string `json:"keys"`    // by the name of an act: the keys that do it, instead of the usual ones; none: no key
	Filters    []SavedFilter       `json:"filters"` // of the review queue
}

// SavedFilter is a filter of the review queue under a name.
type SavedFilter struct {
	Name    string      `json:"name"`
	TitleID string      `json:"title_id,omitempty"` // empty: for every title
	Filter  QueueFilter `json:"filter"`
}

// PrefsIn replaces parts of the preferences; nil leaves a part as it is.
type PrefsIn struct {
	Keys    *map[string][]string `json:"keys,omitempty"`
	Filters *[]SavedFilter       `json:"filters,omitempty"`
}

// Limits of what a person sets up.
const (
	maxActs       = 200 // names of acts with keys of their own
	maxKeys       = 4   // keys of one act
	maxKey        = 40  // characters of one key
	maxActName    = 60
	maxSavedViews = 50
)

// MyPrefs reads what the asking person has set up. A filter of a title that they no longer see is left out.
func (s *Studio) MyPrefs(ctx context.Context, by Actor) (Prefs, error) {
	if err := by.self(); err != nil {
		return Prefs{}, err
	}
	var out Prefs
	err := s.view(ctx, func(tx store.Txn) error {
		p, _, err := s.prefsOf(tx, by)
		if err == nil {
			out = *p
		}
		return err
	})
	out.Filters = slices.DeleteFunc(out.Filters, func(f SavedFilter) bool { return f.TitleID != "" && !by.sees(f.TitleID) })
	return out, err
}

// prefsOf gives a person's preferences and whether they are kept already.
func (s *Studio) prefsOf(tx store.Txn, by Actor) (*Prefs, bool, error) {
	p, err := s.r.prefs.Get(tx, by.Person.ID)
	if errors.Is(err, store.ErrNotFound) {
		return &Prefs{Meta: store.Meta{ID: by.Person.ID}, Keys: map[string][]string{}, Filters: []SavedFilter{}}, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading preferences: %w", err)
	}
	return p, true, nil
}

// SetPrefs changes what the asking person has set up; the last call wins. It is their own affair: no activity tells of it.
func (s *Studio) SetPrefs(ctx context.Context, by Actor, in PrefsIn) (Prefs, error) {
	if err := by.self(); err != nil {
		return Prefs{}, err
	}
	if in.Keys != nil {
		if err := checkKeys(*in.Keys); err != nil {
			return Prefs{}, err
		}
	}
	var out Prefs
	err := s.update(ctx, by, func(c *change) error {
		p, kept, err := s.prefsOf(c.tx, by)
		if err != nil {
			return err
		}
		if in.Keys != nil {
			p.Keys = *in.Keys
		}
		if in.Filters != nil {
			if p.Filters, err = c.savedFilters(*in.Filters); err != nil {
				return err
			}
		}
		p.Updated = c.now
		if kept {
			err = s.r.prefs.Put(c.tx, p)
		} else {
			p.Created = c.now
			err = s.r.prefs.Insert(c.tx, p)
		}
		if err != nil {
			return fmt.Errorf("keeping preferences: %w", err)
		}
		out = *p
		return nil
	})
	return out, err
}

func checkKeys(keys map[string][]string) error {
	if len(keys) > maxActs {
		return wrong("keys", "最多为 200 个操作设快捷键", "at most 200 acts have keys of their own")
	}
	for name, list := range keys {
		if !isActName(name) {
			return wrong("keys", "操作名只能用小写字母、数字、点和 -", "the name of an act has only lower-case letters, digits, dots and -")
		}
		if len(list) > maxKeys {
			return wrong("keys", "一个操作最多 4 个快捷键", "an act has at most 4 keys")
		}
		for _, k := range list {
			if !isKeyName(k) {
				return wrong("keys", "快捷键是 1 到 40 个可见字符", "a key is 1 to 40 printable characters")
			}
		}
	}
	return nil
}

// isActName accepts a name that begins with a lower-case letter.
func isActName(s string) bool {
	for i, r := range s {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || r == '.' || r == '-')) {
			return false
		}
	}
	return s != "" && len(s) <= maxActName
}

// isKeyName accepts what a browser may call a key: a blank too.
func isKeyName(s string) bool {
	for _, r := range s {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return false
		}
	}
	return s != "" && utf8.RuneCountInString(s) <= maxKey
}

// savedFilters checks filters that are to be kept. Names are told apart as names of titles are.
func (c *change) savedFilters(in []SavedFilter) ([]SavedFilter, error) {
	if len(in) > maxSavedViews {
		return nil, wrong("filters", "最多存 50 个筛选", "at most 50 filters are kept")
	}
	out, seen := []SavedFilter{}, map[string]bool{}
	for _, f := range in {
		var err error
		if f.Name, err = needed("filters", f.Name); err != nil {
			return nil, err
		}
		key := f.TitleID + "\x00" + nameKey(f.Name)
		if seen[key] {
			return nil, wrong("filters", "同一部剧里已有同名的筛选", "this title has a filter of that name already")
		}
		seen[key] = true
		if f.TitleID != "" {
			if err := c.by.must(ViewTitle, f.TitleID, "title"); err != nil {
				return nil, err
			}
			if _, err := found(c.s.r.titles.Get(c.tx, f.TitleID))("title"); err != nil {
				return nil, err
			}
		}
		if err := c.s.checkFilter(c.tx, f.TitleID, f.Filter); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
