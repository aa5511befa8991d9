package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

// moreAnnexes is how many empty lines the form of annexes has for further ones.
const moreAnnexes = 3

func (s *Server) annexesPage(c *Call) error {
	f, err := s.draft(c)
	if err != nil {
		return err
	}
	n := len(f.Minutes.Annexes) + moreAnnexes
	form := c.NewForm(annexFields(n), f.Minutes.Revision, nil)
	for i, a := range f.Minutes.Annexes {
		form.Values[annexField(i, "title")] = []string{a.Title}
		form.Values[annexField(i, "sha256")] = []string{a.SHA256}
		if a.Pages > 0 {
			form.Values[annexField(i, "pages")] = []string{strconv.Itoa(a.Pages)}
		}
	}
	return s.showAnnexes(c, http.StatusOK, f, form, n)
}

// draft is the folder of minutes that the reader can work on.
func (s *Server) draft(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	switch {
	case err != nil:
		return f, err
	case f.Minutes.Revision == 0:
		return f, problem.New(problem.NotFound, "problem.missing.minutes", "id", f.Session.ID)
	case !minutes.MayRecord(c.Actor, f.Session):
		return f, problem.New(problem.Forbidden, "problem.office.record")
	}
	return f, nil
}

func annexField(i int, what string) string { return "annexes-" + strconv.Itoa(i) + "-" + what }

func annexFields(n int) (all []templates.Named) {
	for i := range n {
		all = append(all, templates.Named{Name: annexField(i, "title"), Label: "page.minutes-annexes.name"},
			templates.Named{Name: annexField(i, "pages"), Label: "page.minutes-annexes.pages"})
	}
	return all
}

func (s *Server) showAnnexes(c *Call, status int, f office.MinutesFolder, form templates.Form, n int) error {
	p := templates.MinutesAnnexes{Form: form, Crumbs: c.minutesCrumbs(f), Back: minutesAt(f.Session.ID)}
	for i := range n {
		row := templates.AnnexFields{At: i + 1, SHA256Name: annexField(i, "sha256"), SHA256: form.Value(annexField(i, "sha256"))}
		var err error
		if row.Title, err = form.Field(annexField(i, "title")); err != nil {
			return err
		}
		if row.Pages, err = form.Field(annexField(i, "pages")); err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
	}
	return c.Page(status, p)
}

// annexesByForm replaces the annexes by the lines that have a title.
func (s *Server) annexesByForm(c *Call) error {
	f, err := s.draft(c)
	if err != nil {
		return err
	}
	n := len(f.Minutes.Annexes) + moreAnnexes
	form, err := c.Form(annexFields(n), nil)
	if err != nil {
		return err
	}
	annexes, err := annexesOf(form, n)
	if err == nil {
		_, err = s.Office.SetAnnexes(c.Ctx, c.by(), f.Session.ID, form.Revision, annexes)
	}
	if wrong, err := c.Wrong(&form, onPage(err)); wrong {
		return s.showAnnexes(c, http.StatusUnprocessableEntity, f, form, n)
	} else if err != nil {
		return err
	}
	return c.Done(minutesAt(f.Session.ID), "done.minutes.annexes")
}

func annexesOf(form templates.Form, n int) (annexes []minutes.Annex, err error) {
	var l problem.List
	for i := range n {
		a := minutes.Annex{Title: strings.TrimSpace(form.Value(annexField(i, "title"))), SHA256: form.Value(annexField(i, "sha256"))}
		if a.Title == "" {
			continue
		}
		if given := strings.TrimSpace(form.Value(annexField(i, "pages"))); given != "" {
			if a.Pages, err = strconv.Atoi(given); err != nil {
				l.Add("annexes["+strconv.Itoa(i)+"].pages", "problem.form.whole", "value", clip(given))
			}
		}
		annexes = append(annexes, a)
	}
	return annexes, l.Err()
}

// onPage gives the fields of lists the names that they have on a page, where
// they are parts of addresses too.
func onPage(err error) error {
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return err
	}
	x := *e
	x.Fields = nil
	for _, f := range e.Fields {
		f.Name = strings.NewReplacer("[", "-", "].", "-").Replace(f.Name)
		x.Fields = append(x.Fields, f)
	}
	return &x
}
