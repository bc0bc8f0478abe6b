package studio_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestAServicesOwnJSON(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	for name, c := range map[string]struct {
		request, answer string
		check           func(studio.Attempt) bool
	}{
		"Kling": {`{"model_name":"kling-v2","prompt":"一条蛇","negative_prompt":"模糊","mode":"pro","duration":"5","aspect_ratio":"9:16","image":"https://x.example/first.png?sig=SECRET"}`,
			`{"code":0,"message":"SUCCEED","request_id":"r1","data":{"task_id":"829384729384729","task_status":"succeed","created_at":1767225600000,"updated_at":1767225700000,"task_result":{"videos":[{"id":"v1","url":"https://x.example/out/v1.mp4?token=SECRET","duration":"5.1"}]}}}`,
			func(a studio.Attempt) bool {
				return a.Prompt == "一条蛇" && a.Negative == "模糊" && a.Mode == "pro" && a.Duration == "5" && a.Ratio == "9:16" && a.TaskID == "829384729384729" && a.Seed == "" &&
					a.Status == studio.Succeeded && a.Word == "succeed" && len(a.Refs) == 1 && a.Refs[0] == (studio.Ref{Role: "first", Name: "https://x.example/first.png"}) && len(a.Expected) == 1
			}},
		"MiniMax, refused": {`{"model":"MiniMax-Hailuo-02","prompt":"一条蛇"}`, `{"task_id":"176843862716480","status":"Fail","base_resp":{"status_code":1026,"status_msg":"video description involves sensitive content"}}`,
			func(a studio.Attempt) bool {
				return a.Status == studio.Refused && a.Word == "Fail" && a.TaskID == "176843862716480" && a.Reason != ""
			}},
		"Vidu, with its cost": {`{"model":"vidu2.0","prompt":"一条蛇","duration":4,"seed":12345678901234567890,"aspect_ratio":"9:16"}`, `{"task_id":"854321","state":"success","credits":20,"creations":[{"id":"c1","url":"https://x.example/c1.mp4"}]}`,
			func(a studio.Attempt) bool {
				return a.Seed == "12345678901234567890" && a.Duration == "4" && a.Cost == (studio.Money{Amount: 2000, Currency: "credit"}) && a.Sources["cost"].From == "tool"
			}},
		"Ark, still running": {`{"model":"doubao-seedance-1-0-pro","content":[{"type":"text","text":"一条蛇 --ratio 9:16 --dur 5 --seed 77"}]}`, `{"id":"cgt-20260101-abcde","model":"doubao-seedance-1-0-pro","status":"running","created_at":1767225600}`,
			func(a studio.Attempt) bool {
				return a.Prompt == "一条蛇" && a.Ratio == "9:16" && a.Duration == "5" && a.Seed == "77" && a.Status == studio.Running && a.TaskID == "cgt-20260101-abcde"
			}},
		"nothing that is known": {`{"a":[1,2`, `"x"`, func(a studio.Attempt) bool { return a.Prompt == "" && a.Status == studio.Queued && a.TaskID == "" }},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.post(studio.AttemptPost{Shot: x.ID, Request: json.RawMessage(c.request), Answer: json.RawMessage(c.answer)}).Attempt
			if !c.check(a) {
				b, err := json.MarshalIndent(a, "", " ")
				t.Errorf("got %s, %v", b, err)
			}
			if a.Prompt != "" && a.Sources["prompt"].From != "tool" {
				t.Errorf("the prompt comes from %+v", a.Sources["prompt"])
			}
			if s := fmt.Sprint(a); strings.Contains(s, "SECRET") {
				t.Errorf("a key is kept: %s", s)
			}
		})
	}
	t.Run("the same answer again, further on, is the same attempt", func(t *testing.T) {
		row := h.post(studio.AttemptPost{Shot: x.ID, Answer: json.RawMessage(`{"id":"cgt-20260101-abcde","status":"succeeded","model":"doubao-seedance-1-0-pro","content":{"video_url":"https://x.example/a.mp4"},"seed":77,"created_at":1767225600}`)})
		if !row.Duplicate || row.Matched != "task" || row.Attempt.Status != studio.Succeeded || row.Attempt.Word != "succeeded" {
			t.Errorf("got %+v", row)
		}
	})
}

// TestWhoSaysItGoesFirst gives every source a prompt of its own and takes the strongest away, one by one.
func TestWhoSaysItGoesFirst(t *testing.T) {
	h := newHouse(t)
	in := studio.AttemptPost{Seed: "1", Request: json.RawMessage(`{"model":"vidu2.0","prompt":"B","duration":4,"seed":2,"aspect_ratio":"9:16"}`),
		Answer: json.RawMessage(`{"task_id":"t-0001","state":"success","credits":1,"seed":3,"creations":[{"id":"c","url":"https://x.example/c.mp4"}]}`), Text: "C\nSteps: 20, Sampler: Euler, Seed: 4, Model: m"}
	for i, want := range []string{"1", "3", "2", "4"} {
		switch i {
		case 1:
			in.Seed = ""
		case 2:
			in.Answer = nil
		case 3:
			in.Request = nil
		}
		in.Shot = h.oneShot().ID
		a := h.post(in).Attempt
		if i == 2 && a.Seed == "3" || a.Seed != want {
			t.Errorf("step %d: seed %q, want %q; from %+v", i, a.Seed, want, a.Sources["seed"])
		}
		if a.Steps != "20" || a.Sampler != "Euler" {
			t.Errorf("step %d: what only the card says is missing: %+v", i, a.Generation)
		}
	}
}

func TestACopiedCard(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	said, err := h.Studio.ReadText(t.Context(), h.admin, duck)
	must(t, said, err)
	if g := said.Generation; g.Prompt != "a duck, (red:1.2)\nsecond line" || g.Seed != "18446744073709551615" || g.Model != "duckXL" || g.Size != "512x400" || said.Sources["seed"].From != "typed" || said.Params == nil || said.Notes == nil {
		t.Errorf("got %+v", said)
	}
	a := h.post(studio.AttemptPost{Shot: x.ID, Text: duck, Way: "paste", Status: "succeeded"}).Attempt
	if a.Generation != said.Generation || a.Sources["prompt"].From != "typed" || a.Way != "paste" {
		t.Errorf("booked %+v, read %+v", a.Generation, said.Generation)
	}
	said, err = h.Studio.ReadText(t.Context(), h.admin, "")
	if must(t, said, err); said.Generation != (studio.Generation{}) {
		t.Errorf("nothing says %+v", said)
	}
	_, err = h.Studio.ReadText(t.Context(), studio.Actor{}, duck)
	refused(t, err, "signed_out")
}
