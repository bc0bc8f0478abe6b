package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

func TestANoteFromItsFrameToItsTick(t *testing.T) {
	w := newWorld(t)
	w.join("producer", studio.Member, w.title, studio.RoleProducer)
	w.join("operator", studio.Member, w.title, studio.RoleOperator)
	w.join("viewer", studio.Member, w.title, studio.RoleViewer)
	on := "/takes/" + w.take + "/notes"
	made := w.must("producer", post, on, obj{"text": " @operator 手崩了 ", "drawing": []obj{{"tool": "arrow", "colour": 1, "size": 8, "points": []int{1, 2, 3, 4, 5, 6}}}})
	at := "/notes/" + made.at("id")
	if made.at("text") != "@operator 手崩了" || made.at("mentions.0.person_id") != w.id["operator"] || made.at("mentions.0.length") != "9" || made.header.Get("ETag") != `"1"` {
		t.Fatalf("the note answers %s", made.body)
	}
	w.run([]row{
		{name: "whoever is mentioned finds it", who: "operator", method: get, path: "/my/notes", status: 200, want: []string{made.at("id"), `"title":"从顽皮蛇开始吞噬进化"`, `"label":"E01-S01-001"`, `"take_number":1`}},
		{name: "and on the first page", who: "operator", method: get, path: "/home", status: 200, want: []string{`"notes":[{"note":{"id":"` + made.at("id")}},
		{name: "nobody else is bothered", who: "producer", method: get, path: "/my/notes", status: 200, want: []string{`"items":[]`}},
		{name: "the shot counts it", who: "viewer", method: get, path: "/shots/" + w.shot, status: 200, want: []string{`"notes":1`}},
		{name: "it is answered", who: "operator", method: post, path: on, body: obj{"text": "重抽了", "parent": made.at("id")}, status: 201, want: []string{`"parent":"` + made.at("id")}},
		{name: "a still picture has no frames", who: "producer", method: post, path: on, body: obj{"text": "x", "frame": 0}, status: 422, want: []string{"body.frame", "invalid.frame"}},
		{name: "nothing is no note", who: "producer", method: post, path: on, body: obj{"text": " "}, status: 422, want: []string{"body.text"}},
		{name: "a tool that is none", who: "producer", method: post, path: on, body: obj{"text": "x", "drawing": []obj{{"tool": canary, "colour": 1, "size": 8, "points": []int{1, 1, 1}}}}, status: 422, want: []string{"body.drawing"}, not: []string{canary}},
		{name: "a point without pressure", who: "producer", method: post, path: on, body: obj{"text": "x", "drawing": []obj{{"tool": "pen", "colour": 1, "size": 8, "points": []int{1, 1}}}}, status: 422, want: []string{"body.drawing"}},
		{name: "text that turns the writing", who: "producer", method: post, path: on, body: obj{"text": canary + "\u202e"}, status: 422, want: []string{"body.text"}, not: []string{canary}},
		{name: "text with a control character", who: "producer", method: post, path: on, body: `{"text":"` + canary + `\u0000"}`, status: 422, want: []string{"body.text"}, not: []string{canary}},
		{name: "text that is no text", who: "producer", method: post, path: on, body: "{\"text\":\"" + canary + "\xff\"}", status: 400, not: []string{canary}},
		{name: "text without an end", who: "producer", method: post, path: on, body: obj{"text": strings.Repeat("蛇", 5001)}, status: 422, want: []string{"5,000"}},
		{name: "a viewer reads only", who: "viewer", method: post, path: at + "/done", body: obj{"done": true}, status: 403},
		{name: "an operator does not change another's", who: "operator", method: patch, path: at, body: obj{"text": "x"}, headers: []string{"If-Match", `"1"`}, status: 403, want: []string{"note.others"}},
		{name: "and ticks it off", who: "operator", method: post, path: at + "/done", body: obj{"done": true}, status: 200, want: []string{`"done_by":"operator"`, `"rev":2`}},
		{name: "it leaves the list", who: "operator", method: get, path: "/my/notes", status: 200, want: []string{`"items":[]`}},
		{name: "the open ones are a list of their own", who: "viewer", method: get, path: "/titles/" + w.title + "/notes?open=true", status: 200, want: []string{`"items":[]`}},
		{name: "all of an author's are another", who: "viewer", method: get, path: "/titles/" + w.title + "/notes?author=" + w.id["producer"], status: 200, want: []string{made.at("id")}},
		{name: "an old revision is refused", who: "producer", method: patch, path: at, body: obj{"text": "x"}, headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "its author changes it", who: "producer", method: patch, path: at, body: obj{"text": "好了"}, headers: []string{"If-Match", `"2"`}, status: 200, want: []string{"好了", `"edited"`, `"mentions":[]`, `"tool":"arrow"`}},
		{name: "it is deleted", who: "producer", method: remove, path: at, headers: []string{"If-Match", `"3"`}, status: 200, want: []string{`"deleted"`}},
		{name: "with its answer", who: "viewer", method: get, path: "/shots/" + w.shot + "/notes", status: 200, want: []string{`"items":[]`}},
		{name: "and both come back", who: "producer", method: post, path: at + "/restore", status: 200, not: []string{`"deleted"`}},
		{name: "in their order", who: "viewer", method: get, path: "/shots/" + w.shot + "/notes", status: 200, want: []string{"好了", "重抽了"}},
	})
}

func TestNamesakesAreAskedFor(t *testing.T) {
	w := newWorld(t)
	for _, who := range []string{"wei1", "wei2"} {
		w.join(who, studio.Member, w.title, studio.RoleOperator)
		w.must("admin", patch, "/people/"+w.id[who], obj{"name": "张伟"}, "If-Match", `"`+w.personRev(who)+`"`)
	}
	on := "/takes/" + w.take + "/notes"
	mention := func(who string, start int) obj {
		return obj{"text": "@张伟，请重抽", "mentions": []obj{{"person_id": w.id[who], "start": start}}}
	}
	w.run([]row{
		{name: "two of one name", who: "wei1", method: post, path: on, body: obj{"text": "@张伟，请重抽"}, status: 422, want: []string{"note.who", "body.mentions", "2 people are called “张伟”"}},
		{name: "in the reader's language", who: "wei1", method: post, path: on, body: obj{"text": "@张伟，请重抽"}, headers: []string{"Accept-Language", "zh-CN"}, status: 422, want: []string{"有 2 位「张伟」，请点选是哪一位"}},
		{name: "somebody of another name", who: "wei1", method: post, path: on, body: mention("admin", 0), status: 422, want: []string{"invalid.mentions"}},
		{name: "nothing was written", who: "wei2", method: get, path: "/my/notes", status: 200, want: []string{`"items":[]`}},
		{name: "one of them", who: "wei1", method: post, path: on, body: mention("wei2", 0), status: 201, want: []string{`"person_id":"` + w.id["wei2"]}},
		{name: "the one is told", who: "wei2", method: get, path: "/my/notes", status: 200, want: []string{"请重抽"}},
		{name: "the other is not", who: "wei1", method: get, path: "/my/notes", status: 200, want: []string{`"items":[]`}},
	})
}

// TestTheLargestNoteFits sends as much as a note may hold, in the longest spelling that JSON has for it.
func TestTheLargestNoteFits(t *testing.T) {
	w := newWorld(t)
	long := func(n int) string { return strings.Repeat(`\ud83d\ude00`, n) }
	points := strings.TrimSuffix(strings.Repeat("12000,-2000,1000,", 20_000-199), ",")
	strokes := []string{`{"tool":"pen","colour":5,"size":200,"points":[` + points + `]}`}
	for range 199 {
		strokes = append(strokes, `{"tool":"text","colour":5,"size":200,"points":[12000,-2000,1000],"text":"`+long(200)+`"}`)
	}
	body := fmt.Sprintf(`{"text":"%s","drawing":[%s]}`, long(5000), strings.Join(strokes, ","))
	made := w.must("admin", post, "/takes/"+w.take+"/notes", body)
	var n studio.Note
	if err := json.Unmarshal([]byte(w.must("admin", get, "/notes/"+made.at("id"), nil).at("note")), &n); err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, s := range n.Drawing {
		all += len(s.Points) / 3
	}
	if len(n.Drawing) != 200 || all != 20_000 || len([]rune(n.Text)) != 5000 || len([]rune(n.Drawing[199].Text)) != 200 {
		t.Errorf("%d strokes, %d points, %d characters", len(n.Drawing), all, len([]rune(n.Text)))
	}
	w.must("admin", patch, "/notes/"+made.at("id"), body, "If-Match", `"1"`)
}
