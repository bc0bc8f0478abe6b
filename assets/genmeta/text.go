package genmeta

import (
	"regexp"
	"slices"
	"strings"
)

// NoteURLOnly says that a pasted text is an address and nothing else, which is no prompt.
const NoteURLOnly = "url_only"

const maxPaste = 1 << 20 // bytes of a pasted text

var (
	addressOnly = regexp.MustCompile(`(?i)^<?https?://\S+$`)
	fenced      = regexp.MustCompile("(?s)^```[A-Za-z]*\\s*\n(.*?)\n?```$")
)

// ReadText reads a text that a person copied from a page or a chat: an A1111 text, the JSON of a generator, labelled lines
// in Chinese or English, or a prompt with flags. Any other text is the prompt itself. An address alone gives NoteURLOnly,
// and a text of more than 1 MiB gives NoteTruncated and no fields.
func ReadText(s string) Result {
	body := strings.Trim(s, "\x00 \t\r\n\ufeff")
	if m := fenced.FindStringSubmatch(body); m != nil && strings.TrimSpace(m[1]) != "" {
		body = strings.TrimSpace(m[1])
	}
	var r Result
	switch {
	case body == "":
		return r
	case len(body) > maxPaste:
		r.note(NoteTruncated)
		return r
	case addressOnly.MatchString(body):
		r.note(NoteURLOnly)
		return r
	}
	c := &collector{text: maxText}
	c.addNoted("pasted", "pasted", body)
	r = c.interpret()
	if len(r.Fields) > 0 || r.Generator != "" || slices.Contains(r.Notes, NoteWorkflowOnly) {
		return r
	}
	r.Notes = nil
	st := statement{r: &r, source: "pasted"}
	if m := discordLine.FindStringSubmatch(body); m != nil {
		body = m[1]
	}
	prose, flags := body, []flag(nil)
	if !strings.HasPrefix(body, "{") {
		prose, flags = splitFlags(body)
	}
	st.prose(prose, flags, Guess)
	r.redact()
	return r
}

// readLoose reads texts that no generator's form fits: the parameters of a PNG without a settings line, labelled lines in
// a pasted text or a side file, JSON with common names there, and the caption beside a training picture.
func readLoose(r *Result, s sheet) {
	for _, e := range s {
		switch {
		case e.key == "parameters" && !e.isObj && e.source != "pasted":
			bareParameters(r, e)
		case e.key != "pasted" && e.key != "sidecar" && e.key != "parameters":
		case e.isObj:
			plainObject(r, e)
		default:
			looseText(r, e)
		}
	}
}

// looseText reads lines with labels, and failing that takes a side text for a caption. Easy Diffusion writes such lines.
func looseText(r *Result, e entry) {
	if _, settings := parseParameters(e.body); settings {
		return
	}
	if readLabelled(r, e.source, e.body) {
		if strings.Contains(e.body, "\nStable Diffusion model:") {
			r.Generator = "Easy Diffusion"
			f := r.Fields[Model]
			f.Value = baseName(f.Value)
			r.Fields[Model] = f
		}
		return
	}
	if e.key == "sidecar" {
		caption(r, e)
	}
}

// bareParameters takes a text without settings for a prompt, as the programs themselves do; a line that starts with
// "Negative prompt:" proves it.
func bareParameters(r *Result, e entry) {
	if _, settings := parseParameters(e.body); settings || strings.HasPrefix(e.body, "{") {
		return
	}
	prompt, negative := promptLines(strings.Split(strings.ReplaceAll(e.body, "\r\n", "\n"), "\n"))
	sure := Guess
	if negative != "" {
		sure = Exact
	}
	r.set(Prompt, prompt, e.source, sure)
	r.set(Negative, negative, e.source, sure)
	r.set(Loras, loraTags(prompt), e.source, Derived)
}

// plainObject reads JSON of no known generator by names that mean the same everywhere. Outside a pasted text a prompt
// with little beside it may be anything: in a side file it is a guess, elsewhere nothing.
func plainObject(r *Result, e entry) {
	o := e.obj
	if isGraph(o) || o.has("nodes") {
		return
	}
	var got Result
	st := statement{r: &got, source: e.source}
	st.object(o, append(plainWords(),
		word{Model, []string{"model", "modelname", "checkpoint"}}, word{Denoise, []string{"denoise", "denoisingstrength"}},
		word{Ratio, []string{"aspectratio", "ratio"}}, word{Duration, []string{"duration"}}, word{Mode, []string{"mode"}},
		word{TaskID, []string{"taskid"}}))
	if got.Fields[Prompt].Value == "" {
		if tags := o.text("caption", "tags"); e.key == "sidecar" && tags != "" {
			r.set(Prompt, tags, e.source, Guess)
		}
		return
	}
	if e.key != "pasted" && len(got.Fields) < 3 {
		f := got.Fields[Prompt]
		if got = (Result{}); e.key == "sidecar" {
			got.set(Prompt, f.Value, f.Source, Guess)
		}
	}
	r.take(got)
}

// caption takes a short side text for the words that describe its picture, as trainers write them.
func caption(r *Result, e entry) {
	const longest, lines = 4000, 20
	if len(e.body) > longest || strings.Count(e.body, "\n") > lines || addressOnly.MatchString(e.body) {
		return
	}
	r.set(Prompt, e.body, e.source, Guess)
}
