package genmeta

import (
	"errors"
	"io"
	"strings"
)

// collector gathers the text records of one file within its budgets.
type collector struct {
	r       io.ReaderAt
	size    int64
	hint    Hint
	headers int64 // bytes that may still be read
	text    int64 // bytes of text that may still be kept
	texts   []text
	result  Result
}

// text is one record: where it was found, its key as written, and what it says.
type text struct {
	source string
	key    string
	body   string
}

func newCollector(r io.ReaderAt, size int64, h Hint) *collector {
	return &collector{r: r, size: size, hint: h, headers: maxHeaders, text: maxText}
}

func (c *collector) collect(kind string) error {
	switch kind {
	case "image/png":
		return c.collectPNG()
	case "image/jpeg":
		return c.collectJPEG()
	case "image/webp":
		return c.collectWebP()
	case "image/gif":
		return c.collectGIF()
	case "image/avif", "image/heic", "image/heif":
		return c.collectAVIF()
	case "video/mp4", "video/quicktime":
		return c.collectMP4()
	case "video/webm", "video/x-matroska":
		return c.collectWebM()
	}
	return nil
}

// finish notes how the walk ended; what is returned is only ever a failure of the reader.
func (c *collector) finish(err error) error {
	switch {
	case err == nil:
	case errors.Is(err, ErrTruncated), errors.Is(err, ErrLimit), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		c.note(NoteTruncated)
	case errors.Is(err, ErrMalformed):
		c.note(NoteUnreadable)
	default:
		return err
	}
	return nil
}

func (c *collector) note(code string) { c.result.note(code) }

func (c *collector) record(name string, bytes int, body string) {
	const longest, most = 120, 200
	if len(c.result.Records) < most {
		c.result.Records = append(c.result.Records, Record{Name: strings.ToValidUTF8(name[:min(len(name), longest)], ""), Bytes: bytes, Text: body})
	}
}

// body reads a part within the budget for headers.
func (c *collector) body(p Part) ([]byte, error) {
	if p.Length > c.headers {
		return nil, ErrLimit
	}
	if p.Offset < 0 || p.Length < 0 || p.Offset > c.size || p.Length > c.size-p.Offset {
		return nil, ErrTruncated
	}
	c.headers -= p.Length
	b := make([]byte, p.Length)
	return b, readAt(c.r, p.Offset, b)
}

// add keeps a text record within the budget for text.
func (c *collector) add(source, key, body string) error {
	if int64(len(body)) > c.text {
		c.record(source, len(body), "")
		return ErrLimit
	}
	c.record(source, len(body), body)
	c.text -= int64(len(body))
	c.texts = append(c.texts, text{source: source, key: key, body: body})
	return nil
}

// addNoted is add where the walk goes on in any case.
func (c *collector) addNoted(source, key, body string) {
	if err := c.add(source, key, body); errors.Is(err, ErrLimit) {
		c.note(NoteTruncated)
	}
}
