package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// slotRace is many planners who confirm slots of one theatre that all overlap, one day each round.
type slotRace struct {
	t               *testing.T
	admin           *http.Client
	planners        []*http.Client
	title, at, hall string
	counted         struct{ first, lost int }
}

// slotAnswer is what one planner was told.
type slotAnswer struct {
	status int
	id     string
	detail string
}

// signUp makes a title, a theatre and the planners.
func (r *slotRace) signUp(d *desk, planners int) {
	d.setUp()
	r.admin = d.client
	var title withID
	d.must("POST", "/titles", map[string]any{"name": "昼以继夜"}, &title)
	var place struct {
		ID    string   `json:"id"`
		Areas []withID `json:"areas"`
	}
	d.must("POST", "/locations", map[string]any{"name": "金沙湖大剧院", "areas": []map[string]any{{"name": "大厅"}, {"name": "天台"}}}, &place)
	r.title, r.at, r.hall = title.Title.ID, place.ID, place.Areas[0].ID
	for i := range planners {
		name := fmt.Sprintf("外联%d号", i+1)
		var invite struct {
			Token string `json:"token"`
		}
		d.must("POST", "/invites", map[string]any{"name": name, "title_id": r.title, "role": "scout"}, &invite)
		jar, err := cookiejar.New(nil)
		if err != nil {
			r.t.Fatal(err)
		}
		own := &desk{t: r.t, at: d.at, client: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
		own.must("POST", "/join", map[string]any{"token": invite.Token, "name": name, "login": fmt.Sprint("scout", i+1), "password": testPassword}, nil)
		r.planners = append(r.planners, own.client)
	}
}

// ask confirms one planner's slot of a day: the whole theatre or its hall, from a minute of its own until the evening.
func (r *slotRace) ask(at string, round, i int) slotAnswer {
	start := time.Date(2027, 3, 1, 0, i, 0, 0, time.UTC).AddDate(0, 0, round)
	in := map[string]any{"location_id": r.at, "title_id": r.title, "status": "confirmed", "start": start, "end": start.Truncate(24 * time.Hour).Add(10 * time.Hour)}
	if i%2 == 0 {
		in["area_id"] = r.hall
	}
	status, b := sendOnce(r.planners[i%len(r.planners)], at+"/api/v1/bookings", in, fmt.Sprintf("slot-%d-%d", round, i))
	var got struct {
		ID     string `json:"id"`
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
	if status != 0 && json.Unmarshal(b, &got) != nil || status == 409 && got.Code != "booking.overlap" || status != 0 && status != 201 && status != 409 {
		r.t.Errorf("planner %d is answered %d: %s", i, status, b)
	}
	return slotAnswer{status, got.ID, got.Detail}
}

// sendOnce posts with a key, so that who asks again after a kill gets the first answer; the status is 0 when nobody answers.
func sendOnce(client *http.Client, url string, body any, key string) (int, []byte) {
	b, err := json.Marshal(body)
	if err != nil {
		return 0, nil
	}
	req, err := http.NewRequest("POST", url, bytes.NewReader(b))
	if err != nil {
		return 0, nil
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close()
	if b, err = io.ReadAll(resp.Body); err != nil {
		return 0, nil
	}
	return resp.StatusCode, b
}

// everybody asks at once; answered ones keep their answer. told hears of each answer as it comes.
func (r *slotRace) everybody(at string, round int, answers []slotAnswer, told func(n int)) {
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := range answers {
		if answers[i].status == 0 {
			wg.Go(func() {
				if answers[i] = r.ask(at, round, i); answers[i].status != 0 {
					told(int(n.Add(1)))
				}
			})
		}
	}
	wg.Wait()
}

// round lets everybody at one day, kills the program when some have an answer, and lets those who were not answered ask once more.
func (r *slotRace) round(binary, data string, round, planners, accounts int) {
	v := startVictim(r.t, binary, data)
	if r.admin == nil {
		r.signUp(v.desk, accounts)
	}
	answers := make([]slotAnswer, planners)
	last := 1 + rand.IntN(planners/2)
	r.everybody(v.at, round, answers, func(n int) {
		if n == last {
			_ = v.cmd.Process.Kill()
		}
	})
	_ = v.cmd.Wait() // killed
	for _, a := range answers {
		if a.status != 0 {
			r.counted.first++
		}
	}
	v = startVictim(r.t, binary, data)
	r.everybody(v.at, round, answers, func(int) {})
	v.client = r.admin
	r.settle(v.desk, round, answers)
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait()
}

// settle finds exactly one holder of the day, who is the one that was told so and the one whom everybody else was told.
func (r *slotRace) settle(d *desk, round int, answers []slotAnswer) {
	day := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, round)
	var list struct {
		Items []struct {
			ID     string    `json:"id"`
			Status string    `json:"status"`
			Start  time.Time `json:"start"`
			ByName string    `json:"by_name"`
		} `json:"items"`
	}
	d.must("GET", fmt.Sprintf("/locations/%s/bookings?from=%s&to=%s", r.at, day.Format(time.RFC3339), day.Add(24*time.Hour).Format(time.RFC3339)), nil, &list)
	if len(list.Items) != 1 || list.Items[0].Status != "confirmed" {
		r.t.Fatalf("round %d: the theatre is held by %+v", round, list.Items)
	}
	holder := list.Items[0]
	slot := holder.Start.In(time.FixedZone("CST", 8*3600)).Format("2006-01-02 15:04")
	winners := 0
	for i, a := range answers {
		switch {
		case a.status == 201 && a.id == holder.ID:
			winners++
		case a.status == 409 && strings.Contains(a.detail, "预订人"+holder.ByName) && strings.Contains(a.detail, slot):
			r.counted.lost++
		default:
			r.t.Errorf("round %d: planner %d was told %d %s, but %s holds it from %s", round, i, a.status, a.detail, holder.ByName, slot)
		}
	}
	if winners != 1 {
		r.t.Errorf("round %d: %d planners were told that they hold it", round, winners)
	}
}

// TestManyConfirmOneSlotWhileTheProgramIsKilled is the race for a theatre: over all kills exactly one holds it each time,
// and everybody else is told who. CHOUKA_SLOTS sets how many rounds; then each of the hundred has an account.
func TestManyConfirmOneSlotWhileTheProgramIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: kills a real process several times")
	}
	rounds, planners, accounts := 3, 100, 8
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_SLOTS")); err == nil {
		rounds, accounts = n, planners
	}
	binary, data := built(t)
	r := &slotRace{t: t}
	for i := range rounds {
		if r.round(binary, data, i, planners, accounts); t.Failed() {
			break
		}
	}
	if said, status := command(t, "verify", "--data", data); status != 0 {
		t.Errorf("verify after %d kills: %s", 2*rounds, said)
	}
	t.Logf("%d rounds of %d planners, %d kills: one holder each, %d answers before a kill, %d losers told of the holder", rounds, planners, 2*rounds, r.counted.first, r.counted.lost)
}
