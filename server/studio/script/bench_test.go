package script

import (
	"fmt"
	"strings"
	"testing"
)

// longScript is a delivery of episodes in the usual layout, about 20 KB each.
func longScript(episodes int) string {
	var b strings.Builder
	b.WriteString("剧名：长剧\n【人物表】\n林晚　24岁　舞者\n陆沉舟　30岁　总裁\n")
	for e := 1; e <= episodes; e++ {
		fmt.Fprintf(&b, "第%d集\n", e)
		for s := 1; s <= 4; s++ {
			fmt.Fprintf(&b, "%d-%d 夜 内 金沙湖大剧院·后台\n人物：林晚、陆沉舟\n", e, s)
			for range 40 {
				b.WriteString("△镜前灯一盏盏亮起，林晚低头缝舞鞋绑带。\n林晚（冷笑）：三年了，我连名字都没印上。\n陆沉舟：记住：三点之前。\n")
			}
		}
		fmt.Fprintf(&b, "（第%d集完）\n", e)
	}
	return b.String()
}

func BenchmarkReadHundredEpisodes(b *testing.B) {
	data := []byte(longScript(100))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if s, err := Read(data, Options{}); err != nil || s.Counts.Scenes != 400 {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadHundredEpisodesGB18030(b *testing.B) {
	data := bytesOf(longScript(100), GB18030, false)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read(data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadOneLongLine(b *testing.B) {
	data := []byte(strings.Repeat("林晚：", 5<<20/9))
	for b.Loop() {
		if _, err := Read(data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
