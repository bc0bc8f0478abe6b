package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// raceTest lets producers pick among the takes of one shot while others take the pick away, and remembers every answer.
type raceTest struct {
	t      *testing.T
	shot   string
	takes  []string
	people []*http.Client // signed in, each with a name of their own
	admin  *http.Client
	since  string // since when the shot waits, before anybody picks

	mu      sync.Mutex
	moved   *sync.Cond
	at      string          // where the program runs now; empty while it does not
	over    bool            // no program will come any more
	pick    string          // take id of the pick as last heard
	acked   map[string]bool // verb, take, person and instant of what an answer said was done
	losers  map[string]int  // name, clock and number of the winner that a refusal named
	counted struct{ picks, unpicks, taken, gone, lost, polls int }
	events  map[int64]string // ids of the activities by number, over all streams
}

type racePick struct {
	TakeID string    `json:"take_id"`
	Number int       `json:"number"`
	By     string    `json:"by"`
	ByName string    `json:"by_name"`
	At     time.Time `json:"at"`
}

type raceShot struct {
	State   string    `json:"state"`
	StateAt time.Time `json:"state_at"`
	Pick    *racePick `json:"pick"`
}

// sendAs asks as somebody and gives the status with the answer; 0 when nobody answers.
func sendAs(client *http.Client, method, url string, body any) (int, []byte) {
	var r io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return 0, nil
		}
		r = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, url, r)
	if err != nil {
		return 0, nil
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, nil
	}
	return resp.StatusCode, b
}

// signUp makes a title with one shot of nine takes and some producers.
func (r *raceTest) signUp(d *desk) {
	r.shot, r.admin = d.setUp(), d.client
	for i := range 9 {
		var row struct {
			Takes []withID `json:"takes"`
		}
		d.must("POST", "/shots/"+r.shot+"/files?name=p.png", picture(r.t, i), &row)
		r.takes = append(r.takes, row.Takes[0].ID)
	}
	for i := range 6 {
		name := fmt.Sprintf("制片%d", i+1)
		var invite struct {
			Token string `json:"token"`
		}
		d.must("POST", "/invites", map[string]any{"name": name, "house": "lead"}, &invite)
		jar, err := cookiejar.New(nil)
		if err != nil {
			r.t.Fatal(err)
		}
		own := &desk{t: r.t, at: d.at, client: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
		own.must("POST", "/join", map[string]any{"token": invite.Token, "name": name, "login": fmt.Sprint("producer", i+1), "password": testPassword}, nil)
		r.people = append(r.people, own.client)
	}
	var page struct {
		Shot raceShot `json:"shot"`
	}
	d.must("GET", "/shots/"+r.shot, nil, &page)
	r.since = page.Shot.StateAt.Format(time.RFC3339Nano)
}

// choose picks, or takes the pick away, again and again until nobody answers any more. What is seen as the current pick
// is what anybody heard last, so it is often out of date.
func (r *raceTest) choose(at string, who *http.Client, away bool) {
	for {
		r.mu.Lock()
		in := map[string]any{"replaces": r.pick}
		r.mu.Unlock()
		if !away {
			in["take_id"] = r.takes[rand.IntN(len(r.takes))]
		}
		status, b := sendAs(who, "POST", at+"/api/v1/shots/"+r.shot+"/pick", in)
		if status == 0 {
			r.mu.Lock()
			r.counted.lost++
			r.mu.Unlock()
			return
		}
		if !r.heard(status, b, away) {
			return
		}
	}
}

// heard keeps one answer; it reports whether to go on.
func (r *raceTest) heard(status int, b []byte, away bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch status {
	case 200:
		var x raceShot
		if err := json.Unmarshal(b, &x); err != nil {
			r.t.Errorf("an answer: %v in %s", err, b)
			return false
		}
		r.acknowledged(x, away)
		return true
	case 409:
		return r.refused(b)
	}
	r.t.Errorf("a pick answers %d: %s", status, b)
	return false
}

func (r *raceTest) acknowledged(x raceShot, away bool) {
	switch {
	case away != (x.Pick == nil), (x.State == "picked") != (x.Pick != nil):
		r.t.Errorf("asked to take away (%t) and was answered %+v", away, x)
	case away:
		r.pick = ""
		if at := x.StateAt.Format(time.RFC3339Nano); at != r.since { // nobody had picked yet
			r.counted.unpicks++
			r.acked["away "+at] = true
		}
	default:
		r.pick = x.Pick.TakeID
		r.counted.picks++
		r.acked[pickMark(x.Pick.TakeID, x.Pick.By, x.Pick.At)] = true
	}
}

func pickMark(take, by string, at time.Time) string {
	return "pick " + take + " " + by + " " + at.Format(time.RFC3339Nano)
}

// refused keeps who was named as the winner.
func (r *raceTest) refused(b []byte) bool {
	var p struct {
		Code   string `json:"code"`
		Detail string `json:"detail"`
	}
	if err := json.Unmarshal(b, &p); err != nil {
		r.t.Errorf("a problem: %v in %s", err, b)
		return false
	}
	winner := regexp.MustCompile(`^(制片\d) 在 (\d\d:\d\d:\d\d) 已选了第 (\d) 条`).FindStringSubmatch(p.Detail)
	switch {
	case p.Code == "pick.gone":
		r.counted.gone++
		r.pick = ""
	case p.Code == "pick.taken" && winner != nil:
		r.counted.taken++
		r.losers[strings.Join(winner[1:], " ")]++
		n, _ := strconv.Atoi(winner[3])
		r.pick = r.takes[n-1]
	default:
		r.t.Errorf("refused with %s: %s", p.Code, p.Detail)
		return false
	}
	return true
}

// watch looks at the shot and its history until nobody answers: at no moment are there two picks.
func (r *raceTest) watch(at string) {
	for {
		var page struct {
			Shot raceShot `json:"shot"`
		}
		var picks struct {
			Items []struct {
				Ended *time.Time `json:"ended"`
			} `json:"items"`
		}
		one, b := sendAs(r.admin, "GET", at+"/api/v1/shots/"+r.shot, nil)
		two, c := sendAs(r.admin, "GET", at+"/api/v1/shots/"+r.shot+"/picks", nil)
		if one == 0 || two == 0 {
			return
		}
		if json.Unmarshal(b, &page) != nil || json.Unmarshal(c, &picks) != nil {
			r.t.Errorf("no JSON: %s %s", b, c)
			return
		}
		open := 0
		for _, p := range picks.Items {
			if p.Ended == nil {
				open++
			}
		}
		if x := page.Shot; open > 1 || (x.State == "picked") != (x.Pick != nil) {
			r.t.Errorf("%d picks at once; the shot is %s with %v", open, x.State, x.Pick)
		}
		r.mu.Lock()
		r.counted.polls++
		r.mu.Unlock()
	}
}

// stream is one reader of events, who comes back after every loss with the last number it saw.
type stream struct {
	r       *raceTest
	last    int64
	resumed int
}

// follow reads over all restarts until there is no program any more.
func (s *stream) follow() {
	for at := s.r.elsewhere(""); at != ""; at = s.r.elsewhere(at) {
		s.read(context.Background(), at, 0)
		s.resumed++
	}
}

// elsewhere waits until the program runs at another place than the one that is gone.
func (r *raceTest) elsewhere(gone string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.over && (r.at == "" || r.at == gone) {
		r.moved.Wait()
	}
	if r.over {
		return ""
	}
	return r.at
}

func (r *raceTest) runsAt(at string, over bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.over = at, over
	r.moved.Broadcast()
}

// read takes events until the stream breaks or the number is reached; each must follow the one before.
func (s *stream) read(ctx context.Context, at string, until int64) {
	req, err := http.NewRequestWithContext(ctx, "GET", at+"/api/v1/events", nil)
	if err != nil {
		s.r.t.Error(err)
		return
	}
	req.Header.Set("Last-Event-ID", strconv.FormatInt(s.last, 10))
	resp, err := s.r.admin.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	for in := bufio.NewScanner(resp.Body); in.Scan() && (until == 0 || s.last < until); {
		data, ok := strings.CutPrefix(in.Text(), "data: ")
		if !ok {
			continue
		}
		var a struct {
			ID  string `json:"id"`
			Seq int64  `json:"seq"`
		}
		if json.Unmarshal([]byte(data), &a) != nil {
			return // cut off in the middle
		}
		s.r.mu.Lock()
		known := s.r.events[a.Seq]
		s.r.events[a.Seq] = a.ID
		s.r.mu.Unlock()
		if a.Seq != s.last+1 || known != "" && known != a.ID {
			s.r.t.Errorf("event %d comes after %d, as %s, known as %q", a.Seq, s.last, a.ID, known)
			return
		}
		s.last = a.Seq
	}
}

// round starts the program, lets everybody at the shot and kills it at a random moment.
func (r *raceTest) round(binary, data string) {
	v := startVictim(r.t, binary, data)
	if r.shot == "" {
		r.signUp(v.desk)
	}
	r.runsAt(v.at, false)
	time.AfterFunc(time.Duration(500+rand.IntN(500))*time.Millisecond, func() { _ = v.cmd.Process.Kill() })
	var wg sync.WaitGroup
	for i := range 220 {
		wg.Go(func() { r.choose(v.at, r.people[i%len(r.people)], i >= 200) })
	}
	wg.Go(func() { r.watch(v.at) })
	wg.Wait()
	_ = v.cmd.Wait() // killed
}

// decisions reads the shot's whole history: how often each mark stands there, and who could be named as a winner. It has
// to be one chain: nothing is picked over a pick without replacing it, and nothing is taken away where there is none.
func (r *raceTest) decisions(d *desk) (marks, winners map[string]int) {
	marks, winners = map[string]int{}, map[string]int{}
	later := ""
	zone := time.FixedZone("CST", 8*3600)
	for after := ""; ; {
		var page struct {
			Items []struct {
				Verb   string            `json:"verb"`
				Object string            `json:"object"`
				By     string            `json:"by"`
				ByName string            `json:"by_name"`
				At     time.Time         `json:"at"`
				Params map[string]string `json:"params"`
			} `json:"items"`
			Next string `json:"next"`
		}
		d.must("GET", "/shots/"+r.shot+"/decisions?limit=500&after="+after, nil, &page)
		for _, a := range page.Items {
			if left := a.Verb != "take.unpicked"; later != "" && left != (later != "take.picked") {
				r.t.Errorf("%s is followed by %s", a.Verb, later)
			}
			if later = a.Verb; later == "take.unpicked" {
				marks["away "+a.At.Format(time.RFC3339Nano)]++
				continue
			}
			marks[pickMark(a.Object, a.By, a.At)]++
			winners[a.ByName+" "+a.At.In(zone).Format("15:04:05")+" "+a.Params["number"]]++
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if later != "take.picked" {
		r.t.Errorf("the history begins with %q", later)
	}
	return marks, winners
}

// settle holds what everybody was told against what the program, started once more, has kept.
func (r *raceTest) settle(d *desk) int {
	marks, winners := r.decisions(d)
	for m := range r.acked {
		if marks[m] != 1 {
			r.t.Errorf("%s was acknowledged and is there %d times", m, marks[m])
		}
	}
	untold := 0
	for m, n := range marks {
		if n != 1 {
			r.t.Errorf("%s is there %d times", m, n)
		}
		if !r.acked[m] {
			untold++
		}
	}
	if untold > r.counted.lost {
		r.t.Errorf("%d decisions were acknowledged to nobody, but only %d answers were lost", untold, r.counted.lost)
	}
	for w := range r.losers {
		if winners[w] == 0 {
			r.t.Errorf("somebody was told that %s had won, which nobody did", w)
		}
	}
	return len(marks)
}

// TestManyPickOneShotWhileTheProgramIsKilled is the race: there is one pick at every moment, whoever loses is told to
// whom, and neither the history nor the streams lose anything over the kills.
func TestManyPickOneShotWhileTheProgramIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: kills a real process several times")
	}
	kills := 5
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_RACE")); err == nil {
		kills = n
	}
	binary, data := built(t)
	r := &raceTest{t: t, acked: map[string]bool{}, losers: map[string]int{}, events: map[int64]string{}}
	r.moved = sync.NewCond(&r.mu)
	streams := []*stream{{r: r, last: 1}, {r: r, last: 1}, {r: r, last: 1}}
	var wg sync.WaitGroup
	for _, s := range streams {
		wg.Go(s.follow)
	}
	for range kills {
		if r.round(binary, data); t.Failed() {
			break
		}
	}
	r.runsAt("", true)
	wg.Wait()
	v := startVictim(t, binary, data)
	v.client = r.admin
	var newest struct {
		Items []struct {
			Seq int64 `json:"seq"`
		} `json:"items"`
	}
	v.must("GET", "/activity?limit=1", nil, &newest)
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	for _, s := range streams {
		if s.read(ctx, v.at, newest.Items[0].Seq); s.last != newest.Items[0].Seq || s.resumed < kills {
			t.Errorf("a stream saw %d of %d events and came back %d times", s.last, newest.Items[0].Seq, s.resumed)
		}
	}
	kept := r.settle(v.desk)
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait()
	if said, status := command(t, "verify", "--data", data); status != 0 {
		t.Errorf("verify after %d kills: %s", kills, said)
	}
	if n := r.counted; n.picks < 50 || n.unpicks < 5 || n.taken < 50 || n.polls < kills {
		t.Errorf("there was no race: %+v", n)
	}
	t.Logf("%d kills, %d decisions kept, answers: %+v, %d events to each of %d streams", kills, kept, r.counted, newest.Items[0].Seq, len(streams))
}
