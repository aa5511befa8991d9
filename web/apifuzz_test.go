package web

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	goyaml "github.com/goccy/go-yaml"
)

// The program's own description of its API is what requests are made from: right
// ones, nearly right ones and wrong ones, by everybody, one after another on one
// council. Whatever comes, no answer is an error of the program, every refusal is
// a problem document, and every success is as described (ask and conforms look).
func FuzzAPI(f *testing.F) {
	d := readDescription(f)
	for seed := range uint64(4) {
		f.Add(seed, uint8(250))
	}
	f.Fuzz(func(t *testing.T, seed uint64, requests uint8) {
		h := newHall(t)
		h.opened(h.prepared("2024-02-28"))
		x := &stranger{Rand: rand.New(rand.NewPCG(seed, 7)), schemas: d.Components.Schemas}
		x.heard([]byte(`["s-none","2024-02-28","1","1.1","8.2"]`))
		done := 0
		for range requests {
			if x.asks(h, d) < 300 {
				done++
			}
		}
		if requests > 200 && done == 0 {
			t.Error("nothing that was asked was ever right: the requests are no test")
		}
	})
}

// schema is a part of the description, as its YAML has it.
type schema = map[string]any

type description struct {
	Paths      map[string]map[string]schema
	Components struct{ Schemas map[string]schema }
}

func readDescription(t testing.TB) (d description) {
	t.Helper()
	if err := goyaml.Unmarshal(openAPI, &d); err != nil || len(d.Paths) < 50 || len(d.Components.Schemas) < 50 {
		t.Fatalf("openapi.yaml has %d paths and %d schemas, %v", len(d.Paths), len(d.Components.Schemas), err)
	}
	return d
}

// stranger asks at random. What it has heard in answers it says again, so that
// some of its requests are about things that are there.
type stranger struct {
	*rand.Rand
	schemas map[string]schema
	words   []string
}

// hostile is what people and programs send by mistake or on purpose.
var hostile = []string{
	"", " ", "0", "-1", "null", "true", "[]", "{}", "../../etc/passwd", "%00", "\x00", "a\u0301", "\u202efdp", "\u200b", "🎉",
	"<script>alert(1)</script>", "'; DROP TABLE kv;--", "=cmd|' /C calc'!A0", "{{.}}", "${7*7}", "\r\nX-A: b", "9999-99-99", "2024-02-30",
	"24:00", "1e309", strconv.FormatUint(1<<63, 10), strings.Repeat("ā", 300), strings.Repeat("a", 9000), "\xff\xfe",
}

var oneToken = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// heard remembers the texts of an answer.
func (x *stranger) heard(answer []byte) {
	for _, m := range oneToken.FindAllSubmatch(answer, 200) {
		var s string
		if json.Unmarshal(m[0], &s) == nil && len(s) < 80 {
			x.words = append(x.words, s)
		}
	}
	if len(x.words) > 600 {
		x.words = x.words[len(x.words)-600:]
	}
}

func pick[T any](x *stranger, all []T) T { return all[x.IntN(len(all))] }

func (x *stranger) word() string {
	if x.IntN(4) == 0 {
		return pick(x, hostile)
	}
	return pick(x, x.words)
}

// asks sends one request and returns its status.
func (x *stranger) asks(h *hall, d description) int {
	path := pick(x, slices.Sorted(maps.Keys(d.Paths)))
	method := pick(x, slices.Sorted(maps.Keys(d.Paths[path])))
	o := d.Paths[path][method]
	target, headers := x.address(path, o)
	var body any
	if content, ok := at(o, "requestBody", "content").(schema); ok {
		media := pick(x, slices.Sorted(maps.Keys(content)))
		headers = append(headers, "Content-Type", media)
		body = x.body(content[media])
	}
	if path == "/api/v1/logout" || path == "/api/v1/password" {
		clear(h.tokens) // it may end the login that others go on with
	}
	w := h.ask(pick(x, readers), strings.ToUpper(method), target, body, headers...)
	if w.Code >= 400 {
		h.isProblem(method+" "+target, w)
	} else if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		x.heard(w.Body.Bytes())
	}
	return w.Code
}

func (h *hall) isProblem(what string, w *httptest.ResponseRecorder) {
	h.Helper()
	var p document
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code || p.Title == "" || p.Key == "" {
		h.Errorf("%s = %d, which is no problem document (%v): %s", what, w.Code, err, w.Body)
	}
}

// address fills in what stands in the address and the headers.
func (x *stranger) address(path string, o schema) (string, []string) {
	query, headers := url.Values{}, []string(nil)
	all, _ := o["parameters"].([]any)
	for _, one := range all {
		p := one.(schema)
		name, _ := p["name"].(string)
		value := x.word()
		if s, ok := p["schema"].(schema); ok && x.IntN(3) > 0 {
			value = text(x.value(s, 0))
		}
		switch p["in"] {
		case "path":
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
		case "query":
			if x.IntN(2) == 0 {
				query.Set(name, value)
			}
		default:
			headers = append(headers, x.header(p["$ref"])...)
		}
	}
	return path + "?" + query.Encode(), headers
}

func (x *stranger) header(ref any) []string {
	switch name, _ := ref.(string); {
	case strings.HasSuffix(name, "/key") && x.IntN(3) == 0:
		return []string{"Idempotency-Key", "k" + strconv.Itoa(x.IntN(5))}
	case strings.HasSuffix(name, "/revision"), strings.HasSuffix(name, "/seen"):
		if x.IntN(8) == 0 {
			return []string{"If-Match", x.word()}
		}
		return []string{"If-Match", strconv.Quote(strconv.Itoa(1 + x.IntN(4)))}
	case strings.HasSuffix(name, "/unbegun") && x.IntN(4) == 0:
		return []string{"If-None-Match", "*"}
	}
	return nil
}

func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

// body is JSON of the schema, and now and then something near it.
func (x *stranger) body(content any) string {
	s, ok := at(content, "schema").(schema)
	if !ok {
		return pick(x, []string{"%PDF-1.7 ", zip, png, "text", ""}) + x.word()
	}
	raw := text(x.value(s, 0))
	switch x.IntN(12) {
	case 0:
		return raw[:x.IntN(len(raw)+1)]
	case 1:
		return raw + x.word()
	}
	return raw
}

// value is of the schema, nine times out of ten.
func (x *stranger) value(s schema, depth int) any {
	if ref, ok := s["$ref"].(string); ok {
		s = x.schemas[ref[strings.LastIndex(ref, "/")+1:]]
	}
	kinds := []any{s["type"]}
	if several, ok := s["type"].([]any); ok {
		kinds = several
	}
	kind := pick(x, kinds)
	if x.IntN(40) == 0 || depth > 6 {
		kind = pick(x, []any{"string", "integer", "boolean", "null", "nothing"})
	}
	switch kind {
	case "string":
		return x.text(s)
	case "integer", "number":
		return pick(x, []int64{0, 1, 2, 3, 8, 15, 60, -1, 1 << 40, -1 << 62})
	case "boolean":
		return x.IntN(2) == 0
	case "array":
		all := make([]any, 0, 3)
		items, _ := s["items"].(schema)
		for range x.IntN(4) {
			all = append(all, x.value(items, depth+1))
		}
		return all
	case "object":
		return x.object(s, depth)
	}
	return nil
}

func (x *stranger) text(s schema) string {
	if all, ok := s["enum"].([]any); ok && x.IntN(10) > 0 {
		return text(pick(x, all))
	}
	about, _ := s["description"].(string)
	if (s["format"] == "date" || strings.HasPrefix(about, "a day")) && x.IntN(6) > 0 {
		return pick(x, []string{"2024-01-31", "2024-02-28", "2024-03-27", "2026-12-30", ""})
	}
	w := x.word()
	if !utf8.ValidString(w) && x.IntN(4) > 0 {
		return "Par ieceri"
	}
	return w
}

func (x *stranger) object(s schema, depth int) any {
	o := map[string]any{}
	properties, _ := s["properties"].(schema)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if x.IntN(8) > 0 {
			o[name] = x.value(properties[name].(schema), depth+1)
		}
	}
	if x.IntN(30) == 0 {
		o[x.word()] = x.word()
	}
	return o
}

// at is what stands in a part of the description under the names.
func at(v any, names ...string) any {
	for _, name := range names {
		m, ok := v.(schema)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}
