package evaluation

import (
	"cmp"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Document is the yearly evaluation as a paper, in a language. What people
// entered stays as it is.
func Document(lang locale.Lang, s council.Settings, y Year, e Evaluation) document.Document {
	w := &paper{lang: lang, s: &s, y: &y, e: &e}
	w.head()
	w.sittings()
	for i := range y.Coverage.Measures {
		w.measure(&y.Coverage.Measures[i])
	}
	w.never()
	w.balance()
	w.overridden()
	w.end()
	d := document.Document{Lang: string(lang), Title: w.say("title"), Author: w.either(s.Name, s.NameEN), Subject: w.say("subject"),
		Reference: w.say("title"), Created: w.day().At("12:00"), Blocks: w.blocks}
	if e.State != Adopted {
		d.Draft, d.DraftMark = true, w.say("draft")
	}
	return d
}

// paper writes the blocks of one evaluation.
type paper struct {
	lang   locale.Lang
	s      *council.Settings
	y      *Year
	e      *Evaluation
	blocks document.Blocks
}

// day is the day of the paper: of its adoption, before that of its data.
func (w *paper) day() council.Date { return cmp.Or(w.e.Adopted, w.y.Coverage.On) }

func (w *paper) say(key string, args ...string) string {
	args = append(args, "year", strconv.Itoa(w.y.Year), "councilOf", w.either(w.s.ShortOf, w.s.ShortEN))
	return locale.Text(w.lang, "evaluation."+key, problem.Pairs(args...))
}

func (w *paper) either(lv, en string) string {
	if w.lang == locale.EN {
		return en
	}
	return lv
}

func (w *paper) add(b ...document.Block) { w.blocks = append(w.blocks, b...) }

func (w *paper) text(key string, args ...string) {
	w.add(document.Paragraph{Text: document.Plain(w.say(key, args...))})
}

func (w *paper) heading(level int, label, s string) {
	w.add(document.Heading{Level: level, Label: label, Text: s})
}

func (w *paper) short(d council.Date) string {
	if d == "" {
		return "–"
	}
	return locale.Date(w.lang, string(d), locale.Short)
}

func (w *paper) columns(widths ...any) []document.Column {
	var cs []document.Column
	for i := 0; i < len(widths); i += 2 {
		cs = append(cs, document.Column{Head: w.say("column." + widths[i].(string)), Width: float64(widths[i+1].(int))})
	}
	return cs
}

// head writes the masthead and the year in figures.
func (w *paper) head() {
	date := locale.Date(w.lang, string(w.day()), locale.On)
	if w.lang == locale.EN {
		date = locale.Date(w.lang, string(w.day()), locale.Nominative)
	}
	measures, tasks, held := 0, 0, 0
	for _, m := range w.y.Coverage.Measures {
		if len(w.y.In(m.Cells)) > 0 {
			measures++
		}
		for _, t := range m.Tasks {
			tasks++
			if len(w.y.In(t.Cells)) > 0 {
				held++
			}
		}
	}
	c := w.y.Decisions
	row := func(key string, args ...string) document.Field {
		return document.Field{Label: w.say("figure." + key), Values: document.Texts(w.say("figure."+key+".value", args...))}
	}
	w.add(
		document.Masthead{Author: strings.ToUpper(w.either(w.s.Name, w.s.NameEN)), Name: strings.ToUpper(w.say("name"))},
		document.Dateline{Place: w.either(w.s.Place, w.s.PlaceEN), Date: date},
		document.Fields{Rows: []document.Field{
			row("sessions", "n", strconv.Itoa(len(w.y.Sittings))),
			row("measures", "n", strconv.Itoa(measures), "of", strconv.Itoa(len(w.y.Coverage.Measures))),
			row("tasks", "n", strconv.Itoa(held), "of", strconv.Itoa(tasks), "never", strconv.Itoa(len(w.y.Never()))),
			row("decisions", "n", strconv.Itoa(c.Taken), "follow", strconv.Itoa(c.Follow), "done", strconv.Itoa(c.Done),
				"partly", strconv.Itoa(c.Partly), "open", strconv.Itoa(c.Open), "overdue", strconv.Itoa(c.Overdue)),
		}},
		document.Note{Text: document.Plain(w.say("source", "on", string(w.y.Coverage.On), "plan", strconv.Itoa(w.y.Coverage.Plan)))},
	)
}

func (w *paper) sittings() {
	w.heading(1, "", w.say("sessions"))
	if len(w.y.Sittings) == 0 {
		w.text("sessions.none")
		return
	}
	t := document.Table{RowHeaders: true, Columns: w.columns("date", 3, "kind", 3, "items", 3, "decisions", 3, "minutes", 3)}
	for _, m := range w.y.Sittings {
		number := "–"
		if m.Minutes > 0 {
			number = w.say("minutes", "n", strconv.Itoa(m.Minutes))
		}
		t.Rows = append(t.Rows, document.Texts(w.short(m.Session.Date), w.say("kind."+string(m.Session.Kind)),
			strconv.Itoa(m.Items), strconv.Itoa(m.Decisions), number))
	}
	w.add(t)
}

// never lists the tasks that no session has discussed yet.
func (w *paper) never() {
	w.heading(1, "", w.say("never"))
	ts := w.y.Never()
	if len(ts) == 0 {
		w.text("never.none")
		return
	}
	l := document.List{}
	for _, t := range ts {
		l.Items = append(l.Items, document.Item{Label: t.Label, Text: document.Plain(t.Text)})
	}
	w.add(l)
}

// balance says how many items each side initiated, and its share (P12).
func (w *paper) balance() {
	w.heading(1, "", w.say("balance"))
	s := w.y.Sides
	state, ngo := s.Halves()
	if state+ngo == 0 {
		w.text("balance.none")
		return
	}
	t := document.Table{RowHeaders: true, Columns: w.columns("side", 4, "items", 2, "share", 2)}
	share := func(halves int) string { return strconv.Itoa((200*halves/(state+ngo)+1)/2) + w.either(" %", "%") }
	t.Rows = append(t.Rows,
		document.Texts(w.say("initiator.state"), strconv.Itoa(s.State), share(state)),
		document.Texts(w.say("initiator.ngo"), strconv.Itoa(s.NGO), share(ngo)),
		document.Texts(w.say("initiator.joint"), strconv.Itoa(s.Joint), "–"),
		document.Texts(w.say("initiator.nobody"), strconv.Itoa(s.Nobody), "–"))
	w.add(t, document.Note{Text: document.Plain(w.say("balance.note"))})
}

// overridden lists the rules of the principles that approved agendas went against.
func (w *paper) overridden() {
	w.heading(1, "", w.say("overridden"))
	if len(w.y.Overrides) == 0 {
		w.text("overridden.none")
		return
	}
	t := document.Table{Columns: w.columns("date", 2, "rule", 1, "reason", 8, "by", 3)}
	for _, o := range w.y.Overrides {
		t.Rows = append(t.Rows, document.Texts(w.short(o.Session.Date), o.Rule, o.Reason, o.Name))
	}
	w.add(t)
}

// end writes the conclusion on the whole and who adopted it.
func (w *paper) end() {
	w.heading(1, "", w.say("overall"))
	w.conclusion(w.e.Overall)
	if w.e.State == Adopted {
		w.text("adopted", "date", string(w.e.Adopted))
	}
}

func (w *paper) conclusion(s string) {
	if s == "" {
		w.add(document.Paragraph{Text: document.Text{{Text: w.say("conclusion.none"), Italic: true}}})
		return
	}
	for p := range strings.SplitSeq(s, "\n\n") {
		w.add(document.Paragraph{Text: document.Plain(p)})
	}
}
