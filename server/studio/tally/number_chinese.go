package tally

import (
	"strconv"
	"strings"
)

const chineseDigits = "零一二三四五六七八九"

func chineseDigit(r rune) (int, bool) {
	if r == '两' {
		return 2, true
	}
	if i := strings.IndexRune(chineseDigits, r); i >= 0 {
		return i / len("零"), true
	}
	return 0, false
}

// chinesePower gives the power of ten of a place word inside a group of four.
func chinesePower(r rune) int {
	switch r {
	case '十':
		return 1
	case '百':
		return 2
	case '千':
		return 3
	}
	return 0
}

func startsChinese(r rune) bool {
	_, digit := chineseDigit(r)
	return digit || r == '十'
}

// section is a Chinese numeral below ten thousand being read, with the power of
// the last place word and whether a 零 stood after it.
type section struct {
	value, weight, place int
	zero                 bool
}

// readChinese reads a numeral below ten thousand (三千五百, 十二, 一千零五十) and an
// optional decimal part (两点一); the unit behind it is the caller's.
func readChinese(text []rune) (term, []rune, error) {
	s := section{place: 4}
	n := 0
	for n < len(text) && s.place > 0 {
		used, err := s.take(text[n:])
		if err != nil {
			return term{}, nil, err
		}
		if used == 0 {
			break
		}
		n += used
	}
	if s.zero && s.value > 0 {
		return term{}, nil, refuseNumber(NumberUnreadable)
	}
	t := term{digits: strconv.Itoa(s.value), weight: s.weight, chinese: true}
	if text[0] == '零' {
		t.digits = "0" + t.digits
	}
	if n < len(text) && text[n] == '点' {
		return t.chineseFraction(text[n+1:])
	}
	return t, text[n:], nil
}

// take reads one digit with its place word, or a 零, and says how many runes it used.
func (s *section) take(text []rune) (int, error) {
	digit, ok := chineseDigit(text[0])
	used := 1
	switch {
	case ok && digit == 0:
		if s.zero {
			return 0, refuseNumber(NumberUnreadable)
		}
		s.zero = true
		return 1, nil
	case text[0] == '十' && s.value == 0:
		digit, used = 1, 0
	case !ok:
		return 0, nil
	}
	place := 0
	if used < len(text) {
		place = chinesePower(text[used])
	}
	if place > 0 {
		used++
	}
	if place >= s.place {
		return 0, refuseNumber(NumberRising)
	}
	if place == 0 && (s.place == 2 || s.place == 3) && !s.zero {
		return 0, refuseNumber(NumberVague)
	}
	s.value += digit * int(power(place))
	s.weight, s.place, s.zero = place, place, false
	return used, nil
}

func (t term) chineseFraction(text []rune) (term, []rune, error) {
	n := 0
	for n < len(text) {
		d, ok := chineseDigit(text[n])
		if !ok {
			break
		}
		t.digits += strconv.Itoa(d)
		n++
	}
	if n == 0 {
		return term{}, nil, refuseNumber(NumberUnreadable)
	}
	t.frac, t.weight = n, 0
	return t, text[n:], nil
}
