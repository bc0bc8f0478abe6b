package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// desk is a running program as a browser sees it.
type desk struct {
	t      testing.TB
	at     string // http://localhost:port
	code   string // of the setup link; empty when set up already
	client *http.Client
}

// begin runs `serve` inside the test on a free port. The returned function stops it and gives the exit status.
func begin(t testing.TB, data string) (*desk, func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	status := make(chan int, 1)
	var log lockedBuffer
	go func() {
		status <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--data", data}, console{in: strings.NewReader(""), out: in, err: &log})
		in.Close()
	}()
	d := newDesk(t, out)
	if d.at == "" {
		t.Fatalf("the program did not start: %s", log.String())
	}
	go io.Copy(io.Discard, out)
	return d, func() int { stop(); return <-status }
}

// newDesk reads the greeting of a program that starts.
func newDesk(t testing.TB, out io.Reader) *desk {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, client: &http.Client{Jar: jar}}
	link := regexp.MustCompile(`(http://[^/\s]+)(?:/setup#(\S+))?`)
	for s := bufio.NewScanner(out); s.Scan(); {
		if m := link.FindStringSubmatch(s.Text()); m != nil {
			d.at, d.code = m[1], m[2]
			break
		}
	}
	return d
}

// call asks the API and decodes the answer into out; it gives the status, or 0 when nobody answers.
func (d *desk) call(method, path string, body, out any, head ...string) int {
	var r io.Reader
	kind := "application/octet-stream"
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	default:
		j, err := json.Marshal(b)
		if err != nil {
			d.t.Fatal(err)
		}
		r, kind = bytes.NewReader(j), "application/json"
	}
	req, err := http.NewRequest(method, d.at+"/api/v1"+path, r)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0
	}
	if out != nil && resp.StatusCode < 300 {
		if err := json.Unmarshal(b, out); err != nil {
			d.t.Errorf("%s %s: %v in %s", method, path, err, b)
		}
	}
	return resp.StatusCode
}

// must is call for what has to succeed.
func (d *desk) must(method, path string, body, out any, head ...string) {
	d.t.Helper()
	if got := d.call(method, path, body, out, head...); got < 200 || got > 299 {
		d.t.Fatalf("%s %s: status %d", method, path, got)
	}
}

type withID struct {
	ID    string `json:"id"`
	Title struct {
		ID string `json:"id"`
	} `json:"title"`
}

const testPassword = "jinshahu-correct-horse"

// setUp makes the administrator and one title with one shot, whose id it gives.
func (d *desk) setUp() string {
	d.t.Helper()
	d.must("POST", "/setup", map[string]any{"code": d.code, "studio": "测试", "name": "管理员", "login": "admin", "password": testPassword}, nil)
	var title, episode, scene, shot withID
	d.must("POST", "/titles", map[string]any{"name": "娇藏京枝"}, &title)
	d.must("POST", "/titles/"+title.Title.ID+"/episodes", map[string]any{}, &episode)
	d.must("POST", "/episodes/"+episode.ID+"/scenes", map[string]any{}, &scene)
	d.must("POST", "/scenes/"+scene.ID+"/shots", map[string]any{"size": "", "camera": "", "description": "一", "dialogue": "", "sound": "", "prompt": "", "characters": "", "note": "", "milliseconds": 0}, &shot)
	return shot.ID
}

// sheet makes a reference sheet with a replaced picture and a current one, and gives the numbers of both.
func (d *desk) sheet(shot string) [2]int {
	d.t.Helper()
	var page struct {
		Shot struct {
			TitleID string `json:"title_id"`
		} `json:"shot"`
	}
	var sheet withID
	d.must("GET", "/shots/"+shot, nil, &page)
	d.must("POST", "/titles/"+page.Shot.TitleID+"/references", map[string]any{"kind": "prop", "name": "话筒"}, &sheet)
	numbers := [2]int{70, 71}
	for _, n := range numbers {
		d.must("POST", "/references/"+sheet.ID+"/pictures?name=a.png&replace=true", picture(d.t, n), nil)
	}
	return numbers
}

// picture is a small PNG of its own for each number.
func picture(t testing.TB, n int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.SetRGBA(i%8, i/8, color.RGBA{uint8(n), uint8(n >> 8), uint8(i * 4), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheProgramStartsWorksBacksUpAndStops(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	d, stop := begin(t, data)
	shot := d.setUp()
	original := picture(t, 7)
	var row struct {
		Takes []withID `json:"takes"`
	}
	d.must("POST", "/shots/"+shot+"/files?name=a.png", original, &row)
	resp, err := d.client.Get(d.at + "/api/v1/takes/" + row.Takes[0].ID + "/original")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if back, err := io.ReadAll(resp.Body); err != nil || !bytes.Equal(back, original) {
		t.Errorf("the original came back as %d bytes of %d, %v", len(back), len(original), err)
	}
	sheet := d.sheet(shot)
	if said, status := command(t, "serve", "--addr", "127.0.0.1:0", "--data", data); status == 0 || !strings.Contains(said, "another chouka") {
		t.Errorf("a second program on the same folder: status %d, %q", status, said)
	}
	backup := filepath.Join(dir, "backup")
	said, status := command(t, "backup", "--data", data, backup)
	if status != 0 {
		t.Fatalf("backup while running: %s", said)
	}
	taken := digest(t, said)
	d.must("POST", "/shots/"+shot+"/files?name=b.png", picture(t, 8), nil)
	if status := stop(); status != 0 {
		t.Errorf("the program stopped with status %d", status)
	}
	for _, n := range sheet {
		sha := fmt.Sprintf("%x", sha256.Sum256(picture(t, n)))
		if _, err := os.Stat(filepath.Join(backup, backupMedia, "originals", sha[:2], sha[2:])); err != nil {
			t.Errorf("a picture of a sheet is not in the backup: %v", err)
		}
	}
	for _, restored := range []string{filepath.Join(dir, "one"), filepath.Join(dir, "two")} {
		said, status := command(t, "restore", "--data", restored, backup)
		if status != 0 || digest(t, said) != taken {
			t.Errorf("restore: status %d, digest not %s in %s", status, taken, said)
		}
	}
	if said, status := command(t, "restore", "--data", data, backup); status == 0 {
		t.Errorf("restore over existing data went through: %s", said)
	}
}

func TestARestoredDeskOpensAndADamagedBackupIsRefused(t *testing.T) {
	dir := t.TempDir()
	data, backup := filepath.Join(dir, "data"), filepath.Join(dir, "backup")
	d, stop := begin(t, data)
	shot := d.setUp()
	d.must("POST", "/shots/"+shot+"/files?name=a.png", picture(t, 1), nil)
	stop()
	if said, status := command(t, "backup", "--data", data, backup); status != 0 {
		t.Fatalf("backup of a stopped desk: %s", said)
	}
	if said, status := command(t, "restore", "--data", filepath.Join(dir, "new"), backup); status != 0 {
		t.Fatalf("restore: %s", said)
	}
	again, stop := begin(t, filepath.Join(dir, "new"))
	again.must("POST", "/session", map[string]any{"login": "admin", "password": testPassword}, nil)
	again.must("GET", "/shots/"+shot, nil, nil)
	stop()
	file := filepath.Join(backup, backupStore)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(dir, "bad")
	if said, status := command(t, "restore", "--data", target, backup); status == 0 {
		t.Errorf("a damaged backup was restored: %s", said)
	}
	if _, err := os.Stat(filepath.Join(target, "chouka.db")); err == nil {
		t.Error("a refused restore left a store behind")
	}
}

func TestCommandsOfTheConsole(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if said, status := command(t, "verify", "--data", data); status == 0 || !strings.Contains(said, "no data") {
		t.Errorf("verify without data: %d %s", status, said)
	}
	d, stop := begin(t, data)
	d.setUp()
	for _, c := range [][]string{{"version"}, {"doctor", "--data", data}, {"verify", "--data", data}, {"user", "list", "--data", data}, {"user", "invite", "小满", "--data", data}, {"--help"}} {
		if said, status := command(t, c...); status != 0 || said == "" {
			t.Errorf("%v: status %d, %q", c, status, said)
		}
	}
	var out lockedBuffer
	status := run(t.Context(), []string{"user", "password", "admin", "--data", data}, console{in: strings.NewReader("another-good-secret\n"), out: &out, err: &out})
	if status != 0 {
		t.Fatalf("setting a password: %s", out.String())
	}
	if got := d.call("GET", "/session", nil, nil); got != 401 {
		t.Errorf("a session outlived the new password: status %d", got)
	}
	d.must("POST", "/session", map[string]any{"login": "admin", "password": "another-good-secret"}, nil)
	if said, status := command(t, "user", "disable", "admin", "--data", data); status == 0 {
		t.Errorf("the last administrator was disabled: %s", said)
	}
	stop()
	if said, status := command(t, "user", "list", "--data", data); status != 0 || !strings.Contains(said, "admin") {
		t.Errorf("user list of a stopped desk: %s", said)
	}
}

// command runs one command and gives what it said and its status.
func command(t testing.TB, args ...string) (string, int) {
	t.Helper()
	var out lockedBuffer
	status := run(t.Context(), args, console{in: strings.NewReader(""), out: &out, err: &out})
	return out.String(), status
}

func digest(t testing.TB, said string) string {
	t.Helper()
	m := regexp.MustCompile(`digest\s+([0-9a-f]{64})`).FindStringSubmatch(said)
	if m == nil {
		t.Fatalf("no digest in %q", said)
	}
	return m[1]
}
