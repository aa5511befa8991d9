package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	namedTest   = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z]\\w*)`")
	writtenTest = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w*)\(`)
)

// What the documentation names as the proof of a promise is a test that there is.
func TestDocumentationNamesTestsThatThereAre(t *testing.T) {
	written := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, m := range writtenTest.FindAllStringSubmatch(string(raw), -1) {
			written[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, page := range append(pages, "../../README.md") {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range namedTest.FindAllStringSubmatch(string(raw), -1) {
			if named++; !written[m[1]] {
				t.Errorf("%s names %s, which is not there", filepath.Base(page), m[1])
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d tests are named: what was looked at is not the documentation", named)
	}
}

// Each of the twenty-eight numbered attempts of the list stands in the page on
// security with a test that holds it.
func TestEveryNumberedAttemptHasItsProof(t *testing.T) {
	raw, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || !namedTest.MatchString(cells[4]) {
			continue
		}
		for n := range strings.SplitSeq(cells[1], ",") {
			held[strings.TrimSpace(n)] = true
		}
	}
	for n := 1; n <= 28; n++ {
		if !held[strconv.Itoa(n)] {
			t.Errorf("attempt %d stands there without a test", n)
		}
	}
}
