package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
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
	c        *Council
	n        atomic.Int64
	unlogged bool // leaves the ledger out
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
		if r.unlogged {
			defer func() { tx.w.entries = nil }()
		}
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

// put is one put of a change.
type put struct {
	bucket     string
	key, value []byte
}

// copied is a recorder whose every change is committed to a bare bbolt file as
// well: the same bytes, with nothing on top.
type copied struct {
	*recorder
	under        *bbolt.DB
	now          []put
	bytes        int
	typed, plain []time.Duration // of each decision
}

func newCopied(b *testing.B, unlogged bool) *copied {
	b.Helper()
	engine, blobs := engines(b, nil)
	w := &watched{Store: engine}
	db, err := Open(Config{Engine: w, Blobs: blobs, Now: func() time.Time { return testTime }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	x := &copied{recorder: newRecorder(b, db.Council(1))}
	x.unlogged = unlogged
	x.under, err = bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.under.Close() })
	w.puts = func(bucket string, key, value []byte) {
		x.now = append(x.now, put{bucket, key, value})
		x.bytes += len(key) + len(value)
	}
	return x
}

// once records a decision, and commits what that wrote once more.
func (x *copied) once(b *testing.B) {
	x.now = x.now[:0]
	begin := time.Now()
	x.record(b)
	middle := time.Now()
	err := x.under.Update(func(tx *bbolt.Tx) error {
		for _, w := range x.now {
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
	x.typed, x.plain = append(x.typed, middle.Sub(begin)), append(x.plain, time.Since(middle))
}

// median is the one in the middle, which what else the machine does moves little.
func median(all []time.Duration) float64 {
	all = slices.Sorted(slices.Values(all))
	return float64(all[len(all)/2])
}

// BenchmarkRecordDecision records decisions one after the other, with the
// ledger's entry and in turn without, and commits what each wrote to a bare bbolt
// file. ratio is of a decision to the bare commit of its bytes, ledger of a
// decision with its entry to one without.
func BenchmarkRecordDecision(b *testing.B) {
	with, without := newCopied(b, false), newCopied(b, true)
	for b.Loop() {
		with.once(b)
		without.once(b)
	}
	n := float64(b.N)
	b.ReportMetric(median(with.typed)/median(with.plain), "ratio")
	b.ReportMetric(median(without.typed)/median(without.plain), "ratio-without")
	b.ReportMetric(median(with.typed)/median(without.typed), "ledger")
	b.ReportMetric(median(with.typed)/1e3, "µs/decision")
	b.ReportMetric(median(without.typed)/1e3, "µs/without")
	b.ReportMetric(float64(with.bytes)/n, "B/decision")
	b.ReportMetric(float64(without.bytes)/n, "B/without")
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
