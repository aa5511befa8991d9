package templates

import "html/template"

// properties each give a field of a form one more property. The field comes
// last, so that they are written one after another, with a bar between them.
var properties = template.FuncMap{
	// hint is a line under the label: a key.
	"hint": func(key string, f Field) Field { f.Hint = key; return f },
	// of is the type of an input, such as email.
	"of": func(kind string, f Field) Field { f.Type = kind; return f },
	// complete says what browsers may fill in: a value of autocomplete.
	"complete": func(what string, f Field) Field { f.Complete = what; return f },
	// most is how many characters there may be.
	"most": func(n int, f Field) Field { f.Most = n; return f },
	// wide is how many characters the box is wide: 2, 3, 4, 5, 10, 20 or 30.
	"wide": func(n int, f Field) Field { f.Chars = n; return f },
	// high is how many lines a text area shows.
	"high": func(n int, f Field) Field { f.Rows = n; return f },
	// from is what there is to choose from.
	"from": func(c []Choice, f Field) Field { f.Choices = c; return f },
	// optional marks what need not be filled in.
	"optional": func(f Field) Field { f.Optional = true; return f },
	// heading makes the label the heading of a page with one question.
	"heading": func(f Field) Field { f.Heading = true; return f },
	// taking says which files may be chosen: a value of accept.
	"taking": func(accept string, f Field) Field { f.Accept = accept; return f },
	// label is another label than the form's: a key.
	"label": func(key string, f Field) Field { f.Label = key; return f },
}
