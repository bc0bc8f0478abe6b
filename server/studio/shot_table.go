package studio

import (
	"context"
	"strconv"

	"chouka/server/studio/sheet"
)

// TableIn pastes a shot table into a scene; DryRun only says what it would do.
type TableIn struct {
	Text   string `json:"text"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// TableOut is what a pasted table was read as. Errors mean that nothing was written.
type TableOut struct {
	Table sheet.ShotTable `json:"table"`
	Shots []Shot          `json:"shots"` // what was, or would be, added
}

// PasteShots adds the rows of a pasted table to a scene, all or nothing. A cell
// that cannot be read is reported with its row; then nothing is written.
func (s *Studio) PasteShots(ctx context.Context, by Actor, sceneID string, in TableIn) (TableOut, error) {
	table, err := sheet.Paste(in.Text)
	if err != nil {
		return TableOut{}, tableError(err)
	}
	if len(table.Rows) == 0 {
		return TableOut{}, wrong("text", "没有读到镜头行，请从表格里选中几行再粘贴", "no row was read; select some rows of the sheet and paste them")
	}
	run := func(c *change) (TableOut, error) {
		return c.pasteShots(by, sceneID, table, in.DryRun || len(table.Errors) > 0)
	}
	return create(ctx, s, by, run)
}

func tableError(err error) error {
	e := wrong("text", "表格读不出来，请控制在 2000 行、2 MB 以内", "the table cannot be read; keep it within 2,000 rows and 2 MB")
	e.Err = err
	return e
}

// pasteShots writes the rows, or only shows them when dry.
func (c *change) pasteShots(by Actor, sceneID string, table *sheet.ShotTable, dry bool) (TableOut, error) {
	out := TableOut{Table: *table, Shots: []Shot{}}
	scene, err := c.s.sceneFor(c.tx, by, sceneID, EditShots)
	if err != nil {
		return out, err
	}
	shots, err := c.s.sceneShots(c.tx, sceneID)
	if err != nil {
		return out, err
	}
	for _, row := range table.Rows {
		x := Shot{Number: row.Number, ShotText: ShotText{Size: row.Size, Camera: row.Camera, Description: row.Description, Dialogue: row.Dialogue,
			Sound: row.Sound, Prompt: row.Prompt, Characters: row.Characters, Note: row.Note, Milliseconds: row.Milliseconds}}
		if dry {
			err = c.previewShot(scene, &x, shots)
		} else {
			err = c.addShot(scene, &x, shots, "")
		}
		if err != nil {
			return out, inRow(row.Row, err)
		}
		shots, out.Shots = append(shots, &x), append(out.Shots, x)
	}
	if dry {
		return out, nil
	}
	return out, c.note(event{Verb: "shot.pasted", Kind: "scene", Object: sceneID, TitleID: scene.TitleID,
		Params: map[string]string{"label": scene.Label, "n": strconv.Itoa(len(out.Shots))}})
}

// previewShot does everything that addShot does, but for writing.
func (c *change) previewShot(scene *Scene, x *Shot, shots []*Shot) error {
	if len(shots) >= maxShots {
		return conflict("shot.many", "一场最多 1000 个镜头", "a scene has at most 1,000 shots")
	}
	if err := cleanShotText(&x.ShotText); err != nil {
		return err
	}
	var set setter
	set.line("number", &x.Number, &x.Number)
	if set.err != nil {
		return set.err
	}
	x.Operators, x.State = []string{}, ShotTodo
	return nameShot(x, scene, shots, len(shots))
}

// inRow says in which row of the paste a refusal lies.
func inRow(row int, err error) error {
	e, ok := err.(*Error)
	if !ok {
		return err
	}
	n := strconv.Itoa(row)
	t := Text{ZH: "第 " + n + " 行：" + e.Text.ZH, EN: "row " + n + ": " + e.Text.EN}
	return &Error{Kind: e.Kind, Code: e.Code, Text: t, Fields: []Field{{Location: "body.text", Text: t}}}
}
