package assets

import (
	"encoding/binary"
	"image"
	"io"

	"chouka/assets/genmeta"
)

// firstFrame decodes the first frame of an animated WebP (WebP container specification, "Animation").
func firstFrame(r io.ReaderAt, size int64) (image.Image, error) {
	var frame genmeta.Part
	err := genmeta.WalkWebP(r, size, func(p genmeta.Part) error {
		if p.Name != "ANMF" {
			return nil
		}
		frame = p
		return genmeta.ErrStop
	})
	if err != nil {
		return nil, &BadMediaError{BadDamaged}
	}
	_, img, err := frameOf(r, frame)
	return img, err
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
