package ingest_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chouka/server/api"
	"chouka/server/ingest"
	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// house is the program's own API over a real studio, with a folder beside it.
type house struct {
	t     *testing.T
	admin studio.Actor
	s     *studio.Studio
	shot  studio.Shot
	at    string
	token studio.NewToken
	o     ingest.Options
	heard []ingest.Event
	lost  atomic.Int64 // posts whose answer is to get lost
	posts atomic.Int64
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, s: studiotest.New(t)}
	h.admin = studiotest.Admin(t, h.s)
	h.shot = studiotest.Shot(t, h.s, h.admin, studiotest.Title(t, h.s, h.admin, "娇藏京枝").ID)
	a, err := api.New(api.Options{Studio: h.s})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			a.Handler().ServeHTTP(w, r)
			return
		}
		h.posts.Add(1)
		if h.lost.Add(-1) >= 0 {
			a.Handler().ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		a.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	h.at = srv.URL
	if h.token, err = h.s.CreateToken(t.Context(), h.admin, studio.TokenIn{Name: "watch", Scopes: []studio.Scope{"log"}}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	h.o = ingest.Options{Paths: []string{dir}, Server: srv.URL, Token: h.token.Secret, Title: "娇藏京枝", Shot: "e1-s1-1", State: t.TempDir(), Pace: 2 * time.Millisecond,
		Language: "en", Tell: func(e ingest.Event) {
			if e.What != ingest.Progress {
				h.heard = append(h.heard, e)
			}
		}}
	return h
}

func (h *house) write(name string, b []byte) {
	h.t.Helper()
	p := filepath.Join(h.o.Paths[0], filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(p, b, 0o600); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) run() ingest.Summary {
	h.t.Helper()
	sum, err := ingest.Run(h.t.Context(), h.o)
	if err != nil {
		h.t.Fatalf("the run failed: %v; it told %v", err, h.heard)
	}
	return sum
}

// rows lists the attempts of the shot, oldest first, each as "way status: results | beside | prompt".
func (h *house) rows() []string {
	h.t.Helper()
	got, err := h.s.Attempts(h.t.Context(), h.admin, h.shot.ID, studio.Page{Limit: 50})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, r := range got.Items {
		var files, beside []string
		for _, t := range r.Takes {
			files = append(files, t.File)
		}
		for _, b := range r.Attempt.Beside {
			beside = append(beside, b.Name)
		}
		slices.Sort(beside)
		out = append(out, fmt.Sprintf("%s %s: %s | %s | %s", r.Attempt.Way, r.Attempt.Status, strings.Join(files, " "), strings.Join(beside, " "), r.Attempt.Prompt))
	}
	slices.Sort(out)
	return out
}

// still is a small PNG of its own for each number.
func still(t *testing.T, n int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	img.SetRGBA(n%8, n/8, color.RGBA{uint8(n), 200, uint8(n >> 8), 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// moving is an MP4 whose index names one picture track (ISO/IEC 14496-12), of its own for each number.
func moving(n int) []byte {
	box := func(kind string, parts ...[]byte) []byte {
		inner := bytes.Join(parts, nil)
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(inner)+8)), kind...), inner...)
	}
	words := func(v ...uint32) []byte {
		var b []byte
		for _, x := range v {
			b = binary.BigEndian.AppendUint32(b, x)
		}
		return b
	}
	clock := words(0, 0, 0, 1000, 2000, 0, 0)
	shown := words(0, 0, 0, 1, 0, 2000, 0, 0, 0, 0, 1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30, 90<<16, 160<<16)
	stbl := box("stbl", box("stts", words(0, 1, 50, 40)))
	trak := box("trak", box("tkhd", shown), box("mdia", box("mdhd", clock), box("hdlr", words(0, 0), []byte("vide"), words(0, 0, 0, 0)), box("minf", stbl)))
	return bytes.Join([][]byte{box("ftyp", []byte("isom\x00\x00\x02\x00isommp41")), box("moov", box("mvhd", clock), trak), box("mdat", []byte(fmt.Sprint("media ", n)))}, nil)
}

const settings = "red umbrella in the rain\nNegative prompt: blur\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 18446744073709551615, Size: 512x512"

func TestTheDeskBooksWhatIsBrought(t *testing.T) {
	t.Run("a clip with its first frame and its settings is one attempt", func(t *testing.T) {
		h := newHouse(t)
		h.write("x_00001.mp4", moving(1))
		h.write("x_00001.png", still(t, 1))
		h.write("x_00001.txt", []byte(settings))
		sum := h.run()
		same(t, "rows", h.rows(), "[watch succeeded: x_00001.mp4 | x_00001.png x_00001.txt | red umbrella in the rain]")
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Left()), "1 2 0")
		h.write("x_00001-audio.mp4", moving(2))
		h.write("x_00001.json", []byte(`{"note":"later"}`))
		sum = h.run()
		same(t, "rows", h.rows(), "[watch succeeded: x_00001.mp4 x_00001-audio.mp4 | x_00001.json x_00001.png x_00001.txt | red umbrella in the rain]")
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Already), "1 1 3")
	})
	t.Run("rules find the shot by its label and the title by its name", func(t *testing.T) {
		h := newHouse(t)
		h.o.Title, h.o.Shot, h.o.Rules = "", "", []string{"{title}/E{ep}/S{scene}/{shot}/**"}
		h.write("娇藏京枝/E01/S01/1/a.png", still(t, 1))
		h.write("娇藏京枝/E01/S01/2/b.png", still(t, 2))
		h.write("没有这部/E01/S01/1/c.png", still(t, 3))
		sum := h.run()
		same(t, "rows", h.rows(), "[watch succeeded: a.png |  | ]")
		same(t, "counts", fmt.Sprint(sum.New, sum.Held, sum.Refused), "1 2 0")
	})
	t.Run("a file that is no picture is refused with the desk's words and the rest arrives", func(t *testing.T) {
		h := newHouse(t)
		h.write("bad.png", []byte("this is no picture"))
		h.write("good.png", still(t, 1))
		sum := h.run()
		same(t, "rows", h.rows(), "[watch succeeded: good.png |  | ]")
		same(t, "counts", fmt.Sprint(sum.New, sum.Refused), "1 1")
		if i := slices.IndexFunc(h.heard, func(e ingest.Event) bool { return e.What == ingest.Refused }); i < 0 || len(h.heard[i].Words) < 10 {
			t.Errorf("it was told %v", h.heard)
		}
	})
	t.Run("a file without a shot joins the attempt that waits for it", func(t *testing.T) {
		h := newHouse(t)
		h.o.Title, h.o.Shot = "", ""
		h.tell(map[string]any{"shot": h.shot.ID, "service": "可灵", "task_id": "task-8213777", "status": "processing", "prompt": "红伞", "outputs": []any{map[string]any{"name": "kling_1.png"}}})
		h.write("kling_1.png", still(t, 1))
		h.write("nobody_asked.png", still(t, 2))
		sum := h.run()
		same(t, "rows", h.rows(), "[api succeeded: kling_1.png |  | 红伞]")
		same(t, "counts", fmt.Sprint(sum.Joined, sum.NoShot, sum.New), "1 1 0")
	})
}

func TestTheDeskBooksOnce(t *testing.T) {
	t.Run("an upload before it makes it a duplicate", func(t *testing.T) {
		h := newHouse(t)
		if _, err := h.s.LogFile(t.Context(), h.admin, h.shot.ID, "uploaded.png", bytes.NewReader(still(t, 1))); err != nil {
			t.Fatal(err)
		}
		h.write("a.png", still(t, 1))
		sum := h.run()
		same(t, "rows", h.rows(), "[upload succeeded: uploaded.png |  | ]")
		same(t, "counts", fmt.Sprint(sum.Duplicate, sum.New), "1 0")
	})
	t.Run("lost answers book nothing twice", func(t *testing.T) {
		h := newHouse(t)
		h.lost.Store(3)
		h.write("a.mp4", moving(1))
		h.write("a.txt", []byte(settings))
		sum := h.run()
		same(t, "rows", len(h.rows()), 1)
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside, h.posts.Load() > 1), "1 1 true")
	})
	t.Run("an archive with hundreds of files arrives whole", func(t *testing.T) {
		h := newHouse(t)
		files := map[string]string{}
		for i := range 60 {
			files[fmt.Sprintf("deep/%03d.png", i)] = string(still(t, i))
			files[fmt.Sprintf("deep/%03d.txt", i)] = settings
		}
		h.write("x.zip", []byte(archive(t, files)))
		sum := h.run()
		same(t, "counts", fmt.Sprint(sum.New, sum.Beside, sum.Left()), "60 60 0")
		same(t, "again", fmt.Sprint(h.run().Already), "120")
	})
}

func TestTheDeskMayStopIt(t *testing.T) {
	t.Run("a revoked token ends it with one sentence and the files stay in the queue", func(t *testing.T) {
		h := newHouse(t)
		if err := h.s.RevokeToken(t.Context(), h.admin, h.token.Token.ID, h.token.Token.Rev); err != nil {
			t.Fatal(err)
		}
		h.write("a.png", still(t, 1))
		_, err := ingest.Run(t.Context(), h.o)
		var stop *ingest.StopError
		if !errors.As(err, &stop) || strings.Contains(err.Error(), h.token.Secret) {
			t.Errorf("it ended with %v", err)
		}
		same(t, "rows", len(h.rows()), 0)
	})
	t.Run("a token that may only read ends it too", func(t *testing.T) {
		h := newHouse(t)
		tok, err := h.s.CreateToken(t.Context(), h.admin, studio.TokenIn{Name: "read", Scopes: []studio.Scope{"read"}})
		if err != nil {
			t.Fatal(err)
		}
		h.o.Token = tok.Secret
		h.write("a.png", still(t, 1))
		var stop *ingest.StopError
		if _, err := ingest.Run(t.Context(), h.o); !errors.As(err, &stop) || stop.Status != 403 {
			t.Errorf("it ended with %v", err)
		}
	})
}

// tell posts an attempt as a program does.
func (h *house) tell(in map[string]any) {
	h.t.Helper()
	b, err := json.Marshal(in)
	if err != nil {
		h.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, h.at+"/api/v1/attempts", bytes.NewReader(b))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.token.Secret)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	if said, err := io.ReadAll(resp.Body); resp.StatusCode != http.StatusCreated {
		h.t.Fatalf("telling of an attempt answers %d %s, %v", resp.StatusCode, said, err)
	}
}
