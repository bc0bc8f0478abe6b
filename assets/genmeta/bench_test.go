package genmeta

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// benchFile is a file to read and its media type.
type benchFile struct {
	name, kind string
	b          []byte
}

// realFiles gives the real sample files by size, or made ones where there are none.
func realFiles(b *testing.B) []benchFile {
	b.Helper()
	var files []benchFile
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "samples", "generated", "*.*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range paths {
		body, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		if kind := kindOf(body); kind != "" {
			files = append(files, benchFile{filepath.Base(p), kind, body})
		}
	}
	if len(files) == 0 {
		b.Log("real sample files are not here: a made PNG stands in")
		files = []benchFile{{"made.png", "image/png", pngOf(chunk("tEXt", "prompt\x00", duckGraph), chunk("tEXt", "workflow\x00", manyNodes(500)))}}
	}
	slices.SortFunc(files, func(a, b benchFile) int { return cmp.Compare(len(a.b), len(b.b)) })
	return files
}

func kindOf(b []byte) string {
	for mark, kind := range map[string]string{PNGSignature: "image/png", "\xFF\xD8\xFF": "image/jpeg", "\x1A\x45\xDF\xA3": "video/webm"} {
		if bytes.HasPrefix(b, []byte(mark)) {
			return kind
		}
	}
	if len(b) > 8 && string(b[4:8]) == "ftyp" {
		return "video/mp4"
	}
	return ""
}

func benchRead(b *testing.B, f benchFile) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(f.b), int64(len(f.b)), f.kind, Hint{Name: f.name}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

func BenchmarkRead(b *testing.B) {
	files := realFiles(b)
	b.Run("median", func(b *testing.B) { benchRead(b, files[len(files)/2]) })
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, f := range files {
				if _, err := Read(bytes.NewReader(f.b), int64(len(f.b)), f.kind, Hint{Name: f.name}); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.N*len(files))/b.Elapsed().Seconds(), "files/s")
	})
	b.Run("containers only", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, f := range files {
				c := newCollector(bytes.NewReader(f.b), int64(len(f.b)), Hint{})
				if err := c.finish(c.collect(f.kind)); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.N*len(files))/b.Elapsed().Seconds(), "files/s")
	})
}

// BenchmarkLargeWorkflow reads a PNG that holds a drawn workflow of 5 MB. Beside the time it tells the
// highest resident memory of one reading above what the process held before, where the system says so.
func BenchmarkLargeWorkflow(b *testing.B) {
	note := strings.Repeat("a long note that a user left ", 40)
	var nodes strings.Builder
	for i := 0; nodes.Len() < 5<<20; i++ {
		fmt.Fprintf(&nodes, `{"id":%d,"type":"Note","title":"n","widgets_values":[%q],"inputs":[],"outputs":[]},`, i, note)
	}
	workflow := `{"nodes":[` + strings.TrimSuffix(nodes.String(), ",") + `],"links":[]}`
	for name, chunks := range map[string][][]byte{
		"beside its graph": {chunk("tEXt", "prompt\x00", duckGraph), chunk("tEXt", "workflow\x00", workflow)},
		"alone":            {chunk("iTXt", "workflow\x00\x01\x00\x00\x00", packed(b, workflow))},
	} {
		f := benchFile{"large.png", "image/png", pngOf(chunks...)}
		b.Run(name, func(b *testing.B) {
			peak := peakOf(func() {
				if r, err := Read(bytes.NewReader(f.b), int64(len(f.b)), f.kind, Hint{}); err != nil || r.Generator != "ComfyUI" {
					b.Fatalf("%v, %v", r.Generator, err)
				}
			})
			benchRead(b, f)
			b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
		})
	}
}

// peakOf gives how far resident memory rose while do ran, in bytes; zero where the system cannot say.
func peakOf(do func()) int64 {
	debug.FreeOSMemory()
	before := statusBytes("VmRSS:")
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) != nil {
		do()
		return 0
	}
	do()
	return statusBytes("VmHWM:") - before
}

func statusBytes(key string) int64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), key)
	var kib int64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		return 0
	}
	return kib << 10
}
