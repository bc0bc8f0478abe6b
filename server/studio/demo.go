package studio

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// LoadDemo fills the studio with the demonstration: real titles of the field's
// news as facts with their source, and invented work that is marked as sample
// data. It goes through the same rules as everybody; each step is answered once,
// so that a load that was cut off goes on where it stopped.
func (s *Studio) LoadDemo(ctx context.Context, by Actor) (Settings, error) {
	if err := by.must(ManageStudio, "", "studio"); err != nil {
		return Settings{}, err
	}
	set, err := s.StudioSettings(ctx, by)
	if err != nil {
		return Settings{}, err
	}
	if set.Demo {
		return Settings{}, conflict("demo.loaded", "示例剧组已经载入过了", "the demonstration studio is loaded already")
	}
	d := &demo{s: s, by: by}
	if err := d.run(ctx); err != nil {
		return Settings{}, fmt.Errorf("loading the demonstration studio: %w", err)
	}
	var out Settings
	err = s.update(ctx, by, func(c *change) error {
		got, err := s.settings(c.tx)
		if err != nil {
			return err
		}
		got.Demo, got.Updated = true, c.now
		if err := s.r.settings.Put(c.tx, got); err != nil {
			return err
		}
		out = *got
		return c.note(event{Verb: "studio.demo", Kind: "studio", Object: settingsID})
	})
	return out, err
}

// demo loads the demonstration step by step; people and titles are found by their key.
type demo struct {
	s      *Studio
	by     Actor
	people map[string]Person
	titles map[string]Title
	made   []Reference // sheets
	err    error
}

func (d *demo) run(ctx context.Context) error {
	d.people, d.titles = map[string]Person{}, map[string]Title{}
	for _, p := range demoPeople() {
		d.people[p.key] = d.person(ctx, p)
	}
	for _, t := range demoTitles() {
		d.title(ctx, t)
	}
	d.location(ctx)
	for _, w := range demoWorks() {
		d.work(ctx, w)
	}
	d.shooting(ctx)
	d.figures(ctx)
	return d.err
}

// as is an actor of the demonstration whose step of this name happens once.
func (d *demo) as(person, step string) Actor {
	a := d.by
	if p, ok := d.people[person]; ok {
		a = Actor{Person: p, Roles: map[string]Role{}}
		for _, t := range d.titles {
			for _, m := range demoPeople() {
				if m.key == person {
					a.Roles[t.ID] = m.role
				}
			}
		}
	}
	a.Once = Once{Key: "demo " + step, Hash: "demo"}
	return a
}

func (d *demo) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// person adds somebody of the demonstration. Their empty password hash fits nothing: nobody signs in as them.
func (d *demo) person(ctx context.Context, p demoPerson) Person {
	out, err := create(ctx, d.s, d.as("", "person "+p.key), func(c *change) (Person, error) {
		return c.addPerson(p.name, "demo-"+p.key, "", Member)
	})
	d.fail(err)
	return out
}

func (d *demo) title(ctx context.Context, t demoTitle) {
	if d.err != nil {
		return
	}
	out, err := create(ctx, d.s, d.as("", "title "+t.key), func(c *change) (Title, error) {
		rec := t.record
		rec.Meta, rec.Demo = c.meta(), true
		if err := d.s.r.titles.Insert(c.tx, &rec); err != nil {
			return rec, err
		}
		for _, p := range demoPeople() {
			if _, err := c.setMember(rec.ID, d.people[p.key].ID, p.role); err != nil {
				return rec, err
			}
		}
		return rec, c.note(event{Verb: "title.created", Kind: "title", Object: rec.ID, TitleID: rec.ID, Params: map[string]string{"title": rec.Name}})
	})
	d.fail(err)
	d.titles[t.key] = out
}

// location adds 金沙湖大剧院 with its areas, pictures and bookings.
func (d *demo) location(ctx context.Context) {
	if d.err != nil {
		return
	}
	l, err := create(ctx, d.s, d.as("", "location"), func(c *change) (Location, error) {
		zone, err := d.s.zone(c.tx)
		if err != nil {
			return Location{}, err
		}
		rec := demoLocation(d.s.ids, d.by.Person.ID, c.now.In(zone))
		rec.Meta = c.meta()
		if err := d.s.r.locations.Insert(c.tx, &rec); err != nil {
			return rec, err
		}
		return rec, c.note(event{Verb: "location.created", Kind: "location", Object: rec.ID, Params: map[string]string{"name": rec.Name}})
	})
	d.fail(err)
	for i, a := range l.Areas {
		if d.err == nil && len(l.Photos) <= i {
			pic := demoPicture(720, 480, i*3+1, a.Name, nil)
			_, err := d.s.AddPhoto(ctx, d.as("scout", "photo "+a.Name), l.ID, "jinshahu-"+fmt.Sprint(i+1)+".png", a.ID, "示例图片", bytes.NewReader(pic))
			d.fail(err)
		}
	}
	for _, b := range demoBookings() {
		d.book(ctx, l, b)
	}
}

func (d *demo) book(ctx context.Context, l Location, b demoBooking) {
	if d.err != nil {
		return
	}
	area := ""
	for _, a := range l.Areas {
		if a.Name == b.area {
			area = a.ID
		}
	}
	zone := time.FixedZone("CST", 8*3600)
	today := d.s.now().In(zone)
	start := time.Date(today.Year(), today.Month(), today.Day()+b.day, b.from, 0, 0, 0, zone)
	_, err := d.s.Book(ctx, d.as("scout", fmt.Sprint("book ", b)), BookingIn{LocationID: l.ID, AreaID: area, TitleID: d.titles[b.title].ID,
		Start: start, End: start.Add(time.Duration(b.hours) * time.Hour), Status: b.status, Note: "示例数据：" + b.note, Reason: "示例数据"})
	d.fail(err)
}

// work imports a script, makes shots of its first scenes and draws on them.
func (d *demo) work(ctx context.Context, w demoWork) {
	if d.err != nil {
		return
	}
	t := d.titles[w.title]
	_, err := d.s.ImportScript(ctx, d.as("director", "script "+w.title), t.ID, ScriptIn{ScriptFile: ScriptFile{Name: w.file, Data: []byte(w.script)}, Note: "示例数据"})
	if err != nil {
		d.fail(err)
		return
	}
	outline, err := d.s.Outline(ctx, d.as("director", ""), t.ID)
	if err != nil {
		d.fail(err)
		return
	}
	d.sheets(ctx, w)
	n := 0
	for _, e := range outline {
		for _, scene := range e.Scenes {
			for i, text := range w.shots[scene.Label] {
				d.shot(ctx, w, scene, i, n, text)
				n++
			}
		}
	}
	d.replaceSheets(ctx, w)
}

func (d *demo) shot(ctx context.Context, w demoWork, scene SceneRow, i, n int, text ShotText) {
	if d.err != nil {
		return
	}
	step := fmt.Sprint("shot ", w.title, scene.Label, i)
	x, err := d.s.AddShot(ctx, d.as("director", step), scene.ID, ShotIn{ShotText: text, Operators: []string{d.people["operator"].ID}})
	if err != nil {
		d.fail(err)
		return
	}
	sheet, picture := d.drawnFrom(w, text)
	d.cast(ctx, x, sheet)
	var takes []Take
	for k := range (n*5+3)%7 + 1 {
		if row := d.draw(ctx, x, text, n, k, step); row != nil {
			takes = append(takes, row.Takes...)
			if k == 1 {
				d.fromSheet(ctx, row, picture, step)
			}
		}
	}
	d.review(ctx, x, takes, n)
}

// draw logs one attempt: pictures with their settings inside, now and then a clip, and one that the model refused.
func (d *demo) draw(ctx context.Context, x Shot, text ShotText, n, k int, step string) *AttemptRow {
	if d.err != nil {
		return nil
	}
	by := d.as("operator", fmt.Sprint(step, " draw ", k))
	if k == 3 {
		_, err := d.s.LogAttempt(ctx, by, x.ID, AttemptIn{Status: Refused, Generation: Generation{Service: "即梦", Model: "seedance-示例", Prompt: text.Prompt, Cost: Money{Amount: 2_5000, Currency: usualCurrency}},
			Reason: "示例数据：内容审核未通过"})
		d.fail(err)
		return nil
	}
	name, file := fmt.Sprintf("%s_%02d.png", x.Label, k+1), demoPicture(360, 640, n*7+k, x.Label, demoSettings(text.Prompt, n, k))
	if k == 2 {
		name, file = fmt.Sprintf("%s_%02d.mp4", x.Label, k+1), demoClip(9, 16, 8, 4, n*7+k)
	}
	row, err := d.s.LogFile(ctx, by, x.ID, name, bytes.NewReader(file))
	d.fail(err)
	if k == 2 && d.err == nil && row.Takes[0].Media.Derived != WorkReady {
		// Where there is no ffmpeg, the first picture stands for the clip.
		_, err := d.s.PutPoster(ctx, by, row.Takes[0].ID, bytes.NewReader(demoPicture(360, 640, n*7+k, "", nil)))
		if !IsKind(err, Conflict) {
			d.fail(err) // a conflict: the background was first
		}
	}
	return &row
}

// review judges the takes of some shots, so that every state is there to be seen.
func (d *demo) review(ctx context.Context, x Shot, takes []Take, n int) {
	if d.err != nil || len(takes) < 2 || n%3 == 2 {
		return
	}
	bad, good, stars := Rejected, Shortlisted, 4
	by := d.as("producer", "")
	by.Once = Once{}
	_, err := d.s.Judge(ctx, by, VerdictIn{Takes: []string{takes[0].ID}, Verdict: &bad, Reason: Reasons()[n%len(Reasons())]})
	d.fail(err)
	_, err = d.s.Judge(ctx, by, VerdictIn{Takes: []string{takes[1].ID}, Verdict: &good, Stars: &stars})
	d.fail(err)
	d.note(ctx, takes[0], n)
	if n%3 == 0 && d.err == nil {
		page, err := d.s.Shot(ctx, by, x.ID)
		d.fail(err)
		if err == nil && page.Shot.Pick == nil {
			_, err := d.s.PickTake(ctx, by, x.ID, PickIn{TakeID: takes[1].ID})
			d.fail(err)
		}
	}
}

// note remarks on a rejected take, with a drawing of what is wrong, and names whoever drew it.
func (d *demo) note(ctx context.Context, t Take, n int) {
	if d.err != nil {
		return
	}
	by := d.as("producer", fmt.Sprint("note ", t.ID))
	text := fmt.Sprintf("示例数据：框里的地方要重画，@%s，请再抽一次", d.people["operator"].Name)
	left := 1000 + n*700%5000
	mark := Stroke{Tool: "box", Colour: n % 6, Size: 8, Points: []int{left, 2500, 500, left + 3000, 5500, 500}}
	_, err := d.s.AddNote(ctx, by, t.ID, NoteIn{Text: text, Drawing: []Stroke{mark}})
	d.fail(err)
}
