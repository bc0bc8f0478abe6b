package studio

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// dots are n points in a row.
func dots(n int) []int {
	var out []int
	for i := range n {
		out = append(out, i%10_000, 5000, 500)
	}
	return out
}

func TestWhatADrawingMayHold(t *testing.T) {
	pen := Stroke{Tool: "pen", Colour: 1, Size: 10, Points: dots(2)}
	with := func(change func(*Stroke)) []Stroke {
		x := pen
		x.Points = slices.Clone(pen.Points)
		change(&x)
		return []Stroke{x}
	}
	for _, c := range []struct {
		name    string
		drawing []Stroke
		ok      bool
	}{
		{"nothing", nil, true},
		{"a pen", []Stroke{pen}, true},
		{"one dot of a pen", with(func(x *Stroke) { x.Points = dots(1) }), true},
		{"the lowest colour and size", with(func(x *Stroke) { x.Colour, x.Size = 0, 1 }), true},
		{"the highest colour and size", with(func(x *Stroke) { x.Colour, x.Size = 5, 200 }), true},
		{"out of the picture as far as may be", with(func(x *Stroke) { x.Points = []int{-2000, 12_000, 0, 12_000, -2000, 1000} }), true},
		{"an arrow", with(func(x *Stroke) { x.Tool = "arrow" }), true},
		{"a box", with(func(x *Stroke) { x.Tool = "box" }), true},
		{"a text", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), " 手崩 " }), true},
		{"200 strokes", slices.Repeat([]Stroke{pen}, 200), true},
		{"20,000 points", with(func(x *Stroke) { x.Points = dots(20_000) }), true},
		{"20,000 points of many strokes", slices.Repeat(with(func(x *Stroke) { x.Points = dots(200) }), 100), true},
		{"a text of 200 characters", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), strings.Repeat("蛇", 200) }), true},

		{"201 strokes", slices.Repeat([]Stroke{pen}, 201), false},
		{"20,001 points", with(func(x *Stroke) { x.Points = dots(20_001) }), false},
		{"20,001 points of two strokes", []Stroke{{Tool: "pen", Size: 1, Points: dots(20_000)}, {Tool: "pen", Size: 1, Points: dots(1)}}, false},
		{"no tool", with(func(x *Stroke) { x.Tool = "" }), false},
		{"an unknown tool", with(func(x *Stroke) { x.Tool = "brush" }), false},
		{"a tool in capitals", with(func(x *Stroke) { x.Tool = "Pen" }), false},
		{"a colour below", with(func(x *Stroke) { x.Colour = -1 }), false},
		{"a colour above", with(func(x *Stroke) { x.Colour = 6 }), false},
		{"a size below", with(func(x *Stroke) { x.Size = 0 }), false},
		{"a size above", with(func(x *Stroke) { x.Size = 201 }), false},
		{"no points", with(func(x *Stroke) { x.Points = nil }), false},
		{"a point without pressure", with(func(x *Stroke) { x.Points = x.Points[:5] }), false},
		{"a number too many", with(func(x *Stroke) { x.Points = append(x.Points, 1) }), false},
		{"too far left", with(func(x *Stroke) { x.Points[0] = -2001 }), false},
		{"too far right", with(func(x *Stroke) { x.Points[3] = 12_001 }), false},
		{"too far up", with(func(x *Stroke) { x.Points[1] = -2001 }), false},
		{"too far down", with(func(x *Stroke) { x.Points[4] = 12_001 }), false},
		{"a pressure below", with(func(x *Stroke) { x.Points[2] = -1 }), false},
		{"a pressure above", with(func(x *Stroke) { x.Points[5] = 1001 }), false},
		{"an arrow of one point", with(func(x *Stroke) { x.Tool, x.Points = "arrow", dots(1) }), false},
		{"an arrow of three points", with(func(x *Stroke) { x.Tool, x.Points = "arrow", dots(3) }), false},
		{"a box of one point", with(func(x *Stroke) { x.Tool, x.Points = "box", dots(1) }), false},
		{"a box of three points", with(func(x *Stroke) { x.Tool, x.Points = "box", dots(3) }), false},
		{"a text of no point", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", nil, "手崩" }), false},
		{"a text of two points", with(func(x *Stroke) { x.Tool, x.Text = "text", "手崩" }), false},
		{"an empty text", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), " " }), false},
		{"a text of two lines", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), "手\n崩" }), false},
		{"a text of 201 characters", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), strings.Repeat("蛇", 201) }), false},
		{"a text that turns the writing", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), "手\u202E崩" }), false},
		{"a text that is no text", with(func(x *Stroke) { x.Tool, x.Points, x.Text = "text", dots(1), "\xff" }), false},
		{"words of a pen", with(func(x *Stroke) { x.Text = "手崩" }), false},
		{"words of a box", with(func(x *Stroke) { x.Tool, x.Text = "box", "手崩" }), false},
		{"a good stroke and a bad one", []Stroke{pen, {Tool: "pen", Size: 1}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := cleanDrawing(c.drawing)
			var e *Error
			switch {
			case c.ok && (err != nil || got == nil || len(got) != len(c.drawing)):
				t.Errorf("got %v, %v", got, err)
			case !c.ok && (!errors.As(err, &e) || e.Code != "invalid.drawing" || e.Text.ZH == "" || e.Text.EN == ""):
				t.Errorf("got %v, want a refusal", err)
			}
		})
	}
	in := []Stroke{{Tool: "text", Size: 40, Points: dots(1), Text: " 手崩 "}}
	if got, err := cleanDrawing(in); err != nil || got[0].Text != "手崩" || in[0].Text != " 手崩 " {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestFramesStayWithinTheirFile(t *testing.T) {
	clip := Media{Type: "video/mp4", Frames: 24}
	unknown := Media{Type: "video/quicktime"}
	moving := Media{Type: "image/gif", Animated: true, Frames: 3}
	at := func(n int) *int { return &n }
	for _, c := range []struct {
		name        string
		m           Media
		first, last *int
		code        string
	}{
		{"the whole clip", clip, nil, nil, ""},
		{"the first frame", clip, at(0), nil, ""},
		{"the last frame", clip, at(23), nil, ""},
		{"the whole clip as a range", clip, at(0), at(23), ""},
		{"a range of one frame", clip, at(5), at(5), ""},
		{"a frame behind the end", clip, at(24), nil, "invalid.frame"},
		{"a range behind the end", clip, at(23), at(24), "invalid.last"},
		{"a frame before the beginning", clip, at(-1), nil, "invalid.frame"},
		{"a range that runs backwards", clip, at(5), at(4), "invalid.last"},
		{"a range without a beginning", clip, nil, at(4), "invalid.last"},
		{"a clip that nobody has counted", unknown, at(9_999_999), nil, ""},
		{"beyond every clip", unknown, at(10_000_000), nil, "invalid.frame"},
		{"a range beyond every clip", unknown, at(0), at(1 << 40), "invalid.last"},
		{"a frame of a moving picture", moving, at(2), nil, ""},
		{"a frame behind its end", moving, at(3), nil, "invalid.frame"},
		{"a still picture", Media{Type: "image/png"}, nil, nil, ""},
		{"a frame of a still picture", Media{Type: "image/png"}, at(0), nil, "invalid.frame"},
		{"a frame of a GIF that stands still", Media{Type: "image/gif", Frames: 1}, at(0), nil, "invalid.frame"},
		{"a frame of an AVIF", Media{Type: "image/avif"}, at(0), nil, "invalid.frame"},
		{"a range of a still picture without a beginning", Media{Type: "image/jpeg"}, nil, at(0), "invalid.last"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := checkFrames(c.m, c.first, c.last)
			var e *Error
			if c.code == "" && err != nil || c.code != "" && (!errors.As(err, &e) || e.Code != c.code) {
				t.Errorf("got %v, want %q", err, c.code)
			}
		})
	}
}
