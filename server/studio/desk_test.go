package studio_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"sync"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// clock is a clock that only the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// clocked is a house whose time stands still until the test moves it.
func clocked(t *testing.T) (house, *clock) {
	t.Helper()
	c := &clock{now: at(5, 10)}
	s, _ := studiotest.Open(t, c.Now)
	return house{s, t, studiotest.Admin(t, s)}, c
}

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// scene adds an episode with one empty scene.
func (h house) scene(titleID string) studio.Scene {
	h.t.Helper()
	ctx := h.t.Context()
	e, err := h.AddEpisode(ctx, h.admin, titleID, studio.EpisodeIn{})
	must(h.t, e, err)
	x, err := h.AddScene(ctx, h.admin, e.ID, studio.SceneIn{Place: "金沙湖"})
	return must(h.t, x, err)
}

// shot adds a shot at the end of a scene.
func (h house) shot(sceneID string) studio.Shot {
	h.t.Helper()
	return h.behind(sceneID, "")
}

func (h house) behind(sceneID, after string) studio.Shot {
	h.t.Helper()
	x, err := h.AddShot(h.t.Context(), h.admin, sceneID, studio.ShotIn{After: after})
	return must(h.t, x, err)
}

// oneShot is a new title's only shot.
func (h house) oneShot() studio.Shot {
	h.t.Helper()
	return h.shot(h.scene(h.title("昼以继夜")).ID)
}

func (h house) see(shotID string) studio.ShotPage {
	h.t.Helper()
	p, err := h.Shot(h.t.Context(), h.admin, shotID)
	return must(h.t, p, err)
}

func (h house) board(titleID string) studio.Board {
	h.t.Helper()
	b, err := h.TitleBoard(h.t.Context(), h.admin, titleID)
	return must(h.t, b, err)
}

// typed logs an attempt without a file.
func (h house) typed(shotID string, st studio.Status) studio.Attempt {
	h.t.Helper()
	row, err := h.LogAttempt(h.t.Context(), h.admin, shotID, studio.AttemptIn{Status: st})
	return must(h.t, row, err).Attempt
}

// drop logs a file.
func (h house) drop(shotID string, data []byte) studio.AttemptRow {
	h.t.Helper()
	row, err := h.LogFile(h.t.Context(), h.admin, shotID, "a.png", bytes.NewReader(data))
	return must(h.t, row, err)
}

// take logs picture n, which differs from every other n.
func (h house) take(shotID string, n int) studio.Take {
	h.t.Helper()
	row := h.drop(shotID, picture(h.t, n, ""))
	if len(row.Takes) != 1 {
		h.t.Fatalf("%d takes, want 1", len(row.Takes))
	}
	return row.Takes[0]
}

func (h house) pick(shotID, takeID, replaces string) studio.Shot {
	h.t.Helper()
	x, err := h.PickTake(h.t.Context(), h.admin, shotID, studio.PickIn{TakeID: takeID, Replaces: replaces})
	return must(h.t, x, err)
}

func (h house) move(shotID string, to studio.ShotState) studio.Shot {
	h.t.Helper()
	x, err := h.MoveShot(h.t.Context(), h.admin, shotID, studio.StateIn{To: to, Reason: "光不对"})
	return must(h.t, x, err)
}

// picture is a PNG of two pixels that differs for each n, with the text that A1111 leaves in its files.
func picture(t testing.TB, n int, parameters string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 2, 1))
	img.Set(0, 0, color.RGBA{byte(n), byte(n >> 8), byte(n >> 16), 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if parameters == "" {
		return b.Bytes()
	}
	return behindHead(b.Bytes(), "tEXt", "parameters\x00"+parameters)
}

// behindHead puts a chunk behind the IHDR of a PNG.
func behindHead(file []byte, kind, body string) []byte {
	const head = 8 + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, kind...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append([]byte{}, file[:head]...), chunk...), file[head:]...)
}

// figures that a title's board counts, in one comparable value.
type counted struct{ Shots, Picked, ToReview, Attempts, Takes int64 }

func (h house) counted(titleID string) counted {
	h.t.Helper()
	b := h.board(titleID)
	return counted{b.Shots, b.Picked, b.ToReview, b.Attempts, b.Takes}
}
