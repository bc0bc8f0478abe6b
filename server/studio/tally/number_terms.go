package tally

import (
	"strconv"
	"strings"
)

// term is one mantissa with its unit: digits × 10^(pow-frac). weight is the power
// of ten of the last printed digit of a Chinese numeral, 0 for Arabic digits.
type term struct {
	digits  string
	frac    int
	pow     int
	weight  int
	unit    bool
	chinese bool
	bare    bool
}

// units lists the longer spelling before its own beginning.
var units = []struct {
	word string
	pow  int
}{
	{"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"万", 4}, {"千", 3}, {"百", 2},
	{"b", 9}, {"m", 6}, {"w", 4}, {"k", 3},
}

// readTerms adds up a compound with falling units, and gives the size of the last
// printed digit. bare allows a unit without a number, as in 破亿; places are the decimals of a single unit that count.
func readTerms(text []rune, bare bool, places int) (value, step int64, err error) {
	prev := 0
	for first := true; first || len(text) > 0; first = false {
		t, rest, err := readTerm(text)
		if err != nil {
			return 0, 0, err
		}
		last := len(rest) == 0
		if t.bare && !(bare && first && last) {
			return 0, 0, refuseNumber(NumberUnreadable)
		}
		if !first {
			if err := follows(t, prev); err != nil {
				return 0, 0, err
			}
		}
		if !last && (!t.unit || t.frac > 0) {
			return 0, 0, refuseNumber(NumberUnreadable)
		}
		amount, size, err := t.amount(places)
		if err != nil {
			return 0, 0, err
		}
		if !first && amount >= power(prev+places) {
			return 0, 0, refuseNumber(NumberRising)
		}
		value, step, prev, text = value+amount, size, t.pow, rest
	}
	if value > Largest {
		return 0, 0, refuseNumber(NumberTooLarge)
	}
	return value, step, nil
}

// follows tells whether t may stand after a unit of 10^prev. A tail without a unit
// must fill all its places, since 1万5 is said for 15,000.
func follows(t term, prev int) error {
	switch {
	case t.unit && t.pow >= prev:
		return refuseNumber(NumberRising)
	case t.unit:
		return nil
	case t.frac > 0, t.chinese && strings.Trim(t.digits, "0") == "":
		return refuseNumber(NumberUnreadable)
	case t.chinese && (t.weight > 0 || len(t.digits) > 1 || t.digits[0] == '0'):
		return nil
	case !t.chinese && len(t.digits) == prev:
		return nil
	case !t.chinese && len(t.digits) > prev:
		return refuseNumber(NumberRising)
	}
	return refuseNumber(NumberVague)
}

func readTerm(text []rune) (t term, rest []rune, err error) {
	if len(text) == 0 {
		return term{}, nil, refuseNumber(NumberUnreadable)
	}
	switch r := text[0]; {
	case isDigit(r) || r == ',':
		t, rest, err = readArabic(text)
	case startsChinese(r):
		t, rest, err = readChinese(text)
	default:
		t, rest = term{digits: "1", bare: true}, text
		if r < 0x80 {
			return term{}, nil, refuseNumber(NumberUnreadable)
		}
	}
	if err != nil {
		return term{}, nil, err
	}
	t.pow, t.unit, rest = readUnit(rest)
	if t.bare && !t.unit {
		return term{}, nil, refuseNumber(NumberUnreadable)
	}
	return t, rest, nil
}

func readUnit(text []rune) (pow int, found bool, rest []rune) {
	for _, u := range units {
		word := []rune(u.word)
		if len(text) >= len(word) && string(text[:len(word)]) == u.word {
			return u.pow, true, text[len(word):]
		}
	}
	return 0, false, text
}

// readArabic reads digits, grouped in threes or not at all, and a decimal part.
func readArabic(text []rune) (term, []rune, error) {
	whole, rest := digitsAndCommas(text)
	if !grouped(whole) {
		return term{}, nil, refuseNumber(NumberGrouping)
	}
	t := term{digits: strings.ReplaceAll(whole, ",", "")}
	if len(rest) == 0 || rest[0] != '.' {
		return t, rest, nil
	}
	part, rest := digitsAndCommas(rest[1:])
	if strings.ContainsRune(part, ',') {
		return term{}, nil, refuseNumber(NumberGrouping)
	}
	if part == "" {
		return term{}, nil, refuseNumber(NumberUnreadable)
	}
	t.digits, t.frac = t.digits+part, len(part)
	return t, rest, nil
}

func digitsAndCommas(text []rune) (string, []rune) {
	n := 0
	for n < len(text) && (isDigit(text[n]) || text[n] == ',') {
		n++
	}
	return string(text[:n]), text[n:]
}

func grouped(whole string) bool {
	groups := strings.Split(whole, ",")
	if len(groups) == 1 {
		return true
	}
	if n := len(groups[0]); n < 1 || n > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}

// amount works a term out by moving the decimal point, in single units or in parts of one after places decimals; zeros
// behind the last of them, as in 12345.0, are no fraction.
func (t term) amount(places int) (value, step int64, err error) {
	digits, shift := t.digits, t.pow-t.frac+places
	if shift < 0 {
		cut := len(digits) + shift
		if strings.Trim(digits[cut:], "0") != "" {
			if places > 0 {
				return 0, 0, refuseNumber(NumberDecimals)
			}
			return 0, 0, refuseNumber(NumberFraction)
		}
		digits, shift = digits[:cut], 0
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return 0, power(shift + t.weight), nil
	}
	if len(digits)+shift > 16 {
		return 0, 0, refuseNumber(NumberTooLarge)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, 0, refuseNumber(NumberUnreadable)
	}
	return n * power(shift), power(shift + t.weight), nil
}

// power gives 10^n for the small n of units; 10^18 is the most an int64 holds.
func power(n int) int64 {
	p := int64(1)
	for range min(n, 18) {
		p *= 10
	}
	return p
}
