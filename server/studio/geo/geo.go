// Package geo is where places are: coordinate systems, distances, links to map services, the sun. It is pure.
package geo

import "math"

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

// earthRadius is the mean radius in metres (IUGG).
const earthRadius = 6371008.8

// DistanceM is how far two points are apart along the ground in metres, on a sphere: up to half a percent off.
func DistanceM(a, b Point) float64 {
	lat := math.Sin(radians(b.Lat-a.Lat) / 2)
	lon := math.Sin(radians(b.Lon-a.Lon) / 2)
	h := lat*lat + math.Cos(radians(a.Lat))*math.Cos(radians(b.Lat))*lon*lon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}

// Valid reports whether a point is on the earth.
func (p Point) Valid() bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 // false for what is not a number
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
