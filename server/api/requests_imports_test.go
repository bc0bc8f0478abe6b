package api_test

import "fmt"

// importRequests are of the house: whoever may enter figures for one title asks, about files of their own.
func importRequests() map[string]func(*world) try {
	table := func(w *world) string {
		w.drawn++
		return fmt.Sprintf("剧名,平台,日期,播放量\n从顽皮蛇开始吞噬进化,红果,2026-11-%02d,%d\n没有这部剧%d,红果,2026-11-20,5\n", w.drawn%28+1, 1000+w.drawn, w.drawn)
	}
	// kept previews the table for everybody who may: it is kept for a person.
	kept := func(w *world) obj {
		sha, text := "", table(w)
		for _, who := range importers() {
			if w.id[who] != "" || who == "admin" {
				sha = w.must(who, post, "/imports/preview?name=a.csv", raw(text)).at("sha256")
			}
		}
		return obj{"sha256": sha, "name": "a.csv", "choice": obj{}}
	}
	taken := func(w *world) string { return w.must("admin", post, "/imports", kept(w)).at("import.id") }
	stray := func(w *world) string {
		taken(w)
		return w.must("admin", get, "/strays", nil).at("items.0.stray.id")
	}
	return map[string]func(*world) try{
		"imports":              func(*world) try { return try{} },
		"preview-figures":      func(w *world) try { return try{path: "/imports/preview?name=a.csv", body: raw(table(w))} },
		"preview-kept-figures": func(w *world) try { return try{body: kept(w)} },
		"import-figures":       func(w *world) try { return try{body: kept(w)} },
		"import":               func(w *world) try { return try{path: "/imports/" + taken(w)} },
		"undo-figures":         func(w *world) try { return try{path: "/imports/" + taken(w) + "/undo"} },
		"import-file":          func(w *world) try { return try{path: "/imports/" + taken(w) + "/file"} },
		"strays":               func(*world) try { return try{} },
		"match-stray": func(w *world) try {
			return try{path: "/strays/" + stray(w) + "/match", body: obj{"release_id": w.release}}
		},
		"ignore-stray": func(w *world) try {
			return try{path: "/strays/" + stray(w) + "/ignore", body: obj{"ignore": true}}
		},
	}
}

// importers may enter figures for some title.
func importers() []string {
	return []string{"admin", "lead", "tlead", "producer", "distributor", "stranger"}
}
