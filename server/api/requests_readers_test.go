package api_test

func readerRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"script-text": func(w *world) try { return try{path: "/scripts/" + w.script + "/text?format=docx"} },
	}
}
