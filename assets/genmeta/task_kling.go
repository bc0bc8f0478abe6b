package genmeta

import "strings"

// kling reads 可灵: a code and a data object with the task's state and times in milliseconds. It has no seed.
func (k *taskReader) kling() {
	k.t.Service = "kling"
	k.ask(Prompt, "prompt")
	k.klingShots()
	k.ask(Negative, "negative_prompt")
	k.ask(Model, "model_name", "model")
	k.ask(Mode, "mode")
	k.ask(Duration, "duration")
	k.ask(Ratio, "aspect_ratio")
	k.ask(CFG, "cfg_scale")
	k.ref("first", k.q.text("image"))
	k.ref("last", k.q.text("image_tail"))
	for _, part := range k.q.objects("image_list") {
		k.ref(roleOf(part.text("type"), "reference"), firstText(part, "image_url", "image"))
	}
	for _, part := range k.q.objects("video_list") {
		k.ref("video", firstText(part, "video_url", "url"))
	}
	k.ref("reference", k.q.text("image_url"))
	k.ref("video", k.q.text("video_url"))
	k.ref("audio", k.q.text("sound_file"))
	k.ref("camera", k.q.text("camera_control", "type"))
	k.klingAnswer()
}

// klingShots joins the prompts of a story in shots where there is no single one.
func (k *taskReader) klingShots() {
	var shots []string
	for _, shot := range k.q.objects("multi_prompt") {
		if s := shot.text("prompt"); strings.TrimSpace(s) != "" {
			shots = append(shots, s)
		}
	}
	if strings.TrimSpace(k.q.text("prompt")) == "" {
		k.put(Prompt, strings.Join(shots, "\n"), fromRequest)
	}
}

func (k *taskReader) klingAnswer() {
	k.id("data.task_id", "task_id")
	k.status("data.task_status", "task_status")
	if code := k.a.text("code"); code != "" && code != "0" {
		k.failure([]string{"code"}, []string{"message", "data.task_status_msg"})
	}
	if k.t.Status == TaskFailed {
		k.failure(nil, []string{"data.task_status_msg"})
	}
	k.t.Created = timeOf(k.a.text("data", "created_at"))
	if k.done() {
		k.t.Finished = timeOf(k.a.text("data", "updated_at"))
	}
	for _, kind := range []string{"videos", "images", "series_images"} {
		for _, file := range k.a.objects("data", "task_result", kind) {
			k.output(file.text("url"))
			if kind == "videos" {
				k.put(Duration, file.text("duration"), fromAnswer)
			}
		}
	}
	k.cost("data.final_unit_deduction", "credit")
	for _, key := range []string{"billing", "billings", "billing_items"} {
		k.bill(k.a.objects("data", key))
	}
}

// bill reads a list of billing items when all are of one kind: units, or cash in a named currency.
func (k *taskReader) bill(items []doc) {
	if len(items) != 1 {
		return
	}
	kind := strings.ToLower(firstText(items[0], "type", "unit", "billing_type"))
	switch {
	case strings.Contains(kind, "unit") || strings.Contains(kind, "credit"):
		k.price(items[0].text("amount"), "credit")
	case strings.Contains(kind, "cash"):
		if c := strings.ToUpper(items[0].text("currency")); c == "CNY" || c == "USD" {
			k.price(items[0].text("amount"), c)
		}
	}
}
