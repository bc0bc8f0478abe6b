package geo

import (
	"net/url"
	"strconv"
	"strings"
)

// Links open a point in map services.
type Links struct {
	Amap    string `json:"amap"`
	Tencent string `json:"tencent"`
	Baidu   string `json:"baidu"`
	Apple   string `json:"apple"`
	Google  string `json:"google"`
}

// LinksOf are the links to a WGS-84 point, each in the system that the service takes. Apple gets GCJ-02, because its maps
// of the mainland are 高德's and draw a point without shifting it; Google places a point that is asked for as WGS-84.
func LinksOf(wgs Point, name string) Links {
	gcj, bd := FromWGS84(wgs, GCJ02), FromWGS84(wgs, BD09)
	return Links{
		Amap: link("https://uri.amap.com/marker", "position", gcj.lonLat(), "name", name, "coordinate", "gaode", "src", "chouka"),
		// Colons and semicolons part the fields of this one.
		Tencent: link("https://apis.map.qq.com/uri/v1/marker",
			"marker", "coord:"+gcj.latLon()+";title:"+strings.NewReplacer(":", " ", ";", " ").Replace(name), "referer", "chouka"),
		Baidu:  link("https://api.map.baidu.com/marker", "location", bd.latLon(), "title", name, "content", name, "output", "html", "coord_type", "bd09ll", "src", "chouka"),
		Apple:  link("https://maps.apple.com/", "ll", gcj.latLon(), "q", name),
		Google: link("https://www.google.com/maps/search/", "api", "1", "query", wgs.latLon()),
	}
}

// link escapes values, and a blank as %20, which every service reads.
func link(base string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(base)
	for i := 0; i < len(pairs); i += 2 {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(pairs[i] + "=" + strings.ReplaceAll(url.QueryEscape(pairs[i+1]), "+", "%20"))
	}
	return b.String()
}

func (p Point) latLon() string { return degree(p.Lat) + "," + degree(p.Lon) }

func (p Point) lonLat() string { return degree(p.Lon) + "," + degree(p.Lat) }

// degree has six places, which is 11 centimetres.
func degree(d float64) string { return strconv.FormatFloat(d, 'f', 6, 64) }
