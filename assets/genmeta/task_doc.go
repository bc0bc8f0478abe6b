package genmeta

import (
	"encoding/json"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// doc is a JSON object with its numbers as text.
type doc map[string]any

func parseDoc(body string) (doc, bool) {
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	var out doc
	if d.Decode(&out) != nil || out == nil {
		return nil, false
	}
	return out, true
}

// find walks a path of keys; a number in it picks from a list.
func (d doc) find(keys ...string) any {
	var v any = map[string]any(d)
	for _, key := range keys {
		switch here := v.(type) {
		case map[string]any:
			v = here[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(here) {
				return nil
			}
			v = here[i]
		default:
			return nil
		}
	}
	return v
}

// text gives a text or number as text.
func (d doc) text(keys ...string) string {
	switch v := d.find(keys...).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// at gives an object, nil when there is none.
func (d doc) at(keys ...string) doc {
	m, _ := d.find(keys...).(map[string]any)
	return m
}

// list gives the members of a list, at most maxTaskList.
func (d doc) list(keys ...string) []any {
	l, _ := d.find(keys...).([]any)
	return l[:min(len(l), maxTaskList)]
}

// objects gives the members of a list that are objects.
func (d doc) objects(keys ...string) []doc {
	var out []doc
	for _, v := range d.list(keys...) {
		if m, ok := v.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func (d doc) has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := d[key]; ok {
			return true
		}
	}
	return false
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// nameOf gives the file's name in an address.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := path.Base(u.Path)
	if name == "." || name == "/" || len(name) > 255 {
		return ""
	}
	return strings.ToValidUTF8(name, "")
}

// expiryOf reads when a signed address ends, by the marks of the stores that sign them; zero when it has none.
func expiryOf(address string) time.Time {
	u, err := url.Parse(address)
	if err != nil {
		return time.Time{}
	}
	q := u.Query()
	for _, family := range []string{"X-Amz", "X-Tos", "X-Goog"} {
		from, err := time.Parse("20060102T150405Z", q.Get(family+"-Date"))
		seconds, err2 := strconv.Atoi(q.Get(family + "-Expires"))
		if err == nil && err2 == nil && seconds > 0 && seconds < 1<<30 {
			return from.Add(time.Duration(seconds) * time.Second)
		}
	}
	for _, key := range []string{"Expires", "x-expires", "e"} {
		if at := timeOf(q.Get(key)); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// timeOf reads a moment as services write it: seconds or milliseconds since 1970, or a date. A date without a zone is
// Beijing time, as the one service that writes such dates says. Zero is none.
func timeOf(s string) time.Time {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case n > 1e9 && n < 1e10:
			return time.Unix(n, 0).UTC()
		case n > 1e12 && n < 1e13:
			return time.UnixMilli(n).UTC()
		}
		return time.Time{}
	}
	if at, err := time.Parse(time.RFC3339Nano, s); err == nil && at.Year() > 1999 && at.Year() < 2200 {
		return at.UTC()
	}
	beijing := time.FixedZone("CST", 8*60*60)
	if at, err := time.ParseInLocation("2006-01-02 15:04:05.999", s, beijing); err == nil && at.Year() > 1999 && at.Year() < 2200 {
		return at.UTC()
	}
	return time.Time{}
}
