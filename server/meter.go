package main

import (
	"context"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// meter counts answers by route pattern, for the loopback listener only.
type meter struct {
	registry *prometheus.Registry
	answers  *prometheus.HistogramVec
}

func newMeter() *meter {
	m := &meter{registry: prometheus.NewRegistry(), answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "chouka_http_seconds", Help: "Time to answer, by method, route pattern and status.", Buckets: prometheus.DefBuckets,
	}, []string{"method", "route", "status"})}
	m.registry.MustRegister(m.answers, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *meter) observe(method, pattern string, status int, d time.Duration) {
	m.answers.WithLabelValues(method, pattern, strconv.Itoa(status)).Observe(d.Seconds())
}

// serveDebug answers metrics and profiles on an address of their own, when one is set.
func (c serveCommand) serveDebug(ctx context.Context, m *meter) error {
	if c.Debug == "" {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Addr: c.Debug, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	return served(srv.ListenAndServe())
}
