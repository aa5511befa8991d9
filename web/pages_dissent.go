package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

// dissentForm is what a member sends; the check page alone confirms.
type dissentForm struct {
	Item      string `json:"item"`
	Text      string `json:"text"`
	Confirmed bool   `json:"confirmed"`
}

func (s *Server) dissentPage(c *Call) error {
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	if err := f.Dissenting; err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.dissentOf(f, c.NewForm(templates.MinutesDissentFields, 0, nil)))
}

func (c *Call) dissentOf(f office.MinutesFolder, form templates.Form) templates.MinutesDissent {
	p := templates.MinutesDissent{Crumbs: c.sessionCrumbs(f.Session), Form: form, Session: f.Session, Until: f.Until,
		Path: minutesAt(f.Session.ID, "dissent"), Minutes: minutesAt(f.Session.ID)}
	for _, it := range f.Agenda {
		p.Choices = append(p.Choices, templates.Choice{Value: it.ID, Text: strconv.Itoa(it.Number) + ". " + it.TitleIn(c.Lang)})
	}
	return p
}

// dissentByForm shows the check page first, and files the opinion when it comes
// back from there.
func (s *Server) dissentByForm(c *Call) error {
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	if err := f.Dissenting; err != nil {
		return err
	}
	var in dissentForm
	form, err := c.Form(templates.MinutesDissentFields, &in)
	if err != nil {
		return err
	}
	if err = in.check(); err == nil && in.Confirmed {
		_, err = s.Office.FileDissent(c.Ctx, c.by(), f.Session.ID, in.Item, in.Text)
	}
	p := c.dissentOf(f, form)
	wrong, err := c.Wrong(&p.Form, err)
	switch {
	case err != nil:
		return err
	case wrong:
		return c.FormPage(p)
	case in.Confirmed:
		return c.Done(minutesAt(f.Session.ID), "done.dissent")
	}
	p.Check = true
	for _, x := range p.Choices {
		if x.Value == in.Item {
			p.Rows = append(p.Rows, templates.Row{Name: c.say("page.dissent.item"), Value: x.Text})
		}
	}
	p.Rows = append(p.Rows, templates.Row{Name: c.say("page.dissent.text"), Value: in.Text})
	return c.Page(http.StatusOK, p)
}

func (in *dissentForm) check() error {
	var l problem.List
	if in.Item == "" {
		l.Add("item", "problem.dissent.item")
	}
	if strings.TrimSpace(in.Text) == "" {
		l.Add("text", "problem.text.missing")
	}
	return l.Err()
}
