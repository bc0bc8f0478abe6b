package genmeta

import (
	"regexp"
	"strings"
)

var decimalText = regexp.MustCompile(`^\d{1,15}(\.\d{1,9})?$`)

// cost keeps what the answer says a task took, when it is a plain decimal; zero is a price too.
func (k *taskReader) cost(path, unit string) {
	k.price(k.a.text(strings.Split(path, ".")...), unit)
}

func (k *taskReader) price(amount, unit string) {
	if k.t.Cost.Amount == "" && decimalText.MatchString(amount) {
		k.t.Cost = Cost{Amount: amount, Unit: unit}
	}
}

// id keeps the task's own number in the service's books.
func (k *taskReader) id(paths ...string) { k.t.ID = short(firstText(k.a, paths...)) }

// done tells whether the answer is final.
func (k *taskReader) done() bool {
	switch k.t.Status {
	case TaskSucceeded, TaskFailed, TaskRefused, TaskCancelled:
		return true
	}
	return false
}

// roleOf maps the services' words for what a picture is for.
func roleOf(word, otherwise string) string {
	word = strings.ToLower(word)
	switch {
	case word == "first" || strings.Contains(word, "first_frame") || word == "start_frame":
		return "first"
	case word == "last" || strings.Contains(word, "last_frame") || strings.Contains(word, "end_frame") || strings.Contains(word, "tail"):
		return "last"
	case strings.Contains(word, "subject") || strings.Contains(word, "character"):
		return "subject"
	case strings.Contains(word, "audio") || strings.Contains(word, "voice"):
		return "audio"
	case strings.Contains(word, "video") || strings.Contains(word, "clip"):
		return "video"
	case strings.Contains(word, "camera"):
		return "camera"
	case strings.Contains(word, "reference") || strings.Contains(word, "image"):
		return "reference"
	}
	return otherwise
}

func firstOfText(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
