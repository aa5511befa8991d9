package minutes

import (
	"strconv"
	"strings"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Document is the minutes as a paper, in a language. Drafts bear a mark. The
// marks for signatures, and the line that says how the paper is signed, stand
// only on what is to be signed: final minutes in Latvian. English has labels, votes
// and titles of standing items in English; what people wrote stays as it is.
func Document(lang locale.Lang, r Record, m Minutes) document.Document {
	w := paper{lang: lang, r: &r, m: &m, form: r.form()}
	for _, part := range w.form.Parts {
		w.part(part)
	}
	return document.Document{
		Lang: string(lang), Title: w.reference(), Author: w.either(r.Settings.Name, r.Settings.NameEN),
		Subject: w.say("subject"), Reference: w.reference(), Created: w.created(),
		Draft: w.draft(), DraftMark: w.say("draft"), Justified: w.form.Lines == form.Justified, Blocks: w.blocks,
	}
}

// paper writes the blocks of minutes.
type paper struct {
	lang   locale.Lang
	r      *Record
	m      *Minutes
	form   *form.Form
	blocks document.Blocks
}

func (w *paper) say(key string, args ...string) string {
	return w.form.Say(w.lang, key, problem.Pairs(args...))
}

// part writes a part of the minutes, as their form names it.
func (w *paper) part(name string) {
	switch name {
	case "heading":
		w.head()
	case "attendance":
		w.attendance()
	case "opened":
		w.clock("starts", w.r.Session.OpenedAt)
	case "agenda":
		w.agenda()
	case "items":
		for i := range w.r.Agenda.Items {
			w.item(&w.r.Agenda.Items[i])
		}
	case "next":
		if next := w.r.Next; next.Date != "" {
			w.paragraph(w.say("next", "date", string(next.Date), "time", string(next.Starts)))
		}
	case "closed":
		w.clock("ends", w.r.Session.ClosedAt)
	case "annexes":
		w.annexes()
	case "signatures":
		for _, line := range w.form.Closing {
			w.paragraph(line.In(w.lang))
		}
		w.signatures()
	}
}

func (w *paper) either(lv, en string) string {
	if w.lang == locale.EN {
		return en
	}
	return lv
}

func (w *paper) add(b ...document.Block) { w.blocks = append(w.blocks, b...) }

func (w *paper) paragraph(s string) {
	w.add(document.Paragraph{Text: document.Plain(s)})
}

func (w *paper) draft() bool { return w.m.State == Draft }

// created is when the minutes were made final; a draft has the time of its
// session, so that the same draft is always drawn the same.
func (w *paper) created() time.Time {
	if !w.m.Finalised.IsZero() {
		return w.m.Finalised
	}
	return w.r.Session.Date.At(w.r.Session.Starts).UTC()
}

// reference names the paper, by its number once it has one.
func (w *paper) reference() string {
	key := "title"
	if w.draft() {
		key = "draft-title"
	}
	return w.say(key, "date", string(w.r.Session.Date), "number", strconv.Itoa(w.m.Number),
		"council", w.either(w.r.Settings.ShortOf, w.r.Settings.ShortEN))
}

func (w *paper) head() {
	s, set := w.r.Session, w.r.Settings
	kind := "." + string(s.Kind)
	number := ""
	if w.m.Number > 0 {
		number = w.say("number", "number", strconv.Itoa(w.m.Number))
	}
	w.add(
		document.Masthead{
			Author: strings.ToUpper(w.say("author"+kind, "name", w.either(set.NameOf, set.NameEN))),
			Name:   strings.ToUpper(w.say("name" + kind)),
		},
		document.Dateline{Place: w.either(set.Place, set.PlaceEN), Number: number, Date: w.say("date", "date", string(s.Date))},
	)
}

// clock writes when the session began or ended, once that is recorded.
func (w *paper) clock(key string, at council.Clock) {
	if at != "" {
		w.paragraph(w.say(key, "time", string(at)))
	}
}

func (w *paper) agenda() {
	l := document.List{Ordered: true}
	for i := range w.r.Agenda.Items {
		it := &w.r.Agenda.Items[i]
		l.Items = append(l.Items, document.Item{Label: strconv.Itoa(it.Number) + ".", Text: document.Plain(it.TitleIn(w.lang))})
	}
	w.add(document.Heading{Level: 1, Text: w.say("agenda")}, l)
}

func (w *paper) item(it *agenda.Item) {
	w.add(document.Heading{Level: 1, Label: strconv.Itoa(it.Number) + ".", Text: it.TitleIn(w.lang)})
	if note := agenda.PlanNote(w.lang, &it.Matter); note != "" {
		w.add(document.Note{Keep: document.Keep{WithNext: true}, Text: document.Plain(note)})
	}
	if x, ok := w.r.added(it.ID); ok {
		w.add(document.Note{Keep: document.Keep{WithNext: true}, Text: document.Plain(x.Note(w.lang, w.r.Past))})
	}
	if p := w.m.Part(it.ID); p != nil {
		w.text(Lines(p.Text()))
	}
}

// text writes an item's lines: labels in the paper's language and tense,
// clauses as a list that stays with „Nolemj:”.
func (w *paper) text(lines []Line) {
	for len(lines) > 0 {
		l := lines[0]
		if l.Kind == ClauseLine {
			n := clauseLines(lines)
			w.add(clauseList(lines[:n]))
			lines = lines[n:]
			continue
		}
		lines = lines[1:]
		next := len(lines) > 0 && (lines[0].Kind == ClauseLine || lines[0].Kind == ParagraphLine && !lines[0].Apart)
		w.add(document.Paragraph{Keep: w.keep(l, lines, next), Text: w.words(l)})
	}
}

// keep holds a label to what it introduces, and a vote to the decision.
func (w *paper) keep(l Line, rest []Line, follows bool) document.Keep {
	votes := l.Kind == VoteLine && len(rest) > 0 && rest[0].Kind == DecidesLine
	introduces := follows && l.Kind != ParagraphLine
	return document.Keep{WithNext: votes || introduces}
}

// words are a line with its label.
func (w *paper) words(l Line) document.Text {
	switch l.Kind {
	case ParagraphLine:
		return document.Plain(l.Text)
	case NotedLine:
		return document.Plain(said(w.lang, w.r.Past, "minutes.line.noted") + ".")
	}
	label := document.Span{Text: said(w.lang, w.r.Past, "minutes.line."+string(l.Kind)) + ":", Bold: true}
	rest := l.Text
	if v, ok := readVote(rest); ok && l.Kind == VoteLine {
		rest = v.text(w.lang, w.r.Past)
	}
	if rest == "" {
		return document.Text{label}
	}
	return document.Text{label, {Text: " " + rest}}
}

// clauseLines counts the lines of a list of clauses: a paragraph right below a
// clause belongs to it, one after an empty line does not.
func clauseLines(lines []Line) int {
	n := 1
	for n < len(lines) && (lines[n].Kind == ClauseLine || lines[n].Kind == ParagraphLine && !lines[n].Apart) {
		n++
	}
	return n
}

// clauseList makes a list of clauses; points below a clause (1.2.1.) go below
// it.
func clauseList(lines []Line) document.List {
	l := document.List{Ordered: true}
	var last *document.Item
	for _, line := range lines {
		if line.Kind == ParagraphLine {
			last.Text = document.Plain(last.Text.String() + "\n" + line.Text)
			continue
		}
		into := &l.Items
		if n := len(l.Items); n > 0 && strings.HasPrefix(line.Number, l.Items[n-1].Label) {
			into = &l.Items[n-1].Items
		}
		*into = append(*into, document.Item{Label: line.Number, Text: document.Plain(line.Text)})
		last = &(*into)[len(*into)-1]
	}
	return l
}

func (w *paper) annexes() {
	if len(w.m.Annexes) == 0 {
		return
	}
	w.add(document.Paragraph{Keep: document.Keep{WithNext: true}, Text: document.Plain(w.say("annexes"))})
	l := document.List{Ordered: true}
	for i, a := range w.m.Annexes {
		l.Items = append(l.Items, document.Item{Label: strconv.Itoa(i+1) + ".", Text: document.Plain(w.annex(a))})
	}
	w.add(l)
}

// annex is an annex with its number of pages, once they are counted.
func (w *paper) annex(a Annex) string {
	if a.Pages == 0 {
		return a.Title
	}
	return w.say("annex", "title", a.Title, "n", strconv.Itoa(a.Pages))
}

// signatures writes who signs. What is not to be signed, a draft or another
// language than the council's own, has no places for signatures.
func (w *paper) signatures() {
	b := document.Signatures{}
	signers, mark := w.m.Signers, ""
	if w.draft() {
		signers = RequiredSigners(*w.r)
	} else {
		mark, b.Footnote = w.signed(w.m.Signing)
	}
	for _, s := range signers {
		b.Signers = append(b.Signers, document.Signer{Role: w.either(s.Title, s.TitleEN), Mark: mark, Name: s.Name})
	}
	if b.Signers != nil {
		w.add(b)
	}
}

// signed is the mark in the place of a signature, and the line that says how the
// paper is signed. Another language than the council's own is a translation, and
// says so.
func (w *paper) signed(how council.Signing) (mark, footnote string) {
	switch {
	case w.lang != locale.LV:
		w.add(document.Note{Keep: document.Keep{WithNext: true}, Text: document.Plain(w.say("translation"))})
		return "", ""
	case how == council.SignedElectronically:
		return w.say("mark"), w.say("footnote")
	}
	return w.say("mark.here"), w.say("footnote.here")
}
