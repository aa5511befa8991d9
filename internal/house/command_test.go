package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unnamed are the changes that a file makes without the command of who asked for
// them: a repeat would do them twice.
func unnamed(t *testing.T, path, source string) (found []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		of, ok := lit.Type.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := of.X.(*ast.Ident)
		if name := of.Sel.Name; !ok || pkg.Name+"."+name != "storage.Change" && pkg.Name+"."+name != "office.By" {
			return true
		}
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Command" {
					return true
				}
			}
		}
		found = append(found, set.Position(lit.Pos()).String())
		return true
	})
	return found
}

// TestEveryChangeIsNamedByItsCommand reads the code of the pages, the API and the
// office: whoever asks there for a change names it by the command of the request,
// so that a repeat has one effect. The control is a change without one.
func TestEveryChangeIsNamedByItsCommand(t *testing.T) {
	read := 0
	for _, dir := range []string{"../../web", "../../office"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, where := range unnamed(t, path, string(raw)) {
				t.Errorf("%s: a change without its command", where)
			}
			read += strings.Count(string(raw), "storage.Change{") + strings.Count(string(raw), "office.By{")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read == 0 {
		t.Error("no change was found: what was looked at is not the code")
	}
	for source, want := range map[string]int{
		"package x\nvar c = storage.Change{What: `a`}":             1,
		"package x\nvar c = office.By{Actor: a}":                   1,
		"package x\nvar c = storage.Change{What: `a`, Command: d}": 0,
	} {
		if got := len(unnamed(t, "x.go", source)); got != want {
			t.Errorf("in %q %d are found, want %d", source, got, want)
		}
	}
}
