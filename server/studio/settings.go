package studio

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"chouka/server/studio/tally"
	"chouka/store"
)

// Settings is the studio itself: one record.
type Settings struct {
	store.Meta
	Name       string  `json:"name"`
	Zone       string  `json:"zone"`       // IANA
	Thresholds []int64 `json:"thresholds"` // of plays, rising (product.md, default thresholds)
	// MetricThresholds are those of other metrics than plays, by metric; heat has the usual ones where it is not in it.
	MetricThresholds map[string][]int64 `json:"metric_thresholds,omitempty"`
	// Basis counts the changes of zone and thresholds: figures that were worked out under an earlier one are worked out anew.
	Basis     int64 `json:"basis"`
	Demo      bool  `json:"demo"`       // the demonstration studio has been loaded
	RestHours int   `json:"rest_hours"` // between a wrap and the next call; 0: 10
	TravelKMH int   `json:"travel_kmh"` // how fast a crew gets from place to place; 0: 30
}

// SettingsEdit changes the studio; nil leaves a field as it is.
type SettingsEdit struct {
	Name       *string  `json:"name,omitempty"`
	Zone       *string  `json:"zone,omitempty"`
	Thresholds *[]int64 `json:"thresholds,omitempty"`
	// MetricThresholds replaces the lists of the metrics that it names; an empty list means none.
	MetricThresholds *map[string][]int64 `json:"metric_thresholds,omitempty"`
	// UsualThresholds are metrics that have the usual thresholds again, as if none had ever been given.
	UsualThresholds *[]string `json:"usual_thresholds,omitempty"`
	RestHours       *int      `json:"rest_hours,omitempty" minimum:"0" maximum:"24"`
	TravelKMH       *int      `json:"travel_kmh,omitempty" minimum:"0" maximum:"200"`
}

const settingsID = "studio"

func newSettings(c *change, name, zone string) (Settings, error) {
	out := Settings{Meta: c.meta(), Zone: "Asia/Shanghai", Thresholds: tally.DefaultThresholds()}
	out.ID = settingsID
	var x setter
	x.needed("studio", &out.Name, &name)
	if x.err == nil && zone != "" {
		out.Zone, x.err = zoneName("zone", zone)
	}
	return out, x.err
}

func zoneName(field, name string) (string, error) {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return "", wrong(field, "没有这个时区，请写成 Asia/Shanghai 这样的名称", "no such zone; write a name such as Asia/Shanghai")
	}
	return name, nil
}

// zone is the studio's time zone; every program carries the zone data with it.
func (s *Studio) zone(tx store.Txn) (*time.Location, error) {
	set, err := s.settings(tx)
	if err != nil {
		return nil, err
	}
	return s.zoneCalled(set.Zone)
}

// zoneCalled loads a zone that was checked when it was kept.
func (s *Studio) zoneCalled(name string) (*time.Location, error) {
	if loc, ok := s.zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("loading a zone: %w", err)
	}
	s.zones.Store(name, loc)
	return loc, nil
}

func (s *Studio) settings(tx store.Txn) (*Settings, error) {
	return found(s.r.settings.Get(tx, settingsID))("studio")
}

// StudioSettings reads the studio's own record.
func (s *Studio) StudioSettings(ctx context.Context, by Actor) (Settings, error) {
	if err := by.reads(); err != nil {
		return Settings{}, err
	}
	var out Settings
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.settings(tx)
		if err == nil {
			out = *got
		}
		return err
	})
	return out, err
}

// EditSettings changes the studio. With other thresholds or another zone the figures of every title are worked out anew in
// the background, a title at a time.
func (s *Studio) EditSettings(ctx context.Context, by Actor, rev int64, in SettingsEdit) (Settings, error) {
	if err := by.must(ManageStudio, "", "studio"); err != nil {
		return Settings{}, err
	}
	var out Settings
	err := s.update(ctx, by, func(c *change) error {
		got, err := s.settings(c.tx)
		if err != nil {
			return err
		}
		if err := base(got.Rev, rev); err != nil {
			return err
		}
		was := *got
		var x setter
		x.needed("name", &got.Name, in.Name)
		if x.err == nil && in.Zone != nil {
			got.Zone, x.err = zoneName("zone", *in.Zone)
		}
		if x.err == nil && in.Thresholds != nil {
			got.Thresholds, x.err = risingThresholds(*in.Thresholds)
		}
		if x.err == nil && in.MetricThresholds != nil {
			got.MetricThresholds, x.err = mergeThresholds(got.MetricThresholds, *in.MetricThresholds)
		}
		if x.err == nil && in.UsualThresholds != nil {
			got.MetricThresholds, x.err = dropThresholds(got.MetricThresholds, *in.UsualThresholds)
		}
		x.within("rest_hours", &got.RestHours, in.RestHours, 24)
		x.within("travel_kmh", &got.TravelKMH, in.TravelKMH, 200)
		if x.err != nil {
			return x.err
		}
		if got.otherBasis(&was) {
			got.Basis++
			if err := c.reckonAll(got.Basis); err != nil {
				return err
			}
		}
		got.Updated = c.now
		if err := s.r.settings.Put(c.tx, got); err != nil {
			return err
		}
		out = *got
		return c.note(event{Verb: "studio.edited", Kind: "studio", Object: settingsID})
	})
	if err == nil {
		s.wake()
	}
	return out, err
}

// otherBasis reports whether figures come out otherwise than under earlier settings.
func (x *Settings) otherBasis(was *Settings) bool {
	same := x.Zone == was.Zone
	for _, metric := range thresholdMetrics() {
		plain := &Title{}
		same = same && slices.Equal(thresholdsFor(plain, x, metric).Thresholds, thresholdsFor(plain, was, metric).Thresholds)
	}
	return !same
}

// within sets a whole number from 0 to most.
func (x *setter) within(field string, to, in *int, most int) {
	if in == nil || x.err != nil {
		return
	}
	if *in < 0 || *in > most {
		x.err = wrong(field, fmt.Sprintf("请填 0 到 %d 的整数，0 表示默认值", most), fmt.Sprintf("give a whole number from 0 to %d; 0 is the usual one", most))
		return
	}
	*to = *in
}

// rest is how long people rest between a wrap and the next call.
func (x *Settings) rest() time.Duration {
	if x.RestHours == 0 {
		return 10 * time.Hour
	}
	return time.Duration(x.RestHours) * time.Hour
}

// drive is how long it takes a crew to get over some metres, with the loading.
func (x *Settings) drive(metres float64) time.Duration {
	kmh := x.TravelKMH
	if kmh == 0 {
		kmh = 30
	}
	hours := metres / 1000 / float64(kmh)
	return (15*time.Minute + time.Duration(hours*float64(time.Hour))).Round(time.Minute)
}

func risingThresholds(in []int64) ([]int64, error) { return rising(in, 1_000_000_000_000) }

func rising(in []int64, most int64) ([]int64, error) {
	out := slices.Clone(in)
	slices.Sort(out)
	out = slices.Compact(out)
	if len(out) == 0 || len(out) > 20 || out[0] < 1 || out[len(out)-1] > most {
		return nil, wrong("thresholds", "请填 1 到 20 个大于零的整数", "give 1 to 20 whole numbers above zero")
	}
	return out, nil
}

// mergeThresholds replaces the lists of the metrics that are named; an empty one means none.
func mergeThresholds(have, in map[string][]int64) (map[string][]int64, error) {
	out := map[string][]int64{}
	maps.Copy(out, have)
	for _, metric := range slices.Sorted(maps.Keys(in)) {
		if metric == tally.MetricPlays || !slices.Contains(thresholdMetrics(), metric) {
			return nil, wrong("metric_thresholds", "这种指标没有里程碑，请重新选择", "there are no milestones of this metric; choose again")
		}
		list, err := metricThresholds(metric, in[metric])
		if err != nil {
			return nil, err
		}
		out[metric] = list
	}
	return out, nil
}

// dropThresholds takes the lists of some metrics away, so that the usual ones count.
func dropThresholds(have map[string][]int64, metrics []string) (map[string][]int64, error) {
	out := maps.Clone(have)
	for _, metric := range metrics {
		if metric == tally.MetricPlays || !slices.Contains(thresholdMetrics(), metric) {
			return nil, wrong("usual_thresholds", "这种指标没有里程碑，请重新选择", "there are no milestones of this metric; choose again")
		}
		delete(out, metric)
	}
	return out, nil
}
