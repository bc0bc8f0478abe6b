package studio

import (
	"fmt"
	"strings"
	"time"
)

type demoFile struct{ name, table string }

// demoFileDays is how many days the files of the demonstration have; the last of them is yesterday.
const (
	demoFileDays = 23
	demoTold     = 16 // the last day of the first file
	demoFallen   = 20 // on which a running total falls
	demoTakenTo  = 14 // the first day of the file that corrects the first
)

// demoLine is a title's days on a platform. The other figures follow from the plays and the day.
type demoLine struct {
	title, platform string
	first           int // day, from 1
	plays           func(day int) int64
	followers       int64
	likes           int64
	revenue         int64 // of a day, about
}

// demoFiles are what platforms might give: two of one platform, the later one with two figures that it takes back, and one
// each of two others. In one a running total falls, and one has a name that is no title's.
func demoFiles(today time.Time) []demoFile {
	snake := demoLine{"从顽皮蛇开始吞噬进化", demoTomato, 1, func(n int) int64 { return demoCurve(n, 0, 4_150_000, 62_000) }, 31_000, 62_000, 19_800}
	delta := demoLine{"气运三角洲，我凭操作吊打全球", demoTomato, 1, func(n int) int64 { return demoCurve(n, 86_000_000, 1_060_000, 19_700) }, 302_000, 590_000, 14_200}
	early := []demoLine{demoBefore(snake, 50_530_818), demoBefore(delta, 100_030_412)}
	snake.plays = demoBut(snake.plays, demoTold, 49_861_377)
	red := demoLine{"从顽皮蛇开始吞噬进化", demoRed, 1, func(n int) int64 { return demoCurve(n, 268_000_000, 940_000, 11_000) }, 812_000, 1_930_000, 7_400}
	shake := demoLine{"气运三角洲，我凭操作吊打全球", demoShake, 4, func(n int) int64 { return demoCurve(n-3, 0, 2_400_000, 41_000) }, 12_000, 88_000, 9_300}
	shake.plays = demoBut(shake.plays, demoFallen, shake.plays(demoFallen-2))
	stray := fmt.Sprintf("气运三角洲之王者归来（示例）,%s,%s,1203456,,,,\n", demoShake, demoDate(today, demoFileDays))
	return []demoFile{
		{"示例-番茄日报.csv", demoTable(today, demoTomato, 1-demoFileDays+demoTold, early, 1, demoTold)},
		{"示例-番茄日报-更正.csv", demoTable(today, demoTomato, 0, []demoLine{snake, delta}, demoTakenTo, demoFileDays)},
		{"示例-红果日报.csv", demoTable(today, demoRed, 0, []demoLine{red}, 1, demoFileDays)},
		{"示例-抖音日报.csv", demoTable(today, demoShake, 0, []demoLine{shake}, 1, demoFileDays) + stray},
	}
}

// demoCurve rises ever more slowly, a little uneven.
func demoCurve(n int, from, step, tires int64) int64 {
	d := int64(n)
	return from + d*step - d*d*tires + d*d*7919%9973
}

// demoBut is a curve with another figure on one day.
func demoBut(plays func(int) int64, day int, value int64) func(int) int64 {
	return func(n int) int64 {
		if n == day {
			return value
		}
		return plays(n)
	}
}

// demoBefore is a line with the figure that its platform took back later.
func demoBefore(l demoLine, told int64) demoLine {
	l.plays = demoBut(l.plays, demoTold, told)
	return l
}

func demoDate(today time.Time, n int) string {
	return today.AddDate(0, 0, n-demoFileDays-1).Format(time.DateOnly)
}

// demoTable writes the days from to to of some titles as a platform's export, made on a day counted from today.
func demoTable(today time.Time, platform string, made int, lines []demoLine, from, to int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s 数据日报（示例数据）\n导出时间：%s 00:10\n剧名,平台,日期,累计播放量,追更人数,点赞数,新增收入,新增投流消耗\n", platform, today.AddDate(0, 0, made).Format(time.DateOnly))
	for _, l := range lines {
		for n := max(from, l.first); n <= to; n++ {
			d := int64(n)
			fmt.Fprintf(&b, "%s,%s,%s,%d,%d,%d,%d.%02d,%d.00\n", l.title, l.platform, demoDate(today, n), l.plays(n), l.followers+d*1_370+d*d*13, l.likes+d*2_210+d*d*17,
				l.revenue+d*731%2_900, d*37%100, max(l.revenue/2-d*140, 900))
		}
	}
	return b.String()
}
