package geo

import (
	"math"
	"net/url"
	"strings"
	"testing"
)

func TestGCJ02AgreesWithThePublishedVectors(t *testing.T) {
	// The test vectors of googollee/eviltransform.
	for name, v := range map[string]struct{ wgs, gcj Point }{
		"Shanghai": {Point{31.1774276, 121.5272106}, Point{31.17530398364597, 121.531541859215}},
		"Shenzhen": {Point{22.543847, 113.912316}, Point{22.540796131694766, 113.9171764808363}},
		"Beijing":  {Point{39.911954, 116.377817}, Point{39.91334545536069, 116.38404722455657}},
	} {
		got := FromWGS84(v.wgs, GCJ02)
		if off := max(math.Abs(got.Lat-v.gcj.Lat), math.Abs(got.Lon-v.gcj.Lon)); off > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, v.gcj)
		}
		if back := DistanceM(ToWGS84(v.gcj, GCJ02), v.wgs); back > 0.001 {
			t.Errorf("%s comes back %g m off", name, back)
		}
	}
}

func TestHangzhouIsShiftedToTheSouthEast(t *testing.T) {
	here := Point{30.3087, 120.3494} // 金沙湖
	there := FromWGS84(here, GCJ02)
	south := DistanceM(here, Point{there.Lat, here.Lon})
	east := DistanceM(here, Point{here.Lat, there.Lon})
	t.Logf("%.1f m south, %.1f m east", south, east)
	if there.Lat >= here.Lat || there.Lon <= here.Lon || math.Abs(south-260) > 15 || math.Abs(east-437) > 15 {
		t.Errorf("shifted to %v: %.1f m and %.1f m", there, south, east)
	}
}

func TestBaiduAddsItsOwnShift(t *testing.T) {
	// The pair of GCJ-02 and BD-09 that coordtransform's README gives: 116.404, 39.915.
	got := bd(Point{39.915, 116.404})
	if want := (Point{39.92133699351022, 116.41036949371029}); DistanceM(got, want) > 0.01 {
		t.Errorf("BD-09 is %v, want %v", got, want)
	}
}

func TestEveryPointOfTheMainlandComesBack(t *testing.T) {
	for _, system := range []System{GCJ02, BD09} {
		worst, n := 0.0, 0
		for lat := 18.1; lat < 53.6; lat += 0.37 {
			for lon := 73.6; lon < 135.1; lon += 0.41 {
				p := Point{lat, lon}
				worst = max(worst, DistanceM(p, ToWGS84(FromWGS84(p, system), system)))
				n++
			}
		}
		t.Logf("%s: %d points, the worst comes back %.2g m off", system, n, worst)
		if worst > 0.1 || n < 10000 {
			t.Errorf("%s: %g m off after %d points", system, worst, n)
		}
	}
}

func TestNothingIsShiftedOutsideTheMainland(t *testing.T) {
	for name, p := range map[string]Point{"Paris": {48.8566, 2.3522}, "Sydney": {-33.8568, 151.2153}, "New York": {40.7128, -74.006}, "nowhere": {0, 0}} {
		for _, system := range []System{WGS84, GCJ02, BD09, ""} {
			if got := FromWGS84(p, system); got != p {
				t.Errorf("%s in %q: %v", name, system, got)
			}
			if got := ToWGS84(p, system); got != p {
				t.Errorf("%s from %q: %v", name, system, got)
			}
		}
	}
	if p := (Point{math.NaN(), math.Inf(1)}); ToWGS84(p, GCJ02).Valid() || p.Valid() {
		t.Error("what is not a number became a point")
	}
}

func TestDistanceIsThatOfTheGlobe(t *testing.T) {
	if d := DistanceM(Point{0, 0}, Point{1, 0}); math.Abs(d-111195) > 1 { // a sixtieth of a degree is a nautical mile
		t.Errorf("a degree is %g m", d)
	}
	if d := DistanceM(Point{10, 179.9}, Point{10, -179.9}); math.Abs(d-0.2*111195*math.Cos(radians(10))) > 1 {
		t.Errorf("over the date line: %g m", d)
	}
	if d := DistanceM(Point{30, 120}, Point{-30, -60}); math.Abs(d-math.Pi*earthRadius) > 1 {
		t.Errorf("to the other side: %g m", d)
	}
}

func TestLinksCarryThePointInTheServicesSystem(t *testing.T) {
	here := Point{30.3087, 120.3494}
	links := LinksOf(here, "金沙湖大剧院 A&B;#1:门")
	for name, c := range map[string]struct {
		link, host, point string
		system            System
	}{
		"高德": {links.Amap, "uri.amap.com", "position=120.353965%2C30.306386", GCJ02},
		"腾讯": {links.Tencent, "apis.map.qq.com", "coord%3A30.306386%2C120.353965", GCJ02},
		"百度": {links.Baidu, "api.map.baidu.com", "coord_type=bd09ll", BD09},
		"苹果": {links.Apple, "maps.apple.com", "ll=30.306386%2C120.353965", GCJ02},
		"谷歌": {links.Google, "www.google.com", "query=30.308700%2C120.349400", WGS84},
	} {
		u, err := url.Parse(c.link)
		if err != nil || u.Scheme != "https" || u.Host != c.host || !strings.Contains(u.RawQuery, c.point) {
			t.Errorf("%s: %s (%v)", name, c.link, err)
		}
		if strings.ContainsAny(c.link, " +;#\"'<>金") {
			t.Errorf("%s is not escaped: %s", name, c.link)
		}
		got, ok := Parse(c.link)
		if !ok || got.System != c.system || DistanceM(ToWGS84(got.Point, got.System), here) > 0.2 {
			t.Errorf("%s comes back as %+v", name, got)
		}
		if name != "谷歌" && name != "腾讯" && got.Name != "金沙湖大剧院 A&B;#1:门" {
			t.Errorf("%s brings back the name %q", name, got.Name)
		}
	}
	if got, _ := Parse(links.Tencent); got.Name != "金沙湖大剧院 A&B #1 门" {
		t.Errorf("腾讯 brings back the name %q", got.Name)
	}
}
