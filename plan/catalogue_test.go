package plan

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"padome/internal/locale"
)

var (
	keyInSource    = regexp.MustCompile(`"(problem\.plan\.[a-z.]+)"`)
	keyInCatalogue = regexp.MustCompile(`(?m)^\s*"(problem\.plan\.[a-z.]+)":`)
)

// Every message this package refuses with is in the catalogue, and none is there
// that it never gives.
func TestMessagesAndCatalogueAgree(t *testing.T) {
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		for _, m := range keyInSource.FindAllStringSubmatch(read(t, f), -1) {
			used[m[1]] = true
			if !locale.Has(m[1]) {
				t.Errorf("%s: %s is not in the catalogue", f, m[1])
			}
		}
	}
	for _, m := range keyInCatalogue.FindAllStringSubmatch(read(t, "../internal/locale/catalogue/plan.json"), -1) {
		if !used[m[1]] {
			t.Errorf("%s is in the catalogue and never given", m[1])
		}
	}
	if len(used) == 0 {
		t.Error("found no messages at all")
	}
}

func TestEveryStateAndChangeHasALabel(t *testing.T) {
	for _, d := range []Due{NoDeadline, DueLater, Overdue} {
		whole(t, "label.plan.deadline."+string(d), locale.Args{"days": "3"})
	}
	for _, c := range []ChangeKind{Added, Reworded, Moved, Merged, Split, Retired, Restored} {
		whole(t, "label.plan.change."+string(c), nil)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
