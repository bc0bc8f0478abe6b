package genmeta

import (
	"encoding/json"
	"strings"
)

// readExtra reads what Civitai states beside the nodes of its graphs: the settings that the person asked for, as JSON
// text under extraMetadata. They are stated, so they go before what the graph is read to mean.
func (g *graph) readExtra(r *Result, source string) {
	var body string
	if json.Unmarshal(g.extra["extraMetadata"], &body) != nil {
		return
	}
	clean, ok := tidyJSON(body)
	if !ok {
		return
	}
	d, ok := parseDoc(string(clean))
	if !ok {
		return
	}
	source += ".extraMetadata"
	if r.Generator == "" {
		r.Generator = "Civitai"
	}
	for _, f := range []struct{ field, key string }{
		{Prompt, "prompt"}, {Negative, "negativePrompt"}, {Steps, "steps"}, {CFG, "cfgScale"}, {Sampler, "sampler"}, {Scheduler, "scheduler"},
		{ClipSkip, "clipSkip"}, {Width, "width"}, {Height, "height"}, {Denoise, "denoise"},
	} {
		r.set(f.field, Redact(d.text(f.key)), source, Exact)
	}
	if seed := d.text("seed"); signedNumber.MatchString(seed) && seed != "-1" {
		r.set(Seed, seed, source, Exact)
	}
	for _, key := range []string{"workflowId", "baseModel", "process"} {
		r.param(key, strings.TrimSpace(short(d.text(key))))
	}
}
