package web

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"padome/internal/problem"
	"padome/internal/strict"
)

var update = flag.Bool("update", false, "write openapi.yaml anew")

// TestOpenAPIIsOfTheRoutesAndTypes makes the description from the routes and
// types and holds the file to it.
func TestOpenAPIIsOfTheRoutesAndTypes(t *testing.T) {
	h := newHall(t)
	want := describeAll(t, h.server.routes())
	if *update {
		if err := os.WriteFile("openapi.yaml", want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("openapi.yaml")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("openapi.yaml is not what the routes and types say; write it anew with go test ./web -run OpenAPI -update (%v)", err)
	}
	if w := h.ask("", "GET", "/api/v1/openapi.yaml", nil); !bytes.Equal(w.Body.Bytes(), openAPI) {
		t.Errorf("the server gives another description: %d", w.Code)
	}
}

// Each handler knows exactly the fields that its request is described with: it
// lists them when it is asked for one it does not know.
func TestDescribedRequestsAreThoseOfTheHandlers(t *testing.T) {
	h := newHall(t)
	asked := 0
	h.each(func(name string, r Route, ask func(any, ...string) *httptest.ResponseRecorder) {
		d := described[name]
		if d.in == nil || ownForm[name] {
			return
		}
		asked++
		want, _ := strict.Fields(reflect.TypeOf(d.in))
		doc := h.refused(ask(`{"?":1}`, "If-Match", `"99"`, "Accept-Language", "en"), 422, "? problem.request.field")
		if !strings.HasSuffix(strings.TrimSuffix(doc.Errors[0].Detail, "."), ": "+strings.Join(want, ", ")) {
			t.Errorf("%s is described with %q, and says: %s", name, want, doc.Errors[0].Detail)
		}
	})
	if asked < 30 {
		t.Errorf("only %d handlers asked", asked)
	}
}

// conforms holds a JSON answer to the type it is described with.
func (h *hall) conforms(method, path string, w *httptest.ResponseRecorder) {
	h.Helper()
	name := routeOf(method, path)
	d, ok := described[name]
	if !ok || d.out == nil || w.Code > 299 {
		return
	}
	if got, want := w.Code, cmp.Or(d.status, 200); got != want {
		h.Errorf("%s answers %d, described with %d", name, got, want)
	}
	var l problem.List
	root, err := strict.Parse(w.Body.Bytes(), &l)
	if err != nil {
		h.Errorf("%s: %v", name, err)
		return
	}
	strict.Check(&l, root, reflect.TypeOf(d.out), "")
	complete(&l, root, reflect.TypeOf(d.out), "")
	if e, bad := errors.AsType[*problem.Error](l.Err()); bad {
		h.Errorf("%s answers with what it is not described with: %v: %s", name, e, w.Body)
	}
}

// complete notes fields that a value of a type always has and this one has not,
// and lists that are null.
func complete(l *problem.List, v any, t reflect.Type, path string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch v := v.(type) {
	case nil:
		if t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			l.Add(path, "problem.request.type.list", "value", "null")
		}
	case []any:
		if t.Kind() != reflect.Slice {
			return
		}
		for i, x := range v {
			complete(l, x, t.Elem(), strict.Element(path, i))
		}
	case strict.Object:
		if t.Kind() != reflect.Struct || t == reasonType {
			return
		}
		_, types := strict.Fields(t)
		for _, name := range required(t) {
			if !slices.ContainsFunc(v, func(m strict.Member) bool { return m.Name == name }) {
				l.Add(strict.Join(path, name), "problem.text.missing")
			}
		}
		for _, m := range v {
			if ft := types[m.Name]; ft != nil {
				complete(l, m.Value, ft, strict.Join(path, m.Name))
			}
		}
	}
}

// routeOf is the described route that a path belongs to.
func routeOf(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	best := ""
	for name := range described {
		m, pattern, _ := strings.Cut(name, " ")
		of := strings.Split(pattern, "/")
		same := m == method && len(of) == len(parts)
		for i := 0; same && i < len(of); i++ {
			same = of[i] == parts[i] || strings.HasPrefix(of[i], ":")
		}
		if same && (best == "" || strings.Count(name, ":") < strings.Count(best, ":")) {
			best = name
		}
	}
	return best
}

// beginning are the changes of things that begin with their first change.
var beginning = map[string]bool{
	"PUT /api/v1/settings": true, "PUT /api/v1/calendar": true, "POST /api/v1/sessions/:id/agenda/build": true,
	"PUT /api/v1/sessions/:id/attendance": true, "PUT /api/v1/sessions/:id/items/:item/course": true,
	"PUT /api/v1/sessions/:id/items/:item/times": true, "PUT /api/v1/sessions/:id/items/:item/vote": true,
	"PUT /api/v1/sessions/:id/items/:item/outcome": true, "POST /api/v1/sessions/:id/items/:item/decisions": true,
	"POST /api/v1/sessions/:id/minutes/draft": true, "PUT /api/v1/people/:id/certificate": true, "PUT /api/v1/trust": true,
	"POST /api/v1/sessions/:id/minutes/withheld": true, "PUT /api/v1/forms/:of": true,
}

func TestWhatBegins(t *testing.T) {
	h := newHall(t)
	h.each(func(name string, r Route, ask func(any, ...string) *httptest.ResponseRecorder) {
		var body any
		if r.Body > 0 {
			body = "{}"
		}
		w := ask(body)
		if got := strings.Contains(w.Body.String(), "problem.request.revision.none"); got != beginning[name] {
			t.Errorf("%s begins what it changes: %v, described with %v", name, got, beginning[name])
		}
	})
}
