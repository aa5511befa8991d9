package postgres

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources are the files of the engine by their names, without the tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	return files
}

// texts are the string literals of a file, those of each constant under its name.
func texts(t *testing.T, f *ast.File) map[string]string {
	t.Helper()
	found := map[string]string{}
	add := func(name string, n ast.Node) {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			if name == "" {
				name = "literal " + strconv.Itoa(len(found))
			}
			found[name] = s
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.Field:
			return false
		case *ast.ValueSpec:
			if len(n.Values) == 1 {
				if _, ok := n.Values[0].(*ast.BasicLit); ok {
					add(n.Names[0].Name, n.Values[0])
					return false
				}
			}
		default:
			add("", n)
		}
		return true
	})
	return found
}

var statement = regexp.MustCompile(`(?i)\b(SELECT\s.*\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s|ALTER\s|DROP\s|BEGIN\s|LOCK\s+TABLE|TRUNCATE|COPY\s)`)

// forbidden is what a cluster distributed by tenant does not allow, or what
// would tie the engine to one node.
var forbidden = regexp.MustCompile(`(?i)\bSERIALIZABLE\b|advisory|\bLISTEN\b|\bNOTIFY\b|serial\b|nextval|SEQUENCE|GENERATED|\bTRUNCATE\b|\bTEMP|SAVEPOINT|\bREFERENCES\b|\bTRIGGER\b`)

// around are the statements that belong to no tenant and no blob.
var around = []string{"beginUpdate", "beginView", "clearSchema", "commit", "hasMeta", "listBlobs", "listOldBlobs", "listTenants",
	"lockMeta", "makeMeta", "readSchema", "rollback", "unsafe", "writeSchema"}

// fault is what is wrong with a statement, "" when nothing is.
func fault(name, sql string) string {
	if found := forbidden.FindString(sql); found != "" {
		return "has " + found
	}
	tenants := regexp.MustCompile(`\b(tenant|kv|command)\b(?: AS \w+)?\b`).MatchString(regexp.MustCompile(`kv\.`).ReplaceAllString(sql, ""))
	blobs := regexp.MustCompile(`\b(blob|chunk)\b`).MatchString(sql)
	if slices.Contains(around, name) {
		if change := regexp.MustCompile(`\b(UPDATE|DELETE|INSERT)\b`).MatchString(sql); change && (tenants || blobs) {
			return "changes more than one tenant or blob"
		}
		return ""
	}
	switch {
	case tenants && blobs:
		return "reaches both a tenant and a blob"
	case !tenants && !blobs:
		return "is of no tenant and no blob"
	}
	// Each table that is read or changed is held to the one tenant or blob.
	key := "t"
	if blobs {
		key = "sum"
	}
	tables := len(regexp.MustCompile(`\b(?:FROM|UPDATE|INTO|JOIN)\s+(?:tenant|kv|command|blob|chunk)\b`).FindAllString(sql, -1))
	held := len(regexp.MustCompile(`\b(?:\w+\.)?`+key+` = \$1\b`).FindAllString(sql, -1)) +
		len(regexp.MustCompile(`INTO \w+ \(`+key+`, [^)]*\)\s+(?:VALUES \(|SELECT )\$1\b`).FindAllString(sql, -1))
	if tables == 0 || held < tables || strings.Contains(sql, " OR ") {
		return "is not held to one tenant or blob"
	}
	return ""
}

func TestEveryStatementStaysWithinOneTenant(t *testing.T) {
	files := sources(t)
	var names []string
	for name, sql := range texts(t, files["statements.go"]) {
		names = append(names, name)
		if strings.HasPrefix(name, "literal ") { // a step of the schema
			if found := forbidden.FindString(sql); found != "" {
				t.Errorf("%s has %s", sql, found)
			}
			if table, ok := strings.CutPrefix(sql, "CREATE TABLE "); ok && !regexp.MustCompile(`^(tenant|kv|command) \(t bigint|^(blob|chunk) \(sum text`).MatchString(table) {
				t.Errorf("%s: not distributed by its first column", sql)
			}
			continue
		}
		if wrong := fault(name, sql); wrong != "" {
			t.Errorf("%s %s: %s", name, wrong, sql)
		}
	}
	if len(names) < 35 {
		t.Errorf("found only %d statements", len(names))
	}
	for _, name := range around {
		if !slices.Contains(names, name) {
			t.Errorf("there is no statement %s", name)
		}
	}
}

func TestStatementsStandInOneFile(t *testing.T) {
	for name, f := range sources(t) {
		if name == "statements.go" {
			continue
		}
		for _, text := range slices.Sorted(maps.Values(texts(t, f))) {
			if statement.MatchString(text) {
				t.Errorf("%s has a statement: %s", name, text)
			}
		}
	}
}

func TestAStatementOutOfBoundsIsFound(t *testing.T) {
	for _, sql := range []string{
		`SELECT v FROM kv WHERE b = $1 AND k = $2`,
		`DELETE FROM command WHERE at < $1`,
		`UPDATE tenant SET seq = seq + 1`,
		`SELECT v FROM kv WHERE t = $1 OR b = $2`,
		`SELECT v FROM kv JOIN tenant USING (t) WHERE kv.t = $1`,
		`INSERT INTO kv (b, t, k, v) VALUES ($1, $2, $3, $4)`,
		`INSERT INTO kv (t, b, k, v) SELECT t, b, k, v FROM kv`,
		`SELECT pg_advisory_xact_lock(t) FROM tenant WHERE t = $1`,
		`SELECT seq FROM tenant WHERE t = $2`,
		`DELETE FROM blob WHERE put < $1`,
		`SELECT 1 FROM blob, kv WHERE kv.t = $1`,
		`SELECT now()`,
	} {
		if fault("any", sql) == "" {
			t.Errorf("let through: %s", sql)
		}
	}
	if fault("listTenants", `DELETE FROM tenant WHERE seq = 0`) == "" {
		t.Error("let through a change of all tenants")
	}
	if !statement.MatchString(`select a from b`) {
		t.Error("a statement is not found")
	}
}
