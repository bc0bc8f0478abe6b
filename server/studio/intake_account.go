package studio

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"chouka/assets"
)

// account is what a post says of an attempt, checked and cleaned: each field with its source, and everything else.
type account struct {
	Generation
	from     string // tool or typed: whom the fields come from
	expanded string
	params   map[string]string
	sources  map[string]Source
	notes    []string
	status   Status // empty: not said
	word     string
	reason   string
	remark   string
	at       time.Time // zero: not said
	started  *time.Time
	finished *time.Time
	refs     []Ref
	sheets   []SheetIn
	expected []Expected
}

const (
	textCardLimit = 1 << 20 // bytes of a copied text card, of a request and of an answer
	noteStatus    = "unknown_status"
	noteDiffers   = "differs:" // and the field's name
)

// accountOf reads a post. What stands in a field of its own goes before the
// service's answer, that before its request, and that before the copied text.
func accountOf(in AttemptPost, now time.Time) (*account, error) {
	t := &account{from: "tool", sheets: in.Sheets, params: map[string]string{}, sources: map[string]Source{}}
	if !slices.Contains([]string{"", "api", "watch", "paste"}, in.Way) {
		return nil, wrong("way", "只能是 api、watch 或 paste", "this is api, watch or paste")
	}
	if in.Way == "paste" {
		t.from = "typed"
	}
	for field, n := range map[string]int{"text": len(in.Text), "request": len(in.Request), "answer": len(in.Answer)} {
		if n > textCardLimit {
			return nil, wrong(field, "内容太长，最多 1 MiB", "too long; the limit is 1 MiB")
		}
	}
	if err := t.own(in); err != nil {
		return nil, err
	}
	if err := t.times(in, now); err != nil {
		return nil, err
	}
	if err := t.lists(in); err != nil {
		return nil, err
	}
	t.furtherParams(in.Params)
	t.say(in.Status)
	if len(in.Request) > 0 || len(in.Answer) > 0 {
		task := assets.ReadTask(in.Request, in.Answer)
		t.hearTask(task, now)
		if t.word == "" {
			t.word = clip(oneLine(task.Word), lineLimit)
		}
		if t.status == "" && statusMoves(Status(task.Status)) != nil {
			t.status = Status(task.Status)
		}
	}
	if in.Text != "" {
		said := assets.ReadText(in.Text)
		t.hear(said)
		t.say(said.Params["status"])
	}
	if t.word != "" && t.status == "" {
		t.notes = append(t.notes, noteStatus)
	}
	return t, nil
}

// say takes over a status word unless one is known: the service's own is kept beside what it means.
func (t *account) say(word string) {
	if t.word == "" && word != "" {
		t.word, t.status = clip(oneLine(word), lineLimit), statusOf(word)
	}
}

// own takes over the fields that the post states itself.
func (t *account) own(in AttemptPost) error {
	t.Generation = Generation{Service: in.Service, Model: in.Model, Prompt: in.Prompt, Negative: in.Negative, Seed: strings.TrimSpace(string(in.Seed)),
		Steps: string(in.Steps), CFG: string(in.CFG), Sampler: in.Sampler, Scheduler: in.Scheduler, Denoise: string(in.Denoise), Size: in.Size,
		Duration: seconds(string(in.Duration)), Ratio: in.Ratio, Mode: in.Mode, TaskID: in.TaskID}
	if in.Cost != nil {
		t.Cost = *in.Cost
	}
	if t.Seed == "-1" { // asked for a random one: which it became is not said
		t.Seed, t.params["seed"] = "", "-1"
	}
	if err := cleanGeneration(&t.Generation); err != nil {
		return err
	}
	if t.Duration != "" && !decimal(t.Duration) {
		return wrong("duration", "时长请写秒数，例如 5", "a duration is a number of seconds, such as 5")
	}
	var x setter
	x.prose("expanded", &t.expanded, &in.Expanded)
	x.line("reason", &t.reason, &in.Reason)
	x.prose("remark", &t.remark, &in.Remark)
	var word string
	x.line("status", &word, &in.Status)
	for name, v := range generationFields(&t.Generation) {
		if *v != "" {
			t.sources[name] = Source{From: t.from, Certainty: "exact"}
		}
	}
	if t.Cost.Currency != "" {
		t.sources["cost"] = Source{From: t.from, Certainty: "exact"}
	}
	if t.expanded != "" {
		t.sources["expanded"] = Source{From: t.from, Certainty: "exact"}
	}
	return x.err
}

// seconds writes a length as its number alone: 5s and 5 秒 are 5.
func seconds(s string) string {
	s = strings.TrimSpace(s)
	for _, unit := range []string{"seconds", "sec", "s", "秒"} {
		if n, ok := strings.CutSuffix(strings.ToLower(s), unit); ok {
			return strings.TrimSpace(n)
		}
	}
	return s
}

// decimal reports whether s is a plain number of zero or more.
func decimal(s string) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && f >= 0 && f <= 1e6 && strings.Trim(s, "0123456789.") == ""
}

// times checks when it was drawn; times that cannot be are refused.
func (t *account) times(in AttemptPost, now time.Time) error {
	for _, x := range []struct {
		field string
		at    *time.Time
		to    **time.Time
	}{{"at", in.At, nil}, {"started", in.Started, &t.started}, {"finished", in.Finished, &t.finished}} {
		if x.at == nil {
			continue
		}
		if !likely(*x.at, now) {
			return wrong(x.field, "时间不对，请填已经发生的时间", "the time is off; give one that has passed")
		}
		at := x.at.UTC()
		if x.to != nil {
			*x.to = &at
		} else {
			t.at = at
		}
	}
	if t.started != nil && t.finished != nil && t.finished.Before(*t.started) {
		return wrong("finished", "结束时间早于开始时间", "it cannot end before it began")
	}
	return nil
}

func likely(at, now time.Time) bool {
	return !at.After(now.Add(24*time.Hour)) && at.Year() >= 2000
}

// lists checks what it was given to go by and what results it announces.
func (t *account) lists(in AttemptPost) error {
	if len(in.Refs) > maxRefs {
		return wrong("refs", "参考最多 50 个", "at most 50 references")
	}
	for _, r := range in.Refs {
		if !slices.Contains(refRoles(), r.Role) {
			return wrong("refs", "没有这种参考", "there is no such role of a reference")
		}
		t.addRef(r.Role, r.Name)
	}
	if len(in.Outputs) > maxExpected {
		return wrong("outputs", "结果最多 64 个", "at most 64 results")
	}
	for _, o := range in.Outputs {
		e := Expected{SHA256: strings.ToLower(strings.TrimSpace(o.SHA256))}
		if e.SHA256 != "" && !isSHA256(e.SHA256) {
			return wrong("outputs", "sha256 应为 64 位十六进制", "a sha256 is 64 hexadecimal digits")
		}
		if o.Name != "" {
			e.Name = fileName(o.Name)
		}
		t.addExpected(e)
	}
	return nil
}

func refRoles() []string {
	return []string{"first", "last", "reference", "subject", "camera", "audio", "source"}
}

func isSHA256(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

func (t *account) addRef(role, name string) {
	r := Ref{Role: role, Name: clip(oneLine(assets.Redact(name)), paramLimit)}
	if r.Name != "" && len(t.refs) < maxRefs && !slices.Contains(t.refs, r) {
		t.refs = append(t.refs, r)
	}
}

func (t *account) addExpected(e Expected) {
	if (e.Name != "" || e.SHA256 != "") && len(t.expected) < maxExpected && !slices.ContainsFunc(t.expected, e.same) {
		t.expected = append(t.expected, e)
	}
}

// same reports whether two entries announce one result: by its bytes where both know them, else by its name.
func (e Expected) same(o Expected) bool {
	if e.SHA256 != "" && o.SHA256 != "" {
		return e.SHA256 == o.SHA256
	}
	return e.Name != "" && e.Name == o.Name
}

// furtherParams takes over the open map of a post: what has a field of its own
// goes there if that is still empty, the rest is kept as text.
func (t *account) furtherParams(in map[string]json.RawMessage) {
	fields := generationFields(&t.Generation)
	for _, k := range slices.Sorted(maps.Keys(in)) {
		text := rawText(in[k])
		name := strings.ToLower(strings.TrimSpace(k))
		to, ok := fields[name]
		value := clip(oneLine(text), lineLimit)
		if name == "prompt" || name == "negative" {
			value = clip(plain(text), textLimit)
		}
		fits := name != "seed" || wholeNumber(value) && value != "-1"
		if ok && *to == "" && value != "" && fits && len([]rune(text)) <= textLimit {
			*to, t.sources[name] = value, Source{From: t.from, Record: "params", Certainty: "exact"}
			continue
		}
		if !ok || *to != value {
			t.param(k, text)
		}
	}
}

// rawText is a JSON value as text: a string without its quotes, anything else as it is written.
func rawText(b json.RawMessage) string {
	var s string
	if json.Unmarshal(b, &s) == nil {
		return s
	}
	return string(b)
}

func (t *account) param(name, value string) {
	name, value = clip(oneLine(name), lineLimit), clip(plain(assets.Redact(value)), paramLimit)
	if _, held := t.params[name]; !held && name != "" && value != "" && len(t.params) < maxParams {
		t.params[name] = value
	}
}
