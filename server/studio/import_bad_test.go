package studio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestTablesOfFiguresThatCannotBeRead(t *testing.T) {
	h := newImportHouse(t)
	for name, c := range map[string]struct{ code, table string }{
		"nothing":          {"table.empty", ""},
		"only blanks":      {"table.empty", " \n\t\n"},
		"a picture":        {"table.binary", "\x89PNG\r\n\x1a\n\x00\x00\x00"},
		"a bad archive":    {"table.broken", "PK\x03\x04xx"},
		"an old workbook":  {"table.protected", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xx"},
		"a PDF":            {"table.unsupported", "%PDF-1.7"},
		"too many rows":    {"table.too_many_rows", "剧名,日期,播放量\n" + strings.Repeat("娇藏京枝,2026-03-05,1\n", 50_001)},
		"too many columns": {"table.too_many_columns", "剧名,日期" + strings.Repeat(",播放量", 200) + "\n"},
		"too large":        {"table.too_large", strings.Repeat("剧名,日期,播放量\n", 1<<20)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.PreviewFigures(t.Context(), h.admin, studio.TableFile{Name: "a.csv", Data: []byte(c.table)}, time.Time{})
			refused(t, err, c.code)
		})
	}
	p := h.importPreview(h.admin, "a.csv", "剧名,平台,日期,播放量\n娇藏京枝,红果短剧,2026-03-05,1\n")
	seven := 7
	for name, c := range map[string]struct {
		code  string
		spoil func(*studio.FigureChoice)
	}{
		"a metric that is none":   {"invalid.metric", func(c *studio.FigureChoice) { c.Metric = "views" }},
		"a currency that is none": {"invalid.choice", func(c *studio.FigureChoice) { c.Currency = "银子" }},
		"an export in the future": {"invalid.choice.exported_at", func(c *studio.FigureChoice) { c.ExportedAt = "2027-01-01 10:00" }},
		"an export without year":  {"invalid.choice.exported_at", func(c *studio.FigureChoice) { c.ExportedAt = "3月6日" }},
		"an encoding":             {"invalid.choice", func(c *studio.FigureChoice) { c.Encoding = "latin1" }},
		"a separator":             {"invalid.choice", func(c *studio.FigureChoice) { c.Separator = "|" }},
		"a header below the end":  {"invalid.choice", func(c *studio.FigureChoice) { c.HeaderRow = &seven }},
		"a column too many":       {"invalid.choice", func(c *studio.FigureChoice) { c.Columns = strings.Split("title,,,,plays", ",") }},
		"a field that is none":    {"invalid.choice", func(c *studio.FigureChoice) { c.Columns = []string{"price"} }},
		"a release that is none":  {"unknown.release", func(c *studio.FigureChoice) { c.ReleaseID = "x" }},
		"a platform of 41":        {"invalid.choice", func(c *studio.FigureChoice) { c.Platform = strings.Repeat("长", 41) }},
		"a hidden character":      {"invalid.choice", func(c *studio.FigureChoice) { c.Platform = "红\u202e果" }},
	} {
		t.Run(name, func(t *testing.T) {
			in := importKept(p)
			c.spoil(&in.Choice)
			_, err := h.PreviewKeptFigures(t.Context(), h.admin, in)
			refused(t, err, c.code)
			_, err = h.ImportFigures(t.Context(), h.admin, in)
			refused(t, err, c.code)
		})
	}
	in := importKept(p)
	in.Choice.Columns = []string{"title", "", "date", ""}
	_, err := h.ImportFigures(t.Context(), h.admin, in)
	refused(t, err, "table.columns")
	in.SHA256 = "x"
	_, err = h.ImportFigures(t.Context(), h.admin, in)
	refused(t, err, "kept.gone")
	p = h.importPreview(h.admin, "b.csv", "剧名,平台,日期,播放量\n娇藏京枝,红果短剧,2026-02-30,1\n")
	_, err = h.ImportFigures(t.Context(), h.admin, importKept(p))
	refused(t, err, "table.rows")
}

func TestCellsOfFiguresThatAreWrong(t *testing.T) {
	h := newImportHouse(t)
	head := "剧名,平台,日期,更新时间,指标,口径,数值,币种\n"
	for row, want := range map[string]string{
		",红果短剧,2026-03-05,,播放量,,1,":                                   "title",
		"娇藏京枝,,2026-03-05,,播放量,,1,":                                   "platform",
		"娇藏京枝,红果短剧,,,播放量,,1,":                                         "date",
		"娇藏京枝,红果短剧,3月5日,,播放量,,1,":                                     "date",
		"娇藏京枝,红果短剧,05/03/2026,,播放量,,1,":                               "date",
		"娇藏京枝,红果短剧,2026-03-25,,播放量,,1,":                               "value",
		"娇藏京枝,红果短剧,2026-03-05,昨天,播放量,,1,":                             "updated",
		"娇藏京枝,红果短剧,2026-03-05,2027-03-05 10:00,播放量,,1,":               "updated",
		"娇藏京枝,红果短剧,2026-03-05,,弹幕数,,1,":                               "metric",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,大约,1,":                             "",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,约1亿,":                             "value",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,1e8,":                             "value",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,\"1,23\",":                        "value",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,-5,":                              "value",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,#REF!,":                           "value",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,1.5,":                             "value",
		"娇藏京枝,红果短剧,2026-03-05,,完播率,,0.345,":                           "value",
		"娇藏京枝,红果短剧,2026-03-05,,完播率,,134%,":                            "value",
		"娇藏京枝,红果短剧,2026-03-05,,完播率,新增,34%,":                           "value",
		"娇藏京枝,红果短剧,2026-03-05,,收入,,1,贝壳":                              "currency",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,,1\u202e5,":                        "value",
		strings.Repeat("长", 201) + ",红果短剧,2026-03-05,,播放量,,1,":        "title",
		"娇藏京枝," + strings.Repeat("长", 41) + ",2026-03-05,,播放量,,1,":    "platform",
		"娇藏京枝,红果短剧,99999999999999999999999999,,播放量,,1,":               "date",
		"娇藏京枝,红果短剧,2026-03-05,,播放量,," + strings.Repeat("9", 40) + ",": "value",
		"娇藏京枝,红果短剧,昨天,明天,弹幕数,,1,贝壳":                                   "updated date metric currency",
	} {
		t.Run(row, func(t *testing.T) {
			h := h
			h.t = t
			p := h.importPreview(h.admin, "a.csv", head+row+"\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,,播放量,,7,\n")
			var codes []string
			for _, e := range p.Errors {
				if codes = append(codes, e.Code); e.Row != 2 || e.ZH == "" || e.EN == "" || e.Column == "" {
					t.Errorf("got %+v", e)
				}
			}
			wrong, taken := 1, 1
			if want == "" { // 类型 may as well be a genre
				wrong, taken = 0, 2
			}
			if got := strings.Join(codes, " "); got != want || p.Count.New != taken || p.Count.Wrong != wrong {
				t.Errorf("got %s, %+v", got, p.Count)
			}
		})
	}
}

func TestWaysToWriteATableOfFigures(t *testing.T) {
	h := newImportHouse(t)
	gb := func(s string) string { out, _ := simplifiedchinese.GB18030.NewEncoder().String(s); return out }
	wide := func(s string) string {
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		return out
	}
	plain := "剧名,平台,日期,播放量\n娇藏京枝,红果短剧,2026-03-05,1\n从顽皮蛇开始吞噬进化,红果短剧,2026-03-05,2\n"
	for name, c := range map[string]struct{ table, want string }{
		"plain":               {plain, "utf-8 comma 2"},
		"with its mark":       {"\ufeff" + plain, "utf-8-bom comma 2"},
		"GB18030":             {gb(plain), "gb18030 comma 2"},
		"UTF-16 with tabs":    {wide(strings.ReplaceAll(plain, ",", "\t")), "utf-16le tab 2"},
		"semicolons":          {strings.ReplaceAll(plain, ",", ";"), "utf-8 semicolon 2"},
		"full-width commas":   {strings.ReplaceAll(plain, ",", "，"), "utf-8 wide 2"},
		"in English":          {"Title,Platform,Date,Total Views,Daily Views,Likes,Completion Rate,Ad Spend,Currency\n娇藏京枝,红果短剧,2026-03-05,1.2M,10K,5,34.5%,12.5,USD\n", "utf-8 comma 5"},
		"a row for a metric":  {"短剧名称,渠道,数据日期,指标,类型,数值\n娇藏京枝,红果短剧,20260305,累计播放,累计,1亿\n娇藏京枝,红果短剧,20260305,日新增播放,新增,200万\n娇藏京枝,红果短剧,20260305,投流消耗,,1234.5\n", "utf-8 comma 3"},
		"days in the header":  {"剧名,平台,指标,2026-03-04,2026/3/5,2026年3月6日\n娇藏京枝,红果短剧,播放量,1万,2万,3万\n从顽皮蛇开始吞噬进化,红果短剧,热度值,5,-,\n", "utf-8 comma 4"},
		"units in the header": {"剧名,平台,日期,播放量（万）,点赞(w),完播率(%)\n娇藏京枝,红果短剧,2026-03-05,12.5,3,34.5\n", "utf-8 comma 3"},
		"totals and headers":  {plain + "剧名,平台,日期,播放量\n,,,\n合计,,,3\n总计,,,3\n", "utf-8 comma 2"},
		"a platform above":    {"平台：红果短剧\n\n剧名,日期,播放量\n娇藏京枝,2026-03-05,1\n", "utf-8 comma 1"},
		"only a time of its":  {"剧名,平台,更新时间,播放量\n娇藏京枝,红果短剧,2026-03-05 10:20:30,1\n", "utf-8 comma 1"},
		"money with its sign": {"剧名,平台,日期,分账收入\n娇藏京枝,红果短剧,2026-03-05,\"¥1,234.56\"\n", "utf-8 comma 1"},
	} {
		t.Run(name, func(t *testing.T) {
			h := h
			h.t = t
			p := h.importPreview(h.admin, "a.csv", c.table)
			if got := fmt.Sprintf("%s %s %d", p.Choice.Encoding, p.Choice.Separator, p.Count.New); got != c.want || len(p.Errors) > 0 || len(p.Lacking) > 0 {
				t.Errorf("got %s, lacking %v, %+v, errors %+v, columns %v", got, p.Lacking, p.Count, p.Errors, p.Choice.Columns)
			}
		})
	}
}

func TestWhenAFileWasMade(t *testing.T) {
	h := newImportHouse(t)
	plain := "剧名,平台,日期,播放量\n娇藏京枝,红果短剧,2026-03-05,1\n"
	modified := time.Date(2026, 3, 8, 1, 2, 3, 0, time.UTC)
	for name, want := range map[string]string{
		"导出_20260306_1430.csv":                   "name 2026-03-06T14:30:00+08:00",
		"红果 2026-03-06 14.30.05.csv":             "name 2026-03-06T14:30:05+08:00",
		"红果_2026年03月06日.csv":                     "name 2026-03-06T23:59:59.999999999+08:00",
		"数据20260301-20260306.csv":                "file 2026-03-08T09:02:03+08:00",
		"数据20260301-20260306_20260307101112.csv": "name 2026-03-07T10:11:12+08:00",
		"1202603061.csv":                         "file 2026-03-08T09:02:03+08:00",
		"红果_20260320.csv":                        "name 2026-03-20T12:00:00+08:00", // today is not over
		"红果.csv":                                 "file 2026-03-08T09:02:03+08:00",
	} {
		p, err := h.PreviewFigures(t.Context(), h.admin, studio.TableFile{Name: name, Data: []byte(plain)}, modified)
		if got := p.ExportedFrom + " " + p.Choice.ExportedAt; err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, want)
		}
	}
	p := h.importPreview(h.admin, "a.csv", "报表\n生成时间,2026/3/7 8:05\n"+plain)
	if got := p.ExportedFrom + " " + p.Choice.ExportedAt; got != "preamble 2026-03-07T08:05:00+08:00" {
		t.Errorf("got %s", got)
	}
	p = h.importPreview(h.admin, "a.csv", plain)
	if got := p.ExportedFrom + " " + p.Choice.ExportedAt; got != "now 2026-03-20T12:00:00+08:00" {
		t.Errorf("got %s", got)
	}
	in := importKept(p)
	in.Choice.ExportedAt = "2026年3月9日"
	if p, err := h.PreviewKeptFigures(t.Context(), h.admin, in); err != nil || p.ExportedFrom != "given" || !strings.HasPrefix(p.Choice.ExportedAt, "2026-03-09T23:59:59") {
		t.Errorf("got %s %s, %v", p.ExportedFrom, p.Choice.ExportedAt, err)
	}
}
