package tally

import "fmt"

// The codes of a NumberError. NumberEmpty means that nothing was given (empty,
// -, 暂无, N/A); the others refuse a text that stands for no one figure.
const (
	NumberEmpty      = "empty"
	NumberGrouping   = "grouping"
	NumberRising     = "rising_units"
	NumberSign       = "sign"
	NumberExponent   = "exponent"
	NumberVague      = "vague"
	NumberBidi       = "bidi"
	NumberFraction   = "fraction"
	NumberTooLarge   = "too_large"
	NumberUnreadable = "unreadable"
	// Of money and rates.
	NumberCurrency = "currencies"
	NumberDecimals = "decimals"
	NumberOverFull = "over_full"
	NumberShare    = "share"
)

// NumberError tells why a text is not a figure. It carries one of the Number
// codes and never the text itself, so it may be shown and logged.
type NumberError struct {
	Code string
}

// Error says what was tried and what stood in the way.
func (e *NumberError) Error() string {
	return fmt.Sprintf("read number: %s", numberReason(e.Code))
}

func numberReason(code string) string {
	switch code {
	case NumberEmpty:
		return "no figure given"
	case NumberGrouping:
		return "digits are not grouped in threes"
	case NumberRising:
		return "units do not fall from left to right"
	case NumberSign:
		return "a sign before or after a figure"
	case NumberExponent:
		return "exponents are not read"
	case NumberVague:
		return "the wording leaves the figure open"
	case NumberBidi:
		return "hidden direction marks in the text"
	case NumberFraction:
		return "a fraction of a single unit"
	case NumberTooLarge:
		return "larger than 10^15"
	case NumberCurrency:
		return "two currencies beside one amount"
	case NumberDecimals:
		return "more than four decimals of money"
	case NumberOverFull:
		return "more than 100 percent"
	case NumberShare:
		return "a share without its percent sign may be of 1 or of 100"
	}
	return "not a number"
}
