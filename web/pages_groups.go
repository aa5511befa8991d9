package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).groupPages}) }

// groupPages are those of the working groups.
func (s *Server) groupPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/groups", Public, noBody, s.kept(s.groupsPage)},
		{"GET", "/groups/new", keepers, noBody, s.newGroupPage},
		{"POST", "/groups/new", keepers, formDoc, s.addGroupByForm},
		{"GET", "/groups/:id/change", keepers, noBody, s.changeGroupPage},
		{"POST", "/groups/:id/change", keepers, formDoc, s.changeGroupByForm},
	}
}

// planOrNone is the plan whose measures groups answer for; the zero value while
// there is none.
func (s *Server) planOrNone(c *Call) (plan.Plan, error) {
	p, err := s.Office.Plan(c.Ctx, 0)
	if problem.KindOf(err) == problem.NotFound {
		return plan.Plan{}, nil
	}
	return p, err
}

func (c *Call) measure(p plan.Plan, n int) string {
	m, _ := p.Measure(n)
	return c.say("page.group.measure", "n", strconv.Itoa(n), "text", m.Text)
}

func (s *Server) groupsPage(c *Call) error {
	all, err := s.Office.Groups(c.Ctx)
	if err != nil {
		return err
	}
	p, err := s.planOrNone(c)
	if err != nil {
		return err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	v := templates.Groups{Crumbs: c.peopleCrumbs(), Keep: c.keeps(), People: c.sees()}
	for _, g := range all {
		row := c.groupRow(r, p, g)
		if g.Until != "" && g.Until < c.Today() {
			v.Past = append(v.Past, row)
		} else {
			v.Now = append(v.Now, row)
		}
	}
	return c.Page(http.StatusOK, v)
}

func (c *Call) groupRow(r *council.Roster, p plan.Plan, g council.WorkingGroup) templates.GroupRow {
	row := templates.GroupRow{ID: g.ID, Name: upper(c.inLang(g.Name, g.NameEN)), From: g.From, Until: g.Until, History: c.historyOf("group", g.ID)}
	for _, m := range g.Measures {
		row.Measures = append(row.Measures, c.measure(p, m))
	}
	if c.sees() {
		row.Members = personNames(r, g.Members)
		if x, ok := r.Person(g.Lead); ok {
			row.Lead = x.Name()
		}
	}
	if c.keeps() {
		row.Change = "/groups/" + url.PathEscape(g.ID) + "/change"
	}
	return row
}

func personNames(r *council.Roster, ids []string) (all []string) {
	for _, id := range ids {
		if p, ok := r.Person(id); ok {
			all = append(all, p.Name())
		}
	}
	return all
}

// groupEntered is a group as its form has it: measures are boxes to tick.
type groupEntered struct {
	newGroupRequest
	Ticked []string `json:"measures"` // in place of the numbers that a program sends
}

func (e groupEntered) group(id string) council.WorkingGroup {
	for _, m := range e.Ticked {
		n, _ := strconv.Atoi(m) // 0 is refused as no measure
		e.Measures = append(e.Measures, n)
	}
	return e.groupRequest.group(id)
}

// enteredGroup is a group as its form shows it.
func enteredGroup(g council.WorkingGroup) (e groupEntered) {
	e.groupRequest = groupRequest{Name: g.Name, NameEN: g.NameEN, Members: g.Members, Lead: g.Lead, From: g.From, Until: g.Until}
	for _, m := range g.Measures {
		e.Ticked = append(e.Ticked, strconv.Itoa(m))
	}
	return e
}

func (s *Server) groupForm(c *Call, f templates.Form, isNew bool) (v templates.GroupForm, err error) {
	v = templates.GroupForm{Form: f, New: isNew}
	v.Crumbs = append(c.peopleCrumbs(), templates.Link{Text: c.say("page.groups.title"), Href: "/groups"})
	p, err := s.planOrNone(c)
	if err != nil {
		return v, err
	}
	for _, m := range p.Measures {
		v.Measures = append(v.Measures, templates.Choice{Value: strconv.Itoa(m.Number), Text: c.measure(p, m.Number)})
	}
	v.People, err = s.personChoices(c)
	return v, err
}

func (s *Server) newGroupPage(c *Call) error {
	v, err := s.groupForm(c, c.NewForm(templates.GroupFields, 0, enteredGroup(council.WorkingGroup{From: c.Today()})), true)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

func (s *Server) groupOf(c *Call) (council.WorkingGroup, error) {
	all, err := s.Office.Groups(c.Ctx)
	if err != nil {
		return council.WorkingGroup{}, err
	}
	i := slices.IndexFunc(all, func(g council.WorkingGroup) bool { return g.ID == c.Param("id") })
	if i < 0 {
		return council.WorkingGroup{}, missing("group", c.Param("id"))
	}
	return all[i], nil
}

func (s *Server) changeGroupPage(c *Call) error {
	g, err := s.groupOf(c)
	if err != nil {
		return err
	}
	v, err := s.groupForm(c, c.NewForm(templates.GroupFields, g.Revision, enteredGroup(g)), false)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, v)
}

func (s *Server) addGroupByForm(c *Call) error { return s.groupByForm(c, "") }

func (s *Server) changeGroupByForm(c *Call) error {
	g, err := s.groupOf(c)
	if err != nil {
		return err
	}
	return s.groupByForm(c, g.ID)
}

func (s *Server) groupByForm(c *Call, id string) error {
	var in groupEntered
	form, err := c.Form(templates.GroupFields, &in)
	if err != nil {
		return err
	}
	isNew := id == ""
	if isNew {
		id, form.Revision = in.ID, 0
	}
	_, err = s.Office.SaveGroup(c.Ctx, c.by(), form.Revision, in.group(id))
	if wrong, err := c.Wrong(&form, err); wrong {
		v, pageErr := s.groupForm(c, form, isNew)
		if pageErr != nil {
			return pageErr
		}
		return c.FormPage(v)
	} else if err != nil {
		return err
	}
	return c.Done("/groups", "done.group")
}
