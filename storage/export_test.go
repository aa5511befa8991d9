package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
	"padome/storage/store/postgres/pgtest"
)

// carriedOut is a database with records of many kinds, a ledger whose salts are
// partly erased, accounts with secrets, and a second council.
func carriedOut(t *testing.T) *DB {
	t.Helper()
	db := peopled(t)
	inst := db.Installation()
	a := addAccount(t, inst, "a", "anna@example.lv")
	_, err := inst.UpdateAccount(t.Context(), change("account.secret"), "a", a.Revision, func(a *auth.Account) error {
		a.Hash, a.Second = "$argon2id$", &auth.SecondFactor{Secret: "JBSWY3DP", Recovery: []string{"x"}}
		a.Passkeys, a.Recovery = []auth.Passkey{{ID: "key-of-hers", Name: "Tālrunis", Site: "padome.example", Key: []byte("public")}}, []string{"hash-of-a-code"}
		return nil
	})
	if err == nil {
		_, err = inst.AddCouncil(t.Context(), change("council.added"), "Memoranda padome")
	}
	if err == nil {
		err = inst.AddLogin(t.Context(), auth.Login{TokenHash: "secret-token", Account: "a", Expires: testTime})
	}
	if err != nil {
		t.Fatal(err)
	}
	in(t, db.Council(1), "test", func(tx *Tx) error {
		_, err := tx.NextNumber(2024)
		_, err2 := tx.UpdatePerson("person-a", 0, func(p *council.Person) error { p.Given, p.Surname, p.Gender = "Anna", "Ozola", "f"; return nil })
		_, err3 := tx.UpdateMandate("m", 0, func(m *council.Mandate) error {
			m.Person, m.Role, m.From = "person-a", council.Administrator, "2024-01-01"
			return nil
		})
		return errors.Join(err, err2, err3)
	})
	in(t, db.Council(1), "test", func(tx *Tx) error { return tx.EraseSalts("mandate", "m") })
	in(t, db.Council(12), "test", func(tx *Tx) error {
		_, err := tx.AddDecision(decision("d12", "s", 1))
		return err
	})
	return db
}

func exported(t testing.TB, db *DB, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if _, err := db.Export(t.Context(), path, 0); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported is the database that an export makes of an empty place.
func imported(t *testing.T, path, where string) *DB {
	t.Helper()
	if _, err := Import(t.Context(), path, where); err != nil {
		t.Fatal(err)
	}
	db, err := OpenAt(t.Context(), where, Config{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
	return db
}

func fileOf(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAnExportComesBackByteForByteOnEitherEngine(t *testing.T) {
	db := carriedOut(t)
	first := exported(t, db, "first.zip")
	want := fileOf(t, first)
	if !bytes.Equal(want, fileOf(t, exported(t, db, "again.zip"))) {
		t.Error("the same data exported twice have other bytes")
	}
	onFiles := imported(t, first, filepath.Join(t.TempDir(), "new"))
	if !bytes.Equal(want, fileOf(t, exported(t, onFiles, "files.zip"))) {
		t.Error("by way of files it has other bytes")
	}
	for _, tenant := range []store.Tenant{1, 12} {
		if a, b := head(t, db.Council(tenant), -1), head(t, onFiles.Council(tenant), -1); !a.Same(b) {
			t.Errorf("the ledger of council %d is another one", tenant)
		}
	}
	for _, secret := range []string{"argon2id", "JBSWY3DP", "secret-token", "key-of-hers", "hash-of-a-code"} {
		if bytes.Contains(want, []byte(secret)) {
			t.Errorf("the export holds %q", secret)
		}
	}
	asFolder := exported(t, onFiles, "folder")
	onServer := imported(t, asFolder, pgtest.New(t))
	if !bytes.Equal(want, fileOf(t, exported(t, onServer, "server.zip"))) {
		t.Error("by way of a folder and a server it has other bytes")
	}
	// What comes next is written as it would have been where the data came from.
	in(t, onFiles.Council(1), "test", func(tx *Tx) error {
		n, err := tx.NextNumber(2024)
		if n != 2 {
			t.Errorf("the next number is %d", n)
		}
		_, err2 := tx.AddDecision(decision("next", "s", 2))
		return errors.Join(err, err2)
	})
}

func TestOneCouncilIsExportedAlone(t *testing.T) {
	db := carriedOut(t)
	path := filepath.Join(t.TempDir(), "one.zip")
	list, err := db.Export(t.Context(), path, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Councils) != 1 || list.Councils[0].Tenant != 1 || list.Records() == 0 {
		t.Errorf("it holds %+v", list.Councils)
	}
	again := imported(t, path, filepath.Join(t.TempDir(), "new"))
	if _, err := again.Installation().AccountByName(t.Context(), "anna@example.lv"); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(fileOf(t, path), fileOf(t, exported(t, again, "again.zip"))) {
		t.Error("exported again it has other bytes")
	}
	_, err = db.Export(t.Context(), filepath.Join(t.TempDir(), "none.zip"), 7)
	wantKind(t, err, problem.NotFound)
	if _, err := db.Export(t.Context(), path, 1); !errors.Is(err, os.ErrExist) {
		t.Errorf("over an export that is there: %v", err)
	}
}

// TestAnyCouncilComesBack exports what random changes made.
func TestAnyCouncilComesBack(t *testing.T) {
	for seed := range 4 {
		db := open(t)
		rapid.Custom(func(rt *rapid.T) int {
			m := &model{t: rt, c: db.Council(1), sessions: map[string]council.Session{}, decisions: map[string]minutes.Decision{}}
			for range 15 {
				m.UpdateSession(rt)
				m.PutDecision(rt)
			}
			return 0
		}).Example(seed)
		path := exported(t, db, "export")
		again := imported(t, path, filepath.Join(t.TempDir(), "new"))
		if !bytes.Equal(fileOf(t, exported(t, db, "a.zip")), fileOf(t, exported(t, again, "b.zip"))) {
			t.Errorf("seed %d: other bytes", seed)
		}
	}
}

// loose is an export taken apart, to be put together in another way.
type loose map[string][]byte

func takenApart(t *testing.T, dir string) loose {
	t.Helper()
	l := loose{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		l[filepath.ToSlash(name)] = fileOf(t, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// laid lays the files into a folder.
func (l loose) laid(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, raw := range l {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, raw, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// relisted is the export with a list that knows what was changed in its files.
func (l loose) relisted(t *testing.T) loose {
	t.Helper()
	var m ExportList
	if err := json.Unmarshal(l["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		f := &m.Files[i]
		sum := sha256.Sum256(l[f.Name])
		f.Size, f.SHA256 = int64(len(l[f.Name])), hex.EncodeToString(sum[:])
		if f.Records > 0 {
			f.Records = bytes.Count(l[f.Name], []byte("\n"))
		}
	}
	raw, err := m.raw()
	if err != nil {
		t.Fatal(err)
	}
	l["manifest.json"] = raw
	return l
}

func swapped(name, old, now string) func(loose) {
	return func(l loose) {
		if !bytes.Contains(l[name], []byte(old)) {
			panic(name + " has no " + old)
		}
		l[name] = bytes.Replace(l[name], []byte(old), []byte(now), 1)
	}
}

func (l loose) blob() string {
	for name := range l {
		if strings.HasPrefix(name, "files/") {
			return name
		}
	}
	panic("no file")
}

func TestADamagedExportIsRefusedAndNothingIsImported(t *testing.T) {
	dir := exported(t, carriedOut(t), "export")
	const decisionLines, ledgerFile, accountLines = "councils/1/decisions.jsonl", "councils/1/ledger.jsonl", "installation/accounts.jsonl"
	for _, tt := range []struct {
		outcome   string
		change    func(loose)
		relist    bool
		key, args string // what the message says
	}{
		{"another bit", swapped(decisionLines, "Finanšu", "Finansu"), false, "problem.parcel.size", decisionLines},
		{"another letter", swapped(decisionLines, "sagatavot", "sagaravot"), false, "problem.parcel.sum", decisionLines},
		{"a file less", func(l loose) { delete(l, decisionLines) }, false, "problem.parcel.missing", decisionLines},
		{"a file more", func(l loose) { l["councils/1/more.jsonl"] = nil }, false, "problem.parcel.over", "councils/1/more.jsonl"},
		{"a hidden file", func(l loose) { l[".x"] = nil }, false, "problem.parcel.name", ".x"},
		{"no list", func(l loose) { delete(l, "manifest.json") }, false, "problem.parcel.none", ""},
		{"a list of something else", swapped("manifest.json", "padome export", "other export"), false, "problem.import.none", ""},
		{"a newer form", swapped("manifest.json", `"version": 1`, `"version": 2`), false, "problem.import.newer", ""},
		{"newer records", swapped("manifest.json", `"schema": 4`, `"schema": 5`), false, "problem.import.newer", ""},
		{"older records", swapped("manifest.json", `"schema": 4`, `"schema": 3`), false, "problem.import.older", ""},
		{"a list in another form", swapped("manifest.json", "\n ", "\n  "), false, "problem.import.list", "manifest.json"},
		{"an unknown field in the list", swapped("manifest.json", `"changes"`, `"x": 1, "changes"`), false, "problem.request.field", "x"},
		{"an unknown kind", func(l loose) {
			swapped("manifest.json", decisionLines, "councils/1/decrees.jsonl")(l)
			l["councils/1/decrees.jsonl"] = l[decisionLines]
			delete(l, decisionLines)
		}, false, "problem.import.kind", "councils/1/decrees.jsonl"},
		{"another council's folder", func(l loose) {
			swapped("manifest.json", decisionLines, "councils/10/decisions.jsonl")(l)
			l["councils/10/decisions.jsonl"] = l[decisionLines]
			delete(l, decisionLines)
		}, false, "problem.import.kind", "councils/10/decisions.jsonl"},
		{"an unknown field", swapped(decisionLines, `"wording"`, `"weight":7,"wording"`), true, "problem.import.field", "weight"},
		{"a field in other letters", swapped(decisionLines, `"wording"`, `"woRding"`), true, "problem.import.field", "woRding"},
		{"a value of another kind", swapped(decisionLines, `"clause":1`, `"clause":"one"`), true, "problem.import.type", decisionLines},
		{"a field twice", swapped(decisionLines, `"clause":1`, `"clause":1,"clause":1`), true, "problem.request.twice", "clause"},
		{"white space", swapped(decisionLines, `"clause":1`, `"clause": 1`), true, "problem.import.form", decisionLines},
		{"no record", swapped(decisionLines, `{`, `[{`), true, "", decisionLines},
		{"a record twice", func(l loose) { l[decisionLines] = append(l[decisionLines], l[decisionLines]...) }, true, "problem.import.order", "2"},
		{"a changed record", swapped(decisionLines, "sagatavot", "sagaravot"), true, "problem.import.damaged", "decision/d"},
		{"an entry of the ledger less", func(l loose) {
			_, rest, _ := bytes.Cut(l[ledgerFile], []byte("\n"))
			l[ledgerFile] = rest
		}, true, "problem.import.number", "number"},
		{"the last entry less", func(l loose) {
			l[ledgerFile] = l[ledgerFile][:bytes.LastIndexByte(l[ledgerFile][:len(l[ledgerFile])-1], '\n')+1]
		}, true, "problem.import.count", ledgerFile},
		{"another entry", swapped(ledgerFile, `"revision":1`, `"revision":2`), true, "problem.import.ledger", "manifest.json"},
		{"an entry of another form", swapped(ledgerFile, `"entry":{"v":1`, `"entry":{"v":2`), true, "problem.import.entry", ledgerFile},
		{"a salt of another length", swapped(ledgerFile, `"salt":"`, `"salt":"AAAA`), true, "problem.import.value", "salt"},
		{"a passkey", swapped(accountLines, `"person":`, `"passkeys":[],"person":`), true, "problem.import.secret", "passkeys"},
		{"a password", swapped(accountLines, `"hash":""`, `"hash":"$argon2id$"`), true, "problem.import.secret", "hash"},
		{"newer history", swapped("councils/1/history.jsonl", `"seq":`, `"seq":9`), true, "problem.import.newest", "seq"},
		{"another year", swapped("councils/1/numbers.jsonl", `"year":2024`, `"year":-1`), true, "problem.import.value", "last"},
		{"another person's name", swapped("councils/1/ledger-actors.jsonl", `"pseudonym":"`, `"pseudonym":"zz`), true, "problem.import.value", "pseudonym"},
		{"another file", func(l loose) { l[l.blob()] = []byte("%PDF-1.4") }, true, "problem.import.sum", "files/"},
	} {
		t.Run(tt.outcome, func(t *testing.T) {
			l := takenApart(t, dir)
			tt.change(l)
			if tt.relist {
				l.relisted(t)
			}
			to := filepath.Join(t.TempDir(), "new")
			_, err := Import(t.Context(), l.laid(t), to)
			e, ok := errors.AsType[*problem.Error](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if said := e.Error(); !strings.Contains(said, tt.key) || !strings.Contains(said, tt.args) {
				t.Errorf("it says %s, want %s of %s", said, tt.key, tt.args)
			}
			for _, lang := range locale.Langs {
				wording := locale.Text(lang, e.Key, e.Args)
				for _, f := range e.Fields {
					wording += locale.Text(lang, f.Key, f.Args)
				}
				if strings.ContainsAny(wording, "{}") || strings.Contains(wording, "problem.") {
					t.Errorf("%s: %s", lang, wording)
				}
			}
			if left, _ := os.ReadDir(to); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	if _, err := Import(t.Context(), takenApart(t, dir).relisted(t).laid(t), filepath.Join(t.TempDir(), "new")); err != nil {
		t.Errorf("taken apart and put together again: %v", err)
	}
}

func TestAnImportNeedsAnEmptyPlace(t *testing.T) {
	path := exported(t, peopled(t), "export.zip")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Import(t.Context(), path, dir)
	wantKind(t, err, problem.Conflict)
	server := pgtest.New(t)
	imported(t, path, server)
	_, err = Import(t.Context(), path, server)
	wantKind(t, err, problem.Conflict)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	to := filepath.Join(t.TempDir(), "new")
	if _, err := Import(ctx, path, to); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off: %v", err)
	}
	if left, _ := os.ReadDir(to); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestAnExportIsOfOneMoment exports while another writes, twice in each change.
func TestAnExportIsOfOneMoment(t *testing.T) {
	db := peopled(t)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			err := try(t, db.Council(1), "test", func(tx *Tx) error {
				_, err := tx.UpdateDecision("d", Newest, func(d *minutes.Decision) error { d.Wording += "."; return nil })
				return err
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	path := exported(t, db, "export")
	close(stop)
	<-done
	imported(t, path, filepath.Join(t.TempDir(), "new")) // and checked
}
