package genmeta

import (
	"slices"
	"strings"
	"time"
)

const (
	maxTask     = 1 << 20 // bytes of a request or an answer
	maxTaskList = 200     // outputs or references of one task
	fromRequest = "task:request"
	fromAnswer  = "task:answer"
)

// The states of a Task, the same for every service.
const (
	TaskQueued    = "queued"
	TaskRunning   = "running"
	TaskSucceeded = "succeeded"
	TaskFailed    = "failed"
	TaskRefused   = "refused" // the service's content rules said no
	TaskCancelled = "cancelled"
)

// Task is what a service's own request and answer say about one attempt. What neither says stays empty.
type Task struct {
	Service   string    `json:"service,omitempty"` // kling, seedance, seedream, jimeng, vidu, hailuo, wan, runway, luma, veo, pika, sora; empty when not recognised
	Result    Result    `json:"result"`
	ID        string    `json:"id,omitempty"`
	Status    string    `json:"status,omitempty"` // one of the Task states, empty when not known
	Word      string    `json:"word,omitempty"`   // the status as the service wrote it
	ErrorCode string    `json:"error_code,omitempty"`
	ErrorText string    `json:"error_text,omitempty"`
	Cost      Cost      `json:"cost,omitzero"`
	Created   time.Time `json:"created,omitzero"`
	Started   time.Time `json:"started,omitzero"`
	Finished  time.Time `json:"finished,omitzero"`
	Outputs   []Output  `json:"outputs,omitempty"`
	Refs      []Ref     `json:"refs,omitempty"`
}

// Cost is what a task took, as a decimal text; Unit is credit, token, second, CNY or USD.
type Cost struct {
	Amount string `json:"amount,omitempty"`
	Unit   string `json:"unit,omitempty"`
}

// Output is one file that a service offers. The URL is whole, as it is needed to fetch the file; Expires is zero when
// the link does not say.
type Output struct {
	URL     string    `json:"url,omitempty"`
	Name    string    `json:"name,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// Ref is something that a task was given besides words. Role is first, last, reference, subject, camera, audio or video;
// Name is an address without its query, an asset's id, or "inline" for bytes in the request.
type Ref struct {
	Role string `json:"role"`
	Name string `json:"name"`
}

// ReadTask maps the JSON of a video or picture service, the request as it was sent and the answer as it came, to one
// shape. Either may be empty. The service is recognised by the shape of both. JSON over 1 MiB, deeper than 500 or broken
// is noted in the result and read as absent.
func ReadTask(request, answer []byte) Task {
	k := taskReader{t: &Task{}, used: map[string]bool{}}
	k.q = k.open(request)
	k.a = k.open(answer)
	if len(k.q) == 0 && len(k.a) == 0 {
		return *k.t
	}
	k.read()
	k.finish()
	return *k.t
}

// read lets the service's reader speak; where the answer tells it nothing, once more inside the answer's envelope.
func (k *taskReader) read() {
	for depth := range 4 {
		read := k.recognise()
		if read == nil && depth < 3 && k.unwrap() {
			continue
		}
		if read == nil {
			read = (*taskReader).plain
		}
		read(k)
		if heard := k.t.ID != "" || k.t.Word != "" || k.t.ErrorCode != "" || len(k.t.Outputs) > 0; heard || !k.unwrap() {
			return
		}
	}
}

// taskReader fills one task from a request and an answer.
type taskReader struct {
	q, a doc
	t    *Task
	used map[string]bool // top-level keys of the request that became fields
	sure Certainty       // of fields, Exact unless said
}

func (k *taskReader) open(b []byte) doc {
	if len(b) > maxTask {
		k.t.Result.note(NoteTruncated)
		return nil
	}
	if len(strings.TrimSpace(string(b))) == 0 {
		return nil
	}
	clean, ok := tidyJSON(string(b))
	if ok {
		if d, ok := parseDoc(string(clean)); ok {
			return d
		}
	}
	k.t.Result.note(NoteUnreadable)
	return nil
}

// unwrap opens the envelope that resellers put around a service's answer; false when there is none.
func (k *taskReader) unwrap() bool {
	for _, key := range []string{"data", "result", "response", "task"} {
		if inner := k.a.at(key); len(inner) > 0 {
			k.a = inner
			return true
		}
	}
	return false
}

// certainty of what is read.
func (k *taskReader) certainty() Certainty {
	if k.sure == "" {
		return Exact
	}
	return k.sure
}

// ask sets a field from the first of the paths that the request states.
func (k *taskReader) ask(field string, paths ...string) {
	for _, path := range paths {
		s := k.q.text(strings.Split(path, ".")...)
		if s != "" {
			k.used[lastKey(path)] = true
		}
		k.put(field, s, fromRequest)
	}
}

// told sets a field from the first of the paths that the answer states.
func (k *taskReader) told(field string, paths ...string) {
	for _, path := range paths {
		k.put(field, k.a.text(strings.Split(path, ".")...), fromAnswer)
	}
}

// put keeps a value that is right for its field; one that is not goes to the params as it is.
func (k *taskReader) put(field, value, source string) {
	value = Redact(value)
	if !isProse(field) {
		value = short(value)
	}
	if mayStand(field, value) {
		k.t.Result.set(field, trimUnit(field, value), source, k.certainty())
	} else {
		k.t.Result.param(field, value)
	}
}

func isProse(field string) bool { return field == Prompt || field == Negative || field == Expanded }

// mayStand tells whether a value is right for a field: no random seed, no duration in words.
func mayStand(field, value string) bool {
	switch field {
	case Seed:
		return signedNumber.MatchString(value) && value != "-1"
	case Duration:
		return secondsText.MatchString(strings.ToLower(value))
	case Ratio:
		return ratioWord.MatchString(value) || pixelRatio.MatchString(value)
	case Steps, Width, Height:
		return signedNumber.MatchString(value) && value[0] != '-'
	}
	return true
}

func trimUnit(field, value string) string {
	if field == Duration {
		return secondsText.FindStringSubmatch(strings.ToLower(value))[1]
	}
	return value
}

// pixels takes width and height out of a size such as 720x1280 or 1280*720.
func (k *taskReader) pixels(path string) {
	s := k.q.text(strings.Split(path, ".")...)
	m := firstMatch(s, sizeText, pixelRatio)
	if m == nil {
		return
	}
	k.t.Result.set(Width, m[1], fromRequest, Derived)
	k.t.Result.set(Height, m[2], fromRequest, Derived)
}

// ref keeps one reference of the request.
func (k *taskReader) ref(role, name string) {
	if name == "" || len(k.t.Refs) >= maxTaskList {
		return
	}
	r := Ref{Role: role, Name: plainName(name)}
	if !slices.Contains(k.t.Refs, r) {
		k.t.Refs = append(k.t.Refs, r)
	}
}

// plainName keeps addresses without their query and ids; bytes in the request are only called inline.
func plainName(name string) string {
	if strings.HasPrefix(name, "data:") || len(name) > 500 && !strings.Contains(name[:100], "://") {
		return "inline"
	}
	return strings.ToValidUTF8(Redact(name[:min(len(name), maxWord)]), "")
}

// output keeps one file of the answer.
func (k *taskReader) output(url string) {
	if url == "" || len(url) > maxWord || len(k.t.Outputs) >= maxTaskList {
		return
	}
	o := Output{URL: url, Name: nameOf(url), Expires: expiryOf(url)}
	if !slices.ContainsFunc(k.t.Outputs, func(x Output) bool { return x.URL == url }) {
		k.t.Outputs = append(k.t.Outputs, o)
	}
}
