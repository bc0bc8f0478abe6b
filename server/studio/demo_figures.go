package studio

import (
	"context"
	"time"
)

// figures lists the titles on their platforms and fills their ledgers: what was printed as typed readings with its source,
// what is invented as files of a platform, the last of which corrects the one before.
func (d *demo) figures(ctx context.Context) {
	today := d.s.now().In(time.FixedZone("CST", 8*3600))
	on := map[string]string{} // ids of releases
	for _, r := range demoReleases(today) {
		on[r.title+r.platform] = d.release(ctx, r)
	}
	for _, f := range demoFiles(today) {
		d.file(ctx, f)
	}
	for _, x := range demoRanks() {
		d.rank(ctx, x, on)
	}
	d.claim(ctx)
	for _, x := range demoCosts(today) {
		d.cost(ctx, x)
	}
}

func (d *demo) release(ctx context.Context, r demoRelease) string {
	if d.err != nil {
		return ""
	}
	by := d.as("distributor", "release "+r.title+r.platform)
	in := ReleaseIn{Platform: &r.platform, Date: &r.date, Note: &r.note, Episodes: &r.episodes, PriceModel: &r.price}
	if r.alias != "" {
		in.Aliases = &[]string{r.alias}
	}
	rel, err := d.s.CreateRelease(ctx, by, d.titles[r.title].ID, in)
	if err != nil {
		d.fail(err)
		return ""
	}
	for _, x := range r.readings {
		by := d.as("distributor", "reading "+r.title+r.platform+x.metric+x.text)
		_, err := d.s.EnterReading(ctx, by, rel.ID, ReadingIn{Metric: x.metric, Text: x.text, Observed: x.observed, Increment: x.increment, Origin: OriginIn{Kind: x.kind, Note: x.source}})
		d.fail(err)
	}
	return rel.ID
}

// file takes a table in as a distributor would: look at it, then commit it as it was understood.
func (d *demo) file(ctx context.Context, f demoFile) {
	if d.err != nil {
		return
	}
	by := d.as("distributor", "import "+f.name)
	p, err := d.s.PreviewFigures(ctx, by, TableFile{Name: f.name, Data: []byte(f.table)}, time.Time{})
	if err != nil {
		d.fail(err)
		return
	}
	_, err = d.s.ImportFigures(ctx, by, KeptFigures{SHA256: p.SHA256, Name: p.Name, Choice: p.Choice})
	d.fail(err)
}

func (d *demo) rank(ctx context.Context, x demoRank, on map[string]string) {
	if d.err != nil {
		return
	}
	place, release := 1, on[x.title+x.platform]
	_, err := d.s.EnterRank(ctx, d.as("distributor", "rank "+x.title+x.list), d.titles[x.title].ID,
		RankIn{ReleaseID: &release, List: &x.list, Place: &place, Date: &x.date, Origin: &OriginIn{Kind: "press", Note: x.source}})
	d.fail(err)
}

// claim says of the oldest standing 2亿 that it was the first, as a maker might.
func (d *demo) claim(ctx context.Context) {
	if d.err != nil {
		return
	}
	title := d.titles["wanpi"].ID
	f, err := d.s.Figures(ctx, d.as("distributor", ""), title)
	if err != nil {
		d.fail(err)
		return
	}
	milestone := ""
	for _, m := range f.Milestones {
		if m.Threshold == 200_000_000 && m.ReleaseID == "" && m.State == Stands {
			milestone = m.ID
		}
	}
	text, day := "示例：2026 年首部首发破 2 亿播放的 AI 漫剧", "2026-01-31"
	_, err = d.s.EnterClaim(ctx, d.as("distributor", "claim"), title, ClaimIn{MilestoneID: &milestone, Text: &text, Date: &day,
		Origin: &OriginIn{Kind: "press", Note: "示例数据：按出品方公开消息“首发播放量破 2.1 亿”拟写，“首部”未经核实"}})
	d.fail(err)
}

func (d *demo) cost(ctx context.Context, x demoCost) {
	if d.err != nil {
		return
	}
	_, err := d.s.AddCost(ctx, d.as("producer", "cost "+x.title+x.kind+x.text), d.titles[x.title].ID, CostIn{Kind: &x.kind, Text: &x.text, Date: &x.date, Note: &x.note})
	d.fail(err)
}

type demoRelease struct {
	title, platform, date, note string
	episodes                    int
	price, alias                string
	readings                    []demoReading
}

type demoReading struct {
	metric, text, observed string
	increment              bool
	kind, source           string
}

// The platforms of the demonstration.
const (
	demoTomato = "番茄（示例平台）"
	demoRed    = "红果（示例平台）"
	demoShake  = "抖音（示例平台）"
	demoVideo  = "腾讯视频（示例平台）"
)

func demoReleases(today time.Time) []demoRelease {
	day := func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) }
	return []demoRelease{
		{"wanpi", demoRed, "2026-01-20", "上线日见 DataEye 报告；平台与逐日读数为示例数据", 60, "ads", "从赖皮蛇开始吞噬进化", []demoReading{
			{"plays", "1260万", "2026-01-21", false, "typed", "示例数据"},
			{"plays", "6300万", "2026-01-24", false, "typed", "示例数据"},
			{"plays", "1亿", "2026-01-26", false, "typed", "示例数据"},
			{"plays", "1.15亿", "2026-01-27", false, "typed", "示例数据"},
			{"plays", "破2.1亿", "2026-01-31", false, "press", "出品方公开消息：首发播放量破 2.1 亿"},
			{"plays", "2.1亿", "2026-01-31", true, "press", "DataEye 研究院《1月漫剧》报告：一月新增播放"},
		}},
		{"wanpi", demoTomato, day(-23), "平台、上线日与读数为示例数据", 60, "mixed", "", nil},
		{"qiyun", demoTomato, "2026-02-10", "平台与上线日为示例数据", 80, "mixed", "", []demoReading{
			{"heat", "5799万", "2026-02-22", false, "press", "新腕儿 / WETRUE 周榜，2026-02-24"},
			{"likes", "57.7万", "2026-02-22", false, "press", "新腕儿 / WETRUE 周榜，2026-02-24"},
			{"followers", "29.5万", "2026-02-22", false, "press", "新腕儿 / WETRUE 周榜，2026-02-24"},
			{"plays", "4860万", "2026-02-22", false, "typed", "示例数据"},
		}},
		{"qiyun", demoShake, day(-20), "平台、上线日与读数为示例数据", 80, "ads", "", nil},
		{"baba", demoShake, day(-24), "平台与日期为示例数据", 70, "ads", "", []demoReading{
			{"heat", "6120万", day(-15), false, "typed", "示例数据"},
			{"heat", "8870万", day(-8), false, "typed", "示例数据"},
			{"heat", "破1亿", day(-1), false, "press", "出品方公开消息：热度破 1 亿（日期为示例）"},
		}},
		{"zhouyi", demoVideo, day(-40), "平台与日期为示例数据", 48, "member", "", []demoReading{
			{"heat", "9300万", day(-21), false, "typed", "示例数据"},
			{"heat", "破1亿", day(-13), false, "press", "出品方公开消息：热度破 1 亿（日期为示例）"},
		}},
	}
}

type demoRank struct{ title, platform, list, date, source string }

// demoRanks are one fact, told of three lists whose names nobody printed.
func demoRanks() []demoRank {
	source := "出品方公开消息：多个平台日榜第一（榜单名称与日期为示例）"
	return []demoRank{
		{"qiyun", demoTomato, "漫剧热播日榜（示例）", "2026-02-18", source},
		{"qiyun", "", "漫剧飙升日榜（示例）", "2026-02-18", source},
		{"qiyun", "", "漫剧追更日榜（示例）", "2026-02-18", source},
	}
}

type demoCost struct{ title, kind, text, date, note string }

func demoCosts(today time.Time) []demoCost {
	day := func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) }
	return []demoCost{
		{"wanpi", "labour", "6.8万", day(-40), "示例数据：7 人 12 天"},
		{"wanpi", "bought", "1.25万", day(-35), "示例数据：配音与配乐"},
		{"wanpi", "other", "2,600.50", day(-30), "示例数据：字幕与封面"},
		{"qiyun", "labour", "9.6万", day(-45), "示例数据：8 人 15 天"},
		{"qiyun", "bought", "2.2万", day(-38), "示例数据：授权与音效"},
	}
}
