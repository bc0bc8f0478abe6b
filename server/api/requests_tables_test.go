package api_test

const shotList = "镜号,画面\n901,蛇\n"

func tableRequests() map[string]func(*world) try {
	on := func(tail string, body any) try { return try{path: tail, body: body} }
	// kept previews a table that nobody else does.
	kept := func(w *world) obj {
		sha := w.must("admin", post, "/titles/"+w.title+"/tables/shots/preview?name=a.csv", raw(shotList)).at("sha256")
		return obj{"sha256": sha, "name": "a.csv", "choice": obj{"scene_id": w.scene, "episode_id": w.episode, "update": true}}
	}
	return map[string]func(*world) try{
		"preview-table": func(w *world) try { return on("/titles/"+w.title+"/tables/shots/preview?name=a.csv", raw(shotList)) },
		"preview-kept-table": func(w *world) try {
			return on("/titles/"+w.title+"/tables/shots/preview/again", kept(w))
		},
		"import-table": func(w *world) try { return on("/titles/"+w.title+"/tables/shots", kept(w)) },
		"export-table": func(w *world) try { return on("/titles/"+w.title+"/tables/scenes?format=csv&order=place", nil) },
	}
}
