package studio

import (
	"slices"
	"strconv"

	"chouka/server/studio/script"
	"chouka/server/studio/sheet"
	"chouka/store"
)

// maxCast bounds what one shot shows.
const maxCast = 100

// castPlan works out what Kitsu's table of who is cast where does. It only adds: nobody is taken off a shot.
type castPlan struct {
	shotPlan
	book  *elementBook
	shots []*Shot // that change, each once
	notes []castChange
}

// castChange is a note of a casting to be kept.
type castChange struct {
	shot, element string
	note          castNote
}

func (s *Studio) planCasting(tx store.Txn, titleID string, t *readTable) (*tablePlan, error) {
	placer, err := s.newPlacer(tx, titleID, t.choice)
	if err != nil {
		return nil, err
	}
	book, err := s.elementBook(tx, titleID)
	if err != nil {
		return nil, err
	}
	p := &castPlan{shotPlan: shotPlan{t: t, s: s, tx: tx, placer: placer}, book: book}
	for _, r := range t.rows {
		if err := p.cast(r); err != nil {
			return nil, err
		}
	}
	p.apply = p.writeCast
	return &p.tablePlan, nil
}

// cast plans one row: an element of a shot.
func (p *castPlan) cast(r sheet.Row) error {
	element := p.element(r)
	shot, err := p.shot(r)
	if err != nil {
		return err
	}
	note := castNote{Occurrences: "1", Label: p.t.cell(r, sheet.FieldLabel)}
	if cell := p.t.cell(r, sheet.FieldOccurrences); cell != "" {
		note.Occurrences = cell
		if n, err := strconv.Atoi(script.Fold(cell)); err != nil || n < 0 || n > 10_000 {
			p.fail(r.Number, sheet.FieldOccurrences, "number", "这里要填数字", "this has to be a number")
		}
	}
	if _, err := line(sheet.FieldLabel, note.Label); err != nil {
		p.errors = append(p.errors, p.t.because(r.Number, sheet.FieldLabel, err))
	}
	if element == nil || shot == nil {
		return nil
	}
	kept, err := p.s.columnsOf(p.tx, []string{shot.ID})
	if err != nil {
		return err
	}
	differs := kept[shot.ID].castNote(element.ID) != note
	switch {
	case !slices.Contains(shot.Cast, element.ID):
		if len(shot.Cast) >= maxCast {
			p.fail(r.Number, sheet.FieldElement, "many", "一个镜头最多 100 个拆解项", "a shot shows at most 100 elements")
			return nil
		}
		shot.Cast = append(slices.Clone(shot.Cast), element.ID)
		if !slices.Contains(p.shots, shot) {
			p.shots = append(p.shots, shot)
		}
		p.new++
	case differs && p.t.choice.Update:
		p.changed++
	default:
		p.same++
		return nil
	}
	if differs {
		p.notes = append(p.notes, castChange{shot.ID, element.ID, note})
	}
	return nil
}

func (p *castPlan) element(r sheet.Row) *Element {
	name, kind := p.t.cell(r, sheet.FieldElement), ElementKind("")
	if cell := p.t.cell(r, sheet.FieldType); cell != "" {
		kind = typeKind(cell)
	}
	e := p.book.named(kind, name)
	if e == nil {
		p.fail(r.Number, sheet.FieldElement, "element", "没有这个人物、道具或地点，请先在拆解里加上，或先导入资产表",
			"there is no such character, prop or place; add it to the breakdown or import the assets first")
	}
	return e
}

// shot finds the shot of a row; nil after saying why there is none.
func (p *castPlan) shot(r sheet.Row) (*Shot, error) {
	scene, bad := p.placer.find(p.t.cell(r, sheet.FieldEpisode), p.t.cell(r, sheet.FieldScene), p.t.choice.SceneID)
	if bad != nil {
		p.fail(r.Number, bad.field, bad.code, bad.ZH, bad.EN)
		return nil, nil
	}
	if err := p.read(scene); err != nil {
		return nil, err
	}
	number := p.t.cell(r, sheet.FieldNumber)
	if number != "" {
		if sh := scene.match(number, ShotText{}); sh != nil {
			return sh, nil
		}
	}
	p.fail(r.Number, sheet.FieldNumber, "shot", "这一场没有这个镜头", "the scene has no such shot")
	return nil, nil
}

func (p *castPlan) writeCast(c *change) error {
	for _, sh := range p.shots {
		if err := c.putShot(sh); err != nil {
			return err
		}
	}
	for _, n := range p.notes {
		err := c.changeKept(n.shot, func(k *keptColumns) {
			if k.Cast == nil {
				k.Cast = map[string]castNote{}
			}
			k.Cast[n.element] = n.note
		})
		if err != nil {
			return err
		}
	}
	return nil
}
