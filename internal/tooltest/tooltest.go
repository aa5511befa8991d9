// Package tooltest finds the programs with which tests check what was made here.
package tooltest

import (
	"os"
	"os/exec"
	"testing"
)

// Find is where a program is installed. Where it is missing the test is left out;
// under CI it fails, so that nothing goes unchecked in silence. scripts/tools
// installs all of them.
func Find(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") == "true":
		t.Fatalf("%s is not installed (scripts/tools)", program)
	}
	t.Skipf("left out: %s is not installed (scripts/tools)", program)
	return ""
}
