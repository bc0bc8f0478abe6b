package genmeta

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

const maxCandidates = 16

// branch is one output with what it says.
type branch struct {
	id     string
	prefix string
	reading
}

// verdict is what a graph says about one file. Where it is ambiguous, shared holds only what all branches say.
type verdict struct {
	shared    reading
	ambiguous bool
	branches  []branch
}

// readOutputs reads the branch of every output that can have made the file. The file's name chooses first, then the
// pixels.
func (g *graph) readOutputs(h Hint) verdict {
	outputs := g.outputs(h)
	if len(outputs) > maxOutputs {
		return verdict{shared: newReading(), ambiguous: true}
	}
	var all []branch
	for _, id := range outputs {
		if r, ok := g.readBranch(id); ok {
			g.doubt(&r)
			all = append(all, branch{id: id, prefix: short(g.scalar(g.nodes[id].Inputs["filename_prefix"])), reading: r})
		}
	}
	if len(all) == 0 {
		return verdict{shared: g.scan()}
	}
	all = chosen(all, func(b branch) bool { return g.fitsPixels(b, h) })
	v := verdict{shared: all[0].clone(), ambiguous: all[0].ambiguous, branches: all}
	for _, b := range all[1:] {
		v.ambiguous = v.shared.share(b.reading) || b.ambiguous || v.ambiguous
	}
	return v
}

// doubt makes guesses of what a drawing does not settle: a seed that changes by itself, and texts whose choices and
// comments the editor resolves when it runs.
func (g *graph) doubt(r *reading) {
	r.weak[Seed] = r.weak[Seed] || g.loose
	for _, name := range []string{Prompt, Negative} {
		text := r.fields[name]
		open := strings.Contains(text, "{") && strings.Contains(text, "}") || strings.Contains(text, "//") || strings.Contains(text, "/*")
		r.weak[name] = r.weak[name] || g.drawn && open
	}
}

// chosen keeps the branches that fit, unless none does.
func chosen(all []branch, fits func(branch) bool) []branch {
	var kept []branch
	for _, b := range all {
		if fits(b) {
			kept = append(kept, b)
		}
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}

// candidates lists the outputs among which an ambiguous graph does not choose.
func (v verdict) candidates(source string) []Candidate {
	if !v.ambiguous || len(v.branches) < 2 {
		return nil
	}
	var list []Candidate
	for _, b := range v.branches[:min(len(v.branches), maxCandidates)] {
		list = append(list, Candidate{Node: b.id, Prefix: b.prefix, Fields: b.result(source)})
	}
	return list
}

// named keeps the outputs whose filename_prefix fits the file's name, unless none does.
func (g *graph) named(ids []string, name string) []string {
	var kept []string
	for _, id := range ids[:min(len(ids), 1000)] {
		if name != "" && prefixFits(g.scalar(g.nodes[id].Inputs["filename_prefix"]), name) {
			kept = append(kept, id)
		}
	}
	if len(kept) == 0 {
		return ids
	}
	return kept
}

var placeholder = regexp.MustCompile(`%[^%/\\]*%|\[time\([^)]*\)\]`)

// prefixFits tells whether ComfyUI could have given a file this name: the prefix without its folders, placeholders
// filled in, a counter, and what browsers add to copies.
func prefixFits(prefix, name string) bool {
	prefix = path.Base(strings.ReplaceAll(prefix, `\`, "/"))
	literal := placeholder.ReplaceAllString(prefix, "")
	if len(prefix) > 300 || strings.Trim(literal, " ._-/") == "" {
		return false
	}
	var pattern strings.Builder
	at := 0
	for _, m := range placeholder.FindAllStringIndex(prefix, -1) {
		pattern.WriteString(regexp.QuoteMeta(prefix[at:m[0]]) + ".+?")
		at = m[1]
	}
	pattern.WriteString(regexp.QuoteMeta(prefix[at:]))
	re, err := regexp.Compile(`(?i)^` + pattern.String() + `(?:[ ._-]?\d{1,8})?_?(?:-audio)?(?:[ _]?\(\d+\)| ?- ?(?:copy|副本))?$`)
	if err != nil {
		return false
	}
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return re.MatchString(strings.TrimSuffix(base, path.Ext(base)))
}

// fitsPixels tells whether a branch ends in the file's size, up to what encoders round.
func (g *graph) fitsPixels(b branch, h Hint) bool {
	if h.Width <= 0 || h.Height <= 0 {
		return false
	}
	w, t := g.outputSize(b.id)
	return w > 0 && t > 0 && max(w-h.Width, h.Width-w) <= 8 && max(t-h.Height, h.Height-t) <= 8
}

// outputSize walks from an output to the first node that states a size, and counts how often the picture is enlarged on
// the way. Zero means that the graph does not say.
func (g *graph) outputSize(output string) (width, height int) {
	scale := 1.0
	at := output
	for range 200 {
		n := g.nodes[at]
		w, _ := strconv.Atoi(g.integer(n.Inputs["width"]))
		t, _ := strconv.Atoi(g.integer(n.Inputs["height"]))
		if w > 0 && t > 0 && w < 1<<16 && t < 1<<16 {
			return int(float64(w)*scale + 0.5), int(float64(t)*scale + 0.5)
		}
		factor, known := g.enlarges(n)
		if scale *= factor; !known || scale > 64 || scale < 1.0/64 {
			return 0, 0
		}
		up := g.upstream(n, append(latentInputs(), "image_embeds", "image", "images", "pixels", "video", "frames")...)
		if len(up) == 0 || !g.spend() {
			return 0, 0
		}
		at = up[0].id
	}
	return 0, 0
}

// enlarges gives the factor of a node that changes the size; known is false where it is not stated.
func (g *graph) enlarges(n node) (factor float64, known bool) {
	class := strings.ToLower(n.Class)
	if by := g.decimal(firstOf(n, "scale_by", "upscale_by", "scale_factor")); by != "" {
		factor, _ = strconv.ParseFloat(by, 64)
		return factor, factor > 0
	}
	for _, word := range []string{"upscale", "resize", "crop", "pad", "stitch", "concat", "rotate", "grid"} {
		if strings.Contains(class, word) && !strings.Contains(class, "latentconcat") && !strings.Contains(class, "avlatent") {
			return 1, false
		}
	}
	return 1, true
}
