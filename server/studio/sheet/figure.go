package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// The fields of a table of figures, besides FieldTitle, FieldDate and FieldNote. Those of a metric hold running totals;
// with _more they hold what came on top in a period.
const (
	FieldPlatform    = "platform"
	FieldRegion      = "region"
	FieldExternal    = "external_id" // the platform's own id of a title
	FieldUpdated     = "updated"     // when the row was last written
	FieldMetric      = "metric"      // the cells name it
	FieldTally       = "kind"        // the cells say 累计 or 新增
	FieldValue       = "value"
	FieldCurrency    = "currency"
	FieldDay         = "day" // the header is a date, the cells are values
	FieldPlays       = "plays"
	FieldPlaysMore   = "plays_more"
	FieldHeat        = "heat"
	FieldFollowers   = "followers"
	FieldLikes       = "likes"
	FieldCompletion  = "completion"
	FieldRevenue     = "revenue"
	FieldRevenueMore = "revenue_more"
	FieldSpend       = "spend"
	FieldSpendMore   = "spend_more"
)

// FigureField gives the field that a header of a table of figures names: 剧名, 统计日期, 累计播放量, Views. What stands in
// brackets behind it, such as a unit, does not count. A header that is a full date is a day.
func FigureField(header string) string {
	if utf8.RuneCountInString(header) > 40 {
		return ""
	}
	if w, ok := ReadWhen(header); ok && len(w) == 1 && w[0].Day != nil && w[0].Day.Year > 0 && w[0].Minute < 0 && !serial.MatchString(strings.TrimSpace(header)) {
		return FieldDay
	}
	key := figureKey(header)
	if f := figureField(key); f != "" {
		return f
	}
	metric, more, ok := figureMetric(key)
	switch {
	case !ok:
		return ""
	case !more:
		return metric
	case metric == FieldPlays || metric == FieldRevenue || metric == FieldSpend:
		return metric + "_more"
	}
	return ""
}

// FigureUnit gives the unit that a header says in brackets for all cells below it: 万 of 播放量（万）; empty without one.
func FigureUnit(header string) string {
	s := strings.ToLower(strings.ReplaceAll(charset.Fold(header), " ", ""))
	for _, brackets := range []string{"()", "[]"} {
		open, end := strings.IndexByte(s, brackets[0]), strings.LastIndexByte(s, brackets[1])
		if open < 0 || end < open {
			continue
		}
		switch unit := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(s[open+1:end], "次"), "元"), "单位:"); unit {
		case "万", "亿", "千万", "百万", "千", "w", "k":
			return unit
		case "%":
			return unit
		}
	}
	return ""
}

// figureKey folds a header: small letters, without brackets, blanks and the strokes of names in programs.
func figureKey(header string) string {
	key := strings.ToLower(charset.WithoutBrackets(charset.Fold(header)))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("_-*#:.：/", r) {
			return -1
		}
		return r
	}, key)
}

func figureField(key string) string {
	switch key {
	case "剧名", "剧目", "剧目名称", "剧集", "剧集名称", "短剧", "短剧名", "短剧名称", "漫剧", "漫剧名", "漫剧名称", "片名", "节目", "节目名称", "作品", "作品名", "作品名称", "作品标题",
		"标题", "名称", "专辑", "专辑名称", "内容名称", "书名", "影片名称", "劇名", "劇目", "劇集", "短劇", "短劇名稱", "標題", "名稱", "片名称", "合集", "合集名称", "合集标题",
		"title", "name", "show", "series", "drama", "dramaname", "titlename", "seriesname", "seriestitle", "showname", "content", "contentname", "contenttitle", "program", "programme", "album", "playlet", "playletname":
		return FieldTitle
	case "平台", "渠道", "播放平台", "上线平台", "发行平台", "站点", "媒体", "平台名称", "渠道名称", "投放渠道", "app", "應用", "应用", "platform", "channel", "site", "media", "source", "platformname", "network":
		return FieldPlatform
	case "地区", "区域", "国家", "国家地区", "市场", "投放地区", "上线地区", "地區", "國家", "region", "country", "territory", "market", "area", "countryregion":
		return FieldRegion
	case "剧目id", "剧id", "剧集id", "短剧id", "漫剧id", "作品id", "专辑id", "内容id", "节目id", "合集id", "书籍id", "媒资id", "平台id", "id", "编号", "剧目编号", "编码", "剧集编号", "作品编号",
		"titleid", "seriesid", "dramaid", "showid", "contentid", "externalid", "albumid", "playletid", "bookid", "mediaid", "itemid", "programid":
		return FieldExternal
	case "日期", "统计日期", "数据日期", "日", "天", "统计时间", "数据时间", "时间", "统计日", "观测时间", "观察时间", "采集时间", "抓取时间", "截止日期", "截止时间", "截至", "截至日期", "截至时间", "業務日期", "业务日期",
		"周期", "统计周期", "統計日期", "日期时间", "發生日期", "发生日期", "消耗日期", "账期", "结算日期", "date", "day", "statdate", "reportdate", "datadate", "time", "datetime", "timestamp", "observed", "observedat", "asof", "statday", "ds", "dt", "pdate", "period":
		return FieldDate
	case "更新时间", "最后更新", "最后更新时间", "数据更新时间", "修改时间", "最近更新", "最近更新时间", "行更新时间", "入库时间", "更新時間", "updated", "updatedat", "updatetime", "lastupdated", "lastupdate", "lastmodified", "modified", "modifiedat", "modifytime":
		return FieldUpdated
	case "指标", "指标名称", "指标名", "数据项", "数据类型", "数据指标", "項目", "項目名稱", "指標", "metric", "metricname", "measure", "indicator", "kpi", "metrics":
		return FieldMetric
	case "口径", "统计口径", "累计新增", "新增累计", "类型", "数据口径", "計算口徑", "increment", "kind", "type", "basis", "mode", "cumulative":
		return FieldTally
	case "数值", "值", "数据", "数量", "指标值", "数据值", "结果", "數值", "數據", "value", "values", "count", "number", "figure", "amount", "metricvalue", "total":
		return FieldValue
	case "币种", "货币", "币别", "结算币种", "貨幣", "幣別", "幣種", "currency", "ccy", "currencycode":
		return FieldCurrency
	case "备注", "说明", "注", "備註", "說明", "备注说明", "note", "notes", "remark", "remarks", "comment", "comments":
		return FieldNote
	}
	return ""
}

// FigureMetric knows the name of a metric as a cell or a header writes it, and whether it means what came on top in a
// period: 累计播放 is plays, 新增播放量 is more plays, 投流消耗 is spend.
func FigureMetric(text string) (metric string, more, ok bool) {
	if utf8.RuneCountInString(text) > 40 {
		return "", false, false
	}
	return figureMetric(figureKey(text))
}

func figureMetric(key string) (metric string, more, ok bool) {
	if metric = metricNamed(key); metric != "" {
		return metric, false, true
	}
	bare, more := key, false
	for _, w := range moreWords() {
		if rest, cut := strings.CutPrefix(bare, w); cut && rest != "" {
			bare, more = rest, true
			break
		}
		if rest, cut := strings.CutSuffix(bare, w); cut && rest != "" {
			bare, more = rest, true
			break
		}
	}
	for _, w := range []string{"截至目前", "截至当前", "累计", "累積", "累计总", "历史", "总", "總", "累計", "当前", "目前", "最新", "实时", "全部", "total", "cumulative", "alltime", "lifetime", "current", "overall"} {
		if rest, cut := strings.CutPrefix(bare, w); cut && !more {
			bare = rest
		}
		if rest, cut := strings.CutSuffix(bare, w); cut && !more && rest != "" {
			bare = rest
		}
	}
	metric = metricNamed(bare)
	return metric, more, metric != ""
}

func moreWords() []string {
	return []string{"当日新增", "单日新增", "每日新增", "昨日新增", "今日新增", "本周新增", "本月新增", "日新增", "周新增", "月新增", "新增", "当日", "单日", "每日", "昨日", "今日", "当天", "当周", "当月", "本周", "本月", "日增", "增量", "增长", "環比新增", "當日", "單日", "每天", "日",
		"daily", "new", "yesterday", "today", "incremental", "increment", "delta", "added", "perday", "monthly", "weekly"}
}

func metricNamed(key string) string {
	switch key {
	case "播放量", "播放", "播放数", "播放次数", "播放总量", "有效播放", "有效播放量", "观看量", "观看次数", "观看数", "浏览量", "点播量", "vv", "pv", "播放vv", "播放數", "播放次數", "觀看次數", "觀看數", "观看", "播放累计",
		"plays", "views", "playcount", "viewcount", "playcnt", "playnum", "view", "play", "viewership", "videoviews", "streams":
		return FieldPlays
	case "热度", "热度值", "热力值", "站内热度", "热度指数", "热度分", "人气", "人气值", "热力", "平台热度", "熱度", "熱度值", "heat", "hot", "hotness", "heatindex", "hotvalue", "heatvalue", "popularity", "hotscore", "heatscore":
		return FieldHeat
	case "追更", "追更人数", "追更数", "追剧", "追剧人数", "追剧数", "追剧量", "收藏", "收藏数", "收藏量", "收藏人数", "在追", "在追人数", "加桌", "书架", "预约人数", "关注", "关注数", "订阅数", "订阅人数", "追更人數", "收藏數", "followers", "follows", "following", "subscribers", "favorites", "favourites", "collects", "collections", "bookmarks", "followercount":
		return FieldFollowers
	case "点赞", "点赞数", "点赞量", "赞", "获赞", "获赞数", "喜欢", "喜欢数", "點贊", "點讚", "點讚數", "按讚數", "likes", "like", "likecount", "likecnt", "diggcount", "thumbsup":
		return FieldLikes
	case "完播率", "完播", "完整播放率", "播完率", "平均完播率", "整剧完播率", "完看率", "completion", "completionrate", "finishrate", "completerate", "playcompletionrate", "viewthroughrate", "vtr":
		return FieldCompletion
	case "收入", "收入金额", "收益", "分账", "分账金额", "分账收入", "分账收益", "分成", "分成收入", "分成金额", "结算金额", "结算收入", "充值", "充值金额", "充值收入", "充值流水", "流水", "营收", "票房", "分账票房", "销售额", "gmv", "广告收入", "变现收入", "总收益", "預估收入", "预估收入", "预估收益", "可分配收入", "收入合计",
		"revenue", "income", "earnings", "earning", "sales", "grossrevenue", "netrevenue", "iap", "iaprevenue", "adrevenue", "royalty", "payout":
		return FieldRevenue
	case "消耗", "投流消耗", "投流", "投放消耗", "广告消耗", "消耗金额", "花费", "投放金额", "投流金额", "投流费用", "广告花费", "推广费用", "推广消耗", "投放成本", "广告费", "现金消耗", "买量成本", "买量消耗", "广告支出", "投流成本", "投放费用", "spend", "cost", "adspend", "adcost", "spending", "spent", "amountspent", "mediaspend", "marketingspend":
		return FieldSpend
	}
	return ""
}

// FigureTally reads whether a figure is what came on top in a period; an empty cell says nothing.
func FigureTally(cell string) (more, said, ok bool) {
	switch figureKey(cell) {
	case "":
		return false, false, true
	case "累计", "累计值", "总量", "总计", "总", "累計", "全部", "存量", "total", "cumulative", "running", "false", "no", "否", "0", "lifetime", "alltime":
		return false, true, true
	case "新增", "增量", "日增", "当日", "单日", "当日新增", "日新增", "每日", "当天", "周增", "月增", "當日", "單日", "increment", "new", "daily", "delta", "incremental", "true", "yes", "是", "1", "added", "day":
		return true, true, true
	}
	return false, false, false
}

// bareTotal is isTotal for a column of names: a name may begin with such a word.
func bareTotal(cell string) bool {
	key := strings.TrimRight(figureKey(cell), "0123456789部个條条()（）[]")
	switch key {
	case "合计", "合計", "总计", "總計", "小计", "小計", "共计", "共計", "汇总", "總和", "总和", "total", "sum", "subtotal", "grandtotal", "totals", "全部合计", "本页合计", "本页小计":
		return true
	}
	return false
}
