package studio

import (
	"slices"

	"chouka/store"
)

// incoming is one attempt that comes in: what is told of it, its files, or both.
type incoming struct {
	way    string
	told   *account // nil: nothing but the files
	shot   *Shot    // nil: the attempt that waits for it says which
	title  string   // id; narrows the search where there is no shot
	named  *Attempt // the caller named it
	files  []Kept
	beside []Kept
	camera bool   // clips of a real shoot
	day    string // id of their shooting day
}

// book finds the attempt that this belongs to and brings it up to date, or books a new one.
func (c *change) book(b incoming) (AttemptRow, error) {
	a, matched, err := c.find(b)
	if err != nil {
		return AttemptRow{}, err
	}
	if a != nil {
		return c.join(a, matched, b)
	}
	if b.shot == nil {
		return AttemptRow{}, refuse(Invalid, "attempt.no_shot", "不知道属于哪个镜头：请写明镜头，或用在等结果的任务号、文件名、SHA-256",
			"it is not said which shot this is for: name the shot, or a task id, file name or SHA-256 that an attempt waits for")
	}
	if b.shot.State == ShotLocked {
		return AttemptRow{}, lockedShot()
	}
	return c.bookNew(b)
}

func (c *change) find(b incoming) (*Attempt, string, error) {
	g := signsOf(b.told, b.files)
	switch {
	case b.named != nil:
		if row, err := c.anyHeld(b.shot, g.shas); row != nil || err != nil {
			return &orEmpty(row).Attempt, "", err
		}
		return b.named, matchedWait, nil
	case b.shot != nil && b.camera:
		// Nothing that was sent to a generator waits for what a camera took.
		row, err := c.anyHeld(b.shot, g.shas)
		if row == nil || err != nil {
			return nil, "", err
		}
		return &row.Attempt, "", nil
	case b.shot != nil:
		return c.target(b.shot, g)
	}
	return c.waiting(b.title, g)
}

func (c *change) bookNew(b incoming) (AttemptRow, error) {
	t := b.told
	if t == nil {
		t = &account{status: Succeeded}
	}
	a := t.attempt(b.way, c.now, len(b.files) > 0)
	c.gather(&a, b)
	if b.camera {
		a.Kind, a.DayID = kindCamera, b.day
	}
	var err error
	if a.Sheets, err = c.chosen(b.shot.TitleID, t.sheets); err != nil {
		return AttemptRow{}, err
	}
	if err := c.addAttempt(b.shot, &a); err != nil {
		return AttemptRow{}, err
	}
	row := AttemptRow{Attempt: a, Takes: []Take{}}
	for _, k := range b.files {
		if held, err := c.heldAlready(b.shot, k.media.SHA256); held != nil || err != nil {
			if err != nil {
				return AttemptRow{}, err
			}
			continue
		}
		take, err := c.addTake(b.shot, &a, k, len(row.Takes))
		if err != nil {
			return AttemptRow{}, err
		}
		row.Takes = append(row.Takes, take)
	}
	if err := c.noteAttempt("attempt.logged", b.shot, &a); err != nil {
		return AttemptRow{}, err
	}
	row.Elsewhere, err = c.s.elsewhere(c.tx, c.by, b.shot.ID, hashesOf(b.files))
	return row, err
}

// gather fills an attempt with what its files and the files beside them say, keeps the latter, and ticks off what has come.
func (c *change) gather(a *Attempt, b incoming) bool {
	changed := false
	for _, k := range b.files {
		fill(a, k.said, "file")
		changed = a.tick(k) || changed
	}
	for _, k := range b.beside {
		if a.keepBeside(k) {
			fill(a, k.said, "beside")
			changed = true
		}
	}
	return changed
}

// tick marks the announced result that a file is.
func (a *Attempt) tick(k Kept) bool {
	this := Expected{Name: k.name, SHA256: k.media.SHA256}
	for i, e := range a.Expected {
		if !e.Come && e.same(this) {
			a.Expected[i].Come = true
			return true
		}
	}
	return false
}

func (a *Attempt) keepBeside(k Kept) bool {
	b := Beside{Name: k.name, SHA256: k.media.SHA256, Bytes: k.media.Bytes, Kind: k.kind}
	if len(a.Beside) >= maxBeside || slices.ContainsFunc(a.Beside, func(o Beside) bool { return o.SHA256 == b.SHA256 }) {
		return false
	}
	a.Beside = append(a.Beside, b)
	return true
}

func hashesOf(files []Kept) []string {
	var out []string
	for _, k := range files {
		out = append(out, k.media.SHA256)
	}
	return out
}

// join brings a known attempt up to date: its status moves on, empty fields are filled, new files become takes.
func (c *change) join(a *Attempt, matched string, b incoming) (AttemptRow, error) {
	x, err := found(c.s.r.shots.Get(c.tx, a.ShotID))("shot")
	if err != nil {
		return AttemptRow{}, err
	}
	fresh, err := c.fresh(x, b.files)
	if err != nil {
		return AttemptRow{}, err
	}
	may := c.by.mayChange(a) && (b.told == nil || !signsOf(b.told, nil).another(a))
	switch {
	case may:
		err = c.extend(x, a, fresh, b)
	case matched == matchedSHA: // anybody may bring the very bytes that were announced, and nothing else
		err = c.extend(x, a, fresh, incoming{})
	case len(fresh) > 0:
		err = othersAttempt()
	}
	if err != nil {
		return AttemptRow{}, err
	}
	row, err := c.s.attemptRow(c.tx, a)
	if err != nil {
		return AttemptRow{}, err
	}
	row.Duplicate, row.Matched = len(fresh) == 0 || b.told != nil && matched == matchedTask, matched
	row.Elsewhere, err = c.s.elsewhere(c.tx, c.by, x.ID, hashesOf(b.files))
	return row, err
}

// fresh are the files that the shot does not hold yet, each once.
func (c *change) fresh(x *Shot, files []Kept) ([]Kept, error) {
	var out []Kept
	for _, k := range files {
		held, err := c.heldAlready(x, k.media.SHA256)
		if err != nil {
			return nil, err
		}
		if held == nil && !slices.ContainsFunc(out, func(o Kept) bool { return o.media.SHA256 == k.media.SHA256 }) {
			out = append(out, k)
		}
	}
	return out, nil
}

// extend writes what is new about an attempt; where nothing is, nothing is written.
func (c *change) extend(x *Shot, a *Attempt, fresh []Kept, b incoming) error {
	if len(fresh) > 0 && x.State == ShotLocked {
		return lockedShot()
	}
	changed := len(fresh) > 0
	if b.told != nil {
		named, err := c.chosen(a.TitleID, b.told.sheets)
		if err != nil {
			return err
		}
		had := slices.Clone(a.Sheets)
		a.use(named...)
		changed = a.listen(b.told) || !slices.Equal(had, a.Sheets) || changed
		if b.told.status != "" {
			changed = a.advance(b.told.status, b.told.word) || changed
		}
	}
	for i, e := range a.Expected { // announced after it came
		if row, err := c.heldBy(x, a, e); err != nil {
			return err
		} else if row && !e.Come {
			a.Expected[i].Come, changed = true, true
		}
	}
	b.files = fresh
	changed = c.gather(a, b) || changed
	if len(fresh) > 0 {
		a.Status = Succeeded // whatever was said before: here is a result
	}
	if !changed {
		return nil
	}
	if err := cleanGeneration(&a.Generation); err != nil {
		return err
	}
	if err := c.putAttempt(a); err != nil {
		return err
	}
	if err := c.addTakes(x, a, fresh); err != nil {
		return err
	}
	return c.noteAttempt("attempt.joined", x, a)
}

// heldBy reports whether an attempt has a live take with the bytes that it announced.
func (c *change) heldBy(x *Shot, a *Attempt, e Expected) (bool, error) {
	if e.SHA256 == "" || e.Come {
		return false, nil
	}
	row, err := c.heldAlready(x, e.SHA256)
	return row != nil && row.Attempt.ID == a.ID, err
}

func (c *change) addTakes(x *Shot, a *Attempt, fresh []Kept) error {
	ids, _, err := c.s.r.takes.IDs(c.tx, "attempt", store.K().ID(a.ID), Page{Limit: store.MaxPage})
	if err != nil {
		return err
	}
	if len(ids)+len(fresh) > maxTakes {
		return conflict("attempt.full", "一次抽卡最多 %d 个结果", "an attempt has at most %d results", maxTakes)
	}
	for i, k := range fresh {
		if _, err := c.addTake(x, a, k, len(ids)+i); err != nil {
			return err
		}
	}
	return nil
}
