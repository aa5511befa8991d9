package bolt

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

// Four puts of about 500 bytes in four buckets, as a recorded decision makes
// them: the thing itself, an entry of an index, one of the history, one of a log.
var benchBuckets = []string{"things", "index", "history", "log"}

func benchKey(n uint64) []byte { return binary.BigEndian.AppendUint64([]byte("key/"), n) }

func benchValue() []byte {
	v := make([]byte, 500)
	for i := range v {
		v[i] = byte(rand.Uint32())
	}
	return v
}

func benchUpdate(b *testing.B, s *Store, t store.Tenant, n uint64, value []byte) {
	_, _, err := s.Update(b.Context(), t, store.CommandID(fmt.Sprintf("command-%020d", n)), func(w store.Writer) ([]byte, error) {
		for _, name := range benchBuckets {
			if err := w.Put(name, benchKey(n), value); err != nil {
				return nil, err
			}
		}
		return benchKey(n), nil
	})
	if err != nil {
		b.Error(err)
	}
}

// bare is the same bytes in a bbolt file with nothing on top.
func openBare(b *testing.B) *bbolt.DB {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true, InitialMmapSize: mapping})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

func bareUpdate(b *testing.B, db *bbolt.DB, n uint64, value []byte) {
	err := db.Update(func(tx *bbolt.Tx) error {
		for _, name := range benchBuckets {
			bucket, err := tx.CreateBucketIfNotExists([]byte(name))
			if err != nil {
				return err
			}
			if err := bucket.Put(benchKey(n), value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func openBench(b *testing.B) *Store {
	s, err := Open(Config{Path: filepath.Join(b.TempDir(), "store.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Check(context.Background()); err != nil {
			b.Error(err)
		}
		s.Close()
	})
	return s
}

// BenchmarkLoneWriter alternates a command with a bare commit of the same bytes
// and reports the ratio of their medians.
func BenchmarkLoneWriter(b *testing.B) {
	s, bare, value := openBench(b), openBare(b), benchValue()
	var ours, theirs []time.Duration
	var n uint64
	for b.Loop() {
		n++
		start := time.Now()
		bareUpdate(b, bare, n, value)
		middle := time.Now()
		benchUpdate(b, s, 1, n, value)
		theirs, ours = append(theirs, middle.Sub(start)), append(ours, time.Since(middle))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	o, t := ours[len(ours)/2], theirs[len(theirs)/2]
	b.ReportMetric(float64(o.Microseconds()), "µs/command")
	b.ReportMetric(float64(t.Microseconds()), "µs/bare-commit")
	b.ReportMetric(float64(o)/float64(t), "times-bare")
}

// BenchmarkManyWriters compares the throughput of 64 writers with that of one.
func BenchmarkManyWriters(b *testing.B) {
	for _, tenants := range []int{1, 200} {
		b.Run(fmt.Sprintf("%d-tenants", tenants), func(b *testing.B) {
			s, value := openBench(b), benchValue()
			var n atomic.Uint64
			rate := func(writers, each int) float64 {
				start := time.Now()
				var wg sync.WaitGroup
				for range writers {
					wg.Go(func() {
						for range each {
							k := n.Add(1)
							benchUpdate(b, s, store.Tenant(1+k%uint64(tenants)), k, value)
						}
					})
				}
				wg.Wait()
				return float64(writers*each) / time.Since(start).Seconds()
			}
			var one, many []float64
			for b.Loop() {
				one = append(one, rate(1, 200))
				many = append(many, rate(64, 100))
			}
			slices.Sort(one)
			slices.Sort(many)
			o, m := one[len(one)/2], many[len(many)/2]
			b.ReportMetric(o, "one/s")
			b.ReportMetric(m, "64/s")
			b.ReportMetric(m/o, "times-one")
		})
	}
}
