package studio

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
	"chouka/store"
)

// tableShot is what one row of a shot list does.
type tableShot struct {
	row     int
	have    *Shot // nil: new
	changed bool
	shot    Shot              // as it will be
	keep    map[string]string // columns without a place of their own
}

// shotPlan works out what a shot list does to a title.
type shotPlan struct {
	tablePlan
	t      *readTable
	s      *Studio
	tx     store.Txn
	placer *placer
}

// planShots finds the scene and the shot of every row. An empty cell never empties what is there.
func (s *Studio) planShots(tx store.Txn, titleID string, t *readTable) (*tablePlan, error) {
	placer, err := s.newPlacer(tx, titleID, t.choice)
	if err != nil {
		return nil, err
	}
	placer.changes = true
	p := &shotPlan{t: t, s: s, tx: tx, placer: placer}
	rows, errs := sheet.Shots(t.rows, t.layout)
	for _, e := range errs {
		p.errors = append(p.errors, CellError{Row: e.Row, Column: e.Column, Code: e.Code,
			ZH: "时长读不懂，请写成 3、3.5秒、2\" 或 00:03", EN: "the length cannot be read; write 3, 3.5s, 2\" or 00:03"})
	}
	for i, r := range rows {
		if err := p.row(r, t.rows[i]); err != nil {
			return nil, err
		}
	}
	for _, n := range placer.numbers() {
		for _, x := range placer.scenes[n] {
			if x.ID == "" && len(x.rows) > 0 {
				p.newScenes++
			}
		}
	}
	p.newEpisodes = len(placer.made)
	p.apply = p.write
	return &p.tablePlan, nil
}

func (p *shotPlan) fail(row int, field, code, zh, en string) {
	p.errors = append(p.errors, p.t.at(row, field, code, zh, en))
}

// row plans one row. Every reason not to take it is told, not only the first.
func (p *shotPlan) row(r sheet.ShotRow, cells sheet.Row) error {
	x := &tableShot{row: r.Row, keep: r.Keep}
	text := ShotText{Size: r.Size, Camera: r.Camera, Description: r.Description, Dialogue: r.Dialogue, Sound: r.Sound, Prompt: r.Prompt,
		Characters: r.Characters, Note: r.Note, Milliseconds: r.Milliseconds}
	var rate float64
	if p.t.kind == TableKitsuShots {
		rate = p.kitsu(x, &text, cells)
	}
	p.check(r, text, x.keep)
	scene, bad := p.placer.find(r.Episode, r.Scene, p.t.choice.SceneID)
	if bad != nil {
		p.fail(r.Row, bad.field, bad.code, bad.ZH, bad.EN)
		return nil
	}
	if err := p.read(scene); err != nil {
		return err
	}
	x.have = scene.match(r.Number, text)
	if p.taken(scene, x, r.Number) {
		return nil
	}
	scene.rows = append(scene.rows, x)
	if p.t.kind == TableKitsuShots {
		p.kitsuNames(x, scene, r)
	}
	return p.settle(scene, x, text, r.Number, rate)
}

// settle counts a row as new, changed or the same.
func (p *shotPlan) settle(scene *tableScene, x *tableShot, text ShotText, number string, rate float64) error {
	if x.have == nil {
		p.new++
		if scene.locked {
			p.fail(x.row, sheet.FieldScene, "locked", "这一集已锁定，不能加镜头", "the episode is locked; no shot can be added")
		}
		if len(scene.shots)+len(scene.rows) > maxShots {
			p.fail(x.row, sheet.FieldScene, "many", "一场最多 1000 个镜头", "a scene has at most 1,000 shots")
		}
		x.shot = Shot{Number: number, ShotText: text}
		return nil
	}
	x.shot = *x.have
	changed := over(&x.shot.ShotText, text, rate)
	kept, err := p.s.columnsOf(p.tx, []string{x.have.ID})
	if err != nil {
		return err
	}
	keeps := kept[x.have.ID].adds(p.t.kind, x.keep)
	if !p.t.choice.Update || !changed && !keeps {
		x.keep = nil
		p.same++
		return nil
	}
	if x.changed = changed; scene.locked {
		p.fail(x.row, sheet.FieldScene, "locked", "这一集已锁定，不能改镜头", "the episode is locked; no shot can be changed")
	}
	p.changed++
	return nil
}

// check looks at every cell of a row.
func (p *shotPlan) check(r sheet.ShotRow, text ShotText, keep map[string]string) {
	for _, c := range []struct {
		field, value string
		clean        func(string, string) (string, error)
	}{{sheet.FieldNumber, r.Number, line}, {sheet.FieldSize, text.Size, line}, {sheet.FieldCamera, text.Camera, line},
		{sheet.FieldCharacters, text.Characters, line}, {sheet.FieldDescription, text.Description, prose}, {sheet.FieldDialogue, text.Dialogue, prose},
		{sheet.FieldSound, text.Sound, prose}, {sheet.FieldPrompt, text.Prompt, prose}, {sheet.FieldNote, text.Note, prose}} {
		if _, err := c.clean(c.field, c.value); err != nil {
			p.errors = append(p.errors, p.t.because(r.Row, c.field, err))
		}
	}
	if text.Milliseconds > 60*60*1000 {
		p.fail(r.Row, sheet.FieldSeconds, "seconds", "时长最多 1 小时", "a length is at most 1 hour")
	}
	if column, err := checkKept(keep); err != nil {
		e := p.t.because(r.Row, sheet.FieldKeep, err)
		e.Column = column
		p.errors = append(p.errors, e)
	}
}

// read reads a scene's shots when they are first needed.
func (p *shotPlan) read(x *tableScene) error {
	if x.read || x.ID == "" {
		return nil
	}
	var err error
	if x.shots, err = p.s.sceneShots(p.tx, x.ID); err != nil {
		return err
	}
	x.read, x.numbers = true, map[string]*Shot{}
	for _, sh := range x.shots {
		x.numbers[numberKey(sh.Number)] = sh
	}
	for _, sh := range x.shots { // one that is written just so wins over one that folds to it
		x.numbers[sh.Number] = sh
	}
	return nil
}

func numberKey(number string) string { return padNumber(strings.ToUpper(script.Fold(number))) }

// match finds the shot that a row is: by its number, or by its text where the row has none.
func (x *tableScene) match(number string, text ShotText) *Shot {
	if number != "" {
		if sh := x.numbers[padNumber(number)]; sh != nil {
			return sh
		}
		return x.numbers[numberKey(number)]
	}
	if text == (ShotText{}) {
		return nil
	}
	for _, sh := range x.shots {
		was := sh.ShotText
		if !x.used[sh.ID] && !over(&was, text, 0) {
			return sh
		}
	}
	return nil
}

// taken refuses the second row of one shot.
func (p *shotPlan) taken(scene *tableScene, x *tableShot, number string) bool {
	key := "number " + padNumber(number)
	if x.have != nil {
		key = x.have.ID
	}
	if number == "" && x.have == nil {
		return false
	}
	if scene.used[key] {
		p.fail(x.row, sheet.FieldNumber, "twice", "表格里这一场有两个同样的镜号", "the table has this number twice in the scene")
		return true
	}
	scene.used[key] = true
	return false
}

// over lays the texts of a row over those of a shot and says whether any differ. Frames of a rate decide about lengths
// that came as frames; 0 is none.
func over(have *ShotText, text ShotText, rate float64) bool {
	changed := false
	for to, from := range map[*string]string{&have.Size: text.Size, &have.Camera: text.Camera, &have.Description: text.Description, &have.Dialogue: text.Dialogue,
		&have.Sound: text.Sound, &have.Prompt: text.Prompt, &have.Characters: text.Characters, &have.Note: text.Note} {
		if from != "" && cellText(*to) != cellText(from) {
			*to, changed = from, true
		}
	}
	same := have.Milliseconds == text.Milliseconds || rate > 0 && framesOf(have.Milliseconds, rate) == framesOf(text.Milliseconds, rate)
	if text.Milliseconds > 0 && !same {
		have.Milliseconds, changed = text.Milliseconds, true
	}
	return changed
}

func framesOf(ms int64, rate float64) int64 { return int64(math.Round(float64(ms) * rate / 1000)) }

// write makes what the plan has: episodes, scenes, then each scene's shots in the order of the table.
func (p *shotPlan) write(c *change) error {
	if err := p.placer.write(c); err != nil {
		return err
	}
	for _, n := range p.placer.numbers() {
		for _, x := range p.placer.scenes[n] {
			if err := p.writeScene(c, x); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *shotPlan) writeScene(c *change, scene *tableScene) error {
	shots := scene.shots
	at := func(id string) int { return slices.IndexFunc(shots, func(o *Shot) bool { return o.ID == id }) }
	last := ""
	for i, x := range scene.rows {
		switch {
		case x.have == nil:
			place := len(shots)
			if x.shot.Number != "" {
				place = placeOf(scene.rows[i:], last, at, place)
			}
			if err := c.addShotAt(scene.Scene, &x.shot, shots, place); err != nil {
				return inRow(x.row, err)
			}
			shots = slices.Insert(shots, place, &x.shot)
		case x.changed:
			// Making room for others may have moved it: only its texts are laid over what is there now.
			now := shots[at(x.have.ID)]
			now.ShotText = x.shot.ShotText
			if err := c.putShot(now); err != nil {
				return err
			}
			x.shot = *now
		}
		last = x.shot.ID
		if err := c.keepColumns(x.shot.ID, p.t.kind, x.keep); err != nil {
			return err
		}
	}
	return nil
}

// placeOf puts a new shot behind the one of the row before, else before the first of the rows behind that is there.
func placeOf(rows []*tableShot, last string, at func(string) int, end int) int {
	if last != "" {
		return at(last) + 1
	}
	for _, x := range rows {
		if x.have != nil {
			return at(x.have.ID)
		}
	}
	return end
}

// What Kitsu's table of shots says besides, under the names it has there.
const (
	kitsuFPS      = "FPS"
	kitsuIn       = "Frame In"
	kitsuOut      = "Frame Out"
	kitsuEpisode  = "Episode"
	kitsuSequence = "Sequence"
	kitsuName     = "Name"
	kitsuRate     = 24.0 // for shots of which no rate was ever said
	usualRate     = "24"
)

// kitsu reads the frames of a row, keeps what has no place, and gives the rate.
func (p *shotPlan) kitsu(x *tableShot, text *ShotText, r sheet.Row) float64 {
	keep := func(name, field string) float64 {
		cell := p.t.cell(r, field)
		if cell == "" {
			return 0
		}
		if x.keep == nil {
			x.keep = map[string]string{}
		}
		if name != "" {
			x.keep[name] = cell
		}
		n, err := strconv.ParseFloat(script.Fold(cell), 64)
		if err != nil || n < 0 || n > 10_000_000 || math.IsNaN(n) {
			p.fail(x.row, field, "number", "这里要填数字", "this has to be a number")
			return 0
		}
		return n
	}
	rate := keep(kitsuFPS, sheet.FieldFPS)
	in, out, frames := keep(kitsuIn, sheet.FieldFrameIn), keep(kitsuOut, sheet.FieldFrameOut), keep("", sheet.FieldFrames)
	if frames == 0 && p.t.cell(r, sheet.FieldFrameOut) != "" && p.t.cell(r, sheet.FieldFrameIn) != "" && out >= in {
		frames = out - in + 1
	}
	if rate == 0 || rate == kitsuRate && frames > 0 && x.keep[kitsuFPS] == usualRate {
		rate = kitsuRate
		delete(x.keep, kitsuFPS) // an export writes it by itself
	}
	text.Milliseconds = int64(math.Round(frames * 1000 / rate))
	return rate
}

// kitsuNames keeps how Kitsu calls the episode, the scene and the shot where we would call them otherwise.
func (p *shotPlan) kitsuNames(x *tableShot, scene *tableScene, r sheet.ShotRow) {
	ours := fmt.Sprintf("E%02d", scene.Episode)
	for name, pair := range map[string][2]string{kitsuEpisode: {r.Episode, ours}, kitsuSequence: {r.Scene, p.placer.name(scene.Scene)},
		kitsuName: {r.Number, padNumber(r.Number)}} {
		if pair[0] == "" || pair[0] == pair[1] {
			continue
		}
		if x.keep == nil {
			x.keep = map[string]string{}
		}
		x.keep[name] = pair[0]
	}
}
