package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// Print says how a document shows an agenda.
type Print struct {
	Settings  council.Settings
	Presiding string    // who presides, role before name; empty: not named
	Observers *Deadline // until when observers sign up (P17); nil where nothing says
	Approved  bool      // by both leads; else every page bears the draft mark
	Created   time.Time // when the version was submitted or the draft built
	Form      form.Form // the usual one where it is of nothing
	Reasons   bool      // with the appendix: why each item is here, what was left out and why
}

// Document is the agenda as a paper, in a language. Titles of standing items,
// labels and reasons follow the language; what people entered stays as it is.
func Document(lang locale.Lang, c Content, p Print) document.Document {
	w := paper{lang: lang, c: &c, p: &p}
	if p.Form.Of == "" {
		p.Form = form.Usual(form.Agenda)
	}
	for _, part := range p.Form.Parts {
		w.part(part)
	}
	if p.Reasons {
		w.reasons()
	}
	return document.Document{
		Lang: string(lang), Title: w.named("title"),
		Author: byLang(lang, p.Settings.Name, p.Settings.NameEN), Subject: w.say("subject"), Reference: w.reference(),
		Created: p.Created, Draft: !p.Approved, DraftMark: w.say("draft"), Justified: p.Form.Lines == form.Justified, Blocks: w.blocks,
	}
}

// TaskLabel is how papers refer to tasks of the plan: „plāna 8. pasākums,
// uzdevums 8.2.”; empty for none.
func TaskLabel(lang locale.Lang, tasks []plan.Ref) string {
	tasks = slices.SortedFunc(slices.Values(tasks), compareRefs)
	var groups []string
	for len(tasks) > 0 {
		n := 1
		for n < len(tasks) && tasks[n].Measure == tasks[0].Measure {
			n++
		}
		labels := make([]string, n)
		for i, r := range tasks[:n] {
			labels[i] = r.Label()
			if lang == locale.EN {
				labels[i] = strings.TrimSuffix(labels[i], ".")
			}
		}
		groups = append(groups, locale.Text(lang, "agenda.paper.measure", problem.Pairs(
			"measure", strconv.Itoa(tasks[0].Measure), "n", strconv.Itoa(n), "tasks", strings.Join(labels, ", "))))
		tasks = tasks[n:]
	}
	if groups == nil {
		return ""
	}
	return locale.Text(lang, "agenda.paper.tasks", problem.Pairs("groups", strings.Join(groups, "; ")))
}

// PlanNote is what papers print below an item's title: its tasks, or why it is
// outside the plan; empty where neither is said.
func PlanNote(lang locale.Lang, m *Matter) string {
	switch {
	case m.OnPlan():
		return "[" + TaskLabel(lang, m.Tasks) + "]"
	case m.OutsidePlan != "":
		return "[" + locale.Text(lang, "agenda.paper.outside", problem.Pairs("reason", m.OutsidePlan)) + "]"
	}
	return ""
}

// paper writes the blocks of an agenda.
type paper struct {
	lang   locale.Lang
	c      *Content
	p      *Print
	blocks document.Blocks
}

func (w *paper) say(key string, args ...string) string {
	return w.p.Form.Say(w.lang, key, problem.Pairs(args...))
}

// part writes a part of the agenda, as its form names it.
func (w *paper) part(name string) {
	switch name {
	case "heading":
		w.head()
	case "items":
		for i, slot := range Times(w.c.Session.Starts, w.c.Items) {
			w.item(&w.c.Items[i], slot)
		}
	case "total":
		w.total()
	}
}

func (w *paper) add(b ...document.Block) { w.blocks = append(w.blocks, b...) }

func byLang(lang locale.Lang, lv, en string) string {
	if lang == locale.EN {
		return en
	}
	return lv
}

// reference names the paper on a loose page; a version that was submitted says
// which one it is.
func (w *paper) reference() string {
	if w.c.Version == 0 {
		return w.named("title")
	}
	return w.named("reference")
}

func (w *paper) named(key string) string {
	return w.say(key, "date", string(w.c.Session.Date), "version", strconv.Itoa(w.c.Version),
		"council", byLang(w.lang, w.p.Settings.ShortOf, w.p.Settings.ShortEN))
}

func (w *paper) head() {
	s, set := w.c.Session, w.p.Settings
	session := w.say("session", "kind", string(s.Kind), "date", string(s.Date))
	author, name := set.NameOf+" "+session, w.say("name")
	if w.lang == locale.EN {
		author, name = set.NameEN, w.say("name")+" "+session
	}
	rows := []document.Field{
		w.row("when", w.say("when.value", "date", string(s.Date), "starts", string(s.Starts), "ends", string(s.Ends))),
		w.row("place", s.Place),
		w.row("mode", locale.Text(w.lang, "session.mode."+string(s.Mode), nil)),
	}
	if w.p.Presiding != "" {
		rows = append(rows, w.row("presiding", w.p.Presiding))
	}
	if d := w.p.Observers; d != nil {
		rows = append(rows, w.row("observers", w.say("observers.value", "date", string(d.Date), "time", string(d.Clock))))
	}
	w.add(
		document.Masthead{Author: strings.ToUpper(author), Name: strings.ToUpper(name)},
		document.Fields{Rows: rows},
	)
}

func (w *paper) row(label string, values ...string) document.Field {
	return document.Field{Label: w.say(label), Values: document.Texts(values...)}
}

// item writes one item, with what stands above it: a section's heading, a break.
func (w *paper) item(it *Item, slot Slot) {
	if it.Break > 0 {
		w.add(document.Paragraph{Text: document.Plain(w.say("break", "n", strconv.Itoa(it.Break)))})
	}
	if it.Section != "" {
		w.add(document.Paragraph{Keep: document.Keep{WithNext: true}, Text: document.Text{{Text: strings.ToUpper(it.Section), Bold: true}}})
	}
	w.add(document.Heading{Level: 1, Label: strconv.Itoa(it.Number) + ".", Text: it.TitleIn(w.lang)})
	if note := PlanNote(w.lang, &it.Matter); note != "" {
		w.add(document.Note{Keep: document.Keep{WithNext: true}, Text: document.Plain(note)})
	}
	rows := []document.Field{w.row("time", w.say("time.value",
		"starts", string(slot.Starts), "ends", string(slot.Ends), "n", strconv.Itoa(it.Minutes)))}
	if it.InitiatedBy != "" {
		rows = append(rows, w.row("initiated", it.InitiatedBy))
	}
	if len(it.Presenters) > 0 {
		rows = append(rows, w.row("presenters", it.Presenters...))
	}
	if len(it.Invited) > 0 {
		rows = append(rows, w.row("invited", it.Invited...))
	}
	if len(it.Documents) > 0 {
		names := make([]string, len(it.Documents))
		for i, d := range it.Documents {
			names[i] = d.Name
		}
		rows = append(rows, w.row("documents", names...))
	}
	w.add(document.Fields{Keep: document.Keep{Together: true}, Rows: rows})
	if len(it.Details) > 0 {
		l := document.List{}
		for _, d := range it.Details {
			l.Items = append(l.Items, document.Item{Label: "–", Text: document.Plain(d.Reason.Text(w.lang))})
		}
		w.add(l)
	}
}

func (w *paper) total() {
	sum := sumOf(w.c.Session.Starts, w.c.Items)
	w.add(document.Paragraph{Text: document.Plain(w.say("total", "n", strconv.Itoa(sum)))})
}

// reasons writes the appendix.
func (w *paper) reasons() {
	w.add(
		document.Heading{Level: 1, Text: w.say("appendix")},
		document.Paragraph{Text: document.Plain(w.say("built",
			"principles", strconv.Itoa(w.c.Principles), "plan", strconv.Itoa(w.c.Plan)))},
	)
	on := document.Table{Columns: []document.Column{w.column("number", 1), w.column("item", 4), w.column("why-on", 8)}}
	for i := range w.c.Items {
		it := &w.c.Items[i]
		on.Rows = append(on.Rows, document.Texts(strconv.Itoa(it.Number)+".", it.TitleIn(w.lang), w.sentences(it.Reasons)))
	}
	w.add(on, document.Heading{Level: 2, Text: w.say("left-out")})
	if len(w.c.LeftOut) == 0 {
		w.add(document.Paragraph{Text: document.Plain(w.say("left-out.none"))})
	} else {
		out := document.Table{Columns: []document.Column{w.column("item", 4), w.column("why-out", 9)}}
		for i := range w.c.LeftOut {
			o := &w.c.LeftOut[i]
			out.Rows = append(out.Rows, document.Texts(o.TitleIn(w.lang), w.sentences(o.Reasons)))
		}
		w.add(out)
	}
	w.unmet()
}

// unmet lists the rules that the agenda does not keep and the changes by hand,
// with the reasons that were kept for them.
func (w *paper) unmet() {
	t := document.Table{Columns: []document.Column{w.column("rule", 2), w.column("unmet", 6), w.column("override", 6)}}
	for _, b := range w.c.Unmet {
		t.Rows = append(t.Rows, document.Texts(b.Reason.Rule, b.Reason.Text(w.lang), w.override(b)))
	}
	for _, o := range w.c.Overrides {
		if o.Rule == "" {
			t.Rows = append(t.Rows, document.Texts("–", w.say("by-hand"), w.given(o)))
		}
	}
	if t.Rows != nil {
		w.add(document.Heading{Level: 2, Text: w.say("unmet.heading")}, t)
	}
}

func (w *paper) override(b Breach) string {
	for _, o := range w.c.Overrides {
		if o.Rule == b.Reason.Rule && o.Item == b.Item {
			return w.given(o)
		}
	}
	return "–"
}

func (w *paper) given(o Override) string {
	return o.Reason + " (" + o.Name + ", " + locale.Date(w.lang, string(council.DateOf(o.At)), locale.Short) + ")"
}

func (w *paper) sentences(reasons []Reason) string {
	said := make([]string, len(reasons))
	for i, r := range reasons {
		said[i] = r.Text(w.lang)
	}
	return cmp.Or(strings.Join(said, "\n"), "–")
}

func (w *paper) column(key string, width float64) document.Column {
	return document.Column{Head: w.say("column." + key), Width: width}
}
