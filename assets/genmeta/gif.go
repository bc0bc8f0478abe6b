package genmeta

import "io"

// WalkGIF visits the blocks of a GIF file in order (GIF89a specification): "comment", "application", "extension" for the
// other extensions, and "image". The body of a Part is its chain of sub-blocks with their length bytes. Finding the
// blocks takes reading the whole file once, through a small window.
func WalkGIF(r io.ReaderAt, size int64, visit func(Part) error) error {
	var head [13]byte
	if err := readAt(r, 0, head[:]); err != nil {
		return err
	}
	if v := string(head[:6]); v != "GIF87a" && v != "GIF89a" {
		return ErrMalformed
	}
	s := &scanner{r: r, size: size, off: 13 + gifTable(head[10])}
	for range maxParts {
		var p Part
		switch kind := s.next(); {
		case s.err != nil:
			return s.err
		case kind == 0x3B:
			return nil
		case kind == 0: // padding between blocks
			continue
		case kind == 0x21:
			p.Name = gifExtension(s.next())
		case kind == 0x2C:
			s.off += 8
			flags := s.next()
			s.off += gifTable(flags) + 1
			p.Name = "image"
		default:
			return ErrMalformed
		}
		p.Offset = s.off
		for n := s.next(); n != 0; n = s.next() {
			s.off += int64(n)
		}
		if s.err != nil {
			return s.err
		}
		p.Length = s.off - p.Offset
		if err := visit(p); err != nil {
			return stopped(err)
		}
	}
	return ErrLimit
}

// gifTable is the length of the colour table that flags announce, in bytes.
func gifTable(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

func gifExtension(label byte) string {
	switch label {
	case 0xFE:
		return "comment"
	case 0xFF:
		return "application"
	}
	return "extension"
}

func (c *collector) collectGIF() error {
	return WalkGIF(c.r, c.size, func(p Part) error {
		if p.Name != "comment" && p.Name != "application" {
			return nil
		}
		body, err := c.body(p)
		if err != nil {
			return err
		}
		if p.Name == "comment" {
			return c.add("gif:comment", "comment", decodeText(gifJoin(body)))
		}
		return c.gifApplication(body)
	})
}

// gifApplication reads XMP, which lies in the chain without length bytes and ends with 257 bytes that lead any reader to
// the end of the chain (XMP specification part 3, §1.1.2), and C2PA, which is chained as it should be.
func (c *collector) gifApplication(body []byte) error {
	const trailer = 258 // with the byte that ends the chain
	if len(body) < 12 {
		return nil
	}
	switch string(body[1:12]) {
	case "XMP DataXMP":
		if rest := body[12:]; len(rest) > trailer {
			return c.xmp("gif", rest[:len(rest)-trailer])
		}
	case "C2PA_GIF\x01\x00\x00":
		c.manifest("gif:c2pa", gifJoin(body[12:]))
	}
	return nil
}

// gifJoin takes the length bytes out of a chain of sub-blocks.
func gifJoin(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 && b[0] != 0 {
		n := min(int(b[0])+1, len(b))
		out = append(out, b[1:n]...)
		b = b[n:]
	}
	return out
}
