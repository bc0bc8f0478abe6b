package genmeta

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	// labelLine is "label: value" with a colon of either width, the label being short.
	labelLine = regexp.MustCompile(`^\s*([^:：]{1,40}?)\s*\*{0,2}[:：]\s*\*{0,2}\s*(.*)$`)
	// labelNext finds a further label on a line of settings.
	labelNext    = regexp.MustCompile(`[\s,，;；|｜、]+([^\s:：,，;；|｜、]{1,20}(?: [A-Za-z]{1,12}){0,2})\s*[:：]`)
	ratioText    = regexp.MustCompile(`^(\d{1,3})\s*[:：]\s*(\d{1,3})(?:\D|$)`)
	durationText = regexp.MustCompile(`(?i)^(\d{1,5}(?:\.\d{1,3})?)\s*(?:s|sec|secs|second|seconds|秒|秒钟)?$`)
	clockText    = regexp.MustCompile(`^(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)$`)
	taskText     = regexp.MustCompile(`^[0-9A-Za-z_.:-]{3,128}$`)
	linesText    = regexp.MustCompile(`(?i)^(\d{3,4}p|[248]k)$`)
)

// labelled is one labelled value of a text.
type labelled struct {
	label
	value string
}

// labelledText is a text divided into labelled values and lines without a label.
type labelledText struct {
	pairs []labelled
	loose []string
	above bool // loose lines stand above the first label
}

// readLabelled reads a text of labelled lines, as people copy them from the page of a service; false means that the text
// is none. It takes the label of a prompt, or two numbers that fit their labels, to prove it.
func readLabelled(r *Result, source, body string) bool {
	const most = 2000
	lines := strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
	if len(lines) > most {
		return false
	}
	t := divideLabels(lines, false)
	if words, hard := t.proof(); words == 0 && hard < 2 {
		t = divideLabels(lines, true)
		if words, _ := t.proof(); words == 0 || len(t.pairs) < 2 || t.above {
			return false
		}
	}
	st := statement{r: r, source: source}
	for _, p := range t.pairs {
		st.labelled(p)
	}
	if _, held := r.Fields[Prompt]; !held {
		prose, flags := splitFlags(strings.Join(t.loose, "\n"))
		r.set(Prompt, prose, source, Guess)
		st.flags(flags, Guess)
	}
	return true
}

// proof counts labelled prompts and numbers.
func (t *labelledText) proof() (words, hard int) {
	for _, p := range t.pairs {
		switch {
		case p.field == Prompt && p.value != "":
			words++
		case p.weight == hardLabel:
			hard++
		}
	}
	return words, hard
}

// divideLabels goes through the lines. A prompt runs on over the lines below it; so does a label whose line holds nothing
// else. With alone, a label fills its line and needs no colon.
func divideLabels(lines []string, alone bool) labelledText {
	var t labelledText
	for _, line := range lines {
		if found := labelsOf(line, alone); len(found) > 0 {
			t.above = t.above || len(t.pairs) == 0 && len(t.loose) > 0
			t.pairs = append(t.pairs, found...)
			continue
		}
		t.goOn(line)
	}
	for i := range t.pairs {
		t.pairs[i].value = strings.TrimSpace(t.pairs[i].value)
	}
	t.pairs = slices.DeleteFunc(t.pairs, func(p labelled) bool { return !p.fits() })
	return t
}

// goOn adds a line without a label to what it belongs to.
func (t *labelledText) goOn(line string) {
	bare := strings.TrimSpace(line)
	if len(t.pairs) > 0 {
		switch open := &t.pairs[len(t.pairs)-1]; {
		case open.weight == wordLabel:
			open.value += "\n" + line
			return
		case open.value == "":
			open.value = bare
			return
		}
	}
	if bare != "" && (len(t.pairs) == 0 || !t.above) {
		t.loose = append(t.loose, line)
	}
}

// labelsOf gives the labelled values of one line, several where settings stand side by side.
func labelsOf(line string, alone bool) []labelled {
	const longest = 2000
	if alone {
		if l, ok := labelOf(strings.TrimRight(strings.TrimSpace(line), ":：")); ok && len(line) < 60 {
			return []labelled{{label: l}}
		}
		return nil
	}
	m := labelLine.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	l, ok := labelOf(m[1])
	if !ok {
		return nil
	}
	p := labelled{label: l, value: strings.TrimSpace(m[2])}
	var rest []labelled
	if l.weight != wordLabel && len(line) <= longest {
		for _, at := range labelNext.FindAllStringSubmatchIndex(p.value, 50) {
			if next, ok := labelOf(p.value[at[2]:at[3]]); ok && next.weight != wordLabel {
				rest = labelsOf(p.value[at[2]:], false)
				p.value = strings.TrimSpace(p.value[:at[0]])
				break
			}
		}
	}
	if p.value != "" && !p.fits() {
		return nil
	}
	return append([]labelled{p}, rest...)
}

// fits tells whether a number fits its label; words and names always do, within reason.
func (p labelled) fits() bool {
	switch {
	case p.weight == wordLabel:
		return true
	case p.weight == softLabel:
		return p.value != "" && len(p.value) <= 200
	}
	switch p.field {
	case sizeField:
		return sizePair.MatchString(pixels(p.value)) || linesText.MatchString(p.value) || ratioText.MatchString(p.value)
	case Width, Height:
		return pixelCount.MatchString(pixels(p.value))
	case Ratio:
		return ratioText.MatchString(p.value)
	case Duration:
		return seconds(p.value) != ""
	case TaskID:
		return taskText.MatchString(p.value)
	case Seed:
		return p.value == "-1" || fieldFits(Seed, p.value)
	}
	return fieldFits(p.field, p.value)
}

// labelled states one labelled value.
func (s statement) labelled(p labelled) {
	switch p.field {
	case "":
		s.r.param(p.param, p.value)
	case Prompt:
		prose, flags := splitFlags(p.value)
		s.prose(prose, flags, Guess)
	case sizeField:
		s.frame(p.value)
	case Width, Height:
		s.state(p.field, p.field, pixels(p.value), Exact)
	case Ratio:
		s.frame(p.value)
	case Duration:
		s.state(Duration, p.field, seconds(p.value), Exact)
	default:
		s.state(p.field, p.field, p.value, Exact)
	}
}

// frame states a size, a ratio, or the lines of a resolution such as 1080p.
func (s statement) frame(value string) {
	if m := ratioText.FindStringSubmatch(value); m != nil {
		s.state(Ratio, "ratio", m[1]+":"+m[2], Exact)
		return
	}
	s.size("resolution", pixels(value))
}

func pixels(value string) string {
	return strings.TrimSpace(strings.NewReplacer("px", "", "PX", "", "像素", "").Replace(value))
}

// seconds reads "5", "5s", "5 秒" and "0:05" as a number of seconds; empty when it is none.
func seconds(value string) string {
	if m := durationText.FindStringSubmatch(value); m != nil {
		return plainNumber(m[1])
	}
	m := clockText.FindStringSubmatch(value)
	if m == nil {
		return ""
	}
	total := 0
	for _, part := range m[1:] {
		n, _ := strconv.Atoi(part)
		total = total*60 + n
	}
	return strconv.Itoa(total)
}
