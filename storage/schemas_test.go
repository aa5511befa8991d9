package storage

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/search"
	"padome/minutes"
	"padome/storage/store"
	"padome/storage/store/bolt"
)

// written are data folders that programs of each schema have written, with the
// same session from its agenda to signed minutes: testdata/schema-N.zip.
var written = []struct {
	schema int
	digest string // how that of the minutes begins
}{
	{1, "30a9e342"}, {2, "8700039d"}, {3, "742590d9"}, {4, "8fcc0fbd"},
}

// unpacked is the folder that a program of a schema has written.
func unpacked(t *testing.T, schema int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	z, err := zip.OpenReader(fmt.Sprintf("testdata/schema-%d.zip", schema))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestDataOfEverySchemaAreBroughtUp opens what each released program wrote: the
// records as they were are kept beside them, a copy that is sound; what was
// recorded is there, and the check is green. The controls: records that only say
// they were brought up are found by the check, damaged ones are not touched, and
// those of a newer program are refused.
func TestDataOfEverySchemaAreBroughtUp(t *testing.T) {
	if last := written[len(written)-1].schema; last != SchemaVersion || len(written) != SchemaVersion {
		t.Fatalf("there are data up to schema %d, the program writes %d: keep a folder of it in testdata", last, SchemaVersion)
	}
	for _, w := range written {
		t.Run(fmt.Sprint("schema ", w.schema), func(t *testing.T) {
			dir := unpacked(t, w.schema)
			db := openWith(t, Config{Dir: dir}) // checked at the end
			wantRecorded(t, db, w.digest)
			copies, err := filepath.Glob(filepath.Join(dir, "padome-before-schema-*.db"))
			if err != nil || (len(copies) == 1) != (w.schema < SchemaVersion) {
				t.Fatalf("kept beside them: %v, %v", copies, err)
			}
			for _, c := range copies {
				if err := CheckFile(t.Context(), c); err != nil {
					t.Error(err)
				}
				if got := storedSchema(t, c); got != w.schema {
					t.Errorf("the copy is of schema %d", got)
				}
			}
		})
		t.Run(fmt.Sprint("schema ", w.schema, ", damaged"), func(t *testing.T) {
			dir := unpacked(t, w.schema)
			path := filepath.Join(dir, recordsFile)
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			at := bytes.LastIndex(raw, []byte("Biedrība „Tilts”"))
			if at < 0 {
				t.Fatal("nothing to damage")
			}
			raw[at] ^= 1
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			db, err := Open(Config{Dir: dir})
			if w.schema == SchemaVersion { // nothing is changed, so nothing is looked at
				if err != nil || db.Close() != nil {
					t.Error(err)
				}
			} else if err == nil || !strings.Contains(err.Error(), "copy before a migration") {
				t.Errorf("opened: %v", err)
			}
			after, err := os.ReadFile(path)
			if copies, _ := filepath.Glob(filepath.Join(dir, "padome-before-*")); err != nil || !bytes.Equal(after, raw) || len(copies) > 0 {
				t.Errorf("damaged data were changed (%v), or kept as sound: %v", err, copies)
			}
		})
	}
	found := 0
	for _, w := range written[:SchemaVersion-1] {
		if onlySays(t, unpacked(t, w.schema), SchemaVersion) != nil {
			found++
		}
	}
	t.Logf("%d of %d that only say they were brought up are found", found, SchemaVersion-1)
	if found < 2 {
		t.Error("the check does not see whether records were brought up")
	}
	newer := unpacked(t, 1)
	if err := onlySays(t, newer, SchemaVersion+1); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("data of a newer program: %v", err)
	}
}

// wantRecorded wants what the session of the folders has left.
func wantRecorded(t *testing.T, db *DB, digest string) {
	t.Helper()
	c := db.Council(1)
	s := see(t, c, func(v *View) ([]council.Session, error) {
		list, _, err := v.Sessions(Span{}, Page{Limit: 10})
		return list, err
	})
	if len(s) != 1 || s[0].Date != "2024-02-28" {
		t.Fatalf("sessions: %+v", s)
	}
	m := see(t, c, func(v *View) (minutes.Minutes, error) { return v.Minutes(s[0].ID) })
	if m.State != minutes.Signed || m.Number != 1 || !strings.HasPrefix(m.Digest, digest) || len(m.Signatures) != 2 {
		t.Errorf("the minutes are %s No %d, %s, %d signatures", m.State, m.Number, m.Digest, len(m.Signatures))
	}
	r, _, err := db.OpenBlob(t.Context(), m.PDF, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil || hex.EncodeToString(h.Sum(nil)) != m.PDF {
		t.Errorf("their file: %v", err)
	}
	people := see(t, c, func(v *View) ([]council.Person, error) { return v.People() })
	decided := see(t, c, func(v *View) ([]minutes.Decision, error) { return v.DecisionsOf(s[0].ID) })
	found := see(t, c, func(v *View) ([]Found, error) {
		list, _, err := v.Find(search.Terms("zināšanai"), "2024-03-01", Page{Limit: 10})
		return list, err
	})
	if len(people) < 20 || len(decided) == 0 || decided[0].Wording != "Pieņemt zināšanai." || len(found) == 0 {
		t.Errorf("%d people, decisions %+v, found %d", len(people), decided, len(found))
	}
	if all := leaves(t, c); len(all) == 0 {
		t.Error("there is no ledger")
	}
}

func storedSchema(t *testing.T, path string) int {
	t.Helper()
	engine, err := bolt.Open(bolt.Config{Path: path, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	n, err := versionOf(t.Context(), engine, 1, SchemaVersion)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// onlySays writes a schema version into records and nothing else, and is what is
// said of them then.
func onlySays(t *testing.T, dir string, version int) error {
	t.Helper()
	engine, err := bolt.Open(bolt.Config{Path: filepath.Join(dir, recordsFile)})
	if err != nil {
		t.Fatal(err)
	}
	for _, tenant := range []store.Tenant{0, 1} {
		_, _, err := engine.Update(t.Context(), tenant, "", func(w store.Writer) ([]byte, error) { return nil, writeSchema(w, schema{Version: version}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := Open(Config{Dir: dir})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Check(t.Context())
}
