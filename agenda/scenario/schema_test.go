package scenario

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"padome/council"
)

// schemas writes a JSON Schema of the types that a scenario is read into.
type schemas struct{ defs map[string]any }

func (s *schemas) of(t reflect.Type, only string) map[string]any {
	if allowed := choices[t]; allowed != nil {
		if only != "" {
			allowed = strings.Fields(only)
		}
		return map[string]any{"type": "string", "enum": allowed}
	}
	switch t {
	case reflect.TypeFor[council.Date]():
		return map[string]any{"type": "string", "format": "date", "pattern": "^(199\\d|2\\d{3})-\\d{2}-\\d{2}$"}
	case reflect.TypeFor[council.Clock]():
		return map[string]any{"type": "string", "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$"}
	case reflect.TypeFor[Task]():
		return map[string]any{"type": "string", "pattern": taskForm.String()}
	case reflect.TypeFor[Value]():
		return map[string]any{"type": []string{"string", "integer"}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem(), only)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem(), only)}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem(), only)}
	case reflect.Int:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Struct:
		return s.ref(t)
	}
	return map[string]any{"type": "string"}
}

func (s *schemas) ref(t reflect.Type) map[string]any {
	name := strings.ToLower(t.Name()[:1]) + t.Name()[1:]
	if _, known := s.defs[name]; !known {
		s.defs[name] = nil // it may hold itself
		s.defs[name] = s.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (s *schemas) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := s.of(f.Type, f.Tag.Get("only"))
		p["description"] = f.Tag.Get("doc")
		if f.Tag.Get("need") != "" {
			required = append(required, name)
			if f.Type.Kind() == reflect.Slice {
				p["minItems"] = 1
			}
		}
		properties[name] = p
	}
	o := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

// The schema is made of the Go types, so that neither can leave the other.
func TestTheSchemaIsOfTheTypes(t *testing.T) {
	s := schemas{defs: map[string]any{}}
	root := s.object(reflect.TypeFor[Scenario]())
	root["$schema"], root["title"], root["$defs"] = "https://json-schema.org/draft/2020-12/schema", "Padome scenario", s.defs
	golden(t, docs+"scenario.schema.json", indented(t, root))
}

func TestTheSchemaTakesTheExamplesAndNoOthers(t *testing.T) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(docs + "scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range examples(t) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(read(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused := 0
	for name, x := range bad {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(x.raw))
		if err != nil || !form(x.faults) {
			continue
		}
		refused++
		if schema.Validate(doc) == nil {
			t.Errorf("the schema takes %s: %s", name, x.raw)
		}
	}
	if refused < 8 {
		t.Errorf("only %d bad scenarios tried", refused)
	}
}

// form reports whether the faults are ones of form, which a schema can see.
func form(faults []string) bool {
	for _, f := range faults {
		for _, key := range []string{"problem.request.field", "problem.request.type", "problem.date", "problem.clock", "problem.choice", "problem.scenario.missing", "problem.scenario.task.form", "problem.scenario.negative"} {
			if strings.Contains(f, " "+key) {
				return true
			}
		}
	}
	return false
}
