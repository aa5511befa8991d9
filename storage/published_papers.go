package storage

import (
	"strconv"
	"strings"

	"padome/agenda"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
)

// addAgenda adds the items of the version that both leads approved last, with
// what the public agenda says of each.
func (p *published) addAgenda(r store.Reader) error {
	a, err := agendas.find(r, key{}.str(p.Session))
	if a == nil || err != nil {
		return err
	}
	v, ok := a.ApprovedVersion()
	if !ok {
		return nil
	}
	f, err := frozenAgendas.find(r, key{}.str(p.Session).num(uint64(v.Number)))
	if f == nil || err != nil {
		return err
	}
	c, err := agenda.ReadContent(f.Bytes, f.Digest)
	if err != nil {
		return err
	}
	for i := range c.Items {
		p.addItem(&c.Items[i])
	}
	return nil
}

func (p *published) addItem(it *agenda.Item) {
	said := append([]string{it.InitiatedBy}, it.Presenters...)
	for _, d := range it.Documents {
		said = append(said, d.Name)
	}
	p.add(PublishedEntry{Kind: PublishedItem, Ref: it.ID, Number: strconv.Itoa(it.Number) + ".",
		Title: it.TitleIn(locale.LV), TitleEN: it.TitleIn(locale.EN), Text: strings.TrimSpace(strings.Join(said, "\n"))})
}

// addMinutes adds the decisions of signed minutes as they were taken, and the
// text of what was said. Who was there is not among it.
func (p *published) addMinutes(r store.Reader) error {
	m, err := allMinutes.find(r, key{}.str(p.Session))
	if m == nil || err != nil || !m.Public() {
		return err
	}
	f, err := frozenContents.find(r, key{}.str(p.Session).str(m.Digest))
	if f == nil || err != nil {
		return err
	}
	c, err := minutes.ReadContent(f.Bytes, m.Digest)
	if err != nil {
		return err
	}
	w, err := withholding(r, p.Session)
	if err != nil {
		return err
	}
	if err := p.addDecisions(r, &w, c.Decisions); err != nil {
		return err
	}
	var texts []string
	for _, part := range w.Reduced(locale.LV, nil, *m).Parts {
		if part.Number > 0 {
			texts = append(texts, part.Text())
		}
	}
	args := problem.Pairs("number", strconv.Itoa(m.Number), "date", string(p.Date))
	p.add(PublishedEntry{Kind: PublishedMinutes, Title: locale.Text(locale.LV, "search.minutes", args),
		TitleEN: locale.Text(locale.EN, "search.minutes", args), Text: strings.Join(texts, "\n\n")})
	return nil
}

// addDecisions adds decisions as they were taken, but for those that must not be
// published.
func (p *published) addDecisions(r store.Reader, w *minutes.Withholding, all []minutes.Resolution) error {
	for _, x := range all {
		d, err := decisions.find(r, key{}.str(x.ID))
		if err != nil {
			return err
		}
		if d != nil && w.HidesDecision(*d) {
			continue
		}
		p.add(PublishedEntry{Kind: PublishedDecision, Ref: x.ID, Number: x.Number,
			Title: w.Text(locale.LV, x.Wording), Text: w.Text(locale.LV, x.Addressee)})
	}
	return nil
}
