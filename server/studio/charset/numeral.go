package charset

import "strconv"

// Numeral reads a whole number from 0 to 9999 as people write it: 12, １２, 十二, 廿一, 一百零三, 二〇, 壹佰.
// Anything else, also a number with other words around it, is refused.
func Numeral(s string) (int, bool) {
	s = Fold(s)
	if s == "" || len(s) > 64 {
		return 0, false
	}
	if n, ok := arabic(s); ok {
		return n, true
	}
	runes := []rune(s)
	if n, ok := positional(runes); ok {
		return n, true
	}
	return spoken(runes)
}

func arabic(s string) (int, bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n <= 9999
}

// positional reads digits side by side: 二〇, 一〇三.
func positional(runes []rune) (int, bool) {
	n := 0
	for _, r := range runes {
		d := Digit(r)
		if d < 0 {
			return 0, false
		}
		if n = n*10 + d; n > 9999 {
			return 0, false
		}
	}
	return n, true
}

// spoken reads digits with units: 一千零二十, 十五, 廿一; a last digit right after 百 or 千 counts the next lower
// unit, as in 一百三 for 130.
func spoken(runes []rune) (int, bool) {
	total, last, pending, zero := 0, 10000, -1, false
	for i, r := range runes {
		if d := Digit(r); d >= 0 {
			if pending > 0 || zero && d == 0 || i == 0 && d == 0 {
				return 0, false
			}
			pending, zero = d, d == 0
			continue
		}
		unit, times := unitOf(r)
		if unit == 0 || unit >= last || times > 1 && pending > 0 {
			return 0, false
		}
		if pending <= 0 {
			if unit != 10 {
				return 0, false
			}
			pending = times
		}
		total, last, pending, zero = total+pending*unit, unit, -1, false
	}
	if pending == 0 {
		return 0, false
	}
	if pending > 0 {
		if last >= 100 && last < 10000 && !zeroBeforeLast(runes) {
			pending *= last / 10
		}
		total += pending
	}
	return total, true
}

// zeroBeforeLast tells 一百零三 from 一百三.
func zeroBeforeLast(runes []rune) bool {
	return len(runes) >= 2 && Digit(runes[len(runes)-2]) == 0
}

// Digit reads one Chinese digit, also in its banker's form; -1 for anything else.
func Digit(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '两', '贰', '兩':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

func unitOf(r rune) (unit, times int) {
	switch r {
	case '十', '拾':
		return 10, 1
	case '廿':
		return 10, 2
	case '卅':
		return 10, 3
	case '百', '佰':
		return 100, 1
	case '千', '仟':
		return 1000, 1
	}
	return 0, 0
}
