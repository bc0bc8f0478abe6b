// Package geo is where places are: coordinate systems, distances, links to map services, the sun. It is pure.
package geo

// System is a coordinate system in which maps of the mainland give points.
type System string

// The systems. 高德 and 腾讯 show GCJ-02, 百度 BD-09, satellites and Apple's and Google's data abroad WGS-84.
const (
	WGS84 System = "wgs84"
	GCJ02 System = "gcj02"
	BD09  System = "bd09"
)

// Point is a place on the earth in degrees; what system it is in is said where it stands.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Links open a point in map services.
type Links struct {
	Amap    string `json:"amap"`
	Tencent string `json:"tencent"`
	Baidu   string `json:"baidu"`
	Apple   string `json:"apple"`
	Google  string `json:"google"`
}
