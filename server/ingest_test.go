package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chouka/server/ingest"
)

// carrying is a running desk with a token, a folder of files and the flags that bring them there.
func carrying(t *testing.T) (d *desk, in string, flags []string, secret string) {
	t.Helper()
	d, stop := begin(t, filepath.Join(t.TempDir(), "data"))
	t.Cleanup(func() { stop() })
	d.setUp()
	var made struct {
		Secret string `json:"secret"`
	}
	d.must("POST", "/tokens", map[string]any{"name": "watch", "scopes": []string{"log"}, "days": 1}, &made)
	in = t.TempDir()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(made.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	flags = []string{"--server", d.at, "--token-file", file, "--state", t.TempDir(), "--title", "娇藏京枝", "--rule", "**/E{ep}_S{scene}_{shot}*"}
	return d, in, flags, made.Secret
}

func save(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFilesAreBroughtOnce(t *testing.T) {
	_, in, flags, secret := carrying(t)
	save(t, filepath.Join(in, "E1_S1_1_a.png"), picture(t, 1))
	save(t, filepath.Join(in, "E1_S1_1_a.txt"), []byte("a red umbrella"))
	save(t, filepath.Join(in, "E1_S1_1_bad.png"), []byte("no picture"))
	args := append([]string{"ingest", in}, flags...)
	plan, status := command(t, append(args, "--dry-run")...)
	if status != 0 || strings.Count(plan, "→ 娇藏京枝 E01-S01-001") != 3 {
		t.Errorf("the plan, status %d: %s", status, plan)
	}
	said, status := command(t, args...)
	if status != 1 || !strings.Contains(said, "new 1 ") || !strings.Contains(said, "beside 1 ") || !strings.Contains(said, "refused 1 ") || !strings.Contains(said, "E01-S01-001 #1") {
		t.Errorf("status %d: %s", status, said)
	}
	if err := os.Remove(filepath.Join(in, "E1_S1_1_bad.png")); err != nil {
		t.Fatal(err)
	}
	lines, status := command(t, append(args, "--json")...)
	var sum struct {
		What string
		ingest.Summary
	}
	all := strings.Split(strings.TrimSpace(lines), "\n")
	if err := json.Unmarshal([]byte(all[len(all)-1]), &sum); err != nil || status != 0 || sum.What != "summary" || sum.Already != 2 || sum.New != 0 {
		t.Errorf("again, status %d: %s, %v", status, lines, err)
	}
	for _, out := range []string{plan, said, lines} {
		if strings.Contains(out, secret) || strings.Contains(out, "\x1b") {
			t.Errorf("the token or a terminal's codes stand in %q", out)
		}
	}
}

func TestAWatchGoesOnUntilItIsStopped(t *testing.T) {
	_, in, flags, _ := carrying(t)
	save(t, filepath.Join(in, "E1_S1_1.png"), picture(t, 1))
	ctx, cancel := context.WithCancel(t.Context())
	out, w := io.Pipe()
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, append([]string{"watch", in}, flags...), console{in: strings.NewReader(""), out: w, err: w})
		w.Close()
	}()
	var seen []string
	for s := bufio.NewScanner(out); s.Scan(); {
		seen = append(seen, s.Text())
		switch {
		case strings.HasPrefix(s.Text(), "新 new  ") && strings.Contains(s.Text(), "E1_S1_1.png"):
			save(t, filepath.Join(in, "E1_S1_2.png"), picture(t, 2)) // there is no such shot
		case strings.HasPrefix(s.Text(), "暂缓 held  ") && strings.Contains(s.Text(), "E1_S1_2.png: "):
			cancel()
		}
	}
	cancel()
	if got := <-status; got != 0 || !strings.Contains(seen[len(seen)-1], "held 1 ") {
		t.Errorf("it ended with %d: %s", got, strings.Join(seen, "\n"))
	}
}

func TestBringingNeedsATokenAndADesk(t *testing.T) {
	t.Setenv("CHOUKA_TOKEN", "")
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	in := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no token":        {[]string{"ingest", in}, "a token is needed"},
		"no such file":    {[]string{"ingest", filepath.Join(in, "nowhere"), "--token", "chk_x"}, "no such file"},
		"no token file":   {[]string{"ingest", in, "--token-file", filepath.Join(in, "nowhere")}, "reading the token"},
		"a bad rule":      {[]string{"ingest", in, "--token", "chk_x", "--rule", "{nonsense}"}, "{nonsense}"},
		"a bad server":    {[]string{"ingest", in, "--token", "chk_x", "--server", "chouka.example"}, "https://chouka.example"},
		"too many jobs":   {[]string{"ingest", in, "--token", "chk_x", "--jobs", "33"}, "--jobs"},
		"no rest":         {[]string{"watch", in, "--token", "chk_x", "--sweep", "10ms"}, "--sweep"},
		"a file to watch": {[]string{"watch", os.Args[0], "--token", "chk_x"}, "not a folder"},
	} {
		if said, status := command(t, c.args...); status == 0 || !strings.Contains(said, c.want) || strings.Contains(said, "chk_x") {
			t.Errorf("%s: status %d, %q", name, status, said)
		}
	}
	t.Setenv("CHOUKA_TOKEN", "chk_hidden")
	if said, _ := command(t, "ingest", "--help"); strings.Contains(said, "chk_hidden") {
		t.Error("the token stands in the help")
	}
}

func TestTheTerminalsLanguage(t *testing.T) {
	for env, want := range map[string]string{"en_GB.UTF-8": "en", "zh_CN.UTF-8": "zh", "C": "zh", "": "zh"} {
		if got := spoken(func(name string) string {
			if name == "LANG" {
				return env
			}
			return ""
		}); got != want {
			t.Errorf("%q speaks %s, want %s", env, got, want)
		}
	}
}
