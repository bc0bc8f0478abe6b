package geo

import (
	"math"
	"strings"
	"testing"
)

// reading is a spelling of 金沙湖大剧院 and what it says.
type reading struct {
	text   string
	system System
	sure   bool
	name   string
}

func spelled() []reading {
	return []reading{
		{"30.3087,120.3494", WGS84, false, ""},
		{"120.3494,30.3087", WGS84, false, ""},
		{" 30.3087 , 120.3494\n", WGS84, false, ""},
		{"30.3087 120.3494", WGS84, false, ""},
		{"30.3087\t120.3494", WGS84, false, ""},
		{"３０.３０８７，１２０.３４９４", WGS84, false, ""},
		{"30.3087、120.3494", WGS84, false, ""},
		{"(30.3087, 120.3494)", WGS84, false, ""},
		{"（120.3494，30.3087）", WGS84, false, ""},
		{"[120.3494, 30.3087]", WGS84, false, ""},
		{"POINT(120.3494 30.3087)", WGS84, false, ""},
		{"+30.3087,+120.3494", WGS84, false, ""},
		{"30.3087°,120.3494°", WGS84, false, ""},
		{"30.3087N, 120.3494E", WGS84, false, ""},
		{"30.3087° N 120.3494° E", WGS84, false, ""},
		{"N30.3087 E120.3494", WGS84, false, ""},
		{"E120.3494,N30.3087", WGS84, false, ""},
		{"北纬30.3087度 东经120.3494度", WGS84, false, ""},
		{"东经120.3494°，北纬30.3087°", WGS84, false, ""},
		{"经度：120.3494，纬度：30.3087", WGS84, false, ""},
		{"纬度 30.3087 经度 120.3494", WGS84, false, ""},
		{"lat: 30.3087, lng: 120.3494", WGS84, false, ""},
		{`{"lon":120.3494,"lat":30.3087}`, WGS84, false, ""},
		{"Longitude=120.3494 Latitude=30.3087", WGS84, false, ""},
		{`30°18'31.32"N 120°20'57.84"E`, WGS84, false, ""},
		{"30°18′31.32″N, 120°20′57.84″E", WGS84, false, ""},
		{"30º18’31.32”N 120º20’57.84”E", WGS84, false, ""},
		{"北纬30度18分31.32秒，东经120度20分57.84秒", WGS84, false, ""},
		{"30° 18' 31.32'' 120° 20' 57.84''", WGS84, false, ""},
		{"30°18.522'N 120°20.964'E", WGS84, false, ""},
		{"WGS-84 30.3087,120.3494", WGS84, true, ""},
		{"30.3087,120.3494 (GCJ-02)", GCJ02, true, ""},
		{"火星坐标：120.3494,30.3087", GCJ02, true, ""},
		{"高德 120.3494,30.3087", GCJ02, true, ""},
		{"百度坐标 120.3494,30.3087", BD09, true, ""},
		{"BD09：30.3087,120.3494", BD09, true, ""},
		{"https://uri.amap.com/marker?position=120.3494,30.3087&name=%E9%87%91%E6%B2%99%E6%B9%96%E5%A4%A7%E5%89%A7%E9%99%A2", GCJ02, true, "金沙湖大剧院"},
		{"https://uri.amap.com/marker?position=120.3494,30.3087&coordinate=wgs84", WGS84, true, ""},
		{"uri.amap.com/marker?position=120.3494,30.3087", GCJ02, true, ""},
		{"https://uri.amap.com/navigation?from=116.4,39.9,start&to=120.3494,30.3087,大剧院&mode=car", GCJ02, true, "大剧院"},
		{"https://uri.amap.com/marker?markers=120.3494,30.3087,大剧院|116.4,39.9,北京", GCJ02, true, "大剧院"},
		{"https://wb.amap.com/?p=B0FFH,30.3087,120.3494,大剧院,金沙大道", GCJ02, true, "大剧院"},
		{"https://wb.amap.com/?q=30.3087,120.3494,大剧院", GCJ02, true, "大剧院"},
		{"https://ditu.amap.com/regeo?lng=120.3494&lat=30.3087&name=大剧院", GCJ02, true, "大剧院"},
		{"androidamap://viewMap?sourceApplication=a&poiname=大剧院&lat=30.3087&lon=120.3494&dev=0", GCJ02, true, "大剧院"},
		{"iosamap://viewMap?lat=30.3087&lon=120.3494&dev=1", WGS84, true, ""},
		{"【大剧院】在这里 https://uri.amap.com/marker?position=120.3494,30.3087 快来", GCJ02, true, ""},
		{"https://apis.map.qq.com/uri/v1/marker?marker=coord:30.3087,120.3494;title:大剧院;addr:金沙大道&referer=a", GCJ02, true, "大剧院"},
		{"https://apis.map.qq.com/uri/v1/marker?marker=coord:30.3087,120.3494&coord_type=1", WGS84, true, ""},
		{"https://apis.map.qq.com/uri/v1/geocoder?coord=30.3087,120.3494&referer=a", GCJ02, true, ""},
		{"https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=大剧院&tocoord=30.3087,120.3494", GCJ02, true, "大剧院"},
		{"https://map.qq.com/?type=marker&pointx=120.3494&pointy=30.3087&name=大剧院", GCJ02, true, "大剧院"},
		{"qqmap://map/marker?marker=coord:30.3087,120.3494;title:大剧院", GCJ02, true, "大剧院"},
		{"https://api.map.baidu.com/marker?location=30.3087,120.3494&title=大剧院&output=html", BD09, true, "大剧院"},
		{"http://api.map.baidu.com/marker?location=30.3087,120.3494&coord_type=gcj02", GCJ02, true, ""},
		{"http://api.map.baidu.com/marker?location=30.3087,120.3494&coord_type=wgs84", WGS84, true, ""},
		{"http://api.map.baidu.com/direction?destination=latlng:30.3087,120.3494|name:大剧院&mode=driving", BD09, true, "大剧院"},
		{"https://map.baidu.com/?latlng=30.3087,120.3494&title=大剧院", BD09, true, "大剧院"},
		{"baidumap://map/marker?location=30.3087,120.3494&title=大剧院", BD09, true, "大剧院"},
		{"https://maps.apple.com/?ll=30.3087,120.3494&q=大剧院", GCJ02, false, "大剧院"},
		{"https://maps.apple.com/place?coordinate=30.3087,120.3494&name=大剧院", GCJ02, false, "大剧院"},
		{"https://www.google.com/maps/search/?api=1&query=30.3087,120.3494", WGS84, false, ""},
		{"https://www.google.com/maps/@30.3087,120.3494,17z", WGS84, false, ""},
		{"https://www.google.com/maps/place/Jinsha+Lake/@30.3,120.3,17z/data=!3m1!4b1!4m5!3m4!1s0x0!8m2!3d30.3087!4d120.3494", WGS84, false, "Jinsha Lake"},
		{"https://maps.google.com/maps?q=30.3087,120.3494", WGS84, false, ""},
		{"https://www.google.com/maps/search/30.3087,+120.3494", WGS84, false, ""},
		{"https://www.openstreetmap.org/?mlat=30.3087&mlon=120.3494#map=17/30.3/120.3", WGS84, true, ""},
		{"https://www.openstreetmap.org/#map=17/30.3087/120.3494", WGS84, true, ""},
		{"geo:30.3087,120.3494", WGS84, true, ""},
		{"geo:30.3087,120.3494,12;u=35", WGS84, true, ""},
		{"geo:30.3087,120.3494;crs=wgs84", WGS84, true, ""},
		{"geo:0,0?q=30.3087,120.3494(大剧院)", WGS84, true, "大剧院"},
	}
}

func TestParseReadsEverySpelling(t *testing.T) {
	for _, c := range spelled() {
		got, ok := Parse(c.text)
		if !ok || math.Abs(got.Point.Lat-30.3087) > 1e-6 || math.Abs(got.Point.Lon-120.3494) > 1e-6 {
			t.Errorf("%s: %+v, %v", c.text, got, ok)
			continue
		}
		if got.System != c.system || got.Sure != c.sure || got.Name != c.name {
			t.Errorf("%s: %+v, want %s, sure %v, name %q", c.text, got, c.system, c.sure, c.name)
		}
	}
	t.Logf("%d spellings", len(spelled()))
}

func TestParseKnowsTheOrderAbroad(t *testing.T) {
	for text, want := range map[string]Point{
		"48.8566, 2.3522":      {48.8566, 2.3522},
		"-33.8568,151.2153":    {-33.8568, 151.2153},
		"151.2153,-33.8568":    {-33.8568, 151.2153},
		"33.8568S 151.2153E":   {-33.8568, 151.2153},
		"40.7128,-74.006":      {40.7128, -74.006},
		"40.7128N 74.006W":     {40.7128, -74.006},
		"75.99,39.47":          {39.47, 75.99}, // 喀什: both below 90
		"39.47,75.99":          {39.47, 75.99},
		"南纬33.8568 东经151.2153": {-33.8568, 151.2153},
		"0,0":                  {0, 0},
	} {
		if got, ok := Parse(text); !ok || got.Point != want {
			t.Errorf("%s: %+v, %v", text, got, ok)
		}
	}
	if got, _ := Parse("48.8566, 2.3522"); !got.Sure || got.System != WGS84 {
		t.Errorf("outside the mainland all systems are one: %+v", got)
	}
}

func TestParseRefusesWhatHoldsNoPoint(t *testing.T) {
	for _, text := range []string{
		"", " ", "金沙湖大剧院", "30.3087", "30.3087,", ",", "30.3087,120.3494,5", "91,181", "100,100", "120.3494N,30.3087E",
		"30.3087,NaN", "Inf,120", "1e3,20", "0x1e,120", "30..3,120", ".,.", "30.3087,120.3494 号楼", "浙江省杭州市钱塘区 30 号 120 室",
		"30.3087N,120.3494N", "lat 30.3 lat 120.3", "北纬-30.3,东经120.3", "-30.3N,120.3E", "30°61'0\"N 120°0'0\"E", "30.5°18'N 120°E",
		"GCJ-02 BD-09 30.3,120.3", "30.3087,120.3494 lat", "--30,120", "２０２６年",
		"https://surl.amap.com/abc", "https://maps.app.goo.gl/abc", "https://example.com/?ll=30.3087,120.3494", "https://amap.com.example.com/?position=120,30",
		"https://uri.amap.com/marker?position=30.3087", "https://uri.amap.com/marker?position=a,b", "https://uri.amap.com/marker?position=120.3,95",
		"https://map.baidu.com/@13397000,3545000,15z", "http://api.map.baidu.com/marker?location=30.3,120.3&coord_type=bd09mc",
		"https://maps.apple.com/?address=杭州", "https://www.google.com/maps/place/Hangzhou", "geo:", "geo:0,0?q=杭州", "geo:30.3,120.3;crs=nad27", "geo:abc",
		"https://%zz", "://", "https://uri.amap.com/marker?position=%zz", strings.Repeat("3", 5000), strings.Repeat("1,", 1500),
	} {
		if got, ok := Parse(text); ok {
			t.Errorf("%.60q is read as %+v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range spelled() {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := Parse(text)
		if !ok {
			return
		}
		if !got.Point.Valid() || got.System != WGS84 && got.System != GCJ02 && got.System != BD09 {
			t.Errorf("%q is read as %+v", text, got)
		}
		if wgs := ToWGS84(got.Point, got.System); !wgs.Valid() && InMainland(got.Point) {
			t.Errorf("%q leaves the earth: %+v", text, wgs)
		}
	})
}
