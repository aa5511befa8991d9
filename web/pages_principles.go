package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/storage"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).principlesPages,
		nav:    []entrance{{"/principles", "nav.principles", 50, anybody}},
	})
}

// principlesPages are those of the agenda principles; what is agreed is public.
func (s *Server) principlesPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/principles", Public, noBody, s.kept(s.principlesList)},
		{"GET", "/principles/:version", Public, noBody, s.kept(s.principlesPage)},
		{"GET", "/principles/compare", Public, noBody, s.kept(s.comparePage)},
		{"GET", "/principles/overrides", mandated, noBody, s.kept(s.overridesPage)},
	}
}

const principlesAt = "/principles"

func (c *Call) principlesCrumbs() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("page.principles.title"), Href: principlesAt}}
}

// compareAt is the path of the comparison of two sets.
func compareAt(a, b string) string {
	return principlesAt + "/compare?" + url.Values{"a": {a}, "b": {b}}.Encode()
}

func (s *Server) principlesList(c *Call) error {
	all, err := s.Office.Principles(c.Ctx)
	if err != nil {
		return err
	}
	p := templates.PrinciplesList{Overrides: c.sees()}
	for _, x := range slices.Backward(all) {
		row := templates.PrinciplesRow{Number: x.Version, Title: c.inLang(x.Title, x.TitleEN), Href: principlesAt + "/" + strconv.Itoa(x.Version),
			From: x.From, State: c.principlesTag(all, x)}
		for _, a := range x.Agreed {
			row.Agreed = append(row.Agreed, c.say("page.principles.agreed.on", "by", a.By, "on", string(a.On)))
		}
		p.Versions = append(p.Versions, row)
	}
	if err := s.draftRowsOf(c, &p); err != nil {
		return err
	}
	if n := len(all); n > 1 {
		p.Compare = compareAt(strconv.Itoa(all[n-2].Version), strconv.Itoa(all[n-1].Version))
	}
	return c.Page(http.StatusOK, p)
}

// draftRowsOf lists what is proposed, for those who may discuss it.
func (s *Server) draftRowsOf(c *Call, p *templates.PrinciplesList) (err error) {
	if p.Discuss, err = s.Office.MayDiscussPrinciples(c.Ctx, c.Actor); err != nil || !p.Discuss {
		return err
	}
	names, _, err := s.groupNames(c)
	if err != nil {
		return err
	}
	drafts, _, err := s.Office.PrinciplesDrafts(c.Ctx, c.Actor, storage.Page{Limit: 50})
	for _, d := range drafts {
		p.Drafts = append(p.Drafts, templates.DraftRow{Title: c.draftTitle(d), Href: draftAt(d.ID), Hint: names[d.Group], State: c.draftTag(d)})
	}
	if may, mayErr := s.mayPropose(c); mayErr != nil {
		return mayErr
	} else if may {
		p.Propose = principlesAt + "/drafts/new"
	} else {
		p.Groupless = preparer(c.Actor)
	}
	return err
}

// mayPropose reports whether the reader may propose principles for some group.
func (s *Server) mayPropose(c *Call) (bool, error) {
	choices, err := s.groupChoices(c, func(g council.WorkingGroup) bool { return agenda.MayProposePrinciples(c.Actor, g) })
	return len(choices) > 0, err
}

func (c *Call) principlesTag(all []agenda.Principles, p agenda.Principles) templates.Tag {
	switch now, _ := agenda.InForce(all, c.Today()); {
	case now.Version == p.Version:
		return templates.Tag{Text: c.say("page.principles.now"), Colour: "green"}
	case p.From > c.Today():
		return templates.Tag{Text: c.say("page.principles.coming"), Colour: "blue"}
	}
	return templates.Tag{Text: c.say("page.principles.past"), Colour: "grey"}
}

// versionOf finds a version by the number that the address names.
func (s *Server) versionOf(c *Call) (p agenda.Principles, all []agenda.Principles, err error) {
	n, err := c.count("version")
	if err != nil {
		return p, nil, err
	}
	if all, err = s.Office.Principles(c.Ctx); err != nil {
		return p, nil, err
	}
	i := slices.IndexFunc(all, func(p agenda.Principles) bool { return p.Version == n })
	if i < 0 {
		return p, nil, missing("principles", strconv.Itoa(n))
	}
	return all[i], all, nil
}

func (s *Server) principlesPage(c *Call) error {
	x, all, err := s.versionOf(c)
	if err != nil {
		return err
	}
	p := templates.PrinciplesPage{Crumbs: c.principlesCrumbs(), Number: x.Version, Title: c.inLang(x.Title, x.TitleEN), Note: c.inLang(x.Note, x.NoteEN),
		State: c.principlesTag(all, x), PrinciplesContent: c.principlesContent(x)}
	p.Rows = []templates.Row{{Name: c.say("page.principles.from"), Value: c.say("page.date", "date", string(x.From))}}
	for _, a := range x.Agreed {
		row := templates.Row{Name: c.say("page.principles.agreed"), Value: c.say("page.principles.agreed.on", "by", a.By, "on", string(a.On))}
		if a.Reference != "" {
			row.Value += "\n" + a.Reference
		}
		p.Rows = append(p.Rows, row)
	}
	may, err := s.mayPropose(c)
	if err != nil {
		return err
	}
	if may {
		p.Propose = principlesAt + "/drafts/new?from=" + strconv.Itoa(x.Version)
	}
	if x.Version > 1 {
		p.Before = compareAt(strconv.Itoa(x.Version-1), strconv.Itoa(x.Version))
	}
	return c.Page(http.StatusOK, p)
}

// principlesContent is every rule of a set in words, with its parameters.
func (c *Call) principlesContent(p agenda.Principles) (v templates.PrinciplesContent) {
	for _, r := range agenda.Catalogue() {
		if set, ok := p.Rule(r.ID); ok {
			v.Rules = append(v.Rules, c.ruleRow(r, set))
		}
	}
	for _, m := range slices.Sorted(maps.Keys(p.PlanKinds)) {
		v.Kinds = append(v.Kinds, templates.Row{Name: c.say("page.principles.measure", "n", strconv.Itoa(m)), Value: c.say("agenda.kind." + string(p.PlanKinds[m]))})
	}
	months := 0
	if set, ok := p.Rule("P11"); ok {
		months, _ = strconv.Atoi(paramOf("P11", set, "months"))
	}
	for _, w := range p.Watched {
		row := templates.WatchedRow{Title: c.inLang(w.Title, w.TitleEN), Task: strconv.Itoa(w.Measure) + "." + strconv.Itoa(w.Task) + ".", Months: w.Months}
		if row.Months == 0 {
			row.Months = months
		}
		v.Watched = append(v.Watched, row)
	}
	return v
}

// paramOf is the value that a setting gives a parameter, else the catalogue's.
func paramOf(rule string, set agenda.Setting, name string) string {
	if v, ok := set.Params[name]; ok {
		return v
	}
	for _, r := range agenda.Catalogue() {
		for _, p := range r.Params {
			if r.ID == rule && p.Name == name {
				return p.Default
			}
		}
	}
	return ""
}

func (c *Call) ruleRow(r agenda.Rule, set agenda.Setting) templates.RuleRow {
	row := templates.RuleRow{ID: r.ID, Wording: r.Wording(c.Lang), Ground: r.Ground(c.Lang), Hard: set.Hard}
	for _, p := range r.Params {
		row.Params = append(row.Params, templates.Row{Name: c.say("principles.param." + r.ID + "." + p.Name), Value: c.paramValue(p, paramOf(r.ID, set, p.Name))})
	}
	return row
}

// paramValue is the value of a parameter as people read it.
func (c *Call) paramValue(p agenda.Param, value string) string {
	switch p.Kind {
	case agenda.Choice:
		return c.say("principles.value." + value)
	case agenda.Measures:
		return strings.ReplaceAll(value, ",", ", ")
	case agenda.ClockTime:
		return strings.ReplaceAll(value, ":", ".")
	}
	return value
}

// overridesPage counts the times each rule was gone against.
func (s *Server) overridesPage(c *Call) error {
	g, err := s.Office.Overrides(c.Ctx, c.Actor, storage.Span{})
	if err != nil {
		return err
	}
	p := templates.OverridesPage{Crumbs: c.principlesCrumbs()}
	if g.ByHand.Submitted > 0 {
		g.Rules = append(g.Rules, g.ByHand)
	}
	for _, r := range g.Rules {
		row := templates.OverrideRow{Rule: r.Rule, Submitted: r.Submitted, Approved: r.Approved}
		for _, x := range agenda.Catalogue() {
			if x.ID == r.Rule {
				row.Wording = x.Wording(c.Lang)
			}
		}
		for _, e := range r.Entries {
			row.Times = append(row.Times, templates.Event{At: e.At, Who: e.Name, Note: e.Reason,
				What: c.say("page.overrides.at", "date", string(e.Date), "version", strconv.Itoa(e.Version))})
		}
		p.Rules = append(p.Rules, row)
	}
	return c.Page(http.StatusOK, p)
}
