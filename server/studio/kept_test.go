package studio_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"chouka/server/studio"
)

func TestAPreviewedFileWaitsADayForItsImport(t *testing.T) {
	h, clock := clocked(t)
	ctx := t.Context()
	a, b := h.title("娇藏京枝"), h.title("昼以继夜")
	sha, err := h.KeepFor(ctx, h.admin, a, "../分镜.csv", []byte("镜号,画面\n1,门\n"))
	must(t, sha, err)
	got, err := h.KeptFor(ctx, h.admin, a, sha)
	if string(must(t, got, err)) != "镜号,画面\n1,门\n" {
		t.Errorf("got %q", got)
	}
	t.Run("for its title and for whoever may import", func(t *testing.T) {
		_, err := h.KeptFor(ctx, h.admin, b, sha)
		refused(t, err, "kept.gone")
		_, err = h.KeptFor(ctx, h.as(studio.RoleViewer, a), a, sha)
		refused(t, err, "forbidden.shot.edit")
		_, err = h.KeptFor(ctx, h.as(studio.RoleLead, b), a, sha)
		refused(t, err, "unknown.title")
		for _, odd := range []string{"", "x", "../../etc/passwd", sha[:63]} {
			_, err = h.KeptFor(ctx, h.admin, a, odd)
			refused(t, err, "kept.gone")
		}
	})
	t.Run("a second preview of the same bytes begins a new day", func(t *testing.T) {
		clock.pass(20 * time.Hour)
		again, err := h.KeepFor(ctx, h.admin, a, "分镜.csv", []byte("镜号,画面\n1,门\n"))
		if must(t, again, err) != sha {
			t.Errorf("got %s, want %s", again, sha)
		}
		clock.pass(20 * time.Hour)
		_, err = h.KeptFor(ctx, h.admin, a, sha)
		must(t, sha, err)
	})
	t.Run("the sweep spares it, and takes it after the day", func(t *testing.T) {
		h.KeepHouse(ctx)
		if named, err := h.Named(ctx, sha); err != nil || !named {
			t.Errorf("named %t, %v", named, err)
		}
		clock.pass(5 * time.Hour)
		_, err := h.KeptFor(ctx, h.admin, a, sha)
		refused(t, err, "kept.gone")
		h.KeepHouse(ctx)
		if named, err := h.Named(ctx, sha); err != nil || named {
			t.Errorf("named %t, %v", named, err)
		}
	})
	t.Run("a backup that begins finds what goes meanwhile", func(t *testing.T) {
		h.HoldSweep()
		if n, err := h.Sweep(ctx, 0); n != 0 || err != nil {
			t.Errorf("%d swept, %v", n, err)
		}
		clock.pass(7 * time.Hour)
		if n, err := h.Sweep(ctx, 0); n != 1 || err != nil {
			t.Errorf("%d swept, %v", n, err)
		}
	})
	t.Run("too much and nothing are refused", func(t *testing.T) {
		_, err := h.KeepFor(ctx, h.admin, a, "x", make([]byte, studio.ScriptLimit+1))
		refused(t, err, "kept.too_large")
		_, err = h.KeepFor(ctx, h.admin, a, "x", nil)
		refused(t, err, "kept.empty")
	})
}

func TestATitleKeepsOnlySoManyPreviewedFiles(t *testing.T) {
	h, clock := clocked(t)
	a, b := h.title("娇藏京枝"), h.title("昼以继夜")
	keep := func(titleID string, data []byte) string {
		clock.pass(time.Second)
		sha, err := h.KeepFor(t.Context(), h.admin, titleID, "x", data)
		return must(t, sha, err)
	}
	gone := func(titleID, sha string) bool {
		_, err := h.KeptFor(t.Context(), h.admin, titleID, sha)
		return err != nil
	}
	first, other := keep(a, []byte("0")), keep(b, []byte("0"))
	second := keep(a, []byte("1"))
	for i := range 39 {
		keep(a, fmt.Append(nil, i+2))
	}
	if !gone(a, first) || gone(a, second) || gone(b, other) {
		t.Error("the title's oldest has to go, and nothing else")
	}
	for i := range 17 { // 272 MB
		keep(b, bytes.Repeat([]byte{byte(i)}, studio.ScriptLimit))
	}
	if !gone(b, other) {
		t.Error("the title's oldest has to go when its files are too much")
	}
}
