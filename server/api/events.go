package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

const (
	heartbeat = 15 * time.Second
	// streamLife bounds one stream: the browser comes back and its session is looked at again.
	streamLife = time.Hour
)

// events streams what happens, as server-sent events whose ids are sequence
// numbers. A browser that comes back names the last one it saw and misses nothing.
func (a *API) events(ctx context.Context, by studio.Actor, in *struct {
	Last  string `header:"Last-Event-ID" doc:"the id of the last event seen; sent by the browser when it comes back"`
	After int64  `query:"after" minimum:"0" doc:"the same for a first call; only new events when absent"`
}) (*stream, error) {
	after := in.After
	if n, err := strconv.ParseInt(in.Last, 10, 64); err == nil && n > after {
		after = n
	}
	ctx, cancel := context.WithTimeout(ctx, streamLife)
	line, err := a.studio.Follow(ctx, by, after)
	if err != nil {
		cancel()
		return nil, err
	}
	return &stream{Body: func(h huma.Context) {
		defer cancel()
		e := humaecho.Unwrap(h)
		e.Response().Header().Set("Content-Type", eventStream)
		e.Response().Header().Set("X-Accel-Buffering", "no")
		a.follow(ctx, e.Response(), line)
	}}, nil
}

// follow writes events until the reader, the line or the API ends.
func (a *API) follow(ctx context.Context, w http.ResponseWriter, line <-chan studio.Activity) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	out := &eventWriter{w: w, rc: http.NewResponseController(w)}
	out.write("retry: 2000\n: open\n\n")
	for out.err == nil {
		select {
		case <-ctx.Done():
			return
		case <-a.done:
			return
		case <-beat.C:
			out.write(": beat\n\n")
		case act, ok := <-line:
			if !ok {
				return
			}
			out.event(act)
		}
	}
}

// eventWriter writes to a stream with a deadline of its own for each piece: the server's would end it.
type eventWriter struct {
	w   io.Writer
	rc  *http.ResponseController
	err error
}

func (o *eventWriter) event(act studio.Activity) {
	b, err := json.Marshal(act)
	if err != nil {
		o.err = fmt.Errorf("encoding an activity: %w", err)
		return
	}
	o.write(fmt.Sprintf("id: %d\ndata: %s\n\n", act.Seq, b))
}

func (o *eventWriter) write(s string) {
	_ = o.rc.SetWriteDeadline(time.Now().Add(2 * heartbeat)) // not every connection has deadlines
	if _, o.err = io.WriteString(o.w, s); o.err == nil {
		o.err = o.rc.Flush()
	}
}
