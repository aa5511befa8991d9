package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

// recorder records decisions as the session's page does: reads session, plan
// and treatment, takes a clause, writes both.
type recorder struct {
	c *Council
	n atomic.Int64
}

func newRecorder(b *testing.B, c *Council) *recorder {
	b.Helper()
	p := realPlan(b)
	s := session("s", "2024-01-31")
	s.State = council.Open
	addSession(b, c, s)
	in(b, c, "plan.imported", func(tx *Tx) error { return tx.AddPlan(p) })
	return &recorder{c: c}
}

// record records the next decision; each item gets two clauses.
func (r *recorder) record(b *testing.B) {
	n := r.n.Add(1)
	item := agenda.Item{Matter: agenda.Matter{ID: fmt.Sprintf("item-%08d", n), Title: "Par valsts budžeta projektu"}, Number: int(n)}
	ch := change("decision.recorded")
	ch.Command = store.CommandID(fmt.Sprintf("command-%08d", n))
	_, err := Do(b.Context(), r.c, ch, func(tx *Tx) (d minutes.Decision, err error) {
		s, err1 := tx.Session("s")
		p, err2 := tx.NewestPlan()
		if err := errors.Join(err1, err2); err != nil {
			return d, err
		}
		_, err = tx.UpdateTreatment("s", item, 0, func(t *minutes.Treatment) (err error) {
			d, err = t.Take(s, &p, fmt.Sprintf("decision-%08d", n), minutes.Clause{
				Wording:   "Finanšu ministrijai līdz 2024. gada 28. februārim sagatavot un iesniegt Memoranda padomei informāciju par valsts budžeta projektu.",
				Addressee: "Finanšu ministrija", Deadline: "2024-02-28", Tasks: []plan.Ref{{Revision: 1, Measure: 2, Task: 1}},
			})
			return err
		})
		if err != nil {
			return d, err
		}
		return tx.AddDecision(d)
	})
	if err != nil {
		b.Error(err)
	}
}

// written are the puts of one change.
type written []struct {
	bucket     string
	key, value []byte
}

// bare is bbolt with nothing on top.
func bare(b *testing.B) *bbolt.DB {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

func (ws written) commit(b *testing.B, db *bbolt.DB) {
	err := db.Update(func(tx *bbolt.Tx) error {
		for _, w := range ws {
			bucket, err := tx.CreateBucketIfNotExists([]byte(w.bucket))
			if err != nil {
				return err
			}
			if err := bucket.Put(w.key, w.value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Error(err)
	}
}

// BenchmarkRecordDecision records decisions one after the other, and commits
// just what each wrote to a bare bbolt file in turn.
func BenchmarkRecordDecision(b *testing.B) {
	w, db := watch(b)
	r := newRecorder(b, db.Council(1))
	under := bare(b)
	var now written
	var bytes int
	w.puts = func(bucket string, key, value []byte) {
		now = append(now, struct {
			bucket     string
			key, value []byte
		}{bucket, key, value})
		bytes += len(key) + len(value)
	}
	var typed, plain time.Duration
	for b.Loop() {
		now = now[:0]
		begin := time.Now()
		r.record(b)
		middle := time.Now()
		now.commit(b, under)
		typed, plain = typed+middle.Sub(begin), plain+time.Since(middle)
	}
	w.puts = nil
	b.ReportMetric(float64(typed)/float64(plain), "ratio")
	b.ReportMetric(float64(typed.Microseconds())/float64(b.N), "µs/decision")
	b.ReportMetric(float64(bytes)/float64(b.N), "B/decision")
}

// BenchmarkRecordDecisions64 compares 64 people who record at once with one.
func BenchmarkRecordDecisions64(b *testing.B) {
	const writers, each = 64, 10
	r := newRecorder(b, open(b).Council(1))
	var alone, together time.Duration
	for b.Loop() {
		begin := time.Now()
		for range writers {
			r.record(b)
		}
		middle := time.Now()
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					r.record(b)
				}
			})
		}
		wg.Wait()
		alone, together = alone+middle.Sub(begin), together+time.Since(middle)
	}
	one := float64(writers*b.N) / alone.Seconds()
	many := float64(writers*each*b.N) / together.Seconds()
	b.ReportMetric(one, "one/s")
	b.ReportMetric(many, "all/s")
	b.ReportMetric(many/one, "times")
}
