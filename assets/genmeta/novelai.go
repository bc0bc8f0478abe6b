package genmeta

import (
	"encoding/json"
	"strconv"
	"strings"
)

// isNovelAI knows NovelAI's record by the software it names, inside or beside it, or by the shape of its settings.
func isNovelAI(e entry, s sheet) bool {
	if strings.HasPrefix(e.obj.text("software"), "NovelAI") {
		return true
	}
	settings := e.obj.has("uc", "steps", "sampler") && !e.obj.has("c")
	return settings && (e.obj.has("v4prompt") || e.obj.has("noiseschedule") || e.obj.has("uncondscale") ||
		strings.HasPrefix(s.body("software"), "NovelAI"))
}

// novelAI reads the settings. PNG files keep them in the Comment and the rest in chunks of their own; WebP files and the
// alpha channel hold one JSON object with all of them, its Comment being JSON text once more.
func (s statement) novelAI(o object, all sheet) {
	s.r.Generator = "NovelAI"
	said, _ := all.find("description", "imagedescription")
	model, _ := all.find("source")
	if o.has("software") {
		said, model = entry{text: text{s.source, "", o.text("description")}}, entry{text: text{s.source, "", o.text("source")}}
		comment, ok := o.object("comment")
		if !ok {
			s.r.note(NoteUnreadable)
			s.r.set(Prompt, said.body, said.source, Exact)
			return
		}
		o = comment
	}
	s.caption(o, "v4prompt", Prompt)
	s.caption(o, "v4negativeprompt", Negative)
	s.r.set(Prompt, o.text("prompt"), s.source, Exact)
	s.r.set(Prompt, said.body, said.source, Exact)
	s.r.set(Negative, o.text("uc"), s.source, Exact)
	s.r.set(Model, model.body, model.source, Exact)
	s.state(CFG, "scale", o.text("scale"), Exact)
	s.state(Scheduler, "noise_schedule", o.text("noiseschedule"), Exact)
	s.object(o, plainWords(), "prompt", "uc", "scale", "noiseschedule", "v4prompt", "v4negativeprompt", "signedhash", "software", "source", "description")
}

// caption reads a prompt of the fourth version: a base and a caption for each character.
func (s statement) caption(o object, name, field string) {
	v4, _ := o.object(name)
	caption, ok := v4.object("caption")
	if !ok {
		return
	}
	s.r.set(field, caption.text("basecaption"), s.source, Exact)
	for i, part := range caption.list("charcaptions") {
		character, _ := objectOf(string(part))
		label := "character " + strconv.Itoa(i+1)
		if field == Negative {
			label += " negative"
		}
		if i < 50 {
			s.r.param(label, character.text("charcaption"))
			s.r.param(label+" centers", compactList(character.list("centers")))
		}
	}
}

func compactList(parts []json.RawMessage) string {
	b, err := json.Marshal(parts)
	if err != nil || len(parts) == 0 || len(b) > 200 {
		return ""
	}
	return string(b)
}
