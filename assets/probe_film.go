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
}

// track is one trak box.
type track struct {
	handler       string
	codec         string
	shown         [2]float64 // width and height of the track header, pixels
	turned        bool       // rotated by 90 or 270 degrees
	coded         [2]int
	scale         uint32
	ticks         uint64
	frames, spent uint64
	deltas        int // distinct frame lengths, the last frame aside
}

const maxIndex = 64 << 20 // bytes of one index table that are read

// measureFilm reads the boxes of the index; the picture data is never touched. Every box of the file must end within it.
func measureFilm(r io.ReaderAt, size int64, m *measured) error {
	f := &film{r: r, m: m}
	index := false
	err := genmeta.WalkBoxes(r, 0, size, func(p genmeta.Part) error {
		if p.Name != "moov" || index {
			return nil
		}
		index = true
		// A part that overruns its parent inside the index lies; only the file itself can be cut off.
		if err := f.movie(p); err == genmeta.ErrTruncated {
			return genmeta.ErrMalformed
		} else if err != nil {
			return err
		}
		return nil
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
			if t.handler == "vide" && f.video == nil {
				f.video = t
			}
		}
		return nil
	})
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
			var b []byte
			if b, err = read(f.r, p, 12); len(b) == 12 {
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
	fixed := func(i int) int32 { return int32(binary.BigEndian.Uint32(b[i:])) }
	t.turned = fixed(at) == 0 && fixed(at+16) == 0 && fixed(at+4) != 0 && fixed(at+12) != 0
	t.shown = [2]float64{float64(binary.BigEndian.Uint32(b[at+36:])) / 65536, float64(binary.BigEndian.Uint32(b[at+40:])) / 65536}
	return nil
}

// description reads codec and coded size of the first sample entry.
func (f *film) description(p genmeta.Part, t *track) error {
	b, err := read(f.r, p, 8+8+28)
	if err != nil || len(b) < 8+8+28 || t.codec != "" {
		return err
	}
	t.codec = string(b[12:16])
	t.coded = [2]int{int(binary.BigEndian.Uint16(b[40:])), int(binary.BigEndian.Uint16(b[42:]))}
	return nil
}

// times adds up the table of frame lengths.
func (f *film) times(p genmeta.Part, t *track) error {
	b, err := read(f.r, p, maxIndex)
	if err != nil || len(b) < 8 {
		return err
	}
	count := uint64(binary.BigEndian.Uint32(b[4:]))
	if count*8 > uint64(len(b)-8) {
		return genmeta.ErrMalformed
	}
	var last uint32
	for i := range count {
		n, delta := binary.BigEndian.Uint32(b[8+8*i:]), binary.BigEndian.Uint32(b[12+8*i:])
		t.frames += uint64(n)
		t.spent += uint64(n) * uint64(delta)
		// The last frame alone may be longer or shorter without making the rate vary.
		if (i == 0 || delta != last) && (i == 0 || i+1 < count || n > 1) {
			t.deltas++
		}
		last = delta
	}
	return nil
}

func (f *film) finish() error {
	t := f.video
	if t == nil {
		return &BadMediaError{BadNoVideo}
	}
	m := f.m
	m.Codec = printable(t.codec)
	m.Width, m.Height = int(t.shown[0]+0.5), int(t.shown[1]+0.5)
	if m.Width == 0 || m.Height == 0 {
		m.Width, m.Height = t.coded[0], t.coded[1]
	}
	if t.turned {
		m.Width, m.Height = m.Height, m.Width
	}
	m.DurationMS = milliseconds(t.ticks, t.scale)
	if m.DurationMS == 0 {
		m.DurationMS = milliseconds(f.ticks, f.scale)
	}
	if t.frames > 0 && t.frames < 1<<31 && t.spent > 0 && t.scale > 0 {
		m.Frames = int(t.frames)
		m.VariableRate = t.deltas > 1
		m.FrameNum, m.FrameDen = ratio(t.frames, uint64(t.scale), t.spent)
	}
	return nil
}

func milliseconds(ticks uint64, scale uint32) int64 {
	if scale == 0 || ticks > 1<<52 {
		return 0
	}
	return int64(ticks/uint64(scale)*1000) + int64((ticks%uint64(scale)*1000+uint64(scale)/2)/uint64(scale))
}

func printable(s string) string {
	for _, c := range []byte(s) {
		if c < 0x20 || c > 0x7E {
			return ""
		}
	}
	return s
}
