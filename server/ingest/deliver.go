package ingest

import (
	"context"
	"errors"
	"io/fs"
)

// maxParts is how many results, and how many files beside them, one form may hold.
const maxParts = 16

// became is what became of one file.
type became struct {
	f file
	Event
}

// delivery is one group on its way, in one worker.
type delivery struct {
	e    *engine
	g    *group
	home home
	did  []became
}

// deliver sends a group and writes down what the desk confirmed, each file as
// soon as it is. It can be called again for the same group after any error.
func (e *engine) deliver(ctx context.Context, g *group) ([]became, error) {
	d := &delivery{e: e, g: g, home: g.home}
	err := d.run(ctx)
	return d.did, err
}

func (d *delivery) run(ctx context.Context) error {
	files, err := d.read(ctx, d.g.files, true)
	if err != nil {
		return err
	}
	beside, err := d.read(ctx, d.g.beside, false)
	if err != nil {
		return err
	}
	if d.home.attempt == "" {
		if files, beside, err = d.post(ctx, files, beside); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := d.late(ctx, f); err != nil {
			return err
		}
	}
	for _, f := range beside {
		if err := d.aside(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// read hashes files and leaves those out that are gone, or that the desk has already.
func (d *delivery) read(ctx context.Context, all []file, result bool) ([]hashed, error) {
	var out []hashed
	for _, f := range all {
		if _, ok := d.e.held(&f); ok {
			continue // confirmed before an earlier try broke off
		}
		sum, err := f.digest(ctx)
		if errors.Is(err, fs.ErrNotExist) {
			d.note(f, Event{What: Gone})
			continue
		}
		if bad, ok := errors.AsType[*PackError](err); ok {
			d.note(f, Event{What: Refused, Words: bad.Words})
			continue
		}
		if err != nil {
			return nil, err
		}
		h := hashed{f, sum}
		if l, ok := d.e.ledger.sum(sum, d.g.to.asked()); ok && result {
			if d.home.attempt == "" {
				d.home = home{l.Attempt, l.Shot}
			}
			if err := d.confirm(h, Event{What: Known, Attempt: l.Attempt}, home{l.Attempt, l.Shot}, true); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, h)
	}
	return out, nil
}

// post books a new attempt. What did not fit comes back, to follow one by one.
// When the desk refuses the whole because of one file, the rest must not suffer for it.
func (d *delivery) post(ctx context.Context, files, beside []hashed) (restFiles, restBeside []hashed, err error) {
	if len(files) == 0 {
		return nil, nil, nil
	}
	n, m := min(len(files), maxParts), min(len(beside), maxParts)
	r, err := d.e.sender.attempt(ctx, d.g.to, files[:n], beside[:m])
	if err == nil {
		return files[n:], beside[m:], d.booked(r, files[:n], beside[:m])
	}
	no, ok := errors.AsType[*refusal](err)
	if !ok || !no.lasting() {
		return nil, nil, err
	}
	if n+m == 1 {
		d.note(files[0].file, Event{What: Refused, Words: no.words})
		return files[1:], nil, nil
	}
	for i, f := range files {
		r, err := d.e.sender.attempt(ctx, d.g.to, files[i:i+1], nil)
		if err == nil {
			return files[i+1:], beside, d.booked(r, files[i:i+1], nil)
		}
		if no, ok = errors.AsType[*refusal](err); !ok || !no.lasting() {
			return nil, nil, err
		}
		d.note(f.file, Event{What: Refused, Words: no.words})
	}
	return nil, nil, nil // without a result nothing can lie beside it
}

// booked writes down what a form brought in.
func (d *delivery) booked(r row, files, beside []hashed) error {
	d.home = home{r.Attempt.ID, r.Attempt.ShotID}
	var lines []entry
	for _, f := range files {
		lines = append(lines, d.line(f, d.home, true))
	}
	for _, f := range beside {
		lines = append(lines, d.line(f, d.home, false))
	}
	if err := d.e.ledger.note(lines...); err != nil {
		return err
	}
	for _, f := range files {
		d.note(f.file, r.event())
	}
	for _, f := range beside {
		d.note(f.file, Event{What: Beside, Attempt: r.Attempt.ID, Number: r.Attempt.Number})
	}
	return nil
}

// event says what the desk did with a result.
func (r row) event() Event {
	ev := Event{What: New, Attempt: r.Attempt.ID, Number: r.Attempt.Number}
	switch {
	case r.Duplicate && r.Matched == "":
		ev.What = Duplicate
	case r.Matched != "":
		ev.What = Joined
	}
	return ev
}

// late sends one more result of the group's attempt. An attempt that was deleted meanwhile takes none: the file gets its own.
func (d *delivery) late(ctx context.Context, f hashed) error {
	r, err := d.e.sender.late(ctx, d.home, f)
	if err == nil {
		ev := r.event()
		if ev.What == Joined {
			ev.What = New
		}
		return d.confirm(f, ev, home{r.Attempt.ID, r.Attempt.ShotID}, true)
	}
	no, ok := errors.AsType[*refusal](err)
	switch {
	case ok && no.status == 404:
		d.home = home{}
		_, _, err = d.post(ctx, []hashed{f}, nil)
		return err
	case ok && no.lasting():
		d.note(f.file, Event{What: Refused, Words: no.words})
		return nil
	}
	return err
}

// aside sends one file beside the group's attempt, unless that has it.
func (d *delivery) aside(ctx context.Context, f hashed) error {
	if d.home.attempt == "" {
		return nil
	}
	if _, ok := d.e.ledger.sum(f.sum, d.home.attempt); ok {
		return d.confirm(f, Event{What: Known, Attempt: d.home.attempt}, d.home, false)
	}
	r, err := d.e.sender.aside(ctx, d.home, f)
	if no, ok := errors.AsType[*refusal](err); ok && (no.lasting() || no.status == 404) {
		d.note(f.file, Event{What: Refused, Words: no.words})
		return nil
	}
	if err != nil {
		return err
	}
	return d.confirm(f, Event{What: Beside, Attempt: r.Attempt.ID, Number: r.Attempt.Number}, d.home, false)
}

// confirm writes one file into the ledger and remembers what to tell.
func (d *delivery) confirm(f hashed, ev Event, at home, result bool) error {
	if err := d.e.ledger.note(d.line(f, at, result)); err != nil {
		return err
	}
	d.note(f.file, ev)
	return nil
}

func (d *delivery) line(f hashed, at home, result bool) entry {
	return entry{Path: f.path, Size: f.size, MTime: f.mtime, SHA256: f.sum, Attempt: at.attempt, Shot: at.shot, To: d.g.to.asked(), Beside: !result}
}

func (d *delivery) note(f file, ev Event) {
	ev.Path, ev.Bytes, ev.Title, ev.Shot = f.path, f.size, d.g.to.Title, d.g.to.Shot
	d.did = append(d.did, became{f, ev})
}
