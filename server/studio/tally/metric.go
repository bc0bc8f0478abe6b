package tally

// The metrics that platforms print (product.md, domain-api-security.md §1.4). Each means what its platform means by it.
const (
	// MetricPlays is the play count (播放量), the only one that is added up over platforms (R5).
	MetricPlays = "plays"
	// MetricHeat is a platform's own index (热度), never summed or compared (R5).
	MetricHeat = "heat"
	// MetricFollowers is 追更: people who follow the title.
	MetricFollowers = "followers"
	// MetricLikes is 点赞.
	MetricLikes = "likes"
	// MetricCompletion is 完播率, in 1/100 of a percent: 34.5% is 3450.
	MetricCompletion = "completion"
	// MetricRevenue is 收入, in 1/10,000 of its currency unit.
	MetricRevenue = "revenue"
	// MetricSpend is 投流: what was spent on advertising, in 1/10,000 of its currency unit.
	MetricSpend = "spend"
)

// Unit is what a metric is counted in.
type Unit string

// The units of metrics.
const (
	UnitCount Unit = "count"
	UnitIndex Unit = "index"
	UnitRate  Unit = "rate"
	UnitMoney Unit = "money"
)

// Metrics lists every metric in the order in which they are shown.
func Metrics() []string {
	return []string{MetricPlays, MetricHeat, MetricFollowers, MetricLikes, MetricCompletion, MetricRevenue, MetricSpend}
}

// UnitOf gives the unit of a metric; empty where there is no such metric.
func UnitOf(metric string) Unit {
	switch metric {
	case MetricPlays, MetricFollowers, MetricLikes:
		return UnitCount
	case MetricHeat:
		return UnitIndex
	case MetricCompletion:
		return UnitRate
	case MetricRevenue, MetricSpend:
		return UnitMoney
	}
	return ""
}

// Grows reports whether a metric is a running total, which should not fall; increments of it make sense.
func Grows(metric string) bool {
	return metric == MetricPlays || UnitOf(metric) == UnitMoney
}
