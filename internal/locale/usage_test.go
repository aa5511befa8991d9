package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Message keys in code are whole ("problem.date") or the beginning of some
// ("role."); their first word is one that keys of the catalogue begin with.
var looksLikeKey = regexp.MustCompile(`^([a-z][a-z-]*)((\.[a-z0-9-]+)+\.?|\.)$`)

// Literals that look like keys and are names of files.
var fileName = regexp.MustCompile(`\.(json|txt|html|css|js|mjs|go|md|pdf|docx|csv|svg|db|ttf|edoc|asice)$`)

func TestEveryKeyInCodeIsInTheCatalogue(t *testing.T) {
	areas := map[string]bool{"problem": true, "reason": true, "label": true}
	for k := range catalogue() {
		area, _, _ := strings.Cut(k, ".")
		areas[area] = true
	}
	found := 0
	at := literals(t, "../..")
	for _, key := range slices.Sorted(maps.Keys(at)) {
		m := looksLikeKey.FindStringSubmatch(key)
		if m == nil || !areas[m[1]] || fileName.MatchString(key) {
			continue
		}
		found++
		if !known(key) {
			t.Errorf("%s: no message %s", at[key], key)
		}
	}
	if found < 50 {
		t.Errorf("only %d keys found in the sources: this test looks in the wrong place", found)
	}
}

// known reports whether a key, or one that begins so, is in the catalogue.
func known(key string) bool {
	if !strings.HasSuffix(key, ".") {
		return Has(key)
	}
	for k := range catalogue() {
		if strings.HasPrefix(k, key) {
			return true
		}
	}
	return false
}

// literals are the string literals of the module's code, tests aside, each with
// one place where it stands.
func literals(t *testing.T, root string) map[string]token.Position {
	t.Helper()
	all := map[string]token.Position{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != root):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, raw, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					all[s] = set.Position(n.Pos())
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
