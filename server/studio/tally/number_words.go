package tally

import "strings"

var vagueWords = []string{
	"约", "近", "左右", "上下", "上", "下", "几", "多", "余", "数", "来", "许", "将", "未", "没", "不",
	"至", "到", "或", "级", "可能", "预计", "估", "~", "≈", "±", "?", "about", "approx", "around", "nearly", "almost",
}

// lowerWords are tried in this order, the longer before its own beginning.
var lowerWords = []string{"突破", "超过", "破", "超", "逾", "过"}

var countWords = []string{"次播放", "播放", "次"}

const atLeast = "以上"

var moreWords = []string{"+", atLeast}

func missing(plain string) bool {
	switch plain {
	case "", "-", "--", "---", "暂无", "n/a":
		return true
	}
	return false
}

// wording refuses what no unit arithmetic can settle: exponents, vague words, ranges and signs.
func wording(plain string) string {
	if exponent(plain) {
		return NumberExponent
	}
	open := strings.TrimSuffix(strings.TrimSuffix(plain, "+"), atLeast)
	for _, w := range vagueWords {
		if strings.Contains(open, w) {
			return NumberVague
		}
	}
	if strings.HasPrefix(plain, "+") {
		return NumberSign
	}
	if before, after, found := strings.Cut(plain, "-"); found {
		if strings.ContainsAny(before, "0123456789亿万") && strings.ContainsAny(after, "0123456789") {
			return NumberVague
		}
		return NumberSign
	}
	return ""
}

func exponent(plain string) bool {
	if strings.ContainsRune(plain, '^') {
		return true
	}
	for i := 1; i+1 < len(plain); i++ {
		before, after := rune(plain[i-1]), rune(plain[i+1])
		if plain[i] == 'e' && (isDigit(before) || before == '.') && (isDigit(after) || after == '+' || after == '-') {
			return true
		}
	}
	return false
}

// strip takes off what stands around the number itself and says which bound it makes.
func strip(plain string) (string, Bound) {
	body, bound := plain, Exact
	for _, w := range lowerWords {
		if rest, ok := strings.CutPrefix(body, w); ok {
			body, bound = rest, Lower
			break
		}
	}
	body, counted := cutEnd(body, countWords)
	body, more := cutEnd(body, moreWords)
	if more {
		bound = Lower
	}
	if more && !counted {
		body, _ = cutEnd(body, countWords)
	}
	return strings.TrimSpace(body), bound
}

func cutEnd(body string, ends []string) (rest string, found bool) {
	for _, w := range ends {
		if cut, ok := strings.CutSuffix(body, w); ok {
			return strings.TrimSpace(cut), true
		}
	}
	return body, false
}

// joinBlanks drops blanks, but keeps one between two digits as a grouping comma:
// 1 234 567 is grouped in threes, 12 34 is not a number.
func joinBlanks(body string) string {
	var out []rune
	blank := false
	for _, r := range body {
		if r == ' ' {
			blank = true
			continue
		}
		if blank && isDigit(r) && len(out) > 0 && isDigit(out[len(out)-1]) {
			out = append(out, ',')
		}
		blank = false
		out = append(out, r)
	}
	return string(out)
}
