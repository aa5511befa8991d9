package web

import (
	"io"
	"net/http"

	"padome/council"
	"padome/minutes"
	"padome/templates"
)

func (s *Server) subjectPage(c *Call) error {
	x, err := s.Office.Subject(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return s.subjectForm(c, http.StatusOK, c.NewForm(templates.SubjectFields, x.Revision, subjectRequest{x.Serial}))
}

func (s *Server) subjectForm(c *Call, status int, form templates.Form) error {
	p, err := s.Office.Person(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	crumbs := append(c.peopleCrumbs(), templates.Link{Text: p.Name(), Href: personAt(p.ID)})
	page := templates.SubjectForm{Crumbs: crumbs, Form: form, Name: p.Name(), Back: personAt(p.ID), History: c.historyOf("subject", p.ID)}
	if status == http.StatusOK {
		return c.Page(status, page)
	}
	return c.FormPage(page)
}

func (s *Server) subjectByForm(c *Call) error {
	var in subjectRequest
	form, err := c.Form(templates.SubjectFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.SaveSubject(c.Ctx, c.by(), c.Param("id"), form.Revision, in.Serial)
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.subjectForm(c, http.StatusUnprocessableEntity, form)
	} else if err != nil {
		return err
	}
	return c.Done(personAt(c.Param("id")), "done.subject")
}

func (s *Server) trustPage(c *Call) error {
	t, err := s.Office.Trust(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	p, err := c.trustForm(t, c.NewForm(templates.TrustFields, t.Revision, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (c *Call) trustForm(t minutes.Trust, form templates.Form) (templates.TrustForm, error) {
	p := templates.TrustForm{Crumbs: templates.Crumbs{{Text: c.say("page.settings.title"), Href: "/settings"}}, Form: form,
		National: len(t.Certificates) == 0, History: c.historyOf("trust", "the")}
	a, err := t.Anchors()
	if err != nil {
		return p, err
	}
	for _, x := range a.List() {
		row := templates.AnchorRow{Name: x.Name, Kind: c.say("page.trust.kind." + x.Kind), From: council.DateOf(x.From), Until: council.DateOf(x.Until), Fingerprint: x.Fingerprint}
		row.Ended = row.Until < c.Today()
		p.Anchors = append(p.Anchors, row)
	}
	return p, nil
}

// trustByForm replaces the certificates by those of a file, or goes back to the
// national ones.
func (s *Server) trustByForm(c *Call) error {
	form, err := c.Form(templates.TrustFields, nil)
	if err != nil {
		return err
	}
	done := "done.trust.national"
	if form.Value("national") == "" {
		done = "done.trust.replaced"
		err = s.replaceTrust(c, form.Revision)
	} else {
		_, err = s.Office.SaveTrust(c.Ctx, c.by(), form.Revision, nil)
	}
	err = renamed(err, func(string) string { return "file" })
	wrong, err := c.Wrong(&form, err)
	if err != nil {
		return err
	}
	if !wrong {
		return c.Done("/settings/trust", done)
	}
	t, err := s.Office.Trust(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	p, err := c.trustForm(t, form)
	if err != nil {
		return err
	}
	return c.FormPage(p)
}

func (s *Server) replaceTrust(c *Call, revision uint64) error {
	_, f, err := c.sentFile("file")
	if err != nil {
		return err
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, trustDoc))
	if err != nil {
		return err
	}
	_, err = s.Office.SaveTrust(c.Ctx, c.by(), revision, file)
	return err
}
