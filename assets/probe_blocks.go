package assets

import (
	"math"

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

// blocks finds the length of a clip that states none, as live recordings do: the time of the last block of the video
// track and one frame more.
type blocks struct {
	c       *clip
	cluster uint64 // time of the current cluster, ticks
	last    uint64 // time of the latest block, ticks
	frames  int
}

// measureBlocks walks the heads of all blocks; the picture data itself is not read.
func (c *clip) measureBlocks(segment genmeta.Element) error {
	b := &blocks{c: c}
	if err := genmeta.WalkElements(c.r, segment.Offset, segment.End(), b.part); err != nil {
		return err
	}
	if b.frames == 0 || b.last > 1<<52 {
		return nil
	}
	c.duration = float64(b.last)
	if c.scale > 0 {
		c.duration = math.Floor(c.duration + float64(c.frame)/float64(c.scale))
	}
	c.m.Frames = b.frames
	return nil
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
	b.frames++
	offset := int64(int16(uint16(head[1])<<8 | uint16(head[2])))
	if b.cluster > math.MaxInt64/2 {
		return genmeta.ErrMalformed
	}
	if at := int64(b.cluster) + offset; at > 0 && uint64(at) > b.last {
		b.last = uint64(at)
	}
	return nil
}
