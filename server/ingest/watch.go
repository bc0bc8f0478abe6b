package ingest

import (
	"context"
	"errors"

	"github.com/fsnotify/fsnotify"
)

// watch is work with events that hasten it. Where the system gives none, as on
// network shares and past its limits, the sweep alone does it.
func (e *engine) watch(ctx context.Context) (Summary, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		e.o.Tell(Event{What: Trouble, Words: "没有文件变化通知，只靠定时扫描 · no change events, sweeping only: " + err.Error()})
		return e.work(ctx, nil)
	}
	defer w.Close()
	told := false
	e.noticed = func(dir string) {
		if err := w.Add(dir); err != nil && !told {
			told = true
			e.o.Tell(Event{What: Trouble, Path: dir, Words: "收不到变化通知，只靠定时扫描 · no change events here, sweeping only: " + err.Error()})
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	paths := make(chan string, 1024)
	go pump(ctx, w, paths)
	return e.work(ctx, paths)
}

// pump turns events into paths. Lost events come as an empty path.
func pump(ctx context.Context, w *fsnotify.Watcher, paths chan<- string) {
	for {
		path := ""
		select {
		case ev, ok := <-w.Events:
			if !ok {
				return
			}
			if path = ev.Name; ev.Op == fsnotify.Chmod {
				continue // neither size nor content
			}
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				continue
			}
		case <-ctx.Done():
			return
		}
		select {
		case paths <- path:
		case <-ctx.Done():
			return
		}
	}
}
