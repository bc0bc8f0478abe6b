package studio_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

func (h house) post(in studio.AttemptPost, files ...studio.Kept) studio.AttemptRow {
	h.t.Helper()
	row, err := h.PostAttempt(h.t.Context(), h.admin, in, files...)
	return must(h.t, row, err)
}

func (h house) kept(name string, data []byte) studio.Kept {
	h.t.Helper()
	k, err := h.KeepResult(h.t.Context(), h.admin, name, bytes.NewReader(data))
	return must(h.t, k, err)
}

func hashOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func TestAPostIsKeptAsItWasSaid(t *testing.T) {
	h, c := clocked(t)
	x := h.oneShot()
	began, ended := c.Now().Add(-3*time.Minute), c.Now().Add(-time.Minute)
	in := studio.AttemptPost{Shot: x.ID, Service: "可灵", Model: "kling-v2", TaskID: "task-0001", Status: "succeed", Prompt: "一条蛇\n吐信", Expanded: "一条巨蛇在雨中吐信",
		Negative: "模糊", Seed: "18446744073709551615", Steps: "20", CFG: "5.5", Sampler: "euler", Scheduler: "karras", Denoise: "0.7", Size: "1080x1920",
		Duration: "5s", Ratio: "9:16", Mode: "pro", Params: map[string]json.RawMessage{"motion": json.RawMessage("0.5"), "camera": json.RawMessage(`{"pan":[1,2]}`), "sound": json.RawMessage(`"on"`)},
		Refs: []studio.Ref{{Role: "first", Name: "首帧.png"}}, Cost: &studio.Money{Amount: 35_000, Currency: "CNY"}, Reason: "", Remark: "夜戏", Started: &began, Finished: &ended}
	row := h.post(in)
	a := row.Attempt
	want := studio.Generation{Service: "可灵", Model: "kling-v2", TaskID: "task-0001", Prompt: in.Prompt, Negative: "模糊", Seed: "18446744073709551615", Steps: "20", CFG: "5.5",
		Sampler: "euler", Scheduler: "karras", Denoise: "0.7", Size: "1080x1920", Duration: "5", Ratio: "9:16", Mode: "pro", Cost: *in.Cost}
	if a.Generation != want {
		t.Errorf("got %+v\nwant %+v", a.Generation, want)
	}
	if a.Status != studio.Succeeded || a.Word != "succeed" || a.Way != "api" || a.Expanded != in.Expanded || a.Remark != "夜戏" || a.Number != 1 || a.Reader != 0 {
		t.Errorf("got %+v", a)
	}
	if !a.Started.Equal(began) || !a.Finished.Equal(ended) || !a.At.Equal(began) {
		t.Errorf("at %s, from %s to %s", a.At, a.Started, a.Finished)
	}
	if fmt.Sprint(a.Params) != `map[camera:{"pan":[1,2]} motion:0.5 sound:on]` || len(a.Refs) != 1 || a.Refs[0].Role != "first" {
		t.Errorf("params %v, refs %v", a.Params, a.Refs)
	}
	for _, f := range []string{"service", "model", "task_id", "prompt", "negative", "seed", "steps", "cfg", "sampler", "scheduler", "denoise", "size", "duration", "ratio", "mode", "cost", "expanded"} {
		if s := a.Sources[f]; s.From != "tool" || s.Certainty != "exact" {
			t.Errorf("%s comes from %+v", f, s)
		}
	}
	if row.Duplicate || row.Matched != "" || row.Takes == nil || row.Elsewhere == nil || a.Expected == nil || a.Beside == nil || a.Candidates == nil {
		t.Errorf("got %+v", row)
	}
	if h.see(x.ID).Shot.State != studio.ShotDrawing {
		t.Error("the shot is not being drawn")
	}
	t.Run("what is pasted counts as typed", func(t *testing.T) {
		a := h.post(studio.AttemptPost{Shot: x.ID, Prompt: "一条蛇", Way: "paste", Status: "failed"}).Attempt
		if a.Way != "paste" || a.Sources["prompt"].From != "typed" {
			t.Errorf("got %+v", a)
		}
	})
}

func TestTheOpenMapOfAPost(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	row := h.post(studio.AttemptPost{Shot: x.ID, Model: "m", Seed: "-1", Params: map[string]json.RawMessage{
		"Steps": json.RawMessage("30"), "model": json.RawMessage(`"other"`), "seed": json.RawMessage("99"), "nothing": json.RawMessage("null"),
		"prompt": json.RawMessage(`"蛇\n头"`), "": json.RawMessage("1"), "deep": json.RawMessage(`{"a":{"b":[1,{"c":18446744073709551615}]}}`)}})
	a := row.Attempt
	if a.Steps != "30" || a.Model != "m" || a.Prompt != "蛇\n头" || a.Sources["steps"].Record != "params" {
		t.Errorf("got %+v with %v", a.Generation, a.Sources)
	}
	if a.Params["model"] != "other" || a.Params["seed"] != "-1" || a.Params["deep"] != `{"a":{"b":[1,{"c":18446744073709551615}]}}` || a.Params[""] != "" {
		t.Errorf("got %v", a.Params)
	}
	if a.Seed != "99" {
		t.Errorf("seed %q: a random one was asked, and it became 99", a.Seed)
	}
}

func TestPostsThatAreRefused(t *testing.T) {
	h, c := clocked(t)
	x := h.oneShot()
	twin := h.title("娇藏京枝")
	h.title("《娇藏京枝》")
	late, early, old := c.Now().Add(25*time.Hour), c.Now().Add(-time.Hour), time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		in   studio.AttemptPost
		code string
	}{
		"a shot that is not there":            {studio.AttemptPost{Shot: "0197a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b"}, "unknown.shot"},
		"a label without a title":             {studio.AttemptPost{Shot: x.Label}, "invalid.title"},
		"a label that is not there":           {studio.AttemptPost{Shot: "E09-S09-009", Title: "昼以继夜"}, "unknown.shot"},
		"a title that is not there":           {studio.AttemptPost{Shot: x.Label, Title: "无此剧"}, "unknown.title"},
		"a title of two":                      {studio.AttemptPost{Shot: x.Label, Title: "娇藏京枝"}, "title.several"},
		"the shot of another title":           {studio.AttemptPost{Shot: x.ID, Title: twin}, "unknown.shot"},
		"no shot and nothing that is awaited": {studio.AttemptPost{TaskID: "t-12345678"}, "attempt.no_shot"},
		"nothing at all":                      {studio.AttemptPost{}, "attempt.no_shot"},
		"a seed with a point":                 {studio.AttemptPost{Shot: x.ID, Seed: "1.5"}, "invalid.seed"},
		"a seed with an exponent":             {studio.AttemptPost{Shot: x.ID, Seed: "1e400"}, "invalid.seed"},
		"a duration in words":                 {studio.AttemptPost{Shot: x.ID, Duration: "long"}, "invalid.duration"},
		"a duration without end":              {studio.AttemptPost{Shot: x.ID, Duration: "1e9"}, "invalid.duration"},
		"an odd way":                          {studio.AttemptPost{Shot: x.ID, Way: "demo"}, "invalid.way"},
		"a status of two lines":               {studio.AttemptPost{Shot: x.ID, Status: "a\nb"}, "invalid.status"},
		"an odd currency":                     {studio.AttemptPost{Shot: x.ID, Cost: &studio.Money{Amount: 1, Currency: "BTC"}}, "invalid.cost"},
		"a time to come":                      {studio.AttemptPost{Shot: x.ID, At: &late}, "invalid.at"},
		"a beginning of another age":          {studio.AttemptPost{Shot: x.ID, Started: &old}, "invalid.started"},
		"an end before the beginning":         {studio.AttemptPost{Shot: x.ID, Started: &early, Finished: ptr(early.Add(-time.Second))}, "invalid.finished"},
		"an odd role of a reference":          {studio.AttemptPost{Shot: x.ID, Refs: []studio.Ref{{Role: "boss", Name: "x"}}}, "invalid.refs"},
		"too many references":                 {studio.AttemptPost{Shot: x.ID, Refs: make([]studio.Ref, 51)}, "invalid.refs"},
		"too many results":                    {studio.AttemptPost{Shot: x.ID, Outputs: make([]studio.Output, 65)}, "invalid.outputs"},
		"a hash that is none":                 {studio.AttemptPost{Shot: x.ID, Outputs: []studio.Output{{SHA256: strings.Repeat("g", 64)}}}, "invalid.outputs"},
		"an endless card":                     {studio.AttemptPost{Shot: x.ID, Text: strings.Repeat("x", 1<<20+1)}, "invalid.text"},
		"an endless request":                  {studio.AttemptPost{Shot: x.ID, Request: bytes.Repeat([]byte(" "), 1<<20+1)}, "invalid.request"},
		"an endless answer":                   {studio.AttemptPost{Shot: x.ID, Answer: bytes.Repeat([]byte(" "), 1<<20+1)}, "invalid.answer"},
		"an endless prompt":                   {studio.AttemptPost{Shot: x.ID, Prompt: strings.Repeat("蛇", 20_001)}, "invalid.prompt"},
		"an expanded prompt with a NUL":       {studio.AttemptPost{Shot: x.ID, Expanded: "\x00"}, "invalid.expanded"},
		"a remark with a NUL":                 {studio.AttemptPost{Shot: x.ID, Remark: "\x00"}, "invalid.remark"},
		"a reason of two lines":               {studio.AttemptPost{Shot: x.ID, Reason: "a\nb"}, "invalid.reason"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.PostAttempt(t.Context(), h.admin, c.in)
			refused(t, err, c.code)
			refused(t, admittedOr(h.Admit(t.Context(), h.admin, c.in), c.code, err), c.code)
		})
	}
	if got := h.counted(x.TitleID); got != (counted{Shots: 1}) {
		t.Errorf("something was booked: %+v", got)
	}
}

// admittedOr is what Admit says; a post that only the booking can refuse is admitted.
func admittedOr(admitted error, code string, booked error) error {
	if admitted == nil && code == "attempt.no_shot" {
		return booked
	}
	return admitted
}

func TestWhatAStatusWordMeans(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	for word, want := range map[string]studio.Status{
		"submitted": "queued", "Queueing": "queued", "PREPARING": "queued", "PENDING": "queued", "THROTTLED": "queued", "排队中": "queued",
		"processing": "running", "Processing": "running", "RUNNING": "running", "dreaming": "running", "in_progress": "running", "In Progress": "running", "生成中": "running",
		"succeed": "succeeded", "Success": "succeeded", "SUCCEEDED": "succeeded", "completed": "succeeded", "finished": "succeeded", "已完成": "succeeded",
		"Fail": "failed", "FAILED": "failed", "error": "failed", "expired": "failed", "生成失败": "failed",
		"rejected": "refused", "审核不通过": "refused", "CANCELLED": "cancelled", "canceled": "cancelled", "已取消": "cancelled",
		"queued": "queued", "refused": "refused",
		"": "queued", "HIBERNATING": "queued",
	} {
		a := h.post(studio.AttemptPost{Shot: x.ID, Status: word}).Attempt
		if a.Status != want || a.Word != word {
			t.Errorf("%q is %s, word %q", word, a.Status, a.Word)
		}
		if odd := word == "HIBERNATING"; (len(a.Notes) == 1 && a.Notes[0] == "unknown_status") != odd {
			t.Errorf("%q has notes %v", word, a.Notes)
		}
	}
}

func TestTheSameTaskIsBookedOnce(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	first := h.post(studio.AttemptPost{Shot: x.ID, Service: "Kling", TaskID: "abc-1", Status: "submitted", Prompt: "一条蛇"})
	again := h.post(studio.AttemptPost{Shot: x.ID, Service: "ＫＬＩＮＧ", TaskID: " abc-1", Status: "processing", Model: "v2", Prompt: "另一条"})
	a := again.Attempt
	if !again.Duplicate || again.Matched != "task" || a.ID != first.Attempt.ID || a.Status != studio.Running || a.Word != "processing" || a.Model != "v2" || a.Prompt != "一条蛇" || a.Sources["model"].From != "tool" {
		t.Errorf("got %+v", again)
	}
	data := picture(t, 1, duck)
	done := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "abc-1", Status: "succeed"}, h.kept("结果.png", data))
	if a := done.Attempt; !done.Duplicate || a.ID != first.Attempt.ID || a.Status != studio.Succeeded || len(done.Takes) != 1 || a.Seed != "18446744073709551615" || a.Sources["seed"].From != "file" {
		t.Errorf("got %+v", done)
	}
	if !strings.Contains(fmt.Sprint(done.Attempt.Notes), "differs:prompt") || done.Attempt.Prompt != "一条蛇" {
		t.Errorf("the file's prompt was taken for what the tool said: %+v", done.Attempt)
	}
	t.Run("old news change nothing", func(t *testing.T) {
		late := h.post(studio.AttemptPost{Shot: x.ID, Service: "kling", TaskID: "abc-1", Status: "processing"})
		if !late.Duplicate || late.Attempt.Status != studio.Succeeded || late.Attempt.Rev != done.Attempt.Rev {
			t.Errorf("got %+v", late.Attempt)
		}
	})
	for name, in := range map[string]studio.AttemptPost{
		"another service":       {Shot: x.ID, Service: "Vidu", TaskID: "abc-1"},
		"another task":          {Shot: x.ID, Service: "Kling", TaskID: "abc-2"},
		"another case of an id": {Shot: x.ID, Service: "Kling", TaskID: "ABC-1"},
		"another title":         {Shot: h.oneShot().ID, Service: "Kling", TaskID: "abc-1"},
	} {
		t.Run(name+" is another attempt", func(t *testing.T) {
			if row := h.post(in); row.Duplicate || row.Attempt.ID == first.Attempt.ID {
				t.Errorf("got %+v", row)
			}
		})
	}
	t.Run("another shot of the title is the same task", func(t *testing.T) {
		row := h.post(studio.AttemptPost{Shot: h.shot(x.SceneID).ID, Service: "kling", TaskID: "abc-1"})
		if !row.Duplicate || row.Attempt.ShotID != x.ID {
			t.Errorf("got %+v", row.Attempt)
		}
	})
	t.Run("a deleted one is booked anew", func(t *testing.T) {
		now := h.post(studio.AttemptPost{Shot: x.ID, Service: "kling", TaskID: "abc-1"}).Attempt
		must(t, 0, errOf(h.DeleteAttempt(t.Context(), h.admin, now.ID, now.Rev)))
		if row := h.post(studio.AttemptPost{Shot: x.ID, Service: "kling", TaskID: "abc-1"}); row.Duplicate {
			t.Errorf("got %+v", row.Attempt)
		}
	})
	t.Run("somebody else's task is not theirs to change", func(t *testing.T) {
		mine := h.post(studio.AttemptPost{Shot: x.ID, TaskID: "mine-1"})
		op := studiotest.Person(t, h.Studio, h.admin, "lin", studio.Member, x.TitleID, studio.RoleOperator)
		row, err := h.PostAttempt(t.Context(), op, studio.AttemptPost{Shot: x.ID, TaskID: "mine-1", Model: "x"})
		if must(t, row, err); !row.Duplicate || row.Attempt.Model != "" || row.Attempt.Rev != mine.Attempt.Rev {
			t.Errorf("got %+v", row.Attempt)
		}
		_, err = h.PostAttempt(t.Context(), op, studio.AttemptPost{Shot: x.ID, TaskID: "mine-1"}, h.kept("a.png", picture(t, 77, "")))
		refused(t, err, "attempt.others")
	})
}

func TestAShotIsFoundByItsLabel(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	for _, label := range []string{x.Label, strings.ToLower(x.Label), "E1-S1-1", "e01-s01-0001", " E01 - S01 - 001 "} {
		for _, title := range []string{"昼以继夜", "《昼以继夜》", x.TitleID} {
			row, err := h.PostAttempt(t.Context(), h.admin, studio.AttemptPost{Shot: label, Title: title})
			if err != nil || row.Attempt.ShotID != x.ID {
				t.Errorf("%q of %q: %+v, %v", label, title, row.Attempt, err)
			}
		}
	}
	t.Run("a renamed title is found by its new name and its aliases", func(t *testing.T) {
		b := h.board(x.TitleID)
		must(t, 0, errOf(h.EditTitle(t.Context(), h.admin, x.TitleID, b.Title.Rev, studio.TitleIn{Name: ptr("日以继夜"), Aliases: &[]string{"夜戏"}})))
		for title, code := range map[string]string{"日以继夜": "", "夜戏": "", "昼以继夜": "unknown.title"} {
			_, err := h.PostAttempt(t.Context(), h.admin, studio.AttemptPost{Shot: x.Label, Title: title})
			if code != "" {
				refused(t, err, code)
			} else if err != nil {
				t.Error(title, err)
			}
		}
	})
	t.Run("a title that one has no part in is unknown", func(t *testing.T) {
		out := studiotest.Person(t, h.Studio, h.admin, "out", studio.Member, h.title("别的剧"), studio.RoleOperator)
		for _, title := range []string{"日以继夜", x.TitleID} {
			_, err := h.PostAttempt(t.Context(), out, studio.AttemptPost{Shot: x.Label, Title: title})
			refused(t, err, "unknown.title")
		}
	})
}
