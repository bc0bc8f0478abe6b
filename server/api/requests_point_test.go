package api_test

// pointRequests find locations and read points and photos.
func pointRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"places-geojson":   func(*world) try { return try{path: "/locations/geojson?q=jsh"} },
		"place-tags":       func(*world) try { return try{} },
		"place-currencies": func(*world) try { return try{} },
		"read-point":       func(*world) try { return try{body: obj{"text": "30.3087,120.3494"}} },
		"edit-photo": func(w *world) try {
			id := w.newLocation()
			l := w.must("admin", post, "/locations/"+id+"/photos?name=a.png", w.picture())
			return try{path: "/locations/" + id + "/photos/" + l.at("photos.0.id"), body: obj{"note": "入口"}, rev: l.at("rev")}
		},
		"shared-photo": func(w *world) try { return try{path: "/locations/" + w.location + "/photos/" + w.photo + "/shared"} },
	}
}
