package api_test

import "fmt"

// placePartRequests ask what hangs on a location: documents, notes, links, candidates, and the merge of a duplicate.
func placePartRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"add-document": func(w *world) try {
			return try{path: "/locations/" + w.newLocation() + "/documents", body: obj{"kind": "permit", "until": "2027-03-31"}}
		},
		"edit-document": func(w *world) try {
			path, l := w.newDocument()
			return try{path: path, body: obj{"note": "x"}, rev: l.at("rev")}
		},
		"remove-document": func(w *world) try {
			path, l := w.newDocument()
			return try{path: path, rev: l.at("rev")}
		},
		"add-paper": func(w *world) try {
			path, _ := w.newDocument()
			return try{path: path + "/file?name=a.pdf", body: raw("%PDF-1.7\n")}
		},
		"paper": func(w *world) try {
			path, _ := w.newDocument()
			w.must("admin", post, path+"/file?name=a.pdf", raw("%PDF-1.7\n"))
			return try{path: path + "/file"}
		},
		"place-notices": func(*world) try { return try{} },
		"site-notes":    func(w *world) try { return try{path: "/locations/" + w.location + "/notes"} },
		"add-site-note": func(w *world) try {
			return try{path: "/locations/" + w.location + "/notes", body: obj{"text": "层高 6 米"}}
		},
		"remove-site-note": func(w *world) try {
			return try{path: "/site-notes/" + w.make("/locations/"+w.location+"/notes", obj{"text": "x"}, "id"), rev: "1"}
		},
		"merge-location": func(w *world) try {
			return try{path: "/locations/" + w.newLocation() + "/merge", body: obj{"into": w.newLocation()}, rev: "1"}
		},
		"location-links": func(w *world) try { return try{path: "/locations/" + w.location + "/links"} },
		"script-places":  func(w *world) try { return try{path: "/titles/" + w.title + "/script-places"} },
		"add-candidate": func(w *world) try {
			return try{path: "/elements/" + w.newScriptPlace() + "/candidates", body: obj{"location_id": w.location}}
		},
		"remove-candidate": func(w *world) try {
			e := w.newScriptPlace()
			got := w.must("admin", post, "/elements/"+e+"/candidates", obj{"location_id": w.location})
			return try{path: "/elements/" + e + "/candidates/" + w.location, rev: got.at("rev")}
		},
	}
}

// newDocument gives the path of a new document, and its location.
func (w *world) newDocument() (string, answer) {
	w.t.Helper()
	id := w.newLocation()
	l := w.must("admin", post, "/locations/"+id+"/documents", obj{"kind": "permit", "name": "许可", "until": "2027-03-31"})
	return "/locations/" + id + "/documents/" + l.at("documents.0.id"), l
}

func (w *world) newScriptPlace() string {
	w.t.Helper()
	w.drawn++
	return w.make("/titles/"+w.title+"/elements", obj{"kind": "place", "name": fmt.Sprint("码头", w.drawn)}, "id")
}
