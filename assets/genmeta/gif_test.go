package genmeta

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestAGIFCommentIsRead(t *testing.T) {
	long := strings.Repeat("a duck 鸭 ", 100) + duckText
	c := collected(t, gifOf(gifComment(long), []byte("\x21\xF9\x04\x00\x0A\x00\x00\x00"), gifComment("second")), "image/gif")
	noted(t, c)
	want := []text{{"gif:comment", "comment", long}, {"gif:comment", "comment", "second"}}
	if !slices.Equal(c.texts, want) {
		t.Errorf("got %.300v", c.texts)
	}
}

func TestTheBlocksOfAGIFAreWalked(t *testing.T) {
	b := gifOf(gifComment("x"), []byte{0}, []byte("\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00"), []byte("\x21\xF9\x04\x00\x0A\x00\x00\x00"))
	var got []string
	err := WalkGIF(bytes.NewReader(b), int64(len(b)), func(p Part) error {
		got = append(got, p.Name)
		return nil
	})
	if want := []string{"image", "comment", "application", "extension", "image"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestABrokenGIFGivesANote(t *testing.T) {
	b := gifOf(gifComment(duckText), gifComment("third"))
	third := bytes.Index(b, []byte("third"))
	c := collected(t, b[:third+2], "image/gif")
	holds(t, c, "gif:comment", "comment", duckText)
	noted(t, c, NoteTruncated)
	noted(t, collected(t, b[:9], "image/gif"), NoteTruncated)
	noted(t, collected(t, []byte("GIF90a, with words behind it"), "image/gif"), NoteUnreadable)
	noted(t, collected(t, append(slices.Clone(b[:25]), 0x77), "image/gif"), NoteUnreadable)
	for _, short := range [][]byte{[]byte("\x21\xFF\x01x\x00"), gifXMP(nil)[:20], append([]byte("\x21\xFF\x0BXMP DataXMP"), 0)} {
		if c := collected(t, gifOf(short), "image/gif"); len(c.texts) > 0 {
			t.Errorf("%q gives %v", short, c.texts)
		}
	}
}
