package studio

import (
	"errors"
	"fmt"
	"maps"
	"unicode/utf8"

	"chouka/store"
)

// keptLayout is what the columns of a title's tables of one kind stood for when one was last imported.
type keptLayout struct {
	store.Meta
	TitleID string            `json:"title_id"`
	Kind    TableKind         `json:"kind"`
	Fields  map[string]string `json:"fields"` // by the header, folded
}

// keptColumns is what imported tables said of a shot or an element that has no place of its own here. It comes out again
// with a table of the same kind, so that nothing is lost on the way through.
type keptColumns struct {
	store.Meta                                 // ID is the shot's or the element's
	Columns    map[TableKind]map[string]string `json:"columns,omitempty"` // by the header
	Cast       map[string]castNote             `json:"cast,omitempty"`    // of a shot: by the element's id
}

// castNote is what Kitsu says of a casting besides that it is one.
type castNote struct {
	Occurrences string `json:"occurrences"`
	Label       string `json:"label"`
}

// The limits of what is kept for one shot or element.
const (
	maxKeptColumns = 100
	keptValue      = 2000 // characters
)

// layoutOf reads what a title's columns stood for last; nil when none was imported.
func (s *Studio) layoutOf(tx store.Txn, titleID string, kind TableKind) (*keptLayout, error) {
	l, err := s.r.layouts.By(tx, "kind", store.K().ID(titleID).Text(string(kind)))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading a table's columns: %w", err)
	}
	return l, nil
}

// rememberLayout keeps what the columns stand for, beside what earlier tables said of other columns.
func (c *change) rememberLayout(titleID string, t *readTable) error {
	l, err := c.s.layoutOf(c.tx, titleID, t.kind)
	if err != nil {
		return err
	}
	fresh := l == nil
	if fresh {
		l = &keptLayout{Meta: c.meta(), TitleID: titleID, Kind: t.kind, Fields: map[string]string{}}
	}
	for _, col := range t.layout.Columns {
		if col.Name != "" && (len(l.Fields) < 1000 || l.Fields[layoutKey(col.Name)] != "") {
			l.Fields[layoutKey(col.Name)] = col.Field
		}
	}
	if l.Updated = c.now; fresh {
		err = c.s.r.layouts.Insert(c.tx, l)
	} else {
		err = c.s.r.layouts.Put(c.tx, l)
	}
	if err != nil {
		return fmt.Errorf("keeping a table's columns: %w", err)
	}
	return nil
}

// columnsOf reads what is kept for owners; an entry is nil where nothing is.
func (s *Studio) columnsOf(tx store.Txn, owners []string) (map[string]*keptColumns, error) {
	got, err := s.r.columns.GetMany(tx, owners)
	if err != nil {
		return nil, fmt.Errorf("reading kept columns: %w", err)
	}
	out := map[string]*keptColumns{}
	for i, k := range got {
		out[owners[i]] = k
	}
	return out, nil
}

// of gives the kept columns of one kind of table; nil when there are none.
func (k *keptColumns) of(kind TableKind) map[string]string {
	if k == nil {
		return nil
	}
	return k.Columns[kind]
}

func (k *keptColumns) castNote(element string) castNote {
	if k != nil {
		if n, ok := k.Cast[element]; ok {
			return n
		}
	}
	return castNote{Occurrences: "1"}
}

// adds reports whether the given columns say something new.
func (k *keptColumns) adds(kind TableKind, columns map[string]string) bool {
	have := k.of(kind)
	for name, value := range columns {
		if cellText(have[name]) != cellText(value) {
			return true
		}
	}
	return false
}

// keepColumns keeps the given columns of an owner beside those that it has.
func (c *change) keepColumns(owner string, kind TableKind, columns map[string]string) error {
	if len(columns) == 0 {
		return nil
	}
	return c.changeKept(owner, func(k *keptColumns) {
		have := maps.Clone(k.Columns[kind])
		if have == nil {
			have = map[string]string{}
		}
		maps.Copy(have, columns)
		if k.Columns == nil {
			k.Columns = map[TableKind]map[string]string{}
		}
		k.Columns[kind] = have
	})
}

func (c *change) changeKept(owner string, fn func(*keptColumns)) error {
	k, err := c.s.r.columns.Get(c.tx, owner)
	fresh := errors.Is(err, store.ErrNotFound)
	if fresh {
		k, err = &keptColumns{Meta: c.meta()}, nil
		k.ID = owner
	}
	if err != nil {
		return fmt.Errorf("reading kept columns: %w", err)
	}
	fn(k)
	if k.Updated = c.now; fresh {
		err = c.s.r.columns.Insert(c.tx, k)
	} else {
		err = c.s.r.columns.Put(c.tx, k)
	}
	if err != nil {
		return fmt.Errorf("keeping columns: %w", err)
	}
	return nil
}

// checkKept refuses what is too much to keep. The column to blame comes with the refusal.
func checkKept(columns map[string]string) (column string, err error) {
	for name, value := range columns {
		if _, err := line("keep", name); err != nil {
			return name, err
		}
		if _, err := prose("keep", value); err != nil {
			return name, err
		}
		if utf8.RuneCountInString(value) > keptValue {
			return name, wrong("keep", "原样保留的内容请控制在 2000 字以内", "what is kept as it is may have 2,000 characters")
		}
	}
	if len(columns) > maxKeptColumns {
		return "", wrong("keep", "原样保留的列最多 100 个", "at most 100 columns are kept as they are")
	}
	return "", nil
}
