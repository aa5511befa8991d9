// Package tooltest leaves a test out where what it needs is not there, and finds
// the programs with which tests check what was made here.
package tooltest

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// LeaveOut leaves the test out and says why. Under CI, where everything must be
// there, it fails instead, so that nothing goes unchecked in silence.
func LeaveOut(t testing.TB, why string, args ...any) {
	t.Helper()
	why = "left out: " + fmt.Sprintf(why, args...)
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Find is where a program is installed; the test is left out where it is not.
// scripts/tools installs all of them.
func Find(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		LeaveOut(t, "%s is not installed (scripts/tools)", program)
	}
	return path
}
