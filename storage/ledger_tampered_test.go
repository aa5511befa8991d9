package storage

import (
	"context"
	"errors"
	"strings"
	"testing"

	"padome/council"
	"padome/minutes"
	"padome/storage/store"
)

// rewrite puts another record in place of one, as a tool would that knows the
// form of the file, its checksums and indexes, but not the ledger.
func rewrite[T any](tb *table[T], rec *T) func(w store.Writer) error {
	return func(w store.Writer) error { return tb.put(&writing{Writer: w}, rec) }
}

// TestARecordThatAnotherToolChangedIsNamed is number 23 of the list of abuses.
func TestARecordThatAnotherToolChangedIsNamed(t *testing.T) {
	forged := decision("d", "s", 1)
	forged.Revision, forged.Wording = 1, "Finanšu ministrijai neko nedarīt."
	for _, tt := range []struct {
		name string
		harm func(w store.Writer) error
		want string
	}{
		{"nothing", func(store.Writer) error { return nil }, ""},
		{"a decision", rewrite(decisions, &forged), "decision/d is not what entry 1 of the ledger says"},
		{"a decision, taken away", func(w store.Writer) error { return decisions.drop(&writing{Writer: w}, &forged) }, "decision/d is gone"},
		{"a decision, brought in", func(w store.Writer) error {
			other := decision("e", "s", 2)
			return rewrite(decisions, &other)(w)
		}, "decision/e is not in the ledger"},
		{"a mandate", rewrite(mandates, &council.Mandate{ID: "m", Person: "ilze", Role: council.Chair, From: "2024-01-01", Revision: 1}),
			"mandate/m is not what entry 2"},
		{"minutes", rewrite(allMinutes, &minutes.Minutes{Session: "s", Number: 7, State: minutes.Final, Revision: 1}), "minutes/s is not what entry 3"},
		{"an entry", func(w store.Writer) error {
			raw, err := w.Get(entryBucket, key{}.num(1))
			return errors.Join(err, w.Put(entryBucket, key{}.num(1), []byte(strings.Replace(string(raw), "recorded", "withdraw", 1))))
		}, "ledger entry 1 is not what its hash says"},
		{"the end of the ledger", func(w store.Writer) error {
			return errors.Join(w.Delete(entryBucket, key{}.num(3)), w.Delete(nodeBucket, key{}.num(3)))
		}, "the ledger has 3 entries instead of 4"},
		{"a salt", func(w store.Writer) error { return w.Delete(saltBucket, key{}.num(1)) }, "has lost its salt"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := unchecked(t)
			c := db.Council(1)
			in(t, c, "test", func(tx *Tx) error {
				_, err := tx.AddDecision(decision("d", "s", 1))
				_, err2 := tx.UpdateMandate("m", 0, func(m *council.Mandate) error {
					*m = council.Mandate{ID: "m", Person: "ilze", Role: council.Secretariat, From: "2024-01-01"}
					return nil
				})
				_, err3 := tx.UpdateMinutes("s", 0, func(m *minutes.Minutes) error { m.State, m.Number = minutes.Final, 1; return nil })
				return errors.Join(err, err2, err3)
			})
			if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, tt.harm(w) }); err != nil {
				t.Fatal(err)
			}
			err := db.Check(context.Background())
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("nothing was done, and the check says %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}

// withoutLedger takes the ledger out of a database, as if an older program had
// written it.
func withoutLedger(t *testing.T, db *DB) {
	t.Helper()
	_, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		for _, b := range []string{logBucket, entryBucket, nodeBucket, saltBucket, objectBucket, pseudoBucket} {
			var keys [][]byte
			if err := w.Scan(b, store.Range{}, store.MaxScan, func(k, _ []byte) bool { keys = append(keys, append([]byte{}, k...)); return true }); err != nil {
				return nil, err
			}
			for _, k := range keys {
				if err := w.Delete(b, k); err != nil {
					return nil, err
				}
			}
		}
		return nil, writeSchema(w, schema{Version: 2})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderDatabaseBeginsItsLedgerWithWhatIsThere(t *testing.T) {
	again := reopenable(t, nil)
	engine, blobs := again()
	db, err := Open(Config{Engine: engine, Blobs: blobs})
	if err != nil {
		t.Fatal(err)
	}
	c := db.Council(1)
	const many = carriedAtOnce + 50
	in(t, c, "test", func(tx *Tx) error {
		for i := range many {
			if _, err := tx.AddDecision(decision(string(rune('a'+i%26))+strings.Repeat("x", i/26), "s", i)); err != nil {
				return err
			}
		}
		return tx.AddPrinciples(somePrinciples(1, "2024-01-01"))
	})
	withoutLedger(t, db)
	if err := db.Check(context.Background()); err == nil {
		t.Fatal("the check takes records without a ledger for sound")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	engine, blobs = again()
	db = openWith(t, Config{Engine: engine, Blobs: blobs}) // checked at the end
	all := leaves(t, db.Council(1))
	if len(all) != many+2 || all[0].Type != actBegun || all[1].Type != actCarried || all[1].Object != "principles/1" {
		t.Errorf("got %d entries that begin with %v", len(all), types(all[:2]))
	}
	if s := schemaOf(t, db, 1); s.Version != SchemaVersion {
		t.Errorf("schema %d after opening", s.Version)
	}
}
