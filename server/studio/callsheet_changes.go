package studio

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sheetCells is a call sheet taken apart into its cells by path, the rows that they stand in, and the order of its scenes.
type sheetCells struct {
	cells map[string]string // the value by path
	row   map[string]string // the row of each cell by path; empty: the sheet itself
	rows  map[string]string // the row that a row stands in, by path; empty: the sheet itself
	order map[string][]string
}

// changesOf compares two versions by what does not change in them: the ids of scenes, places and characters, the names
// of crew, contacts and meals. A row that is new or gone is one path; a scene that stands elsewhere in the order is its path with ".order".
func changesOf(was, is CallContent) (changed, gone []string, err error) {
	a, err := cellsOf(was)
	if err != nil {
		return nil, nil, err
	}
	b, err := cellsOf(is)
	if err != nil {
		return nil, nil, err
	}
	changed, gone = b.freshRows(a), a.freshRows(b)
	for path := range union(a.cells, b.cells) {
		row := cmp.Or(b.row[path], a.row[path])
		if row != "" && (!has(a.rows, row) || !has(b.rows, row)) {
			continue // told as a row
		}
		if a.cells[path] != b.cells[path] {
			changed = append(changed, path)
		}
	}
	for list, ids := range b.order {
		for _, id := range movedIn(a.order[list], ids) {
			changed = append(changed, list+"."+id+".order")
		}
	}
	slices.Sort(changed)
	slices.Sort(gone)
	return changed, gone, nil
}

func has[V any](m map[string]V, key string) bool {
	_, ok := m[key]
	return ok
}

func union(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// freshRows are the rows that the other version has not, but for those that stand in such a row themselves.
func (x *sheetCells) freshRows(other *sheetCells) []string {
	out := []string{}
	for path, in := range x.rows {
		if !has(other.rows, path) && (in == "" || has(other.rows, in)) {
			out = append(out, path)
		}
	}
	return out
}

// cellsOf goes through the sheet as it is written, so that no field that is added later is forgotten.
func cellsOf(c CallContent) (*sheetCells, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("writing a call sheet: %w", err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("reading a call sheet: %w", err)
	}
	x := &sheetCells{cells: map[string]string{}, row: map[string]string{}, rows: map[string]string{}, order: map[string][]string{}}
	x.object("", "", all)
	return x, nil
}

func (x *sheetCells) object(path, row string, fields map[string]any) {
	for name, v := range fields {
		at := name
		if path != "" {
			at = path + "." + name
		}
		switch v := v.(type) {
		case []any:
			x.list(name, at, row, v)
		case map[string]any:
			if name != "maps" { // one cell: the links are of one point
				x.object(at, row, v)
				continue
			}
			x.cell(at, row, fmt.Sprint(v["google"]))
		default:
			x.cell(at, row, fmt.Sprint(v))
		}
	}
}

func (x *sheetCells) cell(path, row, value string) {
	if value == "<nil>" {
		value = ""
	}
	x.cells[path], x.row[path] = value, row
}

// list takes a list of rows apart; a list of words is one cell.
func (x *sheetCells) list(name, path, in string, rows []any) {
	seen, words := map[string]int{}, []string{}
	for _, r := range rows {
		fields, ok := r.(map[string]any)
		if !ok {
			words = append(words, fmt.Sprint(r))
			continue
		}
		key := cellKey(name, fields)
		if seen[key]++; seen[key] > 1 { // two of one name
			key = fmt.Sprintf("%s#%d", key, seen[key])
		}
		at := path + "." + key
		x.rows[at] = in
		x.object(at, at, fields)
		if name == "scenes" || name == "next" {
			x.order[name] = append(x.order[name], key)
		}
	}
	x.cell(path, in, strings.Join(words, "\n"))
}

// cellKey is what a row of a list is known by in every version.
func cellKey(list string, row map[string]any) string {
	text := func(field string) string {
		s, _ := row[field].(string)
		return s
	}
	switch list {
	case "places":
		return text("location_id")
	case "scenes", "next":
		return text("scene_id")
	case "cast":
		return text("element_id")
	case "crew":
		return text("department") + "/" + text("name")
	}
	return text("name") // meals, contacts
}

// movedIn are those that both lists have and that do not keep their place among the others: the fewest that explain the new order.
func movedIn(was, is []string) []string {
	at := map[string]int{}
	for i, id := range was {
		at[id] = i
	}
	both := slices.DeleteFunc(slices.Clone(is), func(id string) bool { return !has(at, id) })
	longest, before := make([]int, len(both)), make([]int, len(both))
	last := -1
	for i := range both {
		longest[i], before[i] = 1, -1
		for j := range i {
			if at[both[j]] < at[both[i]] && longest[j]+1 > longest[i] {
				longest[i], before[i] = longest[j]+1, j
			}
		}
		if last < 0 || longest[i] > longest[last] {
			last = i
		}
	}
	kept := map[string]bool{}
	for ; last >= 0; last = before[last] {
		kept[both[last]] = true
	}
	return slices.DeleteFunc(both, func(id string) bool { return kept[id] })
}
