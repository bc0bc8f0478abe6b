package studio_test

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"chouka/assets"
	"chouka/server/studio"
	"chouka/server/studio/studiotest"
	"chouka/store"
	"chouka/store/bolt"
)

// needFFmpeg skips with a clear word, except where a missing program would hide a failure.
func needFFmpeg(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is not in PATH; the checks need it")
		}
		t.Skip("SKIPPED: no ffmpeg in PATH, so work on clips is not tested here")
	}
	return path
}

// clip has ffmpeg make one second of its test picture.
func clip(t *testing.T, ending string, args ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip"+ending)
	full := append([]string{"-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=216x384:rate=24:duration=1"}, args...)
	if out, err := exec.Command(needFFmpeg(t), append(full, path)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(path)
	return must(t, b, err)
}

func h264(t *testing.T) []byte { return clip(t, ".mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p") }

// place is a data folder that several studios open one after the other.
type place struct {
	dir    string
	ffmpeg string
}

func (p place) media() string { return filepath.Join(p.dir, "media") }

// open opens a house in the folder. close ends it; it is checked then.
func (p place) open(t *testing.T) (h house, end func()) {
	t.Helper()
	e, err := bolt.Open(filepath.Join(p.dir, "chouka.db"), bolt.Options{})
	must(t, e, err)
	if err := store.Migrate(t.Context(), e, studio.Schema(), nil); err != nil {
		t.Fatal(err)
	}
	l, err := assets.Open(p.media(), assets.Options{FFmpeg: p.ffmpeg})
	must(t, l, err)
	s, err := studio.New(studio.Options{Engine: e, Library: l})
	must(t, s, err)
	return house{s, t, studio.Actor{}}, func() {
		t.Helper()
		s.Close()
		problems, err := s.Check(context.Background())
		if err = errors.Join(err, e.Close()); err != nil || len(problems) > 0 {
			t.Errorf("%v, %v", problems, err)
		}
	}
}

// filming is an empty house with ffmpeg.
func filming(t *testing.T) (house, place) {
	t.Helper()
	p := place{dir: t.TempDir(), ffmpeg: needFFmpeg(t)}
	h, end := p.open(t)
	t.Cleanup(end)
	h.admin = studiotest.Admin(t, h.Studio)
	return h, p
}

func (h house) dropAs(shotID, name string, data []byte) studio.Take {
	h.t.Helper()
	row, err := h.LogFile(h.t.Context(), h.admin, shotID, name, bytes.NewReader(data))
	return must(h.t, row, err).Takes[0]
}

func (h house) firstTake(shotID string) studio.Take {
	h.t.Helper()
	rows, err := h.Takes(h.t.Context(), h.admin, shotID, false)
	return must(h.t, rows, err)[0].Take
}

func (h house) troubles(by studio.Actor) []studio.Trouble {
	h.t.Helper()
	l, err := h.Troubles(h.t.Context(), by, studio.Page{})
	return must(h.t, l, err).Items
}

// settled follows the stream until nothing waits any more.
func (h house) settled(line <-chan studio.Activity) {
	h.t.Helper()
	for {
		w, err := h.Background(h.t.Context(), h.admin)
		if must(h.t, w, err); w.Pending+w.FilmPending == 0 {
			return
		}
		if _, open := <-line; !open {
			h.t.Fatal("the stream ended before the work")
		}
	}
}

func readAll(t *testing.T, f *studio.File, err error) []byte {
	t.Helper()
	must(t, f, err)
	b, err := io.ReadAll(f)
	return must(t, b, errors.Join(err, f.Close()))
}

func TestAClipGetsStripProxyAndLoudness(t *testing.T) {
	h, p := filming(t)
	ctx := t.Context()
	x := h.oneShot()
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	tk := h.dropAs(x.ID, "a.mp4", clip(t, ".mp4", "-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-c:v", "libx265", "-x265-params", "log-level=none",
		"-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-c:a", "aac", "-shortest"))
	if m := tk.Media; m.Film != studio.WorkPending || m.Codec != "hevc" || m.Frames != 24 || m.Strip != nil || m.Proxy || m.Loudness != nil || m.Hash != "" {
		t.Errorf("fresh: %+v", m)
	}
	if w, err := h.Background(ctx, h.admin); err != nil || w != (studio.Work{Pending: 1, FilmPending: 1, FFmpeg: true}) {
		t.Errorf("waiting: %+v, %v", w, err)
	}
	stop := h.background(t)
	h.settled(line)
	stop()
	m := h.firstTake(x.ID).Media
	if m.Film != studio.WorkReady || m.Derived != studio.WorkReady || !m.Proxy || m.Loudness == nil || m.Loudness.LUFSx10 > -100 || len(m.Hash) != 16 ||
		m.Strip == nil || *m.Strip != (studio.Strip{Tiles: 20, Columns: 5, Width: 160, Height: 284}) {
		t.Errorf("done: %+v, strip %+v, loudness %+v", m, m.Strip, m.Loudness)
	}
	f, err := h.TakeStrip(ctx, h.admin, tk.ID)
	if cfg, err := jpeg.DecodeConfig(bytes.NewReader(readAll(t, f, err))); err != nil || cfg.Width != 800 || cfg.Height != 1136 || f.Type != "image/jpeg" || !f.Inline {
		t.Errorf("strip %+v, %v", cfg, err)
	}
	f, err = h.TakeProxy(ctx, h.admin, tk.ID)
	if b := readAll(t, f, err); !bytes.Contains(b[:64], []byte("ftyp")) || f.Type != "video/mp4" || f.SHA256 == tk.Media.SHA256 {
		t.Errorf("proxy of %d bytes as %s", len(b), f.Type)
	}
	_, err = h.TakeStrip(ctx, h.as(studio.RoleViewer, "another"), tk.ID)
	refused(t, err, "unknown.take")
	t.Run("what was deleted is made again when asked for", func(t *testing.T) {
		if err := os.RemoveAll(filepath.Join(p.media(), "derived")); err != nil {
			t.Fatal(err)
		}
		_, err := h.TakeProxy(ctx, h.admin, tk.ID)
		refused(t, err, "media.pending")
		_, err = h.TakePicture(ctx, h.admin, tk.ID, "thumb")
		refused(t, err, "media.pending")
		stop := h.background(t)
		h.settled(line)
		stop()
		f, err := h.TakeProxy(ctx, h.admin, tk.ID)
		readAll(t, f, err)
		if b, err := h.pictureOf(tk.ID, "thumb"); err != nil || len(b) == 0 {
			t.Errorf("no thumb: %v", err)
		}
	})
}

func TestWhatAStillOrAPlayableClipHasNot(t *testing.T) {
	h, _ := filming(t)
	ctx := t.Context()
	x := h.oneShot()
	still, moving := h.take(x.ID, 1), h.dropAs(x.ID, "a.mp4", h264(t))
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	stop := h.background(t)
	h.settled(line)
	stop()
	for _, open := range []func(context.Context, studio.Actor, string) (*studio.File, error){h.TakeStrip, h.TakeProxy} {
		if _, err := open(ctx, h.admin, still.ID); !studio.IsKind(err, studio.Unknown) || strings.Contains(err.Error(), "pending") {
			t.Errorf("of a still: %v", err)
		}
	}
	_, err = h.TakeProxy(ctx, h.admin, moving.ID)
	refused(t, err, "unknown.proxy")
	if m := h.firstTake(x.ID).Media; m.Film != "" {
		t.Errorf("a still has film work: %+v", m)
	}
}

func TestABrokenClipIsMarkedWithItsReasonAndTriedAgain(t *testing.T) {
	h, _ := filming(t)
	ctx := t.Context()
	x := h.oneShot()
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	data := h264(t)
	at := bytes.Index(data, []byte("mdat")) + 4
	for i := range bytes.Index(data[at:], []byte("moov")) - 8 {
		data[at+i] = byte(i * 7919)
	}
	tk := h.dropAs(x.ID, "broken.mp4", data)
	stop := h.background(t)
	h.settled(line)
	stop()
	m := h.firstTake(x.ID).Media
	if m.Film != studio.WorkFailed || m.FilmTrouble != "damaged" || m.Derived != studio.WorkFailed || m.Trouble != "damaged" {
		t.Errorf("got %+v", m)
	}
	got := h.troubles(h.admin)
	if len(got) != 2 || got[0].Step != "picture" || got[1].Step != "film" || got[1].TakeID != tk.ID || got[1].ShotLabel != x.Label || got[1].TitleID != x.TitleID ||
		got[1].File != "broken.mp4" || got[1].Code != "damaged" || got[1].At.IsZero() {
		t.Errorf("troubles %+v", got)
	}
	op := h.as(studio.RoleOperator, x.TitleID)
	if n := len(h.troubles(op)); n != 2 {
		t.Errorf("an operator sees %d", n)
	}
	if n := len(h.troubles(h.as(studio.RoleOperator, "another"))); n != 0 {
		t.Errorf("a stranger sees %d", n)
	}
	if w, err := h.Background(ctx, h.admin); err != nil || w != (studio.Work{Failed: 1, FFmpeg: true}) {
		t.Errorf("got %+v, %v", w, err)
	}
	refused(t, h.RetryWork(ctx, h.as(studio.RoleOperator, "another"), studio.RetryIn{TakeID: tk.ID}), "unknown.take")
	refused(t, h.RetryWork(ctx, h.as(studio.RoleViewer, x.TitleID), studio.RetryIn{TakeID: tk.ID}), "forbidden.attempt.log")
	refused(t, h.RetryWork(ctx, studio.Actor{}, studio.RetryIn{}), "signed_out")
	refused(t, h.RetryWork(ctx, h.as(studio.RoleViewer, x.TitleID), studio.RetryIn{}), "forbidden.attempt.log")
	if err := h.RetryWork(ctx, h.as(studio.RoleOperator, "another"), studio.RetryIn{}); err != nil || len(h.troubles(op)) != 2 {
		t.Errorf("a stranger set work in motion: %v", err)
	}
	for name, in := range map[string]studio.RetryIn{"one take": {TakeID: tk.ID}, "all": {}} {
		t.Run(name+" is tried again", func(t *testing.T) {
			if err := h.RetryWork(ctx, op, in); err != nil {
				t.Fatal(err)
			}
			if m := h.firstTake(x.ID).Media; m.Film != studio.WorkPending || m.FilmTrouble != "" || len(h.troubles(op)) != 0 {
				t.Errorf("got %+v", m)
			}
			stop := h.background(t)
			h.settled(line)
			stop()
		})
	}
}

func TestAFaultThatIsNotTheFilesIsTriedThreeTimes(t *testing.T) {
	p := place{dir: t.TempDir(), ffmpeg: "-"}
	h, end := p.open(t)
	defer end()
	h.admin = studiotest.Admin(t, h.Studio)
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	lost := filepath.Join(p.media(), "originals", tk.Media.SHA256[:2], tk.Media.SHA256[2:])
	kept, err := os.ReadFile(lost)
	must(t, 0, errors.Join(err, os.Remove(lost)))
	for i := range 3 {
		if m := h.firstTake(x.ID).Media; m.Derived != studio.WorkPending {
			t.Fatalf("after %d tries: %+v", i, m)
		}
		must(t, 0, h.WorkOnFile(t.Context(), tk.Media.SHA256))
	}
	if got := h.troubles(h.admin); len(got) != 1 || got[0].Code != "fault" || got[0].Step != "picture" || h.firstTake(x.ID).Media.Derived != studio.WorkFailed {
		t.Errorf("got %+v", got)
	}
	must(t, 0, os.WriteFile(lost, kept, 0o600))
	must(t, 0, h.RetryWork(t.Context(), h.admin, studio.RetryIn{}))
	h.looked()
	if m := h.firstTake(x.ID).Media; m.Derived != studio.WorkReady || len(h.troubles(h.admin)) != 0 {
		t.Errorf("got %+v", m)
	}
}

func TestTroublesOfOthersArePassedOver(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	mine, theirs := h.oneShot(), h.shot(h.scene(h.title("娇藏京枝")).ID)
	broken := func(shot string, n int) {
		data := picture(t, n, "")
		data[len(data)-14] ^= 0xFF
		h.dropAs(shot, "a.png", data)
	}
	broken(mine.ID, 1)
	h.looked()
	for n := range 30 {
		broken(theirs.ID, n+2)
	}
	h.looked()
	op := h.as(studio.RoleOperator, mine.TitleID)
	seen, pages := 0, 0
	for p := (studio.Page{Limit: 1}); pages == 0 || p.After != ""; pages++ {
		l, err := h.Troubles(ctx, op, p)
		must(t, l, err)
		seen += len(l.Items)
		p.After = l.Next
	}
	if seen != 1 || pages != 2 {
		t.Errorf("%d seen on %d pages", seen, pages)
	}
	if l, err := h.Troubles(ctx, h.admin, studio.Page{Limit: 500}); err != nil || len(l.Items) != 31 || l.Items[30].ShotID != mine.ID {
		t.Errorf("the administrator sees %d, %v", len(l.Items), err)
	}
	must(t, 0, h.RetryWork(ctx, op, studio.RetryIn{}))
	if w, err := h.Background(ctx, h.admin); err != nil || w.Pending != 1 || w.Failed != 30 {
		t.Errorf("after the operator's retry: %+v, %v", w, err)
	}
}

func TestAClipThatIsKilledInTheMiddleIsFinishedAfterwards(t *testing.T) {
	real := needFFmpeg(t)
	dir := t.TempDir()
	begun := filepath.Join(dir, "begun")
	if err := exec.Command("mkfifo", begun).Run(); err != nil {
		t.Skipf("SKIPPED: no named pipes here: %v", err)
	}
	// Hands out the poster, then says that the film has begun and hangs.
	script := filepath.Join(dir, "ffmpeg")
	body := "#!/bin/sh\ncase \"$*\" in *image2pipe*) exec " + real + " \"$@\";; esac\necho x > " + begun + "\nexec sleep 600\n"
	if err := os.WriteFile(script, []byte(body), 0o700); err != nil {
		t.Fatal(err)
	}
	p := place{dir: dir, ffmpeg: script}
	h, end := p.open(t)
	h.admin = studiotest.Admin(t, h.Studio)
	x := h.oneShot()
	tk := h.dropAs(x.ID, "a.mp4", h264(t))
	stop := h.background(t)
	if b, err := os.ReadFile(begun); err != nil || len(b) == 0 {
		t.Fatal(err)
	}
	stop()
	if m := h.firstTake(x.ID).Media; m.Film != studio.WorkPending {
		t.Errorf("after the kill: %+v", m)
	}
	admin := h.admin
	end()

	p.ffmpeg = real
	h, end = p.open(t)
	defer end()
	h.admin = admin
	line, err := h.Follow(t.Context(), h.admin, 0)
	must(t, line, err)
	stop = h.background(t)
	if a := waitFor(t, line, "media.film_ready"); a.Object != tk.ID {
		t.Errorf("got %+v", a)
	}
	stop()
	left, err := os.ReadDir(filepath.Join(p.media(), "tmp"))
	if must(t, left, err); len(left) != 0 {
		t.Errorf("%d files were left behind", len(left))
	}
}

func TestWhatIsMissingIsMadeWhenFFmpegComes(t *testing.T) {
	real := needFFmpeg(t)
	dir := t.TempDir()
	p := place{dir: dir, ffmpeg: filepath.Join(dir, "ffmpeg")}
	h, end := p.open(t)
	defer end()
	h.admin = studiotest.Admin(t, h.Studio)
	ctx := t.Context()
	x := h.oneShot()
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	h.dropAs(x.ID, "a.mp4", h264(t))
	stop := h.background(t)
	h.settled(line)
	m := h.firstTake(x.ID).Media
	if m.Film != studio.WorkMissing || m.FilmTrouble != "no_ffmpeg" || m.Derived != studio.WorkMissing || m.Trouble != "no_ffmpeg" {
		t.Errorf("without ffmpeg: %+v", m)
	}
	if w, err := h.Background(ctx, h.admin); err != nil || w != (studio.Work{Missing: 1}) || len(h.troubles(h.admin)) != 0 {
		t.Errorf("got %+v, %v", w, err)
	}
	if err := os.Symlink(real, p.ffmpeg); err != nil {
		t.Fatal(err)
	}
	h.LookForFFmpeg(ctx)
	h.settled(line)
	stop()
	if w, err := h.Background(ctx, h.admin); err != nil || w != (studio.Work{FFmpeg: true}) {
		t.Errorf("got %+v, %v", w, err)
	}
}

func TestHEICIsRefusedWithAWordOfItsOwn(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	_, err := h.LogFile(t.Context(), h.admin, x.ID, "a.heic", strings.NewReader("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"))
	refused(t, err, "media.heic")
}
