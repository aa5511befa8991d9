package templates

import (
	"fmt"
	"strconv"
	"time"
)

// Named is a field of a form: the name under which it is sent, and the key of
// its label.
type Named struct{ Name, Label string }

// Form is one form of a page: its fields in the order of the page, what is
// entered in them and what is wrong with it. A page embeds it; passwords and
// files never come back.
type Form struct {
	ID       string // stands before the ids of its fields, where a page has several forms
	Fields   []Named
	Values   map[string][]string
	Faults   Faults
	Command  string // a number of its own, so that a form sent twice is one change
	Revision uint64 // of the thing that the reader saw; 0 for a new one
}

// Fault is what is wrong with one field of a form, in words.
type Fault struct {
	Field string // its id on the page; "" when it is of the whole form
	Label string
	Text  string
}

// Faults are those of one form, in the order of its fields.
type Faults []Fault

// Of is what is wrong with a field, "" when nothing is.
func (f Faults) Of(field string) string {
	for _, x := range f {
		if x.Field == field {
			return x.Text
		}
	}
	return ""
}

// Filled is the form of a page that embeds it.
func (f Form) Filled() Form { return f }

func (f Form) faulty() bool { return len(f.Faults) > 0 }

// Value is what is entered in a field, the first of several.
func (f Form) Value(name string) string {
	if v := f.Values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Field is one field as its part of the page shows it. A page gives it further
// properties one after another (see properties):
//
//	{{template "input" .Field "name" | hint "page.setup.name.hint" | wide 20}}
type Field struct {
	Name, ID string
	Label    string // a key
	Hint     string // a key; "" for none
	Values   []string
	Fault    string
	Type     string // of the input: text, email, tel, search, password, number, time
	Complete string // autocomplete
	Most     int    // characters; 0 for no limit
	Chars    int    // width in characters; 0 for the whole line
	Rows     int    // of a text area
	Choices  []Choice
	Optional bool
	Heading  bool // the label is the heading of the page
	Accept   string
	Day      [3]string // day, month, year of a date
}

// Choice is one of several that a field can have. Its text is in words already.
type Choice struct {
	Value string
	Text  string
	Hint  string
}

// Field is a field of the form, by its name. It fails for a name that the form
// does not have.
func (f Form) Field(name string) (Field, error) {
	for _, n := range f.Fields {
		if n.Name == name {
			id := f.ID + name
			return Field{Name: name, ID: id, Label: n.Label, Values: f.Values[name], Fault: f.Faults.Of(id),
				Type: "text", Rows: 5, Day: f.day(name)}, nil
		}
	}
	return Field{}, fmt.Errorf("the form has no field %q", name)
}

// day is a date as its three boxes show it: as entered, else as the value says.
func (f Form) day(name string) (d [3]string) {
	entered := false
	for i, part := range [3]string{"-day", "-month", "-year"} {
		d[i] = f.Value(name + part)
		entered = entered || d[i] != ""
	}
	t, err := time.Parse(time.DateOnly, f.Value(name))
	if entered || err != nil {
		return d
	}
	return [3]string{strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())}
}

// Value is what is entered, the first of several.
func (f Field) Value() string {
	if len(f.Values) > 0 {
		return f.Values[0]
	}
	return ""
}

// Has reports whether a choice is chosen.
func (f Field) Has(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

// Described is the list of ids that describe the field, for aria-describedby.
func (f Field) Described() string {
	s := ""
	if f.Hint != "" {
		s = f.ID + "-hint"
	}
	if f.Fault != "" {
		s += " " + f.ID + "-fault"
	}
	return s
}
