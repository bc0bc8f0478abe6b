package api_test

func versionRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"preview-kept-script": func(w *world) try {
			return try{path: "/titles/" + w.title + "/script-preview/again", body: obj{"sha256": w.keptScript(), "name": "a.txt"}}
		},
		"import-kept-script": func(w *world) try {
			return try{path: "/titles/" + w.title + "/scripts/kept", body: obj{"sha256": w.keptScript(), "name": "a.txt", "note": "二稿"}}
		},
		"compare-scripts": func(w *world) try { return try{path: "/scripts/" + w.script + "/against/" + w.script} },
		"undo-import":     func(w *world) try { return try{path: "/scripts/" + w.newScript() + "/undo"} },
		"lock-episode":    func(w *world) try { return try{path: "/episodes/" + w.episode + "/lock", body: obj{"locked": false}} },
		"clear-stale":     func(w *world) try { return try{path: "/shots/" + w.shot + "/fits"} },
		"link-lines":      func(w *world) try { return try{path: "/shots/" + w.shot + "/lines", body: obj{"lines": []string{}}} },
		"propose-shots":   func(w *world) try { return try{path: "/scenes/" + w.scene + "/proposals"} },
		"add-shots": func(w *world) try {
			shot := obj{"size": "特写", "camera": "", "description": "蛇", "dialogue": "", "sound": "", "prompt": "", "characters": "", "note": "", "milliseconds": 3000, "lines": []string{}}
			return try{path: "/scenes/" + w.scene + "/proposals", body: obj{"shots": []obj{shot}}}
		},
	}
}

// keptScript previews the script, which keeps it.
func (w *world) keptScript() string {
	w.t.Helper()
	return w.must("admin", post, "/titles/"+w.title+"/script-preview?name=a.txt", raw(scriptText)).at("sha256")
}
