package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

func (s *Server) draftWatchedByForm(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	n := len(d.Content.Watched) + moreWatched
	form, err := c.Form(watchedFields(n), nil)
	if err != nil {
		return err
	}
	var l problem.List
	var lines []int // that each document stands on
	content := d.Content
	content.Watched = nil
	for i := range n {
		at := "watched-" + strconv.Itoa(i+1) + "-"
		if w, some := watchedLine(&l, form, at); some {
			content.Watched, lines = append(content.Watched, w), append(lines, i+1)
		}
	}
	c.fault(&form, l.Err())
	return s.saveDraft(c, d, &form, content, func(name string) string {
		for i, line := range lines {
			name = strings.Replace(name, "watched["+strconv.Itoa(i)+"].", "watched-"+strconv.Itoa(line)+"-", 1)
		}
		return strings.Replace(name, "-measure", "-task", 1)
	}, func() error { return c.draftWatchedPage(http.StatusUnprocessableEntity, d, form) })
}

// watchedLine reads one line of the form; a line that is empty is none.
func watchedLine(l *problem.List, form templates.Form, at string) (w agenda.Watched, some bool) {
	value := func(name string) string { return strings.TrimSpace(form.Value(at + name)) }
	w = agenda.Watched{Title: value("title"), TitleEN: value("titleEn")}
	task, months := strings.TrimSuffix(value("task"), "."), value("months")
	if w.Title == "" && w.TitleEN == "" && task == "" && months == "" {
		return w, false
	}
	measure, number, _ := strings.Cut(task, ".")
	var err1, err2 error
	w.Measure, err1 = strconv.Atoi(measure)
	w.Task, err2 = strconv.Atoi(number)
	if err1 != nil || err2 != nil {
		l.Add(at+"task", "problem.draft.task", "value", clip(task))
	}
	if months != "" {
		if w.Months, err1 = strconv.Atoi(months); err1 != nil {
			l.Add(at+"months", "problem.form.whole", "value", clip(months))
		}
	}
	return w, true
}

func (s *Server) draftGroups(c *Call) error {
	d, err := s.draftOf(c)
	if err != nil {
		return err
	}
	return s.draftGroupsPage(c, http.StatusOK, d, c.NewForm(templates.DraftGroupsFields, d.Revision, requiredRequest{d.Required}))
}

func (s *Server) draftGroupsPage(c *Call, status int, d agenda.PrinciplesDraft, f templates.Form) (err error) {
	p := templates.DraftGroups{Crumbs: c.draftCrumbs(d), Form: f, Back: draftAt(d.ID)}
	if p.Groups, err = s.groupChoices(c, func(council.WorkingGroup) bool { return true }); err != nil {
		return err
	}
	return c.Page(status, p)
}

func (s *Server) draftGroupsByForm(c *Call) error {
	var in requiredRequest
	d, form, err := s.draftSent(c, templates.DraftGroupsFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.RequireGroups(c.Ctx, c.by(), d.ID, form.Revision, in.Groups)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.draftGroupsPage(c, http.StatusUnprocessableEntity, d, form)
	} else if err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.saved")
}

// draftOfGroup is the proposed set, when the group of the address must agree.
func (s *Server) draftOfGroup(c *Call) (agenda.PrinciplesDraft, string, error) {
	d, err := s.draftOf(c)
	if err != nil {
		return d, "", err
	}
	id := c.Param("group")
	if !slices.Contains(d.Required, id) {
		return d, "", missing("group", id)
	}
	return d, id, nil
}

func (s *Server) draftAgreement(c *Call) error {
	d, id, err := s.draftOfGroup(c)
	if err != nil {
		return err
	}
	in := agreementRequest{On: c.Today()}
	for _, a := range d.Agreements {
		if a.Group == id {
			in = agreementRequest{a.On, a.Reference}
		}
	}
	return s.draftAgreementPage(c, http.StatusOK, d, id, c.NewForm(templates.DraftAgreementFields, d.Revision, in))
}

func (s *Server) draftAgreementPage(c *Call, status int, d agenda.PrinciplesDraft, group string, f templates.Form) error {
	names, _, err := s.groupNames(c)
	if err != nil {
		return err
	}
	return c.Page(status, templates.DraftAgreement{Crumbs: c.draftCrumbs(d), Form: f, Group: names[group], Agreed: c.agreementOf(d, group),
		Back: draftAt(d.ID), Path: draftAt(d.ID, "agreements", group)})
}

func (s *Server) agreeByForm(c *Call) error {
	d, id, err := s.draftOfGroup(c)
	if err != nil {
		return err
	}
	var in agreementRequest
	form, err := c.Form(templates.DraftAgreementFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.RecordAgreement(c.Ctx, c.by(), d.ID, form.Revision, id, in.On, in.Reference)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.draftAgreementPage(c, http.StatusUnprocessableEntity, d, id, form)
	} else if err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.agreed")
}

func (s *Server) takeBackByForm(c *Call) error {
	d, id, err := s.draftOfGroup(c)
	if err != nil {
		return err
	}
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if _, err := s.Office.TakeBackAgreement(c.Ctx, c.by(), d.ID, form.Revision, id); err != nil {
		return err
	}
	return c.Done(draftAt(d.ID), "done.draft.taken-back")
}

// endDraft is the check before a proposed set is adopted, rejected or withdrawn.
func (s *Server) endDraft(how string) func(*Call) error {
	return func(c *Call) error {
		d, err := s.draftOf(c)
		if err != nil {
			return err
		}
		return s.endDraftPage(c, http.StatusOK, how, d, c.NewForm(templates.DraftEndFields, d.Revision, nil))
	}
}

func (s *Server) endDraftPage(c *Call, status int, how string, d agenda.PrinciplesDraft, f templates.Form) error {
	names, _, err := s.groupNames(c)
	if err != nil {
		return err
	}
	p := templates.DraftEnd{Crumbs: c.draftCrumbs(d), Form: f, How: how, Title: c.draftTitle(d), Back: draftAt(d.ID)}
	p.Rows = []templates.Row{{Name: c.say("page.principles.from"), Value: c.say("page.date", "date", string(d.Content.From))}}
	for _, id := range d.Required {
		p.Rows = append(p.Rows, templates.Row{Name: names[id], Value: c.agreementOf(d, id)})
	}
	if p.Changes, err = s.draftChanges(c, d); err != nil {
		return err
	}
	return c.Page(status, p)
}

func (s *Server) adoptByForm(c *Call) error {
	d, form, err := s.draftSent(c, nil, nil)
	if err != nil {
		return err
	}
	p, err := s.Office.AdoptPrinciples(c.Ctx, c.by(), d.ID, form.Revision)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.endDraftPage(c, http.StatusUnprocessableEntity, "adopt", d, form)
	} else if err != nil {
		return err
	}
	return c.Done(principlesAt+"/"+strconv.Itoa(p.Version), "done.draft.adopted", "version", strconv.Itoa(p.Version), "from", string(p.From))
}

// endDraftByForm rejects or withdraws a proposed set, for a reason.
func (s *Server) endDraftByForm(how string) func(*Call) error {
	do := s.Office.WithdrawPrinciples
	if how == "reject" {
		do = s.Office.RejectPrinciples
	}
	return func(c *Call) error {
		var in reasonRequest
		d, form, err := s.draftSent(c, templates.DraftEndFields, &in)
		if err != nil {
			return err
		}
		_, err = do(c.Ctx, c.by(), d.ID, form.Revision, in.Reason)
		if wrong, err := c.Wrong(&form, err); wrong {
			return s.endDraftPage(c, http.StatusUnprocessableEntity, how, d, form)
		} else if err != nil {
			return err
		}
		return c.Done(draftAt(d.ID), "done.draft.ended")
	}
}
