package studio_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func TestFilesBesideAnAttempt(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	a := h.take(x.ID, 1).AttemptID
	add := func(by studio.Actor, name string, data []byte) (studio.AttemptRow, error) {
		return h.AddBeside(ctx, by, a, name, bytes.NewReader(data))
	}
	frame := picture(t, 2, duck)
	row, err := add(h.admin, `x\clip.png`, frame)
	must(t, row, err)
	if b := row.Attempt.Beside; len(b) != 1 || b[0] != (studio.Beside{Name: "clip.png", SHA256: hashOf(frame), Bytes: int64(len(frame)), Kind: "picture"}) {
		t.Errorf("got %+v", b)
	}
	if row.Attempt.Seed != "18446744073709551615" || row.Attempt.Sources["seed"].From != "beside" || len(row.Takes) != 1 || row.Duplicate {
		t.Errorf("got %+v", row)
	}
	text := []byte("\xb5\xb6\xa3\xac\xca\xd6\xc8\xcb\n") // GB 18030
	row, err = add(h.admin, "clip.TXT", text)
	if must(t, row, err); len(row.Attempt.Beside) != 2 || row.Attempt.Beside[1].Kind != "text" {
		t.Errorf("got %+v", row.Attempt.Beside)
	}
	t.Run("the same one again changes nothing", func(t *testing.T) {
		again, err := add(h.admin, "other.txt", text)
		if must(t, again, err); !again.Duplicate || again.Attempt.Rev != row.Attempt.Rev || len(again.Attempt.Beside) != 2 {
			t.Errorf("got %+v", again)
		}
	})
	t.Run("it comes back byte for byte, to be saved and not shown", func(t *testing.T) {
		for _, want := range [][]byte{frame, text} {
			f, err := h.BesideFile(ctx, h.as(studio.RoleViewer, x.TitleID), a, hashOf(want))
			got, err2 := io.ReadAll(must(t, f, err))
			if must(t, got, err2); !bytes.Equal(got, want) || f.Inline || f.Close() != nil {
				t.Errorf("%d bytes, inline %t", len(got), f.Inline)
			}
		}
		_, err := h.BesideFile(ctx, h.admin, a, hashOf(picture(t, 1, "")))
		refused(t, err, "unknown.beside")
		out := studiotest.Person(t, h.Studio, h.admin, "out", studio.Member, h.title("别的剧"), studio.RoleOperator)
		_, err = h.BesideFile(ctx, out, a, hashOf(frame))
		refused(t, err, "unknown.attempt")
	})
	t.Run("it outlives the sweep and a deleted attempt, and a backup knows it", func(t *testing.T) {
		must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, a, row.Attempt.Rev)))
		for _, data := range [][]byte{frame, text} {
			if named, err := h.Named(ctx, hashOf(data)); !named || err != nil {
				t.Errorf("the sweep would take it: %v", err)
			}
		}
		files, err := h.Files(ctx)
		if all := strings.Join(must(t, files, err), " "); !strings.Contains(all, hashOf(frame)) || !strings.Contains(all, hashOf(text)) {
			t.Errorf("files %s", all)
		}
		must(t, 0, errOf(h.BesideFile(ctx, h.admin, a, hashOf(text))))
		_, err = add(h.admin, "c.txt", []byte("x"))
		refused(t, err, "unknown.attempt")
		must(t, 0, errOf(h.RestoreAttempt(ctx, h.admin, a)))
	})
}

func TestFilesBesideThatAreNotKept(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	a := h.take(x.ID, 1).AttemptID
	add := func(by studio.Actor, name string, data []byte) (studio.AttemptRow, error) {
		return h.AddBeside(ctx, by, a, name, bytes.NewReader(data))
	}
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	for name, c := range map[string]struct {
		by   studio.Actor
		file string
		data []byte
		code string
	}{
		"a program named .txt":          {h.admin, "a.txt", []byte("MZ\x90\x00\x03\x00"), "media.not_text"},
		"nothing":                       {h.admin, "a.txt", nil, "media.empty"},
		"text that is no sidecar":       {h.admin, "a.html", []byte("<html>"), "media.unknown_type"},
		"more than 32 MiB of text":      {h.admin, "a.json", bytes.Repeat([]byte(" "), studio.BesideLimit+1), "media.too_large"},
		"anything of somebody else's":   {op, "a.txt", []byte("x"), "attempt.others"},
		"anything from a mere onlooker": {h.as(studio.RoleViewer, x.TitleID), "a.txt", []byte("x"), "forbidden.attempt.log"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := add(c.by, c.file, c.data)
			refused(t, err, c.code)
		})
	}
	t.Run("at most 32 are kept", func(t *testing.T) {
		for n := range 32 {
			must(t, 0, errOf(add(h.admin, "n.txt", []byte{'a' + byte(n)})))
		}
		_, err := add(h.admin, "n.txt", []byte("zz"))
		refused(t, err, "attempt.full")
	})
}

func TestAPostWithItsFiles(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	text, err := h.KeepBeside(ctx, h.admin, "a.txt", strings.NewReader("一条蛇"))
	must(t, text, err)
	in := studio.AttemptPost{Shot: x.ID, Prompt: "一条蛇", Way: "watch"}
	row := h.post(in, h.kept("1.png", picture(t, 1, duck)), text, h.kept("2.png", picture(t, 2, "")), h.kept("3.png", picture(t, 1, duck)))
	if len(row.Takes) != 2 || row.Takes[0].File != "1.png" || row.Takes[1].File != "2.png" || row.Takes[1].Place != 1 || len(row.Attempt.Beside) != 1 || row.Attempt.Way != "watch" {
		t.Errorf("got %+v", row)
	}
	if a := row.Attempt; a.Status != studio.Succeeded || a.Prompt != "一条蛇" || a.Seed != "18446744073709551615" || a.Reader == 0 || len(a.Notes) != 1 || a.Notes[0] != "differs:prompt" {
		t.Errorf("got %+v", a)
	}
	if got := h.counted(x.TitleID); got != (counted{Shots: 1, ToReview: 1, Attempts: 1, Takes: 2}) {
		t.Errorf("counted %+v", got)
	}
	t.Run("sent again it is booked already", func(t *testing.T) {
		again := h.post(in, h.kept("1.png", picture(t, 1, duck)), h.kept("2.png", picture(t, 2, "")))
		if !again.Duplicate || again.Attempt.ID != row.Attempt.ID || again.Attempt.Rev != row.Attempt.Rev || len(again.Takes) != 2 {
			t.Errorf("got %+v", again)
		}
	})
	t.Run("seventeen files are too many", func(t *testing.T) {
		var many, texts []studio.Kept
		for i := range 17 {
			many, texts = append(many, h.kept("a.png", picture(t, 100+i, ""))), append(texts, text)
		}
		_, err := h.PostAttempt(ctx, h.admin, in, many...)
		refused(t, err, "attempt.files")
		_, err = h.PostAttempt(ctx, h.admin, in, texts...)
		refused(t, err, "attempt.files")
	})
	t.Run("a locked shot takes no new file, but news of its attempts", func(t *testing.T) {
		sc := h.scene(h.title("娇藏京枝"))
		x, _ := h.inState(sc.ID, studio.ShotPicked, 50)
		waiting := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "late-0001"}).Attempt
		h.move(x.ID, studio.ShotLocked)
		row := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "late-0001", Status: "failed", Reason: "超时"})
		if row.Attempt.ID != waiting.ID || row.Attempt.Status != studio.Failed || row.Attempt.Reason != "超时" {
			t.Errorf("got %+v", row.Attempt)
		}
		_, err := h.PostAttempt(ctx, h.admin, studio.AttemptPost{Shot: x.ID, TaskID: "late-0001"}, h.kept("l.png", picture(t, 60, "")))
		refused(t, err, "shot.locked")
		_, err = h.PostAttempt(ctx, h.admin, studio.AttemptPost{Shot: x.ID, TaskID: "late-0002"})
		refused(t, err, "shot.locked")
	})
	t.Run("whoever logs nowhere keeps nothing", func(t *testing.T) {
		_, err := h.KeepResult(ctx, h.as(studio.RoleScout, x.TitleID), "a.png", bytes.NewReader(picture(t, 1, "")))
		refused(t, err, "forbidden.attempt.log")
		_, err = h.KeepBeside(ctx, studio.Actor{}, "a.txt", strings.NewReader("x"))
		refused(t, err, "signed_out")
	})
	t.Run("a refused file is named", func(t *testing.T) {
		_, err := h.KeepResult(ctx, h.admin, "夜/坏.png", strings.NewReader("no picture"))
		if e := refused(t, err, "media.unknown_type"); !strings.HasPrefix(e.Text.ZH, "坏.png：") || !strings.HasPrefix(e.Text.EN, "坏.png: ") {
			t.Errorf("says %+v", e.Text)
		}
	})
}

func TestOneAttemptAndTheOneBefore(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	first := h.post(studio.AttemptPost{Shot: x.ID, Prompt: " 一条蛇 ", Model: "v2", Seed: "1"}).Attempt
	gone := h.typed(x.ID, studio.Failed)
	must(t, 0, errOf(h.DeleteAttempt(ctx, h.admin, gone.ID, gone.Rev)))
	second := h.post(studio.AttemptPost{Shot: x.ID, Prompt: "一条蛇", Model: "ｖ2", Seed: "2"}).Attempt
	d, err := h.Attempt(ctx, h.as(studio.RoleViewer, x.TitleID), second.ID)
	if must(t, d, err); d.Row.Attempt.ID != second.ID || d.Previous == nil || d.Previous.Attempt.ID != first.ID || d.ShotLabel != x.Label || d.OperatorName != h.admin.Person.Name {
		t.Errorf("got %+v", d)
	}
	d, err = h.Attempt(ctx, h.admin, first.ID)
	if must(t, d, err); d.Previous != nil {
		t.Errorf("before the first: %+v", d.Previous)
	}
	_, err = h.Attempt(ctx, h.as(studio.RoleLead, "other"), first.ID)
	refused(t, err, "unknown.attempt")
	t.Run("attempts that differ in their seed alone stand on one stack", func(t *testing.T) {
		if len(first.Stack) != 16 || first.Stack != second.Stack {
			t.Errorf("stacks %q and %q", first.Stack, second.Stack)
		}
		if other := h.post(studio.AttemptPost{Shot: x.ID, Prompt: "一条蛇", Model: "v3"}).Attempt; other.Stack == first.Stack {
			t.Error("another model stands on the same stack")
		}
		if none := h.post(studio.AttemptPost{Shot: x.ID, Model: "v2"}).Attempt; none.Stack != "" {
			t.Errorf("stack %q without a prompt", none.Stack)
		}
		edited, err := h.EditAttempt(ctx, h.admin, second.ID, second.Rev, studio.AttemptEdit{Prompt: ptr("两条蛇"), Duration: ptr("10"), Ratio: ptr("16:9"), Mode: ptr("std")})
		if must(t, edited, err); edited.Stack == first.Stack || edited.Duration != "10" || edited.Ratio != "16:9" || edited.Mode != "std" || edited.Sources["mode"].From != "typed" {
			t.Errorf("got %+v", edited)
		}
	})
}
