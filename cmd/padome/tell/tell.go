// Package tell writes what happens as lines of text that an official can read.
package tell

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

// columns is how wide a line may be; a longer word is not cut.
const columns = 96

// Teller writes messages of the catalogue in one language. The first error of
// its writer is kept for Err.
type Teller struct {
	out  io.Writer
	lang locale.Lang
	err  error
}

// New is a teller in a language.
func New(out io.Writer, lang locale.Lang) *Teller { return &Teller{out: out, lang: lang} }

// Err is why something could not be written.
func (t *Teller) Err() error { return t.err }

// Say is a message with name, value pairs as arguments.
func (t *Teller) Say(key string, args ...string) string {
	return locale.Text(t.lang, key, problem.Pairs(args...))
}

// Print writes one line as it is.
func (t *Teller) Print(s string) {
	if _, err := fmt.Fprintln(t.out, s); t.err == nil {
		t.err = err
	}
}

// Wrapped writes a text behind a mark, its further lines below the first.
func (t *Teller) Wrapped(indent int, mark, s string) {
	line := strings.Repeat("  ", indent) + mark
	under := strings.Repeat(" ", utf8.RuneCountInString(line))
	fresh := true
	next := func() {
		t.Print(strings.TrimRight(line, " "))
		line, fresh = under, true
	}
	for piece := range whole(document.Pieces(s)) {
		bare, ended := strings.CutSuffix(piece, "\n")
		if !fresh && utf8.RuneCountInString(line+strings.TrimRight(bare, " ")) > columns {
			next()
		}
		line += bare
		fresh = false
		if ended {
			next()
		}
	}
	if !fresh {
		next()
	}
}

// whole joins what a line of a terminal must not part: a path, an address and a
// date are copied from it as they stand.
func whole(pieces iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		word := ""
		for p := range pieces {
			if word += p; strings.HasSuffix(word, "-") || strings.HasSuffix(word, "/") {
				continue
			}
			if !yield(word) {
				return
			}
			word = ""
		}
		if word != "" {
			yield(word)
		}
	}
}

// Heading begins a part of the transcript.
func (t *Teller) Heading(key string, args ...string) {
	s := strings.ToUpper(t.Say(key, args...))
	t.Print("")
	t.Print(s)
	t.Print(strings.Repeat("═", min(utf8.RuneCountInString(s), columns)))
}

// Title begins a part below a heading.
func (t *Teller) Title(key string, args ...string) {
	s := t.Say(key, args...)
	t.Print("")
	t.Wrapped(0, "", s)
	t.Print(strings.Repeat("─", min(utf8.RuneCountInString(s), columns)))
}

// Line writes a message.
func (t *Teller) Line(indent int, key string, args ...string) {
	t.Wrapped(indent, "", t.Say(key, args...))
}

// Bullet writes a message behind a dash.
func (t *Teller) Bullet(indent int, key string, args ...string) {
	t.Wrapped(indent, "– ", t.Say(key, args...))
}

// Lang is the teller's language.
func (t *Teller) Lang() locale.Lang { return t.lang }
