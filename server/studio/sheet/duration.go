package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"chouka/server/studio/charset"
)

var (
	plainSeconds = regexp.MustCompile(`^([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(?:s|sec|secs|seconds?|秒钟?|"|''|”)?$`)
	minutes      = regexp.MustCompile(`^([0-9]{1,4})\s*(?:m|min|分钟?|')\s*(?:([0-9]{1,2}(?:\.[0-9]{1,3})?)\s*(?:s|sec|秒钟?|"|'')?)?$`)
	clockSeconds = regexp.MustCompile(`^(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{1,2}(?:\.[0-9]{1,3})?)$`)
)

// Milliseconds reads a length as sheets write it: 3, 4s, 3.5秒, 2", 00:03; also 1分20秒 and 三秒.
func Milliseconds(cell string) (int64, bool) {
	s := strings.NewReplacer("″", `"`, "〃", `"`, "＂", `"`, "“", `"`, "”", `"`, "′", "'", "’", "'").Replace(cell)
	s = strings.ToLower(charset.Fold(s))
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "约"), "≈"))
	if len(s) > 40 {
		return 0, false
	}
	if m := plainSeconds.FindStringSubmatch(s); m != nil {
		return sum("0", "0", m[1])
	}
	if m := clockSeconds.FindStringSubmatch(s); m != nil {
		return sum(m[1], m[2], m[3])
	}
	if m := minutes.FindStringSubmatch(s); m != nil {
		return sum("0", m[1], m[2])
	}
	if word, ok := strings.CutSuffix(strings.TrimSuffix(s, "钟"), "秒"); ok {
		n, ok := charset.Numeral(word)
		return int64(n) * 1000, ok
	}
	return 0, false
}

// sum adds hours, minutes and seconds up; a day is the most a shot can be planned to last.
func sum(h, m, s string) (int64, bool) {
	total := 0.0
	for _, part := range []string{h, m, s} {
		n := 0.0
		if part != "" {
			var err error
			if n, err = strconv.ParseFloat(part, 64); err != nil {
				return 0, false
			}
		}
		total = total*60 + n
	}
	return int64(math.Round(total * 1000)), total <= 24*60*60
}

// Seconds writes a length so that Milliseconds reads it again: 3.5; nothing for none.
func Seconds(ms int64) string {
	if ms == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64)
}
