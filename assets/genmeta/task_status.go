package genmeta

import (
	"slices"
	"strings"
)

// stateOf maps the status words of all services to the task's own; an unknown word gives "".
func stateOf(word string) string {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "queued", "queueing", "queuing", "pending", "submitted", "created", "preparing", "throttled", "waiting", "in_queue", "not_started", "not_start":
		return TaskQueued
	case "running", "processing", "in_progress", "dreaming", "started", "generating", "active":
		return TaskRunning
	case "succeed", "succeeded", "success", "completed", "complete", "finished", "done":
		return TaskSucceeded
	case "failed", "fail", "failure", "error", "expired", "timeout":
		return TaskFailed
	case "refused", "rejected", "moderated":
		return TaskRefused
	case "cancelled", "canceled", "cancel":
		return TaskCancelled
	}
	return ""
}

// status keeps the service's word and what it means.
func (k *taskReader) status(paths ...string) {
	for _, path := range paths {
		if word := k.a.text(strings.Split(path, ".")...); word != "" && k.t.Word == "" {
			k.t.Word = short(word)
			k.t.Status = stateOf(word)
		}
	}
}

// failure keeps the code and the text of an error, wherever the answer states them.
func (k *taskReader) failure(codes, texts []string) {
	for _, path := range codes {
		if s := k.a.text(strings.Split(path, ".")...); s != "" && k.t.ErrorCode == "" {
			k.t.ErrorCode = short(s)
		}
	}
	for _, path := range texts {
		if s := k.a.text(strings.Split(path, ".")...); s != "" && k.t.ErrorText == "" {
			k.t.ErrorText = Redact(short(s))
		}
	}
}

// breaksRules tells a refusal for the content's sake from any other failure. The words are those of the services' own
// error lists.
func breaksRules(service, code, text string) bool {
	if service == "hailuo" && (code == "1026" || code == "1027") || service == "kling" && code == "1301" {
		return true
	}
	said := strings.NewReplacer("case-sensitive", "", "case sensitive", "", "case_sensitive", "").Replace(strings.ToLower(code + " " + text))
	return slices.ContainsFunc([]string{
		"sensitive", "moderat", "content policy", "content_policy", "contentpolicy", "policyviolation", "policy violation", "policy_violation",
		"safety", "risk control", "risk not pass", "inappropriate", "prohibited content", "prohibited_content", "datainspection", "auditsubmitillegal", "nsfw", "responsible ai", "usage guidelines", "content security",
		"敏感", "违规", "审核", "风控", "内容安全", "不合规",
	}, func(mark string) bool { return strings.Contains(said, mark) })
}

// finish settles the state once everything is read, and keeps what is left of the request as params.
func (k *taskReader) finish() {
	t := k.t
	if t.Status == "" && t.Word == "" && len(k.a) > 0 {
		switch {
		case t.ErrorCode != "" || t.ErrorText != "":
			t.Status = TaskFailed
		case len(t.Outputs) > 0:
			t.Status = TaskSucceeded
		case t.ID != "":
			t.Status = TaskQueued
		}
	}
	if t.Status == TaskFailed && breaksRules(t.Service, t.ErrorCode, t.ErrorText) {
		t.Status = TaskRefused
	}
	k.put(TaskID, t.ID, fromAnswer)
	k.rest(k.q)
	k.rest(k.q.at("input"))
	k.rest(k.q.at("parameters"))
}

// rest keeps the plain values of the request that are no fields, but no addresses to call back and no bytes.
func (k *taskReader) rest(d doc) {
	for _, key := range sortedKeys(d) {
		low := strings.ToLower(key)
		if k.used[key] || strings.Contains(low, "callback") || strings.Contains(low, "token") || strings.Contains(low, "key") || len(k.t.Result.Params) > 64 {
			continue
		}
		s := d.text(key)
		if b, ok := d[key].(bool); ok {
			s = map[bool]string{true: "true", false: "false"}[b]
		}
		if len(s) < 300 && !strings.HasPrefix(s, "data:") && len(key) < 100 && !strings.Contains(s, "://") {
			k.t.Result.param(key, s)
		}
	}
}
