package studio_test

import (
	"fmt"
	"testing"
	"time"

	"chouka/server/studio"
)

// onAir puts a title on air.
func (h house) onAir(id string) {
	h.t.Helper()
	b, err := h.TitleBoard(h.t.Context(), h.admin, id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, s := range []studio.Stage{studio.StageScript, studio.StageMaking, studio.StagePost, studio.StageSelf, studio.StageReady, studio.StageOn} {
		if b, err = h.EditTitle(h.t.Context(), h.admin, id, b.Title.Rev, studio.TitleIn{Stage: &s}); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h house) health(by studio.Actor) studio.Health {
	h.t.Helper()
	out, err := h.Health(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	if out.Stale == nil || out.Strays == nil || out.Anomalies == nil || out.Provisional == nil {
		h.t.Errorf("a list is null: %+v", out)
	}
	return out
}

func (h house) stale(by studio.Actor) string {
	out, s := h.health(by), ""
	for _, x := range out.Stale {
		s += fmt.Sprint(x.Platform, x.Days, " ")
	}
	return s + fmt.Sprint(out.StaleCount)
}

func TestReleasesWithoutFreshFigures(t *testing.T) {
	h, c := wallHouse(t)
	title, other := h.title("从顽皮蛇开始吞噬进化"), h.title("昼以继夜")
	red, dou := h.release(title, "红果短剧", "2027-03-01"), h.release(title, "抖音", "2027-03-02")
	h.release(title, "快手", "2027-03-04")  // never had a figure
	h.release(title, "番茄", "")            // nobody knows since when
	h.release(title, "优酷", "2027-03-20")  // not yet out
	h.release(other, "爱奇艺", "2027-03-01") // not on air
	h.enter(red, "plays", "1000万", "2027-03-05")
	h.enter(dou, "revenue", "100元", "2027-03-09")
	member, stranger := h.as(studio.RoleViewer, title), h.as(studio.RoleViewer, other)
	if got := h.stale(h.admin); got != "0" {
		t.Errorf("before it is on air: %s", got)
	}
	h.onAir(title)
	for _, by := range []studio.Actor{h.admin, member} {
		if got := h.stale(by); got != "快手6 红果短剧4 2" {
			t.Errorf("got %s", got)
		}
	}
	if got := h.stale(stranger); got != "0" {
		t.Errorf("another member sees %s", got)
	}
	c.pass(3 * 24 * time.Hour)
	if got := h.stale(h.admin); got != "快手9 红果短剧7 抖音3 3" {
		t.Errorf("three days later %s", got)
	}
	h.enter(red, "heat", "100", "2027-03-13")
	_, err := h.EditRelease(t.Context(), h.admin, dou.ID, dou.Rev, studio.ReleaseIn{Quiet: ptr(true)})
	must(t, 0, err)
	if got := h.stale(h.admin); got != "快手9 1" {
		t.Errorf("after a figure, and one that is quiet: %s", got)
	}
	b, err := h.TitleBoard(t.Context(), h.admin, title)
	must(t, 0, err)
	_, err = h.EditTitle(t.Context(), h.admin, title, b.Title.Rev, studio.TitleIn{Stage: ptr(studio.StageFinished)})
	must(t, 0, err)
	if got := h.stale(h.admin); got != "0" {
		t.Errorf("after it has finished: %s", got)
	}
}

func TestWhatKeepsFiguresFromBeingTrusted(t *testing.T) {
	h := newImportHouse(t)
	h.importFile(h.admin, "红果.csv", importList)
	h.enter(h.snakeHere, "plays", "1.0亿", "2026-03-08")
	h.enter(h.snakeHere, "revenue", "50000元", "2026-03-07")
	h.enter(h.snakeHere, "revenue", "40000元", "2026-03-08")
	h.enter(h.snakeHere, "revenue", "30000元", "2026-03-09")
	other := h.release(h.title("昼以继夜"), "红果短剧", "")
	h.enter(other, "plays", "1亿", "2026-03-08")
	h.enter(other, "likes", "100", "2026-03-08")
	h.enter(other, "likes", "99", "2026-03-09")
	all := h.health(h.admin)
	if all.AnomalyCount != 3 || len(all.Anomalies) != 3 || all.Anomalies[0].To.At.Before(all.Anomalies[1].To.At) || all.Anomalies[0].Title == "" || all.Anomalies[0].Platform == "" {
		t.Errorf("anomalies %d %+v", all.AnomalyCount, all.Anomalies)
	}
	if all.ProvisionalCount != 1 || len(all.Provisional) != 1 || all.Provisional[0].Title != "昼以继夜" || all.Provisional[0].Reading == nil {
		t.Errorf("provisional %d %+v", all.ProvisionalCount, all.Provisional)
	}
	if all.StrayCount != 1 || len(all.Strays) != 1 || all.Strays[0].Stray.Name != "不认识的剧" {
		t.Errorf("strays %d %+v", all.StrayCount, all.Strays)
	}
	someone := h.as(studio.RoleViewer, other.TitleID)
	someone.Person.ID = "another" // the strays of an import are of the person who did it
	viewer := h.health(someone)
	if viewer.AnomalyCount != 1 || len(viewer.Anomalies) != 1 || viewer.ProvisionalCount != 1 || len(viewer.Provisional) != 1 || len(viewer.Strays) != 0 {
		t.Errorf("a member of one title sees %+v", viewer)
	}
	if of := h.health(h.as(studio.RoleViewer, h.snake)); of.AnomalyCount != 0 || len(of.Anomalies) != 0 {
		t.Errorf("who sees no money sees %+v", of.Anomalies)
	}
	if of := h.health(h.as(studio.RoleProducer, h.snake)); of.AnomalyCount != 2 || len(of.Anomalies) != 2 {
		t.Errorf("who sees money sees %+v", of.Anomalies)
	}
	_, err := h.Health(t.Context(), studio.Actor{})
	refused(t, err, "signed_out")
}
