package studio

import "fmt"

// Limits of a drawing. A stroke may leave the picture a little.
const (
	maxStrokes  = 200
	maxPoints   = 20_000 // of all strokes together
	maxColour   = 5
	maxSize     = 200
	leastAt     = -2000
	mostAt      = 12_000
	maxPressure = 1000
)

// cleanDrawing checks a drawing and gives a copy of it, which is never nil.
func cleanDrawing(in []Stroke) ([]Stroke, error) {
	if len(in) > maxStrokes {
		return nil, wrong("drawing", "画得太多了，最多 200 笔", "too many strokes; at most 200")
	}
	out := make([]Stroke, 0, len(in))
	points := 0
	for i, x := range in {
		if points += len(x.Points) / 3; points > maxPoints {
			return nil, wrong("drawing", "画得太细了，所有笔画最多 2 万个点", "too many points; at most 20,000 in all strokes")
		}
		if err := x.clean(i + 1); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// clean checks one stroke, the nth, and trims its text.
func (x *Stroke) clean(nth int) error {
	least, most := strokePoints(x.Tool)
	n := len(x.Points) / 3
	switch {
	case most == 0:
		return badStroke(nth, "没有这种画笔", "there is no such tool")
	case x.Colour < 0 || x.Colour > maxColour:
		return badStroke(nth, "颜色是 0 到 5", "a colour is 0 to 5")
	case x.Size < 1 || x.Size > maxSize:
		return badStroke(nth, "粗细是 1 到 200", "a size is 1 to 200")
	case len(x.Points)%3 != 0:
		return badStroke(nth, "每个点要有横、纵坐标和压力三个数", "each point is three numbers: x, y and pressure")
	case n < least || n > most:
		return badStroke(nth, "点数不对：箭头和方框两个点，文字一个点，画笔至少一个点", "a wrong number of points: arrow and box have two, text has one, a pen at least one")
	case x.Tool != "text" && x.Text != "":
		return badStroke(nth, "只有文字工具能带文字", "only the text tool has a text")
	}
	for i := 0; i < len(x.Points); i += 3 {
		if !within(x.Points[i], leastAt, mostAt) || !within(x.Points[i+1], leastAt, mostAt) || !within(x.Points[i+2], 0, maxPressure) {
			return badStroke(nth, "坐标是 -2000 到 12000，压力是 0 到 1000", "coordinates are -2000 to 12000, pressure is 0 to 1000")
		}
	}
	if x.Tool != "text" {
		return nil
	}
	var err error
	x.Text, err = needed("drawing", x.Text)
	return err
}

// strokePoints is how few and how many points a tool takes; nought for a tool that there is not.
func strokePoints(tool string) (least, most int) {
	switch tool {
	case "pen":
		return 1, maxPoints
	case "arrow", "box":
		return 2, 2
	case "text":
		return 1, 1
	}
	return 0, 0
}

func within(n, least, most int) bool { return n >= least && n <= most }

func badStroke(nth int, zh, en string) error {
	return wrong("drawing", fmt.Sprintf("第 %d 笔：%s", nth, zh), fmt.Sprintf("stroke %d: %s", nth, en))
}
