// Package ingest brings generated files from a disk to a desk, here or over the
// network, and remembers what has arrived: `chouka ingest` does it once,
// `chouka watch` keeps at it.
//
// Begin with the engine (engine.go), one loop that owns all state. It looks at
// folders (look.go), waits until files have settled (settle.go), puts files of
// one stem together (group.go), finds their shot (rule.go) and hands each group
// to a worker (deliver.go), which speaks to the desk (send.go, form.go). What
// the desk confirmed goes into the ledger (ledger.go), and nothing else does.
// watch.go only hastens a look; the sweep is the truth.
package ingest

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// Options say what is brought where. Paths, Server and Token are needed, the rest has a usual value.
type Options struct {
	// Paths are files, archives and folders; Watch takes folders only.
	Paths []string
	// Server is the desk's address, such as https://chouka.example.
	Server string
	// Token is a personal token with the scope "log". It is sent to Server and written nowhere.
	Token string
	// Title is the id or name of the title where no rule says another.
	Title string
	// Shot is the id or label of the shot where no rule says another.
	Shot string
	// Rules find a shot in a path, the first that fits wins; see ParseRule.
	Rules []string
	// State is the folder of the ledger; StateFolder() when empty.
	State string
	// Jobs is how many groups are sent at the same time; 3 when 0.
	Jobs int
	// Sweep is how often Watch looks at every file; 60 s when 0.
	Sweep time.Duration
	// Pace is the least time between two looks at one folder; 1 s when 0.
	Pace time.Duration
	// Patience is how long Run waits for a desk that is away; 5 min when 0. Watch waits for ever.
	Patience time.Duration
	// Language of the desk's words, "zh" or "en".
	Language string
	// Transport carries the requests; one of its own when nil.
	Transport http.RoundTripper
	// Tell hears of everything that happens, from one goroutine at a time. It must not block for long.
	Tell func(Event)
}

// What is the kind of an Event.
type What string

// What can become of a file (New to Gone), and what else is worth a word.
const (
	New       What = "new"       // booked as a result
	Joined    What = "joined"    // joined an attempt that was waiting for it
	Duplicate What = "duplicate" // the shot held these bytes already
	Beside    What = "beside"    // kept beside a result: a sidecar, a first frame
	Known     What = "known"     // sent earlier under another path
	Refused   What = "refused"   // the desk does not take it; tried again when it changes
	NoShot    What = "no_shot"   // nothing says where it belongs; stays in the queue
	Held      What = "held"      // not possible now, such as a locked shot; stays in the queue
	Unsettled What = "unsettled" // still being written when Run gave up waiting
	Gone      What = "gone"      // was deleted or renamed before it could be sent
	Planned   What = "planned"   // Plan only: would be sent

	Away     What = "away"     // the desk cannot be reached; Wait says when it is tried again
	Back     What = "back"     // the desk answers again
	Trouble  What = "trouble"  // a folder or a rules file cannot be read
	Progress What = "progress" // counters moved
)

// Event is one thing that happened. Fields that do not apply are empty.
type Event struct {
	What    What   `json:"what"`
	Path    string `json:"path,omitempty"` // a member of an archive stands behind its path and a "!"
	Bytes   int64  `json:"bytes,omitempty"`
	Title   string `json:"title,omitempty"` // where it was sent, as asked
	Shot    string `json:"shot,omitempty"`
	Attempt string `json:"attempt,omitempty"` // id
	Number  int64  `json:"number,omitempty"`  // of the attempt within its shot
	Words   string `json:"words,omitempty"`   // why, by the desk or by us
	Wait    int64  `json:"wait,omitempty"`    // seconds
	Queued  int    `json:"queued,omitempty"`  // groups of files that wait or travel
	Sent    int64  `json:"sent,omitempty"`    // bytes of files so far
}

// Summary counts files by what became of them. Already counts those that the ledger held
// before, Ignored those that are no business of a desk: other types, sidecars without a result.
type Summary struct {
	New       int   `json:"new"`
	Joined    int   `json:"joined"`
	Duplicate int   `json:"duplicate"`
	Beside    int   `json:"beside"`
	Known     int   `json:"known"`
	Refused   int   `json:"refused"`
	NoShot    int   `json:"no_shot"`
	Held      int   `json:"held"`
	Unsettled int   `json:"unsettled"`
	Unsent    int   `json:"unsent"` // still queued when it ended
	Already   int   `json:"already"`
	Ignored   int   `json:"ignored"`
	Bytes     int64 `json:"bytes"`
}

// Left is how many files did not reach the desk.
func (s Summary) Left() int { return s.Refused + s.NoShot + s.Held + s.Unsettled + s.Unsent }

// ErrAway ends a Run whose desk stayed out of reach for longer than Options.Patience.
var ErrAway = errors.New("the desk cannot be reached")

// StopError is an answer after which no further file can succeed: the token is
// not good enough, or there is no desk at the address. Words is one sentence.
type StopError struct {
	Status int
	Words  string
}

// Error gives the sentence.
func (e *StopError) Error() string { return e.Words }

// Run brings everything that lies under the paths now, and returns when each
// file has an answer. Cancelling ctx leaves the rest for the next Run.
func Run(ctx context.Context, o Options) (Summary, error) {
	e, err := newEngine(o, true)
	if err != nil {
		return Summary{}, err
	}
	return e.work(ctx, nil)
}

// Watch is Run that goes on until ctx ends, which is no error.
func Watch(ctx context.Context, o Options) (Summary, error) {
	for _, p := range o.Paths {
		if i, err := os.Stat(p); err != nil {
			return Summary{}, err
		} else if !i.IsDir() {
			return Summary{}, &os.PathError{Op: "watch", Path: p, Err: errors.New("not a folder")}
		}
	}
	e, err := newEngine(o, false)
	if err != nil {
		return Summary{}, err
	}
	return e.watch(ctx)
}

// Plan tells as Planned where each file would go, without asking the desk, waiting for files to settle or writing anything.
func Plan(ctx context.Context, o Options) (Summary, error) {
	o.Token, o.Server = "-", "http://localhost"
	e, err := newEngine(o, true)
	if err != nil {
		return Summary{}, err
	}
	e.plan = true
	return e.work(ctx, nil)
}

// StateFolder is where the ledger lies by default: $XDG_STATE_HOME/chouka, else
// the local application data on Windows, else ~/.local/state/chouka.
func StateFolder() (string, error) {
	for _, name := range []string{"XDG_STATE_HOME", "LocalAppData"} {
		if dir := os.Getenv(name); filepath.IsAbs(dir) {
			return filepath.Join(dir, "chouka"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "state", "chouka"), nil
}
