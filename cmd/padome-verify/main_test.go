package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func call(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestAWrongCallSaysHowItIsCalled(t *testing.T) {
	for _, args := range [][]string{{}, {"a", "b"}, {"--since", "x"}, {"--proof", "x", "a"}, {"--unknown"}} {
		if code, _, errs := call(args...); code != 2 || !strings.Contains(errs, "BUNDLE.zip") {
			t.Errorf("%q: %d %s", args, code, errs)
		}
	}
	if code, _, errs := call(filepath.Join(t.TempDir(), "none.zip")); code != 2 || !strings.Contains(errs, "none.zip") {
		t.Errorf("a missing file: %d %s", code, errs)
	}
}

func TestAFileThatIsNoBundleIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := call(path); code != 1 || !strings.Contains(errs, "x.zip") {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := call("--since", path, "--proof", path); code != 1 || !strings.Contains(errs, "x.zip") {
		t.Errorf("%d %s", code, errs)
	}
}
