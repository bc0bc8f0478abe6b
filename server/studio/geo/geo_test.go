package geo

import (
	"math"
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
