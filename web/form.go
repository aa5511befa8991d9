package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage/store"
	"padome/templates"
)

// NewForm is a form to be filled in: with the fields of the struct v, by the
// names of their JSON tags, as they are now; nil leaves all empty. The revision
// is that of the thing the reader sees, 0 for a new one.
func (c *Call) NewForm(fields []templates.Named, revision uint64, v any) templates.Form {
	c.filled = true
	f := templates.Form{
		Fields: fields, Values: url.Values{}, Revision: revision,
		Command: uuid.Must(uuid.NewV7()).String(),
	}
	if v != nil {
		eachValue(reflect.ValueOf(v), "", func(name string, field reflect.Value) {
			f.Values[name] = written(field)
		})
	}
	return f
}

// Form reads a form that was sent into the struct that v points to, by the names
// of its JSON tags: texts, whole numbers, yes or no (a box that is ticked),
// lists of texts (several boxes), and structs, whose fields are "part.field". A
// date may come as three boxes. What does not fit is a fault of the form that
// comes back, for Wrong; an error is a body that is no form at all.
//
// The call's command is then that of the form: the same form sent twice by the
// same person is one change.
func (c *Call) Form(fields []templates.Named, v any) (templates.Form, error) {
	values, err := c.form()
	if err != nil {
		return templates.Form{}, err
	}
	f := templates.Form{Fields: fields, Values: values, Command: values.Get("command")}
	if f.Command != "" {
		c.Command = c.formCommand()
	} else {
		f.Command = string(c.Command)
	}
	if r := values.Get("revision"); r != "" {
		if f.Revision, err = strconv.ParseUint(r, 10, 64); err != nil {
			return f, problem.New(malformed, "problem.form.command")
		}
	}
	c.entered = &f
	var l problem.List
	if v != nil {
		eachValue(reflect.ValueOf(v).Elem(), "", func(name string, field reflect.Value) {
			fill(&l, field, name, values)
		})
	}
	c.fault(&f, l.Err())
	return f, nil
}

// formCommand names the change that a form asks for: its digest has the form's
// own number in it.
func (c *Call) formCommand() store.CommandID {
	r := c.gin.Request
	sum := sha256.Sum256([]byte(strings.Join([]string{c.account.ID, r.Method, r.URL.Path, c.input}, "\x00")))
	return store.CommandID(hex.EncodeToString(sum[:]))
}

// Wrong reports whether the form is to be shown again, because of its own faults
// or of the error that the office answered with, whose faults it takes over. Any
// other error comes back.
func (c *Call) Wrong(f *templates.Form, err error) (bool, error) {
	if err != nil && !c.fault(f, err) {
		return false, err
	}
	return len(f.Faults) > 0, nil
}

// fault puts what is wrong with an input into the form, in the caller's language
// and in the order of the page; it reports whether the error was that.
func (c *Call) fault(f *templates.Form, err error) bool {
	e, ok := errors.AsType[*problem.Error](err)
	if !ok || e.Kind != problem.Invalid {
		return false
	}
	for _, n := range f.Fields {
		for _, x := range e.Fields {
			if x.Name == n.Name && f.Faults.Of(f.ID+n.Name) == "" {
				f.Faults = append(f.Faults, templates.Fault{
					Field: f.ID + n.Name, Label: locale.Text(c.Lang, n.Label, nil), Text: c.faultText(f, x)})
			}
		}
	}
	for _, x := range e.Fields {
		if !hasField(f.Fields, x.Name) {
			f.Faults = append(f.Faults, templates.Fault{Text: c.faultText(f, x)})
		}
	}
	if len(e.Fields) == 0 {
		f.Faults = append(f.Faults, templates.Fault{Text: locale.Text(c.Lang, e.Key, e.Args)})
	}
	return true
}

// faultText is what is wrong with a field, in the words of the form: it has boxes
// and things to choose, where programs have dates and codes.
func (c *Call) faultText(f *templates.Form, x problem.Field) string {
	switch x.Key {
	case "problem.choice":
		return c.say("problem.form.choice")
	case "problem.date":
		entered := x.Args["value"]
		if _, boxes := f.Values[x.Name+"-day"]; boxes {
			entered = strings.Trim(strings.Join([]string{f.Value(x.Name + "-day"), f.Value(x.Name + "-month"), f.Value(x.Name + "-year")}, "."), ".")
		}
		if entered == "" {
			return c.say("problem.form.date.missing")
		}
		return c.say("problem.form.date", "value", clip(entered))
	}
	return locale.Text(c.Lang, x.Key, x.Args)
}

func hasField(fields []templates.Named, name string) bool {
	for _, n := range fields {
		if n.Name == name {
			return true
		}
	}
	return false
}

// FormPage answers with a page whose form is to be corrected.
func (c *Call) FormPage(p templates.Page) error { return c.Page(http.StatusUnprocessableEntity, p) }

// eachValue calls fn for every field of a struct that a form can hold, by its
// name on the page.
func eachValue(v reflect.Value, prefix string, fn func(name string, field reflect.Value)) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if v.Type().Field(i).Anonymous && name == "" {
			eachValue(v.Field(i), prefix, fn)
			continue
		}
		if name == "" || name == "-" {
			continue
		}
		if field := v.Field(i); field.Kind() == reflect.Struct {
			eachValue(field, prefix+name+".", fn)
		} else {
			fn(prefix+name, field)
		}
	}
}

// fill puts what was entered into a field.
func fill(l *problem.List, field reflect.Value, name string, values url.Values) {
	value := values.Get(name)
	switch {
	case field.Kind() == reflect.String:
		if !values.Has(name) {
			value = day(values, name)
		}
		field.SetString(strings.ReplaceAll(value, "\r\n", "\n"))
	case field.Kind() == reflect.Bool:
		field.SetBool(value != "")
	case field.CanInt(), field.CanUint():
		fillWhole(l, field, name, strings.TrimSpace(value))
	case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.String:
		for _, one := range values[name] {
			field.Set(reflect.Append(field, reflect.ValueOf(one).Convert(field.Type().Elem())))
		}
	}
}

func fillWhole(l *problem.List, field reflect.Value, name, value string) {
	if value == "" {
		return
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case err != nil, field.CanInt() && field.OverflowInt(n), field.CanUint() && (n < 0 || field.OverflowUint(uint64(n))):
		l.Add(name, "problem.form.whole", "value", clip(value))
	case field.CanInt():
		field.SetInt(n)
	default:
		field.SetUint(uint64(n))
	}
}

// day is a date from its three boxes, as people enter it: 5, 3 and 2024. What is
// no date comes back as it was entered, for the domain to refuse.
func day(values url.Values, name string) string {
	d, m, y := strings.TrimSpace(values.Get(name+"-day")), strings.TrimSpace(values.Get(name+"-month")), strings.TrimSpace(values.Get(name+"-year"))
	if d == "" && m == "" && y == "" {
		return ""
	}
	if len(d) == 1 {
		d = "0" + d
	}
	if len(m) == 1 {
		m = "0" + m
	}
	return y + "-" + m + "-" + d
}

// written is a field as a form shows it.
func written(field reflect.Value) []string {
	switch {
	case field.Kind() == reflect.String:
		return []string{field.String()}
	case field.Kind() == reflect.Bool:
		if field.Bool() {
			return []string{"on"}
		}
	case field.CanInt():
		return []string{strconv.FormatInt(field.Int(), 10)}
	case field.CanUint():
		return []string{strconv.FormatUint(field.Uint(), 10)}
	case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.String:
		all := make([]string, field.Len())
		for i := range all {
			all[i] = field.Index(i).String()
		}
		return all
	}
	return nil
}
