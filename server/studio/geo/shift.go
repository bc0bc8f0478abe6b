package geo

import "math"

const (
	// Of the ellipsoid that GCJ-02 is made with (Krasovsky 1940): its axis in metres and its squared eccentricity.
	axis         = 6378245.0
	eccentricity = 0.00669342162296594323
	// inverseRounds bring the inverse below a millimetre; a single round errs by about a metre.
	inverseRounds = 8
)

// InMainland reports whether points are shifted here. It is the usual coarse box: it takes in more than the mainland
// (Hong Kong, Taiwan, Korea, much of South-East Asia), where a shifted point is wrong by some hundred metres.
func InMainland(p Point) bool {
	return p.Lon >= 72.004 && p.Lon <= 137.8347 && p.Lat >= 0.8293 && p.Lat <= 55.8271
}

// ToWGS84 takes a point of a system to WGS-84. Outside the mainland points stay as they are.
func ToWGS84(p Point, from System) Point {
	if from != GCJ02 && from != BD09 {
		return p
	}
	forward := func(w Point) Point { return shifted(w, from) }
	w := p
	for range inverseRounds {
		f := forward(w)
		w = Point{w.Lat + p.Lat - f.Lat, w.Lon + p.Lon - f.Lon}
	}
	if !InMainland(w) {
		return p
	}
	return w
}

// FromWGS84 takes a WGS-84 point to a system. Outside the mainland points stay as they are.
func FromWGS84(p Point, to System) Point {
	if !InMainland(p) {
		return p
	}
	return shifted(p, to)
}

func shifted(p Point, to System) Point {
	switch to {
	case GCJ02:
		return gcj(p)
	case BD09:
		return bd(gcj(p))
	}
	return p
}

// gcj is the usual formula of GCJ-02, as googollee/eviltransform has it.
func gcj(p Point) Point {
	x, y := p.Lon-105, p.Lat-35
	xy, root := x*y, math.Sqrt(math.Abs(x))
	wave := 20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)
	lat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*xy + 0.2*root
	lat += (wave + 20*math.Sin(y*math.Pi) + 40*math.Sin(y/3*math.Pi) + 160*math.Sin(y/12*math.Pi) + 320*math.Sin(y/30*math.Pi)) * 2 / 3
	lon := 300 + x + 2*y + 0.1*x*x + 0.1*xy + 0.1*root
	lon += (wave + 20*math.Sin(x*math.Pi) + 40*math.Sin(x/3*math.Pi) + 150*math.Sin(x/12*math.Pi) + 300*math.Sin(x/30*math.Pi)) * 2 / 3
	sin := math.Sin(radians(p.Lat))
	magic := 1 - eccentricity*sin*sin
	return Point{
		Lat: p.Lat + degrees(lat/(axis*(1-eccentricity)/(magic*math.Sqrt(magic)))),
		Lon: p.Lon + degrees(lon/(axis/math.Sqrt(magic)*math.Cos(radians(p.Lat)))),
	}
}

// bd is what 百度 adds to GCJ-02.
func bd(p Point) Point {
	const turn = math.Pi * 3000 / 180
	z := math.Hypot(p.Lon, p.Lat) + 0.00002*math.Sin(p.Lat*turn)
	theta := math.Atan2(p.Lat, p.Lon) + 0.000003*math.Cos(p.Lon*turn)
	return Point{Lat: z*math.Sin(theta) + 0.006, Lon: z*math.Cos(theta) + 0.0065}
}
