package minutes

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"padome/agenda"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

// passage finds a passage that must not be published, in small letters and large
// and across line ends, with the rest of the words that it begins or ends in:
// „Kalniņ” finds „Kalniņam”. The mark stands in its place.
type passage struct {
	find *regexp.Regexp
	mark string
}

type passages []passage

// passages are those of a session, the longest first.
func (w *Withholding) passages(lang locale.Lang) (all passages) {
	texts := slices.DeleteFunc(slices.Clone(w.Parts), func(x Withheld) bool { return x.Text == "" })
	slices.SortStableFunc(texts, func(a, b Withheld) int { return cmp.Compare(len(b.Text), len(a.Text)) })
	numbers := w.numbers(lang)
	for _, x := range texts {
		mark := locale.Text(lang, "minutes.withheld.mark", problem.Pairs("n", strconv.Itoa(slices.Index(numbers, x.Reason(lang))+1)))
		all = append(all, passage{pattern(x.Text), mark})
	}
	return all
}

// numbers are the grounds of passages, in the order in which they are numbered.
func (w *Withholding) numbers(lang locale.Lang) (reasons []string) {
	for _, x := range w.Parts {
		if s := x.Reason(lang); x.Text != "" && !slices.Contains(reasons, s) {
			reasons = append(reasons, s)
		}
	}
	return reasons
}

func pattern(s string) *regexp.Regexp {
	words := strings.Fields(norm.NFC.String(s))
	first, last := "", ""
	if len(words) > 0 {
		if r, _ := utf8.DecodeRuneInString(words[0]); inWord(r) {
			first = `[\pL\pM\pN]*`
		}
		if r, _ := utf8.DecodeLastRuneInString(words[len(words)-1]); inWord(r) {
			last = `[\pL\pM\pN]*`
		}
	}
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	return regexp.MustCompile(`(?i)` + first + strings.Join(words, `[\s\x{00a0}]+`) + last)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// hide is a text with the mark in place of each passage.
func (ps passages) hide(s string) string {
	normal := norm.NFC.String(s)
	left := normal
	for _, p := range ps {
		left = p.find.ReplaceAllLiteralString(left, p.mark)
	}
	if left == normal {
		return s
	}
	return left
}

// Reduced are minutes without what must not be published, in a language: marks
// with the ground stand in its place. What would let somebody check a guess is not
// in them either: the digest of the whole content, the sum and size of its file.
func (w *Withholding) Reduced(lang locale.Lang, items []agenda.Item, m Minutes) Minutes {
	if len(w.Parts) == 0 {
		return m
	}
	ps := w.passages(lang)
	parts := make([]Part, 0, len(m.Parts))
	for _, p := range m.Parts {
		if p.Number > 0 {
			parts = append(parts, Part{Item: p.Item, Number: p.Number, Drafted: w.part(lang, ps, &p)})
		}
	}
	annexes := make([]Annex, len(m.Annexes))
	for i, a := range m.Annexes {
		annexes[i] = Annex{Title: ps.hide(a.Title), Pages: a.Pages, SHA256: a.SHA256}
		if x := w.annex(items, a); x != nil {
			annexes[i] = Annex{Title: marked(lang, "annex", x)}
		}
	}
	signatures := slices.Clone(m.Signatures)
	for i := range signatures {
		signatures[i].Digest, signatures[i].Name = "", ps.hide(signatures[i].Name)
	}
	signers := slices.Clone(m.Signers)
	for i := range signers {
		signers[i].Name = ps.hide(signers[i].Name)
	}
	m.Parts, m.Annexes, m.Signatures, m.Signers = parts, annexes, signatures, signers
	m.Digest, m.PDF, m.PDFSize, m.Pages, m.Circulated = "", "", 0, 0, nil
	m.Reopening, m.Reopened = nil, nil
	return m
}

// marked is what stands in the place of something with a ground of its own.
func marked(lang locale.Lang, what string, x *Withheld) string {
	return locale.Text(lang, "minutes.withheld."+what, problem.Pairs("reason", x.Reason(lang)))
}

// annex is the mark on the item that an annex is a document of, if there is one.
func (w *Withholding) annex(items []agenda.Item, a Annex) *Withheld {
	for i := range items {
		for _, d := range items[i].Documents {
			if d.SHA256 == a.SHA256 && w.item(items[i].ID) != nil {
				return w.item(items[i].ID)
			}
		}
	}
	return nil
}

// part is what may be published of an item's text. A clause that cannot be found
// in it takes the whole text along.
func (w *Withholding) part(lang locale.Lang, ps passages, p *Part) string {
	if x := w.item(p.Item); x != nil {
		return marked(lang, "item", x)
	}
	s := p.Text()
	for i := range w.Parts {
		x := &w.Parts[i]
		if x.Item != p.Item || x.Item == "" {
			continue
		}
		left, found := withoutClause(s, clauseNumber(p.Number, x.Clause), marked(lang, "clause", x))
		if !found {
			return marked(lang, "item", x)
		}
		s = left
	}
	return ps.hide(s)
}

// withoutClause is an item's text with a mark in place of a clause, of the points
// below it and of all that stands behind them up to the next clause or label.
func withoutClause(s, number, mark string) (left string, found bool) {
	var lines []string
	deciding, leaving := false, false
	for raw := range strings.SplitSeq(s, "\n") {
		l := readLine(raw, deciding)
		if l.Kind != ParagraphLine && l.Kind != ClauseLine {
			deciding = l.Kind == DecidesLine
		}
		switch {
		case l.Kind == ClauseLine && strings.HasPrefix(l.Number, number):
			if !leaving {
				lines = append(lines, number+" "+mark)
			}
			leaving, found = true, true
			continue
		case l.Kind != ParagraphLine:
			leaving = false
		}
		if !leaving {
			lines = append(lines, raw)
		}
	}
	return strings.Join(lines, "\n"), found
}

// PublicDocument is the public version of the minutes: the paper built anew from
// a record and minutes that never had what must not be published, with a mark and
// the ground where something was left out. Without anything withheld it is
// Document. It is not the signed document, and says so.
func PublicDocument(lang locale.Lang, r Record, m Minutes, w Withholding) document.Document {
	return w.built(lang, r, m, func(r Record, m Minutes) document.Document { return Document(lang, r, m) })
}

// built is a paper that is drawn of a record and minutes reduced to what may be
// published; with nothing withheld, of all of them.
func (w *Withholding) built(lang locale.Lang, r Record, m Minutes, draw func(Record, Minutes) document.Document) document.Document {
	if len(w.Parts) == 0 {
		return draw(r, m)
	}
	d := Copy(lang, document.Rewritten(draw(w.Public(lang, r, m)), w.passages(lang).hide))
	d.Title = locale.Text(lang, "minutes.paper.public-title", problem.Pairs("title", d.Title))
	d.Reference = d.Title
	d.Blocks = w.explained(lang, d.Blocks)
	return d
}

// Public is what the public version is made from: the record and the minutes
// without anything that is withheld.
func (w *Withholding) Public(lang locale.Lang, r Record, m Minutes) (Record, Minutes) {
	ps := w.passages(lang)
	items := make([]agenda.Item, len(r.Agenda.Items))
	for i, it := range r.Agenda.Items {
		items[i] = agenda.Item{Number: it.Number, Matter: agenda.Matter{ID: it.ID, Source: it.Source, Kind: it.Kind,
			Title: ps.hide(it.Title), TitleEN: ps.hide(it.TitleEN), Tasks: it.Tasks, OutsidePlan: ps.hide(it.OutsidePlan)}}
		if w.item(it.ID) == nil {
			items[i].Documents = it.Documents
		}
	}
	r.Attendance.Entries = slices.Clone(r.Attendance.Entries)
	for i := range r.Attendance.Entries {
		r.Attendance.Entries[i].Name = ps.hide(r.Attendance.Entries[i].Name)
	}
	r.Session.Place = ps.hide(r.Session.Place)
	return Record{Session: r.Session, Settings: r.Settings, Agenda: agenda.Content{Session: r.Agenda.Session, Items: items}, Added: r.Added,
		Attendance: r.Attendance, Roster: r.Roster, Next: r.Next, Past: r.Past, Form: r.Form}, w.Reduced(lang, r.Agenda.Items, m)
}

// explained puts below the head of the paper that something was left out, and on
// what grounds.
func (w *Withholding) explained(lang locale.Lang, blocks document.Blocks) document.Blocks {
	lines := []string{locale.Text(lang, "minutes.paper.public", nil)}
	for i, reason := range w.numbers(lang) {
		lines = append(lines, "("+strconv.Itoa(i+1)+") "+reason)
	}
	at := 1 + slices.IndexFunc(blocks, func(b document.Block) bool { _, ok := b.(document.Dateline); return ok })
	return slices.Insert(slices.Clone(blocks), at, document.Block(document.Note{Keep: document.Keep{Together: true}, Text: document.Plain(strings.Join(lines, "\n"))}))
}
