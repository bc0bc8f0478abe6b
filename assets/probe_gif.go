package assets

import (
	"bufio"
	"io"

	"chouka/assets/genmeta"
)

// gifWalk steps over the blocks of a GIF without unpacking them.
type gifWalk struct {
	r   *io.SectionReader
	in  *bufio.Reader
	m   *measured
	err error
}

func (g *gifWalk) byte() byte {
	if g.in == nil {
		g.in = bufio.NewReaderSize(g.r, 32<<10)
	}
	b, err := g.in.ReadByte()
	if err != nil && g.err == nil {
		g.err = err
	}
	return b
}

func (g *gifWalk) skip(n int) {
	for ; n > 0 && g.err == nil; n-- {
		g.byte()
	}
}

// skipTable skips a colour table whose presence and size stand in flags.
func (g *gifWalk) skipTable(flags byte) {
	if flags&0x80 != 0 {
		g.skip(3 << (flags&7 + 1))
	}
}

// block takes one block; false at the trailer.
func (g *gifWalk) block() bool {
	switch g.byte() {
	case 0x21:
		if label := g.byte(); label == 0xF9 {
			g.delay()
		}
		g.chain()
	case 0x2C:
		left, top := g.pair(), g.pair()
		width, height := g.pair(), g.pair()
		flags := g.byte()
		if g.err == nil && (left+width > g.m.Width || top+height > g.m.Height) {
			g.err = genmeta.ErrMalformed
		}
		g.skipTable(flags)
		g.byte()
		g.chain()
		if g.err == nil {
			g.m.Frames++
		}
	case 0x3B:
		return false
	default:
		if g.err == nil {
			g.err = genmeta.ErrMalformed
		}
	}
	return g.err == nil
}

// delay adds the frame's time, given in hundredths of a second.
func (g *gifWalk) delay() {
	n := int(g.byte())
	if n != 4 {
		g.skip(n)
		return
	}
	g.byte()
	delay := g.pair()
	g.m.DurationMS += int64(delay) * 10
	g.m.delays.add(delay)
	g.byte()
}

func (g *gifWalk) pair() int { return int(g.byte()) | int(g.byte())<<8 }

// chain skips data blocks up to the empty one.
func (g *gifWalk) chain() {
	for g.err == nil {
		n := g.byte()
		if n == 0 {
			return
		}
		g.skip(int(n))
	}
}
