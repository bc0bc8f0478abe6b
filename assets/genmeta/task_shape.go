package genmeta

import (
	"slices"
	"strings"
)

// recognise picks the reader for the shape of request and answer; nil when it is none that is known. A model's name
// decides before the looks of the JSON, because services borrow each other's shapes.
func (k *taskReader) recognise() func(*taskReader) {
	q, a := k.q, k.a
	switch {
	case len(q.at("input")) > 0 && (q.has("parameters") || k.named("wan", "happyhorse")) || a.at("output").has("task_status", "task_id"):
		return (*taskReader).dashscope
	case q.has("instances") || a.has("done") || strings.Contains(a.text("name"), "operations/"):
		return (*taskReader).veo
	case k.named("seedream", "seededit") || q.has("sequential_image_generation"):
		return (*taskReader).seedream
	case k.named("seedance") || contentList(q) || a.at("content").has("video_url") || strings.HasPrefix(a.text("id"), "cgt-"):
		return (*taskReader).seedance
	case q.has("req_key"), a.text("code") == "10000" && a.has("data"):
		return (*taskReader).jimeng
	case k.named("kling") || q.has("image_tail", "multi_shot", "image_list") || isMode(q.text("mode")) && q.has("duration") || a.at("data").has("task_status") && a.has("code"):
		return (*taskReader).kling
	case k.named("vidu") || q.has("movement_amplitude", "subjects") || a.has("creations") || a.has("task_id") && a.has("state"):
		return (*taskReader).vidu
	case k.named("minimax", "hailuo", "t2v-01", "i2v-01", "s2v-01") || q.has("prompt_optimizer", "first_frame_image", "subject_reference") || a.has("base_resp"):
		return (*taskReader).hailuo
	case k.named("sora") || q.has("input_reference") || a.text("object") == "video":
		return (*taskReader).sora
	case k.named("ray-", "ray2", "photon-") || q.has("keyframes") || a.has("generation_type", "failure_reason") || a.has("assets") && a.has("state"):
		return (*taskReader).luma
	case isPika(q, a):
		return (*taskReader).pika
	case q.has("promptText", "promptImage") || a.has("failureCode") || a.has("createdAt") && a.has("status"):
		return (*taskReader).runway
	case a.has("data") && a.has("created", "model") && len(a.list("data")) > 0:
		return (*taskReader).seedream
	}
	return nil
}

// named tells whether the request or the answer names a model that begins like this, or has it as a word within.
func (k *taskReader) named(starts ...string) bool {
	for _, model := range []string{k.q.text("model"), k.q.text("model_name"), k.a.text("model"), k.a.text("model_name")} {
		model = strings.ToLower(model)
		if slices.ContainsFunc(starts, func(s string) bool {
			return strings.HasPrefix(model, s) || strings.Contains(model, "-"+s) || strings.Contains(model, "/"+s)
		}) {
			return true
		}
	}
	return false
}

func isMode(s string) bool { return s == "std" || s == "pro" }

// contentList knows requests whose prompt and pictures are one list of typed parts.
func contentList(q doc) bool {
	for _, part := range q.objects("content") {
		switch part.text("type") {
		case "text", "image_url", "video_url", "audio_url":
			return true
		}
	}
	return false
}

// isPika tells Pika's requests from Runway's, which also call the prompt promptText: they have no named model.
func isPika(q, a doc) bool {
	if a.has("video_id") {
		return true
	}
	if q.has("promptText") && !q.has("model") && !q.has("promptImage") {
		return true
	}
	word := a.text("status")
	return !q.has("promptText", "promptImage") && a.has("progress") && (word == "started" || word == "finished") && a.has("id")
}

// plain reads the names that most services share from JSON that is not recognised; all of it is a guess.
func (k *taskReader) plain() {
	k.sure = Guess
	k.ask(Prompt, "prompt", "input.prompt", "text_prompt", "promptText")
	k.ask(Negative, "negative_prompt", "input.negative_prompt", "negativePrompt")
	k.told(Seed, "seed")
	k.ask(Seed, "seed", "input.seed", "parameters.seed")
	k.ask(Model, "model", "model_name")
	k.ask(Duration, "duration", "input.duration", "seconds")
	k.ask(Ratio, "aspect_ratio", "ratio", "input.aspect_ratio")
	k.id("task_id", "taskId", "id")
	k.status("status", "state", "task_status")
	k.failure([]string{"error.code", "error_code"}, []string{"error.message", "error_message", "error"})
	k.output(firstText(k.a, "video_url", "url", "output"))
	k.output(k.a.text("output", "0"))
}

// firstText gives the first of the keys that holds a text or number.
func firstText(d doc, paths ...string) string {
	for _, path := range paths {
		if s := d.text(strings.Split(path, ".")...); s != "" {
			return s
		}
	}
	return ""
}
