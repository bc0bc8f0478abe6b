package api_test

import "testing"

func TestATitleFromItsNameToItsScript(t *testing.T) {
	h := newHouse(t)
	made := h.must("admin", post, "/titles", obj{"name": "娇藏京枝", "kind": "AI真人", "aliases": []string{"京枝"}})
	id, path := made.at("title.id"), "/titles/"+made.at("title.id")
	if made.header.Get("ETag") != `"1"` || made.at("title.stage") != "idea" {
		t.Fatalf("a new title is %s", made.body)
	}
	h.run([]row{
		{name: "a title needs a name", who: "admin", method: post, path: "/titles", body: obj{}, status: 422, want: []string{"body.name"}},
		{name: "a change needs the revision", who: "admin", method: patch, path: path, body: obj{"stage": "script"}, status: 428, want: []string{`"code":"unmatched"`}},
		{name: "with it the stage moves on", who: "admin", method: patch, path: path, body: obj{"stage": "script"}, headers: []string{"If-Match", `"1"`}, status: 200, want: []string{`"stage":"script"`, `"rev":2`, "京枝"}},
		{name: "the old revision is stale", who: "admin", method: patch, path: path, body: obj{"stage": "board"}, headers: []string{"If-Match", `"1"`}, status: 412},
		{name: "a stage that is none", who: "admin", method: patch, path: path, body: obj{"stage": "heaven"}, headers: []string{"If-Match", `"2"`}, status: 422, want: []string{"body.stage"}, not: []string{"heaven"}},
		{name: "an empty outline is an empty list", who: "admin", method: get, path: path + "/outline", status: 200, want: []string{`{"items":[]}`}},
		{name: "a script without a name of its file", who: "admin", method: post, path: path + "/script-preview", body: raw(scriptText), status: 422, want: []string{"query.name"}},
		{name: "an encoding that is none", who: "admin", method: post, path: path + "/script-preview?name=a.txt&encoding=" + canary, body: raw(scriptText), status: 422, not: []string{canary}},
		{name: "a program named .txt", who: "admin", method: post, path: path + "/script-preview?name=a.txt", body: raw("MZ\x00\x00\x03\x00\x00\x00\xff\xff"), status: 415},
	})
	preview := h.must("admin", post, path+"/script-preview?name=a.txt", raw(scriptText))
	if preview.at("script.episodes.0.scenes.0.lines.0.kind") != "scene" || preview.at("added") != "1" || preview.at("script.counts.lines") != "5" {
		t.Errorf("the preview is %s", preview.body)
	}
	h.run([]row{
		{name: "a preview writes nothing", who: "admin", method: get, path: path + "/outline", status: 200, want: []string{`{"items":[]}`}},
		{name: "another file than the one that was seen is not imported", who: "admin", method: post, path: path + "/scripts?name=a.txt&sha256=" + preview.at("sha256"), body: raw(scriptText + "x"), status: 409},
		{name: "what was seen is", who: "admin", method: post, path: path + "/scripts?name=a.txt&note=一稿&sha256=" + preview.at("sha256"), body: raw(scriptText), status: 201, want: []string{`"number":1`, "一稿"}},
		{name: "and makes the outline", who: "admin", method: get, path: path + "/outline", status: 200, want: []string{"金沙湖", `"shots":0`}},
		{name: "it stands in the list of versions", who: "admin", method: get, path: path + "/scripts", status: 200, want: []string{"a.txt"}, not: []string{`"front"`}},
	})
	scene := h.must("admin", get, path+"/outline", nil).at("items.0.scenes.0.id")
	h.run([]row{
		{name: "a scene shows its lines", who: "admin", method: get, path: "/scenes/" + scene, status: 200, want: []string{"门开了", `"speaker":"李丽"`}},
		{name: "scenes are added by hand too", who: "admin", method: post, path: "/episodes/" + h.must("admin", get, path+"/outline", nil).at("items.0.episode.id") + "/scenes", body: obj{"place": "屋顶"}, status: 201, want: []string{"屋顶"}},
		{name: "what happened is told, newest first", who: "admin", method: get, path: "/activity?title=" + id, status: 200, want: []string{`"verb":"scene.added"`, `"verb":"title.created"`}},
		{name: "the settings are the studio's", who: "admin", method: patch, path: "/studio", body: obj{"zone": "Mars/Olympus"}, headers: []string{"If-Match", `"1"`}, status: 422, want: []string{"body.zone"}, not: []string{"Olympus"}},
		{name: "home shows the title", who: "admin", method: get, path: "/home", status: 200, want: []string{"娇藏京枝", `"milestones":[]`, `"queues":[]`}},
	})
}

func TestTheDemonstrationIsLoadedOnce(t *testing.T) {
	h := newHouse(t)
	h.run([]row{
		{name: "it loads", who: "admin", method: post, path: "/demo", status: 200, want: []string{`"demo":true`}},
		{name: "once", who: "admin", method: post, path: "/demo", status: 409, want: []string{"demo.loaded"}},
		{name: "and fills home", who: "admin", method: get, path: "/home", status: 200, want: []string{"从顽皮蛇开始吞噬进化", "昼以继夜"}},
	})
}
