package studio

import (
	"context"
	"slices"
	"strings"
	"time"
)

// demoDay is a shooting day of the demonstration: days from today, and hours of the clock in the studio's zone.
type demoDay struct {
	day, from, hours int
	unit, note       string
	scenes           []string // labels
}

// demoDays are those of 娇藏京枝, within its bookings. The last one has a night scene by day, so that a clash is there to be seen.
func demoDays() []demoDay {
	return []demoDay{
		{1, 8, 10, "A", "示例数据：广场和观众厅", []string{"1-1", "1-2"}},
		{1, 19, 7, "B", "示例数据：屋顶夜戏，过零点", []string{"2-1"}},
		{6, 8, 8, "A", "示例数据：后台没有窗，白天拍夜戏", []string{"2-2"}},
	}
}

// demoPerformers are invented people, by the character whom they play.
func demoPerformers() [][2]string {
	return [][2]string{{"沈枝", "苏曼（示例）"}, {"顾京", "陆衡（示例）"}}
}

// shooting casts the characters of 娇藏京枝 and plans its days at 金沙湖大剧院.
func (d *demo) shooting(ctx context.Context) {
	if d.err != nil {
		return
	}
	title := d.titles["jiaocang"].ID
	elements, err := d.s.Elements(ctx, d.as("director", ""), title, ElementCharacter)
	d.fail(err)
	for _, x := range demoPerformers() {
		p := d.performer(ctx, x[1])
		i := slices.IndexFunc(elements, func(e Element) bool { return e.Name == x[0] })
		if d.err == nil && i >= 0 && elements[i].PerformerID == "" {
			_, err := d.s.EditElement(ctx, d.as("director", ""), elements[i].ID, elements[i].Rev, ElementIn{PerformerID: &p.ID})
			d.fail(err)
		}
	}
	var days []DayRow
	for _, x := range demoDays() {
		days = append(days, d.shootDay(ctx, title, x))
	}
	d.callSheet(ctx, title, days[0])
}

func (d *demo) performer(ctx context.Context, name string) Performer {
	if d.err != nil {
		return Performer{}
	}
	p, err := create(ctx, d.s, d.as("scout", "performer "+name), func(c *change) (Performer, error) {
		p := Performer{Meta: c.meta(), Name: name, Aliases: []string{}, Phone: "000-0000-0000", Note: "示例数据", Demo: true}
		if err := d.s.r.performers.Insert(c.tx, &p); err != nil {
			return p, err
		}
		return p, c.notePerformer("performer.added", &p)
	})
	d.fail(err)
	return p
}

// shootDay makes a day with its scenes; those that stand on it from a load that was cut off stay.
func (d *demo) shootDay(ctx context.Context, title string, x demoDay) DayRow {
	if d.err != nil {
		return DayRow{}
	}
	zone := time.FixedZone("CST", 8*3600)
	today := d.s.now().In(zone)
	start := time.Date(today.Year(), today.Month(), today.Day()+x.day, x.from, 0, 0, 0, zone)
	end := start.Add(time.Duration(x.hours) * time.Hour)
	step := strings.Join(append([]string{"day", x.unit}, x.scenes...), " ")
	day, err := d.s.AddDay(ctx, d.as("scout", step), title, DayIn{Unit: &x.unit, Start: &start, End: &end, Note: &x.note, Reason: "示例数据"})
	if err != nil {
		d.fail(err)
		return DayRow{}
	}
	board, err := d.s.DayBoard(ctx, d.as("scout", ""), title)
	d.fail(err)
	for _, st := range board.Pool {
		if at := slices.Index(x.scenes, st.Scene.Label); at >= 0 && d.err == nil {
			minutes := 180
			_, err := d.s.MoveStrip(ctx, d.as("scout", ""), title, StripMove{SceneID: st.Scene.ID, To: day.Day.ID, At: at, Reason: x.note})
			d.fail(err)
			_, err = d.s.EditDayScene(ctx, d.as("scout", ""), day.Day.ID, st.Scene.ID, DaySceneIn{Minutes: &minutes})
			d.fail(err)
		}
	}
	return day
}
