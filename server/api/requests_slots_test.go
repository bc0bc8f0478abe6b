package api_test

import "strconv"

// slotList is a table of slots without a title of its own.
const slotList = "取景地,日期,时间\n金沙湖大剧院,2028-03-05,8:00-18:00\n"

func slotRequests() map[string]func(*world) try {
	slot := func(w *world, day string) obj {
		return obj{"location_id": w.location, "title_id": w.title, "start": day + "T08:00:00+08:00", "end": day + "T18:00:00+08:00"}
	}
	series := func(w *world) obj {
		in := slot(w, "2028-01-03")
		in["weekdays"], in["until"] = []int{1, 3}, "2028-01-05"
		return in
	}
	closed := obj{"start": "2028-02-01T00:00:00+08:00", "end": "2028-02-02T00:00:00+08:00", "reason": "检修"}
	// kept previews the table for everybody who may: it is kept for a person.
	kept := func(w *world) obj {
		sha := ""
		for _, who := range []string{"admin", "lead", "tlead", "producer", "scout"} {
			if w.id[who] != "" || who == "admin" {
				sha = w.must(who, post, "/bookings/table/preview?name=a.csv", raw(slotList)).at("sha256")
			}
		}
		return obj{"sha256": sha, "name": "a.csv", "choice": obj{"title_id": w.title}}
	}
	return map[string]func(*world) try{
		"check-slot":  func(w *world) try { return try{body: slot(w, "2028-01-01")} },
		"book-series": func(w *world) try { return try{body: series(w)} },
		"end-series": func(w *world) try {
			id := w.must("admin", post, "/bookings/series", series(w)).at("series_id")
			return try{path: "/bookings/series/" + id + "/end", body: obj{"from": "2028-01-01T00:00:00Z"}}
		},
		"resume-series": func(w *world) try {
			made := w.must("admin", post, "/bookings/series", series(w))
			path := "/bookings/series/" + made.at("series_id")
			ended := w.must("admin", post, path+"/end", obj{"from": "2028-01-01T00:00:00Z"})
			rev, _ := strconv.Atoi(ended.at("items.0.rev"))
			return try{path: path + "/resume", body: obj{"bookings": []obj{{"id": ended.at("items.0.id"), "rev": rev}}}}
		},
		"preview-slots":      func(*world) try { return try{path: "/bookings/table/preview?name=a.csv", body: raw(slotList)} },
		"preview-kept-slots": func(w *world) try { return try{body: kept(w)} },
		"import-slots":       func(w *world) try { return try{body: kept(w)} },
		"add-blackout":       func(w *world) try { return try{path: "/locations/" + w.newLocation() + "/blackouts", body: closed} },
		"remove-blackout": func(w *world) try {
			id := w.newLocation()
			l := w.must("admin", post, "/locations/"+id+"/blackouts", closed)
			return try{path: "/locations/" + id + "/blackouts/" + l.at("blackouts.0.id"), rev: l.at("rev")}
		},
	}
}
