package studio_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"chouka/server/studio"
)

// wave is a picture of stripes: kind decides how it looks, n changes a detail that no eye sees.
func wave(t *testing.T, kind, n int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 90, 80))
	for y := range 80 {
		for x := range 90 {
			v := 120 + 60*math.Sin(float64(x*(kind+1))/9) + 50*math.Cos(float64(y*(2*kind+1))/13)
			img.SetGray(x, y, color.Gray{byte(v)})
		}
	}
	img.SetGray(n%90, n/90, color.Gray{byte(n)})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// looked does all of the waiting work on pictures.
func (h house) looked() {
	h.t.Helper()
	for {
		n, err := h.WorkOnce(h.t.Context())
		if must(h.t, n, err); n == 0 {
			return
		}
	}
}

func (h house) takeOf(shotID string, number int64) studio.Take {
	h.t.Helper()
	rows, err := h.Takes(h.t.Context(), h.admin, shotID, false)
	for _, r := range must(h.t, rows, err) {
		if r.Take.Number == number {
			return r.Take
		}
	}
	h.t.Fatalf("no take %d", number)
	return studio.Take{}
}

func (h house) near(takeID string) string {
	h.t.Helper()
	rows, err := h.NearTakes(h.t.Context(), h.admin, takeID)
	out := ""
	for _, r := range must(h.t, rows, err) {
		out += fmt.Sprintf("%s#%d ", r.ShotLabel[len(r.ShotLabel)-3:], r.Number)
	}
	return out
}

func TestATakeKnowsItsLike(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	y := h.shot(x.SceneID)
	other := h.shot(h.scene(h.title("娇藏京枝")).ID)
	first := h.dropAs(x.ID, "1.png", wave(t, 0, 1))
	h.looked()
	h.dropAs(x.ID, "2.png", wave(t, 5, 2))     // looks otherwise
	h.dropAs(other.ID, "3.png", wave(t, 0, 3)) // another title
	h.dropAs(y.ID, "4.png", wave(t, 0, 4))
	h.looked()
	h.dropAs(y.ID, "5.png", wave(t, 0, 5))
	h.looked()
	for _, c := range []struct {
		shot   string
		number int64
		near   string // the earlier one
		list   string
	}{
		{x.ID, 1, "", "002#2 002#1 "},
		{x.ID, 2, "", ""},
		{other.ID, 1, "", ""},
		{y.ID, 1, first.ID, "002#2 001#1 "},
		{y.ID, 2, h.takeOf(y.ID, 1).ID, "002#1 001#1 "},
	} {
		tk := h.takeOf(c.shot, c.number)
		if got := tk.Near; got == nil && c.near != "" || got != nil && got.TakeID != c.near {
			t.Errorf("take %d of %s is near %+v, want %q", c.number, c.shot, got, c.near)
		}
		if got := h.near(tk.ID); got != c.list || len(tk.Media.Hash) != 16 {
			t.Errorf("take %d of %s looks like %q, want %q; hash %q", c.number, c.shot, got, c.list, tk.Media.Hash)
		}
	}
	if n := h.takeOf(y.ID, 1).Near; n == nil || n.ShotID != x.ID || n.Number != 1 || n.Distance > 8 {
		t.Errorf("got %+v", n)
	}
	t.Run("the same bytes on another shot know it too", func(t *testing.T) {
		h.dropAs(y.ID, "1.png", wave(t, 0, 1))
		h.looked()
		if n := h.takeOf(y.ID, 3).Near; n == nil || n.Distance != 0 {
			t.Errorf("got %+v", n)
		}
	})
	t.Run("one that was deleted is nobody's like", func(t *testing.T) {
		row := h.takeOf(y.ID, 1)
		a, err := h.Attempts(ctx, h.admin, y.ID, studio.Page{})
		for _, r := range must(t, a, err).Items {
			if r.Attempt.ID == row.AttemptID {
				must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, r.Attempt.ID, r.Attempt.Rev)))
			}
		}
		if n := h.takeOf(y.ID, 2).Near; n != nil {
			t.Errorf("got %+v", n)
		}
		if got := h.near(first.ID); got != "002#3 002#2 " {
			t.Errorf("got %q", got)
		}
	})
	_, err := h.NearTakes(ctx, h.as(studio.RoleViewer, "another"), first.ID)
	refused(t, err, "unknown.take")
}

func TestALaterPictureThatWasReadyFirstLearnsOfTheEarlierOne(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	early, late := h.dropAs(x.ID, "1.png", wave(t, 1, 1)), h.dropAs(x.ID, "2.png", wave(t, 1, 2))
	for _, tk := range []studio.Take{late, early} {
		if err := h.WorkOnFile(t.Context(), tk.Media.SHA256); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.takeOf(x.ID, 2).Near; n == nil || n.TakeID != early.ID {
		t.Errorf("the later one is near %+v", n)
	}
	if n := h.takeOf(x.ID, 1).Near; n != nil {
		t.Errorf("the earlier one is near %+v", n)
	}
}

func TestRecordsOfAFile(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	long := strings.Repeat("画", 1<<20) // three bytes each
	data := behindHead(behindHead(picture(t, 1, duck), "tEXt", "note\x00see https://cdn.example/a.png?token=secret#x and go"), "tEXt", "long\x00"+long)
	tk := h.dropAs(x.ID, "a.png", data)
	got, err := h.TakeRecords(ctx, h.admin, tk.ID)
	must(t, got, err)
	byName := map[string]studio.RawRecord{}
	for _, r := range got.Records {
		byName[r.Name] = r
	}
	if r := byName["png:parameters"]; got.Reader < 1 || got.Reading || r.Bytes != len(duck) || r.Text != duck || r.Cut {
		t.Errorf("got %+v", got.Reader)
	}
	if r := byName["png:note"]; r.Text != "see https://cdn.example/a.png and go" {
		t.Errorf("got %q", r.Text)
	}
	if r := byName["png:long"]; !r.Cut || r.Bytes != len(long) || len(r.Text) != 2<<20/3*3 || strings.Trim(r.Text, "画") != "" {
		t.Errorf("a long record: cut %t, %d bytes, %d shown", r.Cut, r.Bytes, len(r.Text))
	}
	if tk.Records != len(got.Records) || tk.Generator != got.Generator {
		t.Errorf("the take says %d records by %q, the file %d by %q", tk.Records, tk.Generator, len(got.Records), got.Generator)
	}
	_, err = h.TakeRecords(ctx, h.as(studio.RoleViewer, "another"), tk.ID)
	refused(t, err, "unknown.take")
}
