package assets

import (
	"encoding/binary"
	"io"

	"chouka/assets/genmeta"
)

// film is what the index of an MP4 or QuickTime file says (ISO/IEC 14496-12 §8).
type film struct {
	r     io.ReaderAt
	m     *measured
	scale uint32 // of the whole film, ticks per second
	ticks uint64
	video *track
	usual map[uint32]uint32 // by track: the frame length that fragments leave unsaid
}

// track is one trak box.
type track struct {
	id            uint32
	handler       string
	codec         string
	shown         [2]float64 // width and height of the track header, pixels
	turned        bool       // rotated by 90 or 270 degrees
	coded         [2]int
	scale         uint32
	ticks         uint64
	frames, spent uint64
	last          uint32 // length of the latest frame
	low, high     uint32 // lengths of all frames but the last, ticks
	pieces        uint64 // frames that fragments brought
}

const (
	maxIndex = 64 << 20 // bytes of one index table that are read
	absurd   = 1 << 31  // as many frames are no clip
)

// measureFilm reads the boxes of the index; the picture data is never touched. Every box of the file must end within it.
func measureFilm(r io.ReaderAt, size int64, m *measured) error {
	f := &film{r: r, m: m, usual: map[uint32]uint32{}}
	index := false
	err := genmeta.WalkBoxes(r, 0, size, func(p genmeta.Part) error {
		var err error
		switch {
		case p.Name == "moov" && !index:
			index = true
			err = f.movie(p)
		case p.Name == "moof" && f.video != nil:
			err = f.fragment(p)
		}
		// A part that overruns its parent inside the index lies; only the file itself can be cut off.
		if err == genmeta.ErrTruncated {
			return genmeta.ErrMalformed
		}
		return err
	})
	if err != nil {
		return err
	}
	if !index {
		return genmeta.ErrTruncated
	}
	return f.finish()
}

func (f *film) movie(moov genmeta.Part) error {
	return genmeta.WalkBoxes(f.r, moov.Offset, moov.End(), func(p genmeta.Part) error {
		switch p.Name {
		case "mvhd":
			var err error
			f.scale, f.ticks, err = f.clock(p)
			return err
		case "trak":
			t := &track{}
			if err := f.track(p, t, 0); err != nil {
				return err
			}
			f.take(t)
		case "mvex":
			return f.extends(p)
		}
		return nil
	})
}

// take keeps the first picture track and notes that there is sound.
func (f *film) take(t *track) {
	switch {
	case t.handler == "soun":
		f.m.Sound = true
	case t.handler == "vide" && f.video == nil:
		f.video = t
	}
}

// clock reads time scale and duration of mvhd and mdhd, which differ in 32 and 64 bits by version.
func (f *film) clock(p genmeta.Part) (scale uint32, ticks uint64, err error) {
	b, err := read(f.r, p, 32)
	if err != nil {
		return 0, 0, err
	}
	switch {
	case len(b) >= 20 && b[0] == 0:
		ticks = uint64(binary.BigEndian.Uint32(b[16:]))
		if ticks == 1<<32-1 {
			ticks = 0
		}
		return binary.BigEndian.Uint32(b[12:]), ticks, nil
	case len(b) >= 32 && b[0] == 1:
		ticks = binary.BigEndian.Uint64(b[24:])
		if ticks == 1<<64-1 {
			ticks = 0
		}
		return binary.BigEndian.Uint32(b[20:]), ticks, nil
	}
	return 0, 0, genmeta.ErrMalformed
}

// track descends through trak, mdia, minf and stbl, and no deeper.
func (f *film) track(in genmeta.Part, t *track, depth int) error {
	if depth > 3 {
		return genmeta.ErrMalformed
	}
	return genmeta.WalkBoxes(f.r, in.Offset, in.End(), func(p genmeta.Part) error {
		var err error
		switch p.Name {
		case "mdia", "minf", "stbl":
			return f.track(p, t, depth+1)
		case "tkhd":
			return f.trackHeader(p, t)
		case "mdhd":
			t.scale, t.ticks, err = f.clock(p)
		case "hdlr":
			// QuickTime has a second one deeper down, which speaks of the data and not of the track.
			var b []byte
			if b, err = read(f.r, p, 12); len(b) == 12 && depth == 1 {
				t.handler = string(b[8:])
			}
		case "stsd":
			return f.description(p, t)
		case "stts":
			return f.times(p, t)
		}
		return err
	})
}

// trackHeader reads the shown size and whether the matrix turns the picture on its side.
func (f *film) trackHeader(p genmeta.Part, t *track) error {
	b, err := read(f.r, p, 96)
	if err != nil {
		return err
	}
	at := 40
	if len(b) > 0 && b[0] == 1 {
		at = 52
	}
	if len(b) < at+44 {
		return genmeta.ErrMalformed
	}
	t.id = binary.BigEndian.Uint32(b[at-28:])
	fixed := func(i int) int32 { return int32(binary.BigEndian.Uint32(b[i:])) }
	t.turned = fixed(at) == 0 && fixed(at+16) == 0 && fixed(at+4) != 0 && fixed(at+12) != 0
	t.shown = [2]float64{float64(binary.BigEndian.Uint32(b[at+36:])) / 65536, float64(binary.BigEndian.Uint32(b[at+40:])) / 65536}
	return nil
}

// times adds up the table of frame lengths.
func (f *film) times(p genmeta.Part, t *track) error {
	return table(f.r, p, 4, 8, func(b []byte) error {
		t.add(uint64(binary.BigEndian.Uint32(b)), binary.BigEndian.Uint32(b[4:]))
		return nil
	})
}

// add counts n frames of one length.
func (t *track) add(n uint64, length uint32) {
	if n == 0 || t.frames >= absurd || n*uint64(length) >= 1<<62-t.spent {
		return
	}
	if t.frames > 0 {
		t.span(t.last)
	}
	if n > 1 {
		t.span(length)
	}
	t.last = length
	t.frames, t.spent = t.frames+n, t.spent+n*uint64(length)
}

// span widens the range of frame lengths, in which the last frame has no part: it alone may be longer or shorter.
func (t *track) span(length uint32) {
	if t.high == 0 {
		t.low, t.high = length, length
	}
	t.low, t.high = min(t.low, length), max(t.high, length)
}

// uneven tells whether frame lengths differ by more than the rounding of a coarse clock.
func (t *track) uneven() bool {
	wide := uint64(t.high - t.low)
	return wide*20 > uint64(t.high) && (wide > 1 || t.high < 10)
}

func (f *film) finish() error {
	t := f.video
	if t == nil {
		return &BadMediaError{BadNoVideo}
	}
	m := f.m
	m.Codec = t.codec
	m.Width, m.Height = int(t.shown[0]+0.5), int(t.shown[1]+0.5)
	if m.Width == 0 || m.Height == 0 {
		m.Width, m.Height = t.coded[0], t.coded[1]
	}
	if t.turned {
		m.Width, m.Height = m.Height, m.Width
	}
	m.DurationMS = milliseconds(t.ticks, t.scale)
	if t.pieces > 0 && t.spent > t.ticks {
		m.DurationMS = milliseconds(t.spent, t.scale)
	}
	if m.DurationMS == 0 {
		m.DurationMS = milliseconds(f.ticks, f.scale)
	}
	if t.frames > 0 && t.frames < absurd && t.spent > 0 && t.scale > 0 {
		m.Frames = int(t.frames)
		m.VariableRate = t.uneven()
		m.FrameNum, m.FrameDen = ratio(t.frames, uint64(t.scale), t.spent)
	}
	return nil
}
