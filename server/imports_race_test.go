package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The tables of the race: so many titles on so many days, each table at a minute of its own.
const (
	importTitles = 10
	importDays   = 300
	importRows   = importTitles * importDays
)

// importRace is people who take tables in while the program is killed.
type importRace struct {
	t     *testing.T
	admin *desk

	mu    sync.Mutex
	next  int
	asked map[int]bool // by number: whether it was acknowledged
	acks  int
	lost  int // that were there although nobody was told
}

// importTable is the n-th table.
func importTable(n int) []byte {
	var b strings.Builder
	b.WriteString("剧名,平台,统计时间,累计播放量\n")
	for day := range importDays {
		at := time.Date(2025, 1, 1, 0, n, 0, 0, time.UTC).AddDate(0, 0, day).Format("2006-01-02 15:04:05")
		for i := range importTitles {
			fmt.Fprintf(&b, "第%d部剧,红果短剧,%s,%d\n", i, at, (day*1440+n)*(i+1))
		}
	}
	return []byte(b.String())
}

// importAnswer is what an import says that it did.
type importAnswer struct {
	Outcome string `json:"outcome"`
	Count   struct {
		New       int `json:"new"`
		Duplicate int `json:"duplicate"`
	} `json:"count"`
}

// take tries a table and takes it in; the status is 0 when nobody answers.
func (r *importRace) take(d *desk, n int) (int, importAnswer) {
	name := fmt.Sprintf("红果%d.csv", n)
	var seen struct {
		SHA256 string          `json:"sha256"`
		Choice json.RawMessage `json:"choice"`
	}
	var out importAnswer
	if status := d.call("POST", "/imports/preview?name="+name, importTable(n), &seen); status < 200 || status > 299 {
		return status, out
	}
	return d.call("POST", "/imports", map[string]any{"sha256": seen.SHA256, "name": name, "choice": seen.Choice}, &out), out
}

func (r *importRace) signUp(d *desk) {
	d.setUp()
	r.admin = d
	for i := range importTitles {
		var title withID
		d.must("POST", "/titles", map[string]any{"name": fmt.Sprintf("第%d部剧", i)}, &title)
		d.must("POST", "/titles/"+title.Title.ID+"/releases", map[string]any{"platform": "红果短剧"}, nil)
	}
}

// write takes one table after the other in until nobody answers any more. told hears of the first that is acknowledged.
func (r *importRace) write(d *desk, told func()) {
	for {
		r.mu.Lock()
		r.next++
		n := r.next
		r.asked[n] = false
		r.mu.Unlock()
		status, out := r.take(d, n)
		if status == 0 {
			return
		}
		if status > 299 || out.Outcome != "done" || out.Count.New != importRows {
			r.t.Errorf("table %d: status %d, %+v", n, status, out)
			told()
			return
		}
		r.mu.Lock()
		r.asked[n] = true
		r.acks++
		r.mu.Unlock()
		told()
	}
}

// round kills the program at a random moment behind the first acknowledged import, starts it again and takes every table of
// the round in once more: one that was acknowledged is there whole, of any other everything or nothing.
func (r *importRace) round(binary, data string) {
	v := startVictim(r.t, binary, data)
	if r.admin == nil {
		r.signUp(v.desk)
	} else {
		v.client = r.admin.client
	}
	r.asked = map[int]bool{}
	kill := sync.OnceFunc(func() {
		time.AfterFunc(time.Duration(rand.IntN(400))*time.Millisecond, func() { _ = v.cmd.Process.Kill() })
	})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { r.write(v.desk, kill) })
	}
	wg.Wait()
	_ = v.cmd.Wait() // killed
	v = startVictim(r.t, binary, data)
	v.client = r.admin.client
	for n, acked := range r.asked {
		status, out := r.take(v.desk, n)
		whole := out.Outcome == "same" && out.Count.New == 0 && out.Count.Duplicate == importRows
		none := out.Outcome == "done" && out.Count.New == importRows
		if status < 200 || status > 299 || !whole && (acked || !none) {
			r.t.Errorf("table %d, acknowledged: %v, says when it is asked again: %d %+v", n, acked, status, out)
		}
		if whole && !acked {
			r.lost++
		}
	}
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait()
}

// TestAnImportIsThereWholeOrNotAtAllWhenTheProgramIsKilled kills the program among imports of 3,000 rows. CHOUKA_IMPORTS sets
// how many rounds.
func TestAnImportIsThereWholeOrNotAtAllWhenTheProgramIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: kills a real process several times")
	}
	rounds := 3
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_IMPORTS")); err == nil {
		rounds = n
	}
	binary, data := built(t)
	r := &importRace{t: t}
	for range rounds {
		if r.round(binary, data); t.Failed() {
			t.FailNow()
		}
	}
	if said, status := command(t, "verify", "--data", data); status != 0 {
		t.Errorf("verify after %d kills: %s", 2*rounds, said)
	}
	t.Logf("%d kills, %d imports of %d rows acknowledged, %d more whole that nobody was told of, %d asked in all", 2*rounds, r.acks, importRows, r.lost, r.next)
}
