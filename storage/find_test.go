package storage

import (
	"fmt"
	"slices"
	"testing"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/search"
	"padome/storage/store"
)

func find(t *testing.T, c *Council, query string, p Page) (list []Found, next string) {
	t.Helper()
	list = see(t, c, func(v *View) (all []Found, err error) {
		all, next, err = v.Find(search.Terms(query), "2024-02-01", p)
		return all, err
	})
	return list, next
}

func foundIn(list []Found) (in []string) {
	for _, f := range list {
		in = append(in, f.Session)
	}
	return in
}

func TestSessionsAreFoundByTheirDayKindAndPlace(t *testing.T) {
	c := open(t).Council(1)
	for i, day := range []council.Date{"2024-01-31", "2024-02-28", "2023-02-22"} {
		s := session(fmt.Sprintf("s%d", i), day)
		s.Place = "Mazā zāle, Jelgava"
		if i == 1 {
			s.Place = "Lielā zāle, raksti: zale@example.lv"
		}
		addSession(t, c, s)
	}
	for query, want := range map[string][]string{
		"februāris": {"s1", "s2"}, "janvārī": {"s0"}, "Jelgavā": {"s0", "s2"}, "jelgava februāris 2023": {"s2", "s1", "s0"},
		"February session": {"s1", "s2", "s0"}, "": nil, "example": nil, "zale@example.lv": nil,
	} {
		list, _ := find(t, c, query, Page{Limit: 10})
		if got := foundIn(list); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestAPageOfWhatIsFoundGoesOnWhereTheLastOneEnded(t *testing.T) {
	c := open(t).Council(1)
	manySessions(t, c, 0, 120)
	whole, next := find(t, c, "sēde 1990", Page{Limit: 200})
	if len(whole) != 120 || next != "" || whole[0].Session != "s000119" {
		t.Fatalf("%d found, then %q", len(whole), next)
	}
	var parts []Found
	for after := ""; ; {
		list, next := find(t, c, "sēde 1990", Page{Limit: 7, After: after})
		parts = append(parts, list...)
		if after = next; after == "" {
			break
		}
	}
	wantSame(t, parts, whole)
	_, err := Read(t.Context(), c, func(v *View) ([]Found, error) {
		list, _, err := v.Find(search.Terms("sēde"), "2024-02-01", Page{Limit: 7, After: "?"})
		return list, err
	})
	wantKind(t, err, problem.Invalid)
}

func TestASessionThatMovesIsFoundOnItsNewDayOnly(t *testing.T) {
	c := open(t).Council(1)
	addSession(t, c, session("s", "2024-01-31"))
	in(t, c, "session.changed", func(tx *Tx) error {
		_, err := tx.UpdateSession("s", Newest, func(s *council.Session) error { s.Date = "2024-05-29"; return nil })
		return err
	})
	if list, _ := find(t, c, "janvāris", Page{Limit: 5}); len(list) > 0 {
		t.Errorf("still found in January: %v", list)
	}
	if list, _ := find(t, c, "maijs", Page{Limit: 5}); len(list) != 1 || list[0].Date != "2024-05-29" {
		t.Errorf("in May: %v", list)
	}
}

// TestAnOlderDatabaseIsMadeToBeFound takes away what the search reads, as if it
// had never been written.
func TestAnOlderDatabaseIsMadeToBeFound(t *testing.T) {
	db := open(t)
	c := db.Council(1)
	manySessions(t, c, 0, 30)
	want, _ := find(t, c, "sēde", Page{Limit: 100})
	_, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		for _, bucket := range []string{publishedSessions.bucket, publishedWords.bucket} {
			var keys [][]byte
			if err := w.Scan(bucket, store.Range{}, store.MaxScan, func(k, _ []byte) bool {
				keys = append(keys, slices.Clone(k))
				return true
			}); err != nil {
				return nil, err
			}
			for _, k := range keys {
				if err := w.Delete(bucket, k); err != nil {
					return nil, err
				}
			}
		}
		return nil, writeSchema(w, schema{Version: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
	if list, _ := find(t, c, "sēde", Page{Limit: 100}); len(list) > 0 {
		t.Fatalf("%d found in what was taken away", len(list))
	}
	if err := db.migrateAll(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	got, _ := find(t, c, "sēde", Page{Limit: 100})
	wantSame(t, got, want)
}

func TestCheckTellsOfAWordTooMany(t *testing.T) {
	db := open(t)
	addSession(t, db.Council(1), session("s", "2024-01-31"))
	extra := append(key{}.str("slepens"), append(key{}.str("2024-01-31").str("s").down(), 0)...)
	change := func(fn func(w store.Writer) error) {
		t.Helper()
		if _, _, err := db.engine.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, fn(w) }); err != nil {
			t.Fatal(err)
		}
	}
	change(func(w store.Writer) error { return w.Put(publishedWords.bucket, extra, key{}.str("s")) })
	if err := db.Check(t.Context()); err == nil {
		t.Error("nothing is said of a word that stands in no text")
	}
	change(func(w store.Writer) error { return w.Delete(publishedWords.bucket, extra) })
}
