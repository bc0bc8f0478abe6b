package studio

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// statusWords are the words that services use for where a task stands, in small
// letters with single underscores, by what they mean here.
func statusWords(s Status) []string {
	switch s {
	case Queued:
		return []string{"queued", "queueing", "queuing", "submitted", "pending", "preparing", "created", "throttled", "waiting", "in_queue", "not_start",
			"排队", "排队中", "等待", "等待中", "已提交", "提交成功"}
	case Running:
		return []string{"running", "processing", "in_progress", "dreaming", "started", "generating", "rendering", "in_process",
			"生成中", "处理中", "进行中", "运行中", "渲染中"}
	case Succeeded:
		return []string{"succeeded", "succeed", "success", "successful", "completed", "complete", "finished", "done", "成功", "已完成", "完成", "生成成功", "生成完成"}
	case Failed:
		return []string{"failed", "fail", "failure", "error", "errored", "expired", "timeout", "timed_out", "失败", "生成失败", "出错", "超时"}
	case Refused:
		return []string{"refused", "rejected", "blocked", "moderated", "content_filtered", "content_policy", "被拒", "拒绝", "已拒绝", "审核不通过", "审核未通过", "违规"}
	case Cancelled:
		return []string{"cancelled", "canceled", "aborted", "interrupted", "deleted", "已取消", "取消", "中断"}
	}
	return nil
}

// statusOf finds what a service's word means; empty where the word is not known.
func statusOf(word string) Status {
	w := strings.ToLower(strings.TrimSpace(norm.NFKC.String(word)))
	w = strings.Join(strings.FieldsFunc(w, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), "_")
	for _, s := range []Status{Queued, Running, Succeeded, Failed, Refused, Cancelled} {
		for _, known := range statusWords(s) {
			if w == known {
				return s
			}
		}
	}
	return ""
}

// advance moves an attempt to what is now said of it. News that are older than
// what is known change nothing: a task that ended does not run again.
func (a *Attempt) advance(to Status, word string) bool {
	if to == a.Status {
		if word != "" && a.Word != word {
			a.Word = word
			return true
		}
		return false
	}
	for _, next := range statusMoves(a.Status) {
		if next == to {
			a.Status, a.Word = to, word
			return true
		}
	}
	return false
}
