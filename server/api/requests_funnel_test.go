package api_test

func funnelRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"see-takes":      func(w *world) try { return try{body: obj{"takes": []string{w.take, "none"}}} },
		"title-funnel":   func(w *world) try { return try{path: "/titles/" + w.title + "/funnel"} },
		"episode-funnel": func(w *world) try { return try{path: "/episodes/" + w.episode + "/funnel"} },
		"shot-funnel":    func(w *world) try { return try{path: "/shots/" + w.shot + "/funnel"} },
	}
}
