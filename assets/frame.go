package assets

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"

	"golang.org/x/image/webp"

	"chouka/assets/genmeta"
)

// firstFrame decodes the first frame of an animated WebP, which the decoder does not know: the frame's chunks are put
// into a file of their own (WebP container specification, "Animation").
func firstFrame(r io.ReaderAt, size int64) (image.Image, error) {
	var frame genmeta.Part
	err := genmeta.WalkWebP(r, size, func(p genmeta.Part) error {
		if p.Name != "ANMF" {
			return nil
		}
		frame = p
		return genmeta.ErrStop
	})
	if err != nil || frame.Length < 16 {
		return nil, &BadMediaError{BadDamaged}
	}
	head, err := read(r, frame, 16)
	if err != nil {
		return nil, err
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
		return nil, err
	}
	if alpha {
		canvas := append([]byte{0x10, 0, 0, 0}, head[6:12]...)
		body = append(appendChunk(nil, "VP8X", canvas), body...)
	}
	file := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return webp.Decode(bytes.NewReader(append(append(file, "WEBP"...), body...)))
}

// agrees holds the picture inside a frame against the frame's size, before it is decoded.
func agrees(r io.ReaderAt, p genmeta.Part, head []byte) error {
	m := measured{}
	m.Width, m.Height = 1+triple(head[6:]), 1+triple(head[9:])
	return innerWebP(r, p, &m, true, func(int, int) error { return nil })
}

func appendChunk(to []byte, name string, body []byte) []byte {
	to = binary.LittleEndian.AppendUint32(append(to, name...), uint32(len(body)))
	to = append(to, body...)
	if len(body)&1 == 1 {
		to = append(to, 0)
	}
	return to
}
