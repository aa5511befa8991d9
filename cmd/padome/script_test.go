package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	"padome/internal/faultfs"
	"padome/storage/store/postgres/pgtest"
)

// programs are what the test's own file is, by the name it is called.
var programs = map[string]func(){"padome": main}

func TestMain(m *testing.M) {
	if !faultfs.Serve() {
		testscript.Main(withServer{m}, programs)
	}
}

// withServer ends the database server that the tests have used, and looks for
// what they have left running.
type withServer struct{ m *testing.M }

func (w withServer) Run() int {
	code := pgtest.Run(w.m)
	http.DefaultClient.CloseIdleConnections() // the tests' own, to servers that have ended
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// Every command as somebody types it: testdata/script has one file for each.
func TestCommandLine(t *testing.T) {
	plan, err := filepath.Abs("../../plan/data/darba-plans-2024-2026.txt")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := filepath.Abs("../../docs")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PLAN", plan)
			e.Setenv("DOCS", docs)
			reviewed := bytes.Replace(raw, []byte("nodrošināt jaunāko"), []byte("nodrošināt visu jaunāko"), 1)
			e.Setenv("REVIEWED", filepath.Join(e.WorkDir, "reviewed.txt"))
			if err := os.WriteFile(filepath.Join(e.WorkDir, "reviewed.txt"), reviewed, 0o600); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "strange.txt"), append([]byte("Sveša rinda\n"), raw...), 0o600)
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
