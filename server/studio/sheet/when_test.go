package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// whenText writes what was read in one way: 2026-12-03 08:00 - +20:00.
func whenText(in []When) string {
	var out []string
	for _, w := range in {
		s := ""
		if w.Day != nil {
			s = fmt.Sprintf("%04d-%02d-%02d", w.Day.Year, w.Day.Month, w.Day.Day)
		}
		if w.Minute >= 0 {
			s = strings.TrimSpace(s + " " + map[bool]string{true: "+"}[w.Next] + fmt.Sprintf("%02d:%02d", w.Minute/60, w.Minute%60))
		}
		out = append(out, s)
	}
	return strings.Join(out, " - ")
}

func TestCellsWithDaysAndTimes(t *testing.T) {
	for cell, want := range map[string]string{
		"2026-12-03": "2026-12-03", "2026/12/3": "2026-12-03", "2026.12.3": "2026-12-03", "20261203": "2026-12-03", "２０２６年１２月３日": "2026-12-03",
		"2026年12月3日": "2026-12-03", "12月3日": "0000-12-03", "12月3号": "0000-12-03", "12/3": "0000-12-03", "2月29日": "0000-02-29",
		"12月3日（周四）": "0000-12-03", "2026-12-03 星期四": "2026-12-03", "2026-12-03 Thu": "2026-12-03", "2026-12-03, Thursday": "2026-12-03",
		"46359": "2026-12-03", "46359.333333333336": "2026-12-03 08:00", "46359.0": "2026-12-03 00:00", "0.75": "18:00", "0.3333333333333333": "08:00", "0.0": "00:00",
		"12-03-26": "2026-12-03", "12/3/26": "2026-12-03", "26/12/3": "", "26-12-03": "2026-12-03", "12/3/26 08:00": "2026-12-03 08:00",
		"8:00": "08:00", "08:00": "08:00", "8：00": "08:00", "8:00:00": "08:00", "8": "08:00", "8点": "08:00", "8时30分": "08:30", "8点半": "08:30", "八点": "08:00", "十二点三刻": "12:45", "二十点": "20:00",
		"上午8点": "08:00", "上午 8:30": "08:30", "早8点": "08:00", "下午3点": "15:00", "下午15:00": "15:00", "晚上8点": "20:00", "晚8点半": "20:30", "凌晨2点": "02:00", "中午12点": "12:00", "中午1点": "13:00",
		"8:00 AM": "08:00", "8:00PM": "20:00", "12:00 am": "00:00", "12:30 pm": "12:30", "pm 8:00": "20:00", "24:00": "24:00", "0:00": "00:00", "晚上12点": "24:00",
		"08:00-18:00": "08:00 - 18:00", "08:00–18:00": "08:00 - 18:00", "8:00~18:00": "08:00 - 18:00", "8:00 — 18:00": "08:00 - 18:00", "8点至18点": "08:00 - 18:00", "8点到下午6点": "08:00 - 18:00",
		"08:00→18:00": "08:00 - 18:00", "8-18": "08:00 - 18:00", "8:00 to 18:00": "08:00 - 18:00", "20:00–次日02:00": "20:00 - +02:00", "20:00-2:00(+1)": "20:00 - +02:00", "20:00 - 次日 凌晨2点": "20:00 - +02:00",
		"20:00——翌日2点": "20:00 - +02:00", "20:00-24:00": "20:00 - 24:00", "晚上8点-次晨2点": "20:00 - +02:00",
		"2026-12-03 08:00": "2026-12-03 08:00", "2026-12-03T08:00": "2026-12-03 08:00", "2026-12-03 08:00-18:00": "2026-12-03 08:00 - 18:00",
		"2026-12-03 20:00 - 2026-12-04 02:00": "2026-12-03 20:00 - 2026-12-04 02:00", "12月3日 周四 上午8点": "0000-12-03 08:00", "12月3日-12月5日": "0000-12-03 - 0000-12-05",
	} {
		if got, ok := ReadWhen(cell); whenText(got) != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v, not %q", cell, whenText(got), ok, want)
		}
	}
}

func TestCellsThatAreNoDayAndNoTime(t *testing.T) {
	for _, cell := range []string{"", " ", "待定", "全天", "2026-13-01", "2026-02-30", "2月30日", "13月1日", "0/3", "2026年", "25:00", "24:01", "8:60", "8:5", "-8:00", "8:00-", "-", "8:00-18:00-20:00",
		"上午13点", "上午12点", "晚上2点", "凌晨8点", "13:00 am", "次日", "上午", "2026-12-03 上午", "8:00 左右", "8:00左右-18:00", "约8点", "123456", "99999", "20000", "0.12345", "1.5",
		"2026-12-03T08:00:00+08:00", "2026-12-03T08:00Z", "8:00 pm am", "8点钟头", "三百点", strings.Repeat("8", 81), "\x00", "\xff\xfe", "8\u0000:00", "1e5", "NaN", "Inf", "十十点"} {
		if got, ok := ReadWhen(cell); ok {
			t.Errorf("%q is read as %q", cell, whenText(got))
		}
	}
}

func TestDatesAndTimesOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	written := "yyyy\"年\"m\"月\"d\"日\";@"
	date, err1 := f.NewStyle(&excelize.Style{NumFmt: 14})
	hour, err2 := f.NewStyle(&excelize.Style{NumFmt: 20})
	chinese, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: &written})
	err := errors.Join(err1, err2, err3)
	for i, cells := range [][]any{{"取景地", "日期", "开始", "结束"}, {"金沙湖大剧院", 46359, 8.0 / 24, 18.0 / 24}, {"金沙湖大剧院", 46360, 20.0 / 24, 2.0 / 24}, {"金沙湖大剧院", 46361, "上午8点", "下午6点"}} {
		err = errors.Join(err, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells))
	}
	err = errors.Join(err, f.SetCellStyle("Sheet1", "B2", "B2", date), f.SetCellStyle("Sheet1", "B3", "B3", chinese), f.SetCellStyle("Sheet1", "C2", "D3", hour))
	var b bytes.Buffer
	if err = errors.Join(err, f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	g, err := Read(b.Bytes(), Options{Names: SlotField})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range g.Rows[1:] {
		for _, cell := range row[1:] {
			w, _ := ReadWhen(cell)
			got = append(got, whenText(w))
		}
	}
	if all := strings.Join(got, ", "); all != "2026-12-03, 08:00, 18:00, 2026-12-04, 20:00, 02:00, 2026-12-05, 08:00, 18:00" {
		t.Errorf("got %s of %q", all, g.Rows)
	}
}

func FuzzReadWhen(f *testing.F) {
	for _, seed := range []string{"2026-12-03", "2026年12月3日 上午8点半–次日02:00", "12-03-26", "46359.5", "0.33333", "24:00", "8:00 pm", "20:00——翌日2点", "二十三点五十九分", "12/3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got, ok := ReadWhen(cell)
		if ok != (len(got) == 1 || len(got) == 2) {
			t.Fatalf("%q: %v, %v", cell, got, ok)
		}
		for _, w := range got {
			if w.Minute < -1 || w.Minute > 1440 || w.Day == nil && w.Minute < 0 || w.Day != nil && !w.Day.exists() {
				t.Fatalf("%q is read as %+v", cell, w)
			}
		}
		again, same := ReadWhen(cell)
		if whenText(again) != whenText(got) || same != ok {
			t.Fatalf("%q is read in two ways", cell)
		}
		SlotStatus(cell)
		SlotField(cell)
	})
}
