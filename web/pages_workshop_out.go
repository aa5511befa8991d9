package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/internal/problem"
	"padome/templates"
)

func (s *Server) buildCheck(c *Call) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	lost := slices.DeleteFunc(slices.Clone(b.a.Overrides), func(o agenda.Override) bool { return o.Rule != "" })
	return c.Page(http.StatusOK, templates.AgendaBuild{Crumbs: c.agendaCrumbs(b.x), Form: c.NewForm(nil, b.a.Revision, nil), Lost: c.overrideEvents(&b.a.Draft, lost)})
}

func (s *Server) buildByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if _, err := s.Office.BuildAgenda(c.Ctx, c.by(), c.Param("id"), form.Revision); err != nil {
		return err
	}
	return c.Done(sessionAt(c.Param("id"), "agenda"), "done.workshop.built")
}

func (s *Server) reasonPage(c *Call) error {
	return s.reasonFor(c, c.Query("rule"), c.Query("item"), http.StatusOK, nil)
}

// reasonFor is the page that asks why a rule is gone against.
func (s *Server) reasonFor(c *Call, rule, item string, status int, form *templates.Form) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	x, a := b.x, b.a
	i := slices.IndexFunc(a.Draft.Unmet, func(b agenda.Breach) bool { return b.Reason.Rule == rule && b.Item == item && !b.Hard })
	if i < 0 {
		return problem.New(problem.State, "problem.agenda.no-breach", "rule", cmp.Or(clip(rule), "–"))
	}
	p := templates.AgendaReason{Crumbs: c.agendaCrumbs(x), Rule: rule, Item: item, Breach: a.Draft.Unmet[i].Reason.Text(c.Lang)}
	for _, r := range agenda.Catalogue() {
		if r.ID == rule {
			p.Wording, p.Ground = r.Wording(c.Lang), r.Ground(c.Lang)
		}
	}
	if p.Form = c.NewForm(templates.AgendaReasonFields, a.Revision, nil); form != nil {
		p.Form = *form
	}
	return c.Page(status, p)
}

func (s *Server) reasonByForm(c *Call) error {
	var in overrideRequest
	form, err := c.Form(templates.AgendaReasonFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.OverrideRule(c.Ctx, c.by(), c.Param("id"), form.Revision, in.Rule, in.Item, in.Reason)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.reasonFor(c, in.Rule, in.Item, http.StatusUnprocessableEntity, &form)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(c.Param("id"), "agenda"), "done.workshop.reason", "rule", in.Rule)
}

func (s *Server) submitCheck(c *Call) error { return s.submitPage(c, http.StatusOK) }

// submitPage shows what is about to go to the leads, or what still keeps it.
func (s *Server) submitPage(c *Call, status int) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	x, a := b.x, b.a
	p := templates.AgendaSubmit{Crumbs: c.agendaCrumbs(x), Form: c.NewForm(nil, a.Revision, nil), Kept: c.overrideEvents(&a.Draft, a.Overrides), Missing: c.missingTasks(b),
		Rows: []templates.Row{
			{Name: c.say("page.session.when"), Value: c.say("agenda.paper.when.value", "date", string(x.Date), "starts", string(x.Starts), "ends", string(x.Ends))},
			{Name: c.say("page.session.place"), Value: x.Place},
			{Name: c.say("page.agenda-submit.version"), Value: strconv.Itoa(len(a.Versions) + 1)},
			{Name: c.say("page.agenda-submit.time"), Value: c.say("page.workshop.sum", "sum", strconv.Itoa(a.Draft.Minutes), "limit", strconv.Itoa(a.Draft.Limit))},
			{Name: c.say("page.agenda-submit.principles"), Value: strconv.Itoa(a.Draft.Principles)},
		}}
	for i := range a.Draft.Items {
		p.Items = append(p.Items, a.Draft.Items[i].TitleIn(c.Lang))
	}
	return c.Page(status, p)
}

func (s *Server) submitByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	_, err = s.Office.SubmitAgenda(c.Ctx, c.by(), c.Param("id"), form.Revision)
	if e, ok := errors.AsType[*problem.Error](err); ok && e.Kind == problem.State && len(e.Fields) > 0 {
		return s.submitPage(c, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return c.Done(sessionAt(c.Param("id"), "agenda"), "done.workshop.submitted")
}
