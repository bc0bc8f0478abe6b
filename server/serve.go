package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"chouka/server/api"
	"chouka/ui"

	"golang.org/x/sync/errgroup"
)

type serveCommand struct {
	Addr    string   `default:"localhost:8080" env:"CHOUKA_ADDR" help:"监听地址；局域网用 :8080 · address to listen on; :8080 for the local network"`
	URL     string   `env:"CHOUKA_URL" help:"浏览器打开的地址，如 https://chouka.example · what browsers open; https turns on secure cookies"`
	Proxies []string `env:"CHOUKA_PROXIES" help:"可信代理的网段 · networks of trusted proxies"`
	Debug   string   `env:"CHOUKA_DEBUG" placeholder:"ADDR" help:"pprof 与 metrics 的本机地址 · loopback address for pprof and metrics"`
	Level   string   `default:"info" enum:"debug,info,warn,error" env:"CHOUKA_LEVEL" help:"日志级别 · log level"`
}

// drainTime is how long running requests may take after a stop was asked for.
const drainTime = 15 * time.Second

// Validate refuses settings that cannot work, before anything is opened.
func (c serveCommand) Validate() error {
	if c.URL != "" {
		if u, err := url.Parse(c.URL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return errors.New("--url: write it like https://chouka.example")
		}
	}
	if _, err := c.trusted(); err != nil {
		return err
	}
	if c.Debug != "" {
		if host, _, err := net.SplitHostPort(c.Debug); err != nil || !loopback(host) {
			return errors.New("--debug: only a loopback address, such as localhost:6060")
		}
	}
	return nil
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

func (c serveCommand) trusted() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, p := range c.Proxies {
		n, err := netip.ParsePrefix(p)
		if err != nil {
			return nil, errors.New("--proxies: write networks like 10.0.0.0/8")
		}
		out = append(out, n)
	}
	return out, nil
}

// Run starts the desk and returns when it has stopped cleanly.
func (c serveCommand) Run(ctx context.Context, cfg *Config, io console) error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(io.err, &slog.HandlerOptions{Level: level}))
	h, err := cfg.open(ctx, log)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("listening: %w", err), h.close())
	}
	log.Info("starting", "version", version(), "addr", l.Addr().String(), "data", cfg.Data, "store", cfg.storeFile(), "media", cfg.mediaFolder(),
		"url", c.URL, "proxies", c.Proxies, "debug", c.Debug)
	if err := c.greet(ctx, h, l, io); err != nil {
		return errors.Join(err, l.Close(), h.close())
	}
	err = c.serve(ctx, cfg, h, l, log)
	return errors.Join(err, h.close())
}

// greet says where the desk is, and how to set it up where nobody has.
func (c serveCommand) greet(ctx context.Context, h *house, l net.Listener, io console) error {
	code, err := h.studio.IssueSetupCode(ctx)
	if err != nil {
		return fmt.Errorf("preparing the setup link: %w", err)
	}
	at := c.URL
	if at == "" {
		at = "http://" + strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1)
		if host, port, err := net.SplitHostPort(l.Addr().String()); err == nil && (host == "::" || host == "0.0.0.0") {
			at = "http://localhost:" + port
		}
	}
	io.say("抽卡 Chouka %s", version())
	if code == "" {
		io.say("打开 · open  %s", at)
		return nil
	}
	io.say("首次使用，请在 30 分钟内打开这个一次性链接完成设置 · first start: open this one-time link within 30 minutes")
	io.say("  %s/setup#%s", strings.TrimSuffix(at, "/"), code)
	return nil
}

// serve runs every part until ctx ends or one of them fails. Stopping: no new
// requests, streams end, running requests drain, then the background work.
func (c serveCommand) serve(ctx context.Context, cfg *Config, h *house, l net.Listener, log *slog.Logger) error {
	meter := newMeter()
	trusted, err := c.trusted()
	if err != nil {
		return err
	}
	files, built := ui.Files()
	a, err := api.New(api.Options{Studio: h.studio, UI: files, Built: built, Log: log, Secure: strings.HasPrefix(c.URL, "https:"), Trusted: trusted, Metrics: meter.observe})
	if err != nil {
		return fmt.Errorf("building the api: %w", err)
	}
	srv := &http.Server{Handler: a.Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	ctl, err := listenControl(*cfg, h, log)
	if err != nil {
		return err
	}
	work, endWork := context.WithCancel(context.WithoutCancel(ctx))
	defer endWork()
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error { return served(srv.Serve(l)) })
	g.Go(func() error { return h.studio.Work(work) })
	g.Go(func() error { return ctl.serve() })
	g.Go(func() error { return c.serveDebug(running, meter) })
	g.Go(func() error {
		<-running.Done()
		log.Info("stopping")
		a.Close()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		err := errors.Join(srv.Shutdown(late), ctl.close())
		endWork()
		return err
	})
	return g.Wait()
}

// served forgets the error that only says the server was told to stop.
func served(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
