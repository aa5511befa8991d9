package storage

import (
	"context"
	"errors"
	"strings"
	"testing"

	"padome/agenda"
	"padome/minutes"
	"padome/storage/store"
)

func TestCheckFindsWhatIsWrong(t *testing.T) {
	sessionKey := key{}.str("s")
	for _, tt := range []struct {
		name string
		harm func(w store.Writer) error
		want string
	}{
		{"nothing", func(store.Writer) error { return nil }, ""},
		{"a record that cannot be read", func(w store.Writer) error {
			return w.Put(sessions.bucket, sessionKey, []byte("x"))
		}, "decode"},
		{"a record under another key", func(w store.Writer) error {
			raw, err := w.Get(sessions.bucket, sessionKey)
			return errors.Join(err, w.Put(sessions.bucket, key{}.str("t"), raw))
		}, "holds s"},
		{"a missing index entry", func(w store.Writer) error {
			return w.Delete(sessionsUp.bucket, key{}.str("2024-01-31").str("s"))
		}, "sessions/up is missing"},
		{"an index entry of nothing", func(w store.Writer) error {
			return w.Put(sessionsUp.bucket, key{}.str("2024-01-31").str("t"), key{}.str("t"))
		}, "of no record"},
		{"an index entry in the wrong place", func(w store.Writer) error {
			return w.Put(sessionsUp.bucket, key{}.str("2024-01-30").str("s"), sessionKey)
		}, "of no record"},
		{"a version that was changed", func(w store.Writer) error {
			f, err := frozenAgendas.get(w, frozenAgenda{Session: "s", Number: 1})
			f.Bytes = []byte(strings.Replace(string(f.Bytes), "Par", "pār", 1))
			raw, err2 := encode(f)
			return errors.Join(err, err2, w.Put(frozenAgendas.bucket, frozenAgendas.key(&f), raw))
		}, "digest"},
		{"a file that is not there", func(w store.Writer) error {
			return allMinutes.save(&writing{Writer: w}, nil, &minutes.Minutes{Session: "s", PDF: strings.Repeat("0", 64)})
		}, "is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := unchecked(t)
			c := db.Council(1)
			addSession(t, c, session("s", "2024-01-31"))
			f := freeze(t, 1, agenda.Attachment{SHA256: putBlob(t, db, "saturs")})
			in(t, c, "test", func(tx *Tx) error { return tx.keepFrozen("s", &f) })
			if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
				return nil, tt.harm(w)
			}); err != nil {
				t.Fatal(err)
			}
			err := db.Check(context.Background())
			if tt.want == "" {
				if err != nil {
					t.Errorf("got %v, want nothing wrong", err)
				}
				return
			}
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to tell of damage: %s", err, tt.want)
			}
		})
	}
}

// unchecked opens a database that the test is about to damage.
func unchecked(t *testing.T) *DB {
	t.Helper()
	engine, blobs := engines(t, nil)
	db, err := Open(Config{Engine: engine, Blobs: blobs})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestAReadOfADamagedVersionIsRefused(t *testing.T) {
	db := unchecked(t)
	c := db.Council(1)
	f := freeze(t, 1)
	in(t, c, "test", func(tx *Tx) error { return tx.keepFrozen("s", &f) })
	if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		raw, err := encode(frozenAgenda{Session: "s", Number: 1, Digest: f.Digest, Bytes: []byte("{}")})
		return nil, errors.Join(err, w.Put(frozenAgendas.bucket, key{}.str("s").num(1), raw))
	}); err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context(), c, func(v *View) (agenda.Frozen, error) { return v.FrozenAgenda("s", 1) })
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("got %v, want a damaged version", err)
	}
}

func TestAnEntryOfNoRecordIsDamageToAReader(t *testing.T) {
	db := unchecked(t)
	c := db.Council(1)
	if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		return nil, w.Put(sessionsUp.bucket, key{}.str("2024-01-31").str("s"), key{}.str("s"))
	}); err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context(), c, func(v *View) (list []string, err error) {
		_, _, err = v.Sessions(Span{}, Page{Limit: 5})
		return nil, err
	})
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("got %v, want damage", err)
	}
}
