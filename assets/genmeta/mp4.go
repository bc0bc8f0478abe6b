package genmeta

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
)

// WalkBoxes visits the boxes between two offsets of an MP4 or QuickTime file (ISO/IEC 14496-12 §4.2), with 64-bit sizes
// and with size zero, "up to the end". A box that reaches beyond to is ErrTruncated; fewer than eight zero bytes after
// the last box are padding.
func WalkBoxes(r io.ReaderAt, from, to int64, visit func(Part) error) error {
	var head [16]byte
	for range maxParts {
		if from == to {
			return nil
		}
		if from+8 > to {
			if padding, err := zeros(r, from, to); padding || err != nil {
				return err
			}
			return ErrTruncated
		}
		if err := readAt(r, from, head[:8]); err != nil {
			return err
		}
		size, header := int64(binary.BigEndian.Uint32(head[:4])), int64(8)
		switch size {
		case 0:
			size = to - from
		case 1:
			if from+16 > to {
				return ErrTruncated
			}
			if err := readAt(r, from+8, head[8:]); err != nil {
				return err
			}
			size, header = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < header {
			return ErrMalformed
		}
		if size > to-from {
			return ErrTruncated
		}
		p := Part{Name: string(head[4:8]), Offset: from + header, Length: size - header}
		if err := visit(p); err != nil {
			return stopped(err)
		}
		from += size
	}
	return ErrLimit
}

func (c *collector) collectMP4() error {
	return WalkBoxes(c.r, 0, c.size, func(p Part) error {
		switch p.Name {
		case "moov":
			return c.movie(p)
		case "uuid":
			c.record("mp4:uuid", int(min(p.Length, 1<<31-1)), "")
		}
		return nil
	})
}

// movie looks for meta boxes where ffmpeg puts them (moov/udta/meta) and where Apple does (moov/meta).
func (c *collector) movie(moov Part) error {
	return WalkBoxes(c.r, moov.Offset, moov.End(), func(p Part) error {
		switch p.Name {
		case "meta":
			return c.meta(p)
		case "udta":
			return WalkBoxes(c.r, p.Offset, p.End(), func(q Part) error {
				if q.Name == "meta" {
					return c.meta(q)
				}
				return nil
			})
		}
		return nil
	})
}

// zeros tells whether only zero bytes are left.
func zeros(r io.ReaderAt, from, to int64) (bool, error) {
	b := make([]byte, to-from)
	if err := readAt(r, from, b); err != nil {
		return false, err
	}
	return len(bytes.Trim(b, "\x00")) == 0, nil
}

// meta reads keys and ilst; the box may or may not start with version and flags.
func (c *collector) meta(p Part) error {
	body, err := c.body(p)
	if err != nil {
		return err
	}
	if len(body) >= 12 && string(body[4:8]) != "hdlr" && string(body[8:12]) == "hdlr" {
		body = body[4:]
	}
	var keys []string
	return eachBox(body, func(name string, b []byte) error {
		switch name {
		case "keys":
			keys = metaKeys(b)
		case "ilst":
			return eachBox(b, func(item string, b []byte) error { return c.metaItem(keys, item, b) })
		}
		return nil
	})
}

// metaKeys reads the key table (QuickTime file format, "Metadata item keys atom").
func metaKeys(b []byte) []string {
	if len(b) < 8 {
		return nil
	}
	var keys []string
	for b = b[8:]; len(b) >= 8 && len(keys) < maxNodes; {
		n := int64(binary.BigEndian.Uint32(b))
		if n < 8 || n > int64(len(b)) {
			break
		}
		keys = append(keys, decodeText(b[8:n]))
		b = b[n:]
	}
	return keys
}

// metaItem takes one value: its name is the number of a key, or a classic four-letter code.
func (c *collector) metaItem(keys []string, item string, b []byte) error {
	source, key := "", ""
	if i := binary.BigEndian.Uint32([]byte(item)); i >= 1 && uint64(i) <= uint64(len(keys)) {
		key = keys[i-1]
		source = "mp4:mdta." + key
		key = key[strings.LastIndexByte(key, '.')+1:]
	} else if item == "\xA9cmt" {
		source, key = "mp4:ilst.cmt", "comment"
	} else {
		return nil
	}
	return eachBox(b, func(name string, data []byte) error {
		// Type 1 is UTF-8; type 0 is used for it by careless writers.
		if name != "data" || len(data) < 8 || binary.BigEndian.Uint32(data) > 1 {
			return nil
		}
		return c.add(source, key, decodeText(data[8:]))
	})
}

// eachBox visits the boxes of a body held in memory; a broken tail ends the walk.
func eachBox(b []byte, visit func(name string, body []byte) error) error {
	for len(b) >= 8 {
		n := int64(binary.BigEndian.Uint32(b))
		if n == 0 {
			n = int64(len(b))
		}
		if n < 8 || n > int64(len(b)) {
			return ErrMalformed
		}
		if err := visit(string(b[4:8]), b[8:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}
