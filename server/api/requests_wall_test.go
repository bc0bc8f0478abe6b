package api_test

// wallRequests look at figures over time and at what is wrong with them.
func wallRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"curves": func(w *world) try { return try{path: "/titles/" + w.title + "/curves?metric=plays"} },
		"health": func(*world) try { return try{} },
		"check-reading": func(w *world) try {
			return try{path: "/readings/" + w.oddReading() + "/check", body: obj{"why": "平台清理了刷量"}}
		},
	}
}

// oddReading enters two figures on a release of its own, the second below the first, and gives its id.
func (w *world) oddReading() string {
	w.t.Helper()
	path := "/releases/" + w.make("/titles/"+w.title+"/releases", obj{"platform": w.unused()}, "id") + "/readings"
	w.must("admin", post, path, obj{"metric": "likes", "text": "100", "observed": "2026-11-02", "origin": obj{"kind": "typed"}})
	return w.make(path, obj{"metric": "likes", "text": "99", "observed": "2026-11-03", "origin": obj{"kind": "typed"}}, "reading.id")
}
