package api_test

func referenceRequests() map[string]func(*world) try {
	fresh := func(tail string, body any) func(*world) try {
		return func(w *world) try { return try{path: "/references/" + w.newSheet() + tail, body: body, rev: "1"} }
	}
	pictured := func(w *world) answer {
		return w.must("admin", post, "/references/"+w.newSheet()+"/pictures?name=a.png", w.picture())
	}
	return map[string]func(*world) try{
		"references": func(w *world) try { return try{path: "/titles/" + w.title + "/references?archived=true"} },
		"add-reference": func(w *world) try {
			return try{path: "/titles/" + w.title + "/references", body: obj{"kind": "prop", "name": "话筒"}}
		},
		"reference":      fresh("", nil),
		"edit-reference": fresh("", obj{"note": "x"}),
		"add-ref-picture": func(w *world) try {
			return try{path: "/references/" + w.newSheet() + "/pictures?name=a.png&caption=正面&replace=true", body: w.picture()}
		},
		"remove-ref-picture": func(w *world) try {
			r := pictured(w)
			return try{path: "/references/" + r.at("id") + "/pictures/" + r.at("pictures.0.id"), rev: r.at("rev")}
		},
		"ref-picture": func(w *world) try {
			r := pictured(w)
			return try{path: "/references/" + r.at("id") + "/pictures/" + r.at("pictures.0.id") + "/original"}
		},
		"sheet-uses":      fresh("/uses?outdated=true", nil),
		"shot-references": func(w *world) try { return try{path: "/shots/" + w.shot + "/references"} },
	}
}

// newSheet is a reference sheet of title A without pictures.
func (w *world) newSheet() string {
	w.t.Helper()
	return w.make("/titles/"+w.title+"/references", obj{"kind": "character", "name": "沈枝"}, "id")
}
