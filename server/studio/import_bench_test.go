package studio

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chouka/server/studio/sheet"

	"github.com/google/uuid"
)

// importBench is a studio with 500 titles on one platform, and a person who may import for them.
func importBench(b *testing.B) (*Studio, Actor) {
	b.Helper()
	s := benchStudio(b, false)
	by := Console()
	by.Person.ID = uuid.Must(uuid.NewV7()).String()
	for i := range 500 {
		name := fmt.Sprintf("第%d部剧", i)
		t, err := s.CreateTitle(b.Context(), by, TitleIn{Name: &name})
		if err != nil {
			b.Fatal(err)
		}
		platform := "红果短剧"
		if _, err := s.CreateRelease(b.Context(), by, t.Title.ID, ReleaseIn{Platform: &platform}); err != nil {
			b.Fatal(err)
		}
	}
	return s, by
}

// importRows are 100 days of 500 titles with plays and heat, day by day as platforms write them.
func importRows() sheet.Written {
	w := sheet.Written{Name: "数据", Header: []string{"剧名", "平台", "统计日期", "累计播放量", "更新时间"}}
	for day := range 100 {
		date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		for i := range 500 {
			w.Rows = append(w.Rows, []string{fmt.Sprintf("《第%d部剧》", i), "红果短剧", date.Format(time.DateOnly), fmt.Sprint((day + 1) * (i + 1) * 4321),
				date.AddDate(0, 0, 1).Format("2006-01-02 09:00:00")})
		}
	}
	return w
}

// BenchmarkImport50k tries and takes in 50,000 rows, and then the same file again.
func BenchmarkImport50k(b *testing.B) {
	w := importRows()
	book, err := sheet.XLSX(w)
	if err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{"csv": sheet.CSV(w), "xlsx": book} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				s, by := importBench(b)
				var p FigurePreview
				report(b, "preview", func() error {
					p, err = s.PreviewFigures(b.Context(), by, TableFile{Name: "红果." + name, Data: data}, time.Time{})
					return err
				})
				in, out := KeptFigures{SHA256: p.SHA256, Name: p.Name, Choice: p.Choice}, ImportOutcome{}
				p = FigurePreview{Count: p.Count} // its sample holds the file
				take := func() error {
					out, err = s.ImportFigures(b.Context(), by, in)
					return err
				}
				report(b, "import", take)
				if out.Count.New != 50_000 || p.Count.New != 50_000 {
					b.Fatalf("got %+v and %+v", p.Count, out.Count)
				}
				report(b, "again", take)
				if out.Outcome != "same" || out.Count.changed() != 0 {
					b.Fatalf("got %s, %+v", out.Outcome, out.Count)
				}
			}
		})
	}
}

// report says how long something took and how much more memory it held at most.
func report(b *testing.B, what string, do func() error) {
	b.Helper()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	}()
	start := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	close(stop)
	<-done
	b.ReportMetric(took.Seconds(), "s/"+what)
	b.ReportMetric(float64(max(most.Load(), before.HeapAlloc)-before.HeapAlloc)/(1<<20), "MiB/"+what)
}

// The rows of a table come out as they went in, whatever is in their cells.
func FuzzFigureTable(f *testing.F) {
	for _, seed := range []string{"剧名,平台,日期,播放量\n甲,红果,2026-03-01,1.2亿\n", "标题\t2026-03-01\t2026/3/2\n乙\t1万\t2万\n", "a;b\n=1;-2", "\xff\xfe", strings.Repeat("日期,", 200)} {
		f.Add([]byte(seed), "红果_20260306_1430.csv")
	}
	zone := time.FixedZone("", 8*3600)
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		table, err := openFigures(name, data, FigureChoice{})
		if err != nil {
			return
		}
		if err := table.layOut(nil); err != nil {
			t.Fatal(err)
		}
		table.zone = zone
		table.place()
		if err := table.findExport(time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		p := &figurePlan{t: table, now: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC), wrongRows: map[int32]bool{}}
		x := &figureSpot{release: &Release{}}
		for i, row := range table.rows {
			facts, ok := p.facts(row, int32(i))
			if !ok {
				continue
			}
			for _, v := range table.columns.values {
				said, err := p.stated(x, row, facts, v, row.Cell(v.at))
				if err == nil && (said.Metric == "" || said.Figure.Value < 0 || said.Observed.After(p.now.Add(24*time.Hour)) || said.Said.After(p.now)) {
					t.Fatalf("row %d says %+v", row.Number, said)
				}
			}
		}
		if n := len(table.rows) + len(table.skipped); n > bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r"))+1 {
			t.Fatalf("%d rows", n)
		}
	})
}
