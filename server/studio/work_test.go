package studio_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"os"
	"testing"
	"time"

	"chouka/server/studio"
)

// background runs the studio's background work until stop is called.
func (h house) background(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.Work(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("background work ended with %v", err)
		}
	}
}

// waitFor reads the stream until an activity with the verb comes.
func waitFor(t *testing.T, line <-chan studio.Activity, verb string) studio.Activity {
	t.Helper()
	for a := range line {
		if a.Verb == verb {
			return a
		}
	}
	t.Fatalf("the stream ended before %s", verb)
	return studio.Activity{}
}

func (h house) pictureOf(takeID, size string) ([]byte, error) {
	f, err := h.TakePicture(h.t.Context(), h.admin, takeID, size)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

func TestPicturesAreMadeInTheBackground(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	before := h.take(x.ID, 1) // waits in the store for a background that comes later
	_, err = h.pictureOf(before.ID, "thumb")
	refused(t, err, "media.pending")
	if before.Media.Derived != studio.WorkPending {
		t.Errorf("derived %s", before.Media.Derived)
	}
	stop := h.background(t)
	if a := waitFor(t, line, "media.ready"); a.Object != before.ID || a.ShotID != x.ID || a.TitleID != x.TitleID {
		t.Errorf("got %+v", a)
	}
	after := h.take(x.ID, 2)
	waitFor(t, line, "media.ready")
	stop()
	for _, id := range []string{before.ID, after.ID} {
		for _, size := range []string{"thumb", "preview"} {
			b, err := h.pictureOf(id, size)
			must(t, b, err)
			if cfg, err := jpeg.DecodeConfig(bytes.NewReader(b)); err != nil || cfg.Width != 2 {
				t.Errorf("%s of %+v, %v", size, cfg, err)
			}
		}
	}
	_, err = h.pictureOf(after.ID, "poster")
	refused(t, err, "unknown.picture")
	if w, err := h.Background(ctx, h.admin); err != nil || w != (studio.Work{}) {
		t.Errorf("left %+v, %v", w, err)
	}
	if rows, err := h.Takes(ctx, h.admin, x.ID, false); err != nil || rows[0].Take.Media.Derived != studio.WorkReady {
		t.Errorf("got %+v, %v", rows, err)
	}
	t.Run("a picture of its own needs no poster", func(t *testing.T) {
		_, err := h.PutPoster(ctx, h.admin, after.ID, bytes.NewReader(nil))
		refused(t, err, "poster.have")
	})
}

func TestAPosterFromTheBrowser(t *testing.T) {
	data, err := os.ReadFile(samples(t, "generated/wan22-two-stage.mp4"))
	must(t, data, err)
	h := newHouse(t)
	ctx := t.Context()
	x := h.oneShot()
	line, err := h.Follow(ctx, h.admin, 0)
	must(t, line, err)
	row, err := h.LogFile(ctx, h.admin, x.ID, "a.mp4", bytes.NewReader(data))
	tk := must(t, row, err).Takes[0]
	if tk.Media.Type != "video/mp4" || tk.Media.Width != 640 || tk.Media.DurationMS < 5000 || tk.Media.DurationMS > 5100 {
		t.Errorf("got %+v", tk.Media)
	}
	stop := h.background(t)
	waitFor(t, line, "media.missing")
	stop()
	_, err = h.PutPoster(ctx, h.as(studio.RoleViewer, x.TitleID), tk.ID, nil)
	refused(t, err, "forbidden.attempt.log")
	for name, bad := range map[string][]byte{"nothing": nil, "text": []byte("no picture"), "a cut picture": picture(t, 1, "")[:30], "too much": make([]byte, studio.PosterLimit+1)} {
		if _, err := h.PutPoster(ctx, h.admin, tk.ID, bytes.NewReader(bad)); err == nil {
			t.Errorf("%s was taken", name)
		} else if e := (*studio.Error)(nil); !errors.As(err, &e) {
			t.Errorf("%s is called a fault of ours: %v", name, err)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 64)), nil); err != nil {
		t.Fatal(err)
	}
	got, err := h.PutPoster(ctx, h.admin, tk.ID, &b)
	if must(t, got, err); got.Media.Derived != studio.WorkReady || got.Media.Trouble != "" {
		t.Errorf("got %+v", got.Media)
	}
	waitFor(t, line, "media.ready")
	if b, err := h.pictureOf(tk.ID, "thumb"); err != nil || len(b) == 0 {
		t.Errorf("no thumb: %v", err)
	}
	if err := h.NoPoster(ctx, tk.Media.SHA256); err != nil {
		t.Fatal(err)
	}
	takes, err := h.Takes(ctx, h.admin, x.ID, false)
	if must(t, takes, err)[0].Take.Media.Derived != studio.WorkReady {
		t.Error("the background took a browser's poster away")
	}
}

func TestKeepingHouse(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	tk := h.take(x.ID, 1)
	v := h.importText(x.TitleID, draft)
	a := h.admin
	a.Once = studio.Once{Key: "k", Hash: "h"}
	log := func() string {
		row, err := h.LogAttempt(ctx, a, x.ID, studio.AttemptIn{Status: studio.Failed})
		return must(t, row, err).Attempt.ID
	}
	first := log()
	c.pass(23 * time.Hour)
	h.KeepHouse(ctx)
	if log() != first {
		t.Error("an answer was forgotten within a day")
	}
	c.pass(2 * time.Hour)
	h.KeepHouse(ctx)
	if log() == first {
		t.Error("an answer is kept for ever")
	}
	f, err := h.TakeOriginal(ctx, h.admin, tk.ID)
	must(t, 0, errors.Join(err, must(t, f, err).Close()))
	f, err = h.ScriptOriginal(ctx, h.admin, v.ID)
	must(t, 0, errors.Join(err, must(t, f, err).Close()))
	files, err := h.Files(ctx)
	if must(t, files, err); len(files) != 2 {
		t.Errorf("files %v", files)
	}
}

func TestTheFirstPage(t *testing.T) {
	h, c := clocked(t)
	ctx := t.Context()
	x := h.oneShot()
	op := h.as(studio.RoleOperator, x.TitleID)
	must(t, 0, errOf(h.AssignShots(ctx, h.admin, studio.AssignIn{Shots: []string{x.ID}, Operators: []string{h.admin.Person.ID}})))
	h.take(x.ID, 1)
	since := c.Now()
	c.pass(time.Hour)
	h.take(h.shot(x.SceneID).ID, 2)
	h.title("娇藏京枝")
	home := func(a studio.Actor) studio.Home {
		got, err := h.Home(ctx, a, studio.Page{})
		return must(t, got, err)
	}
	lead := home(h.admin)
	if len(lead.Boards) != 2 || len(lead.Queues) != 1 || lead.Queues[0].Shots != 2 || !lead.Queues[0].Since.Equal(since) || lead.Work.Pending != 2 {
		t.Errorf("the lead sees %+v", lead)
	}
	mine := home(op)
	if len(mine.Boards) != 1 || len(mine.Queues) != 0 || len(mine.Shots) != 1 || mine.Shots[0].Title != "昼以继夜" || mine.Shots[0].Takes != 1 || mine.Day.Attempts != 2 {
		t.Errorf("the operator sees %+v", mine)
	}
	if got := home(h.as(studio.RoleViewer, "gone")); len(got.Boards)+len(got.Queues)+len(got.Shots)+len(got.Day.Items) != 0 || got.Boards == nil || got.Queues == nil {
		t.Errorf("a stranger sees %+v", got)
	}
}

func TestSettingsOfTheStudio(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	set, err := h.StudioSettings(ctx, h.as(studio.RoleViewer, "t"))
	must(t, set, err)
	_, err = h.EditSettings(ctx, actor(studio.Lead, nil), set.Rev, studio.SettingsEdit{})
	refused(t, err, "forbidden.studio.manage")
	for code, in := range map[string][]studio.SettingsEdit{
		"invalid.name":       {{Name: ptr(" ")}, {Name: ptr("a\nb")}},
		"invalid.zone":       {{Zone: ptr("Mars/Base")}, {Zone: ptr("")}, {Zone: ptr("Local")}, {Zone: ptr("../../etc/passwd")}},
		"invalid.thresholds": {{Thresholds: &[]int64{}}, {Thresholds: &[]int64{0, 5}}, {Thresholds: &[]int64{-1}}, {Thresholds: &[]int64{1_000_000_000_001}}, {Thresholds: ptr(make([]int64, 21))}},
	} {
		for _, e := range in {
			_, err := h.EditSettings(ctx, h.admin, set.Rev, e)
			refused(t, err, code)
		}
	}
	got, err := h.EditSettings(ctx, h.admin, set.Rev, studio.SettingsEdit{Thresholds: &[]int64{500, 100, 500}, Zone: ptr("Europe/Berlin")})
	if must(t, got, err); len(got.Thresholds) != 2 || got.Thresholds[0] != 100 || got.Name != set.Name || got.Zone != "Europe/Berlin" {
		t.Errorf("got %+v", got)
	}
	_, err = h.EditSettings(ctx, h.admin, set.Rev, studio.SettingsEdit{})
	refused(t, err, "stale")
	me, err := h.Me(ctx, h.as(studio.RoleViewer, "t"))
	if must(t, me, err); len(me.Rights) != 1 || me.Rights[0] != studio.ViewPlaces || len(me.TitleRights[studio.RoleOperator]) != 5 || me.FFmpeg {
		t.Errorf("a viewer may %v, an operator %v", me.Rights, me.TitleRights[studio.RoleOperator])
	}
}
