package studio

import (
	"fmt"
	"testing"
	"time"
)

// benchDays makes a title with so many scenes of five shots each, and days that most of them stand on. Ten of its thirty
// people are played by performers; the hall of each scene is an area of one location, which is booked on every day.
func benchDays(b *testing.B, s *Studio, name string, scenes, days int, performers []string) string {
	b.Helper()
	by := Console()
	check := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	board, err := s.CreateTitle(b.Context(), by, TitleIn{Name: &name})
	check(err)
	title := board.Title.ID
	_, err = s.ImportScript(b.Context(), by, title, ScriptIn{ScriptFile: ScriptFile{Name: "a.txt", Data: benchScript(scenes)}})
	check(err)
	l, err := s.CreateLocation(b.Context(), by, LocationIn{Name: &name, Point: &PointIn{Lat: 30.3, Lon: 120.3, System: "wgs84"}})
	check(err)
	all, err := s.Elements(b.Context(), by, title, "")
	check(err)
	for _, e := range all {
		in := ElementIn{}
		if e.Kind == ElementPlace {
			in.LocationID = &l.ID
		} else if e.Kind == ElementCharacter && len(performers) > 0 {
			in.PerformerID, performers = &performers[0], performers[1:]
		}
		if in != (ElementIn{}) {
			_, err := s.EditElement(b.Context(), by, e.ID, e.Rev, in)
			check(err)
		}
	}
	outline, err := s.Outline(b.Context(), by, title)
	check(err)
	var rows []DayScene
	check(s.update(b.Context(), by, func(c *change) error {
		rows = nil
		for _, e := range outline {
			for _, x := range e.Scenes {
				rows = append(rows, DayScene{SceneID: x.ID, Minutes: 20})
				scene, err := s.r.scenes.Get(c.tx, x.ID)
				if err != nil {
					return err
				}
				var shots []*Shot
				for range 5 {
					sh := &Shot{ShotText: ShotText{Description: "bench", Milliseconds: 4000}}
					if err := c.addShot(scene, sh, shots, ""); err != nil {
						return err
					}
					shots = append(shots, sh)
				}
			}
		}
		return nil
	}))
	on := (len(rows) - len(rows)/10) / days // a tenth stays in the pool
	first := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	check(s.update(b.Context(), by, func(c *change) error {
		for i := range days {
			at := first.AddDate(0, 0, i)
			d := ShootDay{Meta: c.meta(), TitleID: title, Zone: "Asia/Shanghai", Date: at.Format(time.DateOnly), Start: at, End: at.Add(12 * time.Hour), Scenes: rows[i*on : (i+1)*on]}
			k := Booking{Meta: c.meta(), LocationID: l.ID, TitleID: title, Start: at, End: at.Add(12 * time.Hour), Status: Confirmed, Zone: "Asia/Shanghai"}
			if err := s.r.days.Insert(c.tx, &d); err != nil {
				return err
			}
			if err := s.r.bookings.Insert(c.tx, &k); err != nil {
				return err
			}
		}
		return nil
	}))
	return title
}

// BenchmarkDayBoard reads the board of a title with 60 days, of 200 and of 2,000 scenes, and moves a strip. Ten performers
// play in another title on the same days.
func BenchmarkDayBoard(b *testing.B) {
	for _, scenes := range []int{200, 2000} {
		s := benchStudio(b, false)
		var performers []string
		for i := range 10 {
			name := fmt.Sprint("演员", i)
			p, err := s.AddPerformer(b.Context(), Console(), PerformerIn{Name: &name})
			if err != nil {
				b.Fatal(err)
			}
			performers = append(performers, p.ID)
		}
		title := benchDays(b, s, "one", scenes, 60, performers)
		benchDays(b, s, "two", 200, 60, performers)
		b.Run(fmt.Sprint("board of ", scenes), func(b *testing.B) {
			for b.Loop() {
				got, err := s.DayBoard(b.Context(), Console(), title)
				if err != nil || len(got.Days) != 60 || len(got.Pool) < scenes/10 || got.Days[0].Seconds == 0 {
					b.Fatalf("%d days, %d in the pool, %v", len(got.Days), len(got.Pool), err)
				}
			}
		})
		board, err := s.DayBoard(b.Context(), Console(), title)
		if err != nil {
			b.Fatal(err)
		}
		ends := []string{board.Days[10].Day.ID, board.Days[30].Day.ID}
		scene, n := board.Days[10].Scenes[0].Scene.ID, 0
		b.Run(fmt.Sprint("move among ", scenes), func(b *testing.B) {
			for b.Loop() {
				_, err := s.MoveStrip(b.Context(), Console(), title, StripMove{SceneID: scene, From: ends[n%2], To: ends[(n+1)%2], Reason: "bench"})
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		})
	}
}
