package geo

import (
	"math"
	"time"
)

const (
	// horizon is how far from the zenith the middle of the sun stands as its edge rises: refraction and half its width.
	horizon = 90.833
	// sunRounds find the sun where it stands at sunrise itself.
	sunRounds = 5
)

// SunOf are sunrise and sunset at a WGS-84 point, around the noon of a date in a zone; ok is false where the sun does not
// rise or does not set. It follows NOAA's solar calculator (J. Meeus, Astronomical Algorithms) and holds within a minute
// or two below 72° on a flat horizon; times are to the second, in the zone.
func SunOf(p Point, year int, month time.Month, day int, loc *time.Location) (rise, set time.Time, ok bool) {
	if !p.Valid() {
		return time.Time{}, time.Time{}, false
	}
	noon := time.Date(year, month, day, 12, 0, 0, 0, loc)
	transit := noon
	for range sunRounds {
		transit = nearest(noon, transit, p.Lon)
	}
	rise, up := crossing(p, transit, -1)
	set, down := crossing(p, transit, 1)
	return rise.Round(time.Second).In(loc), set.Round(time.Second).In(loc), up && down
}

// nearest is the sun's highest moment next to noon, with the equation of time as it is at guess.
func nearest(noon, guess time.Time, lon float64) time.Time {
	_, equation := sun(guess)
	minutes := 720 - 4*lon - equation // of the day in UTC
	at := noon.UTC().Truncate(24 * time.Hour).Add(time.Duration(minutes * float64(time.Minute)))
	for at.Sub(noon) > 12*time.Hour {
		at = at.Add(-24 * time.Hour)
	}
	for noon.Sub(at) > 12*time.Hour {
		at = at.Add(24 * time.Hour)
	}
	return at
}

// crossing is when the sun is on the horizon before (-1) or after (1) its highest moment.
func crossing(p Point, transit time.Time, side float64) (time.Time, bool) {
	_, noonEquation := sun(transit)
	at := transit
	for range sunRounds {
		declination, equation := sun(at)
		lat := radians(p.Lat)
		cos := (math.Cos(radians(horizon)) - math.Sin(lat)*math.Sin(declination)) / (math.Cos(lat) * math.Cos(declination))
		if !(cos >= -1 && cos <= 1) {
			return time.Time{}, false
		}
		minutes := side*4*degrees(math.Acos(cos)) + noonEquation - equation
		at = transit.Add(time.Duration(minutes * float64(time.Minute)))
	}
	return at, true
}

// sun is the sun's declination in radians and the equation of time in minutes.
func sun(at time.Time) (declination, equation float64) {
	t := (float64(at.UnixMilli())/86400e3 + 2440587.5 - 2451545) / 36525 // Julian centuries since 2000
	long := radians(math.Mod(280.46646+t*(36000.76983+t*0.0003032), 360))
	anomaly := radians(357.52911 + t*(35999.05029-0.0001537*t))
	orbit := 0.016708634 - t*(0.000042037+0.0000001267*t)
	center := math.Sin(anomaly)*(1.914602-t*(0.004817+0.000014*t)) + math.Sin(2*anomaly)*(0.019993-0.000101*t) + math.Sin(3*anomaly)*0.000289
	node := radians(125.04 - 1934.136*t)
	apparent := long + radians(center-0.00569-0.00478*math.Sin(node))
	tilt := radians(23 + (26+(21.448-t*(46.815+t*(0.00059-t*0.001813)))/60)/60 + 0.00256*math.Cos(node))
	y := math.Pow(math.Tan(tilt/2), 2)
	equation = 4 * degrees(y*math.Sin(2*long)-2*orbit*math.Sin(anomaly)+4*orbit*y*math.Sin(anomaly)*math.Cos(2*long)-
		y*y/2*math.Sin(4*long)-1.25*orbit*orbit*math.Sin(2*anomaly))
	return math.Asin(math.Sin(tilt) * math.Sin(apparent)), equation
}
