package api_test

func noteRequests() map[string]func(*world) try {
	fresh := func(tail string, body any) func(*world) try {
		return func(w *world) try { return try{path: "/notes/" + w.newNote() + tail, body: body, rev: "1"} }
	}
	return map[string]func(*world) try{
		"shot-notes":    func(w *world) try { return try{path: "/shots/" + w.shot + "/notes"} },
		"title-notes":   func(w *world) try { return try{path: "/titles/" + w.title + "/notes?open=true"} },
		"my-notes":      func(*world) try { return try{} },
		"add-note":      func(w *world) try { return try{path: "/takes/" + w.take + "/notes", body: obj{"text": "手崩了"}} },
		"note":          fresh("", nil),
		"edit-note":     fresh("", obj{"text": "脸崩了"}),
		"set-note-done": fresh("/done", obj{"done": true}),
		"delete-note":   fresh("", nil),
		"restore-note": func(w *world) try {
			id := w.newNote()
			w.must("admin", remove, "/notes/"+id, nil, "If-Match", `"1"`)
			return try{path: "/notes/" + id + "/restore"}
		},
	}
}

// newNote is the administrator's, on a take of its own: a take holds a thousand at most.
func (w *world) newNote() string {
	w.t.Helper()
	return w.make("/takes/"+w.newTake(w.newShot())+"/notes", obj{"text": "手崩了"}, "id")
}
