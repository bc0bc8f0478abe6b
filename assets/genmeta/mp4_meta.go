package genmeta

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf8"
)

// Identifiers of the uuid boxes that hold C2PA (C2PA specification §A.5) and XMP (XMP specification part 3, §1.2).
const (
	uuidC2PA = "\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81"
	uuidXMP  = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"
)

func (c *collector) collectMP4() error {
	return WalkBoxes(c.r, 0, c.size, func(p Part) error {
		switch p.Name {
		case "moov":
			return c.movie(p)
		case "meta":
			return c.meta(p)
		case "uuid":
			return c.uuidBox("mp4", p)
		}
		return nil
	})
}

// movie looks for meta boxes where ffmpeg puts them (moov/udta/meta) and where Apple does (moov/meta), and for the
// older user data of QuickTime.
func (c *collector) movie(moov Part) error {
	return WalkBoxes(c.r, moov.Offset, moov.End(), func(p Part) error {
		switch p.Name {
		case "meta":
			return c.meta(p)
		case "uuid":
			return c.uuidBox("mp4", p)
		case "udta":
			return WalkBoxes(c.r, p.Offset, p.End(), c.userData)
		}
		return nil
	})
}

// userData reads one box of udta.
func (c *collector) userData(p Part) error {
	_, known := itunesKey(p.Name)
	switch {
	case p.Name == "meta":
		return c.meta(p)
	case p.Name != "XMP_" && !known:
		return nil
	}
	body, err := c.body(p)
	if err != nil {
		return err
	}
	if p.Name == "XMP_" {
		return c.xmp("mp4", body)
	}
	return c.userText(p.Name, body)
}

// userText reads the texts of a classic user data box: length, language, text (QuickTime file format, "User data text
// strings"), or text alone. The first one is kept.
func (c *collector) userText(name string, b []byte) error {
	switch {
	case len(b) >= 4 && int(binary.BigEndian.Uint16(b)) <= len(b)-4:
		b = b[4 : 4+int(binary.BigEndian.Uint16(b))]
	case !utf8.Valid(b):
		return nil
	}
	key, _ := itunesKey(name)
	return c.add("mp4:udta."+decodeText([]byte(name)), key, decodeText(b))
}

// uuidBox reads the two kinds of uuid box that say something, found in the container named by where.
func (c *collector) uuidBox(where string, p Part) error {
	var id [16]byte
	if p.Length < 16 {
		return nil
	}
	if err := readAt(c.r, p.Offset, id[:]); err != nil {
		return err
	}
	if string(id[:]) != uuidC2PA && string(id[:]) != uuidXMP {
		return nil
	}
	body, err := c.body(Part{Offset: p.Offset + 16, Length: p.Length - 16})
	if err != nil {
		return err
	}
	if string(id[:]) == uuidXMP {
		return c.xmp(where, body)
	}
	// Version and flags, the purpose, and for a manifest the offset of an auxiliary box.
	b := cursor{b: body}
	b.version()
	if b.word() == "manifest" {
		b.number(8)
		c.manifest(where+":uuid", b.b)
	}
	return nil
}

// meta reads keys and ilst; the box may or may not start with version and flags.
func (c *collector) meta(p Part) error {
	body, err := c.body(p)
	if err != nil {
		return err
	}
	if len(body) >= 12 && (binary.BigEndian.Uint32(body) == 0 || string(body[8:12]) == "hdlr") && string(body[4:8]) != "hdlr" {
		body = body[4:]
	}
	var keys []string
	err = eachBox(body, func(name string, b []byte) error {
		switch name {
		case "keys":
			keys = metaKeys(b)
		case "ilst":
			return eachBox(b, func(item string, b []byte) error { return c.metaItem(keys, item, b) })
		}
		return nil
	})
	// A broken box spoils itself only; there may be another one.
	if errors.Is(err, ErrMalformed) {
		c.note(NoteUnreadable)
		return nil
	}
	return err
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

// itunesKey gives the plain name of a classic four-letter code.
func itunesKey(code string) (string, bool) {
	switch code {
	case "\xA9cmt":
		return "comment", true
	case "\xA9too", "\xA9swr", "\xA9enc":
		return "encoder", true
	case "\xA9nam":
		return "title", true
	case "\xA9ART", "\xA9aut":
		return "artist", true
	case "\xA9des", "desc", "ldes":
		return "description", true
	case "\xA9inf":
		return "information", true
	case "AIGC":
		return "AIGC", true
	}
	return "", false
}

// metaItem takes one value: its name is the number of a key, a classic four-letter code, or "----" with the name inside.
func (c *collector) metaItem(keys []string, item string, b []byte) error {
	source, key := "", ""
	classic, known := itunesKey(item)
	i := binary.BigEndian.Uint32([]byte(item))
	switch {
	case i >= 1 && uint64(i) <= uint64(len(keys)):
		key = keys[i-1]
		source = "mp4:mdta." + key
		key = key[strings.LastIndexByte(key, '.')+1:]
	case known:
		source, key = "mp4:ilst."+decodeText([]byte(item)), classic
	case item != "----":
		return nil
	}
	return eachBox(b, func(name string, data []byte) error {
		switch {
		case name == "name" && item == "----" && len(data) > 4:
			key = decodeText(data[4:])
			source = "mp4:ilst.----." + key
		case name == "data" && key != "":
			if body, ok := metaText(data); ok {
				return c.add(source, key, body)
			}
			c.record(source, len(data), "")
		}
		return nil
	})
}

// metaText reads a data atom: a type, a locale, and the value (QuickTime file format, "Well-known types"). Type 0 is
// written for text by careless writers; it must then be text.
func metaText(data []byte) (string, bool) {
	if len(data) < 8 {
		return "", false
	}
	value := data[8:]
	switch binary.BigEndian.Uint32(data) {
	case 1, 4:
		return decodeText(value), true
	case 2, 5:
		return decodeWide(value, binary.BigEndian), true
	case 0:
		s := decodeText(value)
		return s, utf8.Valid(value) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' })
	}
	return "", false
}
