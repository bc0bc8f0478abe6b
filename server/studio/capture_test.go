package studio_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"chouka/server/studio"
)

const duck = "a duck, (red:1.2)\nsecond line\nNegative prompt: grey\nSteps: 15, Sampler: Euler, Schedule type: Karras, CFG scale: 5.5, " +
	"Seed: 18446744073709551615, Size: 512x400, Model: duckXL, Version: v1.10.1"

func TestWhatAFileSays(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	data := picture(t, 1, duck)
	row, err := h.LogFile(t.Context(), h.admin, x.ID, `C:\出图\鸭子 001.png`, bytes.NewReader(data))
	a := must(t, row, err).Attempt
	if a.Prompt != "a duck, (red:1.2)\nsecond line" || a.Negative != "grey" || a.Seed != "18446744073709551615" || a.Model != "duckXL" ||
		a.Steps != "15" || a.CFG != "5.5" || a.Sampler != "Euler" || a.Scheduler != "Karras" || a.Size != "512x400" {
		t.Errorf("got %+v", a.Generation)
	}
	for _, f := range []string{"prompt", "negative", "seed", "model", "steps", "cfg", "sampler", "scheduler", "size"} {
		if s := a.Sources[f]; s.From != "file" || s.Record != "png:parameters" || s.Certainty == "" {
			t.Errorf("%s comes from %+v", f, s)
		}
	}
	if a.TaskID != "" || a.Denoise != "" || a.Cost != (studio.Money{}) || a.Sources["task_id"].From != "" {
		t.Errorf("what nobody said is not empty: %+v", a)
	}
	tk := row.Takes[0]
	if tk.File != "鸭子 001.png" || tk.Media.Width != 2 || tk.Media.Height != 1 || tk.Media.Type != "image/png" || tk.Media.Bytes != int64(len(data)) ||
		tk.Verdict != studio.Unseen || a.Status != studio.Succeeded || a.Way != "upload" {
		t.Errorf("got %+v", tk)
	}
	f, err := h.TakeOriginal(t.Context(), h.admin, tk.ID)
	must(t, f, err)
	kept, err := io.ReadAll(f)
	if must(t, kept, errors.Join(err, f.Close())); !bytes.Equal(kept, data) || !f.Inline || f.SHA256 != tk.Media.SHA256 {
		t.Error("the original is not what was dropped")
	}
	t.Run("it is read again after the store was asked anew", func(t *testing.T) {
		rows, err := h.Takes(t.Context(), h.admin, x.ID, false)
		if r := must(t, rows, err)[0]; r.Generation.Seed != "18446744073709551615" || r.AttemptNumber != 1 || r.OperatorName != h.admin.Person.Name {
			t.Errorf("got %+v", r)
		}
	})
}

func TestWhatNoRecordMayHold(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	for name, c := range map[string]struct {
		text  string
		check func(studio.Attempt) bool
	}{
		"a seed that is no number goes to the further settings": {"a\nSteps: 1, Seed: 12abc, Model: m",
			func(a studio.Attempt) bool {
				return a.Seed == "" && a.Params["Seed"] == "12abc" && a.Sources["seed"].From == ""
			}},
		"a seed that is only a sign is none": {"a\nSteps: 1, Seed: -, Model: m", func(a studio.Attempt) bool { return a.Seed == "" }},
		"an endless prompt is cut": {strings.Repeat("x", 30_000) + "\nSteps: 1, Seed: 1, Model: m",
			func(a studio.Attempt) bool { return len(a.Prompt) == 20_000 && a.Seed == "1" }},
		"control and direction marks leave a name": {"a\x1b\x07b\nSteps: 1, Model: m\u202ecba\x01, Seed: 2",
			func(a studio.Attempt) bool { return a.Prompt == "ab" && a.Model == "mcba" }},
		"script tags stay text": {"<script>alert(1)</script>\nSteps: 1, Model: <img src=x>, Seed: 3",
			func(a studio.Attempt) bool {
				return a.Prompt == "<script>alert(1)</script>" && a.Model == "<img src=x>"
			}},
		"bytes that are no text do not stop it": {"a\xff\xfeb\nSteps: 1, Seed: 4, Model: m", func(a studio.Attempt) bool { return a.Seed == "4" }},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.drop(x.ID, picture(t, len(name), c.text)).Attempt
			if !c.check(a) {
				t.Errorf("prompt %.100q, the rest %.100q, further %v", a.Prompt, a.Model+" "+a.Seed, a.Params)
			}
			// What was read may be corrected by hand: no field of it is refused.
			if _, err := h.EditAttempt(t.Context(), h.admin, a.ID, a.Rev, studio.AttemptEdit{Remark: ptr("ok")}); err != nil {
				t.Error(err)
			}
		})
	}
}

// samples is the folder of real files, which lies beside the repository and not in it.
func samples(t *testing.T, path string) string {
	t.Helper()
	path = filepath.Join("..", "..", "..", "shared", "samples", path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the sample files are not here: %v", err)
	}
	return path
}

type generated struct {
	File, Generator string
	Truth           struct {
		Positive, Negative, Model, Seed, Sampler, Scheduler string
		PositivePrefix                                      string `json:"positive_prefix"`
		NegativePrefix                                      string `json:"negative_prefix"`
		MetaSize                                            string `json:"meta_size"`
		Pixels, Error                                       string
		Steps                                               int
		CFG                                                 float64
	}
}

func TestRealFiles(t *testing.T) {
	dir := samples(t, "generated")
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	must(t, raw, err)
	var m struct{ Files []generated }
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	x := h.oneShot()
	booked := int64(0)
	for _, g := range m.Files {
		t.Run(g.File, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(dir, g.File))
			must(t, data, err)
			row, err := h.LogFile(t.Context(), h.admin, x.ID, g.File, bytes.NewReader(data))
			if g.Truth.Error != "" {
				refused(t, err, "media.empty")
				return
			}
			must(t, row, err)
			booked++
			m := row.Takes[0].Media
			if got := strconv.Itoa(m.Width) + "x" + strconv.Itoa(m.Height); got != g.Truth.Pixels {
				t.Errorf("%s pixels, want %s", got, g.Truth.Pixels)
			}
			if g.Generator == "AUTOMATIC1111" || strings.HasPrefix(g.Generator, "ComfyUI") {
				g.compare(t, row.Attempt)
			}
			if g.Generator[:4] == "none" && row.Attempt.Prompt != "" {
				t.Errorf("made up a prompt: %.80q", row.Attempt.Prompt)
			}
		})
	}
	if got := h.counted(x.TitleID); got != (counted{Shots: 1, ToReview: 1, Attempts: booked, Takes: booked}) {
		t.Errorf("counted %+v of %d", got, booked)
	}
}

func (g generated) compare(t *testing.T, a studio.Attempt) {
	t.Helper()
	for _, c := range []struct{ field, got, want string }{
		{"prompt", strings.TrimSpace(a.Prompt), g.Truth.Positive}, {"negative", a.Negative, g.Truth.Negative}, {"model", a.Model, g.Truth.Model},
		{"seed", a.Seed, g.Truth.Seed}, {"sampler", a.Sampler, g.Truth.Sampler}, {"scheduler", a.Scheduler, g.Truth.Scheduler},
		{"size", a.Size, g.Truth.MetaSize},
	} {
		if c.want != "" && c.got != c.want {
			t.Errorf("%s is %.100q, want %q", c.field, c.got, c.want)
		}
		if c.got != "" && a.Sources[c.field].From != "file" {
			t.Errorf("%s has no source", c.field)
		}
	}
	if !strings.HasPrefix(a.Prompt, g.Truth.PositivePrefix) || !strings.HasPrefix(a.Negative, g.Truth.NegativePrefix) {
		t.Errorf("prompt %.100q, negative %.100q", a.Prompt, a.Negative)
	}
	if steps := strconv.Itoa(g.Truth.Steps); g.Truth.Steps != 0 && a.Steps != steps {
		t.Errorf("steps %q, want %s", a.Steps, steps)
	}
	if cfg, _ := strconv.ParseFloat(a.CFG, 64); g.Truth.CFG != 0 && cfg != g.Truth.CFG {
		t.Errorf("cfg %q, want %v", a.CFG, g.Truth.CFG)
	}
}

// bomb is a PNG of some kilobytes that says it is 12000 by 12000.
func bomb(t *testing.T) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 12_000), 12_000)
	b := bytes.Replace(picture(t, 1, ""), []byte{0, 0, 0, 2, 0, 0, 0, 1}, head, 1)
	binary.BigEndian.PutUint32(b[29:33], crc32.ChecksumIEEE(b[12:29]))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 4<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return behindHead(b, "IDAT", packed.String())
}

func TestFilesThatAreNotTaken(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	whole := picture(t, 1, duck)
	bad := map[string]struct {
		data []byte
		code string
		kind studio.Kind
	}{
		"nothing at all":                        {nil, "media.empty", studio.Invalid},
		"a PNG cut in its head":                 {whole[:20], "media.truncated", studio.Invalid},
		"a PNG cut in its pixels":               {whole[:len(whole)-20], "media.truncated", studio.Invalid},
		"144 million pixels in a few kilobytes": {bomb(t), "media.too_many_pixels", studio.TooLarge},
		"text named .png":                       {[]byte("这不是图片\n"), "media.unknown_type", studio.Unsupported},
		"a web page named .png":                 {[]byte("<html><script>alert(1)</script>"), "media.unknown_type", studio.Unsupported},
		"a drawing that can run":                {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "media.svg", studio.Unsupported},
		"a bitmap":                              {append([]byte("BM"), make([]byte, 60)...), "media.unknown_type", studio.Unsupported},
	}
	for name, c := range bad {
		t.Run(name+" is refused", func(t *testing.T) {
			_, err := h.LogFile(t.Context(), h.admin, x.ID, "a.png", bytes.NewReader(c.data))
			if e := refused(t, err, c.code); e.Kind != c.kind {
				t.Errorf("kind %s, want %s", e.Kind, c.kind)
			}
		})
	}
	t.Run("an upload that breaks off is refused", func(t *testing.T) {
		gone := errors.New("the browser went away")
		_, err := h.LogFile(t.Context(), h.admin, x.ID, "a.png", io.MultiReader(bytes.NewReader(whole[:60]), iotest.ErrReader(gone)))
		if !errors.Is(err, gone) {
			t.Errorf("got %v", err)
		}
	})
	if got := h.counted(x.TitleID); got != (counted{Shots: 1}) || h.see(x.ID).Shot.State != studio.ShotTodo {
		t.Errorf("something was booked: %+v", got)
	}
	t.Run("a bad one among several stops only itself", func(t *testing.T) {
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				data := picture(t, 100+i, "")
				if i == 3 {
					data = data[:30]
				}
				_, err := h.LogFile(t.Context(), h.admin, x.ID, "a.png", bytes.NewReader(data))
				if (err != nil) != (i == 3) {
					t.Errorf("file %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if got := h.counted(x.TitleID); got != (counted{Shots: 1, ToReview: 1, Attempts: 7, Takes: 7}) {
			t.Errorf("counted %+v", got)
		}
		if w, err := h.Background(t.Context(), h.admin); err != nil || w.Pending != 7 {
			t.Errorf("background %+v, %v", w, err)
		}
	})
	t.Run("the same one eight times at once is booked once", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := h.LogFile(t.Context(), h.admin, x.ID, "a.png", bytes.NewReader(whole)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := h.counted(x.TitleID); got.Takes != 8 || got.Attempts != 8 {
			t.Errorf("counted %+v", got)
		}
	})
}

func TestALockedShotTakesNoFile(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("昼以继夜"))
	x, _ := h.inState(sc.ID, studio.ShotLocked, 1)
	_, err := h.LogFile(t.Context(), h.admin, x.ID, "a.png", iotest.ErrReader(errors.New("the bytes were asked for")))
	refused(t, err, "shot.locked")
	_, err = h.LogAttempt(t.Context(), h.admin, x.ID, studio.AttemptIn{Status: studio.Failed})
	refused(t, err, "shot.locked")
}
