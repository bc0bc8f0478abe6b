package studio_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// aged makes an attempt look as if the first reader had filled it, and badly.
func (h house) aged(id string, spoil func(*studio.Attempt)) {
	h.t.Helper()
	err := h.Spoil(h.t.Context(), id, func(a *studio.Attempt) {
		a.Reader = 0
		spoil(a)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h house) attempt(shotID string, number int64) studio.Attempt {
	h.t.Helper()
	l, err := h.Attempts(h.t.Context(), h.admin, shotID, studio.Page{Limit: 500})
	for _, r := range must(h.t, l, err).Items {
		if r.Attempt.Number == number {
			return r.Attempt
		}
	}
	h.t.Fatalf("no attempt %d", number)
	return studio.Attempt{}
}

func TestWhatAnOlderReaderFilledIsReadAgain(t *testing.T) {
	p := place{dir: t.TempDir(), ffmpeg: "-"}
	h, end := p.open(t)
	defer end()
	h.admin = studiotest.Admin(t, h.Studio)
	ctx := t.Context()
	x := h.oneShot()
	for n := range 45 { // more than two pages of it
		h.drop(x.ID, picture(t, n, duck))
	}
	typed := h.typed(x.ID, studio.Failed)
	edited := h.attempt(x.ID, 2)
	e, err := h.EditAttempt(ctx, h.admin, edited.ID, edited.Rev, studio.AttemptEdit{Prompt: ptr("mine"), Negative: ptr(""), Remark: ptr("good")})
	must(t, e, err)
	for n := range int64(45) {
		h.aged(h.attempt(x.ID, n+1).ID, func(a *studio.Attempt) {
			a.Seed, a.Model = "1", "wrong"
			if n != 1 {
				a.Prompt = "wrong"
			}
			if n == 44 {
				a.Reader = 1
			}
		})
	}
	gone := h.takeOf(x.ID, 40)
	lost := filepath.Join(p.media(), "originals", gone.Media.SHA256[:2], gone.Media.SHA256[2:])
	kept, err := os.ReadFile(lost)
	must(t, 0, err)
	must(t, 0, os.Remove(lost))
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	must(t, 0, h.RereadAll(ctx))
	if a := waitFor(t, line, "attempt.reread"); a.TitleID != x.TitleID || a.ShotID != x.ID || a.Kind != "attempt" {
		t.Errorf("got %+v", a)
	}
	if w, err := h.Background(ctx, h.admin); err != nil || w.ReadingTotal != 45 || w.ReadingLeft != 1 {
		t.Errorf("progress %+v, %v", w, err)
	}
	for n := range int64(45) {
		a := h.attempt(x.ID, n+1)
		want := "a duck, (red:1.2)\nsecond line"
		switch n {
		case 1:
			if a.Prompt != "mine" || a.Negative != "" || a.Remark != "good" || a.Sources["prompt"].From != "typed" || len(a.Notes) != 1 || a.Notes[0] != "differs:prompt" {
				t.Errorf("what was typed: %+v", a)
			}
			want = "mine"
		case 39:
			if a.Prompt != "wrong" || a.Seed != "1" || a.Reader != 0 {
				t.Errorf("an attempt whose file is gone: %+v", a)
			}
			continue
		}
		if a.Prompt != want || a.Seed != "18446744073709551615" || a.Model != "duckXL" || a.Reader < 2 {
			t.Errorf("attempt %d: %+v", n+1, a)
		}
	}
	if a := h.attempt(x.ID, typed.Number); a.Rev != typed.Rev || a.Reader != 0 {
		t.Errorf("a typed one was touched: %+v", a)
	}
	t.Run("what could not be read is tried at the next start, and only that", func(t *testing.T) {
		before := h.attempt(x.ID, 1).Rev
		must(t, 0, os.WriteFile(lost, kept, 0o600))
		must(t, 0, h.RereadAll(ctx))
		if a := h.attempt(x.ID, 40); a.Prompt == "wrong" || a.Seed != "18446744073709551615" {
			t.Errorf("got %+v", a)
		}
		if w, err := h.Background(ctx, h.admin); err != nil || w.ReadingTotal != 45 || w.ReadingLeft != 0 || h.attempt(x.ID, 1).Rev != before {
			t.Errorf("progress %+v, %v", w, err)
		}
	})
}

func TestATakeLearnsItsLabelFromANewerReader(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	label := `{"Label":"1","ContentProducer":"001191320000MA1","ProduceID":"p-1","ReservedCode1":"","ContentPropagator":"001","PropagateID":"q","ReservedCode2":""}`
	tk := h.dropAs(x.ID, "a.png", behindHead(picture(t, 1, ""), "tEXt", "AIGC\x00"+label))
	if tk.Label == nil || tk.Label.Value != "1" || tk.Label.ProduceID != "p-1" || tk.Records == 0 {
		t.Fatalf("the label is not read: %+v", tk)
	}
	h.aged(tk.AttemptID, func(*studio.Attempt) {})
	must(t, 0, h.SpoilTake(t.Context(), tk.ID, func(t *studio.Take) { t.Label, t.Claim, t.Records, t.Generator = nil, &studio.Claim{}, 0, "x" }))
	must(t, 0, h.RereadAll(t.Context()))
	if got := h.takeOf(x.ID, 1); got.Label == nil || *got.Label != *tk.Label || got.Claim != nil || got.Records != tk.Records || got.Generator != tk.Generator {
		t.Errorf("got %+v", got)
	}
}

func TestWhatLiesBesideIsReadAgainToo(t *testing.T) {
	p := place{dir: t.TempDir(), ffmpeg: "-"}
	h, end := p.open(t)
	defer end()
	h.admin = studiotest.Admin(t, h.Studio)
	x := h.oneShot()
	a := h.drop(x.ID, picture(t, 1, "")).Attempt
	sha, err := h.Shelve(t.Context(), bytes.NewReader([]byte(duck)))
	must(t, sha, err)
	h.aged(a.ID, func(a *studio.Attempt) {
		a.Beside = []studio.Beside{{Name: "a.txt", SHA256: sha, Bytes: int64(len(duck)), Kind: "text"}}
	})
	must(t, 0, h.RereadAll(t.Context()))
	if got := h.attempt(x.ID, 1); got.Seed != "18446744073709551615" || got.Sources["seed"].From != "beside" {
		t.Errorf("got %+v", got)
	}
}
