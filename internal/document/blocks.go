package document

// Masthead is the centred head of a paper: its author in capitals, then what it
// is (PROTOKOLS, DARBA KĀRTĪBA), the title a reader of the structure meets first.
type Masthead struct {
	Author string `json:"author"`
	Name   string `json:"name"`
}

// Dateline is the line under the masthead: place at the left, number in the
// middle, date at the right. The number may be empty.
type Dateline struct {
	Place  string `json:"place"`
	Number string `json:"number,omitempty"`
	Date   string `json:"date"`
}

// Heading opens a part of the paper. Level 1 is the highest under the masthead.
// A heading is never parted from what follows it.
type Heading struct {
	Level int    `json:"level"`
	Label string `json:"label,omitempty"` // "1.", set apart from the words
	Text  string `json:"text"`
}

// Paragraph is running text.
type Paragraph struct {
	Keep
	Text Text `json:"text"`
}

// Fields are labelled values in two columns: who presides, who is present.
type Fields struct {
	Keep
	Rows []Field `json:"rows"`
}

// Field is one label with its values, each on a line of its own.
type Field struct {
	Label  string `json:"label"`
	Values []Text `json:"values"`
}

// List is a list whose labels are part of what it says ("1.", "1.1.", "–");
// nothing renumbers it.
type List struct {
	Keep
	Ordered bool   `json:"ordered,omitempty"`
	Items   []Item `json:"items"`
}

// Item is one entry of a List, with the entries under it.
type Item struct {
	Label string `json:"label"`
	Text  Text   `json:"text"`
	Items []Item `json:"items,omitempty"`
}

// Table is a grid with a head that repeats on every page. With RowHeaders the
// first cell of a row names the row.
type Table struct {
	Keep
	Caption    string   `json:"caption,omitempty"`
	Columns    []Column `json:"columns"`
	Rows       [][]Text `json:"rows"`
	RowHeaders bool     `json:"rowHeaders,omitempty"`
}

// Column is one column of a Table. Widths are relative to each other.
type Column struct {
	Head  string  `json:"head"`
	Width float64 `json:"width"`
}

// Note is small text beside the matter: a reference to the plan, an explanation.
type Note struct {
	Keep
	Text Text `json:"text"`
}

// Signatures are those who sign, in order. The block is never split, and the
// end of what stands before it stays with it.
type Signatures struct {
	Signers  []Signer `json:"signers"`
	Footnote string   `json:"footnote,omitempty"` // what the mark means
}

// Signer is one who signs: role, the mark where a signature would stand, name.
type Signer struct {
	Role string `json:"role"`
	Mark string `json:"mark,omitempty"`
	Name string `json:"name"`
}

func (Masthead) Kind() string   { return "masthead" }
func (Dateline) Kind() string   { return "dateline" }
func (Heading) Kind() string    { return "heading" }
func (Paragraph) Kind() string  { return "paragraph" }
func (Fields) Kind() string     { return "fields" }
func (List) Kind() string       { return "list" }
func (Table) Kind() string      { return "table" }
func (Note) Kind() string       { return "note" }
func (Signatures) Kind() string { return "signatures" }

func (Masthead) Held() Keep   { return Keep{WithNext: true, Together: true} }
func (Dateline) Held() Keep   { return Keep{Together: true} }
func (Heading) Held() Keep    { return Keep{WithNext: true, Together: true} }
func (Signatures) Held() Keep { return Keep{Together: true} }
