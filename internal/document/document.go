// Package document is a neutral tree of blocks: what an agenda or minutes say,
// before any format.
package document

import (
	"strings"
	"time"
)

// Document is one paper of the council. The same Document gives the same bytes
// in every rendering, so Created is handed in, never taken from a clock.
type Document struct {
	Lang      string    `json:"lang"`                // lv or en
	Title     string    `json:"title"`               // for file properties and lists; the page shows the Masthead
	Author    string    `json:"author,omitempty"`    // the council's full name
	Subject   string    `json:"subject,omitempty"`   // what sort of paper it is
	Reference string    `json:"reference,omitempty"` // names the paper on a loose page, small at the foot; a second line may follow
	Created   time.Time `json:"created"`
	Draft     bool      `json:"draft,omitempty"`
	DraftMark string    `json:"draftMark,omitempty"` // on every page of a draft
	Justified bool      `json:"justified,omitempty"` // running text fills its lines; else it is ragged at the right
	Blocks    Blocks    `json:"blocks"`
}

// Block is one part of a document. The kinds are those of this package: a
// renderer switches over them and knows them all.
type Block interface {
	// Kind is the block's name in stored documents.
	Kind() string
	// Held says what a page break must not part the block from.
	Held() Keep
	check(c *checker)
}

// Blocks are the parts of a document in reading order.
type Blocks []Block

// Keep says where a page break may not fall.
type Keep struct {
	WithNext bool `json:"keepWithNext,omitempty"` // not between this block and the next
	Together bool `json:"keepTogether,omitempty"` // not inside, unless it is longer than a page
}

// Held is the rule itself; blocks that embed Keep answer with it.
func (k Keep) Held() Keep { return k }

// Text is a run of words, parts of which may be stressed. A line end in it
// starts a new line of the same block.
type Text []Span

// Span is a part of a Text in one style.
type Span struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
}

// Plain is a Text in one ordinary style.
func Plain(s string) Text { return Text{{Text: s}} }

// Texts are several plain Texts, as a table row or a Field takes them.
func Texts(s ...string) []Text {
	all := make([]Text, len(s))
	for i := range s {
		all[i] = Plain(s[i])
	}
	return all
}

// String is the text without its styles.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}
