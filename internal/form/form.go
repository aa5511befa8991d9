// Package form is the form of the council's papers as data: in what order their
// parts stand, in which tense, in what words. A secretariat edits it; a paper
// keeps the form that it became final under.
package form

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// Of says which papers a form is of.
type Of string

const (
	Minutes Of = "minutes"
	Agenda  Of = "agenda"
	Extract Of = "extract" // of minutes
)

// All are the papers that have a form.
var All = []Of{Minutes, Agenda, Extract}

// Tense is the tense of a paper; there is one in each.
type Tense string

const (
	Present Tense = "present" // Ziņo, Izsakās, Nolemj
	Past    Tense = "past"    // Ziņoja, Izteicās, Nolēma
)

// Lines is how running text stands: ragged at the right, or filling its lines.
// Empty is ragged.
type Lines string

const (
	Ragged    Lines = "ragged"
	Justified Lines = "justified"
)

// Form is one version of a form.
type Form struct {
	Of      Of       `json:"of"`
	Version int      `json:"version"`         // 0: the usual one, which nobody edited
	Tense   Tense    `json:"tense,omitempty"` // of minutes
	Signers string   `json:"signers,omitempty"`
	Lines   Lines    `json:"lines,omitempty"`
	Parts   []string `json:"parts"` // in their order; those not named are left out
	// Texts are those in place of the usual ones, by their names.
	Texts map[string]Words `json:"texts,omitempty"`
	// Closing are lines before the signatures.
	Closing []Words   `json:"closing,omitempty"`
	By      string    `json:"by,omitempty"` // name
	At      time.Time `json:"at,omitzero"`
}

// Words are a text in both languages, with placeholders as the usual one has them.
type Words struct {
	LV string `json:"lv"`
	EN string `json:"en"`
}

// In is the text in a language.
func (w Words) In(lang locale.Lang) string {
	if lang == locale.EN {
		return w.EN
	}
	return w.LV
}

// kind is what is known of one sort of paper.
type kind struct {
	prefix  string   // of the keys of its usual texts
	parts   []string // all there are, in their usual order
	must    []string // without which there is no such paper
	first   string   // always on top
	last    string   // always at the end; "" for none
	texts   []string // that can be given
	closing bool     // lines can stand before the signatures
}

var kinds = map[Of]kind{
	Minutes: {prefix: "minutes.paper.", first: "heading", last: "signatures", closing: true,
		parts: []string{"heading", "attendance", "opened", "agenda", "items", "next", "closed", "annexes", "signatures"},
		must:  []string{"heading", "attendance", "opened", "agenda", "items", "closed", "annexes", "signatures"},
		texts: []string{"author.regular", "name.regular", "author.extraordinary", "name.extraordinary", "author.extended", "name.extended", "number", "date",
			"session", "presides", "voting", "side.state", "side.ngo", "advising", "invited", "absent", "quorum", "takes-minutes",
			"starts", "agenda", "next", "ends", "annexes", "annex", "mark", "footnote", "mark.here", "footnote.here"}},
	Agenda: {prefix: "agenda.paper.", first: "heading",
		parts: []string{"heading", "items", "total"},
		must:  []string{"heading", "items"},
		texts: []string{"name", "when", "place", "mode", "presiding", "observers", "time", "initiated", "presenters", "invited", "documents", "total"}},
	Extract: {prefix: "minutes.paper.", first: "heading", last: "certified", closing: true,
		parts: []string{"heading", "session", "item", "annexes", "signatures", "certified"},
		must:  []string{"heading", "session", "item", "signatures", "certified"},
		texts: []string{"extract", "number", "date", "session", "presides", "quorum", "takes-minutes", "extract.time", "annexes", "annex",
			"extract.mark", "extract.mark.here", "extract.right", "extract.certified", "extract.uncertified"}},
}

// Usual is the form that holds while nobody has edited it.
func Usual(of Of) Form {
	f := Form{Of: of, Lines: Ragged, Parts: slices.Clone(kinds[of].parts)}
	if of == Minutes {
		f.Tense = Present
	}
	return f
}

// Parts are all parts of a paper, in their usual order; Names those of its texts.
func Parts(of Of) []string { return slices.Clone(kinds[of].parts) }
func Names(of Of) []string { return slices.Clone(kinds[of].texts) }

// Closes reports whether lines can stand before the signatures of a paper.
func Closes(of Of) bool { return kinds[of].closing }

// Must reports whether a paper cannot be without a part.
func Must(of Of, part string) bool { return slices.Contains(kinds[of].must, part) }

// UsualText is the text of a name that holds where none is given.
func (f *Form) UsualText(lang locale.Lang, name string) string {
	return locale.Template(lang, f.key(name))
}

func (f *Form) key(name string) string {
	k := kinds[f.Of].prefix + name
	if f.Tense == Past && locale.Has(k+".past") {
		k += ".past"
	}
	return k
}

// Say is a text of the paper, given or usual; name may be any that the paper has.
func (f *Form) Say(lang locale.Lang, name string, args locale.Args) string {
	if w, ok := f.Texts[name]; ok {
		return locale.Fill(lang, w.In(lang), args)
	}
	return locale.Text(lang, f.key(name), args)
}

const mostClosing = 10

// Validate tidies the texts and says what is wrong: a paper of no sort, a part
// that is missing though the paper is none without it, twice, unknown or at a
// wrong place, a text that nothing has, cannot be filled, or lacks what it must
// say.
func (f *Form) Validate() error {
	var l problem.List
	k, ok := kinds[f.Of]
	if !ok {
		l.Add("of", "problem.choice", "value", string(f.Of), "choices", "minutes, agenda, extract")
		return l.Err()
	}
	f.checkParts(&l, k)
	if want := []Tense{Present, Past}; f.Of == Minutes && !slices.Contains(want, f.Tense) {
		l.Add("tense", "problem.choice", "value", string(f.Tense), "choices", "present, past")
	} else if f.Of != Minutes && f.Tense != "" {
		l.Add("tense", "problem.form.minutes-only")
	}
	switch f.Signers {
	case "":
	case "presiding-and-minute-taker", "chair-and-deputy":
		if f.Of != Minutes {
			l.Add("signers", "problem.form.minutes-only")
		}
	default:
		l.Add("signers", "problem.choice", "value", f.Signers, "choices", "presiding-and-minute-taker, chair-and-deputy")
	}
	if !slices.Contains([]Lines{"", Ragged, Justified}, f.Lines) {
		l.Add("lines", "problem.choice", "value", string(f.Lines), "choices", "ragged, justified")
	}
	f.checkTexts(&l, k)
	if len(f.Closing) > mostClosing || !k.closing && len(f.Closing) > 0 {
		l.Add("closing", "problem.form.closing")
	}
	for i := range f.Closing {
		f.line(&l, "closing["+strconv.Itoa(i)+"]", &f.Closing[i])
	}
	return l.Err()
}

func (f *Form) checkParts(l *problem.List, k kind) {
	for i, p := range f.Parts {
		switch {
		case !slices.Contains(k.parts, p):
			l.Add("parts", "problem.choice", "value", p, "choices", strings.Join(k.parts, ", "))
		case slices.Index(f.Parts, p) != i:
			l.Add("parts", "problem.form.twice", "part", p)
		}
	}
	for _, p := range k.must {
		if !slices.Contains(f.Parts, p) {
			l.Add("parts", "problem.form.missing."+p)
		}
	}
	if n := len(f.Parts); n > 0 && slices.Contains(f.Parts, k.first) && f.Parts[0] != k.first {
		l.Add("parts", "problem.form.first")
	} else if n > 0 && k.last != "" && slices.Contains(f.Parts, k.last) && f.Parts[n-1] != k.last {
		l.Add("parts", "problem.form.last."+k.last)
	}
}

func (f *Form) checkTexts(l *problem.List, k kind) {
	for _, name := range k.texts { // in their order, so that faults are too
		w, ok := f.Texts[name]
		if !ok {
			continue
		}
		if w.LV == "" && w.EN == "" {
			delete(f.Texts, name)
			continue
		}
		f.line(l, "texts."+name, &w)
		f.Texts[name] = w
		for _, lang := range locale.Langs {
			f.checkPlaceholders(l, lang, name, w.In(lang))
		}
	}
	for name := range f.Texts {
		if !slices.Contains(k.texts, name) {
			l.Add("texts", "problem.form.text", "value", name)
		}
	}
	electronic, _, _ := strings.Cut(locale.Template(locale.LV, "minutes.paper.footnote"), " un ")
	if w := f.Texts["footnote.here"]; w.LV != "" && strings.Contains(w.LV, strings.TrimPrefix(electronic, "* ")) {
		l.Add("texts.footnote.here", "problem.form.untrue")
	}
	f.checkUncertified(l)
}

// checkUncertified refuses words on an extract that nobody certified which say
// that it is right.
func (f *Form) checkUncertified(l *problem.List) {
	for _, lang := range locale.Langs {
		w := strings.ToLower(f.Texts["extract.uncertified"].In(lang))
		for _, right := range []string{f.UsualText(lang, "extract.right"), f.Texts["extract.right"].In(lang)} {
			if f.Of == Extract && w != "" && right != "" && strings.Contains(w, strings.ToLower(right)) {
				l.Add("texts.extract.uncertified."+string(lang), "problem.form.uncertified")
				break
			}
		}
	}
}

// line tidies a text and refuses one that is missing or cannot be printed.
func (f *Form) line(l *problem.List, field string, w *Words) {
	text.Line(l, field+".lv", &w.LV, 1, 500)
	text.Line(l, field+".en", &w.EN, 1, 500)
}

// checkPlaceholders holds the placeholders of a text to those of the usual one:
// none that nothing fills, and all that it must say.
func (f *Form) checkPlaceholders(l *problem.List, lang locale.Lang, name, s string) {
	field := "texts." + name + "." + string(lang)
	given, err := locale.Placeholders(lang, s)
	if err != nil {
		l.Add(field, "problem.form.braces")
		return
	}
	usual, _ := locale.Placeholders(lang, f.UsualText(lang, name))
	for _, p := range given {
		if !slices.Contains(usual, p) {
			l.Add(field, "problem.form.placeholder", "value", "{"+p+"}", "choices", braced(usual))
		}
	}
	for _, p := range usual {
		if !slices.Contains(given, p) && said[name] {
			l.Add(field, "problem.form.must-say", "value", "{"+p+"}")
		}
	}
}

// said are the texts that must say all that the usual ones do: the author, the
// number, the date, when the session began and ended, where and when an extract
// was certified.
var said = map[string]bool{"author.regular": true, "author.extraordinary": true, "author.extended": true, "number": true, "date": true, "starts": true, "ends": true,
	"extract.certified": true}

func braced(names []string) string {
	if len(names) == 0 {
		return "–"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}
