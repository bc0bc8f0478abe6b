package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"html"
	"io"
)

// tags walks over the tags of a workbook's part without building anything: the library's reader takes ten times the
// memory and loses which number is a date.
type tags struct {
	r    *bufio.Reader
	text []byte // before the tag
	tag  []byte // between the brackets
	err  error
}

// maxTag is how long one tag or one text of a part may be, in bytes.
const maxTag = 1 << 20

var errLongTag = errors.New("a tag is too long")

func newTags(r io.Reader) *tags { return &tags{r: bufio.NewReaderSize(r, 64<<10)} }

// next goes to the next tag; false at the end and after a fault.
func (x *tags) next() bool {
	if x.text = x.upTo('<', x.text[:0]); x.err != nil {
		return false
	}
	x.tag = x.upTo('>', x.tag[:0])
	for x.err == nil && !whole(x.tag) {
		x.tag = x.upTo('>', append(x.tag, '>'))
	}
	if errors.Is(x.err, io.EOF) {
		x.err = io.ErrUnexpectedEOF
	}
	return x.err == nil
}

// upTo reads to a byte, which it drops.
func (x *tags) upTo(end byte, into []byte) []byte {
	for {
		part, err := x.r.ReadSlice(end)
		into = append(into, part...)
		switch {
		case err == nil:
			return into[:len(into)-1]
		case !errors.Is(err, bufio.ErrBufferFull):
			x.err = err
			return into
		case len(into) > maxTag:
			x.err = errLongTag
			return into
		}
	}
}

// whole says whether a tag ends where a > stood: it may stand in a value, a comment or a quoted text as well.
func whole(tag []byte) bool {
	if len(tag) > maxTag {
		return true
	}
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		return len(tag) >= 5 && bytes.HasSuffix(tag, []byte("--"))
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		return bytes.HasSuffix(tag, []byte("]]"))
	}
	return bytes.Count(tag, []byte(`"`))%2 == 0 || bytes.IndexByte(tag, '\'') >= 0
}

// quoted is the text of a CDATA section.
func (x *tags) quoted() ([]byte, bool) {
	rest, ok := bytes.CutPrefix(x.tag, []byte("![CDATA["))
	return bytes.TrimSuffix(rest, []byte("]]")), ok
}

// name gives the tag's name without its prefix; closing ones begin with a stroke.
func (x *tags) name() string {
	name := x.tag
	if i := bytes.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	name = bytes.TrimSuffix(name, []byte("/"))
	closing := bytes.HasPrefix(name, []byte("/"))
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
		if closing {
			return "/" + string(name)
		}
	}
	switch string(name) { // those that a sheet is made of cost nothing
	case "c":
		return "c"
	case "/c":
		return "/c"
	case "v":
		return "v"
	case "/v":
		return "/v"
	case "row":
		return "row"
	case "/row":
		return "/row"
	case "t":
		return "t"
	case "/t":
		return "/t"
	case "is":
		return "is"
	case "/is":
		return "/is"
	case "si":
		return "si"
	case "/si":
		return "/si"
	}
	return string(name)
}

// empty says whether the tag closes itself.
func (x *tags) empty() bool { return bytes.HasSuffix(x.tag, []byte("/")) }

// attr gives the value of an attribute as it stands; nil without one.
func (x *tags) attr(name string) []byte {
	rest := x.tag
	for {
		i := bytes.Index(rest, []byte(name))
		if i < 0 {
			return nil
		}
		before := byte(' ')
		if i > 0 {
			before = rest[i-1]
		}
		rest = rest[i+len(name):]
		value := bytes.TrimLeft(rest, " \t\r\n")
		if i == 0 || !bytes.ContainsRune([]byte(" \t\r\n"), rune(before)) || len(value) == 0 || value[0] != '=' {
			continue
		}
		if value = bytes.TrimLeft(value[1:], " \t\r\n"); len(value) < 2 || value[0] != '"' && value[0] != '\'' {
			continue
		}
		if end := bytes.IndexByte(value[1:], value[0]); end >= 0 {
			return value[1 : end+1]
		}
	}
}

// plainText turns what stands in a part into text.
func plainText(raw []byte) string {
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	return html.UnescapeString(string(raw))
}
