package studio

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
)

// demoSheet is a reference sheet of the demonstration. Shots whose text names it are drawn from its first picture.
type demoSheet struct {
	kind     ReferenceKind
	name     string
	of       string // the element's name, or the end of it
	prompt   string
	pictures []int // numbers of portraits and views
	newer    []int // of a second edition; empty: never replaced
}

func demoSheets(title string) []demoSheet {
	if title == "qiyun" {
		return []demoSheet{{RefCharacter, "林越", "林越", "anime, young man, silver headset, blue eyes", []int{31, 32}, nil}}
	}
	return []demoSheet{
		{RefCharacter, "沈枝", "沈枝", "young woman, long black hair, calm eyes, beige coat", []int{11, 12, 13}, nil},
		{RefCharacter, "顾京", "顾京", "man around thirty, dark suit, short hair", []int{16, 17}, nil},
		{RefCostume, "沈枝演出红裙", "沈枝", "deep red evening dress, bare shoulders", []int{18}, nil},
		{RefProp, "话筒", "话筒", "vintage silver microphone on a stand", []int{23}, nil},
		{RefPlace, "观众厅", "观众厅", "grand theatre hall, red seats, empty", []int{3, 8}, []int{4}},
		{RefPlace, "屋顶平台", "屋顶平台", "rooftop over a lake at night", []int{2}, nil},
	}
}

// sheets makes the sheets of a work before its shots are drawn.
func (d *demo) sheets(ctx context.Context, w demoWork) {
	if d.err != nil {
		return
	}
	title := d.titles[w.title].ID
	elements, err := d.s.Elements(ctx, d.as("director", ""), title, "")
	d.fail(err)
	for _, x := range demoSheets(w.title) {
		if d.err != nil {
			return
		}
		note := "示例数据"
		in := ReferenceIn{Kind: &x.kind, Name: &x.name, Prompt: &x.prompt, Note: &note}
		for _, e := range elements {
			if x.kind.shows(e.Kind) && strings.HasSuffix(e.Name, x.of) {
				in.ElementID = &e.ID
			}
		}
		step := "sheet " + w.title + x.name
		r, err := d.s.AddReference(ctx, d.as("director", step), title, in)
		d.fail(err)
		for i, n := range x.pictures {
			d.sheetPicture(ctx, r, step, x.kind, n, i, false)
		}
		d.made = append(d.made, r)
	}
}

func (d *demo) sheetPicture(ctx context.Context, r Reference, step string, kind ReferenceKind, n, i int, replace bool) {
	if d.err != nil {
		return
	}
	by := d.as("director", fmt.Sprint(step, " picture ", n))
	_, err := d.s.AddRefPicture(ctx, by, r.ID, fmt.Sprintf("%s_%d.png", r.Name, i+1), "示例图片", replace, bytes.NewReader(demoSheetPicture(kind, n)))
	d.fail(err)
}

func demoSheetPicture(kind ReferenceKind, n int) []byte {
	if kind == RefPlace || kind == RefProp {
		return demoPicture(640, 480, n, "sheet", nil)
	}
	return demoPortrait(480, 640, n)
}

// drawnFrom says from which sheet of its work a shot is drawn, nil when from none.
func (d *demo) drawnFrom(w demoWork, text ShotText) (*Reference, []byte) {
	all := demoSheets(w.title)
	i := slices.IndexFunc(all, func(x demoSheet) bool { return strings.Contains(text.Description, x.name) })
	if i < 0 {
		return nil, nil
	}
	j := slices.IndexFunc(d.made, func(r Reference) bool { return r.TitleID == d.titles[w.title].ID && r.Name == all[i].name })
	if j < 0 {
		return nil, nil
	}
	return &d.made[j], demoSheetPicture(all[i].kind, all[i].pictures[0])
}

// cast says which sheet's element a shot shows, so that the sheet stands beside its prompt.
func (d *demo) cast(ctx context.Context, x Shot, r *Reference) {
	if d.err != nil || r == nil || r.ElementID == "" {
		return
	}
	page, err := d.s.Shot(ctx, d.as("director", ""), x.ID)
	if err == nil && len(page.Shot.Cast) == 0 {
		_, err = d.s.CastShot(ctx, d.as("director", ""), x.ID, []string{r.ElementID})
	}
	d.fail(err)
}

// fromSheet keeps the picture beside an attempt that was drawn from it.
func (d *demo) fromSheet(ctx context.Context, row *AttemptRow, picture []byte, step string) {
	if d.err != nil || row == nil || picture == nil {
		return
	}
	_, err := d.s.AddBeside(ctx, d.as("operator", step+" beside"), row.Attempt.ID, "ref.png", bytes.NewReader(picture))
	d.fail(err)
}

// replaceSheets gives some sheets a second edition when picks were drawn from the first.
func (d *demo) replaceSheets(ctx context.Context, w demoWork) {
	for _, x := range demoSheets(w.title) {
		i := slices.IndexFunc(d.made, func(r Reference) bool { return r.TitleID == d.titles[w.title].ID && r.Name == x.name })
		for k, n := range x.newer {
			if d.err != nil || i < 0 {
				return
			}
			d.sheetPicture(ctx, d.made[i], "sheet "+w.title+x.name, x.kind, n, k, k == 0)
		}
	}
}

// demoPortrait is a head and shoulders before view number n, of a size in pixels.
func demoPortrait(w, h, n int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	look := demoLook(w, h, n)
	tone := uint8(n * 37)
	in := func(x, y int, cx, cy, rx, ry float64) bool {
		dx, dy := (float64(x)/float64(w)-cx)/rx, (float64(y)/float64(h)-cy)/ry
		return dx*dx+dy*dy < 1
	}
	for y := range h {
		for x := range w {
			c := look.at(x, y)
			switch {
			case in(x, y, 0.5, 0.42, 0.17, 0.17):
				c = color.RGBA{232, 200 - tone/16, 176 - tone/16, 255}
			case in(x, y, 0.5, 0.38, 0.21, 0.2):
				c = color.RGBA{28 + tone/8, 24, 30, 255}
			case in(x, y, 0.5, 1.02, 0.42, 0.42):
				c = color.RGBA{120 + tone/3, 60 + tone/4, 84, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	// Encoding into memory does not fail for a picture of a sane size.
	_ = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img)
	return withText(out.Bytes(), "Title", fmt.Appendf(nil, "sample portrait %d", n))
}
