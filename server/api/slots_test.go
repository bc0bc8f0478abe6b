package api_test

import (
	"strconv"
	"testing"

	"chouka/server/studio"
)

func TestSlotsAreCheckedRepeatedAndImported(t *testing.T) {
	w := newWorld(t)
	w.join("scout", studio.Member, w.title, studio.RoleScout)
	w.join("other", studio.Member, w.other, studio.RoleScout)
	slot := func(title, day string, more obj) obj {
		in := obj{"location_id": w.location, "title_id": title, "start": day + "T08:00:00+08:00", "end": day + "T18:00:00+08:00"}
		for k, v := range more {
			in[k] = v
		}
		return in
	}
	confirmed := obj{"status": "confirmed"}
	w.must("scout", post, "/bookings", slot(w.title, "2028-01-03", obj{"status": "confirmed", "zone": "Asia/Urumqi", "note": "保密"}))
	w.run([]row{
		{name: "what is in the way is named before", who: "scout", method: post, path: "/bookings/check", body: slot(w.title, "2028-01-03", nil), status: 200, want: []string{`"kind":"overlap"`, `"level":"hard"`, "《从顽皮蛇开始吞噬进化》", "金沙湖大剧院"}},
		{name: "to others without the title", who: "other", method: post, path: "/bookings/check", body: slot(w.other, "2028-01-03", nil), status: 200, want: []string{"另一部剧", "another title", "scout"}, not: []string{"从顽皮蛇", "保密"}},
		{name: "a free slot has an empty list", who: "scout", method: post, path: "/bookings/check", body: slot(w.title, "2028-01-04", nil), status: 200, want: []string{`"items":[]`}},
		{name: "no reason helps against a holder", who: "other", method: post, path: "/bookings", body: slot(w.other, "2028-01-03", obj{"status": "confirmed", "reason": "无论如何"}), status: 409, want: []string{"booking.overlap"}},
		{name: "a zone that is none", who: "scout", method: post, path: "/bookings", body: slot(w.title, "2028-01-04", obj{"zone": canary}), status: 422, want: []string{"body.zone"}, not: []string{canary}},
		{name: "a series is tried without booking", who: "scout", method: post, path: "/bookings/series", body: slot(w.title, "2028-01-03", obj{"status": "confirmed", "weekdays": []int{1, 2}, "until": "2028-01-11", "dry": true}), status: 200, want: []string{`"made":0`, "2028-01-11T00:00:00Z", `"kind":"overlap"`}},
		{name: "and refused as a whole", who: "scout", method: post, path: "/bookings/series", body: slot(w.title, "2028-01-03", obj{"status": "confirmed", "weekdays": []int{1, 2}, "until": "2028-01-11"}), status: 409, want: []string{"booking.overlap"}},
		{name: "without a weekday", who: "scout", method: post, path: "/bookings/series", body: slot(w.title, "2028-01-03", obj{"weekdays": []int{}, "until": "2028-01-11"}), status: 422, want: []string{"body.weekdays"}},
	})
	made := w.must("scout", post, "/bookings/series", slot(w.title, "2028-01-03", obj{"status": "confirmed", "weekdays": []int{1, 2}, "until": "2028-01-11", "skip": true}))
	if made.at("made") != "3" || made.at("skipped") != "1" {
		t.Fatalf("made %s, skipped %s", made.at("made"), made.at("skipped"))
	}
	blackout := "/locations/" + w.location + "/blackouts"
	w.run([]row{
		{name: "a series ends from a time on", who: "scout", method: post, path: "/bookings/series/" + made.at("series_id") + "/end", body: obj{"from": "2028-01-10T00:00:00Z"}, status: 200, want: []string{"2028-01-10T00:00:00Z", `"status":"cancelled"`}, not: []string{"2028-01-04T00:00:00Z"}},
		{name: "for those of its title", who: "other", method: post, path: "/bookings/series/" + made.at("series_id") + "/end", body: obj{"from": "2028-01-01T00:00:00Z"}, status: 404},
		{name: "a place is not closed over a booking", who: "scout", method: post, path: blackout, body: obj{"start": "2028-01-03T00:00:00+08:00", "end": "2028-01-03T09:00:00+08:00"}, status: 409, want: []string{"location.booked", "从顽皮蛇"}},
		{name: "but beside it", who: "scout", method: post, path: blackout, body: obj{"start": "2028-01-20T00:00:00+08:00", "end": "2028-01-21T00:00:00+08:00", "reason": "演出"}, status: 201, want: []string{"演出"}},
		{name: "and then not to be had", who: "scout", method: post, path: "/bookings", body: slot(w.title, "2028-01-20", confirmed), status: 409, want: []string{"booking.blackout", "演出"}},
	})
	ended := w.must("scout", post, "/bookings/series/"+made.at("series_id")+"/end", obj{"from": "2028-01-01T00:00:00Z"})
	back := "/bookings/series/" + made.at("series_id") + "/resume"
	rev, err := strconv.Atoi(ended.at("items.0.rev"))
	if err != nil {
		t.Fatal(err)
	}
	one := obj{"bookings": []obj{{"id": ended.at("items.0.id"), "rev": rev}}}
	w.run([]row{
		{name: "its end is taken back only for its title", who: "other", method: post, path: back, body: one, status: 404},
		{name: "nothing is brought back", who: "scout", method: post, path: back, body: obj{"bookings": []obj{}}, status: 422, want: []string{"body.bookings"}},
		{name: "a booking that is none", who: "scout", method: post, path: back, body: obj{"bookings": []obj{{"id": canary, "rev": 1}}}, status: 404, not: []string{canary}},
		{name: "one is, as it was", who: "scout", method: post, path: back, body: one, status: 200, want: []string{`"status":"confirmed"`, `"left":[]`}},
		{name: "and not twice", who: "scout", method: post, path: back, body: one, status: 200, want: []string{`"bookings":[]`, `"conflicts":[]`}},
	})
	w.must("scout", post, "/bookings", slot(w.title, "2028-02-03", nil))
	confirms := w.must("scout", post, "/bookings/table/preview?name=b.csv", raw("取景地,剧目,日期,时间,状态\n金沙湖大剧院,从顽皮蛇开始吞噬进化,2028-02-03,8:00-18:00,确认\n"))
	if confirms.at("confirm") != "1" || confirms.at("new") != "0" || confirms.at("rows.0.state") != "confirm" {
		t.Fatalf("got %s", confirms.body)
	}
	w.run([]row{{name: "a row confirms what is there", who: "scout", method: post, path: "/bookings/table", body: obj{"sha256": confirms.at("sha256"), "name": "b.csv", "choice": obj{}}, status: 200,
		want: []string{`"bookings":[]`, `"confirmed":[{`, `"status":"confirmed"`}}})
	table := "取景地,剧目,日期,时间,状态\n金沙湖大剧院,从顽皮蛇开始吞噬进化,2028-02-01,8:00-18:00,确认\n金沙湖大剧院,娇藏京枝,2028-02-02,8:00-18:00,确认\n金沙湖大剧院,从顽皮蛇开始吞噬进化,2028-01-03,8:00-18:00,确认\n"
	p := w.must("scout", post, "/bookings/table/preview?name=a.csv", raw(table))
	if p.at("new") != "1" || p.at("wrong") != "1" || p.at("same") != "1" || p.at("rows.1.errors.0.code") != "title" {
		t.Fatalf("got %s", p.body)
	}
	in := obj{"sha256": p.at("sha256"), "name": "a.csv", "choice": obj{}}
	skip := obj{"sha256": p.at("sha256"), "name": "a.csv", "choice": obj{}, "skip": true}
	w.run([]row{
		{name: "a table with a wrong row is refused as a whole", who: "scout", method: post, path: "/bookings/table", body: in, status: 409, want: []string{"table.errors"}},
		{name: "or booked without it", who: "scout", method: post, path: "/bookings/table", body: skip, status: 200, want: []string{"2028-02-01T00:00:00Z", `"same":1`, `"skipped":1`}},
		{name: "twice changes nothing", who: "scout", method: post, path: "/bookings/table", body: skip, status: 200, want: []string{`"bookings":[]`, `"same":2`}},
		{name: "the kept table is the person's own", who: "other", method: post, path: "/bookings/table/preview/again", body: in, status: 409, want: []string{"kept.gone"}},
	})
}
