package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// lockedBuffer takes writes from several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// victim is the program as a process of its own, to be killed.
type victim struct {
	*desk
	cmd *exec.Cmd
}

// built is the program, and a data folder that is not there yet. With -trimpath as everywhere, so that it is compiled once.
func built(t *testing.T) (binary, data string) {
	t.Helper()
	dir := t.TempDir()
	binary = filepath.Join(dir, "chouka")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", binary, "chouka/server").CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	return binary, filepath.Join(dir, "data")
}

func startVictim(t *testing.T, binary, data string) *victim {
	t.Helper()
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", data, "--level", "error")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log lockedBuffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	v := &victim{desk: newDesk(t, out), cmd: cmd}
	if v.at == "" {
		t.Fatalf("the program did not come back: %s", log.String())
	}
	return v
}

// crashTest is a writer that remembers what was acknowledged.
type crashTest struct {
	t    *testing.T
	shot string

	mu    sync.Mutex
	next  int
	open  []int // asked, not acknowledged: asked again with the same key
	acked map[int]bool

	pick    string // take id of the last acknowledged pick
	trying  string // take id of a pick that was asked and not acknowledged
	pickers int
}

// claim takes an unacknowledged number first, so that each is asked until it is told.
func (c *crashTest) claim() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.open); n > 0 {
		out := c.open[n-1]
		c.open = c.open[:n-1]
		return out
	}
	c.next++
	return c.next
}

func (c *crashTest) settle(n int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ok {
		c.acked[n] = true
		return
	}
	c.open = append(c.open, n)
}

// write posts numbered attempts until nobody answers any more.
func (c *crashTest) write(d *desk) {
	for {
		n := c.claim()
		body := map[string]any{"status": "failed", "remark": strconv.Itoa(n), "service": "", "model": "", "prompt": "测试", "negative": "", "seed": "", "steps": "",
			"cfg": "", "sampler": "", "scheduler": "", "denoise": "", "size": "", "task_id": "", "cost": map[string]any{"amount": 0, "currency": ""}}
		status := d.call("POST", "/shots/"+c.shot+"/attempts", body, nil, "Idempotency-Key", fmt.Sprint("attempt-", n))
		c.settle(n, status >= 200 && status < 300)
		if status == 0 {
			return
		}
		if status >= 300 {
			c.t.Errorf("attempt %d: status %d", n, status)
			return
		}
	}
}

// choose uploads pictures and picks each in turn until nobody answers any more.
func (c *crashTest) choose(d *desk) {
	for {
		if c.trying == "" {
			c.pickers++
			var row struct {
				Takes []withID `json:"takes"`
			}
			if d.call("POST", "/shots/"+c.shot+"/files?name=p.png", picture(c.t, c.pickers), &row) == 0 {
				return
			}
			if len(row.Takes) == 0 {
				c.t.Errorf("picture %d: no take", c.pickers)
				return
			}
			c.trying = row.Takes[0].ID
		}
		status := d.call("POST", "/shots/"+c.shot+"/pick", map[string]any{"take_id": c.trying, "replaces": c.pick}, nil)
		if status == 0 {
			return
		}
		if status >= 300 {
			c.t.Errorf("pick: status %d", status)
			return
		}
		c.pick, c.trying = c.trying, ""
	}
}

// round starts the program, checks the pick, writes with several hands and kills it at a random moment.
func (c *crashTest) round(binary, data string, jar *desk) *desk {
	v := startVictim(c.t, binary, data)
	if jar == nil {
		c.shot = v.setUp()
	} else {
		v.client = jar.client
		c.checkPick(v.desk)
	}
	time.AfterFunc(time.Duration(50+rand.IntN(350))*time.Millisecond, func() { _ = v.cmd.Process.Kill() })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { c.write(v.desk) })
	}
	wg.Go(func() { c.choose(v.desk) })
	wg.Wait()
	_ = v.cmd.Wait() // killed
	return v.desk
}

// checkPick holds the current pick to what was acknowledged, or to the one step beyond that nobody was told of.
func (c *crashTest) checkPick(d *desk) {
	var page struct {
		Shot struct {
			Pick *struct {
				TakeID string `json:"take_id"`
			} `json:"pick"`
		} `json:"shot"`
	}
	d.must("GET", "/shots/"+c.shot, nil, &page)
	have := ""
	if page.Shot.Pick != nil {
		have = page.Shot.Pick.TakeID
	}
	switch have {
	case c.pick:
	case c.trying:
		c.pick, c.trying = have, ""
	default:
		c.t.Errorf("the acknowledged pick %q is gone: the shot has %q", c.pick, have)
	}
}

func TestNothingAcknowledgedIsLostWhenTheProgramIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: kills a real process many times")
	}
	rounds := 20
	if n, err := strconv.Atoi(os.Getenv("CHOUKA_CRASHES")); err == nil {
		rounds = n
	}
	binary, data := built(t)
	c := &crashTest{t: t, acked: map[int]bool{}}
	var d *desk
	for range rounds {
		if d = c.round(binary, data, d); t.Failed() {
			t.FailNow()
		}
	}
	v := startVictim(t, binary, data)
	v.client = d.client
	c.checkPick(v.desk)
	c.countAttempts(v.desk)
	_ = v.cmd.Process.Kill()
	_ = v.cmd.Wait()
	if said, status := command(t, "verify", "--data", data); status != 0 {
		t.Errorf("verify after %d kills: %s", rounds, said)
	}
	t.Logf("%d kills, %d acknowledged attempts, %d picks: all there, each once", rounds, len(c.acked), c.pickers)
}

// countAttempts reads every attempt back: each acknowledged number once, no number twice.
func (c *crashTest) countAttempts(d *desk) {
	seen := map[string]int{}
	for after := ""; ; {
		var page struct {
			Items []struct {
				Attempt struct {
					Remark string `json:"remark"`
				} `json:"attempt"`
			} `json:"items"`
			Next string `json:"next"`
		}
		d.must("GET", "/shots/"+c.shot+"/attempts?limit=200&after="+after, nil, &page)
		for _, i := range page.Items {
			seen[i.Attempt.Remark]++
		}
		if after = page.Next; after == "" {
			break
		}
	}
	delete(seen, "") // the uploaded pictures
	for n := range c.acked {
		if seen[strconv.Itoa(n)] != 1 {
			c.t.Errorf("attempt %d was acknowledged and is there %d times", n, seen[strconv.Itoa(n)])
		}
	}
	for n, times := range seen {
		if times > 1 {
			c.t.Errorf("attempt %s is there %d times", n, times)
		}
	}
	if len(c.acked) < 100 {
		c.t.Errorf("only %d attempts were acknowledged: the test did not write", len(c.acked))
	}
}
