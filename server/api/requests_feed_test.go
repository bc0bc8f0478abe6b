package api_test

func feedRequests() map[string]func(*world) try {
	made := func(w *world) answer { return w.must("admin", post, "/feeds", obj{"kind": "person"}) }
	return map[string]func(*world) try{
		"feeds":     func(*world) try { return try{} },
		"make-feed": func(*world) try { return try{body: obj{"kind": "person", "lang": "en"}} },
		"revoke-feed": func(w *world) try {
			return try{path: "/feeds/" + made(w).at("feed.id"), rev: "1"}
		},
		"calendar": func(w *world) try { return try{path: made(w).at("path")} },
	}
}
