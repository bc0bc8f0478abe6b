package genmeta

import (
	"regexp"
	"strings"
)

// seedance reads 即梦 and Volcengine Ark: a list of typed parts, older models with flags at the end of the text.
func (k *taskReader) seedance() {
	k.t.Service = "seedance"
	k.told(Seed, "seed")
	for key, field := range map[string]string{"model": Model, "seed": Seed, "duration": Duration, "ratio": Ratio} {
		k.ask(field, key)
	}
	var prose []string
	flags := map[string]string{}
	for _, part := range k.q.objects("content") {
		if part.text("type") == "text" {
			text := cutFlags(part.text("text"), flags)
			prose = append(prose, text)
			continue
		}
		k.seedancePart(part)
	}
	k.put(Prompt, strings.Join(prose, "\n"), fromRequest)
	k.ask(Prompt, "prompt")
	k.flags(flags)
	k.told(Model, "model")
	k.told(Duration, "duration")
	k.told(Ratio, "ratio")
	k.id("id", "task_id")
	k.status("status")
	k.failure([]string{"error.code"}, []string{"error.message"})
	k.t.Created = timeOf(k.a.text("created_at"))
	if k.done() {
		k.t.Finished = timeOf(k.a.text("updated_at"))
	}
	k.output(k.a.text("content", "video_url"))
	k.output(k.a.text("content", "last_frame_url"))
	k.cost("usage.total_tokens", "token")
	k.cost("usage.completion_tokens", "token")
}

// seedancePart keeps one picture, clip or sound of the list.
func (k *taskReader) seedancePart(part doc) {
	kind := part.text("type")
	name := part.text(kind, "url")
	switch kind {
	case "image_url":
		role := "first" // a lone picture without a role is the first frame
		if r := part.text("role"); r != "" {
			role = roleOf(r, "reference")
		}
		k.ref(role, name)
	case "video_url":
		k.ref("video", name)
	case "audio_url":
		k.ref("audio", name)
	}
}

var flagAtEnd = regexp.MustCompile(`^((?s:.*?))\s*--([a-z_]+)[ =]+([^\s-][^\s]*|-\d+)\s*$`)

// cutFlags takes the flags off the end of a text, as far as they are known; the prose before them stays as it is.
func cutFlags(text string, into map[string]string) string {
	rest := text
	for range 16 {
		m := flagAtEnd.FindStringSubmatch(rest)
		if m == nil || flagName(m[2]) == "" {
			break
		}
		if _, held := into[flagName(m[2])]; !held {
			into[flagName(m[2])] = m[3]
		}
		rest = m[1]
	}
	return rest
}

// flagName gives the long name of a flag that Ark's video models define.
func flagName(s string) string {
	switch s {
	case "ratio", "rt":
		return Ratio
	case "dur", "duration":
		return Duration
	case "seed":
		return Seed
	case "rs", "resolution":
		return "resolution"
	case "fps", "framespersecond":
		return "fps"
	case "wm", "watermark":
		return "watermark"
	case "cf", "camerafixed":
		return "camerafixed"
	case "frames":
		return "frames"
	}
	return ""
}

func (k *taskReader) flags(flags map[string]string) {
	k.sure = Derived
	for _, name := range sortedKeys(flags) {
		switch name {
		case Ratio, Duration, Seed:
			k.put(name, flags[name], fromRequest)
		default:
			k.t.Result.param(name, flags[name])
		}
	}
	k.sure = Exact
}

// seedream reads the stills of the same house: answers come at once, as a list of addresses.
func (k *taskReader) seedream() {
	k.t.Service = "seedream"
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.told(Model, "model")
	k.ask(Seed, "seed")
	k.ask(CFG, "guidance_scale")
	k.pixels("size")
	k.ref("reference", k.q.text("image"))
	for _, v := range k.q.list("image") {
		s, _ := v.(string)
		k.ref("reference", s)
	}
	k.failure([]string{"error.code"}, []string{"error.message"})
	k.t.Created = timeOf(k.a.text("created"))
	for _, file := range k.a.objects("data") {
		k.output(file.text("url"))
	}
	if len(k.t.Outputs) > 0 {
		k.t.Status = TaskSucceeded
	}
	k.cost("usage.total_tokens", "token")
}

// jimeng reads 即梦 behind its own key: a code of 10000 for good, and states of its own.
func (k *taskReader) jimeng() {
	k.t.Service = "jimeng"
	k.told(Seed, "data.seed")
	k.ask(Prompt, "prompt")
	k.ask(Model, "req_key")
	k.ask(Seed, "seed")
	k.ask(Ratio, "aspect_ratio")
	for _, v := range k.q.list("image_urls") {
		name, _ := v.(string)
		k.ref("reference", name)
	}
	k.id("data.task_id")
	k.status("data.status")
	if code := k.a.text("code"); code != "" && code != "10000" {
		k.failure([]string{"code"}, []string{"message"})
		k.t.Status = TaskFailed
	}
	k.output(k.a.text("data", "video_url"))
	for _, v := range k.a.list("data", "image_urls") {
		address, _ := v.(string)
		k.output(address)
	}
}
