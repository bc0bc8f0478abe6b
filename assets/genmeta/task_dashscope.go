package genmeta

import "strings"

// dashscope reads 通义万相 and the other models of the same platform: input and parameters, output and usage.
func (k *taskReader) dashscope() {
	k.t.Service = k.hosted()
	k.ask(Prompt, "input.prompt")
	k.told(Prompt, "output.orig_prompt")
	k.told(Expanded, "output.actual_prompt", "output.results.0.actual_prompt")
	k.ask(Negative, "input.negative_prompt")
	k.ask(Model, "model")
	k.ask(Seed, "parameters.seed", "input.seed")
	k.ask(Duration, "parameters.duration", "input.duration")
	k.ask(Ratio, "parameters.ratio", "parameters.aspect_ratio", "input.aspect_ratio")
	k.pixels("parameters.size")
	k.dashscopeRefs()
	k.id("output.task_id")
	k.status("output.task_status")
	k.failure([]string{"output.code", "code"}, []string{"output.message", "message"})
	k.t.Created, k.t.Started = timeOf(k.a.text("output", "submit_time")), timeOf(k.a.text("output", "scheduled_time"))
	k.t.Finished = timeOf(k.a.text("output", "end_time"))
	k.output(k.a.text("output", "video_url"))
	for _, file := range k.a.objects("output", "results") {
		k.output(file.text("url"))
		k.partly(file)
	}
	k.cost("usage.video_duration", "second")
	k.cost("usage.duration", "second")
}

// hosted names the maker of a model that the platform only hosts.
func (k *taskReader) hosted() string {
	for _, name := range []string{"vidu", "kling"} {
		if k.named(name) {
			return name
		}
	}
	if k.q.has("model") && !k.named("wan", "happyhorse") {
		return ""
	}
	return "wan"
}

// partly keeps the reason of one result that failed among others.
func (k *taskReader) partly(file doc) {
	if code := file.text("code"); code != "" && k.t.ErrorCode == "" {
		k.t.ErrorCode, k.t.ErrorText = short(code), Redact(short(file.text("message")))
	}
}

func (k *taskReader) dashscopeRefs() {
	in := k.q.at("input")
	for _, r := range []struct{ role, key string }{{"first", "img_url"}, {"first", "first_frame_url"}, {"last", "last_frame_url"}, {"audio", "audio_url"}, {"video", "video_url"}, {"reference", "image_url"}} {
		k.ref(r.role, in.text(r.key))
	}
	for _, part := range in.objects("media") {
		k.ref(roleOf(part.text("type"), "reference"), part.text("url"))
	}
	for _, key := range []string{"reference_video_urls", "images", "ref_images_url", "reference_urls"} {
		for _, v := range in.list(key) {
			name, _ := v.(string)
			role := "reference"
			if strings.Contains(key, "video") {
				role = "video"
			}
			k.ref(role, name)
		}
	}
}
