package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"chouka/server/ingest"
)

// teller writes what happens: lines for scripts, plain lines, and on a terminal one moving line below them.
type teller struct {
	out    io.Writer
	json   *json.Encoder
	moving bool
	sent   int
	shown  time.Time
}

func newTeller(c console, lines bool) *teller {
	t := &teller{out: c.out}
	if lines {
		t.json = json.NewEncoder(c.out)
		t.json.SetEscapeHTML(false)
	} else if f, ok := c.out.(*os.File); ok {
		i, err := f.Stat()
		t.moving = err == nil && i.Mode()&os.ModeCharDevice != 0
	}
	return t
}

func (t *teller) tell(e ingest.Event) {
	switch {
	case t.json != nil:
		_ = t.json.Encode(e) // a reader who left wants no more
	case e.What == ingest.Progress:
		t.progress(e)
	default:
		if e.Attempt != "" {
			t.sent++
		}
		t.line("%s", eventLine(e))
	}
}

func (t *teller) progress(e ingest.Event) {
	if !t.moving || time.Since(t.shown) < 100*time.Millisecond {
		return
	}
	t.shown = time.Now()
	fmt.Fprintf(t.out, "\r\x1b[K已送达 arrived %d · 等待 waiting %d · %s", t.sent, e.Queued, mebibytes(e.Sent))
}

func (t *teller) line(format string, args ...any) {
	if t.moving {
		fmt.Fprint(t.out, "\r\x1b[K")
	}
	fmt.Fprintf(t.out, format+"\n", args...)
}

// end says what became of everything.
func (t *teller) end(s ingest.Summary, dry bool) {
	if t.json != nil {
		_ = t.json.Encode(struct {
			What string `json:"what"`
			ingest.Summary
		}{"summary", s})
		return
	}
	if dry {
		t.line("会送 %d 个文件 · would send %d files; 已在 already there %d; 忽略 ignored %d", s.Unsent, s.Unsent, s.Already, s.Ignored)
		return
	}
	t.line("新 new %d · 接上 joined %d · 重复 duplicate %d · 附件 beside %d · 改名 renamed %d · 已在 already there %d · 忽略 ignored %d · %s",
		s.New, s.Joined, s.Duplicate, s.Beside, s.Known, s.Already, s.Ignored, mebibytes(s.Bytes))
	if s.Left() > 0 {
		t.line("未送达 not arrived %d: 被拒 refused %d · 没有镜头 no shot %d · 暂缓 held %d · 仍在写 still written %d · 排队 queued %d",
			s.Left(), s.Refused, s.NoShot, s.Held, s.Unsettled, s.Unsent)
	}
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

// eventLine is an event for a reader.
func eventLine(e ingest.Event) string {
	where := strings.TrimPrefix(e.Title+" ", " ") + e.Shot
	word := plainWord(e.What)
	switch e.What {
	case ingest.Away:
		return fmt.Sprintf("%s: %s; %d s", word, e.Words, e.Wait)
	case ingest.Back:
		return word
	case ingest.New, ingest.Joined, ingest.Duplicate:
		return fmt.Sprintf("%s  %s  → %s #%d", word, e.Path, where, e.Number)
	case ingest.Planned:
		if where == "" {
			where = "没有镜头 no shot"
		}
		return fmt.Sprintf("%s  → %s", e.Path, where)
	}
	if e.Words != "" {
		return fmt.Sprintf("%s  %s: %s", word, e.Path, e.Words)
	}
	return fmt.Sprintf("%s  %s", word, e.Path)
}

func plainWord(w ingest.What) string {
	switch w {
	case ingest.New:
		return "新 new"
	case ingest.Joined:
		return "接上 joined"
	case ingest.Duplicate:
		return "重复 duplicate"
	case ingest.Beside:
		return "附件 beside"
	case ingest.Known:
		return "改名 renamed"
	case ingest.Refused:
		return "被拒 refused"
	case ingest.NoShot:
		return "没有镜头 no shot"
	case ingest.Held:
		return "暂缓 held"
	case ingest.Unsettled:
		return "仍在写 still being written"
	case ingest.Gone:
		return "不见了 gone"
	case ingest.Away:
		return "连不上，稍后再试 · out of reach, trying again"
	case ingest.Back:
		return "恢复连接 · back"
	case ingest.Trouble:
		return "注意 trouble"
	}
	return string(w)
}
