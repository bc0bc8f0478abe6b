package api_test

func reviewRequests() map[string]func(*world) try {
	// Nobody has acts on the other title: who may ask there is told that there are none.
	turn := func(w *world) try { return try{body: obj{"title_id": w.other}} }
	return map[string]func(*world) try{
		"queues":       func(*world) try { return try{} },
		"review-place": func(w *world) try { return try{path: "/titles/" + w.title + "/review-place"} },
		"set-review-place": func(w *world) try {
			return try{path: "/titles/" + w.title + "/review-place", body: obj{"shot_id": w.shot, "take_id": w.take, "view": "loupe", "filter": obj{"order": "script"}}}
		},
		"decisions": func(w *world) try { return try{path: "/shots/" + w.shot + "/decisions"} },
		"acts":      func(*world) try { return try{} },
		"undo":      turn,
		"redo":      turn,
		"prefs":     func(*world) try { return try{} },
		"set-prefs": func(w *world) try {
			return try{body: obj{"keys": obj{"take.pick": []string{"p"}}, "filters": []obj{{"name": "等了一天", "filter": obj{"hours": 24}}}}}
		},
		"play": func(w *world) try { return try{path: "/episodes/" + w.episode + "/play"} },
	}
}
