package api_test

import (
	"net/http"
	"testing"

	"chouka/server/studio"
)

// world is a house with one of everything on title A, and a title B with people of its own.
type world struct {
	*house
	title, other                     string // titles A and B
	episode, scene, shot, attempt    string
	take, script, location, area     string
	photo, booking, release, reading string
	otherShot                        string
}

// roles are the members of title A by name; "stranger" leads title B and has no part in A.
func roles() map[string]studio.Role {
	return map[string]studio.Role{"tlead": studio.RoleLead, "producer": studio.RoleProducer, "director": studio.RoleDirector,
		"operator": studio.RoleOperator, "scout": studio.RoleScout, "distributor": studio.RoleDistributor, "viewer": studio.RoleViewer}
}

// newWorld builds it through the API itself, as the administrator.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{house: newHouse(t)}
	w.title = w.make("/titles", obj{"name": "从顽皮蛇开始吞噬进化"}, "title.id")
	w.other = w.make("/titles", obj{"name": "娇藏京枝"}, "title.id")
	w.episode = w.make("/titles/"+w.title+"/episodes", obj{"name": "开端"}, "id")
	w.scene = w.make("/episodes/"+w.episode+"/scenes", obj{"place": "金沙湖大剧院"}, "id")
	w.shot = w.newShot()
	w.attempt = w.make("/shots/"+w.shot+"/attempts", obj{"status": "failed", "prompt": "一条蛇"}, "attempt.id")
	w.take = w.newTake(w.shot)
	w.script = w.newScript()
	loc := w.must("admin", post, "/locations", obj{"name": "金沙湖大剧院", "areas": []obj{{"name": "大厅"}}})
	w.location, w.area = loc.at("id"), loc.at("areas.0.id")
	w.photo = w.must("admin", post, "/locations/"+w.location+"/photos?name=a.png", w.picture()).at("photos.0.id")
	w.booking = w.newBooking("2026-12-01")
	w.release = w.make("/titles/"+w.title+"/releases", obj{"platform": "红果", "date": "2026-11-01"}, "id")
	w.reading = w.newReading("1.1亿", "2026-11-02")
	episode := w.make("/titles/"+w.other+"/episodes", obj{}, "id")
	scene := w.make("/episodes/"+episode+"/scenes", obj{}, "id")
	w.otherShot = w.make("/scenes/"+scene+"/shots", obj{}, "id")
	return w
}

// populate signs up one person of every kind.
func (w *world) populate() {
	w.t.Helper()
	w.join("lead", studio.Lead, "", "")
	for who, role := range roles() {
		w.join(who, studio.Member, w.title, role)
	}
	w.join("stranger", studio.Member, w.other, studio.RoleLead)
	for who, scopes := range map[string][]string{"t:read": {"read"}, "t:log": {"log"}, "t:review": {"review"}, "t:write": {"write"}, "t:all": {"read", "log", "review", "write"}} {
		w.bearer[who] = w.newToken("admin", scopes...).at("secret")
	}
	w.bearer["t:viewer"] = w.newToken("viewer", "read", "log", "review", "write").at("secret")
}

func (w *world) newToken(who string, scopes ...string) answer {
	w.t.Helper()
	return w.must(who, post, "/tokens", obj{"name": "脚本", "scopes": scopes, "days": 30})
}

const (
	get    = http.MethodGet
	post   = http.MethodPost
	patch  = http.MethodPatch
	remove = http.MethodDelete
)

// obj is a JSON object.
type obj map[string]any

func (w *world) make(path string, body any, id string) string {
	w.t.Helper()
	return w.must("admin", post, path, body).at(id)
}

func (w *world) newShot() string {
	w.t.Helper()
	return w.make("/scenes/"+w.scene+"/shots", obj{"description": "蛇抬头"}, "id")
}

func (w *world) newTake(shot string) string {
	w.t.Helper()
	return w.make("/shots/"+shot+"/files?name=a.png", w.picture(), "takes.0.id")
}

const scriptText = "第一集\n\n1-1 金沙湖 日 内\n人物：李丽\n李丽：你来了。\n△ 门开了。\n"

func (w *world) newScript() string {
	w.t.Helper()
	sha := w.must("admin", post, "/titles/"+w.title+"/script-preview?name=a.txt", raw(scriptText)).at("sha256")
	return w.make("/titles/"+w.title+"/scripts?name=a.txt&sha256="+sha, raw(scriptText), "id")
}

func (w *world) newBooking(day string) string {
	w.t.Helper()
	return w.make("/bookings", obj{"location_id": w.location, "title_id": w.title, "start": day + "T08:00:00+08:00", "end": day + "T18:00:00+08:00"}, "id")
}

func (w *world) newReading(text, day string) string {
	w.t.Helper()
	return w.make("/releases/"+w.release+"/readings", obj{"metric": "plays", "text": text, "observed": day, "origin": obj{"kind": "typed"}}, "reading.id")
}
