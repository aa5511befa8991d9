package postgres_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/bolt"
	"padome/storage/store/postgres/pgtest"
)

// Four puts of about 500 bytes in four buckets, as a recorded decision makes
// them: the thing itself, an entry of an index, one of the history, one of a log.
var benchBuckets = []string{"things", "index", "history", "log"}

// command does the nth command of four writes on something.
type command func(n uint64) error

func benchKey(n uint64) []byte { return binary.BigEndian.AppendUint64([]byte("key/"), n) }

func onEngine(b *testing.B, s store.Store, tenants uint64, value []byte) command {
	return func(n uint64) error {
		_, _, err := s.Update(b.Context(), store.Tenant(1+n%tenants), store.CommandID(fmt.Sprintf("command-%020d", n)), func(w store.Writer) ([]byte, error) {
			for _, name := range benchBuckets {
				if err := w.Put(name, benchKey(n), value); err != nil {
					return nil, err
				}
			}
			return benchKey(n), nil
		})
		return err
	}
}

// onBare does the same writes with nothing on top, in one round trip.
func onBare(b *testing.B, value []byte) command {
	pool, err := pgxpool.New(b.Context(), pgtest.New(b)+"&pool_max_conns=64")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return func(n uint64) error {
		var batch pgx.Batch
		batch.Queue("BEGIN")
		for _, name := range benchBuckets {
			batch.Queue("INSERT INTO kv (t, b, k, v) VALUES ($1, $2, $3, $4)", int64(1), []byte(name), benchKey(n), value)
		}
		batch.Queue("COMMIT")
		return pool.SendBatch(b.Context(), &batch).Close()
	}
}

func onBareBolt(b *testing.B, value []byte) command {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return func(n uint64) error {
		return db.Update(func(tx *bbolt.Tx) error {
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
	}
}

// BenchmarkCommands compares, turn by turn in one run, how many commands of four
// writes one writer and 64 writers get done on both engines and on what lies
// under them.
func BenchmarkCommands(b *testing.B) {
	value := make([]byte, 500)
	for i := range value {
		value[i] = byte(rand.Uint32())
	}
	file, err := bolt.Open(bolt.Config{Path: filepath.Join(b.TempDir(), "store.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	server := pgtest.Open(b, nil)
	on := []struct {
		name string
		do   command
	}{
		{"bolt", onEngine(b, file, 1, value)},
		{"bare-bolt", onBareBolt(b, value)},
		{"postgres", onEngine(b, server, 1, value)},
		{"postgres-200-councils", onEngine(b, server, 200, value)},
		{"bare-postgres", onBare(b, value)},
	}
	var n atomic.Uint64
	rate := func(do command, writers, each int) float64 {
		begin := time.Now()
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := do(n.Add(1)); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		return float64(writers*each) / time.Since(begin).Seconds()
	}
	one, many := make([][]float64, len(on)), make([][]float64, len(on))
	for b.Loop() {
		for i, o := range on {
			one[i] = append(one[i], rate(o.do, 1, 200))
			many[i] = append(many[i], rate(o.do, 64, 100))
		}
	}
	for i, o := range on {
		slices.Sort(one[i])
		slices.Sort(many[i])
		middle := len(one[i]) / 2
		b.ReportMetric(one[i][middle], o.name+"/1/s")
		b.ReportMetric(many[i][middle], o.name+"/64/s")
		b.ReportMetric(many[i][middle]/one[i][middle], o.name+"/times")
	}
}
