package tally

import (
	"strconv"
	"strings"
)

// moneyPlaces are the decimals of money: figures are in 1/10,000 of the currency's unit.
const moneyPlaces = 4

// currencyWords are how currencies stand beside an amount, folded; the longer before its own ending or beginning.
var currencyWords = []struct{ word, code string }{
	{"人民币", "CNY"}, {"cny", "CNY"}, {"rmb", "CNY"}, {"¥", "CNY"}, {"￥", "CNY"},
	{"美元", "USD"}, {"美金", "USD"}, {"usd", "USD"}, {"us$", "USD"},
	{"港元", "HKD"}, {"港币", "HKD"}, {"hkd", "HKD"}, {"hk$", "HKD"},
	{"新台币", "TWD"}, {"twd", "TWD"}, {"nt$", "TWD"}, {"日元", "JPY"}, {"jpy", "JPY"}, {"韩元", "KRW"}, {"krw", "KRW"},
	{"欧元", "EUR"}, {"eur", "EUR"}, {"€", "EUR"}, {"英镑", "GBP"}, {"gbp", "GBP"}, {"£", "GBP"},
	{"$", "USD"}, {"元", "CNY"},
}

// ParseMoney reads an amount with the number words of ParseFigure, at most four decimals and the currency beside it: ¥ ￥
// 元 人民币 CNY RMB $ US$ 美元 USD and a few others. The figure is in 1/10,000 of the unit; currency is empty where the
// text names none. Errors are *NumberError; an amount below nought is refused like every sign.
func ParseMoney(text string) (f Figure, currency string, err error) {
	if len(text) > longestText {
		return Figure{}, "", refuseNumber(NumberUnreadable)
	}
	plain, bidi := fold(text)
	switch {
	case bidi:
		return Figure{}, "", refuseNumber(NumberBidi)
	case missing(plain):
		return Figure{}, "", refuseNumber(NumberEmpty)
	case strings.HasPrefix(plain, "(") && strings.HasSuffix(plain, ")"): // how accounts write an amount below nought
		return Figure{}, "", refuseNumber(NumberSign)
	}
	m := amountText{body: plain, bound: Exact}
	for m.peel() {
	}
	switch code := wording(m.body); {
	case m.several:
		return Figure{}, "", refuseNumber(NumberCurrency)
	case m.body == "":
		return Figure{}, "", refuseNumber(NumberUnreadable)
	case code != "":
		return Figure{}, "", refuseNumber(code)
	}
	f.Value, f.Step, err = readTerms([]rune(joinBlanks(m.body)), m.bound == Lower, moneyPlaces)
	if err != nil {
		return Figure{}, "", err
	}
	f.Bound = m.bound
	return f, m.currency, nil
}

// amountText is an amount while what stands around it is taken off.
type amountText struct {
	body     string
	bound    Bound
	currency string
	several  bool // currencies
}

// peel takes one word off an end and reports whether there was one.
func (m *amountText) peel() bool {
	body := m.body
	for _, w := range lowerWords {
		if rest, ok := strings.CutPrefix(body, w); ok && m.bound == Exact {
			m.body, m.bound = strings.TrimSpace(rest), Lower
			return true
		}
	}
	if rest, more := cutEnd(body, moreWords); more && rest != "" {
		m.body, m.bound = rest, Lower
		return true
	}
	for _, c := range currencyWords {
		rest, ok := strings.CutPrefix(body, c.word)
		if !ok {
			rest, ok = strings.CutSuffix(body, c.word)
		}
		if ok {
			m.several = m.several || m.currency != "" && m.currency != c.code
			m.body, m.currency = strings.TrimSpace(rest), c.code
			return true
		}
	}
	return false
}

// ShowMoney writes an amount for reading, cut and never rounded up: ¥12.3万, $1.2K, HKD 9.99. Below 1万, or 1,000, two
// decimals are kept.
func ShowMoney(v int64, currency, lang string) string {
	size, sign := uint64(v), ""
	if v < 0 {
		size, sign = -size, "-"
	}
	switch currency {
	case "CNY":
		sign += "¥"
	case "USD":
		sign += "$"
	case "":
	default:
		sign += currency + " "
	}
	units, rest := size/moneyScale, size%moneyScale
	shown := Show(int64(units), lang)
	if hundredth := rest / 100; hundredth > 0 && shown == strconv.FormatUint(units, 10) {
		shown += strings.TrimRight("."+strconv.FormatUint(hundredth/10, 10)+strconv.FormatUint(hundredth%10, 10), "0")
	}
	return sign + shown
}

// fullRate is 100% in 1/100 of a percent.
const fullRate = 10_000

// ParseRate reads a share in percent as platforms print it: 34.5% and 34.5 are 3450, in 1/100 of a percent; finer decimals
// are cut. A number up to 1 without the sign is refused, because 0.345 is written for 34.5% as well as for 0.345%.
func ParseRate(text string) (Figure, error) {
	if len(text) > longestText {
		return Figure{}, refuseNumber(NumberUnreadable)
	}
	plain, bidi := fold(text)
	switch {
	case bidi:
		return Figure{}, refuseNumber(NumberBidi)
	case missing(plain):
		return Figure{}, refuseNumber(NumberEmpty)
	}
	if code := wording(plain); code != "" {
		return Figure{}, refuseNumber(code)
	}
	body, bound := strip(plain)
	body, signed := cutEnd(body, []string{"%"})
	if body, more := cutEnd(body, moreWords); more {
		return rate(body, signed, Lower)
	}
	return rate(body, signed, bound)
}

func rate(body string, signed bool, bound Bound) (Figure, error) {
	t, rest, err := readArabic([]rune(strings.ReplaceAll(body, " ", "")))
	switch {
	case err != nil:
		return Figure{}, err
	case len(rest) > 0 || body == "" || !isDigit(rune(body[0])):
		return Figure{}, refuseNumber(NumberUnreadable)
	}
	finer := ""
	if more := t.frac - 2; more > 0 {
		t.digits, finer, t.frac = t.digits[:len(t.digits)-more], t.digits[len(t.digits)-more:], 2
	}
	value, step, err := t.amount(2)
	switch {
	case err != nil:
		return Figure{}, err
	case value > fullRate || value == fullRate && !allZero(finer):
		return Figure{}, refuseNumber(NumberOverFull)
	case !signed && value <= fullRate/100 && !allZero(body):
		return Figure{}, refuseNumber(NumberShare)
	}
	return Figure{Value: value, Step: step, Bound: bound}, nil
}

func allZero(body string) bool { return strings.Trim(body, "0.,") == "" }

// ParseMetric reads a figure as its metric is written: a count, a rate in percent or money, then with its currency if the
// text names one.
func ParseMetric(metric, text string) (f Figure, currency string, err error) {
	switch UnitOf(metric) {
	case UnitMoney:
		return ParseMoney(text)
	case UnitRate:
		f, err = ParseRate(text)
	default:
		f, err = ParseFigure(text)
	}
	return f, "", err
}
