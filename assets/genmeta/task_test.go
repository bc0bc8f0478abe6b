package genmeta

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// answered is what a task must say; fields and refs as in the struct, the rest as text.
type answered struct {
	name, request, answer string
	service, id, status   string
	word, code, cost      string
	fields                map[string]string
	params                map[string]string
	refs                  []Ref
	outputs               []string
}

func checkTask(t *testing.T, c answered) Task {
	t.Helper()
	k := ReadTask([]byte(c.request), []byte(c.answer))
	cost := strings.TrimSpace(k.Cost.Amount + " " + k.Cost.Unit)
	got := fmt.Sprintf("%q %q %q %q %q %q", k.Service, k.ID, k.Status, k.Word, k.ErrorCode, cost)
	if want := fmt.Sprintf("%q %q %q %q %q %q", c.service, c.id, c.status, c.word, c.code, c.cost); got != want {
		t.Errorf("service, id, status, word, code, cost:\n got %s\nwant %s\ntext %q", got, want, k.ErrorText)
	}
	expect(t, k.Result, c.fields)
	for name, want := range c.params {
		if k.Result.Params[name] != want {
			t.Errorf("param %s = %q, want %q", name, k.Result.Params[name], want)
		}
	}
	if c.refs != nil && !slices.Equal(k.Refs, c.refs) {
		t.Errorf("refs %+v, want %+v", k.Refs, c.refs)
	}
	var urls []string
	for _, o := range k.Outputs {
		urls = append(urls, o.URL)
	}
	if !slices.Equal(urls, c.outputs) {
		t.Errorf("outputs %v, want %v", urls, c.outputs)
	}
	return k
}

func TestServicesOfChinaAreMapped(t *testing.T) {
	for _, c := range []answered{
		{name: "Kling, done, with units", request: `{"model_name":"kling-v2-1","prompt":"她跑","negative_prompt":"糊","mode":"pro","duration":"10","aspect_ratio":"9:16","image":"https://a.example/f.png?sig=s3cret","image_tail":"data:image/png;base64,AAAA","cfg_scale":0.5,"callback_url":"https://me.example/hook?k=1","external_task_id":"shot-7"}`,
			answer:  `{"code":0,"message":"SUCCEED","request_id":"r","data":{"task_id":"Cj1","task_status":"succeed","task_status_msg":"","created_at":1731233182965,"updated_at":1731233195037,"final_unit_deduction":"3.5","task_result":{"videos":[{"id":"v","url":"https://k.example/p/v.mp4?x-expires=1800000000","duration":"10.1"}]}}}`,
			service: "kling", id: "Cj1", status: TaskSucceeded, word: "succeed", cost: "3.5 credit",
			fields: map[string]string{Prompt: "她跑", Negative: "糊", Model: "kling-v2-1", Mode: "pro", Duration: "10", Ratio: "9:16", CFG: "0.5", TaskID: "Cj1", Seed: ""}, params: map[string]string{"external_task_id": "shot-7", "callback_url": ""},
			refs: []Ref{{"first", "https://a.example/f.png"}, {"last", "inline"}}, outputs: []string{"https://k.example/p/v.mp4?x-expires=1800000000"}},
		{name: "Kling, refused for the content", request: `{"model_name":"kling-v1","prompt":"x"}`, answer: `{"code":0,"message":"SUCCEED","data":{"task_id":"C2","task_status":"failed","task_status_msg":"Failure to pass the risk control system"}}`,
			service: "kling", id: "C2", status: TaskRefused, word: "failed"},
		{name: "Kling, refused at once", request: `{"model_name":"kling-v1","prompt":"x"}`, answer: `{"code":1301,"message":"trigger strategy","request_id":"r"}`, service: "kling", status: TaskRefused, code: "1301"},
		{name: "Kling, out of money", request: `{"model_name":"kling-v1","prompt":"x"}`, answer: `{"code":1102,"message":"Account balance not enough","request_id":"r"}`, service: "kling", status: TaskFailed, code: "1102"},
		{name: "Kling in shots with a list of pictures", request: `{"model_name":"kling-v3","prompt":"","multi_shot":true,"multi_prompt":[{"index":1,"prompt":"one","duration":"3"},{"index":2,"prompt":"two","duration":"2"}],"image_list":[{"image_url":"a","type":"first_frame"},{"image_url":"b","type":"end_frame"},{"image_url":"c"}]}`,
			answer: `{"code":0,"data":{"task_id":"C3","task_status":"submitted"}}`, service: "kling", id: "C3", status: TaskQueued, word: "submitted", fields: map[string]string{Prompt: "one\ntwo"}, refs: []Ref{{"first", "a"}, {"last", "b"}, {"reference", "c"}}},
		{name: "Seedance with flags in the prompt", request: `{"model":"doubao-seedance-1-0-pro-250528","content":[{"type":"text","text":"她回头，--停顿-- 雨  --ratio 9:16 --dur 5 --seed 11 --rs 720p --cf false"},{"type":"image_url","image_url":{"url":"https://a.example/1.png"},"role":"last_frame"}]}`,
			answer: `{"id":"cgt-1"}`, service: "seedance", id: "cgt-1", status: TaskQueued,
			fields: map[string]string{Prompt: "她回头，--停顿-- 雨", Ratio: "9:16", Duration: "5", Seed: "11", Model: "doubao-seedance-1-0-pro-250528"}, params: map[string]string{"resolution": "720p", "camerafixed": "false"}, refs: []Ref{{"last", "https://a.example/1.png"}}},
		{name: "Seedance, done, the seed answered", request: `{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"rain"},{"type":"image_url","image_url":{"url":"u1"}},{"type":"video_url","video_url":{"url":"u2"},"role":"reference_video"},{"type":"audio_url","audio_url":{"url":"u3"}}],"seed":-1,"ratio":"adaptive","duration":-1,"resolution":"720p"}`,
			answer:  `{"id":"cgt-2","model":"doubao-seedance-2-0","status":"succeeded","content":{"video_url":"https://tos.example/v.mp4?X-Tos-Date=20260901T100000Z&X-Tos-Expires=86400"},"usage":{"completion_tokens":246840,"total_tokens":246840},"created_at":1760000000,"updated_at":1760000100,"seed":58944,"ratio":"9:16","duration":5}`,
			service: "seedance", id: "cgt-2", status: TaskSucceeded, word: "succeeded", cost: "246840 token", fields: map[string]string{Seed: "58944", Ratio: "9:16", Duration: "5", Prompt: "rain"}, params: map[string]string{Seed: "-1"},
			refs: []Ref{{"first", "u1"}, {"video", "u2"}, {"audio", "u3"}}, outputs: []string{"https://tos.example/v.mp4?X-Tos-Date=20260901T100000Z&X-Tos-Expires=86400"}},
		{name: "Seedance, refused", request: `{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"x"}]}`, answer: `{"id":"cgt-3","status":"failed","error":{"code":"OutputVideoSensitiveContentDetected","message":"The request failed because the output video may contain sensitive information."}}`,
			service: "seedance", id: "cgt-3", status: TaskRefused, word: "failed", code: "OutputVideoSensitiveContentDetected"},
		{name: "Seedream", request: `{"model":"doubao-seedream-4-0","prompt":"a poster","size":"1440x2560","seed":3,"image":["u1","u2"],"watermark":false}`, answer: `{"model":"doubao-seedream-4-0","created":1760000000,"data":[{"url":"https://s.example/1.jpg"},{"url":"https://s.example/2.jpg"}]}`,
			service: "seedream", status: TaskSucceeded, fields: map[string]string{Prompt: "a poster", Seed: "3", Width: "1440", Height: "2560"}, refs: []Ref{{"reference", "u1"}, {"reference", "u2"}}, outputs: []string{"https://s.example/1.jpg", "https://s.example/2.jpg"}},
		{name: "Jimeng by its own key", request: `{"req_key":"jimeng_t2v_v30","prompt":"雨","seed":9,"aspect_ratio":"9:16"}`, answer: `{"code":10000,"data":{"task_id":"77","status":"done","video_url":"https://j.example/v.mp4"},"message":"Success"}`,
			service: "jimeng", id: "77", status: TaskSucceeded, word: "done", fields: map[string]string{Prompt: "雨", Seed: "9", Ratio: "9:16", Model: "jimeng_t2v_v30"}, outputs: []string{"https://j.example/v.mp4"}},
		{name: "Vidu, done, with credits", request: `{"model":"vidu2.0","prompt":"snow","images":["a","b"],"duration":4,"seed":0,"resolution":"720p","movement_amplitude":"auto"}`, answer: `{"id":"9001","state":"success","err_code":"","credits":8,"payload":"","creations":[{"id":"c","url":"https://v.example/o.mp4","cover_url":"https://v.example/o.jpg"}]}`,
			service: "vidu", id: "9001", status: TaskSucceeded, word: "success", cost: "8 credit", fields: map[string]string{Prompt: "snow", Seed: "0", Duration: "4"}, refs: []Ref{{"first", "a"}, {"last", "b"}}, outputs: []string{"https://v.example/o.mp4"}},
		{name: "Vidu, the seed that was drawn", request: `{"model":"viduq1","prompt":"snow","seed":0,"subjects":[{"id":"1","images":["s"]}],"aspect_ratio":"9:16"}`, answer: `{"task_id":"9002","state":"created","model":"viduq1","seed":8847,"created_at":"2026-09-01T10:00:00.123Z"}`,
			service: "vidu", id: "9002", status: TaskQueued, word: "created", fields: map[string]string{Seed: "8847", Ratio: "9:16"}, refs: []Ref{{"subject", "s"}}},
		{name: "Vidu, pictures that are references only", request: `{"model":"viduq2","prompt":"x","images":["a","b"],"aspect_ratio":"9:16"}`, answer: `{"code":"success","data":{"task_id":"9003","state":"processing"}}`,
			service: "vidu", id: "9003", status: TaskRunning, word: "processing", refs: []Ref{{"reference", "a"}, {"reference", "b"}}},
		{name: "Vidu, refused", request: `{"model":"viduq1","prompt":"x"}`, answer: `{"state":"failed","err_code":"CreationPolicyViolation","credits":0,"creations":[]}`, service: "vidu", status: TaskRefused, word: "failed", code: "CreationPolicyViolation", cost: "0 credit"},
		{name: "Hailuo, made", request: `{"model":"MiniMax-Hailuo-02","prompt":"[push in] a hill","first_frame_image":"u","prompt_optimizer":false,"duration":6,"resolution":"768P"}`, answer: `{"task_id":"306792606023824","status":"Success","file_id":"205258526306433","video_width":720,"video_height":1280,"base_resp":{"status_code":0,"status_msg":"success"}}`,
			service: "hailuo", id: "306792606023824", status: TaskSucceeded, word: "Success", fields: map[string]string{Prompt: "[push in] a hill", Duration: "6", Width: "720", Height: "1280"}, params: map[string]string{"file_id": "205258526306433", "resolution": "768P", "prompt_optimizer": "false"}, refs: []Ref{{"first", "u"}}},
		{name: "Hailuo, its file", answer: `{"file":{"file_id":205258526306433,"download_url":"https://m.example/v.mp4"},"base_resp":{"status_code":0}}`, service: "hailuo", status: TaskSucceeded, params: map[string]string{"file_id": "205258526306433"}, outputs: []string{"https://m.example/v.mp4"}},
		{name: "Hailuo, refused", request: `{"model":"T2V-01","prompt":"x"}`, answer: `{"task_id":"","base_resp":{"status_code":1026,"status_msg":"input"}}`, service: "hailuo", status: TaskRefused, code: "1026"},
		{name: "Hailuo, too many", request: `{"model":"T2V-01","prompt":"x"}`, answer: `{"base_resp":{"status_code":1002,"status_msg":"rate limit"}}`, service: "hailuo", status: TaskFailed, code: "1002"},
		{name: "Wan, done, with the prompt rewritten", request: `{"model":"wan2.5-t2v-preview","input":{"prompt":"rain","negative_prompt":"sun","audio_url":"a.mp3"},"parameters":{"size":"720*1280","duration":10,"seed":2147483647,"prompt_extend":true}}`,
			answer:  `{"request_id":"r","output":{"task_id":"t1","task_status":"SUCCEEDED","submit_time":"2026-09-01 18:00:00.123","scheduled_time":"2026-09-01 18:00:10.000","end_time":"2026-09-01 18:03:00.500","orig_prompt":"rain","actual_prompt":"Heavy rain falls.","video_url":"https://d.example/v.mp4?Expires=1790000000&Signature=x"},"usage":{"video_duration":10,"video_count":1,"SR":720}}`,
			service: "wan", id: "t1", status: TaskSucceeded, word: "SUCCEEDED", cost: "10 second", fields: map[string]string{Prompt: "rain", Negative: "sun", Expanded: "Heavy rain falls.", Width: "720", Height: "1280", Seed: "2147483647", Duration: "10", Model: "wan2.5-t2v-preview"},
			params: map[string]string{"prompt_extend": "true"}, refs: []Ref{{"audio", "a.mp3"}}, outputs: []string{"https://d.example/v.mp4?Expires=1790000000&Signature=x"}},
		{name: "Wan with a list of media, refused", request: `{"model":"wan2.7-i2v","input":{"prompt":"x","media":[{"type":"first_frame","url":"u1"},{"type":"driving_audio","url":"u2"}]},"parameters":{"ratio":"9:16"}}`, answer: `{"code":"DataInspectionFailed","message":"Input data may contain inappropriate content.","request_id":"r"}`,
			service: "wan", status: TaskRefused, code: "DataInspectionFailed", fields: map[string]string{Ratio: "9:16"}, refs: []Ref{{"first", "u1"}, {"audio", "u2"}}},
		{name: "Vidu behind the same platform", request: `{"model":"vidu/viduq2_t2v","input":{"prompt":"x"},"parameters":{"duration":5}}`, answer: `{"output":{"task_id":"t2","task_status":"PENDING"},"request_id":"r"}`, service: "vidu", id: "t2", status: TaskQueued, word: "PENDING"},
	} {
		t.Run(c.name, func(t *testing.T) { checkTask(t, c) })
	}
}

func TestServicesOfTheWorldAreMapped(t *testing.T) {
	for _, c := range []answered{
		{name: "Runway, done", request: `{"model":"gen4_turbo","promptText":"wind","promptImage":[{"uri":"https://a.example/1.png?t=1","position":"first"},{"uri":"u2","position":"last"}],"ratio":"720:1280","duration":5,"seed":4294967295}`,
			answer:  `{"id":"d2e3d1f4","createdAt":"2026-09-01T10:00:00.000Z","status":"SUCCEEDED","output":["https://r.example/v.mp4?_jwt=x"]}`,
			service: "runway", id: "d2e3d1f4", status: TaskSucceeded, word: "SUCCEEDED", fields: map[string]string{Prompt: "wind", Seed: "4294967295", Duration: "5", Ratio: "720:1280", Width: "720", Height: "1280", Model: "gen4_turbo"},
			refs: []Ref{{"first", "https://a.example/1.png"}, {"last", "u2"}}, outputs: []string{"https://r.example/v.mp4?_jwt=x"}},
		{name: "Runway, refused", request: `{"model":"gen4_turbo","promptText":"x","promptImage":"data:image/png;base64,AA","ratio":"720:1280"}`, answer: `{"id":"1","createdAt":"2026-09-01T10:00:00Z","status":"FAILED","failure":"The generation failed.","failureCode":"SAFETY.INPUT.TEXT"}`,
			service: "runway", id: "1", status: TaskRefused, word: "FAILED", code: "SAFETY.INPUT.TEXT", refs: []Ref{{"first", "inline"}}},
		{name: "Runway, throttled", answer: `{"id":"1","createdAt":"2026-09-01T10:00:00Z","status":"THROTTLED"}`, service: "runway", id: "1", status: TaskQueued, word: "THROTTLED"},
		{name: "Luma, with the request echoed", answer: `{"id":"l1","generation_type":"video","state":"completed","failure_reason":null,"created_at":"2026-09-01T10:00:00Z","assets":{"video":"https://l.example/v.mp4"},"model":"ray-2","request":{"prompt":"fog","model":"ray-2","duration":"9s","aspect_ratio":"9:16","keyframes":{"frame0":{"type":"image","url":"u1"},"frame1":{"type":"generation","id":"g0"}},"concepts":[{"key":"zoom_in"}]}}`,
			service: "luma", id: "l1", status: TaskSucceeded, word: "completed", fields: map[string]string{Prompt: "fog", Duration: "9", Ratio: "9:16", Model: "ray-2", Seed: ""}, refs: []Ref{{"first", "u1"}, {"last", "g0"}, {"camera", "zoom_in"}}, outputs: []string{"https://l.example/v.mp4"}},
		{name: "Luma, moderated", request: `{"prompt":"x","model":"ray-2"}`, answer: `{"id":"l2","state":"failed","failure_reason":"Contents were moderated"}`, service: "luma", id: "l2", status: TaskRefused, word: "failed"},
		{name: "Veo, running", request: `{"instances":[{"prompt":"sea","image":{"bytesBase64Encoded":"AAAA","mimeType":"image/png"},"lastFrame":{"gcsUri":"gs://b/l.png"}}],"parameters":{"aspectRatio":"9:16","durationSeconds":8,"negativePrompt":"text","seed":12,"sampleCount":2}}`,
			answer:  `{"name":"projects/p/locations/l/publishers/google/models/veo-3.0-generate-001/operations/op1","done":false}`,
			service: "veo", id: "projects/p/locations/l/publishers/google/models/veo-3.0-generate-001/operations/op1", status: TaskRunning, word: "done=false", fields: map[string]string{Prompt: "sea", Negative: "text", Seed: "12", Duration: "8", Ratio: "9:16", Model: "veo-3.0-generate-001"},
			params: map[string]string{"sampleCount": "2"}, refs: []Ref{{"first", "inline"}, {"last", "gs://b/l.png"}}},
		{name: "Veo, refused in part", answer: `{"name":"operations/op2","done":true,"response":{"raiMediaFilteredCount":1,"raiMediaFilteredReasons":["Support codes: 1"],"videos":[{"gcsUri":"gs://b/v.mp4"}]}}`, service: "veo", id: "operations/op2", status: TaskSucceeded, word: "done=true", code: "raiMediaFiltered", outputs: []string{"gs://b/v.mp4"}},
		{name: "Veo, refused", answer: `{"name":"operations/op3","done":true,"response":{"raiMediaFilteredCount":1,"raiMediaFilteredReasons":["Support codes: 1"]}}`, service: "veo", id: "operations/op3", status: TaskRefused, word: "done=true", code: "raiMediaFiltered"},
		{name: "Veo, failed", answer: `{"name":"operations/op4","done":true,"error":{"code":3,"message":"Image too small"}}`, service: "veo", id: "operations/op4", status: TaskFailed, word: "done=true", code: "3"},
		{name: "Pika, done", request: `{"promptText":"cat","negativePrompt":"dog","seed":6,"duration":5,"resolution":"1080p","aspectRatio":0.5625}`, answer: `{"id":"p1","status":"finished","progress":100,"url":"https://p.example/v.mp4"}`,
			service: "pika", id: "p1", status: TaskSucceeded, word: "finished", fields: map[string]string{Prompt: "cat", Negative: "dog", Seed: "6", Ratio: "9:16"}, params: map[string]string{"aspectRatio": "0.5625"}, outputs: []string{"https://p.example/v.mp4"}},
		{name: "Pika, taken", request: `{"promptText":"cat"}`, answer: `{"video_id":"p2"}`, service: "pika", id: "p2", status: TaskQueued},
		{name: "Sora, done", request: `{"model":"sora-2","prompt":"hill","seconds":"8","size":"720x1280","input_reference":"f.png"}`, answer: `{"id":"video_1","object":"video","model":"sora-2","status":"completed","progress":100,"created_at":1760000000,"completed_at":1760000200,"expires_at":1760086400,"seconds":"8","size":"720x1280"}`,
			service: "sora", id: "video_1", status: TaskSucceeded, word: "completed", fields: map[string]string{Prompt: "hill", Duration: "8", Width: "720", Height: "1280", Seed: ""}, refs: []Ref{{"first", "f.png"}}, outputs: []string{""}},
		{name: "Sora, blocked", answer: `{"id":"video_2","object":"video","status":"failed","error":{"code":"moderation_blocked","message":"Blocked."}}`, service: "sora", id: "video_2", status: TaskRefused, word: "failed", code: "moderation_blocked"},
		{name: "a reseller's envelope", request: `{"model":"kling-v1","prompt":"x"}`, answer: `{"success":true,"data":{"code":0,"data":{"task_id":"C9","task_status":"processing"}}}`, service: "kling", id: "C9", status: TaskRunning, word: "processing"},
		{name: "envelopes within envelopes", request: `{"prompt":"x"}`, answer: `{"data":{"data":{"data":{"data":{"data":{"id":"far"}}}}}}`, fields: map[string]string{Prompt: "x"}},
		{name: "what is not known", request: `{"prompt":"x","seed":5,"model":"m1"}`, answer: `{"task_id":"t","status":"processing"}`, service: "", id: "t", status: TaskRunning, word: "processing", fields: map[string]string{Prompt: "x", Seed: "5", Model: "m1"}},
	} {
		t.Run(c.name, func(t *testing.T) { checkTask(t, c) })
	}
}

func TestTheMomentsOfATaskAreKept(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	wan := ReadTask(nil, []byte(`{"output":{"task_id":"t","task_status":"SUCCEEDED","submit_time":"2026-09-01 18:00:00.123","scheduled_time":"2026-09-01 18:00:10.000","end_time":"2026-09-01 18:03:00.500","video_url":"https://d.example/a/v.mp4?Expires=1790000000"}}`))
	if !wan.Created.Equal(at("2026-09-01T10:00:00.123Z")) || !wan.Started.Equal(at("2026-09-01T10:00:10Z")) || !wan.Finished.Equal(at("2026-09-01T10:03:00.5Z")) {
		t.Errorf("Beijing times: %v %v %v", wan.Created, wan.Started, wan.Finished)
	}
	if o := wan.Outputs[0]; !o.Expires.Equal(time.Unix(1790000000, 0)) || o.Name != "v.mp4" {
		t.Errorf("output %+v", o)
	}
	kling := ReadTask(nil, []byte(`{"code":0,"data":{"task_id":"t","task_status":"processing","created_at":1731233182965,"updated_at":1731233195037}}`))
	if !kling.Created.Equal(time.UnixMilli(1731233182965)) || !kling.Finished.IsZero() {
		t.Errorf("a running task: %v %v", kling.Created, kling.Finished)
	}
	ark := ReadTask(nil, []byte(`{"id":"cgt-1","status":"failed","created_at":1760000000,"updated_at":1760000100,"content":{"video_url":"https://t.example/v.mp4?X-Tos-Date=20260901T100000Z&X-Tos-Expires=86400"}}`))
	if !ark.Finished.Equal(time.Unix(1760000100, 0)) || !ark.Outputs[0].Expires.Equal(at("2026-09-02T10:00:00Z")) {
		t.Errorf("a finished task: %v %+v", ark.Finished, ark.Outputs)
	}
	for _, s := range []string{"", "12", "-1731233182", "1e12", "2026-09-01", "0001-01-01T00:00:00Z", "yesterday"} {
		if got := timeOf(s); !got.IsZero() {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestFlagsAreCutOnlyFromTheEndAndOnlyForTheirService(t *testing.T) {
	for _, c := range []struct{ text, prose, ratio string }{
		{"a --ratio 9:16 b", "a --ratio 9:16 b", ""},
		{"a --ratio 9:16 --unknown 5", "a --ratio 9:16 --unknown 5", ""},
		{"a  b\n--ratio 9:16 ", "a  b", "9:16"},
		{"a --ratio 9:16 --ratio 1:1", "a", "1:1"},
		{"--ratio 9:16", "", "9:16"},
		{"a --seed -1 --ratio 9:16", "a", "9:16"},
	} {
		flags := map[string]string{}
		if got := cutFlags(c.text, flags); got != c.prose || flags[Ratio] != c.ratio {
			t.Errorf("%q gives %q and %v", c.text, got, flags)
		}
	}
	kling := ReadTask([]byte(`{"model_name":"kling-v1","prompt":"a --ratio 9:16"}`), nil)
	expect(t, kling.Result, map[string]string{Prompt: "a --ratio 9:16", Ratio: ""})
	ark := ReadTask([]byte(`{"model":"doubao-seedance-1-0","content":[{"type":"text","text":"a --ratio 9:16"}]}`), nil)
	if f := ark.Result.Fields[Ratio]; f.Certainty != Derived || ark.Result.Fields[Prompt].Certainty != Exact || ark.Status != "" {
		t.Errorf("got %+v", ark)
	}
}

func TestTheCertaintyOfATaskIsSaid(t *testing.T) {
	k := ReadTask([]byte(`{"model":"doubao-seedance-2-0","content":[{"type":"text","text":"x"}],"seed":5}`), []byte(`{"id":"cgt-1","seed":5}`))
	if f := k.Result.Fields[Seed]; f != (Field{"5", "task:answer", Exact}) {
		t.Errorf("seed %+v", f)
	}
	if f := k.Result.Fields[Prompt]; f != (Field{"x", "task:request", Exact}) {
		t.Errorf("prompt %+v", f)
	}
	for name, f := range ReadTask([]byte(`{"prompt":"x","seed":5}`), []byte(`{"status":"done"}`)).Result.Fields {
		if f.Certainty != Guess {
			t.Errorf("%s of an unknown service is %+v", name, f)
		}
	}
}

func TestHostileTasksAreRefusedQuietly(t *testing.T) {
	deep := strings.Repeat(`{"a":`, maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1)
	for name, c := range map[string]struct {
		body string
		note string
	}{
		"too long":     {`{"prompt":"` + strings.Repeat("x", maxTask) + `"}`, NoteTruncated},
		"too deep":     {deep, NoteUnreadable},
		"no JSON":      {"<html>502</html>", NoteUnreadable},
		"a list":       {`[1,2]`, NoteUnreadable},
		"cut":          {`{"prompt":"x"`, NoteUnreadable},
		"nothing":      {" \n", ""},
		"a null":       {`{"prompt":null,"content":null,"data":null}`, ""},
		"wrong kinds":  {`{"model":{"a":1},"prompt":[1],"content":{"x":1},"input":[],"instances":{"0":1},"promptText":7,"images":"x","keyframes":[1]}`, ""},
		"a huge seed":  {`{"model_name":"kling","prompt":"x","seed":1` + strings.Repeat("0", 5000) + `}`, ""},
		"just at size": {`{"prompt":"` + strings.Repeat("x", maxTask-13) + `"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			k := ReadTask([]byte(c.body), []byte(c.body))
			if c.note == "" && len(k.Result.Notes) > 0 || c.note != "" && !slices.Contains(k.Result.Notes, c.note) {
				t.Errorf("notes %v", k.Result.Notes)
			}
			if k.Result.Fields[Seed].Value != "" {
				t.Errorf("seed %+v", k.Result.Fields[Seed])
			}
		})
	}
}

func TestSecretsOfATaskAreNotTold(t *testing.T) {
	k := ReadTask([]byte(`{"model_name":"kling-v1","prompt":"see https://x.example/a?sig=s3cret","image":"https://x.example/f.png?sig=s3cret","callback_url":"s3cret","api_key":"s3cret","token":"s3cret","image_tail":"`+strings.Repeat("QUJD", 400)+`"}`),
		[]byte(`{"code":1201,"message":"cannot load https://x.example/f.png?sig=s3cret"}`))
	if strings.Contains(fmt.Sprint(k), "s3cret") || strings.Contains(fmt.Sprint(k), "QUJD") {
		t.Errorf("answered: %+v", k)
	}
	expect(t, k.Result, map[string]string{Prompt: "see https://x.example/a"})
}

func FuzzTask(f *testing.F) {
	f.Add([]byte(`{"model_name":"kling-v1","prompt":"x","image_list":[{"image_url":"a"}]}`), []byte(`{"code":0,"data":{"task_id":"t","task_status":"succeed","task_result":{"videos":[{"url":"u"}]}}}`))
	f.Add([]byte(`{"model":"seedance","content":[{"type":"text","text":"a --ratio 9:16 --seed 5"}]}`), []byte(`{"id":"cgt-1","status":"failed","error":{"code":"Sensitive"}}`))
	f.Add([]byte(`{"model":"wan","input":{"prompt":"x"},"parameters":{"size":"7*9"}}`), []byte(`{"output":{"task_id":"t","task_status":"FAILED","results":[{"code":"x"}]}}`))
	f.Add([]byte(`{"instances":[{"prompt":"x"}]}`), []byte(`{"name":"operations/1","done":true,"response":{"videos":[{}]}}`))
	f.Add([]byte(`{"promptText":"x","aspectRatio":0.5}`), []byte(`{"video_id":"1"}`))
	f.Add([]byte(`{"prompt":"x","keyframes":{"frame0":{"url":"u"}}}`), []byte(`{"state":"dreaming","assets":{}}`))
	f.Fuzz(func(t *testing.T, request, answer []byte) {
		k := ReadTask(request, answer)
		if s := k.Result.Fields[Seed].Value; s != "" && !signedNumber.MatchString(s) {
			t.Errorf("seed %q", s)
		}
		switch k.Status {
		case "", TaskQueued, TaskRunning, TaskSucceeded, TaskFailed, TaskRefused, TaskCancelled:
		default:
			t.Errorf("status %q", k.Status)
		}
		for name, f := range k.Result.Fields {
			if f.Value == "" || f.Certainty == "" || f.Source == "" {
				t.Errorf("%s is %+v", name, f)
			}
		}
	})
}
