package api_test

// callRequests each have a call sheet of their own, issued where it is read.
func callRequests() map[string]func(*world) try {
	on := func(tail string, body func(*world) any) func(*world) try {
		return func(w *world) try {
			x := try{path: "/callsheets/" + w.issuedCall().at("sheet.id") + tail}
			if body != nil {
				x.body = body(w)
			}
			return x
		}
	}
	linked := func(w *world) string {
		id := w.issuedCall().at("sheet.id")
		return "/calls/" + w.must("admin", post, "/callsheets/"+id+"/recipients", obj{"name": "赵师傅"}).at("secret")
	}
	named := func(w *world) any { return obj{"name": "赵师傅"} }
	got := func(*world) any { return obj{"version": 1} }
	recipient := func(w *world) string {
		path := "/callsheets/" + w.issuedCall().at("sheet.id") + "/recipients"
		return path + "/" + w.must("admin", post, path, obj{"name": "赵师傅"}).at("recipient.id")
	}
	return map[string]func(*world) try{
		"open-callsheet": func(w *world) try { return try{path: "/days/" + w.callDay() + "/callsheet"} },
		"callsheet":      on("?version=1", nil),
		"edit-callsheet": func(w *world) try {
			p := w.issuedCall()
			return try{path: "/callsheets/" + p.at("sheet.id"), body: callTyped("小雨"), rev: p.at("sheet.rev")}
		},
		"issue-callsheet": func(w *world) try {
			p := w.must("admin", post, "/days/"+w.callDay()+"/callsheet", nil)
			return try{path: "/callsheets/" + p.at("sheet.id") + "/issue", body: obj{"note": "第一版"}, rev: p.at("sheet.rev")}
		},
		"add-recipient":    on("/recipients", named),
		"renew-recipient":  func(w *world) try { return try{path: recipient(w) + "/renew"} },
		"remove-recipient": func(w *world) try { return try{path: recipient(w)} },
		"my-calls":         func(*world) try { return try{} },
		"my-callsheet":     on("/mine", nil),
		"confirm-call": func(w *world) try {
			id := w.issuedCall().at("sheet.id")
			for who := range roles() {
				if w.id[who] != "" {
					w.must("admin", post, "/callsheets/"+id+"/recipients", obj{"person_id": w.id[who]})
				}
			}
			return try{path: "/callsheets/" + id + "/got", body: got(w)}
		},
		"linked-call":         func(w *world) try { return try{path: linked(w)} },
		"confirm-linked-call": func(w *world) try { return try{path: linked(w) + "/got", body: got(w)} },
	}
}

// callDay is a shooting day with a scene on it.
func (w *world) callDay() string {
	w.t.Helper()
	day := w.newDay()
	w.must("admin", post, "/titles/"+w.title+"/strips", obj{"scene_id": w.newStripScene(), "to": day, "at": 0})
	return day
}

// issuedCall is a call sheet in its first version.
func (w *world) issuedCall() answer {
	w.t.Helper()
	p := w.must("admin", post, "/days/"+w.callDay()+"/callsheet", nil)
	return w.must("admin", post, "/callsheets/"+p.at("sheet.id")+"/issue", obj{}, "If-Match", `"`+p.at("sheet.rev")+`"`)
}

// callTyped is a whole form, empty but for the weather.
func callTyped(weather string) obj {
	return obj{"makeup_at": "", "on_set_at": "", "shoot_at": "", "wrap_at": "", "meals": []obj{}, "weather": weather, "transport": "", "safety": "", "note": "",
		"cast": []obj{}, "crew": []obj{}, "contacts": []obj{}, "scenes": []obj{}}
}
