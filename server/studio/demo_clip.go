package studio

import (
	"bytes"
	"encoding/binary"
)

// demoClip makes a short moving picture as an MP4 that every browser plays,
// without any encoder: H.264 whose macroblocks are stored as they are (I_PCM,
// ITU-T H.264 §7.3.5), in the boxes of ISO/IEC 14496-12. The size is in
// macroblocks of 16 pixels.
func demoClip(wide, high, frames, rate, n int) []byte {
	var data []byte
	sizes := make([]uint32, frames)
	look := demoLook(wide*16, high*16, n)
	for f := range frames {
		nal := demoFrame(look, wide, high, f, frames)
		data = binary.BigEndian.AppendUint32(data, uint32(len(nal)))
		data = append(data, nal...)
		sizes[f] = uint32(len(nal) + 4)
	}
	head := demoBox("ftyp", []byte("isom\x00\x00\x02\x00isomavc1mp41"))
	movie := demoMovie(wide*16, high*16, rate, sizes, 0)
	movie = demoMovie(wide*16, high*16, rate, sizes, uint32(len(head)+len(movie)+8))
	return bytes.Join([][]byte{head, movie, demoBox("mdat", data)}, nil)
}

// bitWriter writes the bit fields of an H.264 header.
type bitWriter struct {
	b []byte
	n int // bits used of the last byte
}

func (w *bitWriter) bit(v uint) {
	if w.n%8 == 0 {
		w.b = append(w.b, 0)
	}
	w.b[len(w.b)-1] |= byte(v&1) << (7 - w.n%8)
	w.n++
}

func (w *bitWriter) bits(v uint, count int) {
	for i := count - 1; i >= 0; i-- {
		w.bit(v >> i)
	}
}

// ue writes an unsigned Exp-Golomb code (§9.1); a signed zero has the same bits.
func (w *bitWriter) ue(v uint) {
	length := 0
	for (v+1)>>(length+1) > 0 {
		length++
	}
	w.bits(0, length)
	w.bits(v+1, length+1)
}

// end closes a NAL unit: a stop bit, then zeros to the byte.
func (w *bitWriter) end() []byte {
	w.bit(1)
	w.n = 0
	return w.b
}

func (w *bitWriter) align() { w.n = 0 }

// escaped puts an emulation prevention byte where three bytes would look like a start code (§7.4.1).
func escaped(nal []byte) []byte {
	out, zeros := make([]byte, 0, len(nal)+8), 0
	for _, c := range nal {
		if zeros >= 2 && c <= 3 {
			out, zeros = append(out, 3), 0
		}
		if zeros++; c != 0 {
			zeros = 0
		}
		out = append(out, c)
	}
	return out
}

// demoSequence is the sequence parameter set: baseline, one picture kept, order of output = order of decoding.
func demoSequence(wide, high int) []byte {
	w := &bitWriter{b: []byte{0x67, 66, 0xC0, 30}}
	w.ue(0)
	w.ue(0)
	w.ue(2)
	w.ue(1)
	w.bit(0)
	w.ue(uint(wide - 1))
	w.ue(uint(high - 1))
	w.bits(0b1100, 4) // frames only, direct 8x8, no cropping, no VUI
	return escaped(w.end())
}

// demoPictureSet is the picture parameter set: CAVLC, deblocking said in the slice.
func demoPictureSet() []byte {
	w := &bitWriter{b: []byte{0x68}}
	w.ue(0)
	w.ue(0)
	w.bits(0, 2)
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.bits(0, 3)
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.bits(0b100, 3)
	return escaped(w.end())
}

// demoFrame is one IDR slice with every macroblock stored as samples.
func demoFrame(look *demoView, wide, high, f, frames int) []byte {
	w := &bitWriter{b: []byte{0x65}}
	w.ue(0)
	w.ue(7)
	w.ue(0)
	w.bits(0, 4)
	w.ue(uint(f % 2))
	w.bits(0, 2)
	w.ue(0)
	w.ue(1)
	for y := range high {
		for x := range wide {
			w.ue(25)
			w.align()
			w.b = demoBlock(w.b, look, x*16, y*16, f*wide*16/frames, wide*16)
		}
	}
	return escaped(w.end())
}

// demoBlock appends one macroblock: 256 samples of light, then 64 and 64 of colour (ITU-R BT.601, video range).
func demoBlock(b []byte, look *demoView, left, top, moved, width int) []byte {
	var cb, cr [64]byte
	for i := range 256 {
		x, y := left+i%16, top+i/16
		c := look.at((x+moved)%width, y)
		r, g, bl := int(c.R), int(c.G), int(c.B)
		b = append(b, byte(16+(66*r+129*g+25*bl)>>8))
		if i%2 == 0 && (i/16)%2 == 0 {
			at := (i/32)*8 + (i%16)/2
			cb[at] = byte(128 + (-38*r-74*g+112*bl)>>8)
			cr[at] = byte(128 + (112*r-94*g-18*bl)>>8)
		}
	}
	return append(append(b, cb[:]...), cr[:]...)
}

func demoBox(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(out, kind...), body...)
}

// words are big-endian 32-bit numbers, the stuff that boxes are made of.
func words(v ...uint32) []byte {
	var out []byte
	for _, x := range v {
		out = binary.BigEndian.AppendUint32(out, x)
	}
	return out
}

// demoMovie is the index of the clip: one track, one chunk beginning at offset.
func demoMovie(width, height, rate int, sizes []uint32, offset uint32) []byte {
	n := uint32(len(sizes))
	matrix := words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
	size := func(v int) uint32 { return uint32(v) << 16 }
	seq, pic := demoSequence(width/16, height/16), demoPictureSet()
	config := bytes.Join([][]byte{{1, 66, 0xC0, 30, 0xFF, 0xE1, 0, byte(len(seq))}, seq, {1, 0, byte(len(pic))}, pic}, nil)
	entry := demoBox("avc1", words(0, 1, 0, 0, 0, 0), words(uint32(width)<<16|uint32(height), 0x480000, 0x480000, 0, 0x10000), make([]byte, 30), []byte{0, 0x18, 0xFF, 0xFF}, demoBox("avcC", config))
	table := demoBox("stbl",
		demoBox("stsd", words(0, 1), entry),
		demoBox("stts", words(0, 1, n, 1)),
		demoBox("stsc", words(0, 1, 1, n, 1)),
		demoBox("stsz", words(append([]uint32{0, 0, n}, sizes...)...)),
		demoBox("stco", words(0, 1, offset)))
	media := demoBox("mdia",
		demoBox("mdhd", words(0, 0, 0, uint32(rate), n, 0x55C40000)),
		demoBox("hdlr", words(0, 0), []byte("vide"), make([]byte, 13)),
		demoBox("minf", demoBox("vmhd", words(1, 0, 0)), demoBox("dinf", demoBox("dref", words(0, 1), demoBox("url ", words(1)))), table))
	track := demoBox("trak", demoBox("tkhd", words(3, 0, 0, 1, 0, n, 0, 0, 0, 0), matrix, words(size(width), size(height))), media)
	return demoBox("moov", demoBox("mvhd", words(0, 0, 0, uint32(rate), n, 0x10000, 0x1000000, 0, 0), matrix, make([]byte, 24), words(2)), track)
}
