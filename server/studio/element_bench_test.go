package studio

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// benchScript is a draft of so many scenes in a tenth as many episodes, with thirty people, forty places and props.
func benchScript(scenes int) []byte {
	var b strings.Builder
	surname, given := []rune("赵钱孙李周"), []rune("一二三四五六")
	name := func(i int) string { return string([]rune{surname[i%5], given[i/5%6]}) }
	for i := range scenes {
		if i%10 == 0 {
			fmt.Fprintf(&b, "第%d集\n\n", i/10+1)
		}
		fmt.Fprintf(&b, "%d-%d 日 内 金沙湖大剧院·%d号厅\n人物：%s、%s、%s、众人\n道具：手机、%d号箱子\n", i/10+1, i%10+1, i%40, name(i), name(i+7), name(i+13), i%50)
		for k := range 20 {
			fmt.Fprintf(&b, "△门开了，有人走进来，灯光落在她的脸上。\n%s：这三年，你在哪里？第%d句。\n", name(i+k%2*7), k)
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// BenchmarkBreakdown imports 500 scenes again, and lists what they need.
func BenchmarkBreakdown(b *testing.B) {
	s := benchStudio(b, false)
	name, by := "bench", Console()
	board, err := s.CreateTitle(b.Context(), by, TitleIn{Name: &name})
	if err != nil {
		b.Fatal(err)
	}
	title := board.Title.ID
	draft := ScriptIn{ScriptFile: ScriptFile{Name: "a.txt", Data: benchScript(500)}}
	run := func(name string, n int, call func(ctx context.Context) (int, error)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got, err := call(b.Context()); err != nil || got != n {
					b.Fatalf("%d, %v", got, err)
				}
			}
		})
	}
	run("import", 500, func(ctx context.Context) (int, error) {
		v, err := s.ImportScript(ctx, by, title, draft)
		return v.Counts.Scenes, err
	})
	run("find", 500, func(ctx context.Context) (int, error) {
		n := 0
		err := s.update(ctx, by, func(c *change) error {
			n = 0
			var scenes []*Scene
			err := s.r.scenes.All(c.tx, func(x *Scene) error {
				scenes = append(scenes, x)
				return nil
			})
			for _, x := range scenes {
				if err == nil {
					err = c.breakDown(x)
				}
				n++
			}
			return err
		})
		return n, err
	})
	run("elements", 30+51+40, func(ctx context.Context) (int, error) {
		l, err := s.Elements(ctx, by, title, "")
		return len(l), err
	})
	run("breakdown", 500, func(ctx context.Context) (int, error) {
		l, err := s.Breakdown(ctx, by, title, 0)
		return len(l), err
	})
}
