package main

import (
	"context"
	"errors"
	"fmt"

	"chouka/store"
)

type verifyCommand struct{}

// report is what verify found. Digest covers every record and the name of every
// file, and those names are the files' own hashes.
type report struct {
	Digest   string
	Records  int64
	Files    int
	Problems []store.Problem
}

// Run checks everything and prints the digest; two data folders with the same digest hold the same.
func (verifyCommand) Run(ctx context.Context, c *Config, io console) error {
	return asking(ctx, c, func(a *asker) error {
		r, err := call[report](ctx, a, "/verify", struct{}{})
		if err != nil {
			return err
		}
		return r.print(io)
	})
}

func (r report) print(io console) error {
	for _, p := range r.Problems {
		io.say("问题 problem  %s: %s", p.Where, p.What)
	}
	io.say("记录 records  %d", r.Records)
	io.say("文件 files    %d", r.Files)
	io.say("摘要 digest   %s", r.Digest)
	if len(r.Problems) > 0 {
		io.say("发现 %d 个问题 · %d problems found", len(r.Problems), len(r.Problems))
		return errReported
	}
	io.say("一切正常 · everything is in order")
	return nil
}

// verifyHouse checks pages, indexes, counters and every named file of a house.
func verifyHouse(ctx context.Context, h *house) (report, error) {
	var r report
	if err := h.engine.Check(ctx); err != nil {
		r.Problems = append(r.Problems, store.Problem{Where: "store", What: err.Error()})
	}
	problems, err := h.studio.Check(ctx)
	if err != nil {
		return r, err
	}
	r.Problems = append(r.Problems, problems...)
	sum, err := h.studio.Digest(ctx)
	if err != nil {
		return r, fmt.Errorf("making the digest: %w", err)
	}
	r.Digest, r.Records = sum.SHA256, sum.Records
	files, err := h.studio.Files(ctx)
	if err != nil {
		return r, err
	}
	for _, sha := range files {
		r.Files++
		if err := h.library.Verify(ctx, sha); err != nil {
			if ctx.Err() != nil {
				return r, errors.Join(ctx.Err(), err)
			}
			r.Problems = append(r.Problems, store.Problem{Where: "file " + sha, What: err.Error()})
		}
	}
	return r, nil
}
