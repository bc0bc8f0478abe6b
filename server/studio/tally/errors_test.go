package tally_test

import (
	"errors"
	"strings"
	"testing"

	"chouka/server/studio/tally"
)

func TestErrorsHaveAReasonEachAndNeverRepeatTheText(t *testing.T) {
	reasons := make(map[string]string)
	check := func(code, text string, err error) {
		if err == nil {
			t.Fatalf("%q is accepted", text)
		}
		if len(text) > 3 && strings.Contains(err.Error(), text) {
			t.Errorf("%q stands in its own error: %v", text, err)
		}
		if other, ok := reasons[err.Error()]; ok && other != code {
			t.Errorf("codes %s and %s say the same: %v", code, other, err)
		}
		reasons[err.Error()] = code
	}
	for code, texts := range refusedSpellings() {
		_, err := tally.ParseFigure(texts[0])
		check("number "+code, texts[0], err)
	}
	for code, texts := range refusedAmounts() {
		_, _, err := tally.ParseMoney(texts[0])
		check("number "+code, texts[0], err)
	}
	for text, code := range map[string]string{"0.345": tally.NumberShare, "345%": tally.NumberOverFull} {
		_, err := tally.ParseRate(text)
		check("number "+code, text, err)
	}
	for code, texts := range refusedDates() {
		_, err := tally.ParseInstant(texts[0], shanghai())
		check("date "+code, texts[0], err)
	}
}

func TestLongTextIsRefusedUnread(t *testing.T) {
	long := strings.Repeat("1", 5<<20)
	var number *tally.NumberError
	if _, err := tally.ParseFigure(long); !errors.As(err, &number) || number.Code != tally.NumberUnreadable {
		t.Errorf("number: got %v", err)
	}
	if _, _, err := tally.ParseMoney(long); !errors.As(err, &number) || number.Code != tally.NumberUnreadable {
		t.Errorf("money: got %v", err)
	}
	if _, err := tally.ParseRate(long); !errors.As(err, &number) || number.Code != tally.NumberUnreadable {
		t.Errorf("rate: got %v", err)
	}
	var date *tally.DateError
	if _, err := tally.ParseInstant(long, shanghai()); !errors.As(err, &date) || date.Code != tally.DateUnreadable {
		t.Errorf("date: got %v", err)
	}
}
