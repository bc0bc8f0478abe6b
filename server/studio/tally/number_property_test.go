package tally_test

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"chouka/server/studio/tally"

	"pgregory.net/rapid"
)

// widen writes some runes in full width, which means the same.
func widen(t *rapid.T, text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && rapid.Bool().Draw(t, "wide") {
			return r + '！' - '!'
		}
		return r
	}, text)
}

func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func TestOneTermReadsAsRationalArithmeticDoes(t *testing.T) {
	zeros := map[string]int{"": 0, "k": 3, "K": 3, "千": 3, "w": 4, "万": 4, "萬": 4, "百万": 6, "m": 6, "千万": 7, "亿": 8, "億": 8, "B": 9, "万亿": 12}
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"", "k", "K", "千", "w", "万", "萬", "百万", "m", "千万", "亿", "億", "B", "万亿"}).Draw(t, "unit")
		whole := strconv.FormatInt(rapid.Int64Range(0, 2e15).Draw(t, "whole"), 10)
		part := rapid.StringMatching(`[0-9]{0,9}`).Draw(t, "part")
		plain := whole
		if part != "" {
			plain += "." + part
		}
		value, _ := new(big.Rat).SetString(plain)
		value.Mul(value, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros[unit])), nil)))
		written := plain
		if rapid.Bool().Draw(t, "grouped") {
			written = strings.Replace(plain, whole, group(whole), 1)
		}
		got, err := tally.ParseFigure(widen(t, written+unit))
		var refused *tally.NumberError
		switch {
		case !value.IsInt():
			if !errors.As(err, &refused) || refused.Code != tally.NumberFraction {
				t.Fatalf("%s%s: got %+v, %v, want a fraction refused", written, unit, got, err)
			}
		case value.Cmp(new(big.Rat).SetInt64(tally.Largest)) > 0:
			if !errors.As(err, &refused) || refused.Code != tally.NumberTooLarge {
				t.Fatalf("%s%s: got %+v, %v, want too large", written, unit, got, err)
			}
		case err != nil || new(big.Rat).SetInt64(got.Value).Cmp(value) != 0:
			t.Fatalf("%s%s: got %+v, %v, want %s", written, unit, got, err, value)
		}
	})
}

func TestFallingCompoundIsTheSumOfItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(1, tally.Largest).Draw(t, "value")
		written := ""
		if n := v / 1e8; n > 0 {
			written += strconv.FormatInt(n, 10) + "亿"
		}
		if n := v % 1e8 / 1e4; n > 0 {
			written += strconv.FormatInt(n, 10) + "万"
		}
		rest := v % 1e4
		if n := rest / 1000; n > 0 {
			written += strconv.FormatInt(n, 10) + "千"
		}
		want := v - rest%1000
		if want == 0 {
			t.Skip("nothing to write")
		}
		got, err := tally.ParseFigure(written)
		if err != nil || got.Value != want || got.Bound != tally.Exact {
			t.Fatalf("%s: got %+v, %v, want %d", written, got, err, want)
		}
	})
}

func checkShown(t interface{ Fatalf(string, ...any) }, v int64) {
	for _, lang := range []string{"zh", "en"} {
		shown := tally.Show(v, lang)
		got, err := tally.ParseFigure(shown)
		if err != nil {
			t.Fatalf("show %d: %q does not read: %v", v, shown, err)
		}
		if got.Value > v || v-got.Value >= got.Step {
			t.Fatalf("show %d: %q reads as %+v", v, shown, got)
		}
	}
}

func TestWhatIsShownReadsBackWithinOneLastDigitAndNeverAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.IntRange(1, 16).Draw(t, "digits")
		most := int64(1)
		for range digits - 1 {
			most *= 10
		}
		checkShown(t, rapid.Int64Range(0, most).Draw(t, "value"))
	})
}

func FuzzShow(f *testing.F) {
	for _, v := range []int64{0, 999, 1000, 9999, 10000, 99_999_500, 99_999_999, 100_000_000, 210_000_000, tally.Largest} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v int64) {
		if v < 0 || v > tally.Largest {
			if tally.Show(v, "zh") == "" || tally.Show(v, "en") == "" {
				t.Fatalf("%d shows as nothing", v)
			}
			return
		}
		checkShown(t, v)
	})
}

func FuzzParseFigure(f *testing.F) {
	for _, s := range append(exactSpellings(), lowerSpellings()...) {
		f.Add(s.text)
	}
	for _, texts := range refusedSpellings() {
		for _, text := range texts {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := tally.ParseFigure(text)
		var refused *tally.NumberError
		switch {
		case err == nil:
			if got.Value < 0 || got.Value > tally.Largest || got.Step < 1 || got.Bound != tally.Exact && got.Bound != tally.Lower {
				t.Fatalf("%q reads as %+v", text, got)
			}
		case !errors.As(err, &refused) || refused.Code == "" || got != (tally.Figure{}):
			t.Fatalf("%q is refused with %+v, %v", text, got, err)
		}
	})
}
