package api_test

import "fmt"

func elementRequests() map[string]func(*world) try {
	fresh := func(tail string, body any) func(*world) try {
		return func(w *world) try { return try{path: "/elements/" + w.newElement() + tail, body: body, rev: "1"} }
	}
	return map[string]func(*world) try{
		"elements": func(w *world) try { return try{path: "/titles/" + w.title + "/elements?kind=prop"} },
		"add-element": func(w *world) try {
			w.drawn++
			return try{path: "/titles/" + w.title + "/elements", body: obj{"kind": "prop", "name": fmt.Sprint("箱子", w.drawn)}}
		},
		"edit-element":   fresh("", obj{"note": "红色"}),
		"merge-element":  func(w *world) try { return fresh("/merge", obj{"into": w.newElement()})(w) },
		"delete-element": fresh("", nil),
		"breakdown":      func(w *world) try { return try{path: "/titles/" + w.title + "/breakdown?episode=1"} },
		"set-needs": func(w *world) try {
			return try{path: "/scenes/" + w.scene + "/needs", body: obj{"add": []string{w.newElement()}}}
		},
		"cast-shot": func(w *world) try {
			return try{path: "/shots/" + w.newShot() + "/cast", body: obj{"elements": []string{w.newElement()}}}
		},
	}
}

func (w *world) newElement() string {
	w.t.Helper()
	w.drawn++
	return w.make("/titles/"+w.title+"/elements", obj{"kind": "prop", "name": fmt.Sprint("手机", w.drawn)}, "id")
}
