package geo

import (
	"math"
	"net/url"
	"strings"
)

// linkIn is where a link begins in a text that may hold words before it, as shared messages do; -1: there is none.
func linkIn(text string) int {
	first := -1
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return -1 // letters whose small form is longer: no link has them
	}
	for _, scheme := range []string{"http://", "https://", "geo:", "androidamap://", "iosamap://", "amapuri://", "qqmap://", "baidumap://", "bdapp://", "maps://", "comgooglemaps://"} {
		if at := strings.Index(lower, scheme); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	if first < 0 {
		for _, host := range []string{"uri.amap.com/", "ditu.amap.com/", "wb.amap.com/", "www.amap.com/", "apis.map.qq.com/", "map.qq.com/", "api.map.baidu.com/", "map.baidu.com/", "maps.apple.com/", "www.google.com/maps", "maps.google.com/"} {
			if strings.HasPrefix(lower, host) {
				return 0
			}
		}
	}
	return first
}

// parseLink reads the link that a text begins with.
func parseLink(text string) (Read, bool) {
	if end := strings.IndexAny(text, " \t\r\n\u3000"); end >= 0 {
		text = text[:end]
	}
	if rest, ok := cutFold(text, "geo:"); ok {
		return parseGeo(rest)
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return Read{}, false
	}
	l := linked{url: u, query: values(u.RawQuery)}
	host := strings.ToLower(u.Hostname())
	switch scheme := strings.ToLower(u.Scheme); {
	case scheme == "androidamap", scheme == "iosamap", scheme == "amapuri", isOf(host, "amap.com"), isOf(host, "gaode.com"):
		return l.amap()
	case scheme == "qqmap", isOf(host, "map.qq.com"):
		return l.tencent()
	case scheme == "baidumap", scheme == "bdapp", isOf(host, "map.baidu.com"):
		return l.baidu()
	case scheme == "maps", isOf(host, "maps.apple.com"):
		return l.apple()
	case scheme == "comgooglemaps", strings.Contains(host, "google."):
		return l.google()
	case isOf(host, "openstreetmap.org"):
		return l.osm()
	}
	return Read{}, false
}

func isOf(host, domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }

func cutFold(text, head string) (string, bool) {
	if len(text) < len(head) || !strings.EqualFold(text[:len(head)], head) {
		return text, false
	}
	return text[len(head):], true
}

// values are the parameters of a link. Semicolons part nothing here: 腾讯 uses them inside.
func values(query string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(part, "=")
		key, err := url.QueryUnescape(key)
		if err != nil {
			continue
		}
		if value, err = url.QueryUnescape(value); err == nil && out[key] == "" {
			out[key] = value
		}
	}
	return out
}

// linked is a link taken apart.
type linked struct {
	url   *url.URL
	query map[string]string
}

// first is the first of some parameters that is there.
func (l linked) first(names ...string) string {
	for _, n := range names {
		if v := l.query[n]; v != "" {
			return v
		}
	}
	return ""
}

// two reads two numbers with a comma between them; what follows a further comma is left.
func two(text string) (a, b float64, rest string, ok bool) {
	head, tail, has := strings.Cut(text, ",")
	if !has {
		return 0, 0, "", false
	}
	second, rest, _ := strings.Cut(tail, ",")
	a, _, left, okA := angle(strings.TrimSpace(head))
	b, _, right, okB := angle(strings.TrimSpace(second))
	return a, b, rest, okA && okB && left == "" && right == ""
}

func latLon(text string) (Point, bool) {
	a, b, _, ok := two(text)
	return Point{Lat: a, Lon: b}, ok
}

func lonLat(text string) (Point, bool) {
	a, b, _, ok := two(text)
	return Point{Lat: b, Lon: a}, ok
}

// apart reads a point from two parameters.
func (l linked) apart(lat, lon string) (Point, bool) {
	return latLon(l.query[lat] + "," + l.query[lon])
}

func (l linked) amap() (Read, bool) {
	r := Read{System: GCJ02, Sure: true, Name: l.first("name", "poiname", "dname", "toname")}
	if l.query["coordinate"] == "wgs84" || l.query["dev"] == "1" {
		r.System = WGS84
	}
	if p, ok := lonLat(l.query["position"]); ok {
		r.Point = p
		return r, true
	}
	// lon,lat,name of a route's end, or of the first of several markers.
	if a, b, name, ok := two(strings.Split(l.first("to", "markers"), "|")[0]); ok {
		r.Point = Point{Lat: b, Lon: a}
		r.Name = strings.Split(name, ",")[0]
		return r, true
	}
	if a, b, name, ok := two(l.query["q"]); ok { // lat,lon,name
		r.Point, r.Name = Point{Lat: a, Lon: b}, strings.Split(name, ",")[0]
		return r, true
	}
	if _, rest, ok := strings.Cut(l.query["p"], ","); ok { // id,lat,lon,name,address
		if a, b, name, ok := two(rest); ok {
			r.Point, r.Name = Point{Lat: a, Lon: b}, strings.Split(name, ",")[0]
			return r, true
		}
	}
	for _, names := range [][2]string{{"lat", "lng"}, {"lat", "lon"}, {"dlat", "dlon"}} {
		if p, ok := l.apart(names[0], names[1]); ok {
			r.Point = p
			return r, true
		}
	}
	return r, false
}

func (l linked) tencent() (Read, bool) {
	r := Read{System: GCJ02, Sure: true, Name: l.first("name", "to", "title")}
	if l.query["coord_type"] == "1" {
		r.System = WGS84
	}
	for part := range strings.SplitSeq(strings.Split(l.query["marker"], "|")[0], ";") {
		switch key, value, _ := strings.Cut(strings.TrimSpace(part), ":"); key {
		case "coord":
			l.query["coord"] = value
		case "title":
			r.Name = value
		}
	}
	if p, ok := latLon(l.first("coord", "tocoord", "center")); ok {
		r.Point = p
		return r, true
	}
	for _, names := range [][2]string{{"pointy", "pointx"}, {"lat", "lng"}, {"latitude", "longitude"}} {
		if p, ok := l.apart(names[0], names[1]); ok {
			r.Point = p
			return r, true
		}
	}
	return r, false
}

func (l linked) baidu() (Read, bool) {
	r := Read{System: BD09, Sure: true, Name: l.first("title", "name")}
	switch l.query["coord_type"] {
	case "", "bd09ll", "bd09":
	case "gcj02":
		r.System = GCJ02
	case "wgs84":
		r.System = WGS84
	default: // a Mercator projection of its own
		return r, false
	}
	where := l.first("location", "destination", "latlng", "center")
	for part := range strings.SplitSeq(where, "|") {
		switch key, value, _ := strings.Cut(part, ":"); key {
		case "latlng":
			where = value
		case "name":
			r.Name = value
		}
	}
	var ok bool
	r.Point, ok = latLon(where)
	return r, ok
}

// apple is GCJ-02 in the mainland, as phones there share it; elsewhere devices share WGS-84, so nobody can be sure.
func (l linked) apple() (Read, bool) {
	r := Read{System: GCJ02, Name: l.query["name"]}
	for _, key := range []string{"coordinate", "ll", "daddr", "sll", "center", "q"} {
		if p, ok := latLon(l.query[key]); ok {
			r.Point = p
			if r.Name == "" && key != "q" {
				r.Name = l.query["q"]
			}
			return r, true
		}
	}
	return r, false
}

// google is WGS-84, but for the places of its road map of the mainland, which are GCJ-02: nobody can be sure.
func (l linked) google() (Read, bool) {
	r := Read{System: WGS84}
	path := l.url.Path
	if _, rest, ok := strings.Cut(path, "/place/"); ok {
		name, _, _ := strings.Cut(rest, "/")
		r.Name = strings.ReplaceAll(name, "+", " ")
	}
	if _, data, ok := strings.Cut(path, "!3d"); ok { // the place itself, not the middle of the window
		lat, rest, _ := strings.Cut(data, "!4d")
		lon, _, _ := strings.Cut(rest, "!")
		if p, ok := latLon(lat + "," + lon); ok {
			r.Point = p
			return r, true
		}
	}
	if _, rest, ok := strings.Cut(path, "@"); ok {
		if p, ok := latLon(rest); ok {
			r.Point = p
			return r, true
		}
	}
	for _, key := range []string{"query", "q", "ll", "daddr", "destination", "center"} {
		if p, ok := latLon(l.query[key]); ok {
			r.Point = p
			return r, true
		}
	}
	last := path[strings.LastIndex(path, "/")+1:]
	var ok bool
	r.Point, ok = latLon(last)
	return r, ok
}

func (l linked) osm() (Read, bool) {
	r := Read{System: WGS84, Sure: true}
	if p, ok := l.apart("mlat", "mlon"); ok {
		r.Point = p
		return r, true
	}
	_, where, ok := strings.Cut(l.url.Fragment, "map=")
	if parts := strings.Split(where, "/"); ok && len(parts) == 3 {
		lon, _, _ := strings.Cut(parts[2], "&")
		r.Point, ok = latLon(parts[1] + "," + lon)
		return r, ok
	}
	return r, false
}

// parseGeo reads what follows geo: (RFC 5870), and Android's geo:0,0?q=lat,lon(name).
func parseGeo(text string) (Read, bool) {
	r := Read{System: WGS84, Sure: true}
	where, query, _ := strings.Cut(text, "?")
	where, parameters, _ := strings.Cut(where, ";")
	for part := range strings.SplitSeq(parameters, ";") {
		if crs, ok := cutFold(part, "crs="); ok && !strings.EqualFold(crs, "wgs84") {
			return r, false
		}
	}
	q, name, _ := strings.Cut(values(query)["q"], "(")
	r.Name = strings.TrimSuffix(name, ")")
	var ok bool
	if r.Point, ok = latLon(q); ok {
		return r, true
	}
	r.Point, ok = latLon(where)
	if name == "" {
		r.Name = q
	}
	return r, ok && (r.Point != Point{} || math.Signbit(r.Point.Lat))
}
