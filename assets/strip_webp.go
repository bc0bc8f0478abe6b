package assets

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/draw"
	"io"

	"golang.org/x/image/webp"

	"github.com/disintegration/imaging"

	"chouka/assets/genmeta"
)

// webpStrip lays out the frames of an animated WebP, which ffmpeg does not read. Each frame is drawn over the ones
// before it, as its flags say (WebP container specification, "Animation").
func (l *Library) webpStrip(ctx context.Context, sha string, info Info) (Tiles, error) {
	f, err := l.Open(sha)
	if err != nil {
		return Tiles{}, err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return Tiles{}, fmt.Errorf("making strip: %w", err)
	}
	m, err := l.measure(f, stat.Size())
	if err != nil {
		return Tiles{}, err
	}
	cost := min(m.cost*2, l.capacity)
	if err := l.decode.Acquire(ctx, cost); err != nil {
		return Tiles{}, fmt.Errorf("waiting to decode: %w", err)
	}
	defer l.decode.Release(cost)
	wide, high := shape(info, stripWide)
	a := &animation{r: f, wide: wide, high: high, length: info.DurationMS, canvas: image.NewNRGBA(image.Rect(0, 0, m.Width, m.Height))}
	a.wanted, _ = tileCount(info)
	if err := a.play(ctx, stat.Size()); err != nil {
		return Tiles{}, err
	}
	return l.layStrip(sha, a.tiles, wide, high)
}

// animation plays a WebP and keeps a small picture at even distances.
type animation struct {
	r          io.ReaderAt
	canvas     *image.NRGBA
	tiles      []image.Image
	wanted     int
	wide, high int
	length, at int64 // milliseconds
	gone       image.Rectangle
	spent      int // pixels decoded so far
}

// maxAnimation bounds the work on one animation: a few bytes can ask for a great many large frames.
const maxAnimation = 2_000_000_000 // pixels

func (a *animation) play(ctx context.Context, size int64) (err error) {
	defer func() {
		if recover() != nil {
			err = &BadMediaError{BadDamaged}
		}
	}()
	return genmeta.WalkWebP(a.r, size, func(p genmeta.Part) error {
		if p.Name != "ANMF" {
			return nil
		}
		if len(a.tiles) == a.wanted {
			return genmeta.ErrStop
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("making strip: %w", err)
		}
		return a.frame(p)
	})
}

// frame draws one frame and keeps it for every tile whose time it covers.
func (a *animation) frame(p genmeta.Part) error {
	head, img, err := frameOf(a.r, p)
	if err != nil {
		return err
	}
	at := image.Pt(2*triple(head), 2*triple(head[3:]))
	area := image.Rectangle{Min: at, Max: at.Add(img.Bounds().Size())}
	if a.spent += area.Dx() * area.Dy(); a.spent > maxAnimation {
		return &BadMediaError{BadSlow}
	}
	draw.Draw(a.canvas, a.gone, image.Transparent, image.Point{}, draw.Src)
	a.gone = image.Rectangle{}
	op := draw.Over
	if head[15]&2 != 0 {
		op = draw.Src
	}
	draw.Draw(a.canvas, area, img, img.Bounds().Min, op)
	if head[15]&1 != 0 {
		a.gone = area
	}
	a.at += int64(triple(head[12:]))
	var tile image.Image
	for len(a.tiles) < a.wanted && (a.length == 0 || int64(len(a.tiles))*a.length < a.at*int64(a.wanted)) {
		if tile == nil {
			tile = imaging.Resize(a.canvas, a.wide, a.high, imaging.Box)
		}
		a.tiles = append(a.tiles, tile)
	}
	return nil
}

// frameOf decodes one frame by putting its chunks into a file of their own; the decoder knows no animation.
func frameOf(r io.ReaderAt, frame genmeta.Part) (head []byte, img image.Image, err error) {
	if frame.Length < 16 {
		return nil, nil, &BadMediaError{BadDamaged}
	}
	if head, err = read(r, frame, 16); err != nil {
		return nil, nil, err
	}
	var body []byte
	alpha := false
	err = genmeta.WalkRIFF(r, frame.Offset+16, frame.End(), func(p genmeta.Part) error {
		switch p.Name {
		case "ALPH", "VP8 ", "VP8L":
			if p.Name != "ALPH" {
				if err := agrees(r, p, head); err != nil {
					return err
				}
			}
			b, err := read(r, p, p.Length)
			alpha = alpha || p.Name == "ALPH"
			body = appendChunk(body, p.Name, b)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, nil, badWalk(err)
	}
	if alpha {
		canvas := append([]byte{0x10, 0, 0, 0}, head[6:12]...)
		body = append(appendChunk(nil, "VP8X", canvas), body...)
	}
	file := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	img, err = webp.Decode(bytes.NewReader(append(append(file, "WEBP"...), body...)))
	if err != nil {
		return nil, nil, &BadMediaError{BadDamaged}
	}
	return head, img, nil
}
