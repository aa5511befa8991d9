package akoma

import (
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/document"
	"padome/internal/locale"
)

// Agenda writes an agenda as a doc. d is the document that other formats are
// made from, in the language; c and print are what it was made of. The same
// input gives the same bytes. It fails with the faults of the document.
func Agenda(lang locale.Lang, d document.Document, c agenda.Content, print agenda.Print) ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	p := paper{lang: lang, kind: "doc", name: strings.ToLower(text(lang, "agenda.paper.name")), date: string(c.Session.Date)}
	p.hooks = hooks{paragraph: besideItems, value: func(*paper, string) (string, string) { return "", "" }}
	k := work{kind: p.kind, subtype: "darba-kartiba", title: d.Title, council: print.Settings, session: c.Session, version: c.Version, of: d.Created}
	identity := p.identity(k)
	p.write(d.Blocks)
	var rest markup
	rest.raw(p.lifecycle(k))
	p.references(&rest)
	rest.raw(planned(c))
	return p.xml(identity, rest.String()), nil
}

// besideItems writes what an agenda has between its items: breaks, names of
// sections, the total. Items have no paragraphs of their own.
func besideItems(p *paper, b document.Paragraph, _ document.Block) int {
	if strings.HasPrefix(p.within(), "item_") {
		p.closeTo(0)
	}
	p.paragraph(&p.body, "p", b.Text)
	return 1
}

// planned are the items as data, which Akoma Ntoso has no elements for.
func planned(c agenda.Content) string {
	if len(c.Items) == 0 {
		return ""
	}
	var b markup
	for i, slot := range agenda.Times(c.Session.Starts, c.Items) {
		it := &c.Items[i]
		b.leaf("r:item", "item", "#"+itemID(strconv.Itoa(it.Number)), "kind", string(it.Kind), "starts", string(slot.Starts),
			"ends", string(slot.Ends), "tasks", taskLabels(it.Tasks))
	}
	return own(b.String())
}
