package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"chouka/server/studio"
)

// control is how commands reach a running program: the store can be open only
// once, so backup, verify and user ask it over a socket in the data folder that
// nobody but its owner can open. Without a running program the same handler
// answers inside the command itself.
type control struct {
	listener net.Listener
	server   *http.Server
	path     string
}

func socketPath(c Config) string { return filepath.Join(c.Data, "chouka.sock") }

// listenControl opens the socket. A stale one is in the way after a crash; the
// store's lock has told by now that no other program is running.
func listenControl(c Config, h *house, log *slog.Logger) (*control, error) {
	path := socketPath(c)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("opening the control socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		log.Warn("no control socket: backup and user work only while the program is stopped", "err", err)
		return &control{}, nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the control socket: %w", err), l.Close())
	}
	return &control{listener: l, path: path, server: &http.Server{Handler: controlHandler(c, h), ReadHeaderTimeout: 5 * time.Second}}, nil
}

func (c *control) serve() error {
	if c.listener == nil {
		return nil
	}
	return served(c.server.Serve(c.listener))
}

func (c *control) close() error {
	if c.listener == nil {
		return nil
	}
	return c.server.Close()
}

// controlHandler is everything that a command may ask of the house.
func controlHandler(c Config, h *house) http.Handler {
	mux := http.NewServeMux()
	handle(mux, "/snapshot", func(ctx context.Context, in snapshotIn) (snapshotIn, error) {
		h.studio.HoldSweep() // until the files are copied that the snapshot names
		return in, snapshotTo(h.engine, in.Path)
	})
	handle(mux, "/verify", func(ctx context.Context, _ struct{}) (report, error) { return verifyHouse(ctx, h) })
	handle(mux, "/people", func(ctx context.Context, _ struct{}) ([]studio.Person, error) { return everybody(ctx, h.studio) })
	handle(mux, "/invite", func(ctx context.Context, in studio.InviteIn) (studio.Invitation, error) {
		return h.studio.CreateInvite(ctx, studio.Console(), in)
	})
	handle(mux, "/password", func(ctx context.Context, in passwordIn) (studio.Person, error) {
		return h.studio.ResetPassword(ctx, studio.Console(), in.Login, in.Password)
	})
	handle(mux, "/active", func(ctx context.Context, in activeIn) (studio.Person, error) {
		return h.studio.SetActive(ctx, studio.Console(), in.Login, in.Active)
	})
	handle(mux, "/token/create", func(ctx context.Context, in tokenIn) (studio.NewToken, error) {
		return h.studio.CreateTokenFor(ctx, studio.Console(), in.Login, in.In)
	})
	handle(mux, "/token/list", func(ctx context.Context, in tokenIn) ([]studio.Token, error) {
		return h.studio.TokensOf(ctx, studio.Console(), in.Login)
	})
	handle(mux, "/token/revoke", func(ctx context.Context, in tokenIn) (struct{}, error) {
		return struct{}{}, h.studio.RevokeTokenOf(ctx, studio.Console(), in.Login, in.Name)
	})
	return mux
}

type snapshotIn struct{ Path string }

type passwordIn struct{ Login, Password string }

type activeIn struct {
	Login  string
	Active bool
}

// answer is what travels back: the result or a sentence.
type answer struct {
	Result json.RawMessage
	Error  string
}

func handle[In, Out any](mux *http.ServeMux, path string, do func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		var in In
		var a answer
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&in)
		if err == nil {
			var out Out
			if out, err = do(r.Context(), in); err == nil {
				a.Result, err = json.Marshal(out)
			}
		}
		if err != nil {
			a = answer{Error: sentence(err)}
		}
		_ = json.NewEncoder(w).Encode(a) // the asking command is gone: nobody to tell
	})
}

// sentence says an error in both languages where it has them.
func sentence(err error) string {
	var e *studio.Error
	if errors.As(err, &e) {
		return e.Text.ZH + " · " + e.Text.EN
	}
	return err.Error()
}

// asker asks the house: the running program, or one opened for this command.
type asker struct {
	client *http.Client
	house  *house // nil when a program is running
}

// ask opens the way to the house. Close it when done.
func (c Config) ask(ctx context.Context) (*asker, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socketPath(c))
	}
	if conn, err := dial(ctx, "", ""); err == nil {
		return &asker{client: &http.Client{Transport: &http.Transport{DialContext: dial}}}, conn.Close()
	}
	if fresh, err := c.fresh(); err != nil || fresh {
		return nil, errors.Join(err, fmt.Errorf("%s 里还没有数据 · there is no data yet; start chouka first", c.Data))
	}
	h, err := c.open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return &asker{house: h, client: &http.Client{Transport: inside{controlHandler(c, h)}}}, nil
}

func (a *asker) close() error {
	if a.house == nil {
		return nil
	}
	return a.house.close()
}

// inside carries a request to a handler of this same process.
type inside struct{ http.Handler }

// RoundTrip implements http.RoundTripper.
func (i inside) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	i.ServeHTTP(w, r)
	return w.Result(), nil
}

// call asks one thing and reads the answer.
func call[Out any](ctx context.Context, a *asker, path string, in any) (Out, error) {
	var out Out
	body, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://chouka"+path, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	resp, err := a.client.Do(r)
	if err != nil {
		return out, fmt.Errorf("asking the running program: %w", err)
	}
	defer resp.Body.Close()
	var got answer
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		return out, fmt.Errorf("asking the running program: %w", err)
	}
	if got.Error != "" {
		return out, errors.New(got.Error)
	}
	return out, json.Unmarshal(got.Result, &out)
}

// asking opens the way, does one thing with it and closes it.
func asking(ctx context.Context, c *Config, do func(*asker) error) error {
	a, err := c.ask(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.close())
}
