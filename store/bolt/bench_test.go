package bolt_test

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"chouka/store"
)

// record is the n-th write of the benchmark: a value of 1.5 KB under a
// time-ordered key and six narrow pairs as indexes make them.
func record(n uint64, body []byte, put func(key, value []byte) error) error {
	id := binary.BigEndian.AppendUint64(nil, n)
	id = append(id, body[:8]...)
	if err := put(append([]byte("r"), id...), body); err != nil {
		return err
	}
	for i := range byte(6) {
		key := append([]byte{'i', i, body[n%1024] % 64}, id...)
		if err := put(key, []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// insert hands numbers to the writers as fast as they take them and reports
// how many inserts were durable in a second, the last ones waited for.
func insert(b *testing.B, writers int, write func(n uint64) error) {
	numbers := make(chan uint64)
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for n := range numbers {
				if err := write(n); err != nil {
					b.Error(err)
				}
			}
		})
	}
	var n uint64
	begin := time.Now()
	for b.Loop() {
		n++
		numbers <- n
	}
	close(numbers)
	done.Wait()
	b.ReportMetric(float64(n)/time.Since(begin).Seconds(), "inserts/s")
}

func body() []byte {
	out := make([]byte, 1500)
	_, _ = rand.Read(out)
	return out
}

// BenchmarkInsert shows what sharing a commit brings beside one bbolt
// transaction for each insert. Both wait for the disk.
func BenchmarkInsert(b *testing.B) {
	value := body()
	for _, writers := range []int{1, 16, 256, 3000} {
		b.Run(fmt.Sprintf("grouped/%d", writers), func(b *testing.B) {
			e := open(b, filepath.Join(b.TempDir(), "store.db"))
			insert(b, writers, func(n uint64) error {
				return e.Update(context.Background(), func(tx store.Txn) error { return record(n, value, tx.Put) })
			})
		})
		b.Run(fmt.Sprintf("plain/%d", writers), func(b *testing.B) {
			db, err := bbolt.Open(filepath.Join(b.TempDir(), "plain.db"), 0o600, nil)
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			insert(b, writers, func(n uint64) error {
				return db.Update(func(tx *bbolt.Tx) error {
					bucket, err := tx.CreateBucketIfNotExists([]byte("store"))
					if err != nil {
						return err
					}
					return record(n, value, bucket.Put)
				})
			})
		})
	}
}
