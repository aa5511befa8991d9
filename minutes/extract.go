package minutes

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Extract is which item an extract (izraksts) of minutes is of, and who certifies
// that it is right; nobody for one that is not certified.
type Extract struct {
	Item      string
	Certifier *Signer
	On        council.Date // the day on which it is certified
	Form      form.Form    // of extracts; the usual one where it is of nothing
}

// MayCertify reports whether the actor may certify extracts: the secretariat.
func MayCertify(a council.Actor) bool { return a.Holds(council.Secretariat) && a.Person != "" }

// Certifier is the actor as the one who certifies an extract; nil for
// those who may not.
func (r *Record) Certifier(a council.Actor) *Signer {
	p, ok := r.Roster.Person(a.Person)
	if !ok || !MayCertify(a) {
		return nil
	}
	return &Signer{Person: p.ID, Name: p.Short(), Title: cmp.Or(p.Position, locale.Text(locale.LV, "minutes.paper.extract.secretariat", nil)),
		TitleEN: cmp.Or(p.Position, locale.Text(locale.EN, "minutes.paper.extract.secretariat", nil)), As: council.Secretariat}
}

// ExtractDocument is the extract of one item of signed minutes as a paper: the
// data of the session, the item as the minutes have it, the annexes that are its
// documents, who signed the minutes, and the line of who certifies it. It fails on
// minutes that are not signed, since only those can be extracted from, and on an
// item that they do not have.
func ExtractDocument(lang locale.Lang, r Record, m Minutes, x Extract) (document.Document, error) {
	if !m.Public() {
		return document.Document{}, problem.New(problem.State, "problem.minutes.extract.unsigned", "date", string(r.Session.Date))
	}
	i := slices.IndexFunc(r.Agenda.Items, func(it agenda.Item) bool { return it.ID == x.Item })
	if i < 0 || m.Part(x.Item) == nil {
		return document.Document{}, problem.New(problem.NotFound, "problem.minutes.part", "value", x.Item)
	}
	w := extracting{paper{lang: lang, r: &r, m: &m, form: x.form(r.form())}, x, &r.Agenda.Items[i]}
	for _, part := range w.form.Parts {
		w.part(part)
	}
	set := r.Settings
	title := w.say("extract.title", "date", string(r.Session.Date), "number", strconv.Itoa(m.Number), "item", strconv.Itoa(w.it.Number),
		"council", w.either(set.ShortOf, set.ShortEN))
	return document.Document{Lang: string(lang), Title: title, Author: w.either(set.Name, set.NameEN), Subject: w.say("extract.subject"),
		Reference: title, Created: w.created(), Justified: w.form.Lines == form.Justified, Blocks: w.blocks}, nil
}

// form is the form that an extract is written in: its own, in the tense of the
// minutes, and in their words where it has none of its own.
func (x *Extract) form(minutes *form.Form) *form.Form {
	f := x.Form
	if f.Of == "" {
		f = form.Usual(form.Extract)
	}
	f.Tense = minutes.Tense
	texts := map[string]form.Words{}
	for _, name := range form.Names(form.Extract) {
		if w, ok := minutes.Texts[name]; ok {
			texts[name] = w
		}
	}
	maps.Copy(texts, f.Texts)
	f.Texts = texts
	return &f
}

// extracting writes the blocks of an extract.
type extracting struct {
	paper
	x  Extract
	it *agenda.Item
}

// part writes a part of the extract, as its form names it.
func (w *extracting) part(name string) {
	switch name {
	case "heading":
		set := w.r.Settings
		w.add(
			document.Masthead{Author: strings.ToUpper(w.either(set.Name, set.NameEN)), Name: strings.ToUpper(w.say("extract"))},
			document.Dateline{Place: w.either(set.Place, set.PlaceEN), Number: w.say("number", "number", strconv.Itoa(w.m.Number)), Date: w.say("date", "date", string(w.r.Session.Date))},
		)
	case "session":
		w.session()
	case "item":
		w.item(w.it)
	case "annexes":
		w.annexesOf(w.it)
	case "signatures":
		for _, line := range w.form.Closing {
			w.paragraph(line.In(w.lang))
		}
		w.signed()
	case "certified":
		w.certified()
	}
}

// session says of which session the minutes are.
func (w *extracting) session() {
	s := w.r.Session
	w.add(document.Fields{Rows: []document.Field{
		w.row("session", w.say("held", "kind", string(s.Kind), "mode", string(s.Mode), "place", s.Place)),
		w.row("presides", w.leader(s.Presiding)),
		w.row("quorum", w.presence(w.r.voters(), w.it.Number)),
		w.row("takes-minutes", w.leader(s.MinuteTaker)),
		w.row("extract.time", w.say("extract.time.value", "opened", string(s.OpenedAt), "closed", string(s.ClosedAt))),
	}})
}

// annexesOf lists those annexes that are documents of an item, by their numbers
// in the minutes.
func (w *paper) annexesOf(it *agenda.Item) {
	l := document.List{}
	for i, a := range w.m.Annexes {
		if a.SHA256 != "" && slices.ContainsFunc(it.Documents, func(d agenda.Attachment) bool { return d.SHA256 == a.SHA256 }) {
			l.Items = append(l.Items, document.Item{Label: strconv.Itoa(i+1) + ".", Text: document.Plain(w.annex(a))})
		}
	}
	if l.Items != nil {
		w.add(document.Paragraph{Keep: document.Keep{WithNext: true}, Text: document.Plain(w.say("annexes"))}, l)
	}
}

// signed writes who signed the minutes, outside or in the program.
func (w *extracting) signed() {
	mark := w.say("extract.mark.here")
	if w.m.Signing == council.SignedElectronically {
		mark = w.say("extract.mark")
	}
	signed := document.Signatures{}
	for _, s := range w.m.Signers {
		signed.Signers = append(signed.Signers, document.Signer{Role: w.either(s.Title, s.TitleEN), Mark: mark, Name: s.Name})
	}
	w.add(signed)
}

// certified writes who certifies the extract, or that nobody does.
func (w *extracting) certified() {
	who := w.x.Certifier
	if who == nil {
		w.add(document.Note{Text: document.Plain(w.say("extract.uncertified"))})
		return
	}
	w.add(
		document.Paragraph{Keep: document.Keep{WithNext: true}, Text: document.Text{{Text: w.say("extract.right"), Bold: true}}},
		document.Signatures{Signers: []document.Signer{{Role: w.either(who.Title, who.TitleEN), Name: who.Name}},
			Footnote: w.say("extract.certified", "date", string(w.x.On), "place", w.either(w.r.Settings.Place, w.r.Settings.PlaceEN))},
	)
}

// Extract is ExtractDocument without what must not be published.
func (w *Withholding) Extract(lang locale.Lang, r Record, m Minutes, x Extract) (document.Document, error) {
	var failed error
	d := w.built(lang, r, m, func(r Record, m Minutes) (d document.Document) {
		d, failed = ExtractDocument(lang, r, m, x)
		return d
	})
	return d, failed
}
