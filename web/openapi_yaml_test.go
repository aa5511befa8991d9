package web

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"padome/agenda"
	"padome/council"
	"padome/internal/strict"
)

// yaml writes indented lines.
type yaml struct {
	bytes.Buffer
	t      testing.TB
	inside map[reflect.Type]bool // of requests: nothing in them is required
	todo   []reflect.Type        // components still to be written
	done   map[string]reflect.Type
}

func (y *yaml) line(depth int, format string, args ...any) {
	fmt.Fprintf(y, strings.Repeat("  ", depth)+format+"\n", args...)
}

var pathParam = regexp.MustCompile(`:([a-z0-9]+)`)

func describeAll(t testing.TB, routes []Route) []byte {
	y := &yaml{t: t, inside: map[reflect.Type]bool{}, done: map[string]reflect.Type{}}
	for _, d := range described {
		if d.in != nil {
			y.markInside(reflect.TypeOf(d.in))
		}
	}
	y.line(0, "# Written by a test from the routes and the Go types; not to be edited by hand.")
	y.line(0, "openapi: 3.1.0")
	y.line(0, "info:\n  title: Padome\n  version: v1")
	y.line(1, "description: >-")
	for _, s := range preface {
		y.line(2, "%s", s)
	}
	y.line(0, "security:\n  - token: []\npaths:")
	byPath := map[string][]Route{}
	for _, r := range routes {
		if d, ok := described[r.Method+" "+r.Path]; ok && d.summary != "" {
			byPath[r.Path] = append(byPath[r.Path], r)
		} else if strings.HasPrefix(r.Path, "/api/") {
			t.Errorf("route %s %s is not described", r.Method, r.Path)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(byPath)) {
		y.line(1, "%s:", pathParam.ReplaceAllString(p, "{$1}"))
		for _, r := range byPath[p] {
			y.operation(r, described[r.Method+" "+r.Path])
		}
	}
	y.components()
	return y.Bytes()
}

var preface = []string{
	"Agendas, decisions and minutes of a council. Errors are problem documents of RFC 9457, in the language of",
	"Accept-Language or ?lang= (lv, en). A change names the revision it is made to: If-Match with the ETag that came",
	"with the thing, or If-None-Match with * for a thing that begins with its first change. A repeat with the same",
	"Idempotency-Key gets the first answer. An id in a path is percent-encoded: task-1/8.2 is task-1%2F8.2.",
	"What its reader may not see is answered with 404.",
}

func (y *yaml) operation(r Route, d op) {
	name := r.Method + " " + r.Path
	y.line(2, "%s:", strings.ToLower(r.Method))
	y.line(3, "summary: %s", strconv.Quote(d.summary))
	y.line(3, "x-access: %s", strconv.Quote(r.Policy.name))
	if r.Policy.open || r.Policy.name == "public" {
		y.line(3, "security: [{}, {token: []}]")
	}
	y.parameters(r, d)
	if r.Body > 0 {
		y.line(3, "requestBody:\n        x-most-bytes: %d\n        required: true\n        content:", r.Body)
		switch {
		case d.in == nil:
			for _, media := range slices.Sorted(maps.Keys(fileKinds)) {
				y.line(5, "%s: {}", media)
			}
		default:
			y.line(5, "application/json:")
			y.schemaOf(6, reflect.TypeOf(d.in))
		}
		if ownForm[name] && d.in != nil {
			for _, media := range planMedia[1:] {
				y.line(5, "%s: {}", media)
			}
		}
	}
	y.line(3, "responses:")
	y.line(4, "'%d':", cmp.Or(d.status, 200))
	y.line(5, "description: Done")
	switch {
	case d.other != "":
		y.line(5, "content:\n            %s: {}", d.other)
	case d.out != nil:
		y.line(5, "content:\n            application/json:")
		y.schemaOf(7, reflect.TypeOf(d.out))
	}
	y.line(4, "default: {$ref: '#/components/responses/problem'}")
}

// queries are the parameters of addresses.
var queries = map[string]string{
	"limit": "{type: integer, minimum: 1, maximum: 200, default: 50}", "after": "{type: string, description: next of the page before}",
	"a": "{type: string, description: the number of a version, or the id of a proposed set}", "b": "{type: string, description: the number of a version, or the id of a proposed set}",
	"from": "{type: string, format: date}", "until": "{type: string, format: date}", "date": "{type: string, format: date}",
	"before": "{type: string, format: date}", "n": "{type: integer, minimum: 1, maximum: 250, default: 1}",
	"open": "{type: boolean, description: those still to be carried out}", "newest": "{type: boolean, description: newest first}", "name": "{type: string}", "session": "{type: string}",
	"where":     "{type: string, enum: [submitted, returned, ready, on-agenda, left-out, postponed]}",
	"side":      "{type: string, enum: [state, ngo, joint]}",
	"measure":   "{type: integer, description: of the work plan}",
	"state":     "{type: string, enum: [all, open, overdue]}",
	"addressee": "{type: string, description: a part of its name}",
	"mine":      "{type: boolean, description: the own ones that wait}",
	"version":   "{type: string, description: 'number, approved or draft', default: approved}",
	"digest":    "{type: string, description: of the preview that is applied}",
	"follows":   "{type: string, description: 'what tasks continue, such as 3.2=3.2+3.3,4.1=new'}",
	"format":    "{type: string, enum: [docx, xlsx, csv, json, txt], default: docx}",
	"q":         "{type: string, maxLength: 200, description: words to look for}",
	"reasons":   "{type: boolean, description: with the appendix of reasons}",
	"sessions":  "{type: integer, minimum: 1, maximum: 120, description: how many regular sessions; without it all to the end of the plan}",
}

func (y *yaml) parameters(r Route, d op) {
	var all []string
	for _, m := range pathParam.FindAllStringSubmatch(r.Path, -1) {
		all = append(all, fmt.Sprintf("{name: %s, in: path, required: true, schema: {type: string}}", m[1]))
	}
	for _, q := range strings.Fields(d.query) {
		if queries[q] == "" {
			y.t.Errorf("parameter %s is not described", q)
		}
		all = append(all, fmt.Sprintf("{name: %s, in: query, schema: %s}", q, queries[q]))
	}
	if r.Method != "GET" {
		all = append(all, "{$ref: '#/components/parameters/key'}")
		switch name := r.Method + " " + r.Path; {
		case beginning[name]:
			all = append(all, "{$ref: '#/components/parameters/seen'}", "{$ref: '#/components/parameters/unbegun'}")
		case withoutRevision[name] == "":
			all = append(all, "{$ref: '#/components/parameters/revision'}")
		}
	}
	if len(all) > 0 {
		y.line(3, "parameters:")
	}
	for _, p := range all {
		y.line(4, "- %s", p)
	}
}

func (y *yaml) schemaOf(depth int, t reflect.Type) {
	y.line(depth, "schema:")
	y.schema(depth+1, t)
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	reasonType = reflect.TypeFor[agenda.Reason]()
	dateType   = reflect.TypeFor[council.Date]()
	clockType  = reflect.TypeFor[council.Clock]()
)

// schema writes what JSON values of a type look like.
func (y *yaml) schema(depth int, t reflect.Type) {
	switch t {
	case timeType:
		y.line(depth, "{type: string, format: date-time}")
		return
	case dateType:
		y.line(depth, "{type: string, description: 'a day such as 2024-01-31, or empty'}")
		return
	case clockType:
		y.line(depth, "{type: string, description: 'a time such as 11:00, or empty'}")
		return
	case reasonType:
		y.line(depth, "{$ref: '#/components/schemas/Reason'}")
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		y.schema(depth, t.Elem())
	case reflect.String:
		y.line(depth, "{type: string}")
	case reflect.Bool:
		y.line(depth, "{type: boolean}")
	case reflect.Int, reflect.Int64, reflect.Uint64:
		y.line(depth, "{type: integer}")
	case reflect.Interface:
		y.line(depth, "{}")
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			y.line(depth, "{type: string, contentEncoding: base64}")
			return
		}
		y.line(depth, "type: array")
		y.line(depth, "items:")
		y.schema(depth+1, t.Elem())
	case reflect.Map:
		y.line(depth, "type: object")
		y.line(depth, "additionalProperties:")
		y.schema(depth+1, t.Elem())
	case reflect.Struct:
		if strings.HasPrefix(t.Name(), "listing[") {
			y.properties(depth, t)
			return
		}
		y.line(depth, "{$ref: '#/components/schemas/%s'}", y.component(t))
	default:
		y.t.Errorf("no schema of %v", t)
	}
}

// component is the name under which a struct is described; where one of another
// package has it already, the package stands before it.
func (y *yaml) component(t reflect.Type) string {
	name := capital(t.Name())
	if was, ok := y.done[name]; ok && was != t {
		name = capital(path.Base(t.PkgPath())) + name
	}
	if was, ok := y.done[name]; ok && was != t {
		y.t.Errorf("%v and %v have one name in the description", was, t)
	}
	if y.done[name] == nil {
		y.done[name] = t
		y.todo = append(y.todo, t)
	}
	return name
}

func (y *yaml) markInside(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		y.markInside(t.Elem())
	case reflect.Struct:
		if y.inside[t] {
			return
		}
		y.inside[t] = true
		for i := range t.NumField() {
			y.markInside(t.Field(i).Type)
		}
	}
}

func (y *yaml) properties(depth int, t reflect.Type) {
	names, types := strict.Fields(t)
	y.line(depth, "type: object\n%sadditionalProperties: false", strings.Repeat("  ", depth))
	if must := required(t); !y.inside[t] && len(must) > 0 {
		y.line(depth, "required: [%s]", strings.Join(must, ", "))
	}
	if len(names) == 0 {
		return
	}
	y.line(depth, "properties:")
	for _, n := range names {
		y.line(depth+1, "%s:", n)
		y.schema(depth+2, types[n])
	}
}

// required are the fields that an answer always has.
func required(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag == "":
			names = append(names, required(f.Type)...)
		case f.IsExported() && tag != "-" && options == "":
			names = append(names, cmp.Or(tag, f.Name))
		}
	}
	return names
}

const fixedComponents = `components:
  securitySchemes:
    token: {type: http, scheme: bearer, description: the token that POST /api/v1/login gives}
  parameters:
    key: {name: Idempotency-Key, in: header, schema: {type: string, maxLength: 100}}
    revision: {name: If-Match, in: header, required: true, schema: {type: string}, example: '"7"'}
    seen: {name: If-Match, in: header, schema: {type: string}, example: '"7"', description: one of If-Match and If-None-Match}
    unbegun: {name: If-None-Match, in: header, schema: {type: string, const: '*'}}
  responses:
    problem:
      description: Why nothing was done
      content:
        application/problem+json:
          schema: {$ref: '#/components/schemas/Document'}
  schemas:
    Reason:
      type: object
      required: [key, text]
      properties:
        rule: {type: string}
        key: {type: string}
        facts: {type: object, additionalProperties: {type: string}}
        text: {type: object, properties: {lv: {type: string}, en: {type: string}}}
`

func (y *yaml) components() {
	y.WriteString(fixedComponents)
	y.component(reflect.TypeFor[document]())
	var all []string
	for len(y.todo) > 0 {
		t := y.todo[0]
		y.todo = y.todo[1:]
		part := yaml{t: y.t, inside: y.inside, done: y.done}
		part.line(2, "%s:", y.nameOf(t))
		part.properties(3, t)
		y.todo = append(y.todo, part.todo...)
		all = append(all, part.String())
	}
	slices.Sort(all)
	y.WriteString(strings.Join(all, ""))
}

func (y *yaml) nameOf(t reflect.Type) string {
	for name, x := range y.done {
		if x == t {
			return name
		}
	}
	return ""
}

func capital(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
