package genmeta

import (
	"regexp"
	"strings"
)

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

// vidu reads Vidu: a state, a price in credits and a list of creations.
func (k *taskReader) vidu() {
	k.t.Service = "vidu"
	k.told(Seed, "seed")
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Seed, "seed")
	k.ask(Duration, "duration")
	k.ask(Ratio, "aspect_ratio")
	for i, v := range k.q.list("images") {
		name, _ := v.(string)
		k.ref(viduRole(i, len(k.q.list("images")), k.q.has("subjects", "aspect_ratio")), name)
	}
	for _, subject := range k.q.objects("subjects") {
		for _, v := range subject.list("images") {
			name, _ := v.(string)
			k.ref("subject", name)
		}
	}
	k.told(Model, "model")
	k.told(Prompt, "prompt")
	k.told(Duration, "duration")
	k.id("task_id", "id")
	k.status("state")
	k.failure([]string{"err_code", "reason"}, []string{"err_msg", "message"})
	k.t.Created = timeOf(k.a.text("created_at"))
	for _, file := range k.a.objects("creations") {
		k.output(file.text("url"))
	}
	k.cost("credits", "credit")
}

// viduRole: one picture opens the clip, two open and close it; with a ratio asked for they are references only.
func viduRole(i, of int, references bool) string {
	switch {
	case references || of > 2:
		return "reference"
	case i == 0:
		return "first"
	}
	return "last"
}

// hailuo reads 海螺: a state, and the file in an answer of its own. It has no seed.
func (k *taskReader) hailuo() {
	k.t.Service = "hailuo"
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Duration, "duration")
	k.ref("first", k.q.text("first_frame_image"))
	k.ref("last", k.q.text("last_frame_image"))
	for _, subject := range k.q.objects("subject_reference") {
		name, _ := subject.find("image", "0").(string)
		k.ref("subject", firstOfText(subject.text("image"), name))
	}
	k.id("task_id", "file.task_id")
	k.status("status")
	if code := k.a.text("base_resp", "status_code"); code != "" && code != "0" {
		k.failure([]string{"base_resp.status_code"}, []string{"base_resp.status_msg"})
		if k.t.Status == "" || k.t.Status == TaskSucceeded {
			k.t.Status = TaskFailed
		}
	}
	k.told(Width, "video_width")
	k.told(Height, "video_height")
	k.output(k.a.text("file", "download_url"))
	k.t.Result.param("file_id", short(firstText(k.a, "file_id", "file.file_id")))
}

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
		k.t.ErrorCode, k.t.ErrorText = short(code), cutQueries(short(file.text("message")))
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
