package studio_test

import (
	"runtime"
	"strings"
	"testing"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// bigScript is a script of a hundred episodes and about 2 MB; every tenth line says something else for each draft.
func bigScript(draft string) string {
	s := newLongScript(100)
	for _, scenes := range s.episodes {
		for _, x := range scenes {
			for i := range x.lines {
				if x.lines[i] = x.lines[i] + strings.Repeat("她说的每一个字，他都记得很清楚，只是没有人再问起。", 6); i%10 == 3 {
					x.lines[i] += draft
				}
			}
		}
	}
	return s.text()
}

// BenchmarkSecondDraft plans and imports a second draft in which every scene is edited, onto 1,500 shots.
func BenchmarkSecondDraft(b *testing.B) {
	s := studiotest.New(b)
	admin := studiotest.Admin(b, s)
	ctx := b.Context()
	first := bigScript("一稿。")
	title := studiotest.Title(b, s, admin, "气运三角洲").ID
	load := func(text string) studio.ScriptVersion {
		v, err := s.ImportScript(ctx, admin, title, studio.ScriptIn{ScriptFile: studio.ScriptFile{Name: "a.txt", Data: []byte(text)}})
		return must(b, v, err)
	}
	load(first)
	rows, err := s.Outline(ctx, admin, title)
	for _, e := range must(b, rows, err) {
		for _, x := range e.Scenes {
			_, err := s.AddShots(ctx, admin, x.ID, make([]studio.ProposedShot, 3))
			must(b, 0, err)
		}
	}
	b.SetBytes(int64(len(first)))
	b.Run("plan", func(b *testing.B) {
		text := []byte(bigScript("二稿。"))
		for b.Loop() {
			p, err := s.PreviewScript(ctx, admin, title, studio.ScriptFile{Name: "a.txt", Data: text})
			if must(b, p, err); p.Changed != 500 {
				b.Fatalf("%d scenes changed", p.Changed)
			}
		}
	})
	b.Run("import", func(b *testing.B) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		n := 0
		for b.Loop() {
			n++
			load(bigScript("第" + strings.Repeat("三", n) + "稿。"))
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(n)/1e6, "MB-allocated/op")
	})
	b.Run("undo", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			v := load(bigScript("末稿。"))
			b.StartTimer()
			_, err := s.UndoImport(ctx, admin, v.ID)
			must(b, 0, err)
		}
	})
}
