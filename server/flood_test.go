package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// dropped is one file of a flood: what is sent and what must become of it.
type dropped struct {
	name   string
	body   []byte
	prompt string // that the file states; empty where it states none
	bad    bool   // must be refused

	status int
	take   string
}

// flood makes n files of mixed kinds: pictures with and without a record, a clip, what is broken and what is no picture.
func flood(t *testing.T, n int) []*dropped {
	clip := clipBytes(t)
	var out []*dropped
	for i := range n {
		f := &dropped{name: fmt.Sprintf("片%04d", i)}
		switch i % 8 {
		case 0, 1, 2:
			f.prompt = fmt.Sprintf("金沙湖大剧院 第 %d 张", i)
			f.name += ".png"
			f.body = withText(picture(t, i), "parameters", f.prompt+"\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: "+strconv.Itoa(i)+", Size: 8x8")
		case 3:
			f.prompt = fmt.Sprintf("clip of graph %d", i)
			f.name += ".png"
			f.body = withText(picture(t, i), "prompt", fmt.Sprintf(`{"1":{"class_type":"KSampler","inputs":{"seed":18446744073709551615,"steps":9,"cfg":1,"sampler_name":"euler","scheduler":"simple","denoise":1,`+
				`"positive":["2",0],"negative":["3",0]}},"2":{"class_type":"CLIPTextEncode","inputs":{"text":%q}},"3":{"class_type":"CLIPTextEncode","inputs":{"text":""}},"4":{"class_type":"SaveImage","inputs":{"images":["1",0],"filename_prefix":"x"}}}`, f.prompt))
		case 4:
			f.name += ".jpg"
			f.body = jpegBytes(t, i)
		case 5:
			f.name += ".mp4"
			f.body = append(bytes.Clone(clip), freeBox(i)...)
		case 6:
			f.name, f.bad = f.name+".png", true
			whole := picture(t, i)
			f.body = whole[:len(whole)/2]
		case 7:
			f.name, f.bad = f.name+".docx", true
			f.body = []byte("no picture at all " + strconv.Itoa(i))
		}
		out = append(out, f)
	}
	return out
}

// withText puts a tEXt chunk in UTF-8 before the end of a PNG.
func withText(b []byte, key, text string) []byte {
	body := append([]byte("tEXt"+key+"\x00"), text...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = append(chunk, body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(body))
	end := len(b) - 12
	return append(append(bytes.Clone(b[:end]), chunk...), b[end:]...)
}

func jpegBytes(t *testing.T, n int) []byte {
	img := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		img.Pix[i] = byte(i*n + i>>3)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), strconv.Itoa(n)...)
}

// freeBox makes a clip's bytes its own without changing the clip (ISO/IEC 14496-12 §8.1.2).
func freeBox(n int) []byte {
	text := fmt.Sprintf("number %d", n)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(text))), "free"...), text...)
}

func clipBytes(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.mp4")
	cmd := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=90x160:rate=24:duration=0.5", "-pix_fmt", "yuv420p", path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg is needed (make tools installs it): %v\n%s", err, out)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// send uploads what has no answer yet, twelve at a time, until all is answered or nobody answers.
func send(d *desk, shot string, files []*dropped) {
	todo := make(chan *dropped)
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			for f := range todo {
				var row struct {
					Takes   []withID `json:"takes"`
					Attempt struct {
						Prompt string `json:"prompt"`
					} `json:"attempt"`
				}
				f.status = d.call("POST", "/shots/"+shot+"/files?name="+f.name, f.body, &row, "Idempotency-Key", url.PathEscape(f.name))
				switch {
				case f.status == 0:
				case f.bad && (f.status < 400 || f.status > 499):
					d.t.Errorf("%s was not refused: status %d", f.name, f.status)
				case !f.bad && (f.status != 201 || len(row.Takes) != 1 || row.Attempt.Prompt != f.prompt):
					d.t.Errorf("%s: status %d, %d takes, prompt %q", f.name, f.status, len(row.Takes), row.Attempt.Prompt)
				case !f.bad:
					f.take = row.Takes[0].ID
				}
			}
		})
	}
	for _, f := range files {
		if f.status == 0 {
			todo <- f
		}
	}
	close(todo)
	wg.Wait()
}

// TestAFloodOfFilesIsAllAccountedFor drops files of mixed kinds at once and kills the program in the middle: what was
// acknowledged is there once with its original, and after the sweep no byte lies about that nothing names.
// CHOUKA_FLOOD sets how many files; the figures are printed with -v.
func TestAFloodOfFilesIsAllAccountedFor(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: kills a real process")
	}
	n := 160
	if v, err := strconv.Atoi(os.Getenv("CHOUKA_FLOOD")); err == nil {
		n = v
	}
	program, data := built(t)
	files := flood(t, n)
	v := startVictim(t, program, data)
	shot := v.setUp()
	began := time.Now()
	time.AfterFunc(time.Duration(n)*time.Millisecond, func() { _ = v.cmd.Process.Kill() })
	send(v.desk, shot, files)
	_ = v.cmd.Wait()
	before := 0
	for _, f := range files {
		if f.status != 0 {
			before++
		}
	}
	again := startVictim(t, program, data)
	again.client = v.client
	send(again.desk, shot, files)
	took := time.Since(began)
	peak := peakMemory(again.cmd.Process.Pid)
	accounted(t, again.desk, shot, files)
	_ = again.cmd.Process.Kill()
	_ = again.cmd.Wait()
	if said, status := command(t, "verify", "--data", data); status != 0 {
		t.Errorf("verify after the flood: %s", said)
	}
	swept := orphans(t, data)
	t.Logf("%d files (%d answered before the kill) in %.1f s with a kill and a restart; peak memory %s; %d unnamed files swept, none left", n, before, took.Seconds(), peak, swept)
}

// accounted reads the shot back: every good file is one take with its own bytes, and nothing else is there.
func accounted(t *testing.T, d *desk, shot string, files []*dropped) {
	t.Helper()
	have := map[string]int{}
	var takes struct {
		Items []struct {
			Take struct {
				ID   string `json:"id"`
				File string `json:"file"`
			} `json:"take"`
		} `json:"items"`
	}
	d.must("GET", "/shots/"+shot+"/takes", nil, &takes)
	for _, row := range takes.Items {
		have[row.Take.File]++
	}
	for _, f := range files {
		want := 1
		if f.bad {
			want = 0
		}
		if have[f.name] != want {
			t.Errorf("%s is there %d times, want %d", f.name, have[f.name], want)
		}
	}
	if len(takes.Items) != len(have) {
		t.Errorf("%d takes of %d files", len(takes.Items), len(have))
	}
}

// orphans sweeps as the program does by night and then compares every kept file with what records name.
func orphans(t *testing.T, data string) int {
	t.Helper()
	ctx := context.Background()
	c := Config{Data: data}
	h, err := c.open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	swept, err := h.studio.Sweep(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	named, err := h.studio.Files(ctx)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, sha := range named {
		known[sha] = true
	}
	err = h.library.Walk(ctx, func(sha string, _ int64) error {
		if !known[sha] {
			t.Errorf("nothing names the kept file %s", sha)
		}
		delete(known, sha)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for sha := range known {
		t.Errorf("a record names %s and the file is gone", sha)
	}
	if left, _ := os.ReadDir(filepath.Join(c.mediaFolder(), "tmp")); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
	return swept
}

// peakMemory is the most that a process has held, as the kernel tells it.
func peakMemory(pid int) string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}
