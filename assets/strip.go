package assets

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"github.com/disintegration/imaging"
)

const (
	stripTiles   = 20
	stripColumns = 5
	stripWide    = 160 // pixels of one tile
	gifDelay     = 100 // milliseconds that players give a frame without a delay
)

// strip has ffmpeg hand out evenly spaced frames in tile size and lays them out in rows.
func (l *Library) strip(ctx context.Context, sha string, info Info, from command) (Tiles, error) {
	n, milliseconds := tileCount(info)
	wide, high := shape(info, stripWide)
	if info.Frames > 8*n && info.Codec != "prores" && info.Type != TypeGIF {
		// With so many frames to choose from nobody misses those that no other refers to.
		from.before = []string{"-skip_frame", "noref"}
	}
	if info.Type != TypeGIF {
		from.before = append(from.before, "-skip_loop_filter", "all")
	}
	filter := fmt.Sprintf("setpts=PTS-STARTPTS,fps=fps=%d/%d:round=near,scale=%d:%d:flags=fast_bilinear,format=rgb24", n*1000, milliseconds, wide, high)
	if n == 1 {
		filter = fmt.Sprintf("scale=%d:%d:flags=fast_bilinear,format=rgb24", wide, high)
	}
	out := &limited{most: stripTiles*wide*high*3 + 1}
	from.out, from.within = out, stripTime
	from.args = []string{"-an", "-sn", "-dn", "-map", "0:v:0", "-vf", filter, "-frames:v", fmt.Sprint(n), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"}
	if _, err := l.run(ctx, from); err != nil {
		return Tiles{}, err
	}
	var frames []image.Image
	for b := out.kept.Bytes(); len(b) >= wide*high*3; b = b[wide*high*3:] {
		frames = append(frames, fromRGB(b, wide, high))
	}
	return l.layStrip(sha, frames, wide, high)
}

// tileCount says how many tiles a clip gets and over how long they are spread.
func tileCount(info Info) (n int, milliseconds int64) {
	milliseconds = info.DurationMS
	if milliseconds == 0 && info.Type == TypeGIF {
		milliseconds = int64(info.Frames) * gifDelay
	}
	n = stripTiles
	if info.Frames > 0 {
		n = min(n, info.Frames)
	}
	if milliseconds <= 0 {
		return 1, 1
	}
	return n, milliseconds
}

func fromRGB(b []byte, wide, high int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for i := range wide * high {
		img.Pix[i*4], img.Pix[i*4+1], img.Pix[i*4+2], img.Pix[i*4+3] = b[i*3], b[i*3+1], b[i*3+2], 255
	}
	return img
}

// layStrip writes the tiles in rows from left to right.
func (l *Library) layStrip(sha string, frames []image.Image, wide, high int) (Tiles, error) {
	if len(frames) == 0 {
		return Tiles{}, &BadMediaError{BadDamaged}
	}
	columns := min(stripColumns, len(frames))
	rows := (len(frames) + columns - 1) / columns
	sheet := imaging.New(columns*wide, rows*high, color.Black)
	for i, f := range frames {
		sheet = imaging.Paste(sheet, f, image.Pt(i%columns*wide, i/columns*high))
	}
	if err := l.writeDerived(sha, Strip, sheet); err != nil {
		return Tiles{}, err
	}
	return Tiles{Tiles: len(frames), Columns: columns, Width: wide, Height: high}, nil
}
