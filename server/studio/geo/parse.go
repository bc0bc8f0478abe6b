package geo

import (
	"math"
	"strconv"
	"strings"
)

// parseLimit is how long a pasted text may be in bytes.
const parseLimit = 4000

// Read is what a pasted text says.
type Read struct {
	Point  Point // in System
	System System
	Sure   bool   // the text itself shows the system, or all are the same there
	Name   string // of the place, where the text has it
}

// Parse reads a point from two numbers in either order, from degrees, minutes and seconds, from a geo: address, or from a
// link of a map service. Links of 高德 and 腾讯 are GCJ-02, of 百度 BD-09; of bare numbers nobody can be sure.
// What holds anything else, or no point at all, is refused: short links hold none.
func Parse(text string) (Read, bool) {
	if len(text) > parseLimit {
		return Read{}, false
	}
	text = strings.TrimSpace(text)
	var r Read
	var ok bool
	if at := linkIn(text); at >= 0 {
		r, ok = parseLink(text[at:])
	} else {
		r, ok = parseNumbers(text)
	}
	if !ok || !r.Point.Valid() {
		return Read{}, false
	}
	if !InMainland(r.Point) {
		r.System, r.Sure = WGS84, true
	}
	r.Name = strings.Join(strings.Fields(r.Name), " ")
	return r, true
}

// parseNumbers reads a text that is nothing but a point and words for its parts and its system.
func parseNumbers(text string) (Read, bool) {
	r := Read{System: WGS84}
	text = strings.ToLower(narrow(text))
	text, r.System, r.Sure = systemIn(text)
	var p pair
	for text = strings.TrimLeft(text, separators); text != ""; text = strings.TrimLeft(text, separators) {
		var ok bool
		if text, ok = p.take(text); !ok {
			return r, false
		}
	}
	var ok bool
	r.Point, ok = p.point()
	return r, ok
}

// separators may stand between the parts of a point.
const separators = " \t\r\n,;:/|()[]{}=\""

// narrow replaces wide characters and the many signs for degrees, minutes and seconds.
func narrow(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000' || r == '\u00a0' || r == '\u2009' || r == '\u202f':
			return ' '
		case strings.ContainsRune("º˚", r):
			return '°'
		case strings.ContainsRune("′’‘´`", r):
			return '\''
		case strings.ContainsRune("″”“", r):
			return '"'
		case strings.ContainsRune("、。", r):
			return ','
		case r == '−' || r == '–':
			return '-'
		}
		return r
	}, text)
	return strings.ReplaceAll(text, "''", `"`)
}

// systemIn finds the words for a system and takes them out.
func systemIn(text string) (rest string, system System, sure bool) {
	system = WGS84
	for _, w := range []struct {
		word   string
		system System
	}{
		{"wgs-84", WGS84}, {"wgs 84", WGS84}, {"wgs84", WGS84}, {"epsg:4326", WGS84}, {"gps", WGS84},
		{"gcj-02", GCJ02}, {"gcj 02", GCJ02}, {"gcj02", GCJ02}, {"火星坐标系", GCJ02}, {"火星坐标", GCJ02}, {"高德", GCJ02}, {"腾讯", GCJ02},
		{"bd-09", BD09}, {"bd 09", BD09}, {"bd09ll", BD09}, {"bd09", BD09}, {"百度", BD09},
	} {
		if !strings.Contains(text, w.word) {
			continue
		}
		if sure && system != w.system {
			return text, system, false // two at once: what is left is refused as garbage
		}
		text, system, sure = strings.ReplaceAll(text, w.word, " "), w.system, true
	}
	return text, system, sure
}

// axisOf says what a coordinate is by the word or letter next to it.
type axisOf int

const (
	unsaid axisOf = iota
	latitude
	longitude
)

// pair gathers the two coordinates of a point.
type pair struct {
	values [2]float64
	axes   [2]axisOf
	n      int
	label  axisOf  // said before the number that it is for
	sign   float64 // of that label; 0: none
	minus  bool    // the last number has a sign of its own
}

// take reads one word or one number off the text.
func (p *pair) take(text string) (rest string, ok bool) {
	if rest, axis, sign := word(text); axis != unsaid {
		return rest, p.said(axis, sign)
	}
	for _, filler := range []string{"坐标系", "坐标", "位置", "point", "coordinates", "location", "center"} {
		if rest, ok := strings.CutPrefix(text, filler); ok {
			return rest, p.n == 0 || filler == "坐标系" || filler == "坐标"
		}
	}
	value, minus, rest, ok := angle(text)
	if !ok || p.n == 2 {
		return text, false
	}
	p.minus = minus
	if p.sign < 0 {
		value = -value
	}
	p.values[p.n], p.axes[p.n] = value, p.label
	if p.sign != 0 && minus {
		return text, false // 南纬 -30 says it twice
	}
	p.n, p.label, p.sign = p.n+1, unsaid, 0
	return rest, true
}

// said places a word: behind a number that has none it belongs to that, else to the one that follows.
func (p *pair) said(axis axisOf, sign float64) bool {
	behind := sign != 0 && p.n > 0 && p.axes[p.n-1] == unsaid && p.label == unsaid
	switch {
	case behind && p.minus:
		return false
	case behind:
		p.axes[p.n-1] = axis
		if sign < 0 {
			p.values[p.n-1] = -p.values[p.n-1]
		}
		return true
	case p.label != unsaid && (p.label != axis || p.sign != 0 && sign != 0):
		return false
	case p.n == 2:
		return false
	}
	p.label = axis
	if sign != 0 {
		p.sign = sign
	}
	return true
}

// word reads a name of a coordinate; sign is 0 where it says only which one it is.
func word(text string) (rest string, axis axisOf, sign float64) {
	for _, w := range []struct {
		word string
		axis axisOf
		sign float64
	}{
		{"latitude", latitude, 0}, {"lat", latitude, 0}, {"纬度", latitude, 0}, {"北纬", latitude, 1}, {"南纬", latitude, -1},
		{"longitude", longitude, 0}, {"long", longitude, 0}, {"lng", longitude, 0}, {"lon", longitude, 0},
		{"经度", longitude, 0}, {"东经", longitude, 1}, {"西经", longitude, -1},
		{"n", latitude, 1}, {"s", latitude, -1}, {"e", longitude, 1}, {"w", longitude, -1},
	} {
		rest, ok := strings.CutPrefix(text, w.word)
		if ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return rest, w.axis, w.sign
		}
	}
	return text, unsaid, 0
}

// point puts the coordinates in order. Unsaid, the one beyond 90 is the longitude; of two below it the latitude comes
// first, but for a pair that lies in the mainland only the other way round, where longitudes are always the larger.
func (p *pair) point() (Point, bool) {
	if p.n != 2 || p.label != unsaid {
		return Point{}, false
	}
	a, b := p.values[0], p.values[1]
	first, second := Point{Lat: a, Lon: b}, Point{Lat: b, Lon: a}
	switch {
	case p.axes[0] == latitude && p.axes[1] != latitude, p.axes[1] == longitude && p.axes[0] == unsaid:
		return first, first.Valid()
	case p.axes[0] == longitude && p.axes[1] != longitude, p.axes[1] == latitude && p.axes[0] == unsaid:
		return second, second.Valid()
	case p.axes[0] != unsaid:
		return Point{}, false
	case math.Abs(a) > 90, !proper(first) && proper(second):
		return second, second.Valid()
	}
	return first, first.Valid()
}

// proper reports whether a point may be meant as one of China: a closer box than InMainland.
func proper(p Point) bool {
	return p.Lat >= 3 && p.Lat <= 54 && p.Lon >= 73 && p.Lon <= 136
}

// angle reads degrees, or degrees, minutes and seconds.
func angle(text string) (value float64, minus bool, rest string, ok bool) {
	text, plus := strings.CutPrefix(text, "+")
	if !plus {
		text, minus = strings.CutPrefix(text, "-")
	}
	whole := true // the parts before are without a fraction
	unit := 1.0
	for i, signs := range [][2]string{{"°", "度"}, {"'", "分"}, {`"`, "秒"}} {
		n, after, found := number(text)
		switch {
		case !found && i == 0, found && i > 0 && (n >= 60 || !whole):
			return 0, false, text, false
		case !found:
			return signed(value, minus), minus, text, true
		}
		behind, has := strings.CutPrefix(after, signs[0])
		if !has {
			behind, has = strings.CutPrefix(after, signs[1])
		}
		if !has && i > 0 { // the next number, or garbage
			return signed(value, minus), minus, text, true
		}
		value += n / unit
		if !has {
			return signed(value, minus), minus, after, true
		}
		text, unit, whole = strings.TrimLeft(behind, " "), unit*60, n == math.Trunc(n)
	}
	return signed(value, minus), minus, text, true
}

func signed(v float64, minus bool) float64 {
	if minus {
		return -v
	}
	return v
}

// number reads digits with a point between them.
func number(text string) (n float64, rest string, ok bool) {
	end, dots := 0, 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		if text[end] == '.' {
			dots++
		}
		end++
	}
	if end == 0 || dots > 1 || text[0] == '.' || text[end-1] == '.' {
		return 0, text, false
	}
	n, err := strconv.ParseFloat(text[:end], 64)
	return n, text[end:], err == nil
}
