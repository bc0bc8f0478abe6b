package studio_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func (h house) upload(by studio.Actor, shotID, name string, data []byte) studio.AttemptRow {
	h.t.Helper()
	row, err := h.BookFile(h.t.Context(), by, shotID, studio.Arrival{Name: name}, bytes.NewReader(data))
	return must(h.t, row, err)
}

func TestAFileJoinsTheAttemptThatWaitsForIt(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	for i, c := range []struct {
		name, file, matched string
		in                  studio.AttemptPost
		joins               bool
	}{
		{"by its bytes", "anything.png", "sha256", studio.AttemptPost{Outputs: []studio.Output{{SHA256: hashOf(picture(t, 1, ""))}}}, true},
		{"by its exact name", "ComfyUI_00007_.png", "name", studio.AttemptPost{Outputs: []studio.Output{{Name: "ComfyUI_00007_.png"}}}, true},
		{"by the task id that is its name", "829384729384729.png", "task", studio.AttemptPost{TaskID: "829384729384729", Status: "processing"}, true},
		{"by a task id with a counter behind", "cgt-20260101-abcde_2.png", "task", studio.AttemptPost{TaskID: "cgt-20260101-abcde"}, true},
		{"by a UUID in its name", "gen_0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b_final.png", "task", studio.AttemptPost{TaskID: "0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b"}, true},
		{"not by a name in other letters", "comfyui_00008_.png", "", studio.AttemptPost{Outputs: []studio.Output{{Name: "ComfyUI_00008_.png"}}}, false},
		{"not by a short number", "42.png", "", studio.AttemptPost{TaskID: "42"}, false},
		{"not where the attempt failed", "failed-20260101.png", "", studio.AttemptPost{TaskID: "failed-20260101", Status: "failed"}, false},
		{"not where it was refused", "refused-out.png", "", studio.AttemptPost{Status: "rejected", Outputs: []studio.Output{{Name: "refused-out.png"}}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.Shot = x.ID
			waiting := h.post(c.in).Attempt
			row := h.upload(h.admin, x.ID, c.file, picture(t, i+1, ""))
			if joined := row.Attempt.ID == waiting.ID; joined != c.joins || row.Matched != c.matched || row.Duplicate || len(row.Takes) != 1 {
				t.Fatalf("got %+v", row)
			}
			if c.joins && (row.Attempt.Status != studio.Succeeded || row.Attempt.Way != "api" || row.Attempt.Number != waiting.Number) {
				t.Errorf("got %+v", row.Attempt)
			}
			for _, e := range row.Attempt.Expected {
				if !e.Come {
					t.Errorf("still expected: %+v", e)
				}
			}
		})
	}
	t.Run("a batch comes one by one", func(t *testing.T) {
		in := studio.AttemptPost{Shot: x.ID, Outputs: []studio.Output{{Name: "b_1.png"}, {Name: "b_2.png"}, {SHA256: hashOf(picture(t, 103, ""))}}}
		waiting := h.post(in).Attempt
		for i, name := range []string{"b_1.png", "b_2.png", "third.png"} {
			row := h.upload(h.admin, x.ID, name, picture(t, 101+i, ""))
			if row.Attempt.ID != waiting.ID || len(row.Takes) != i+1 || row.Takes[i].Place != i {
				t.Errorf("%s: %+v", name, row)
			}
		}
		if row := h.upload(h.admin, x.ID, "b_1.png", picture(t, 104, "")); row.Attempt.ID == waiting.ID {
			t.Error("a result came twice")
		}
	})
	t.Run("a name that two wait for is nobody's", func(t *testing.T) {
		for range 2 {
			h.post(studio.AttemptPost{Shot: x.ID, Outputs: []studio.Output{{Name: "output.mp4"}}})
		}
		if row := h.upload(h.admin, x.ID, "output.mp4", picture(t, 110, "")); row.Matched != "" || row.Attempt.Way != "upload" {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("another shot's attempt waits on", func(t *testing.T) {
		h.post(studio.AttemptPost{Shot: x.ID, Outputs: []studio.Output{{Name: "mine.png"}}})
		other := h.shot(x.SceneID)
		if row := h.upload(h.admin, other.ID, "mine.png", picture(t, 111, "")); row.Attempt.ShotID != other.ID || row.Matched != "" {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("somebody else's attempt is joined by the very bytes and by nothing less", func(t *testing.T) {
		op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
		a := h.post(studio.AttemptPost{Shot: x.ID, Outputs: []studio.Output{{Name: "op.png", SHA256: hashOf(picture(t, 121, ""))}}}).Attempt
		if row := h.upload(op, x.ID, "op.png", picture(t, 120, "")); row.Matched != "" || row.Attempt.Operator != op.Person.ID {
			t.Errorf("by its name: %+v", row)
		}
		if row := h.upload(op, x.ID, "other.png", picture(t, 121, "")); row.Matched != "sha256" || row.Attempt.ID != a.ID {
			t.Errorf("by its bytes: %+v", row)
		}
	})
}

func TestAFileOfAnAttemptThatIsNamed(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	a := h.post(studio.AttemptPost{Shot: x.ID, Status: "processing"}).Attempt
	book := func(by studio.Actor, shot, attempt, way string, n int) (studio.AttemptRow, error) {
		return h.BookFile(ctx, by, shot, studio.Arrival{Name: "a.png", Attempt: attempt, Way: way}, bytes.NewReader(picture(t, n, "")))
	}
	row, err := book(h.admin, x.ID, a.ID, "watch", 1)
	if must(t, row, err); row.Attempt.ID != a.ID || row.Matched != "wait" || len(row.Takes) != 1 || row.Attempt.Status != studio.Succeeded {
		t.Errorf("got %+v", row)
	}
	row, err = book(h.admin, x.ID, a.ID, "", 2)
	if must(t, row, err); len(row.Takes) != 2 || row.Takes[1].Place != 1 {
		t.Errorf("got %+v", row)
	}
	row, err = book(h.admin, x.ID, a.ID, "", 2)
	if must(t, row, err); !row.Duplicate || len(row.Takes) != 2 {
		t.Errorf("got %+v", row)
	}
	held, err := book(h.admin, x.ID, "", "paste", 3)
	if must(t, held, err); held.Attempt.Way != "paste" {
		t.Errorf("got %+v", held.Attempt)
	}
	row, err = book(h.admin, x.ID, a.ID, "", 3)
	if must(t, row, err); !row.Duplicate || row.Attempt.ID != held.Attempt.ID {
		t.Errorf("bytes that another attempt holds: %+v", row)
	}
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	other := h.shot(x.SceneID)
	for name, c := range map[string]struct {
		by             studio.Actor
		shot, id, code string
	}{
		"of another shot":  {h.admin, other.ID, a.ID, "unknown.attempt"},
		"of somebody else": {op, x.ID, a.ID, "attempt.others"},
		"that is not":      {h.admin, x.ID, "x", "unknown.attempt"},
	} {
		_, err := book(c.by, c.shot, c.id, "", 9)
		t.Run("an attempt "+name+" is refused", func(t *testing.T) { refused(t, err, c.code) })
	}
	_, err = book(h.admin, x.ID, "", "api", 9)
	refused(t, err, "invalid.way")
}

func TestAPostWithoutAShot(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	post := func(by studio.Actor, in studio.AttemptPost, files ...studio.Kept) (studio.AttemptRow, error) {
		return h.PostAttempt(ctx, by, in, files...)
	}
	waiting, err := post(op, studio.AttemptPost{Shot: x.ID, TaskID: "0011223344", Service: "vidu", Outputs: []studio.Output{{Name: "v.png"}, {SHA256: hashOf(picture(t, 2, ""))}}})
	must(t, waiting, err)
	for name, c := range map[string]struct {
		in      studio.AttemptPost
		files   []studio.Kept
		matched string
		title   string
	}{
		"its task":                {in: studio.AttemptPost{TaskID: "0011223344"}, matched: "task"},
		"its task in its title":   {in: studio.AttemptPost{TaskID: "0011223344", Title: "昼以继夜"}, matched: "task"},
		"the bytes of its result": {in: studio.AttemptPost{}, files: []studio.Kept{h.kept("x.png", picture(t, 2, ""))}, matched: "sha256"},
		"the task in a name":      {in: studio.AttemptPost{Way: "watch"}, files: []studio.Kept{h.kept("vidu_0011223344_1.png", picture(t, 4, ""))}, matched: "task"},
		"the name of its result":  {in: studio.AttemptPost{}, files: []studio.Kept{h.kept("v.png", picture(t, 3, ""))}, matched: "name"},
	} {
		t.Run("finds the attempt by "+name, func(t *testing.T) {
			row, err := post(op, c.in, c.files...)
			if must(t, row, err); row.Attempt.ID != waiting.Attempt.ID || row.Matched != c.matched {
				t.Errorf("got %+v", row)
			}
		})
	}
	t.Run("bytes that are booked already are a duplicate", func(t *testing.T) {
		row, err := post(op, studio.AttemptPost{}, h.kept("renamed.png", picture(t, 3, "")))
		if must(t, row, err); !row.Duplicate || row.Attempt.ID != waiting.Attempt.ID || row.Matched != "" {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("a producer finds it too, another operator does not", func(t *testing.T) {
		row, err := post(h.as(studio.RoleProducer, x.TitleID), studio.AttemptPost{TaskID: "0011223344"})
		must(t, row, err)
		wu := studiotest.Person(t, h.Studio, h.admin, "wu", studio.Member, x.TitleID, studio.RoleOperator)
		_, err = post(wu, studio.AttemptPost{TaskID: "0011223344"})
		refused(t, err, "attempt.no_shot")
		_, err = post(op, studio.AttemptPost{TaskID: "0011223344", Title: h.title("别的剧")})
		refused(t, err, "unknown.title")
		_, err = post(h.as(studio.RoleViewer, x.TitleID), studio.AttemptPost{TaskID: "0011223344"})
		refused(t, err, "forbidden.attempt.log")
	})
	t.Run("two attempts of one task in two titles are not guessed at", func(t *testing.T) {
		other := h.oneShot()
		for _, shot := range []string{x.ID, other.ID} {
			must(t, 0, errOf(post(h.admin, studio.AttemptPost{Shot: shot, TaskID: "twice-123"})))
		}
		_, err := post(h.admin, studio.AttemptPost{TaskID: "twice-123"})
		refused(t, err, "attempt.no_shot")
		row, err := post(h.admin, studio.AttemptPost{TaskID: "twice-123", Title: other.TitleID})
		if must(t, row, err); row.Attempt.ShotID != other.ID {
			t.Errorf("got %+v", row.Attempt)
		}
	})
}

func TestATaskOfItsOwnIsNotMixedWithAnother(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	one := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "task-one-1"}, h.kept("a.png", picture(t, 1, ""))).Attempt
	t.Run("the same bytes under another task are a duplicate that changes nothing", func(t *testing.T) {
		row := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "task-two-2", Model: "x"}, h.kept("a.png", picture(t, 1, "")))
		if !row.Duplicate || row.Attempt.ID != one.ID || row.Attempt.Model != "" || row.Attempt.TaskID != "task-one-1" {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("with a new file beside them it is another attempt with the new file", func(t *testing.T) {
		row := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "task-two-2"}, h.kept("a.png", picture(t, 1, "")), h.kept("b.png", picture(t, 2, "")))
		if row.Duplicate || row.Attempt.ID == one.ID || len(row.Takes) != 1 || row.Takes[0].File != "b.png" {
			t.Errorf("got %+v", row)
		}
	})
	t.Run("a file whose name names another task does not join by its name", func(t *testing.T) {
		wait := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "task-three-3", Outputs: []studio.Output{{Name: "out.png", SHA256: hashOf(picture(t, 9, ""))}}}).Attempt
		row := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "task-four-4"}, h.kept("out.png", picture(t, 9, "")))
		if row.Attempt.ID == wait.ID || row.Matched != "" {
			t.Errorf("got %+v", row)
		}
	})
}

func TestOtherShotsThatHoldTheSameBytes(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	secret := h.oneShot()
	data := picture(t, 1, "")
	first := h.upload(h.admin, x.ID, "a.png", data)
	h.upload(h.admin, secret.ID, "a.png", data)
	op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
	other := h.shot(x.SceneID)
	row := h.upload(op, other.ID, "b.png", data)
	if row.Duplicate || len(row.Elsewhere) != 1 || row.Elsewhere[0] != (studio.Elsewhere{AttemptID: first.Attempt.ID, ShotID: x.ID, ShotLabel: x.Label, TitleID: x.TitleID}) {
		t.Errorf("got %+v", row)
	}
	d, err := h.Attempt(t.Context(), h.admin, row.Attempt.ID)
	if must(t, d, err); len(d.Row.Elsewhere) != 2 {
		t.Errorf("the administrator sees %+v", d.Row.Elsewhere)
	}
}

// TestOneResultByThreeWaysAtOnce lets a result come by an API call, an upload and
// a watched folder at the same instant, again and again.
func TestOneResultByThreeWaysAtOnce(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("昼以继夜"))
	for round := range 20 {
		x := h.shot(sc.ID)
		data := picture(t, 1000+round, duck)
		task := fmt.Sprintf("task-%08d", round)
		name := task + ".png"
		var wg sync.WaitGroup
		for i := range 30 {
			wg.Go(func() {
				var err error
				switch i % 5 {
				case 0: // told, the bytes come later
					_, err = h.PostAttempt(t.Context(), h.admin, studio.AttemptPost{Shot: x.ID, Service: "kling", TaskID: task, Status: "succeed", Outputs: []studio.Output{{Name: name, SHA256: hashOf(data)}}})
				case 1: // told with its file
					_, err = h.PostAttempt(t.Context(), h.admin, studio.AttemptPost{Shot: x.ID, Service: "Kling", TaskID: task, Prompt: "一条蛇"}, h.kept(name, data))
				case 2:
					_, err = h.LogFile(t.Context(), h.admin, x.ID, name, bytes.NewReader(data))
				case 3:
					_, err = h.PostAttempt(t.Context(), h.admin, studio.AttemptPost{Shot: x.ID, Way: "watch"}, h.kept("copy of "+name, data))
				case 4:
					_, err = h.BookFile(t.Context(), h.admin, x.ID, studio.Arrival{Name: name, Way: "watch"}, bytes.NewReader(data))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		l, err := h.Attempts(t.Context(), h.admin, x.ID, studio.Page{})
		if must(t, l, err); len(l.Items) != 1 || len(l.Items[0].Takes) != 1 {
			t.Fatalf("round %d: %d attempts", round, len(l.Items))
		}
		a := l.Items[0].Attempt
		if a.TaskID != task || a.Status != studio.Succeeded || a.Seed != "18446744073709551615" || len(a.Expected) != 1 || !a.Expected[0].Come {
			t.Fatalf("round %d: %+v", round, a)
		}
	}
}
