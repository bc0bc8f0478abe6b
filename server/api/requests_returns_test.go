package api_test

import "fmt"

// returnRequests enter ranks, claims, costs and pictures, and compare titles.
func returnRequests() map[string]func(*world) try {
	return map[string]func(*world) try{
		"recent-ranks": func(*world) try { return try{} },
		"title-ranks":  func(w *world) try { return try{path: "/titles/" + w.title + "/ranks"} },
		"enter-rank":   func(w *world) try { return try{path: "/titles/" + w.title + "/ranks", body: w.rankBody()} },
		"edit-rank":    func(w *world) try { return try{path: "/ranks/" + w.newRank(), body: obj{"place": 2}, rev: "1"} },
		"withdraw-rank": func(w *world) try {
			return try{path: "/ranks/" + w.newRank() + "/withdraw", body: obj{"why": "看错"}, rev: "1"}
		},
		"title-claims": func(w *world) try { return try{path: "/titles/" + w.title + "/claims"} },
		"enter-claim":  func(w *world) try { return try{path: "/titles/" + w.title + "/claims", body: claimBody()} },
		"edit-claim":   func(w *world) try { return try{path: "/claims/" + w.newClaim(), body: obj{"text": "首部"}, rev: "1"} },
		"withdraw-claim": func(w *world) try {
			return try{path: "/claims/" + w.newClaim() + "/withdraw", body: obj{"why": "不是首部"}, rev: "1"}
		},
		"title-return": func(w *world) try { return try{path: "/titles/" + w.title + "/return"} },
		"add-cost": func(w *world) try {
			return try{path: "/titles/" + w.title + "/costs", body: obj{"kind": "labour", "text": "3万"}}
		},
		"edit-cost":   func(w *world) try { return try{path: "/costs/" + w.newCost(), body: obj{"note": "x"}, rev: "1"} },
		"remove-cost": func(w *world) try { return try{path: "/costs/" + w.newCost(), rev: "1"} },
		"compare-titles": func(w *world) try {
			return try{path: "/releases/compare?titles=" + w.title}
		},
		"title-groups": func(*world) try { return try{path: "/releases/groups?by=company"} },
		"add-evidence": func(w *world) try { return try{path: "/titles/" + w.title + "/evidence?name=a.png", body: w.picture()} },
		"evidence-file": func(w *world) try {
			return try{path: "/evidence/" + w.make("/titles/"+w.title+"/evidence?name=a.png", w.picture(), "id")}
		},
	}
}

// rankBody is a place on a list of its own.
func (w *world) rankBody() obj {
	w.drawn++
	return obj{"list": fmt.Sprint("日榜", w.drawn), "place": 1, "date": "2026-11-02"}
}

func (w *world) newRank() string {
	w.t.Helper()
	return w.make("/titles/"+w.title+"/ranks", w.rankBody(), "id")
}

func claimBody() obj {
	return obj{"text": "2026年首部破亿", "date": "2026-11-02", "origin": obj{"kind": "press", "note": "战报"}}
}

func (w *world) newClaim() string {
	w.t.Helper()
	return w.make("/titles/"+w.title+"/claims", claimBody(), "id")
}

func (w *world) newCost() string {
	w.t.Helper()
	return w.make("/titles/"+w.title+"/costs", obj{"kind": "labour", "text": "3万"}, "id")
}
