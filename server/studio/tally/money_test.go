package tally_test

import (
	"errors"
	"fmt"
	"testing"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

type amount struct {
	text     string
	value    int64 // 1/10,000
	step     int64
	bound    tally.Bound
	currency string
}

func amounts() []amount {
	return []amount{
		{"0", 0, 1e4, tally.Exact, ""}, {"12", 12e4, 1e4, tally.Exact, ""}, {"12.5", 125000, 1000, tally.Exact, ""}, {"12.50", 125000, 100, tally.Exact, ""},
		{"12.3456", 123456, 1, tally.Exact, ""}, {"12.34560", 123456, 1, tally.Exact, ""}, {"0.01", 100, 100, tally.Exact, ""}, {"1,234.56", 12345600, 100, tally.Exact, ""},
		{"¥100", 1e6, 1e4, tally.Exact, "CNY"}, {"￥100", 1e6, 1e4, tally.Exact, "CNY"}, {"¥ 1,234.50", 12345000, 100, tally.Exact, "CNY"}, {"100元", 1e6, 1e4, tally.Exact, "CNY"},
		{"１００元", 1e6, 1e4, tally.Exact, "CNY"}, {"1.2万元", 12e7, 1e7, tally.Exact, "CNY"}, {"3万", 3e8, 1e8, tally.Exact, ""}, {"30 万元", 3e9, 1e8, tally.Exact, "CNY"},
		{"1.5亿元", 1.5e12, 1e11, tally.Exact, "CNY"}, {"5千元", 5e7, 1e7, tally.Exact, "CNY"}, {"2万3千元", 23e7, 1e7, tally.Exact, "CNY"}, {"三万元", 3e8, 1e8, tally.Exact, "CNY"},
		{"100人民币", 1e6, 1e4, tally.Exact, "CNY"}, {"人民币100元", 1e6, 1e4, tally.Exact, "CNY"}, {"人民币 3万元", 3e8, 1e8, tally.Exact, "CNY"}, {"CNY 12.5", 125000, 1000, tally.Exact, "CNY"}, {"12.5 rmb", 125000, 1000, tally.Exact, "CNY"},
		{"$100", 1e6, 1e4, tally.Exact, "USD"}, {"＄100", 1e6, 1e4, tally.Exact, "USD"}, {"US$1,234.5", 12345000, 1000, tally.Exact, "USD"}, {"$1.2M", 12e9, 1e9, tally.Exact, "USD"}, {"100 USD", 1e6, 1e4, tally.Exact, "USD"},
		{"usd 1.5k", 15e6, 1e6, tally.Exact, "USD"}, {"100美元", 1e6, 1e4, tally.Exact, "USD"}, {"1.2万美元", 12e7, 1e7, tally.Exact, "USD"}, {"5万美金", 5e8, 1e8, tally.Exact, "USD"}, {"$100 USD", 1e6, 1e4, tally.Exact, "USD"},
		{"HK$20", 2e5, 1e4, tally.Exact, "HKD"}, {"20港币", 2e5, 1e4, tally.Exact, "HKD"}, {"1000日元", 1e7, 1e4, tally.Exact, "JPY"}, {"€9.99", 99900, 100, tally.Exact, "EUR"}, {"£5", 5e4, 1e4, tally.Exact, "GBP"},
		{"超100万元", 1e10, 1e8, tally.Lower, "CNY"}, {"破百万元", 1e10, 1e10, tally.Lower, "CNY"}, {"10万元+", 1e9, 1e8, tally.Lower, "CNY"}, {"10万+元", 1e9, 1e8, tally.Lower, "CNY"}, {"¥10w+", 1e9, 1e8, tally.Lower, "CNY"},
		{"超 ¥10万", 1e9, 1e8, tally.Lower, "CNY"}, {"突破1亿元", 1e12, 1e12, tally.Lower, "CNY"}, {"100元以上", 1e6, 1e4, tally.Lower, "CNY"}, {"1000亿元", 1e15, 1e12, tally.Exact, "CNY"},
	}
}

func refusedAmounts() map[string][]string {
	return map[string][]string{
		tally.NumberEmpty:      {"", " ", "-", "--", "—", "暂无", "N/A"},
		tally.NumberSign:       {"-5", "-5元", "¥-5", "-¥5", "−5", "+5", "+5元", "5-", "(5)", "(1,234.50)", "（5元）", "+"},
		tally.NumberGrouping:   {"¥12,34", "1,2345元", "1.234,56"},
		tally.NumberDecimals:   {"12.34567", "0.00001元", "1.000000001万"},
		tally.NumberTooLarge:   {"1000.1亿元", "100000000001", "1万亿"},
		tally.NumberExponent:   {"1e5", "1.2E+5元"},
		tally.NumberVague:      {"约100元", "近3万元", "3万元左右", "几万元", "1-2万元", "3万多元"},
		tally.NumberRising:     {"3千2万元", "1万12345元"},
		tally.NumberCurrency:   {"$100元", "¥100 USD", "人民币100美元", "100元 €"},
		tally.NumberBidi:       {"\u202e100元"},
		tally.NumberUnreadable: {"元", "¥", "万元", "abc", "100加元", "A$100", "12.5元5角", "¥.5", "100元/天", "1.5%", "一二元", "¥1'000"},
	}
}

func TestMoneySpellings(t *testing.T) {
	var lines []string
	for _, c := range amounts() {
		got, currency, err := tally.ParseMoney(c.text)
		want := tally.Figure{Value: c.value, Step: c.step, Bound: c.bound}
		if err != nil || got != want || currency != c.currency {
			t.Errorf("%q: got %+v %q, %v, want %+v %q", c.text, got, currency, err, want, c.currency)
		}
		lines = append(lines, fmt.Sprintf("%-5s %16d/10000 %-3s  %q", got.Bound, got.Value, currency, c.text))
	}
	for code, texts := range refusedAmounts() {
		for _, text := range texts {
			got, currency, err := tally.ParseMoney(text)
			var refused *tally.NumberError
			if !errors.As(err, &refused) || refused.Code != code || got != (tally.Figure{}) || currency != "" {
				t.Errorf("%q: got %+v %q, %v, want code %s", text, got, currency, err, code)
			}
			lines = append(lines, fmt.Sprintf("refused: %-23s %q", code, text))
		}
	}
	printSpellings(t, "money", lines, 80)
}

func TestShowMoneyCutsAndNeverRoundsUp(t *testing.T) {
	for _, c := range []struct {
		value    int64
		currency string
		zh, en   string
	}{
		{0, "CNY", "¥0", "¥0"}, {9999, "CNY", "¥0.99", "¥0.99"}, {125000, "CNY", "¥12.5", "¥12.5"}, {120500, "USD", "$12.05", "$12.05"},
		{99_999_999, "CNY", "¥9999.99", "¥9.9K"}, {1e8, "CNY", "¥1万", "¥10K"}, {1_234_567_890, "USD", "$12.3万", "$123.4K"}, {999_999_999_999, "CNY", "¥9999.9万", "¥99.9M"},
		{125000, "HKD", "HKD 12.5", "HKD 12.5"}, {125000, "", "12.5", "12.5"}, {-125000, "CNY", "-¥12.5", "-¥12.5"}, {-1, "CNY", "-¥0", "-¥0"},
	} {
		if got := tally.ShowMoney(c.value, c.currency, "zh"); got != c.zh {
			t.Errorf("%d in zh: got %s, want %s", c.value, got, c.zh)
		}
		if got := tally.ShowMoney(c.value, c.currency, "en"); got != c.en {
			t.Errorf("%d in en: got %s, want %s", c.value, got, c.en)
		}
	}
}

func TestMoneyThatIsShownReadsBackWithinOneLastDigitAndNeverAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := int64(1)
		for range rapid.IntRange(0, 15).Draw(t, "digits") {
			most *= 10
		}
		v, currency := rapid.Int64Range(0, most).Draw(t, "value"), rapid.SampledFrom([]string{"CNY", "USD", "HKD", ""}).Draw(t, "currency")
		for _, lang := range []string{"zh", "en"} {
			shown := tally.ShowMoney(v, currency, lang)
			got, named, err := tally.ParseMoney(shown)
			if err != nil || got.Value > v || v-got.Value >= got.Step || named != currency {
				t.Fatalf("show %d: %q reads as %+v %q, %v", v, shown, got, named, err)
			}
		}
	})
}

func TestRateSpellings(t *testing.T) {
	var lines []string
	for text, want := range map[string]tally.Figure{
		"34.5%": {Value: 3450, Step: 10, Bound: tally.Exact}, "34.5": {Value: 3450, Step: 10, Bound: tally.Exact}, "34.56%": {Value: 3456, Step: 1, Bound: tally.Exact},
		"34.567%": {Value: 3456, Step: 1, Bound: tally.Exact}, "34 %": {Value: 3400, Step: 100, Bound: tally.Exact}, "３４．５％": {Value: 3450, Step: 10, Bound: tally.Exact},
		"100%": {Value: 10000, Step: 100, Bound: tally.Exact}, "100": {Value: 10000, Step: 100, Bound: tally.Exact}, "100.00%": {Value: 10000, Step: 1, Bound: tally.Exact},
		"0%": {Value: 0, Step: 100, Bound: tally.Exact}, "0": {Value: 0, Step: 100, Bound: tally.Exact}, "0.5%": {Value: 50, Step: 10, Bound: tally.Exact}, "1%": {Value: 100, Step: 100, Bound: tally.Exact},
		"1.01": {Value: 101, Step: 1, Bound: tally.Exact}, "超30%": {Value: 3000, Step: 100, Bound: tally.Lower}, "30%+": {Value: 3000, Step: 100, Bound: tally.Lower},
	} {
		got, err := tally.ParseRate(text)
		if err != nil || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", text, got, err, want)
		}
		lines = append(lines, fmt.Sprintf("%-5s %d/100 %%  %q", got.Bound, got.Value, text))
	}
	for code, texts := range map[string][]string{
		tally.NumberEmpty: {"", "-", "暂无"}, tally.NumberShare: {"0.345", "1", "1.0", "0.01"}, tally.NumberOverFull: {"100.1%", "101", "345%", "100.001%"},
		tally.NumberSign: {"-5%", "+5%"}, tally.NumberVague: {"约30%", "30%左右", "30-40%"}, tally.NumberGrouping: {"1,0%"}, tally.NumberBidi: {"\u202e30%"},
		tally.NumberUnreadable: {"%", "abc", "30万%", "30%%", ".5%", "百分之三十", "30‰", "30%x", "5."},
	} {
		for _, text := range texts {
			got, err := tally.ParseRate(text)
			var refused *tally.NumberError
			if !errors.As(err, &refused) || refused.Code != code || got != (tally.Figure{}) {
				t.Errorf("%q: got %+v, %v, want code %s", text, got, err, code)
			}
			lines = append(lines, fmt.Sprintf("refused: %-12s %q", code, text))
		}
	}
	printSpellings(t, "rates", lines, 40)
}

func TestParseMetricReadsAsTheMetricIsWritten(t *testing.T) {
	for _, c := range []struct {
		metric, text, currency string
		value                  int64
	}{
		{tally.MetricPlays, "2.1亿", "", 210e6}, {tally.MetricHeat, "5799万", "", 57_990_000}, {tally.MetricLikes, "57.7万", "", 577_000},
		{tally.MetricCompletion, "34.5%", "", 3450}, {tally.MetricRevenue, "1.2万元", "CNY", 12e7}, {tally.MetricSpend, "$5", "USD", 5e4}, {tally.MetricSpend, "5", "", 5e4},
	} {
		got, currency, err := tally.ParseMetric(c.metric, c.text)
		if err != nil || got.Value != c.value || currency != c.currency {
			t.Errorf("%s %s: got %+v %q, %v", c.metric, c.text, got, currency, err)
		}
	}
	if _, _, err := tally.ParseMetric(tally.MetricPlays, "5元"); err == nil {
		t.Error("plays in money are read")
	}
}

func FuzzParseMetric(f *testing.F) {
	for _, c := range amounts() {
		f.Add(tally.MetricRevenue, c.text)
	}
	for _, texts := range refusedAmounts() {
		for _, text := range texts {
			f.Add(tally.MetricSpend, text)
			f.Add(tally.MetricCompletion, text)
		}
	}
	f.Add(tally.MetricCompletion, "34.567%")
	f.Fuzz(func(t *testing.T, metric, text string) {
		got, currency, err := tally.ParseMetric(metric, text)
		var refused *tally.NumberError
		switch {
		case err != nil:
			if !errors.As(err, &refused) || refused.Code == "" || got != (tally.Figure{}) || currency != "" {
				t.Fatalf("%q is refused with %+v %q, %v", text, got, currency, err)
			}
		case got.Value < 0 || got.Value > tally.Largest || got.Step < 1 || got.Bound != tally.Exact && got.Bound != tally.Lower:
			t.Fatalf("%q reads as %+v", text, got)
		case tally.UnitOf(metric) == tally.UnitRate && got.Value > 10_000:
			t.Fatalf("%q reads as %+v", text, got)
		case currency != "" && (len(currency) != 3 || tally.UnitOf(metric) != tally.UnitMoney):
			t.Fatalf("%q is in %q", text, currency)
		}
	})
}
