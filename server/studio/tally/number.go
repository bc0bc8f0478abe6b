package tally

// Bound says how a printed figure stands to the true count.
type Bound string

// The two bounds of R7.
const (
	// Exact is a figure printed as it is, rounded or cut to its last digit.
	Exact Bound = "exact"
	// Lower is a figure that the true count is at or above: 破亿, 超2亿, 10w+.
	Lower Bound = "lower"
)

// Largest is the greatest figure that can be read, 10^15.
const Largest int64 = 1_000_000_000_000_000

// Figure is one printed number (product.md R7): its value in single units and
// the size of its last printed digit, so 2.1亿 is 210,000,000 with step 10,000,000.
type Figure struct {
	Value int64 `json:"value"`
	Step  int64 `json:"step"`
	Bound Bound `json:"bound"`
}

// ParseFigure reads a number word of domain-api-security.md §3.2: digits and commas
// of either width, Chinese and Latin units, falling compounds, Chinese numerals, a
// lower-bound prefix or plus, a trailing 次 or 播放. Errors are *NumberError.
func ParseFigure(text string) (Figure, error) {
	if len(text) > longestText {
		return Figure{}, refuseNumber(NumberUnreadable)
	}
	plain, bidi := fold(text)
	if bidi {
		return Figure{}, refuseNumber(NumberBidi)
	}
	if missing(plain) {
		return Figure{}, refuseNumber(NumberEmpty)
	}
	if code := wording(plain); code != "" {
		return Figure{}, refuseNumber(code)
	}
	body, bound := strip(plain)
	value, step, err := readTerms([]rune(joinBlanks(body)), bound == Lower, 0)
	if err != nil {
		return Figure{}, err
	}
	return Figure{Value: value, Step: step, Bound: bound}, nil
}

func refuseNumber(code string) error {
	return &NumberError{Code: code}
}
