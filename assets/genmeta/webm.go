package genmeta

import (
	"io"
	"math/bits"
)

// Element identifiers of Matroska (RFC 9559 §5) as WalkElements names them.
const (
	EBMLHeader  = 0x1A45DFA3
	EBMLDocType = 0x4282
	MKVSegment  = 0x18538067
	mkvSeekHead = 0x114D9B74
	mkvSeek     = 0x4DBB
	mkvSeekID   = 0x53AB
	mkvSeekTo   = 0x53AC
	mkvInfo     = 0x1549A966
	mkvTitle    = 0x7BA9
	mkvWriter   = 0x5741
	mkvCluster  = 0x1F43B675
	mkvTags     = 0x1254C367
	mkvTag      = 0x7373
	mkvSimple   = 0x67C8
	mkvTagName  = 0x45A3
	mkvTagText  = 0x4487
)

// Element is one EBML element: its identifier and where its body lies.
type Element struct {
	ID      uint32
	Offset  int64
	Length  int64
	Unknown bool // no length stated: Length reaches to the end of the parent
}

// End is the offset of the first byte after the body.
func (e Element) End() int64 { return e.Offset + e.Length }

// WalkElements visits the EBML elements between two offsets (RFC 8794). An element of unknown length is visited and then
// entered, so that its children follow as if they were its brothers; live clusters are written so.
func WalkElements(r io.ReaderAt, from, to int64, visit func(Element) error) error {
	for range maxParts {
		if from >= to {
			return nil
		}
		var head [12]byte
		n := min(int64(len(head)), to-from)
		if err := readAt(r, from, head[:n]); err != nil {
			return err
		}
		e, width, ok := elementHead(head[:n])
		if !ok {
			if n < int64(len(head)) {
				return ErrTruncated
			}
			return ErrMalformed
		}
		e.Offset = from + int64(width)
		if e.Unknown {
			e.Length = to - e.Offset
		} else if e.Length > to-e.Offset {
			return ErrTruncated
		}
		if err := visit(e); err != nil {
			return stopped(err)
		}
		if from = e.Offset; !e.Unknown {
			from = e.End()
		}
	}
	return ErrLimit
}

// elementHead reads identifier (1–4 bytes, marker kept) and length (1–8 bytes, marker dropped, all ones unknown).
func elementHead(b []byte) (e Element, width int, ok bool) {
	idWidth := bits.LeadingZeros8(b[0]) + 1
	if idWidth > 4 || len(b) <= idWidth {
		return e, 0, false
	}
	for _, c := range b[:idWidth] {
		e.ID = e.ID<<8 | uint32(c)
	}
	b = b[idWidth:]
	sizeWidth := bits.LeadingZeros8(b[0]) + 1
	if sizeWidth > 8 || len(b) < sizeWidth {
		return e, 0, false
	}
	n := uint64(b[0]) & (1<<(8-sizeWidth) - 1)
	for _, c := range b[1:sizeWidth] {
		n = n<<8 | uint64(c)
	}
	e.Unknown = n == 1<<(7*sizeWidth)-1
	e.Length = int64(n)
	return e, idWidth + sizeWidth, true
}
