package studio

import (
	"fmt"
	"time"

	"chouka/assets"
	"chouka/store"
)

// media0 is mediaWork before capture: one state for the pictures.
type media0 struct {
	store.Meta
	Type     string      `json:"type"`
	Info     assets.Info `json:"info"`
	State    WorkState   `json:"state"`
	Trouble  string      `json:"trouble,omitempty"`
	Tries    int         `json:"tries"`
	Location string      `json:"location,omitempty"`
}

// migrate1 brings a store to capture: work on files has steps, attempts have a stack and are found by task, name and
// reader, takes by their look, titles by name and shots by label.
func migrate1(tx store.Txn, r records) error {
	counted := map[string]int64{}
	err := store.Rewrite(tx, store.NewCollection[media0]("media", 1), r.media, func(old *media0) (*mediaWork, error) {
		w := old.steps()
		for _, what := range w.counted() {
			counted[what]++
		}
		return w, nil
	})
	if err != nil {
		return err
	}
	for _, what := range append([]string{string(WorkReady)}, workCounts()...) {
		key := countKey(workOwner, what)
		have, err := r.counts.Value(tx, key)
		if err == nil {
			_, err = r.counts.Add(tx, key, counted[what]-have)
		}
		if err != nil {
			return fmt.Errorf("counting background work anew: %w", err)
		}
	}
	err = store.Rewrite(tx, r.attempts, r.attempts, func(a *Attempt) (*Attempt, error) {
		a.settle()
		return a, nil
	})
	if err != nil {
		return err
	}
	for _, c := range []store.AnyCollection{r.takes, r.titles, r.shots} {
		if err := store.Reindex(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// steps turns the one state into steps. Pictures stay as they are; records are to be read and clips to be worked on.
func (m *media0) steps() *mediaWork {
	w := &mediaWork{Meta: m.Meta, Type: m.Type, Info: m.Info, Location: m.Location,
		Picture: step{State: m.State, Trouble: m.Trouble, Tries: m.Tries, At: m.Updated}, Read: step{State: WorkPending, At: time.Time{}}}
	if w.Info.Type == "" {
		w.Info.Type = m.Type
	}
	if w.Info.Clip() || m.Type == assets.TypeGIF {
		w.Film = step{State: WorkPending}
	}
	return w
}
