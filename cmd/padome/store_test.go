package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padome/storage"
	"padome/storage/store"
	"padome/storage/store/bolt"
	"padome/storage/store/move"
	"padome/storage/store/postgres"
	"padome/storage/store/postgres/pgtest"
)

// run runs a command that must end with a code, and returns what it said.
func run(t *testing.T, code int, args ...string) string {
	t.Helper()
	m, out, errs := program()
	if got := m.Run(t.Context(), args); got != code {
		t.Fatalf("%s: ended with %d, want %d: %s%s", strings.Join(args, " "), got, code, out, errs)
	}
	return out.String() + errs.String()
}

// theExportIsTheSame exports the council from a folder and from a server, imports
// it onto the other engine, and exports it again.
func theExportIsTheSame(t *testing.T, folder, dsn string) {
	t.Helper()
	at := t.TempDir()
	export := func(name, from string) (path string, raw []byte) {
		path = filepath.Join(at, name)
		if said := run(t, fine, "export", path, "--store", from, "--council", "1", "--lang", "en"); !strings.Contains(words(said), "records") {
			t.Errorf("got %s, want how much it holds", said)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return path, raw
	}
	fromFolder, want := export("folder.zip", folder)
	fromServer, other := export("server.zip", dsn)
	back, empty := filepath.Join(at, "back"), pgtest.New(t)
	run(t, fine, "import", fromServer, "--dir", back)
	run(t, fine, "import", fromFolder, "--store", empty)
	if _, again := export("back.zip", back); !bytes.Equal(again, other) {
		t.Error("from the server by way of a folder: other bytes")
	}
	if _, again := export("there.zip", empty); !bytes.Equal(again, want) {
		t.Error("from the folder by way of a server: other bytes")
	}
	if councilDigest(t, back).Items == 0 {
		t.Error("nothing was imported")
	}
	run(t, fine, "check", "--dir", back)
	if said := run(t, failed, "import", fromFolder, "--dir", back, "--lang", "en"); !strings.Contains(said, "not empty") {
		t.Errorf("got %s, want the data there left alone", said)
	}
	if said := run(t, failed, "export", fromFolder, "--dir", back, "--lang", "en"); !strings.Contains(said, "not replaced") {
		t.Errorf("got %s, want the export there left alone", said)
	}
}

// TestTheDemoIsTheSameOnAServer performs it in a folder and on a server, and
// compares what is stored, as its digest, and the documents.
func TestTheDemoIsTheSameOnAServer(t *testing.T) {
	dsn, other := pgtest.Empty(t), pgtest.New(t)
	folder, files := t.TempDir(), t.TempDir()
	if said := run(t, failed, "demo", "--once", "--dir", files, "--store", dsn); !strings.Contains(said, "padome migrate") {
		t.Errorf("got %s, want it to name padome migrate", said)
	}
	if err := os.RemoveAll(files); err != nil {
		t.Fatal(err)
	}
	run(t, fine, "migrate", "--store", dsn)
	onServer := run(t, fine, "demo", "--once", "--dir", files, "--store", dsn)
	inFolder := run(t, fine, "demo", "--once", "--dir", folder)
	// Only the last sentence, which says where the data are, is another.
	a, whereA, foundA := strings.Cut(words(strings.ReplaceAll(onServer, files, "")), "Dati ir datubāzē")
	b, whereB, foundB := strings.Cut(words(strings.ReplaceAll(inFolder, folder, "")), "Dati un PDF datnes ir mapē")
	if a != b || !foundA || !foundB || len(whereA)+len(whereB) > 500 {
		t.Error("the transcripts differ")
	}
	pdfs, err := filepath.Glob(filepath.Join(folder, "pdf", "*.pdf"))
	if err != nil || len(pdfs) == 0 {
		t.Fatalf("%d documents, %v", len(pdfs), err)
	}
	for _, pdf := range pdfs {
		a, errA := os.ReadFile(pdf)
		b, errB := os.ReadFile(filepath.Join(files, "pdf", filepath.Base(pdf)))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs: %v, %v", filepath.Base(pdf), errA, errB)
		}
	}
	// All of the council is the same; accounts differ by the salts of their passwords.
	stored, server := councilDigest(t, folder), councilDigest(t, dsn)
	if stored != server || stored.Items < 500 {
		t.Errorf("in the folder %+v, on the server %+v", stored, server)
	}
	if said := run(t, fine, "move", "--from", folder, "--to", other, "--lang", "en"); !strings.Contains(words(said), "digest ") {
		t.Errorf("got %s, want the digest of what was moved", said)
	}
	if moved := councilDigest(t, other); moved != stored {
		t.Errorf("moved from the folder: %+v, want %+v", moved, stored)
	}
	theExportIsTheSame(t, folder, dsn)
	if said := run(t, failed, "demo", "--once", "--dir", t.TempDir(), "--store", dsn, "--lang", "en"); !strings.Contains(said, "is not empty") {
		t.Errorf("got %s, want a database in use to be left alone", said)
	}
	if said := run(t, failed, "move", "--from", folder, "--to", dsn, "--lang", "en"); !strings.Contains(said, "not empty") {
		t.Errorf("got %s, want the target refused", said)
	}
	if said := run(t, fine, "check", "--store", dsn); strings.Contains(said, "padome@") {
		t.Errorf("the address is told with its user: %s", said)
	}
	if said := run(t, fine, "plan", "show", "--store", other); !strings.Contains(said, "Finanšu ministrija") {
		t.Errorf("got %s, want the plan", said)
	}
}

func councilDigest(t *testing.T, where string) move.Report {
	t.Helper()
	var s store.Carrier
	var err error
	if storage.OnServer(where) {
		s, err = postgres.Open(t.Context(), postgres.Config{DSN: where})
	} else {
		s, err = bolt.Open(bolt.Config{Path: filepath.Join(where, records)})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := move.DigestTenant(t.Context(), s, firstTenant)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// words are a text without its line ends, which a page may set anywhere.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestServingOnAServer(t *testing.T) {
	p := start(t, "serve", "--store", pgtest.New(t))
	if setUpLink.FindString(p.out.String()) == "" {
		t.Errorf("no link to set up:\n%s", p.out)
	}
	if status, answer := get(t, p.base+"/readyz", ""); status != http.StatusOK {
		t.Errorf("ready: %d %s", status, answer)
	}
}

// TestReadinessSaysWhatIsWaitedFor kills the server under the program and starts
// it again.
func TestReadinessSaysWhatIsWaitedFor(t *testing.T) {
	server := pgtest.Start(t)
	p := start(t, "serve", "--store", server.New(t))
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	status, answer := 0, ""
	for range 100 { // until the last of the server's processes has noticed
		if status, answer = get(t, p.base+"/readyz", ""); status != http.StatusOK {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if status != http.StatusServiceUnavailable || !strings.Contains(answer, "datubāzes serveri") {
		t.Errorf("without its database: %d %s", status, answer)
	}
	if status, _ := get(t, p.base+"/healthz", ""); status != http.StatusOK {
		t.Errorf("the program itself: %d", status)
	}
	if err := server.Begin(); err != nil {
		t.Fatal(err)
	}
	if status, answer := get(t, p.base+"/readyz", ""); status != http.StatusOK {
		t.Errorf("with its database again: %d %s", status, answer)
	}
	if status, _ := get(t, setUpLink.FindString(p.out.String()), ""); status != http.StatusOK {
		t.Errorf("a page afterwards: %d", status)
	}
}

func TestAPlaceIsNamedOnce(t *testing.T) {
	run(t, misuse, "check", "--dir", "x", "--store", "y")
	run(t, misuse, "move", "--from", "x")
	run(t, misuse, "migrate")
	run(t, failed, "move", "--from", filepath.Join(t.TempDir(), "absent"), "--to", "postgres://nowhere/x")
}
