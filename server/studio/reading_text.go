package studio

import (
	"errors"
	"time"

	"chouka/server/studio/tally"
)

// readFigure reads a figure of a metric as people write it; what cannot be one comes back with what to write instead. Money
// is in the currency that the text names, else in the one given, else in yuan.
func readFigure(metric, text, currency string) (clean string, f tally.Figure, money string, err error) {
	if clean, err = line("text", text); err != nil {
		return "", f, "", err
	}
	f, money, err = tally.ParseMetric(metric, clean)
	var n *tally.NumberError
	if errors.As(err, &n) {
		t := numberText(n.Code)
		return "", f, "", wrong("text", t.ZH, t.EN)
	}
	if err != nil || tally.UnitOf(metric) != tally.UnitMoney || money != "" {
		return clean, f, money, err
	}
	money, err = currencyCode(currency)
	return clean, f, money, err
}

// readObserved reads a date or a time; a date alone is the end of that day (R1).
func readObserved(text string, zone *time.Location) (tally.Instant, error) {
	clean, err := line("observed", text)
	if err != nil {
		return tally.Instant{}, err
	}
	at, err := tally.ParseInstant(clean, zone)
	var d *tally.DateError
	if errors.As(err, &d) {
		t := dateText(d.Code)
		return tally.Instant{}, wrong("observed", t.ZH, t.EN)
	}
	return at, err
}

// numberText says what to write instead of a figure that could not be read.
func numberText(code string) Text {
	switch code {
	case tally.NumberEmpty:
		return Text{"还没有填数字，请填如 2.1亿 或 210000000", "no figure given; write one such as 2.1亿 or 210000000"}
	case tally.NumberGrouping:
		return Text{"逗号的位置不对，请每三位一个逗号，或者不写逗号", "the commas do not part groups of three digits; put them right or leave them out"}
	case tally.NumberRising:
		return Text{"单位要从大到小写，例如 2亿3000万", "write the units from large to small, such as 2亿3000万"}
	case tally.NumberSign:
		return Text{"数字前后不能有正负号，请只写数字；“以上”可写成 1亿+", "leave the sign out; for “at least” write 1亿+"}
	case tally.NumberExponent:
		return Text{"不能用科学计数法，请写完整数字或用万、亿", "no exponents; write every digit or use 万, 亿, K, M"}
	case tally.NumberVague:
		return Text{"“约”“近”“左右”这样的数字无法计入，请填看到的确切数字；“破”“超”可以用", "words such as 约 or 近 leave the figure open; write what was shown (破 and 超 are fine)"}
	case tally.NumberBidi:
		return Text{"含有看不见的控制字符，请删去后重新输入", "it holds invisible control characters; type it again"}
	case tally.NumberFraction:
		return Text{"小数位太多，算下来不是整数，请检查单位和小数点", "this is a fraction of a single view; check the unit and the decimal point"}
	case tally.NumberTooLarge:
		return Text{"数字太大了，请检查单位", "this figure is too large; check the unit"}
	case tally.NumberCurrency:
		return Text{"一个金额写了两种货币，请只留一种", "two currencies stand beside one amount; leave one of them"}
	case tally.NumberDecimals:
		return Text{"金额最多四位小数，请检查小数点", "an amount has at most four decimals; check the decimal point"}
	case tally.NumberOverFull:
		return Text{"比率不能超过 100%，请检查小数点", "a rate is at most 100%; check the decimal point"}
	case tally.NumberShare:
		return Text{"分不清 0.345 是 34.5% 还是 0.345%，请写上百分号", "0.345 may be 34.5% or 0.345%; write the percent sign"}
	}
	return Text{"读不懂这个数字，请写成 2.1亿、3000万 或 210000000 的样子", "this is not a figure; write it like 2.1亿, 3000万 or 210000000"}
}

// dateText says what to write instead of a date that could not be read.
func dateText(code string) Text {
	switch code {
	case tally.DateEmpty:
		return Text{"还没有填时间，请填如 2026-03-06 或 2026-03-06 14:30", "no time given; write one such as 2026-03-06 or 2026-03-06 14:30"}
	case tally.DateNoYear:
		return Text{"缺少年份，请写成 2026-03-06 的样子", "the year is missing; write it like 2026-03-06"}
	case tally.DateNoDay:
		return Text{"缺少日期，请写到哪一天，例如 2026-03-06", "the day is missing; write it like 2026-03-06"}
	case tally.DateAmbiguous:
		return Text{"这个时间有两种读法，请把年份写在最前面、钟点写成 24 小时制，例如 2026-03-06 14:30", "this can be read two ways; write the year first and the clock in 24 hours, like 2026-03-06 14:30"}
	case tally.DateRange:
		return Text{"没有这一天或这个时间，请检查", "there is no such day or time; check it"}
	case tally.DateRelative:
		return Text{"“昨天”“3天前”不知道从哪天算起，请写成 2026-03-06 的样子", "words such as yesterday do not say which day; write it like 2026-03-06"}
	case tally.DateBidi:
		return Text{"含有看不见的控制字符，请删去后重新输入", "it holds invisible control characters; type it again"}
	}
	return Text{"读不懂这个时间，请写成 2026-03-06 或 2026-03-06 14:30 的样子", "this is not a date; write it like 2026-03-06 or 2026-03-06 14:30"}
}
