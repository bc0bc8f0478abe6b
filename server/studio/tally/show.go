package tally

import (
	"strconv"
	"strings"
)

// Show writes a figure for reading, cut to one decimal and never rounded up
// (product.md "Readings and milestones"): zh gives 9999.9万 and 2.1亿, any other
// language 99.9M and 1.2K. Below 1万, or 1,000, every digit is shown.
func Show(v int64, lang string) string {
	size, sign := uint64(v), ""
	if v < 0 {
		size, sign = -size, "-"
	}
	if lang == "zh" || strings.HasPrefix(lang, "zh-") {
		switch {
		case size >= 100_000_000:
			return sign + cut(size, 100_000_000) + "亿"
		case size >= 10_000:
			return sign + cut(size, 10_000) + "万"
		}
		return sign + strconv.FormatUint(size, 10)
	}
	switch {
	case size >= 1_000_000_000:
		return sign + cut(size, 1_000_000_000) + "B"
	case size >= 1_000_000:
		return sign + cut(size, 1_000_000) + "M"
	case size >= 1_000:
		return sign + cut(size, 1_000) + "K"
	}
	return sign + strconv.FormatUint(size, 10)
}

// cut divides by unit, keeps one decimal and leaves out a zero there.
func cut(size, unit uint64) string {
	whole := strconv.FormatUint(size/unit, 10)
	tenth := size % unit / (unit / 10)
	if tenth == 0 {
		return whole
	}
	return whole + "." + strconv.FormatUint(tenth, 10)
}
