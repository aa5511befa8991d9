package akoma

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/minutes"
)

// Minutes writes minutes as a debateReport. d is the document that other formats
// are made from, in the language; r and m are where it comes from. The same
// input gives the same bytes. It fails with the faults of the document.
func Minutes(lang locale.Lang, d document.Document, r minutes.Record, m minutes.Minutes) ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	w := ofMinutes{paper: paper{lang: lang, kind: "debateReport", name: text(lang, "minutes.paper.name.regular")}, r: &r, m: &m, how: r.Dealt()}
	w.hooks = hooks{paragraph: w.paragraph, value: w.value}
	k := w.work(d)
	w.date = string(k.session.Date)
	identity := w.identity(k)
	body, end := w.cut(d.Blocks)
	w.write(body)
	w.end(end)
	w.annexes(k.address())
	var rest markup
	rest.raw(w.lifecycle(k))
	rest.raw(w.workflow(w.steps()))
	rest.raw(w.analysis())
	own := w.decisions()
	w.references(&rest, w.sources(k)...)
	rest.raw(own)
	return w.xml(identity, rest.String()), nil
}

// ofMinutes are minutes on their way to XML.
type ofMinutes struct {
	paper
	r   *minutes.Record
	m   *minutes.Minutes
	how []minutes.Dealt // with the items
}

func (w *ofMinutes) work(d document.Document) work {
	k := work{kind: w.kind, subtype: "protokols", title: d.Title, council: w.r.Settings, session: w.r.Session, of: d.Created}
	if w.m.Number > 0 {
		k.number = strconv.Itoa(w.m.Number)
	}
	return k
}

// person refers to somebody by the name the paper has.
func (w *ofMinutes) person(name string) string {
	for _, r := range w.refs {
		if r.element == "TLCPerson" && r.shown == name {
			return "#" + r.id
		}
	}
	n := 1
	for _, r := range w.refs {
		if r.element == "TLCPerson" {
			n++
		}
	}
	return w.refer("TLCPerson", "person_"+strconv.Itoa(n), "person/lv", name)
}

// value marks who somebody in the attendance is, and in what right they are there.
func (w *ofMinutes) value(_ *paper, s string) (before, after string) {
	for _, e := range w.r.Attendance.Entries {
		rest, ok := strings.CutPrefix(s, e.Name)
		if !ok || rest != "" && !strings.HasPrefix(rest, " (") {
			continue
		}
		id := string(e.Capacity)
		if e.Capacity == minutes.Voting && e.Side != "" {
			id += "-" + string(e.Side)
		}
		var b markup
		b.inline("person", "refersTo", w.person(e.Name), "as", w.role(id, w.say("akoma.role."+id)))
		return b.String(), "</person>"
	}
	return "", ""
}

// paragraph writes a line of an item's text for what it is.
func (w *ofMinutes) paragraph(p *paper, b document.Paragraph, next document.Block) int {
	if b.Text.String() == w.clock("starts", string(w.r.Session.OpenedAt)) {
		w.recorded(&p.body, "startEvent", w.r.Session.OpenedAt, b.Text)
		return 1
	}
	in := p.within()
	lines := minutes.Lines(b.Text.String())
	if !strings.HasPrefix(in, "item_") || len(lines) == 0 {
		return 0
	}
	l := lines[0]
	switch l.Kind {
	case minutes.DecidesLine:
		if list, ok := next.(document.List); ok {
			w.resolutions(in, b.Text, list)
			return 2
		}
		return 0
	case minutes.VoteLine:
		attrs := []string{"class", string(l.Kind)}
		if vote := w.dealt(in).Treatment.Vote; vote != nil {
			attrs = append(attrs, "refersTo", "#"+in+"__voting")
		}
		p.paragraph(&p.body, "p", b.Text, attrs...)
	case minutes.PostponedLine, minutes.WithdrawnLine, minutes.NotedLine:
		p.body.inline("p", "class", string(l.Kind))
		p.body.span("outcome", b.Text, "refersTo", p.concept(string(l.Kind)))
		p.body.end("p")
	case minutes.ParagraphLine, minutes.ClauseLine:
		return 0
	default:
		p.paragraph(&p.body, "p", b.Text, "class", string(l.Kind))
	}
	return 1
}

// resolutions are what the council decided on an item, clause by clause.
func (w *ofMinutes) resolutions(item string, introduction document.Text, list document.List) {
	w.body.start("resolutions", "eId", item+"__resolutions")
	w.list(&w.body, item+"__decision", introduction, list)
	w.body.end("resolutions")
}

// clock is the sentence of the paper that says when the session began or ended.
func (w *ofMinutes) clock(key, at string) string {
	if w.r.Past {
		key += ".past"
	}
	if at == "" {
		return ""
	}
	return text(w.lang, "minutes.paper."+key, "time", at)
}

// recorded writes the sentence with the moment it speaks of.
func (w *ofMinutes) recorded(to *markup, kind string, at council.Clock, t document.Text) {
	to.inline("p")
	to.span("recordedTime", t, "type", kind, "time", w.r.Session.Date.At(at).Format(time.RFC3339))
	to.end("p")
}

// dealt is how the session dealt with the item of an eId.
func (w *ofMinutes) dealt(id string) minutes.Dealt {
	if i := slices.IndexFunc(w.how, func(d minutes.Dealt) bool { return itemID(strconv.Itoa(d.Item.Number)) == id }); i >= 0 {
		return w.how[i]
	}
	return minutes.Dealt{}
}

// cut parts the blocks before what follows the last item: the next session, the
// close, the annexes, notes and signatures, of which a paper may lack any.
func (w *ofMinutes) cut(blocks document.Blocks) (body, end document.Blocks) {
	n := len(blocks)
	back := func(is func(document.Block) bool) {
		if n > 0 && is(blocks[n-1]) {
			n--
		}
	}
	paragraph := func(says func(string) bool) func(document.Block) bool {
		return func(b document.Block) bool {
			p, ok := b.(document.Paragraph)
			return ok && says(p.Text.String())
		}
	}
	back(func(b document.Block) bool { _, ok := b.(document.Signatures); return ok })
	back(func(b document.Block) bool { _, ok := b.(document.Note); return ok })
	if n > 1 {
		_, list := blocks[n-1].(document.List)
		if list && paragraph(func(s string) bool { return s == text(w.lang, "minutes.paper.annexes") })(blocks[n-2]) {
			n -= 2
		}
	}
	back(paragraph(func(s string) bool { return s == w.clock("ends", string(w.r.Session.ClosedAt)) }))
	upcoming, _, _ := strings.Cut(text(w.lang, "minutes.paper.next", "date", "2000-01-01", "time", "00:00"), ":")
	back(paragraph(func(s string) bool { return strings.HasPrefix(s, upcoming+":") }))
	return blocks[:n], blocks[n:]
}

// end writes what follows the last item.
func (w *ofMinutes) end(blocks document.Blocks) {
	var close, annexes markup
	for _, b := range blocks {
		switch b := b.(type) {
		case document.Paragraph:
			switch b.Text.String() {
			case w.clock("ends", string(w.r.Session.ClosedAt)):
				w.recorded(&close, "endEvent", w.r.Session.ClosedAt, b.Text)
			case text(w.lang, "minutes.paper.annexes"):
				w.paper.paragraph(&annexes, "p", b.Text)
			default:
				w.paper.paragraph(&close, "p", b.Text)
			}
		case document.List:
			w.list(&annexes, "annexes__list", nil, b)
		case document.Note:
			w.paper.paragraph(&annexes, "p", b.Text, "class", "note")
		case document.Signatures:
			w.signatures(&annexes, b)
		}
	}
	if close.Len() > 0 {
		w.body.start("adjournment", "eId", "adjournment")
		w.body.raw(close.String())
		w.body.end("adjournment")
	}
	w.conclusion.raw(annexes.String())
}

// signatures are who signs, by role and name.
func (w *ofMinutes) signatures(to *markup, b document.Signatures) {
	for _, s := range b.Signers {
		to.inline("p", "class", "signature")
		as := w.role(slug(s.Role), s.Role)
		to.span("role", document.Plain(s.Role), "refersTo", as)
		to.say(strings.TrimRight(" "+s.Mark, " ") + " ")
		to.span("person", document.Plain(s.Name), "refersTo", w.signer(s.Name), "as", as)
		to.end("p")
	}
	if b.Footnote != "" {
		to.line("p", b.Footnote, "class", "footnote")
	}
}

// signer refers to somebody who signs: as somebody of the attendance, whom the
// paper names with position and name, where it is one of them.
func (w *ofMinutes) signer(name string) string {
	i := slices.IndexFunc(w.m.Signers, func(s minutes.Signer) bool { return s.Name == name })
	if i >= 0 {
		for _, e := range w.r.Attendance.Entries {
			if e.Person != "" && e.Person == w.m.Signers[i].Person {
				name = cmp.Or(e.Name, name)
			}
		}
	}
	return w.person(name)
}
