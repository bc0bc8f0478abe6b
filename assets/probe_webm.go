package assets

import (
	"io"
	"math"
	"strings"

	"chouka/assets/genmeta"
)

// Matroska elements (RFC 9559 §5.1) that say what a clip is.
const (
	mkvInfo            = 0x1549A966
	mkvTimestampScale  = 0x2AD7B1
	mkvDuration        = 0x4489
	mkvTracks          = 0x1654AE6B
	mkvTrackEntry      = 0xAE
	mkvTrackNumber     = 0xD7
	mkvTrackType       = 0x83
	mkvCodecID         = 0x86
	mkvDefaultDuration = 0x23E383
	mkvVideo           = 0xE0
	mkvPixelWidth      = 0xB0
	mkvPixelHeight     = 0xBA
)

// clip collects what a WebM segment states.
type clip struct {
	r        io.ReaderAt
	m        *measured
	scale    uint64 // nanoseconds per tick
	duration float64
	video    bool
	number   uint64 // of the video track
	frame    uint64 // nanoseconds per frame
}

// measureWebM reads Info and Tracks, and the heads of the blocks for the real rate; picture data is stepped over, so
// that a cut file is noticed.
func measureWebM(r io.ReaderAt, size int64, m *measured) error {
	c := &clip{r: r, m: m, scale: 1_000_000}
	segment := false
	err := genmeta.WalkElements(r, 0, size, func(e genmeta.Element) error {
		if e.ID != genmeta.MKVSegment {
			return nil
		}
		segment = true
		if err := genmeta.WalkElements(r, e.Offset, e.End(), c.part); err != nil {
			return err
		}
		if c.video {
			if err := c.measureBlocks(e); err != nil {
				return err
			}
		}
		return genmeta.ErrStop
	})
	switch {
	case err != nil:
		return err
	case !segment:
		return genmeta.ErrTruncated
	case !c.video:
		return &BadMediaError{BadNoVideo}
	}
	if ms := c.duration * float64(c.scale) / 1e6; ms > 0 && ms < 1<<52 {
		m.DurationMS = int64(math.Round(ms))
	}
	return nil
}

func (c *clip) part(e genmeta.Element) error {
	if e.Unknown {
		return nil
	}
	switch e.ID {
	case mkvInfo:
		return genmeta.WalkElements(c.r, e.Offset, e.End(), c.info)
	case mkvTracks:
		return genmeta.WalkElements(c.r, e.Offset, e.End(), func(t genmeta.Element) error {
			if t.ID != mkvTrackEntry {
				return nil
			}
			return c.track(t)
		})
	}
	return nil
}

func (c *clip) info(e genmeta.Element) error {
	switch e.ID {
	case mkvTimestampScale:
		n, err := c.integer(e)
		c.scale = n
		return err
	case mkvDuration:
		n, err := c.integer(e)
		if e.Length == 4 {
			c.duration = float64(math.Float32frombits(uint32(n)))
		} else {
			c.duration = math.Float64frombits(n)
		}
		return err
	}
	return nil
}

// track takes the first video track.
func (c *clip) track(in genmeta.Element) error {
	var kind, number, width, height, frame uint64
	codec := ""
	err := genmeta.WalkElements(c.r, in.Offset, in.End(), func(e genmeta.Element) (err error) {
		switch e.ID {
		case mkvTrackType:
			kind, err = c.integer(e)
		case mkvTrackNumber:
			number, err = c.integer(e)
		case mkvDefaultDuration:
			frame, err = c.integer(e)
		case mkvCodecID:
			var b []byte
			b, err = read(c.r, genmeta.Part{Offset: e.Offset, Length: e.Length}, 32)
			codec = strings.TrimRight(string(b), "\x00")
		case mkvVideo:
			return genmeta.WalkElements(c.r, e.Offset, e.End(), func(v genmeta.Element) (err error) {
				switch v.ID {
				case mkvPixelWidth:
					width, err = c.integer(v)
				case mkvPixelHeight:
					height, err = c.integer(v)
				}
				return err
			})
		}
		return err
	})
	c.m.Sound = c.m.Sound || err == nil && kind == 2
	if err != nil || kind != 1 || c.video {
		return err
	}
	c.video, c.number, c.frame = true, number, frame
	c.m.Width, c.m.Height = int(min(width, 1<<30)), int(min(height, 1<<30))
	c.m.Codec = matroskaCodec(codec)
	if frame > 0 {
		c.m.FrameNum, c.m.FrameDen = snap(frame)
	}
	return nil
}

// integer reads an unsigned integer, or the bits of a float.
func (c *clip) integer(e genmeta.Element) (uint64, error) {
	return integerOf(c.r, genmeta.Part{Offset: e.Offset, Length: e.Length})
}
