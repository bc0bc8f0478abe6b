package studio

import (
	"math/big"
	"path"
	"slices"
	"strings"
	"time"

	"chouka/assets"
)

// hear takes over what a reader found, where nothing is held yet.
func (t *account) hear(said assets.Saying) {
	fields := generationFields(&t.Generation)
	for name, f := range said.Fields {
		value := fieldText(name, f.Value)
		switch to, ok := fields[name]; {
		case value == "" || name == "width" || name == "height":
		case name == "expanded":
			if t.expanded == "" {
				t.expanded, t.sources[name] = value, Source{From: t.from, Record: f.Source, Certainty: string(f.Certainty)}
			}
		case name == "seed" && (!wholeNumber(value) || value == "-1"):
			t.param(name, value)
		case !ok:
			t.param(name, value)
		case *to == "":
			*to, t.sources[name] = value, Source{From: t.from, Record: f.Source, Certainty: string(f.Certainty)}
		}
	}
	w, h := said.Fields["width"], said.Fields["height"]
	if t.Size == "" && w.Value != "" && h.Value != "" {
		t.Size, t.sources["size"] = clip(oneLine(w.Value+"x"+h.Value), lineLimit), Source{From: t.from, Record: w.Source, Certainty: string(w.Certainty)}
	}
	if t.Service == "" && said.Generator != "" {
		t.Service, t.sources["service"] = clip(oneLine(said.Generator), lineLimit), Source{From: t.from, Certainty: "derived"}
	}
	for k, v := range said.Params {
		t.param(k, v)
	}
	t.notes = append(t.notes, said.Notes...)
}

// fieldText makes a field's value fit its place: prose for the prompts, one line for everything else.
func fieldText(name, value string) string {
	switch name {
	case "prompt", "negative", "expanded":
		return clip(plain(value), textLimit)
	}
	return clip(oneLine(value), lineLimit)
}

// hearTask takes over a service's own request and answer.
func (t *account) hearTask(task assets.Task, now time.Time) {
	if t.Service == "" && task.Service != "" {
		t.Service, t.sources["service"] = clip(oneLine(task.Service), lineLimit), Source{From: t.from, Record: "task:answer", Certainty: "derived"}
	}
	t.hear(task.Result)
	if t.TaskID == "" && task.ID != "" {
		t.TaskID, t.sources["task_id"] = clip(oneLine(task.ID), lineLimit), Source{From: t.from, Record: "task:answer", Certainty: "exact"}
	}
	if t.reason == "" {
		t.reason = clip(oneLine(strings.TrimSpace(task.ErrorCode+" "+task.ErrorText)), lineLimit)
	}
	if m := moneyOf(task.Cost.Amount, task.Cost.Unit); t.Cost.Currency == "" && m.Currency != "" {
		t.Cost, t.sources["cost"] = m, Source{From: t.from, Record: "task:answer", Certainty: "exact"}
	} else if m.Currency == "" && task.Cost.Amount != "" {
		t.param("cost_"+task.Cost.Unit, task.Cost.Amount)
	}
	for _, x := range []struct {
		at time.Time
		to **time.Time
	}{{task.Started, &t.started}, {task.Finished, &t.finished}} {
		if at := x.at.UTC(); *x.to == nil && !x.at.IsZero() && likely(at, now) {
			*x.to = &at
		}
	}
	if t.at.IsZero() && !task.Created.IsZero() && likely(task.Created, now) {
		t.at = task.Created.UTC()
	}
	for _, r := range task.Refs {
		role := r.Role
		if !slices.Contains(refRoles(), role) {
			role = "source" // a clip to be changed
		}
		t.addRef(role, r.Name)
	}
	for _, o := range task.Outputs {
		name := o.Name
		if name == "" {
			address, _, _ := strings.Cut(o.URL, "?")
			if name = path.Base(address); !strings.Contains(name, ".") {
				continue
			}
		}
		t.addExpected(Expected{Name: fileName(name)})
	}
}

// moneyOf reads a decimal amount of a currency that is kept (Money); tokens and
// seconds are none. An amount finer than what is kept is not rounded away: it is no Money.
func moneyOf(amount, unit string) Money {
	scale := int64(10_000)
	switch unit {
	case "CNY", "USD":
	case "credit":
		scale = 100
	default:
		return Money{}
	}
	r, ok := new(big.Rat).SetString(amount)
	if !ok || len(amount) > 40 || strings.Trim(amount, "0123456789.") != "" {
		return Money{}
	}
	r.Mul(r, new(big.Rat).SetInt64(scale))
	if !r.IsInt() || !r.Num().IsInt64() {
		return Money{}
	}
	m := Money{Amount: r.Num().Int64(), Currency: unit}
	if cleanMoney(&m) != nil {
		return Money{}
	}
	return m
}

// attempt makes a new attempt of what is told. Without a word on how it went, results tell that it succeeded, and none that it waits.
func (t *account) attempt(way string, now time.Time, results bool) Attempt {
	a := Attempt{Way: way, Status: t.status, At: now}
	if a.Status == "" {
		a.Status = Queued
		known := slices.ContainsFunc(t.expected, func(e Expected) bool { return e.SHA256 != "" })
		if results || known && t.word == "" {
			a.Status = Succeeded
		}
	}
	a.settle()
	a.listen(t)
	a.Word = t.word
	for _, at := range []*time.Time{&t.at, t.started, t.finished} {
		if at != nil && !at.IsZero() {
			a.At = *at
			break
		}
	}
	return a
}

// listen fills what is empty with what is told and reports whether anything
// changed. A value that was read from a file stays, with a note where the post says otherwise.
func (a *Attempt) listen(t *account) bool {
	changed := false
	mine, theirs := generationFields(&a.Generation), generationFields(&t.Generation)
	mine["expanded"], theirs["expanded"] = &a.Expanded, &t.expanded
	for name, v := range theirs {
		switch have := mine[name]; {
		case *v == "" || *v == *have:
		case *have == "":
			*have, a.Sources[name], changed = *v, t.sources[name], true
		case a.Sources[name].From == "file" || a.Sources[name].From == "beside":
			changed = a.mark(noteDiffers+name) || changed
		}
	}
	if a.Cost.Currency == "" && t.Cost.Currency != "" {
		a.Cost, a.Sources["cost"], changed = t.Cost, t.sources["cost"], true
	}
	for have, v := range map[*string]string{&a.Reason: t.reason, &a.Remark: t.remark} {
		if *have == "" && v != "" {
			*have, changed = v, true
		}
	}
	for have, at := range map[**time.Time]*time.Time{&a.Started: t.started, &a.Finished: t.finished} {
		if *have == nil && at != nil {
			*have, changed = at, true
		}
	}
	return a.listenLists(t) || changed
}

// listenLists adds what an attempt was given, what it announces and further settings.
func (a *Attempt) listenLists(t *account) bool {
	changed := false
	for k, v := range t.params {
		if _, held := a.Params[k]; !held && len(a.Params) < maxParams {
			a.Params[k], changed = v, true
		}
	}
	for _, r := range t.refs {
		if len(a.Refs) < maxRefs && !slices.Contains(a.Refs, r) {
			a.Refs, changed = append(a.Refs, r), true
		}
	}
	for _, e := range t.expected {
		if len(a.Expected) < maxExpected && !slices.ContainsFunc(a.Expected, e.same) {
			a.Expected, changed = append(a.Expected, e), true
		}
	}
	for _, code := range t.notes {
		changed = a.mark(code) || changed
	}
	return changed
}
