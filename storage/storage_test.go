package storage

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

var testTime = time.Date(2024, time.January, 31, 9, 30, 0, 123456789, time.UTC)

// open opens a database of its own that is checked when the test ends.
func open(t testing.TB) *DB {
	t.Helper()
	return openWith(t, Config{})
}

func openWith(t testing.TB, c Config) *DB {
	t.Helper()
	if c.Now == nil {
		c.Now = func() time.Time { return testTime }
	}
	if c.Engine == nil && c.Dir == "" {
		c.Engine, c.Blobs = engines(t, c.Now)
	}
	db, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil && !t.Failed() {
			t.Errorf("check at the end: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// watched counts what is asked of an engine.
type watched struct {
	store.Store
	calls atomic.Int64 // Get, GetMany and Scan
	open  atomic.Int64 // transactions that have not ended
	puts  func(bucket string, key, value []byte)
}

func watch(t testing.TB) (*watched, *DB) {
	t.Helper()
	engine, blobs := engines(t, nil)
	w := &watched{Store: engine}
	return w, openWith(t, Config{Engine: w, Blobs: blobs})
}

func (w *watched) View(ctx context.Context, t store.Tenant, fn func(store.Reader) error) error {
	w.open.Add(1)
	defer w.open.Add(-1)
	return w.Store.View(ctx, t, func(r store.Reader) error { return fn(watchedReader{r, w}) })
}

func (w *watched) Update(ctx context.Context, t store.Tenant, id store.CommandID, fn func(store.Writer) ([]byte, error)) ([]byte, bool, error) {
	w.open.Add(1)
	defer w.open.Add(-1)
	return w.Store.Update(ctx, t, id, func(x store.Writer) ([]byte, error) { return fn(watchedWriter{x, w}) })
}

type watchedReader struct {
	store.Reader
	w *watched
}

func (r watchedReader) Get(bucket string, key []byte) ([]byte, error) {
	r.w.calls.Add(1)
	return r.Reader.Get(bucket, key)
}

func (r watchedReader) GetMany(bucket string, keys [][]byte) ([][]byte, error) {
	r.w.calls.Add(1)
	return r.Reader.GetMany(bucket, keys)
}

func (r watchedReader) Scan(bucket string, rng store.Range, limit int, fn func(k, v []byte) bool) error {
	r.w.calls.Add(1)
	return r.Reader.Scan(bucket, rng, limit, fn)
}

type watchedWriter struct {
	store.Writer
	w *watched
}

func (x watchedWriter) Put(bucket string, key, value []byte) error {
	if x.w.puts != nil {
		x.w.puts(bucket, key, value)
	}
	return x.Writer.Put(bucket, key, value)
}

var secretary = council.Actor{Person: "ilze", Name: "Ilze Kalniņa", Mandates: []council.Mandate{{Role: council.Secretariat}}}

func change(what string) Change { return Change{By: secretary, What: what} }

func session(id string, date council.Date) council.Session {
	return council.Session{ID: id, Kind: council.Regular, Mode: council.InPerson, Date: date,
		Starts: "11:00", Ends: "13:00", Place: "Rīga", State: council.Planned}
}

// addSession plans a session by its fields.
func addSession(t testing.TB, c *Council, s council.Session) council.Session {
	t.Helper()
	saved, err := c.UpdateSession(t.Context(), change("session.planned"), s.ID, 0, func(x *council.Session) error {
		*x = s
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func decision(id, session string, clause int) minutes.Decision {
	return minutes.Decision{ID: id, Session: session, Item: "item-1", Taken: "2024-01-31", ItemNo: 1, Clause: clause,
		Wording: "Finanšu ministrijai sagatavot informāciju.", Addressee: "Finanšu ministrija", Deadline: "2024-02-28",
		Tasks: []plan.Ref{{Revision: 1, Measure: 2, Task: 1}}, Status: minutes.OpenStatus}
}

// in makes a change of several records that must succeed.
func in(t testing.TB, c *Council, what string, fn func(tx *Tx) error) {
	t.Helper()
	if err := try(t, c, what, fn); err != nil {
		t.Fatal(err)
	}
}

func try(t testing.TB, c *Council, what string, fn func(tx *Tx) error) error {
	t.Helper()
	_, err := Do(t.Context(), c, change(what), func(tx *Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

// see reads something that must be there.
func see[T any](t testing.TB, c *Council, fn func(v *View) (T, error)) T {
	t.Helper()
	got, err := Read(t.Context(), c, fn)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func wantKind(t testing.TB, err error, want problem.Kind) *problem.Error {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok || e.Kind != want {
		t.Fatalf("got %v, want a %s problem", err, want)
	}
	return e
}

func wantSame(t testing.TB, got, want any, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("not as stored (-want +got):\n%s", diff)
	}
}

// ignoreFrozen leaves out what agendas and reasons keep to themselves.
var ignoreFrozen = cmp.Options{cmpopts.IgnoreUnexported(agenda.Agenda{}), cmp.Comparer(func(a, b agenda.Reason) bool {
	return a.Rule == b.Rule && a.Key == b.Key && fmt.Sprint(a.Facts) == fmt.Sprint(b.Facts)
})}
