package studio

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"chouka/server/studio/geo"

	"pgregory.net/rapid"
)

// anyPlan draws a plan of a few days in one week: units, nights, bookings, places with and without points and hours, and
// people who play in several scenes. Nothing of it is stored.
func anyPlan(t *rapid.T, name string) *plan {
	p := &plan{s: &Studio{}, name: name, titleID: name, rules: &Settings{}, now: time.Date(2027, 3, 3, 4, 0, 0, 0, time.UTC), elements: map[string]*Element{}, scenes: map[string]*Scene{},
		places: map[string]*Location{}, players: map[string]*Performer{}, areas: map[string]string{}, suns: map[string]span{}, strips: map[string][]strip{}, away: map[string][]*plan{}, near: map[string]*plan{}}
	for i := range 3 {
		l := &Location{Name: fmt.Sprint("place", i), Status: Places()[rapid.IntRange(0, 4).Draw(t, "status")]}
		l.ID = fmt.Sprint("l", i)
		if rapid.Bool().Draw(t, "point") {
			l.Point = &geo.Point{Lat: 30 + float64(i)/4, Lon: 120}
		}
		if rapid.Bool().Draw(t, "hours") {
			l.Hours = []Hours{{From: "07:00", To: "21:00"}}
		}
		e := &Element{Kind: ElementPlace, Name: l.Name, LocationID: l.ID}
		p.places[l.ID], p.elements["p"+l.ID] = l, e
		who := &Performer{Name: fmt.Sprint("who", i)}
		who.ID = fmt.Sprint("w", i)
		p.players[who.ID] = who
		p.elements["c"+who.ID] = &Element{Kind: ElementCharacter, Name: who.Name, PerformerID: who.ID}
	}
	at := func(what string) time.Time {
		return time.Date(2027, 3, 1+rapid.IntRange(0, 4).Draw(t, what), rapid.IntRange(0, 23).Draw(t, what), 0, 0, 0, time.UTC)
	}
	for range rapid.IntRange(0, 6).Draw(t, "bookings") {
		b := &Booking{LocationID: fmt.Sprint("l", rapid.IntRange(0, 2).Draw(t, "booked")), Start: at("start")}
		b.End = b.Start.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "long")) * time.Hour)
		p.bookings = append(p.bookings, b)
	}
	for i := range 8 {
		x := &Scene{TitleID: name, Label: fmt.Sprint(i), Time: rapid.SampledFrom([]string{"日", "夜", "日/夜", ""}).Draw(t, "time"), Archived: rapid.IntRange(0, 9).Draw(t, "gone") == 0}
		x.ID = fmt.Sprint(name, i)
		x.Elements = []string{fmt.Sprint("pl", rapid.IntRange(0, 2).Draw(t, "place")), fmt.Sprint("cw", rapid.IntRange(0, 2).Draw(t, "who"))}
		p.scenes[x.ID] = x
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "days") {
		d := &ShootDay{Unit: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "unit"), Zone: "UTC", Start: at("call")}
		d.ID, d.Date = fmt.Sprint(name, "d", i), d.Start.Format(time.DateOnly)
		d.End = d.Start.Add(time.Duration(rapid.IntRange(4, 16).Draw(t, "length")) * time.Hour)
		for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 7), 0, 4, rapid.ID).Draw(t, "scenes") {
			d.Scenes = append(d.Scenes, DayScene{SceneID: fmt.Sprint(name, n), Minutes: rapid.SampledFrom([]int{0, 60, 240}).Draw(t, "minutes")})
		}
		p.put(d)
	}
	for id := range p.players {
		p.away[id] = []*plan{}
	}
	return p
}

// TestTakingASceneOffBringsNoClash: what is in no one's way stays so when a scene goes. Where people already could not be
// where they are wanted, another sentence may take the first one's place; all else only ever gets less.
func TestTakingASceneOffBringsNoClash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, other := anyPlan(t, "one"), anyPlan(t, "two")
		for id := range p.away {
			if rapid.Bool().Draw(t, "elsewhere") {
				p.away[id] = []*plan{other}
			}
		}
		before := clashesOf(t, p)
		d := p.days[rapid.IntRange(0, len(p.days)-1).Draw(t, "day")]
		if len(d.Scenes) == 0 {
			return
		}
		i := rapid.IntRange(0, len(d.Scenes)-1).Draw(t, "scene")
		less := *d
		less.Scenes = slices.Delete(slices.Clone(d.Scenes), i, i+1)
		p.put(&less)
		moving := func(x Clash) bool { return x.Kind == ClashPerformer || x.Kind == ClashRest || x.Kind == ClashTravel }
		for id, after := range clashesOf(t, p) {
			fresh := newIn(after, before[id], nil)
			if slices.ContainsFunc(before[id], moving) {
				fresh = slices.DeleteFunc(fresh, moving)
			}
			if len(fresh) > 0 {
				t.Fatalf("%s: without scene %s there is %s", id, d.Scenes[i].SceneID, fresh[0].EN)
			}
		}
	})
}

func clashesOf(t *rapid.T, p *plan) map[string][]Clash {
	out := map[string][]Clash{}
	for _, d := range p.days {
		got, err := p.clashes(d)
		if err != nil {
			t.Fatal(err)
		}
		out[d.ID] = got
	}
	return out
}
