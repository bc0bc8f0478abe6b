package geo

import (
	"math"
	"testing"
	"time"
)

func cst() *time.Location { return time.FixedZone("CST", 8*3600) }

func near(t *testing.T, what string, got time.Time, want int64, within time.Duration) {
	t.Helper()
	if off := got.Sub(time.Unix(want, 0)).Abs(); off > within {
		t.Errorf("%s is at %v, %v off", what, got, off)
	}
}

func TestTheSunRisesAsOthersPublish(t *testing.T) {
	for _, c := range []struct {
		source           string
		p                Point
		year, month, day int
		rise, set        int64
	}{
		// Answers of OpenWeather's service for Hangzhou, as public repositories keep them.
		{"OpenWeather, Hangzhou", Point{30.29, 120.16}, 2020, 9, 24, 1600897724, 1600941243},
		{"OpenWeather, Hangzhou", Point{30.2937, 120.1614}, 2022, 3, 26, 1648245386, 1648289624},
		{"OpenWeather, Hangzhou", Point{30.2937, 120.1614}, 2022, 4, 2, 1648849670, 1648894678},
		{"OpenWeather, Hangzhou", Point{30.2937, 120.1614}, 2025, 9, 21, 1758404816, 1758448693},
		// A Chinese weather service for city 101210101 (Hangzhou), 04:58 and 19:04, as Huawei's sample of 2022 keeps it.
		{"weather service, Hangzhou", Point{30.29, 120.16}, 2022, 6, 23, 1655931480, 1655982240},
		// The test of mourner/suncalc: 2013-03-05T04:34:56Z and 15:46:57Z.
		{"suncalc", Point{50.5, 30.5}, 2013, 3, 5, 1362458096, 1362498417},
	} {
		rise, set, ok := SunOf(c.p, c.year, time.Month(c.month), c.day, cst())
		if !ok {
			t.Fatalf("%s: no sun", c.source)
		}
		t.Logf("%s %s: sunrise %v, sunset %v off", c.source, rise.Format(time.DateOnly),
			rise.Sub(time.Unix(c.rise, 0)), set.Sub(time.Unix(c.set, 0)))
		near(t, c.source+" sunrise", rise, c.rise, 2*time.Minute)
		near(t, c.source+" sunset", set, c.set, 2*time.Minute)
	}
}

// altitude is where the middle of the sun stands in degrees, by the low-precision formulas of the Astronomical Almanac
// (section C): another way than the one under test, good to about 0.01 degrees.
func altitude(p Point, at time.Time) float64 {
	n := float64(at.UnixMilli())/86400e3 + 2440587.5 - 2451545
	g := radians(357.528 + 0.9856003*n)
	long := radians(280.460 + 0.9856474*n + 1.915*math.Sin(g) + 0.020*math.Sin(2*g))
	tilt := radians(23.439 - 0.0000004*n)
	ascension := math.Atan2(math.Cos(tilt)*math.Sin(long), math.Cos(long))
	declination := math.Asin(math.Sin(tilt) * math.Sin(long))
	sidereal := radians(math.Mod(280.46061837+360.98564736629*n, 360) + p.Lon)
	lat := radians(p.Lat)
	return degrees(math.Asin(math.Sin(lat)*math.Sin(declination) + math.Cos(lat)*math.Cos(declination)*math.Cos(sidereal-ascension)))
}

func TestTheSunStandsOnTheHorizonWhenItRisesAndSets(t *testing.T) {
	worst := 0.0
	for _, p := range []Point{{30.25, 120.17}, {53.48, 122.37}, {18.25, 109.5}, {39.47, 75.99}, {-33.9, 18.4}, {64.1, -21.9}, {0, 179.9}} {
		for day := range 365 {
			d := time.Date(2026, 1, 1+day, 0, 0, 0, 0, time.UTC)
			rise, set, ok := SunOf(p, d.Year(), d.Month(), d.Day(), cst())
			if !ok || !rise.Before(set) || set.Sub(rise) > 24*time.Hour {
				t.Fatalf("%v on %v: %v to %v, %v", p, d, rise, set, ok)
			}
			worst = max(worst, math.Abs(altitude(p, rise)+0.833), math.Abs(altitude(p, set)+0.833))
		}
	}
	t.Logf("at most %.4f degrees from the horizon", worst)
	if worst > 0.03 { // eight seconds of the sun's way at the equator
		t.Errorf("%.4f degrees from the horizon", worst)
	}
}

func TestTheSunIsThatOfTheDateInItsZone(t *testing.T) {
	// 喀什 keeps Beijing time: the sun is highest after three in the afternoon.
	rise, set, ok := SunOf(Point{39.47, 75.99}, 2026, 6, 21, cst())
	if !ok || rise.Day() != 21 || rise.Hour() != 7 || set.Hour() != 22 {
		t.Errorf("in 喀什: %v to %v", rise, set)
	}
	rise, set, _ = SunOf(Point{-41.29, 174.78}, 2024, 12, 21, time.FixedZone("NZDT", 13*3600))
	if rise.Day() != 21 || set.Day() != 21 || set.Sub(rise) < 15*time.Hour || set.Sub(rise) > 15*time.Hour+15*time.Minute {
		t.Errorf("in Wellington: %v to %v", rise, set)
	}
	// A day south of the equator is as long as one north of it half a year on, to the difference of the orbit.
	n1, n2, _ := SunOf(Point{35, 120}, 2026, 6, 21, cst())
	s1, s2, _ := SunOf(Point{-35, 120}, 2026, 12, 21, cst())
	if d := (n2.Sub(n1) - s2.Sub(s1)).Abs(); d > time.Minute {
		t.Errorf("the longest days of both halves differ by %v", d)
	}
}

func TestThereAreDaysWithoutSunrise(t *testing.T) {
	for name, c := range map[string]struct {
		p   Point
		m   time.Month
		day int
		ok  bool
	}{
		"Tromsø in June":     {Point{69.65, 18.96}, 6, 21, false},
		"Tromsø in December": {Point{69.65, 18.96}, 12, 21, false},
		"Tromsø in March":    {Point{69.65, 18.96}, 3, 20, true},
		"the pole":           {Point{90, 0}, 7, 1, false},
		"漠河 in June":         {Point{53.48, 122.37}, 6, 21, true},
		"nowhere":            {Point{math.NaN(), 120}, 6, 21, false},
		"beyond the earth":   {Point{91, 120}, 6, 21, false},
	} {
		if _, _, ok := SunOf(c.p, 2026, c.m, c.day, cst()); ok != c.ok {
			t.Errorf("%s: %v", name, ok)
		}
	}
}
