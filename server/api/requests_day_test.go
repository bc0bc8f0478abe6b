package api_test

import "fmt"

func dayRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"performers":    func(*world) try { return try{path: "/performers?q=sz"} },
		"add-performer": func(*world) try { return try{body: obj{"name": "沈演员"}} },
		"edit-performer": func(w *world) try {
			return try{path: "/performers/" + w.make("/performers", obj{"name": "沈演员"}, "id"), body: obj{"agent": "周经纪"}, rev: "1"}
		},
		"day-board": func(w *world) try { return try{path: "/titles/" + w.title + "/days"} },
		"add-day": func(w *world) try {
			return try{path: "/titles/" + w.title + "/days", body: obj{"date": w.unusedDate()}}
		},
		"edit-day":   func(w *world) try { return try{path: "/days/" + w.newDay(), body: obj{"note": "x"}, rev: "1"} },
		"delete-day": func(w *world) try { return try{path: "/days/" + w.newDay(), rev: "1"} },
		"move-strip": func(w *world) try {
			return try{path: "/titles/" + w.title + "/strips", body: obj{"scene_id": w.newStripScene(), "to": w.newDay(), "at": 0}}
		},
		"restore-day": func(w *world) try {
			day := w.newDay()
			w.must("admin", remove, "/days/"+day, nil, "If-Match", `"1"`)
			return try{path: "/days/" + day + "/restore"}
		},
		"move-strips": func(w *world) try {
			one, day := w.newStripScene(), w.newDay()
			return try{path: "/titles/" + w.title + "/strips/several", body: obj{"strips": []obj{{"scene_id": one, "to": day, "at": 0}, {"scene_id": w.newStripScene(), "to": day, "at": 1}}}}
		},
		"edit-day-scene": func(w *world) try {
			day, scene := w.newDay(), w.newStripScene()
			w.must("admin", post, "/titles/"+w.title+"/strips", obj{"scene_id": scene, "to": day, "at": 0})
			return try{path: "/days/" + day + "/scenes/" + scene, body: obj{"minutes": 45}}
		},
	}
}

// unusedDate is a date on which nothing is shot; they lie two days apart, so that everybody has their rest.
func (w *world) unusedDate() string {
	w.drawn++
	return fmt.Sprintf("2%03d-%02d-%02d", 30+w.drawn/120, 1+w.drawn/10%12, 1+w.drawn%10*2)
}

func (w *world) newDay() string {
	w.t.Helper()
	return w.make("/titles/"+w.title+"/days", obj{"date": w.unusedDate()}, "day.id")
}

func (w *world) newStripScene() string {
	w.t.Helper()
	return w.make("/episodes/"+w.episode+"/scenes", obj{}, "id")
}
