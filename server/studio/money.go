package studio

import (
	"cmp"
	"errors"
	"strings"

	"chouka/server/studio/tally"
)

// usualCurrency is that of money which names none.
const usualCurrency = "CNY"

// currencyCode is an ISO 4217 code in capitals, the usual one where none is given.
func currencyCode(in string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(in))
	if code == "" {
		return usualCurrency, nil
	}
	if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", wrong("currency", "币种请写三个字母的代码，例如 CNY、USD", "write the currency as a code of three letters, such as CNY or USD")
	}
	return code, nil
}

// readAmount reads money as people write it: the figure in 1/10,000 of the unit, and the currency that the text names, or
// the one given.
func readAmount(text, currency string) (Money, error) {
	code, err := currencyCode(currency)
	if err != nil {
		return Money{}, err
	}
	clean, err := line("text", text)
	if err != nil {
		return Money{}, err
	}
	f, named, err := tally.ParseMoney(clean)
	var n *tally.NumberError
	if errors.As(err, &n) {
		t := numberText(n.Code)
		return Money{}, wrong("text", t.ZH, t.EN)
	}
	return Money{Amount: f.Value, Currency: cmp.Or(named, code)}, err
}
