package studio

import "sync"

// hub hands published activities to whoever follows. It keeps nothing: what a
// follower missed is read from the store.
type hub struct {
	mu     sync.Mutex
	closed bool
	next   int
	lines  map[int]chan Activity
}

// backlog is how many activities a follower may lag behind before it is cut off.
const backlog = 256

func newHub() *hub { return &hub{lines: map[int]chan Activity{}} }

func (h *hub) join() (<-chan Activity, func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	line := make(chan Activity, backlog)
	if h.closed {
		close(line)
		return line, func() {}
	}
	id := h.next
	h.next++
	h.lines[id] = line
	return line, func() { h.leave(id) }
}

func (h *hub) leave(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if line, ok := h.lines[id]; ok {
		delete(h.lines, id)
		close(line)
	}
}

// publish never waits: a follower whose line is full is cut off and comes back by itself.
func (h *hub) publish(log []Activity) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, a := range log {
		for id, line := range h.lines {
			select {
			case line <- a:
			default:
				delete(h.lines, id)
				close(line)
			}
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for id, line := range h.lines {
		delete(h.lines, id)
		close(line)
	}
}
