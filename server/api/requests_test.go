package api_test

import (
	"fmt"

	"chouka/server/studio/studiotest"
)

// requests makes, for every route, a request on things of its own where it
// changes them, so that one row does not spoil the next.
func requests() map[string]func(*world) try {
	out := map[string]func(*world) try{}
	for _, part := range []map[string]func(*world) try{doorRequests(), houseRequests(), tokenRequests(), titleRequests(), shotRequests(), takeRequests(), noteRequests(), placeRequests(), figureRequests(), reviewRequests(), funnelRequests(), readerRequests(), elementRequests(), referenceRequests(), tableRequests(), versionRequests(), placePartRequests(), slotRequests(), feedRequests(), pointRequests(), dayRequests(), callRequests(), returnRequests(), importRequests(), wallRequests()} {
		for id, f := range part {
			out[id] = f
		}
	}
	return out
}

func doorRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"setup-needed": func(*world) try { return try{} },
		"setup": func(*world) try {
			return try{body: obj{"code": "x", "studio": "x", "name": "x", "login": "x", "password": studiotest.Password}}
		},
		"sign-in":     func(*world) try { return try{body: obj{"login": "admin", "password": studiotest.Password}} },
		"look-invite": func(w *world) try { return try{body: obj{"token": w.newInvite().at("token")}} },
		"join": func(w *world) try {
			w.drawn++
			return try{body: obj{"token": w.newInvite().at("token"), "name": "新人", "login": fmt.Sprintf("new%d", w.drawn), "password": studiotest.Password}}
		},
		"me":       func(*world) try { return try{} },
		"sign-out": func(*world) try { return try{} },
		"sessions": func(*world) try { return try{} },
		"end-session": func(w *world) try {
			return try{path: "/sessions/" + w.must("admin", get, "/sessions", nil).at("items.0.id")}
		},
		"change-password": func(*world) try {
			return try{body: obj{"old": studiotest.Password, "new": studiotest.Password}}
		},
	}
}

func (w *world) newInvite() answer {
	w.t.Helper()
	return w.must("admin", post, "/invites", obj{"name": "新人"})
}

func houseRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"people": func(*world) try { return try{} },
		"search": func(w *world) try { return try{path: "/search?q=jshdjy&title=" + w.title} },
		"edit-person": func(w *world) try {
			return try{path: "/people/" + w.id["viewer"], body: obj{"name": "只读"}, rev: w.personRev("viewer")}
		},
		"invites": func(*world) try { return try{} },
		"create-invite": func(w *world) try {
			return try{body: obj{"name": "新人", "title_id": w.title, "role": "viewer"}}
		},
		"revoke-invite": func(w *world) try {
			return try{path: "/invites/" + w.newInvite().at("invite.id"), rev: "1"}
		},
		"studio": func(*world) try { return try{} },
		"edit-studio": func(w *world) try {
			return try{body: obj{"name": "测试剧组"}, rev: w.must("admin", get, "/studio", nil).at("rev")}
		},
		"load-demo":     func(*world) try { return try{} },
		"home":          func(*world) try { return try{} },
		"activity":      func(w *world) try { return try{path: "/activity?title=" + w.title} },
		"events":        func(*world) try { return try{} },
		"work":          func(*world) try { return try{} },
		"work-troubles": func(*world) try { return try{} },
		"retry-work":    func(w *world) try { return try{body: obj{"take_id": w.take}} },
	}
}

func tokenRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"tokens":       func(*world) try { return try{} },
		"create-token": func(*world) try { return try{body: obj{"name": "脚本", "scopes": []string{"read"}, "days": 1}} },
		"revoke-token": func(w *world) try {
			return try{path: "/tokens/" + w.newToken("admin", "read").at("token.id"), rev: "1"}
		},
	}
}

func titleRequests() map[string]func(*world) try {
	on := func(tail string, body any) func(*world) try {
		return func(w *world) try { return try{path: "/titles/" + w.title + tail, body: body} }
	}
	return map[string]func(*world) try{
		"titles":       func(*world) try { return try{} },
		"create-title": func(*world) try { return try{body: obj{"name": "新剧"}} },
		"title":        on("", nil),
		"edit-title": func(w *world) try {
			return try{path: "/titles/" + w.title, body: obj{"note": "x"}, rev: w.must("admin", get, "/titles/"+w.title, nil).at("title.rev")}
		},
		"outline":        on("/outline", nil),
		"members":        on("/members", nil),
		"set-member":     func(w *world) try { return on("/members", obj{"person_id": w.id["viewer"], "role": "viewer"})(w) },
		"remove-member":  removeMember,
		"add-episode":    on("/episodes", obj{}),
		"add-scene":      func(w *world) try { return try{path: "/episodes/" + w.episode + "/scenes", body: obj{}} },
		"scene":          func(w *world) try { return try{path: "/scenes/" + w.scene} },
		"preview-script": on("/script-preview?name=a.txt", raw(scriptText)),
		"import-script": func(w *world) try {
			sha := w.must("admin", post, "/titles/"+w.title+"/script-preview?name=a.txt", raw(scriptText)).at("sha256")
			return on("/scripts?name=a.txt&sha256="+sha, raw(scriptText))(w)
		},
		"scripts":         on("/scripts", nil),
		"script":          func(w *world) try { return try{path: "/scripts/" + w.script} },
		"script-original": func(w *world) try { return try{path: "/scripts/" + w.script + "/original"} },
	}
}

// removeMember is about somebody who was given the role for this one request.
func removeMember(w *world) try {
	m := w.must("admin", post, "/titles/"+w.title+"/members", obj{"person_id": w.id["admin"], "role": "viewer"})
	return try{path: "/titles/" + w.title + "/members/" + w.id["admin"], rev: m.at("rev")}
}

func shotRequests() map[string]func(*world) try {
	fresh := func(tail string, body any) func(*world) try {
		return func(w *world) try { return try{path: "/shots/" + w.newShot() + tail, body: body, rev: "1"} }
	}
	return map[string]func(*world) try{
		"title-shots": func(w *world) try { return try{path: "/titles/" + w.title + "/shots"} },
		"scene-shots": func(w *world) try { return try{path: "/scenes/" + w.scene + "/shots"} },
		"my-shots":    func(*world) try { return try{} },
		"review":      func(w *world) try { return try{path: "/review?title=" + w.title} },
		"add-shot":    func(w *world) try { return try{path: "/scenes/" + w.scene + "/shots", body: obj{"description": "x"}} },
		"paste-shots": func(w *world) try {
			return try{path: "/scenes/" + w.scene + "/shot-table", body: obj{"text": "镜号\t画面\n901\t蛇", "dry_run": true}}
		},
		"order-shots":  orderShots,
		"shot":         func(w *world) try { return try{path: "/shots/" + w.shot} },
		"edit-shot":    fresh("", obj{"note": "x"}),
		"delete-shot":  fresh("", nil),
		"restore-shot": restoreShot,
		"split-shot":   fresh("/split", obj{"first": obj{"description": "a"}, "second": obj{"description": "b"}}),
		"move-shot":    moveShot,
		"assign-shots": func(w *world) try {
			return try{body: obj{"shots": []string{w.shot}, "operators": []string{w.id["operator"]}}}
		},
		"pick-take": func(w *world) try {
			shot := w.newShot()
			return try{path: "/shots/" + shot + "/pick", body: obj{"take_id": w.newTake(shot)}}
		},
		"picks": func(w *world) try { return try{path: "/shots/" + w.shot + "/picks"} },
	}
}

func orderShots(w *world) try {
	scene := w.make("/episodes/"+w.episode+"/scenes", obj{}, "id")
	one := w.make("/scenes/"+scene+"/shots", obj{}, "id")
	two := w.make("/scenes/"+scene+"/shots", obj{}, "id")
	return try{path: "/scenes/" + scene + "/shot-order", body: obj{"ids": []string{two, one}}}
}

func restoreShot(w *world) try {
	id := w.newShot()
	w.must("admin", remove, "/shots/"+id, nil, "If-Match", `"1"`)
	return try{path: "/shots/" + id + "/restore"}
}

func moveShot(w *world) try {
	id := w.newShot()
	w.make("/shots/"+id+"/pick", obj{"take_id": w.newTake(id)}, "id")
	return try{path: "/shots/" + id + "/state", body: obj{"to": "rework", "reason": "光影不对"}}
}

func takeRequests() map[string]func(*world) try {
	fresh := func(tail string, body any) func(*world) try {
		return func(w *world) try {
			a := w.must("admin", post, "/shots/"+w.shot+"/attempts", obj{"status": "failed"})
			return try{path: "/attempts/" + a.at("attempt.id") + tail, body: body, rev: a.at("attempt.rev")}
		}
	}
	return map[string]func(*world) try{
		"attempts":      func(w *world) try { return try{path: "/shots/" + w.shot + "/attempts"} },
		"log-attempt":   func(w *world) try { return try{path: "/shots/" + w.shot + "/attempts", body: obj{"status": "refused"}} },
		"log-file":      func(w *world) try { return try{path: "/shots/" + w.shot + "/files?name=a.png", body: w.picture()} },
		"post-attempt":  func(w *world) try { return try{body: obj{"shot": w.shot, "status": "failed"}} },
		"post-attempts": func(w *world) try { return try{body: obj{"items": []obj{{"shot": w.shot, "status": "failed"}}}} },
		"read-text":     func(*world) try { return try{body: obj{"text": "一条蛇"}} },
		"attempt":       fresh("", nil),
		"add-beside":    func(w *world) try { return fresh("/beside?name=a.png", w.picture())(w) },
		"beside": func(w *world) try {
			x := fresh("", nil)(w)
			row := w.must("admin", post, x.path+"/beside?name=a.txt", raw("一条蛇"))
			return try{path: x.path + "/beside/" + row.at("attempt.beside.0.sha256")}
		},
		"take-strip":     func(w *world) try { return try{path: "/takes/" + w.take + "/strip"} },
		"take-proxy":     func(w *world) try { return try{path: "/takes/" + w.take + "/proxy"} },
		"take-records":   func(w *world) try { return try{path: "/takes/" + w.take + "/records"} },
		"near-takes":     func(w *world) try { return try{path: "/takes/" + w.take + "/near"} },
		"edit-attempt":   fresh("", obj{"remark": "x"}),
		"delete-attempt": fresh("", nil),
		"restore-attempt": func(w *world) try {
			x := fresh("", nil)(w)
			w.must("admin", remove, x.path, nil, "If-Match", `"`+x.rev+`"`)
			return try{path: x.path + "/restore"}
		},
		"move-attempt": func(w *world) try { return fresh("/move", obj{"shot_id": w.newShot()})(w) },
		"my-day":       func(*world) try { return try{} },
		"takes":        func(w *world) try { return try{path: "/shots/" + w.shot + "/takes"} },
		"judge":        func(w *world) try { return try{body: obj{"takes": []string{w.take}, "stars": 3}} },
		// Pictures are not made in this test, so whoever may see the take is told that it is pending.
		"take-original": func(w *world) try { return try{path: "/takes/" + w.take + "/original"} },
		"take-thumb":    func(w *world) try { return try{path: "/takes/" + w.take + "/thumb"} },
		"take-preview":  func(w *world) try { return try{path: "/takes/" + w.take + "/preview"} },
		"put-poster":    func(w *world) try { return try{path: "/takes/" + w.take + "/poster", body: w.picture()} },
	}
}

func placeRequests() map[string]func(*world) try {
	window := "from=2026-12-01T00:00:00Z&to=2026-12-08T00:00:00Z"
	return map[string]func(*world) try{
		"locations":       func(*world) try { return try{} },
		"create-location": func(*world) try { return try{body: obj{"name": "旧码头"}} },
		"location":        func(w *world) try { return try{path: "/locations/" + w.location} },
		"edit-location": func(w *world) try {
			return try{path: "/locations/" + w.location, body: obj{"note": "x"}, rev: w.must("admin", get, "/locations/"+w.location, nil).at("rev")}
		},
		"add-photo": func(w *world) try {
			return try{path: "/locations/" + w.newLocation() + "/photos?name=a.png", body: w.picture()}
		},
		"remove-photo": func(w *world) try {
			id := w.newLocation()
			l := w.must("admin", post, "/locations/"+id+"/photos?name=a.png", w.picture())
			return try{path: "/locations/" + id + "/photos/" + l.at("photos.0.id"), rev: l.at("rev")}
		},
		"photo":             func(w *world) try { return try{path: "/locations/" + w.location + "/photos/" + w.photo + "/original"} },
		"location-bookings": func(w *world) try { return try{path: "/locations/" + w.location + "/bookings?" + window} },
		"title-bookings":    func(w *world) try { return try{path: "/titles/" + w.title + "/bookings"} },
		"bookings":          func(*world) try { return try{path: "/bookings?" + window} },
		"book": func(w *world) try {
			return try{body: obj{"location_id": w.location, "title_id": w.title, "start": "2027-01-01T08:00:00Z", "end": "2027-01-01T09:00:00Z"}}
		},
		"edit-booking": func(w *world) try {
			return try{path: "/bookings/" + w.newBooking("2027-02-01"), body: obj{"note": "x"}, rev: "1"}
		},
	}
}

func (w *world) newLocation() string {
	w.t.Helper()
	return w.make("/locations", obj{"name": "旧码头"}, "id")
}

func figureRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"releases": func(*world) try { return try{} },
		"figures":  func(w *world) try { return try{path: "/titles/" + w.title + "/figures"} },
		"create-release": func(w *world) try {
			return try{path: "/titles/" + w.title + "/releases", body: obj{"platform": w.unused(), "date": "2026-11-01"}}
		},
		"edit-release": func(w *world) try {
			r := w.must("admin", post, "/titles/"+w.title+"/releases", obj{"platform": w.unused(), "date": "2026-11-01"})
			return try{path: "/releases/" + r.at("id"), body: obj{"note": "x"}, rev: r.at("rev")}
		},
		"readings": func(w *world) try { return try{path: "/releases/" + w.release + "/readings"} },
		"enter-reading": func(w *world) try {
			return try{path: "/releases/" + w.release + "/readings", body: obj{"metric": "likes", "text": "5万", "observed": "2026-11-03", "origin": obj{"kind": "typed"}}}
		},
		"correct-reading": func(w *world) try {
			return try{path: "/readings/" + w.reading + "/correct", body: obj{"text": "1.2亿", "why": "抄错"}}
		},
		"withdraw-reading": withdraw,
		"set-thresholds": func(w *world) try {
			t := w.must("admin", get, "/titles/"+w.title, nil)
			return try{path: "/titles/" + w.title + "/thresholds", body: obj{"metric": "likes", "thresholds": []int{100000}}, rev: t.at("title.rev")}
		},
		"reading": func(w *world) try { return try{path: "/readings/" + w.reading} },
	}
}

func withdraw(w *world) try {
	w.drawn++
	day := fmt.Sprintf("2026-%02d-%02d", 1+w.drawn/28%10, 1+w.drawn%28)
	return try{path: "/readings/" + w.newReading("90万", day) + "/withdraw", body: obj{"why": "抄错"}}
}

// unused is a platform that has no release yet.
func (w *world) unused() string {
	w.drawn++
	return fmt.Sprintf("平台%d", w.drawn)
}
