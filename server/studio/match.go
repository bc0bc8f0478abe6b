package studio

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"

	"chouka/store"

	"golang.org/x/text/unicode/norm"
)

// Matched says by what an attempt was found.
const (
	matchedTask = "task"
	matchedName = "name"
	matchedSHA  = "sha256"
	matchedWait = "wait" // the caller named it
)

const (
	fileTasks    = 8  // ids that are looked for in the names of files
	shortestTask = 8  // characters of an id in a name: a shorter one is as well a counter
	candidates   = 20 // attempts that are looked at for one sign
)

// markOf makes a key of bounded length out of any text.
func markOf(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:16])
}

func taskKey(id string) store.Key {
	return store.K().Text(markOf(strings.TrimSpace(norm.NFKC.String(id))))
}

// Under "expects" an attempt stands once for its shot and once for its operator, by each sign of a result that has not come.
const (
	byShot byte = iota
	byOperator
)

const (
	bySHA byte = iota
	byName
)

func expectKey(owner byte, id string, sign byte, value string) store.Key {
	return store.K().Byte(owner).Byte(sign).Text(markOf(value)).ID(id)
}

func expectKeys(a *Attempt) []store.Key {
	var keys []store.Key
	if a.Deleted != nil || !a.joinable() {
		return nil
	}
	add := func(sign byte, value string) {
		if value != "" {
			keys = append(keys, expectKey(byShot, a.ShotID, sign, value), expectKey(byOperator, a.Operator, sign, value))
		}
	}
	for _, e := range a.Expected {
		if !e.Come {
			add(bySHA, e.SHA256)
			add(byName, e.Name)
		}
	}
	return keys
}

// joinable reports whether a result may still come to an attempt.
func (a *Attempt) joinable() bool {
	return a.Status == Queued || a.Status == Running || a.Status == Succeeded
}

// signs are what an attempt can be recognised by.
type signs struct {
	service, task string   // as the post says
	shas          []string // of its files and of the results it announces
	stated        []string // task ids in the data of its files
	tasks         []string // those, and what may be one in their names
	names         []string // of its files
}

func signsOf(t *account, files []Kept) signs {
	var g signs
	if t != nil {
		g.service, g.task = t.Service, t.TaskID
		for _, e := range t.expected {
			if e.SHA256 != "" {
				g.shas = append(g.shas, e.SHA256)
			}
		}
	}
	for _, f := range files {
		g.shas = append(g.shas, f.media.SHA256)
		if id := f.said.Fields["task_id"].Value; id != "" {
			g.stated, g.tasks = append(g.stated, id), append(g.tasks, id)
		}
		g.names = append(g.names, f.name)
	}
	for _, f := range files {
		for _, id := range tasksIn(f.name) {
			if len(g.tasks) < fileTasks && !slices.Contains(g.tasks, id) {
				g.tasks = append(g.tasks, id)
			}
		}
	}
	return g
}

var uuidIn = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`)

// tasksIn lists what may be a service's task id in a file's name, the likeliest
// first: the whole stem, the stem without a counter behind it, a UUID, the parts between separators.
func tasksIn(name string) []string {
	stem := strings.TrimSuffix(name, path.Ext(name))
	bare := strings.TrimRight(strings.TrimSuffix(stem, ")"), "0123456789")
	out := []string{stem}
	if cut := strings.TrimRight(bare, "_-( "); cut != bare {
		out = append(out, cut)
	}
	out = append(out, uuidIn.FindAllString(stem, 2)...)
	for _, breaks := range []string{"_ .()[]@+", "_- .()[]@+"} {
		out = append(out, strings.FieldsFunc(stem, func(r rune) bool { return strings.ContainsRune(breaks, r) })...)
	}
	var kept []string
	for _, id := range out {
		if len(id) >= shortestTask && strings.ContainsAny(id, "0123456789") && !slices.Contains(kept, id) && len(kept) < fileTasks {
			kept = append(kept, id)
		}
	}
	return kept
}

// target finds the attempt that a post or a file on a shot belongs to, and by what; nil when it is a new one.
func (c *change) target(x *Shot, g signs) (*Attempt, string, error) {
	if a, err := c.byTask(x.TitleID, x.ID, g.service, g.task, true); a != nil || err != nil {
		return a, matchedTask, err
	}
	if a, err := c.held(x, g); a != nil || err != nil {
		return a, "", err
	}
	for _, sha := range g.shas {
		got, err := c.expecting(byShot, x.ID, bySHA, sha)
		if got = slices.DeleteFunc(got, g.another); len(got) > 0 || err != nil {
			return first(got), matchedSHA, err
		}
	}
	for _, id := range g.tasks {
		if a, err := c.byTask(x.TitleID, x.ID, "", id, false); a != nil || err != nil {
			return a, matchedTask, err
		}
	}
	return c.byNames(g, func(name string) ([]*Attempt, error) {
		got, err := c.expecting(byShot, x.ID, byName, name)
		return slices.DeleteFunc(got, func(a *Attempt) bool { return !c.by.mayChange(a) }), err
	})
}

// held finds the attempt that holds one of the files. Where a post brings
// further files and names another task than that attempt's, it is another attempt.
func (c *change) held(x *Shot, g signs) (*Attempt, error) {
	var other *Attempt
	missing := false
	for _, sha := range g.shas {
		row, err := c.heldAlready(x, sha)
		switch {
		case err != nil:
			return nil, err
		case row == nil:
			missing = true
		case !g.another(&row.Attempt):
			return &row.Attempt, nil
		default:
			other = &row.Attempt
		}
	}
	if missing {
		return nil, nil
	}
	return other, nil
}

// another reports whether a post names another task than the attempt's own.
func (g signs) another(a *Attempt) bool {
	return g.task != "" && a.TaskID != "" && !sameTask(g.task, a.TaskID)
}

func sameTask(a, b string) bool { return string(taskKey(a)) == string(taskKey(b)) }

// foreign reports whether the post or the data of its files name another task than the attempt's own.
func (g signs) foreign(a *Attempt) bool {
	states := func(id string) bool { return sameTask(id, a.TaskID) }
	return g.another(a) || a.TaskID != "" && len(g.stated) > 0 && !slices.ContainsFunc(g.stated, states)
}

// byNames finds the one attempt that waits for a file of such a name. Two of them are none: which one is meant is not said.
func (c *change) byNames(g signs, look func(string) ([]*Attempt, error)) (*Attempt, string, error) {
	for _, name := range g.names {
		got, err := look(name)
		if got = slices.DeleteFunc(got, g.foreign); len(got) == 1 || err != nil {
			return first(got), matchedName, err
		}
	}
	return nil, "", nil
}

func first(in []*Attempt) *Attempt {
	if len(in) == 0 {
		return nil
	}
	return in[0]
}

// byTask finds the attempt of a service's task in a title, on the shot itself
// before others. The id of a file stands for a result, so only the shot's own attempts that may have one count.
func (c *change) byTask(titleID, shotID, service, task string, anywhere bool) (*Attempt, error) {
	if task == "" {
		return nil, nil
	}
	got, err := c.s.r.attempts.List(c.tx, "task", taskKey(task).ID(titleID), Page{Limit: candidates})
	if err != nil {
		return nil, err
	}
	var other *Attempt
	for _, a := range got.Items {
		if !sameService(a.Service, service) || !anywhere && (a.ShotID != shotID || !a.joinable() || !c.by.mayChange(a)) {
			continue
		}
		if live, err := c.onLiveShot(a); err != nil {
			return nil, err
		} else if !live {
			continue
		}
		if a.ShotID == shotID {
			return a, nil
		}
		if other == nil {
			other = a
		}
	}
	return other, nil
}

// sameService compares names of services; one that is not named fits every one.
func sameService(a, b string) bool {
	return a == "" || b == "" || nameKey(a) == nameKey(b)
}

func (c *change) onLiveShot(a *Attempt) (bool, error) {
	x, err := found(c.s.r.shots.Get(c.tx, a.ShotID))("shot")
	return err == nil && x.Deleted == nil, err
}

// expecting lists the attempts of a shot or an operator that wait for a result with this sign.
func (c *change) expecting(owner byte, id string, sign byte, value string) ([]*Attempt, error) {
	got, err := c.s.r.attempts.List(c.tx, "expects", expectKey(owner, id, sign, value), Page{Limit: candidates})
	if err != nil {
		return nil, err
	}
	var out []*Attempt
	for _, a := range got.Items {
		live, err := c.onLiveShot(a)
		if err != nil {
			return nil, err
		}
		if live {
			out = append(out, a)
		}
	}
	return out, nil
}
