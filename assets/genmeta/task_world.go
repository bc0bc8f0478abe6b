package genmeta

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// runway reads Runway: the prompt is promptText, failures have a code of several parts.
func (k *taskReader) runway() {
	k.t.Service = "runway"
	k.ask(Prompt, "promptText")
	k.ask(Model, "model")
	k.ask(Seed, "seed")
	k.ask(Duration, "duration")
	k.ask(Ratio, "ratio")
	k.pixels("ratio")
	k.ref("first", k.q.text("promptImage"))
	for _, part := range k.q.objects("promptImage") {
		k.ref(roleOf(part.text("position"), "first"), part.text("uri"))
	}
	for _, key := range []string{"referenceImages", "references"} {
		for _, part := range k.q.objects(key) {
			k.ref("reference", part.text("uri"))
		}
	}
	k.ref("video", firstText(k.q, "videoUri"))
	k.id("id")
	k.status("status")
	k.failure([]string{"failureCode"}, []string{"failure", "error"})
	k.t.Created = timeOf(k.a.text("createdAt"))
	for _, v := range k.a.list("output") {
		address, _ := v.(string)
		k.output(address)
	}
}

// luma reads Luma, whose answer echoes the request. It has no seed.
func (k *taskReader) luma() {
	k.t.Service = "luma"
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Duration, "duration")
	k.ask(Ratio, "aspect_ratio")
	k.told(Prompt, "request.prompt")
	k.told(Model, "request.model", "model")
	k.told(Duration, "request.duration")
	k.told(Ratio, "request.aspect_ratio")
	for _, q := range []doc{k.q, k.a.at("request")} {
		k.lumaRefs(q)
	}
	k.id("id")
	k.status("state")
	k.failure(nil, []string{"failure_reason"})
	k.t.Created = timeOf(k.a.text("created_at"))
	k.output(k.a.text("assets", "video"))
	k.output(k.a.text("assets", "image"))
}

func (k *taskReader) lumaRefs(q doc) {
	for i, role := range []string{"first", "last"} {
		frame := q.at("keyframes", "frame"+strconv.Itoa(i))
		k.ref(role, firstText(frame, "url", "id"))
	}
	for _, key := range []string{"image_ref", "style_ref"} {
		for _, part := range q.objects(key) {
			k.ref("reference", part.text("url"))
		}
	}
	for _, v := range q.list("character_ref", "identity0", "images") {
		name, _ := v.(string)
		k.ref("subject", name)
	}
	k.ref("reference", q.text("modify_image_ref", "url"))
	for _, concept := range q.objects("concepts") {
		k.ref("camera", concept.text("key"))
	}
}

var modelInName = regexp.MustCompile(`models/([\w.-]+)/operations/`)

// veo reads Google's long-running operations: instances and parameters, then done with a response or an error.
func (k *taskReader) veo() {
	k.t.Service = "veo"
	k.ask(Prompt, "instances.0.prompt", "prompt")
	k.ask(Negative, "parameters.negativePrompt")
	k.ask(Model, "model")
	k.ask(Seed, "parameters.seed")
	k.ask(Duration, "parameters.durationSeconds")
	k.ask(Ratio, "parameters.aspectRatio")
	for _, r := range []struct{ role, key string }{{"first", "image"}, {"last", "lastFrame"}, {"video", "video"}} {
		k.ref(r.role, k.veoFile(k.q.at("instances", "0", r.key)))
	}
	for _, part := range k.q.objects("instances", "0", "referenceImages") {
		k.ref("reference", k.veoFile(part.at("image")))
	}
	k.id("name", "operationName")
	if m := modelInName.FindStringSubmatch(k.t.ID); m != nil {
		k.t.Result.set(Model, m[1], fromAnswer, Derived)
	}
	k.failure([]string{"error.status", "error.code"}, []string{"error.message"})
	response := k.a.at("response")
	if inner := response.at("generateVideoResponse"); len(inner) > 0 {
		response = inner
	}
	k.veoOutputs(response)
	k.veoState(response)
}

// veoFile names a picture that is an address in a store, or bytes in the request.
func (k *taskReader) veoFile(d doc) string {
	if s := firstText(d, "gcsUri", "uri", "fileUri"); s != "" {
		return s
	}
	if d.has("bytesBase64Encoded", "imageBytes", "inlineData") {
		return "inline"
	}
	return ""
}

func (k *taskReader) veoOutputs(response doc) {
	for _, key := range []string{"videos", "generatedSamples", "generatedVideos"} {
		for _, file := range response.objects(key) {
			if inner := file.at("video"); len(inner) > 0 {
				file = inner
			}
			k.output(firstText(file, "gcsUri", "uri", "url"))
			if file.has("bytesBase64Encoded", "videoBytes") {
				k.t.Outputs = append(k.t.Outputs, Output{Name: "inline"})
			}
		}
	}
}

// veoState: a batch may be refused in part; only one without any clip counts as refused.
func (k *taskReader) veoState(response doc) {
	done, stated := k.a["done"].(bool)
	filtered := response.text("raiMediaFilteredCount")
	var reasons []string
	for _, v := range response.list("raiMediaFilteredReasons") {
		if s, ok := v.(string); ok {
			reasons = append(reasons, short(s))
		}
	}
	if filtered != "" && filtered != "0" && k.t.ErrorText == "" {
		k.t.ErrorCode, k.t.ErrorText = "raiMediaFiltered", strings.Join(reasons, "\n")
	}
	if stated {
		k.t.Word = "done=" + strconv.FormatBool(done)
	}
	switch {
	case stated && !done:
		k.t.Status = TaskRunning
	case len(k.t.Outputs) > 0:
		k.t.Status = TaskSucceeded
	case k.t.ErrorCode == "raiMediaFiltered":
		k.t.Status = TaskRefused
	case k.t.ErrorCode != "" || k.t.ErrorText != "":
		k.t.Status = TaskFailed
	case k.t.ID != "" && !stated:
		k.t.Status = TaskQueued
	}
}

// pika reads Pika, which gives the ratio as a number.
func (k *taskReader) pika() {
	k.t.Service = "pika"
	k.ask(Prompt, "promptText")
	k.ask(Negative, "negativePrompt")
	k.ask(Seed, "seed")
	k.ask(Duration, "duration")
	if f, err := strconv.ParseFloat(k.q.text("aspectRatio"), 64); err == nil {
		k.t.Result.set(Ratio, ratioNear(f), fromRequest, Derived)
	}
	k.ref("first", firstText(k.q, "image"))
	k.id("video_id", "id")
	k.status("status")
	k.failure([]string{"error.code"}, []string{"error.message", "error", "detail"})
	k.output(k.a.text("url"))
}

// ratioNear names a ratio given as a number; an unusual one stays unnamed.
func ratioNear(f float64) string {
	for _, r := range []struct {
		name string
		is   float64
	}{{"9:16", 9.0 / 16}, {"16:9", 16.0 / 9}, {"1:1", 1}, {"3:4", 0.75}, {"4:3", 4.0 / 3}, {"4:5", 0.8}, {"5:4", 1.25}, {"2:3", 2.0 / 3}, {"3:2", 1.5}, {"21:9", 21.0 / 9}, {"5:2", 2.5}} {
		if math.Abs(f-r.is) < 0.005 {
			return r.name
		}
	}
	return ""
}

// sora reads OpenAI's video jobs. They have no seed, and the clip is fetched by the job's id.
func (k *taskReader) sora() {
	k.t.Service = "sora"
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Duration, "seconds")
	k.pixels("size")
	k.told(Prompt, "prompt")
	k.told(Model, "model")
	k.told(Duration, "seconds")
	if m := sizeText.FindStringSubmatch(k.a.text("size")); m != nil {
		k.t.Result.set(Width, m[1], fromAnswer, Derived)
		k.t.Result.set(Height, m[2], fromAnswer, Derived)
	}
	k.ref("first", firstText(k.q, "input_reference", "input_reference.image_url", "input_reference.file_id"))
	k.id("id")
	k.status("status")
	k.failure([]string{"error.code"}, []string{"error.message"})
	k.t.Created, k.t.Finished = timeOf(k.a.text("created_at")), timeOf(k.a.text("completed_at"))
	if at := timeOf(k.a.text("expires_at")); !at.IsZero() && k.t.Status == TaskSucceeded {
		k.t.Outputs = append(k.t.Outputs, Output{Name: k.t.ID, Expires: at})
	}
}
