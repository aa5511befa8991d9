package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/internal/locale"
	"padome/internal/problem"
)

type inner struct {
	Minutes int   `json:"minutes"`
	Small   int8  `json:"small"`
	Count   uint8 `json:"count"`
}

type embedded struct {
	Note string `json:"note,omitempty"`
}

type sample struct {
	embedded
	Title  string            `json:"title"`
	Items  []inner           `json:"items"`
	Until  *string           `json:"until"`
	Share  float64           `json:"share"`
	Urgent bool              `json:"urgent"`
	Texts  map[string]string `json:"texts"`
	Tasks  map[int]string    `json:"tasks"`
	At     time.Time         `json:"at"`
	Bytes  []byte            `json:"bytes"`
	Any    any               `json:"any"`
	Raw    json.RawMessage   `json:"raw"`
	Secret string            `json:"-"`
	hidden string            //lint:ignore U1000 no body may reach it
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		outcome, body, field, key, value string
	}{
		{"nothing", "", "", "problem.request.empty", ""},
		{"only white space", " \n", "", "problem.request.empty", ""},
		{"what is cut off", `{"title":`, "", "problem.request.json", ""},
		{"a second value", `{} {}`, "", "problem.request.json", ""},
		{"something after the end", `{}x`, "", "problem.request.json", ""},
		{"a comma too many", `{"title":"a",}`, "", "problem.request.json", ""},
		{"a name without quotes", `{title:"a"}`, "", "problem.request.json", ""},
		{"a byte order mark", "\ufeff{}", "", "problem.request.json", ""},
		{"what is no UTF-8", "{\"title\":\"\xff\"}", "", "problem.request.encoding", ""},
		{"too many levels", `{"any":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}", "", "problem.request.depth", ""},
		{"levels beyond any sense", strings.Repeat("[", 100_000), "", "problem.request.json", ""},
		{"a list for an object", `[]`, "", "problem.request.type.object", "[…]"},
		{"null for an object", `null`, "", "problem.request.type.object", "null"},
		{"an unknown field", `{"status":"signed"}`, "status", "problem.request.field", ""},
		{"an unknown field inside", `{"items":[{},{"x":1}]}`, "items[1].x", "problem.request.field", ""},
		{"a field in other letter case", `{"Title":"a"}`, "Title", "problem.request.field", ""},
		{"a field kept from JSON", `{"Secret":"a"}`, "Secret", "problem.request.field", ""},
		{"a field not exported", `{"hidden":"a"}`, "hidden", "problem.request.field", ""},
		{"a field given twice", `{"title":"a","title":"b"}`, "title", "problem.request.twice", ""},
		{"a field given twice inside", `{"items":[{"minutes":1,"minutes":1}]}`, "items[0].minutes", "problem.request.twice", ""},
		{"the same field written with an escape", `{"title":"a","t\u0069tle":"b"}`, "title", "problem.request.twice", ""},
		{"a number for a text", `{"title":7}`, "title", "problem.request.type.text", "7"},
		{"null for a text", `{"title":null}`, "title", "problem.request.type.text", "null"},
		{"a text for a number", `{"items":[{},{},{"minutes":"10"}]}`, "items[2].minutes", "problem.request.type.whole", `"10"`},
		{"a fraction for a whole number", `{"items":[{"minutes":1.5}]}`, "items[0].minutes", "problem.request.type.whole", "1.5"},
		{"an exponent for a whole number", `{"items":[{"minutes":1e2}]}`, "items[0].minutes", "problem.request.type.whole", "1e2"},
		{"true for a whole number", `{"items":[{"minutes":true}]}`, "items[0].minutes", "problem.request.type.whole", "true"},
		{"a number too large", `{"items":[{"small":128}]}`, "items[0].small", "problem.range", "128"},
		{"a number below none", `{"items":[{"count":-1}]}`, "items[0].count", "problem.range", "-1"},
		{"a number beyond all", `{"items":[{"minutes":99999999999999999999}]}`, "items[0].minutes", "problem.range", "99999999999999999999"},
		{"a text for a share", `{"share":"1/3"}`, "share", "problem.request.type.number", `"1/3"`},
		{"a share beyond all", `{"share":1e999}`, "share", "problem.request.type.number", "1e999"},
		{"a word for a truth", `{"urgent":"yes"}`, "urgent", "problem.request.type.truth", `"yes"`},
		{"an object for a list", `{"items":{}}`, "items", "problem.request.type.list", "{…}"},
		{"a list for a map", `{"texts":[]}`, "texts", "problem.request.type.object", "[…]"},
		{"a number in a map of texts", `{"texts":{"lv":1}}`, "texts.lv", "problem.request.type.text", "1"},
		{"a word for a number as a key", `{"tasks":{"a":"b"}}`, "tasks", "problem.request.type.form", "{…}"},
		{"a number for an optional text", `{"until":1}`, "until", "problem.request.type.text", "1"},
		{"a day for a time", `{"at":"2024-01-31"}`, "at", "problem.request.type.form", `"2024-01-31"`},
		{"null for a time", `{"at":null}`, "at", "problem.request.type.form", "null"},
		{"what is no Base64", `{"bytes":"%"}`, "bytes", "problem.request.type.form", `"%"`},
		{"a fault in an embedded field", `{"note":1}`, "note", "problem.request.type.text", "1"},
	}
	for _, tt := range tests {
		t.Run(tt.outcome, func(t *testing.T) {
			e, ok := errors.AsType[*problem.Error](Decode([]byte(tt.body), &sample{}))
			if !ok {
				t.Fatal("accepted")
			}
			if len(e.Fields) == 0 {
				if e.Kind != Malformed || e.Key != tt.key || tt.field != "" {
					t.Errorf("error = %v, want %s of %q", e, tt.key, tt.field)
				}
				return
			}
			f := e.Fields[0]
			if e.Kind != problem.Invalid || len(e.Fields) != 1 || f.Name != tt.field || f.Key != tt.key || f.Args["value"] != tt.value {
				t.Errorf("error = %v, want %s of %q with %q", e, tt.key, tt.field, tt.value)
			}
		})
	}
}

func TestDecodeTellsAllFaultsAtOnce(t *testing.T) {
	err := Decode([]byte(`{"x":1,"title":2,"items":[{"minutes":"a"},3],"title":"b"}`), &sample{})
	e, _ := errors.AsType[*problem.Error](err)
	var got []string
	for _, f := range e.Fields {
		got = append(got, f.Name+" "+f.Key)
	}
	want := []string{
		"title problem.request.twice", "x problem.request.field", "title problem.request.type.text",
		"items[0].minutes problem.request.type.whole", "items[1] problem.request.type.object",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeSaysWhereTheJSONBreaks(t *testing.T) {
	e, _ := errors.AsType[*problem.Error](Decode([]byte("{\n  \"title\": \"a\",\n  oops\n}"), &sample{}))
	if diff := cmp.Diff(problem.Args{"line": "3", "column": "3"}, e.Args); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeAccepts(t *testing.T) {
	until := "2024-02-28"
	var got sample
	err := Decode([]byte(` {"note":"n","title":"ā","items":[{"minutes":-5,"small":-128,"count":255}],"until":"2024-02-28",
		"share":1e-1,"urgent":true,"texts":{"lv":"a"},"tasks":{"8":"b"},"at":"2024-01-31T11:00:00Z","bytes":"AQI=","any":[{}],"raw":{"a":[1]}} `), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := sample{
		embedded: embedded{"n"}, Title: "ā", Items: []inner{{-5, -128, 255}}, Until: &until, Share: 0.1, Urgent: true,
		Texts: map[string]string{"lv": "a"}, Tasks: map[int]string{8: "b"}, At: time.Date(2024, 1, 31, 11, 0, 0, 0, time.UTC), Bytes: []byte{1, 2},
		Any: []any{map[string]any{}}, Raw: json.RawMessage(`{"a":[1]}`),
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, body := range []string{`{}`, `{"until":null,"items":null,"texts":null,"tasks":null,"any":null,"bytes":null,"raw":null}`} {
		if err := Decode([]byte(body), &sample{}); err != nil {
			t.Errorf("Decode(%s) = %v, want none", body, err)
		}
	}
}

// FuzzDecode holds decode to the standard library: what it accepts the library
// accepts strictly and reads alike, and what it refuses it can say in words.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `{"title":"a","items":[{"minutes":1}]}`, `{"title":1e9}`, `{"a":{"a":1,"a":2}}`, `{"Title":""}`,
		`{"items":[{"small":-129}],"share":0.5}`, `{"at":"2024-01-31T11:00:00Z","bytes":"AQ=="}`, `[[[[`, `{"texts":{"":""}}`,
		"{\"title\":\"\\ud800\"}", "{\"\x00\":1}", `{"any":{"x":[1,2,{"y":null}]}}`, `{"until":null,"raw":0}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got, want sample
		err := Decode(body, &got)
		if err == nil {
			strict := json.NewDecoder(bytes.NewReader(body))
			strict.DisallowUnknownFields()
			if err := strict.Decode(&want); err != nil {
				t.Fatalf("accepted, but the library says %v", err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("read %+v, the library %+v", got, want)
			}
			return
		}
		e, ok := errors.AsType[*problem.Error](err)
		if !ok || e.Kind != Malformed && e.Kind != problem.Invalid || e.Kind == problem.Invalid && len(e.Fields) == 0 {
			t.Fatalf("error = %v, want a problem that says what", err)
		}
		for _, lang := range locale.Langs {
			words := locale.Text(lang, e.Key, e.Args)
			for _, x := range e.Fields {
				words += locale.Text(lang, x.Key, x.Args)
			}
			if strings.Contains(words, "⟦") && !bytes.Contains(body, []byte("⟦")) {
				t.Fatalf("words lack something: %s", words)
			}
		}
	})
}
