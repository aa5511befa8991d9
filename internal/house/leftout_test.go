package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The servers and disks of tests leave out what the machine cannot give.
func init() {
	for _, of := range []string{"internal/faultfs", "storage/store/postgres/pgtest"} {
		below[of] = append(below[of], "internal/tooltest")
	}
}

// leavesOut is a test that is skipped by itself, also under CI.
var leavesOut = regexp.MustCompile(`\b[a-z]+\.(Skip|Skipf|SkipNow)\(`)

// TestTestsAreLeftOutInOneWay finds tests that are left out otherwise than by
// tooltest.LeaveOut, which fails under CI.
func TestTestsAreLeftOutInOneWay(t *testing.T) {
	if !leavesOut.MatchString("\t\tt.Skip(\"x\")") || !leavesOut.MatchString("b.SkipNow()") || leavesOut.MatchString("past.Skipped") {
		t.Fatal("what leaves a test out is not found, or too much is")
	}
	files := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.Contains(path, "internal/tooltest/") || d.Name() == "leftout_test.go" {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		if found := leavesOut.Find(raw); found != nil {
			t.Errorf("%s: %s…; tooltest.LeaveOut fails under CI", path, found)
		}
		return err
	})
	if err != nil || files < 500 {
		t.Errorf("%d files were read, %v", files, err)
	}
}
