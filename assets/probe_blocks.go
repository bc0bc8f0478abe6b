package assets

import (
	"errors"
	"math"
	"slices"

	"chouka/assets/genmeta"
)

// Matroska elements (RFC 9559 §5.1.3) of the picture data.
const (
	mkvCluster     = 0x1F43B675
	mkvTimestamp   = 0xE7
	mkvSimpleBlock = 0xA3
	mkvBlockGroup  = 0xA0
	mkvBlock       = 0xA1
)

// blocks collects when the pictures of the video track are shown. It gives the length of a clip that states none, as
// live recordings do, and the rate that is real, whatever the header promises.
type blocks struct {
	c       *clip
	cluster uint64  // time of the current cluster, ticks
	times   []int64 // of the pictures, ticks, in the order of the file
}

const maxTimes = 1 << 17 // pictures of a clip whose times are looked at

// measureBlocks walks the heads of all blocks; the picture data itself is not read. A file of very many blocks keeps
// what its header states.
func (c *clip) measureBlocks(segment genmeta.Element) error {
	b := &blocks{c: c}
	err := genmeta.WalkElements(c.r, segment.Offset, segment.End(), b.part)
	if errors.Is(err, genmeta.ErrLimit) {
		return nil
	}
	if err != nil || len(b.times) == 0 {
		return err
	}
	slices.Sort(b.times)
	c.m.Frames = len(b.times)
	b.rate()
	last := b.times[len(b.times)-1]
	if c.duration == 0 && last < 1<<52 && c.scale > 0 {
		c.duration = math.Floor(float64(last) + b.length()/float64(c.scale))
	}
	return nil
}

// length is how long the last picture stands, in nanoseconds: as long as the others.
func (b *blocks) length() float64 {
	if b.c.m.FrameNum == 0 {
		return float64(b.c.frame)
	}
	return 1e9 * float64(b.c.m.FrameDen) / float64(b.c.m.FrameNum)
}

// rate settles the frame rate. Times are rounded to ticks, so a rate fits when no picture is more than a tick off; the
// stated one is tried first, then those that people use, then the mean is taken as it is.
func (b *blocks) rate() {
	n := len(b.times) - 1
	span := float64(b.times[max(n, 0)] - b.times[0])
	if n < 1 || span <= 0 || b.c.scale == 0 || span*float64(b.c.scale) > 1e15 {
		return
	}
	mean := span / float64(n)
	b.c.m.VariableRate = b.uneven(mean)
	if b.c.frame > 0 && b.fits(float64(b.c.frame)/float64(b.c.scale)) {
		return
	}
	for _, rate := range usualRates() {
		for _, den := range []int{1, 1001} {
			num := rate
			if den == 1001 {
				num *= 1000
			}
			if b.fits(1e9 * float64(den) / float64(num) / float64(b.c.scale)) {
				b.c.m.FrameNum, b.c.m.FrameDen = num, den
				return
			}
		}
	}
	b.c.m.FrameNum, b.c.m.FrameDen = ratio(uint64(n), 1_000_000_000, uint64(span*float64(b.c.scale)))
}

// fits tells whether pictures of so many ticks each lie where the file says they do.
func (b *blocks) fits(ticks float64) bool {
	for i, at := range b.times {
		if math.Abs(float64(at-b.times[0])-float64(i)*ticks) > 1 {
			return false
		}
	}
	return true
}

// uneven tells whether distances differ from the mean by more than rounding.
func (b *blocks) uneven(mean float64) bool {
	for i := range len(b.times) - 1 {
		if off := math.Abs(float64(b.times[i+1]-b.times[i]) - mean); off > 1.01 && off > mean/20 {
			return true
		}
	}
	return false
}

func (b *blocks) part(e genmeta.Element) error {
	switch e.ID {
	case mkvCluster, mkvBlockGroup:
		if e.Unknown {
			return nil
		}
		return genmeta.WalkElements(b.c.r, e.Offset, e.End(), b.inner)
	}
	return b.inner(e)
}

// inner takes a child of a cluster or block group. Groups hold no groups, so this goes one level down at most.
func (b *blocks) inner(e genmeta.Element) error {
	switch e.ID {
	case mkvTimestamp:
		n, err := b.c.integer(e)
		b.cluster = n
		return err
	case mkvBlockGroup:
		return genmeta.WalkElements(b.c.r, e.Offset, e.End(), func(g genmeta.Element) error {
			if g.ID != mkvBlock {
				return nil
			}
			return b.block(g)
		})
	case mkvSimpleBlock, mkvBlock:
		return b.block(e)
	}
	return nil
}

// block reads track number and time offset; numbers over 127 take more than one byte and are nobody's first video track.
func (b *blocks) block(e genmeta.Element) error {
	head, err := read(b.c.r, genmeta.Part{Offset: e.Offset, Length: e.Length}, 3)
	if err != nil || len(head) < 3 || uint64(head[0]&0x7F) != b.c.number || head[0]&0x80 == 0 {
		return err
	}
	if len(b.times) >= maxTimes {
		return genmeta.ErrLimit
	}
	offset := int64(int16(uint16(head[1])<<8 | uint16(head[2])))
	if b.cluster > math.MaxInt64/2 {
		return genmeta.ErrMalformed
	}
	b.times = append(b.times, max(0, int64(b.cluster)+offset))
	return nil
}
