package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"chouka/server/api"
)

// piece is one part of a form; with a file name it is a file.
type piece struct{ name, file, body string }

func formOf(t testing.TB, pieces ...piece) form {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range pieces {
		h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"`, p.name)}}
		if p.file != "" {
			h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, p.name, p.file))
		}
		part, err := w.CreatePart(h)
		if err == nil {
			_, err = io.WriteString(part, p.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return form{b.Bytes(), w.FormDataContentType()}
}

func (w *world) attemptsOf(shot string) int {
	w.t.Helper()
	var n int
	if _, err := fmt.Sscan(w.must("admin", get, "/shots/"+shot, nil).at("attempts"), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestAFormBringsAnAttemptWithItsFiles(t *testing.T) {
	w := newWorld(t)
	shot := w.newShot()
	one, two := string(w.picture()), string(w.picture())
	said := `{"shot":"` + shot + `","prompt":"一条蛇","seed":18446744073709551615,"way":"watch"}`
	a := w.ask("admin", post, "/attempts", formOf(t, piece{"attempt", "", said}, piece{"file", "夜 1.png", one}, piece{"beside", "夜 1.txt", "a duck\nSteps: 20, Sampler: Euler, Seed: 5, CFG scale: 7"}, piece{"file", "夜 2.png", two}))
	if a.status != 201 || a.at("takes.0.file") != "夜 1.png" || a.at("takes.1.place") != "1" || a.at("attempt.seed") != "18446744073709551615" || a.at("attempt.way") != "watch" || a.at("attempt.beside.0.kind") != "text" {
		t.Fatalf("answers %d %s", a.status, a.body)
	}
	if a.header.Get("ETag") != `"`+a.at("attempt.rev")+`"` || a.at("attempt.steps") != "20" || a.at("attempt.sources.steps.from") != "beside" {
		t.Errorf("answers %s", a.body)
	}
	t.Run("again it answers 200", func(t *testing.T) {
		b := w.ask("admin", post, "/attempts", formOf(t, piece{"attempt", "", said}, piece{"file", "x.png", two}, piece{"file", "y.png", one}))
		if b.status != 200 || b.at("duplicate") != "true" || b.at("attempt.id") != a.at("attempt.id") || w.attemptsOf(shot) != 1 {
			t.Errorf("answers %d %s", b.status, b.body)
		}
	})
	t.Run("plain fields in any order, as curl sends them", func(t *testing.T) {
		b := w.ask("admin", post, "/attempts", formOf(t, piece{"file", "c.png", string(w.picture())}, piece{"seed", "", "7"}, piece{"shot", "", "e1-s1-" + w.must("admin", get, "/shots/"+shot, nil).at("shot.number")},
			piece{"title", "", "从顽皮蛇开始吞噬进化"}, piece{"prompt", "", "一条\n蛇"}, piece{"service", "", "可灵"}, piece{"model", "", "v2"}, piece{"task_id", "", "t-1"}, piece{"status", "", "succeed"}, piece{"remark", "", "夜"}))
		if b.status != 201 || b.at("attempt.shot_id") != shot || b.at("attempt.prompt") != "一条\n蛇" || b.at("attempt.task_id") != "t-1" || b.at("attempt.word") != "succeed" || len(b.at("takes.0.id")) != 36 {
			t.Errorf("answers %d %s", b.status, b.body)
		}
	})
	t.Run("without a file it is an attempt that waits", func(t *testing.T) {
		if b := w.ask("admin", post, "/attempts", formOf(t, piece{"attempt", "", `{"shot":"` + shot + `","task_id":"t-2"}`})); b.status != 201 || b.at("attempt.status") != "queued" {
			t.Errorf("answers %d %s", b.status, b.body)
		}
	})
	t.Run("the file that it waits for finds it without a shot", func(t *testing.T) {
		if b := w.ask("admin", post, "/attempts", formOf(t, piece{"task_id", "", "t-2"}, piece{"file", "d.png", string(w.picture())})); b.status != 200 || b.at("matched") != "task" || b.at("attempt.status") != "succeeded" {
			t.Errorf("answers %d %s", b.status, b.body)
		}
	})
}

func TestFormsThatAreRefused(t *testing.T) {
	w := newWorld(t)
	shot := w.newShot()
	w.join("operator", "member", w.title, "operator")
	w.join("scout", "member", w.title, "scout")
	said := piece{"attempt", "", `{"shot":"` + shot + `"}`}
	file := func(name string) piece { return piece{"file", name, string(w.picture())} }
	many := func(name string, n int) []piece {
		out := []piece{said}
		for range n {
			p := file("a.png")
			p.name = name
			out = append(out, p)
		}
		return out
	}
	whole := formOf(t, said, file("a.png"))
	cut := func(n int) form { return form{whole.body[:n], whole.kind} }
	for name, c := range map[string]struct {
		who    string
		body   form
		status int
		code   string
	}{
		"seventeen files":               {"admin", formOf(t, many("file", 17)...), 413, "attempt.files"},
		"seventeen files beside":        {"admin", formOf(t, many("beside", 17)...), 413, "attempt.files"},
		"a file before the attempt":     {"admin", formOf(t, file("a.png"), said), 422, "multipart.order"},
		"two attempts":                  {"admin", formOf(t, said, said), 422, "multipart.twice"},
		"a field twice":                 {"admin", formOf(t, piece{"shot", "", shot}, piece{"shot", "", shot}), 422, "multipart.twice"},
		"an attempt and a field":        {"admin", formOf(t, said, piece{"prompt", "", "x"}), 422, "multipart.both"},
		"a part that is not known":      {"admin", formOf(t, said, piece{canary, "", "x"}), 422, "multipart.part"},
		"a file without a name":         {"admin", formOf(t, said, piece{"file", "", "x"}), 422, "multipart.name"},
		"no part":                       {"admin", formOf(t), 400, "upload.broken"},
		"a wrong boundary":              {"admin", form{whole.body, "multipart/form-data; boundary=other"}, 400, "upload.broken"},
		"no boundary":                   {"admin", form{whole.body, "multipart/form-data"}, 400, "upload.broken"},
		"a body cut in its last line":   {"admin", cut(len(whole.body) - 10), 400, "upload.broken"},
		"a body cut in its file":        {"admin", cut(len(whole.body) - 100), 400, "upload.broken"},
		"a body cut in a head":          {"admin", cut(60), 400, "upload.broken"},
		"a text of another kind":        {"admin", formOf(t, said, file("a.png"), piece{"file", "坏.png", canary}), 415, "media.unknown_type"},
		"an unknown field":              {"admin", formOf(t, piece{"attempt", "", `{"` + canary + `":1}`}), 422, "invalid"},
		"a field of another kind":       {"admin", formOf(t, piece{"attempt", "", `{"shot":7}`}), 422, "invalid"},
		"half a JSON":                   {"admin", formOf(t, piece{"attempt", "", `{"shot":`}), 400, "malformed"},
		"a seed without end":            {"admin", formOf(t, piece{"attempt", "", `{"shot":"` + shot + `","seed":1e400}`}), 400, "malformed"},
		"a seed with a point":           {"admin", formOf(t, piece{"attempt", "", `{"shot":"` + shot + `","seed":1.5}`}), 422, "invalid.seed"},
		"a field that is not UTF-8":     {"admin", formOf(t, piece{"prompt", "", "\xff"}), 400, "malformed"},
		"a field of a mebibyte":         {"admin", formOf(t, piece{"prompt", "", strings.Repeat("x", 1<<20)}), 413, "too_large"},
		"no shot":                       {"admin", formOf(t, file("a.png")), 422, "attempt.no_shot"},
		"somebody who logs nothing":     {"scout", formOf(t, piece{"shot", "", shot}, file("a.png")), 403, "forbidden.attempt.log"},
		"a shot of another title":       {"operator", formOf(t, piece{"attempt", "", `{"shot":"` + w.otherShot + `"}`}, file("a.png")), 404, "unknown.shot"},
		"nobody":                        {"nobody", whole, 401, "signed_out"},
		"bytes that are no form at all": {"admin", form{[]byte(canary), whole.kind}, 400, "upload.broken"},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.ask(c.who, post, "/attempts", c.body)
			refused(t, name, a, c.status)
			if a.code() != c.code {
				t.Errorf("answers %s, want %s", a.code(), c.code)
			}
			if name == "a text of another kind" && !strings.HasPrefix(a.at("detail"), "坏.png: ") {
				t.Errorf("the file is not named: %s", a.body)
			}
		})
	}
	if n := w.attemptsOf(shot); n != 0 {
		t.Errorf("%d attempts were booked", n)
	}
}

func TestAFileOverTheUploadLimitIsNamed(t *testing.T) {
	h := openHouse(t, api.Options{MaxUpload: 1 << 20})
	w := &world{house: h}
	w.title = w.make("/titles", obj{"name": "x"}, "title.id")
	w.episode = w.make("/titles/"+w.title+"/episodes", obj{}, "id")
	w.scene = w.make("/episodes/"+w.episode+"/scenes", obj{}, "id")
	shot := w.newShot()
	big := string(w.picture()) + strings.Repeat("\x00", 1<<20)
	a := w.ask("admin", post, "/attempts", formOf(t, piece{"shot", "", shot}, piece{"file", "a.png", string(w.picture())}, piece{"file", "big.png", big}))
	if a.status != 413 || w.attemptsOf(shot) != 0 {
		t.Errorf("answers %d %s", a.status, a.body)
	}
}

func TestManyAttemptsAtOnce(t *testing.T) {
	w := newWorld(t)
	w.join("operator", "member", w.title, "operator")
	shot := w.newShot()
	good := obj{"shot": shot, "status": "failed", "task_id": "bulk-1"}
	items := []any{good, obj{"shot": shot, "seed": "x"}, good, 7, nil, obj{canary: 1}, obj{"shot": w.otherShot}, obj{"shot": nowhere}, obj{}, obj{"shot": shot, "params": obj{"a": []any{1, obj{"b": nil}}}}}
	a := w.must("operator", post, "/attempts/bulk", obj{"items": items})
	for i, want := range []string{"201 ", "422 invalid.seed", "200 ", "422 invalid", "422 invalid", "422 invalid", "404 unknown.shot", "404 unknown.shot", "422 attempt.no_shot", "201 "} {
		at := fmt.Sprintf("items.%d.", i)
		if got := a.at(at+"status") + " " + a.at(at+"problem.code"); got != want || a.at(at+"index") != fmt.Sprint(i) {
			t.Errorf("item %d answers %q, want %q", i, got, want)
		}
		if booked := a.at(at+"row.attempt.id") != ""; booked == (a.at(at+"problem.detail") != "") {
			t.Errorf("item %d: %s", i, a.body)
		}
	}
	if strings.Contains(a.body, canary) || w.attemptsOf(shot) != 2 {
		t.Errorf("%d attempts: %s", w.attemptsOf(shot), a.body)
	}
	if a.at("items.1.problem.fields.0.location") != "body.seed" || a.at("items.3.problem.fields.0.location") != "body" {
		t.Errorf("the fields are not named: %s", a.body)
	}
	many := func(n int) []obj {
		out := make([]obj, n)
		for i := range out {
			out[i] = obj{"shot": shot, "task_id": fmt.Sprint("m", i)}
		}
		return out
	}
	for n, status := range map[int]int{0: 422, 501: 422} {
		refused(t, fmt.Sprint(n, " items"), w.ask("operator", post, "/attempts/bulk", obj{"items": many(n)}), status)
	}
	refused(t, "9 MiB", w.ask("operator", post, "/attempts/bulk", `{"items":["`+strings.Repeat("x", 9<<20)+`"]}`), 413)
	if w.attemptsOf(shot) != 2 {
		t.Error("a refused bulk booked something")
	}
	t.Run("five hundred pass, and the same call again is answered from the first", func(t *testing.T) {
		body, err := json.Marshal(obj{"items": many(500)})
		if err != nil {
			t.Fatal(err)
		}
		first := w.must("operator", post, "/attempts/bulk", string(body), "Idempotency-Key", "k")
		again := w.must("operator", post, "/attempts/bulk", string(body), "Idempotency-Key", "k")
		if first.body != again.body || first.at("items.499.status") != "201" || w.attemptsOf(shot) != 502 {
			t.Errorf("%d attempts", w.attemptsOf(shot))
		}
	})
}

func TestABodyThatNeverEndsIsCut(t *testing.T) {
	w := newWorld(t)
	r, pipe := io.Pipe()
	go func() {
		_, _ = io.WriteString(pipe, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n\x89PNG")
		_ = pipe.CloseWithError(http.ErrBodyReadAfterClose)
	}()
	req := w.request(t.Context(), "admin", post, "/attempts", nil, "Content-Type", "multipart/form-data; boundary=b")
	req.Body, req.ContentLength = r, -1
	if a := w.send(req); a.status != 400 || a.code() != "upload.broken" {
		t.Errorf("answers %d %s", a.status, a.body)
	}
}
