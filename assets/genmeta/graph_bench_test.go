package genmeta

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkGraphs reads a graph of everyday size, and a drawing of 5 MB.
func BenchmarkGraphs(b *testing.B) {
	var many strings.Builder
	for i := range 12_000 {
		fmt.Fprintf(&many, `{"id":%d,"type":"VAEDecode","mode":0,"pos":[%d,12],"inputs":[{"name":"samples","type":"LATENT","link":null}],"widgets_values":["%s"]},`, i+1000, i, strings.Repeat("x", 340))
	}
	large := redrawn(b, `{"id":5,`, many.String()+`{"id":5,`)
	b.Run("graph", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			readGraph(&Result{}, "s", duckGraph, Hint{})
		}
	})
	b.Run("drawing of 5 MB", func(b *testing.B) {
		b.SetBytes(int64(len(large)))
		b.ReportAllocs()
		for b.Loop() {
			readWorkflow(&Result{}, "s", large, Hint{})
		}
	})
}
