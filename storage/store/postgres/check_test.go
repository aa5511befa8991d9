package postgres_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"padome/storage/store"
	"padome/storage/store/postgres/pgtest"
)

func TestCheckFindsDamage(t *testing.T) {
	for _, test := range []struct {
		name, harm, want string
	}{
		{"nothing", `SELECT 1`, ""},
		{"a changed value", `UPDATE kv SET v = set_byte(v, 5, get_byte(v, 5) # 1) WHERE k = 'k2'`, `bucket "b", key "k2"`},
		{"a value in another place", `UPDATE kv SET v = (SELECT v FROM kv WHERE k = 'k1') WHERE k = 'k2'`, `key "k2"`},
		{"a value cut short", `UPDATE kv SET v = '\x0102' WHERE k = 'k2'`, `key "k2"`},
		{"a missing entry", `DELETE FROM kv WHERE k = 'k2'`, "entries instead of"},
		{"an entry of another time", `UPDATE kv SET k = 'k9' WHERE k = 'k2'`, `key "k9"`},
		{"a changed command", `UPDATE command SET result = set_byte(result, 9, 99) WHERE id = 'id1'`, "remembered commands"},
		{"a missing command", `DELETE FROM command WHERE id = 'id1'`, "entries instead of"},
		{"a number of updates that is too low", `UPDATE tenant SET seq = 1`, "later than the last update"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dsn := pgtest.New(t)
			s := open(t, dsn)
			defer s.Close()
			for i := range 3 {
				_, _, err := s.Update(t.Context(), 1, store.CommandID(fmt.Sprint("id", i)), func(w store.Writer) ([]byte, error) {
					return []byte("result"), w.Put("b", fmt.Append(nil, "k", i), bytes.Repeat([]byte("value"), 1000*i+1))
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			execute(t, dsn, test.harm)
			err := s.Check(t.Context())
			if test.want == "" {
				if err != nil {
					t.Errorf("got %v, want nothing wrong", err)
				}
				return
			}
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want damage that names %q", err, test.want)
			}
		})
	}
}

func TestADamagedValueIsNotReturned(t *testing.T) {
	dsn := pgtest.New(t)
	s := open(t, dsn)
	defer s.Close()
	put := func(value string) {
		t.Helper()
		_, _, err := s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, w.Put("b", []byte("k"), []byte(value)) })
		if err != nil {
			t.Fatal(err)
		}
	}
	put("value")
	execute(t, dsn, `UPDATE kv SET v = set_byte(v, 4, 1)`)
	read := func(r store.Reader) error {
		_, err := r.Get("b", []byte("k"))
		_, errMany := r.GetMany("b", [][]byte{[]byte("k")})
		errScan := r.Scan("b", store.Range{}, 9, func(_, _ []byte) bool { t.Error("scanned"); return true })
		for what, err := range map[string]error{"get": err, "get many": errMany, "scan": errScan} {
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("%s: got error %v, want %v", what, err, store.ErrDamaged)
			}
		}
		return err
	}
	if err := s.View(t.Context(), 1, read); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("view: got %v", err)
	}
	_, _, err := s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, read(w) })
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("update: got %v", err)
	}
}

func TestDamageToABlobIsFound(t *testing.T) {
	for _, harm := range []string{
		`UPDATE chunk SET data = set_byte(data, 7, 1) WHERE n = 1`,
		`DELETE FROM chunk WHERE n = 2`,
		`UPDATE chunk SET data = substring(data FROM 1 FOR 10) WHERE n = 0`,
		`UPDATE blob SET size = size - 1`,
	} {
		dsn := pgtest.New(t)
		s := open(t, dsn)
		defer s.Close()
		content := make([]byte, 3<<20)
		sum, _, err := s.Blobs().Put(t.Context(), bytes.NewReader(content), 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		execute(t, dsn, harm)
		if err := s.Blobs().Check(t.Context()); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), sum) {
			t.Errorf("%s: check says %v", harm, err)
		}
		r, _, err := s.Blobs().Open(t.Context(), sum, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: reading says %v", harm, err)
		}
		// To put it again mends it.
		if _, _, err := s.Blobs().Put(t.Context(), bytes.NewReader(content), 1<<30); err != nil {
			t.Fatal(err)
		}
		if err := s.Blobs().Check(t.Context()); err != nil {
			t.Errorf("%s: after mending: %v", harm, err)
		}
	}
}

// TestPartsOfSeveralChunks reads around the borders of chunks.
func TestPartsOfSeveralChunks(t *testing.T) {
	s := pgtest.Open(t, nil)
	content := make([]byte, 2<<20+5)
	for i := range content {
		content[i] = byte(i * 31 >> 3)
	}
	sum, _, err := s.Blobs().Put(t.Context(), bytes.NewReader(content), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for _, offset := range []int64{0, 1, 1<<20 - 1, 1 << 20, 1<<20 + 1, 2 << 20, 2<<20 + 5} {
		for _, length := range []int64{0, 1, 2, 1 << 20, 1<<20 + 1, -1} {
			r, _, err := s.Blobs().Open(t.Context(), sum, offset, length)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			want := content[offset:]
			if length >= 0 {
				want = want[:min(length, int64(len(want)))]
			}
			if !bytes.Equal(got, want) || err != nil {
				t.Errorf("%d bytes from %d: got %d bytes, %v, want %d", length, offset, len(got), err, len(want))
			}
			r.Close()
		}
	}
}

// TestAnInterruptedUploadLeavesNoRow looks into the tables.
func TestAnInterruptedUploadLeavesNoRow(t *testing.T) {
	dsn := pgtest.New(t)
	s := open(t, dsn)
	defer s.Close()
	cut := errors.New("cut off")
	half := io.MultiReader(bytes.NewReader(make([]byte, 5<<20)), failing{cut})
	if _, _, err := s.Blobs().Put(t.Context(), half, 1<<30); !errors.Is(err, cut) {
		t.Errorf("got %v, want %v", err, cut)
	}
	execute(t, dsn, `DO $$ BEGIN IF EXISTS (SELECT FROM chunk) OR EXISTS (SELECT FROM blob) THEN RAISE 'something is left'; END IF; END $$`)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
