// Package house holds the structure of the program to its plan: imports go
// downwards only, and each outside library is known in one place.
package house

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// below says what each package may import of ours, and its own folders. Everything may use locale, problem and text.
var below = map[string][]string{
	"cmd/padome":              {"internal/signature", "internal/signature/pades", "internal/signature/asice", "web", "office", "storage", "storage/store", "storage/store/move", "evaluation", "minutes", "agenda", "plan", "plan/exchange", "council", "internal/auth", "internal/document", "internal/pdf", "internal/docx"},
	"web":                     {"internal/signature", "templates", "office", "storage", "storage/store", "evaluation", "minutes", "agenda", "plan", "plan/exchange", "council", "internal/auth", "internal/document", "internal/pdf", "internal/docx"},
	"templates":               {"internal/signature", "evaluation", "minutes", "agenda", "plan", "council", "internal/document"},
	"office":                  {"internal/signature", "internal/signature/pades", "internal/signature/asice", "storage", "storage/store", "evaluation", "minutes", "agenda", "agenda/scenario", "minutes/akoma", "plan", "plan/exchange", "council", "internal/auth", "internal/document", "internal/pdf", "internal/docx"},
	"storage":                 {"internal/signature", "storage/store", "storage/store/bolt", "storage/store/blob", "storage/store/postgres", "storage/store/move", "evaluation", "minutes", "agenda", "plan", "council", "internal/auth"},
	"storage/store/bolt":      {"storage/store", "storage/store/internal/disk", "storage/store/internal/envelope"},
	"storage/store/blob":      {"storage/store", "storage/store/internal/disk"},
	"storage/store/postgres":  {"storage/store", "storage/store/internal/envelope", "storage/store/internal/dump"},
	"storage/store/move":      {"storage/store", "storage/store/internal/dump"},
	"storage/store/internal":  {"storage/store"},
	"storage/store/storetest": {"storage/store"},
	"evaluation":              {"minutes", "agenda", "plan", "council", "internal/document"},
	"minutes":                 {"internal/signature", "agenda", "plan", "council", "internal/document"},
	"agenda":                  {"plan", "council", "internal/document"},
	"plan":                    {"council"},
	"internal/pdf":            {"internal/document"},
	"internal/docx":           {"internal/document", "internal/ooxml"},
	"internal/signature":      nil,
}

// common may be used by all, and uses nothing of ours but what stands here.
var common = map[string][]string{
	"internal/locale":  nil,
	"internal/problem": nil,
	"internal/text":    {"internal/problem"},
	"internal/strict":  {"internal/problem"},
	"internal/search":  nil,
	"internal/ooxml":   nil,
}

// known is the one place that may import an outside library.
var known = map[string][]string{
	"github.com/gin-gonic/gin":        {"web"},
	"go.etcd.io/bbolt":                {"storage/store/bolt"},
	"github.com/jackc/pgx/v5":         {"storage/store/postgres"},
	"github.com/go-pdf/fpdf":          {"internal/pdf"},
	"github.com/go-fonts/liberation":  {"internal/pdf"},
	"github.com/fxamacker/cbor/v2":    {"storage"},
	"github.com/alexedwards/argon2id": {"internal/auth"},
	"github.com/xuri/excelize/v2":     {"plan/exchange"},
	"github.com/VictoriaMetrics":      {"web"},
	"net/http":                        {"web", "cmd/padome"},
	"html/template":                   {"templates"},
}

// pure packages have no database, no HTTP, no clock of their own and no chance.
var (
	pure   = []string{"council", "plan", "plan/exchange", "agenda", "minutes", "minutes/akoma", "evaluation", "internal/document", "internal/search"}
	impure = []string{"net", "net/http", "os", "database/sql", "math/rand", "math/rand/v2"}
)

const modules = "padome/"

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", modules+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(p.ImportPath, modules)
		all = append(all, p)
	}
	return all
}

// faults lists what a package imports and may not.
func faults(p listed) (found []string) {
	for _, imp := range p.Imports {
		if ours, ok := strings.CutPrefix(imp, modules); ok {
			if !mayUse(p.ImportPath, ours) {
				found = append(found, p.ImportPath+" imports "+ours)
			}
			continue
		}
		for lib, places := range known {
			if (imp == lib || strings.HasPrefix(imp, lib+"/") && lib != "net/http") && !slices.ContainsFunc(places, func(s string) bool { return within(p.ImportPath, s) }) {
				found = append(found, p.ImportPath+" imports "+imp)
			}
		}
		if slices.Contains(pure, p.ImportPath) && slices.Contains(impure, imp) {
			found = append(found, p.ImportPath+" is to be pure and imports "+imp)
		}
	}
	return found
}

func within(path, place string) bool { return path == place || strings.HasPrefix(path, place+"/") }

func mayUse(path, imp string) bool {
	if _, ok := common[imp]; ok {
		allowed, isCommon := common[path]
		return !isCommon || slices.Contains(allowed, imp)
	}
	for place, allowed := range below {
		if within(path, place) && (slices.Contains(allowed, imp) || within(imp, place)) {
			return true
		}
	}
	return false
}

func TestImportsGoDownwards(t *testing.T) {
	all := packages(t)
	if len(all) < 12 {
		t.Fatalf("only %d packages found", len(all))
	}
	for _, p := range all {
		for _, f := range faults(p) {
			t.Error(f)
		}
	}
}

func TestWhatMayNotBeIsFound(t *testing.T) {
	for _, p := range []listed{
		{"plan", []string{"padome/agenda"}},
		{"agenda", []string{"padome/storage"}},
		{"minutes", []string{"os"}},
		{"office", []string{"github.com/gin-gonic/gin"}},
		{"internal/locale", []string{"padome/internal/problem"}},
		{"web", []string{"go.etcd.io/bbolt"}},
	} {
		if len(faults(p)) == 0 {
			t.Errorf("%s importing %s passes", p.ImportPath, p.Imports)
		}
	}
}
