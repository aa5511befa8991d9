package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/storage"
	"padome/templates"
)

// comparePage shows what one set has otherwise than another. Versions are for
// everybody; a proposed set, and past sessions rebuilt, for those who may discuss
// principles.
func (s *Server) comparePage(c *Call) error {
	all, err := s.Office.Principles(c.Ctx)
	if err != nil {
		return err
	}
	a, b := c.Query("a"), c.Query("b")
	p := templates.PrinciplesCompare{Crumbs: c.principlesCrumbs(), Form: c.NewForm(templates.PrinciplesCompareFields, 0, struct {
		A string `json:"a"`
		B string `json:"b"`
	}{a, b})}
	drafts, _, err := s.Office.PrinciplesDrafts(c.Ctx, c.Actor, storage.Page{Limit: 50})
	if err != nil {
		return err
	}
	for _, x := range all {
		p.Sets = append(p.Sets, templates.Choice{Value: strconv.Itoa(x.Version), Text: c.say("page.principles.version", "n", strconv.Itoa(x.Version)) + " – " + c.inLang(x.Title, x.TitleEN)})
	}
	for _, d := range drafts {
		if d.State == agenda.PrinciplesProposed {
			p.Sets = append(p.Sets, templates.Choice{Value: d.ID, Text: c.say("page.compare.draft", "title", c.inLang(d.Content.Title, d.Content.TitleEN))})
		}
	}
	if a == "" || b == "" {
		return c.Page(http.StatusOK, p)
	}
	if err := s.compared(c, all, &p); err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// compared fills in the comparison of the two sets that the address names.
func (s *Server) compared(c *Call, all []agenda.Principles, p *templates.PrinciplesCompare) error {
	a, b, err := c.twoSets()
	if err != nil {
		return err
	}
	for _, n := range []int{a.Version, b.Version} {
		if n > 0 && !slices.ContainsFunc(all, func(x agenda.Principles) bool { return x.Version == n }) {
			return missing("principles", strconv.Itoa(n))
		}
	}
	may, err := s.Office.MayDiscussPrinciples(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	var x agenda.PrinciplesComparison
	switch past := c.Query("past") != ""; {
	case a.Version > 0 && b.Version > 0 && !(past && may):
		x = agenda.NewComparison(all[a.Version-1], all[b.Version-1])
	case past:
		if x, err = s.Office.ComparePrinciples(c.Ctx, c.Actor, a, b, storage.Span{}); err != nil {
			return err
		}
		p.Past = c.pastCompared(x)
	default:
		if x, err = s.Office.PrinciplesChanges(c.Ctx, c.Actor, a, b); err != nil {
			return err
		}
	}
	p.A, p.B = x.A.TitleIn(c.Lang), x.B.TitleIn(c.Lang)
	for _, d := range x.Changes {
		p.Changes = append(p.Changes, c.change(d))
	}
	if may && p.Past == nil {
		p.PastHref = compareAt(c.Query("a"), c.Query("b")) + "&past=1"
	}
	return nil
}

// change is a difference as a sentence that calls a parameter what the pages
// call it.
func (c *Call) change(d agenda.RuleChange) string {
	if d.Change != agenda.ParamChanged {
		return d.Text(c.Lang)
	}
	for _, r := range agenda.Catalogue() {
		for _, p := range r.Params {
			if r.ID == d.Rule && p.Name == d.Param {
				return c.say("page.compare.param", "rule", d.Rule, "param", c.say("principles.param."+d.Rule+"."+d.Param),
					"from", c.paramValue(p, d.From), "to", c.paramValue(p, d.To))
			}
		}
	}
	return d.Text(c.Lang)
}

func (c *Call) pastCompared(x agenda.PrinciplesComparison) *templates.PastCompared {
	p := &templates.PastCompared{Differing: x.Sum.Differing, Skipped: len(x.Skipped), Earlier: x.Earlier, A: x.A.Version, B: x.B.Version}
	for _, s := range x.Sessions {
		row := templates.SessionCompared{Date: s.Date, Href: sessionAt(s.Session), Alike: s.Alike, MinutesA: s.MinutesA, MinutesB: s.MinutesB,
			BreachesA: c.breaches(s.BreachesA), BreachesB: c.breaches(s.BreachesB)}
		for _, it := range s.Items {
			item := templates.ItemCompared{Title: it.TitleIn(c.Lang), Sentences: c.reasons(it.Sentences)}
			item.Why = c.reasons(append(it.A.ReasonsNotIn(it.B), it.B.ReasonsNotIn(it.A)...))
			row.Items = append(row.Items, item)
		}
		p.Sessions = append(p.Sessions, row)
	}
	return p
}

func (c *Call) breaches(all []agenda.Breach) (texts []string) {
	for _, b := range all {
		texts = append(texts, b.Reason.Text(c.Lang))
	}
	return texts
}

func (c *Call) reasons(all []agenda.Reason) (texts []string) {
	for _, r := range all {
		texts = append(texts, r.Text(c.Lang))
	}
	return texts
}
