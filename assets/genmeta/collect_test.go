package genmeta

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// collected walks a container and gives what it holds, before anything is interpreted.
func collected(t *testing.T, b []byte, kind string) *collector {
	t.Helper()
	c := newCollector(bytes.NewReader(b), int64(len(b)), Hint{})
	if err := c.finish(c.collect(kind)); err != nil {
		t.Fatalf("reading from memory failed: %v", err)
	}
	c.label()
	return c
}

// holds wants exactly one record of a source, with this key and text.
func holds(t *testing.T, c *collector, source, key, body string) {
	t.Helper()
	var found []text
	for _, r := range c.texts {
		if r.source == source {
			found = append(found, r)
		}
	}
	if len(found) != 1 || found[0].key != key || found[0].body != body {
		t.Errorf("%s: got %.200q, want key %q with %.80q; records %.300v, notes %v", source, found, key, body, sources(c), c.result.Notes)
	}
}

func sources(c *collector) []string {
	var s []string
	for _, t := range c.texts {
		s = append(s, t.source)
	}
	return s
}

// noted wants exactly these notes.
func noted(t *testing.T, c *collector, notes ...string) {
	t.Helper()
	if !slices.Equal(c.result.Notes, notes) {
		t.Errorf("notes are %v, want %v", c.result.Notes, notes)
	}
}

// counted counts what is read from a file.
type counted struct {
	r     *bytes.Reader
	bytes int
}

func (c *counted) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(b, off)
	c.bytes += n
	return n, err
}

func TestTheBudgetForTextHoldsForTheWholeFile(t *testing.T) {
	half := strings.Repeat("x", maxText/2)
	c := collected(t, pngOf(chunk("tEXt", "a\x00", half), chunk("tEXt", "b\x00", half), chunk("tEXt", "c\x00", "one more")), "image/png")
	noted(t, c, NoteTruncated)
	if got := sources(c); !slices.Equal(got, []string{"png:a", "png:b"}) {
		t.Errorf("kept %v", got)
	}
	if n := len(c.result.Records); n != 3 || c.result.Records[2].Text != "" || c.result.Records[2].Bytes != 8 {
		t.Errorf("the record that found no room is not named: %d records", n)
	}
}

func TestTheBudgetForHeadersHoldsForTheWholeFile(t *testing.T) {
	c := newCollector(bytes.NewReader(make([]byte, 100)), 100, Hint{})
	c.headers = 60
	if _, err := c.body(Part{Length: 50}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.body(Part{Length: 11}); err != ErrLimit {
		t.Errorf("beyond the budget: %v", err)
	}
	for _, p := range []Part{{Offset: 95, Length: 6}, {Offset: 101}, {Offset: -1, Length: 2}, {Offset: 1 << 62, Length: 9}} {
		if _, err := c.body(p); err != ErrTruncated {
			t.Errorf("part %+v: %v", p, err)
		}
	}
}

func TestAFileIsReadByWhatItIs(t *testing.T) {
	png := pngOf(chunk("tEXt", "parameters\x00", duckText))
	holds(t, collected(t, png, "image/png"), "png:parameters", "parameters", duckText)
	c := collected(t, png, "image/jpeg")
	noted(t, c, NoteUnreadable)
	if len(c.texts) > 0 {
		t.Errorf("a PNG read as JPEG gives %v", sources(c))
	}
}
