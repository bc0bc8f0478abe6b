package genmeta

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// Prefixes of the JPEG segments that hold XMP, and of its extension (XMP specification part 3, §1.1.3).
const (
	xmpPrefix    = "http://ns.adobe.com/xap/1.0/\x00"
	xmpExtension = "http://ns.adobe.com/xmp/extension/\x00"
)

const rdfSpace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// xmpSpace gives the usual prefix of a namespace, whatever prefix a packet has chosen.
func xmpSpace(uri string) string {
	switch strings.TrimRight(strings.ToLower(uri), "/#") {
	case "http://purl.org/dc/elements/1.1":
		return "dc"
	case "http://ns.adobe.com/exif/1.0":
		return "exif"
	case "http://ns.adobe.com/xap/1.0":
		return "xmp"
	case "http://ns.adobe.com/tiff/1.0":
		return "tiff"
	case "http://ns.adobe.com/photoshop/1.0":
		return "photoshop"
	case "http://iptc.org/std/iptc4xmpext/2008-02-29":
		return "Iptc4xmpExt"
	case "http://ns.adobe.com/xmp/note":
		return "xmpNote"
	case "http://www.tc260.org.cn/ns/aigc/1.0":
		return "TC260"
	}
	return ""
}

// xmp keeps a packet found in the container named by where, and each of its properties as a record of its own, with the
// key "xmp:prefix:name".
func (c *collector) xmp(where string, packet []byte) error {
	body := decodeFile(packet)
	if int64(len(body)) > c.text {
		c.record(where+":xmp", len(packet), "")
		return ErrLimit
	}
	c.text -= int64(len(body))
	c.record(where+":xmp", len(packet), body)
	d := xml.NewDecoder(strings.NewReader(body))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded above
	x := &xmpReader{c: c, d: d, where: where + ":xmp.", prefixes: map[string]string{}}
	switch err := x.packet(); {
	case x.full:
		return ErrLimit
	case err != nil && err != io.EOF, !x.found:
		c.note(NoteUnreadable)
	}
	return nil
}

// extendedXMP gives the identifier of the extension that a packet names.
func (c *collector) extendedXMP() string {
	for _, t := range c.texts {
		if t.key == "xmp:xmpNote:HasExtendedXMP" {
			return strings.ToUpper(strings.TrimSpace(t.body))
		}
	}
	return ""
}

// xmpReader walks a packet (XMP specification part 1, §7): properties are the attributes and the children of
// rdf:Description elements that lie in rdf:RDF.
type xmpReader struct {
	c        *collector
	d        *xml.Decoder
	where    string
	prefixes map[string]string // as the packet declares them, by namespace
	tokens   int
	kept     int
	found    bool // a description, empty or not
	full     bool
}

func (x *xmpReader) token() (xml.Token, error) {
	if x.tokens++; x.tokens > maxParts {
		x.full = true
		return nil, ErrLimit
	}
	t, err := x.d.Token()
	if start, ok := t.(xml.StartElement); ok {
		for _, a := range start.Attr {
			if a.Name.Space == "xmlns" && len(x.prefixes) < 100 {
				x.prefixes[a.Value] = a.Name.Local
			}
		}
	}
	return t, err
}

func (x *xmpReader) packet() error {
	inside := false // between the tags of a description
	for {
		t, err := x.token()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch {
			case e.Name == xml.Name{Space: rdfSpace, Local: "Description"}:
				inside, x.found = true, true
				x.attributes(e)
			case inside:
				if err := x.property(e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			inside = inside && e.Name.Local != "Description"
		}
		if x.full {
			return ErrLimit
		}
	}
}

func (x *xmpReader) attributes(e xml.StartElement) {
	for _, a := range e.Attr {
		if a.Name.Space != "" && a.Name.Space != "xmlns" && a.Name.Space != "xml" && a.Name.Space != rdfSpace {
			x.keep(a.Name, a.Value)
		}
	}
}

// property reads an element to its end. Its value is the text of its leaves, one line each; of alternatives that say the
// same in several languages one is enough.
func (x *xmpReader) property(e xml.StartElement) error {
	var items []string
	var leaf strings.Builder
	for _, a := range e.Attr {
		if a.Name.Space == rdfSpace && a.Name.Local == "resource" {
			items = append(items, a.Value)
		}
	}
	for depth, open := 1, true; depth > 0; {
		t, err := x.token()
		if err != nil {
			return err
		}
		switch v := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrMalformed
			}
			leaf.Reset()
			open = true
		case xml.CharData:
			leaf.Write(v)
		case xml.EndElement:
			depth--
			if s := strings.Trim(leaf.String(), "\x00 \t\r\n"); open && s != "" && !slices.Contains(items, s) {
				items = append(items, s)
			}
			leaf.Reset()
			open = false
		}
	}
	x.keep(e.Name, strings.Join(items, "\n"))
	return nil
}

// keep adds one property; those of namespaces that no generator uses are not listed among the records.
func (x *xmpReader) keep(name xml.Name, value string) {
	const most = 1000
	if x.kept++; value == "" || x.kept > most || x.full {
		return
	}
	prefix := xmpSpace(name.Space)
	if prefix != "" {
		if x.c.add(x.where+prefix+"."+name.Local, "xmp:"+prefix+":"+name.Local, value) != nil {
			x.full = true
		}
		return
	}
	if prefix = x.prefixes[name.Space]; prefix == "" {
		prefix = "ns"
	}
	if int64(len(value)) > x.c.text {
		x.full = true
		return
	}
	x.c.text -= int64(len(value))
	x.c.texts = append(x.c.texts, text{source: x.where + prefix + "." + name.Local, key: "xmp:" + prefix + ":" + name.Local, body: value})
}
