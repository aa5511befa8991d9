package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func (c *Call) minutesCrumbs(f office.MinutesFolder) templates.Crumbs {
	return append(c.sessionCrumbs(f.Session), templates.Link{Text: c.minutesTitle(f), Href: minutesAt(f.Session.ID)})
}

func (s *Server) finaliseCheck(c *Call) error {
	f, err := s.draft(c)
	if err != nil {
		return err
	}
	return s.finalisePage(c, http.StatusOK, f, nil)
}

// finalisePage shows what is about to be fixed for good, or what still keeps it
// from that.
func (s *Server) finalisePage(c *Call, status int, f office.MinutesFolder, missing []templates.Task) error {
	p := templates.MinutesFinalise{Crumbs: c.minutesCrumbs(f), Form: c.NewForm(nil, f.Minutes.Revision, nil), Path: minutesAt(f.Session.ID), Missing: missing, Numbered: f.Minutes.Number > 0}
	for i, t := range s.minutesGaps(c, f) {
		if f.Missing[i].Hard {
			if missing == nil {
				p.Missing = append(p.Missing, t)
			}
		} else {
			p.Soft = append(p.Soft, t)
		}
	}
	if f.Session.State != council.Closed {
		p.Missing = append(p.Missing, templates.Task{Title: c.say("problem.minutes.session-open", "date", string(f.Session.Date)),
			State: templates.Tag{Text: c.say("page.minutes.hard"), Colour: "red"}})
	}
	if x := f.Minutes.Circulated; x.Open(c.Today()) {
		p.Missing = append(p.Missing, templates.Task{Title: c.say("problem.minutes.circulated", "date", string(x.Until)), Href: minutesAt(f.Session.ID, "comments")})
	}
	var signers []string
	for _, x := range f.Signers {
		signers = append(signers, c.inLang(x.Title, x.TitleEN)+" – "+x.Name)
	}
	p.Rows = []templates.Row{
		{Name: c.say("page.minutes-finalise.session"), Value: c.say("page.session.of", "date", string(f.Session.Date))},
		{Name: c.say("page.minutes-finalise.number"), Value: c.say("page.minutes-finalise.number.value", "number", strconv.Itoa(f.Number), "year", strconv.Itoa(f.Session.Date.Year()))},
		{Name: c.say("page.minutes.signers"), Value: strings.Join(signers, "\n")},
		{Name: c.say("page.minutes.annexes"), Value: c.say("page.minutes-finalise.annexes", "n", strconv.Itoa(len(f.Minutes.Annexes)))},
		{Name: c.say("page.minutes-finalise.edited"), Value: c.say("page.minutes-finalise.edited.value", "n", strconv.Itoa(editedParts(f)), "of", strconv.Itoa(len(f.Items)))},
	}
	return c.Page(status, p)
}

func editedParts(f office.MinutesFolder) (n int) {
	for _, it := range f.Items {
		if it.Part.IsEdited {
			n++
		}
	}
	return n
}

func (s *Server) finaliseByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	m, err := s.Office.FinaliseMinutes(c.Ctx, c.by(), c.Param("id"), form.Revision)
	if e, ok := errors.AsType[*problem.Error](err); ok && e.Kind == problem.State && len(e.Fields) > 0 {
		f, err := s.draft(c)
		if err != nil {
			return err
		}
		var missing []templates.Task
		for _, x := range e.Fields {
			missing = append(missing, templates.Task{Title: locale.Text(c.Lang, x.Key, x.Args), State: templates.Tag{Text: c.say("page.minutes.hard"), Colour: "red"}})
		}
		return s.finalisePage(c, http.StatusUnprocessableEntity, f, missing)
	}
	if err != nil {
		return err
	}
	return c.Done(minutesAt(m.Session), "done.minutes.final", "number", strconv.Itoa(m.Number), "year", strconv.Itoa(m.Year))
}

// signRequest is what the pages of a signature send; only the check page
// confirms it, and asks who it is.
type signRequest struct {
	proofRequest
	Confirmed bool `json:"confirmed"`
}

func (s *Server) signPage(c *Call) error {
	f, err := s.toSign(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, s.signOf(c, f, c.NewForm(templates.ProofFields, 0, nil)))
}

// toSign is the folder of minutes that are final at least.
func (s *Server) toSign(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	if err == nil && f.Minutes.Digest == "" {
		err = problem.New(problem.State, "problem.minutes.not-final")
	}
	return f, err
}

// signOf is the page where minutes are signed. It is the minutes in Latvian that
// are signed, in whatever language the page is.
func (s *Server) signOf(c *Call, f office.MinutesFolder, form templates.Form) templates.MinutesSign {
	m := &f.Minutes
	p := templates.MinutesSign{Crumbs: c.minutesCrumbs(f), Form: form, Title: c.say("page.minutes-sign.title", "number", strconv.Itoa(m.Number), "date", string(f.Session.Date)),
		State: c.minutesTag(*m), Paper: templates.Paper(f.Document), PDF: c.minutesPDFAt(*m), Digest: m.Digest, Signers: c.signerRows(f),
		Path: minutesAt(f.Session.ID, "sign"), MaySign: m.MaySign(c.Actor), Proof: c.proof(m.Digest)}
	if m.AwaitsFile() == nil && m.Awaits(c.Actor) {
		p.Upload = minutesAt(f.Session.ID, "signed")
	}
	if r := m.Reopening; r != nil {
		p.Waits = templates.Link{Text: c.say("problem.minutes.reopen.waits", "name", r.Name), Href: minutesAt(f.Session.ID) + "#standing"}
	}
	for i, x := range m.Signers {
		if x.Person == c.Actor.Person && c.Actor.Person != "" {
			p.Done = p.Signers[i].Signed
			p.Rows = []templates.Row{
				{Name: c.say("page.minutes-sign.row.what"), Value: c.minutesTitle(f)},
				{Name: c.say("page.minutes-sign.row.pages"), Value: strconv.Itoa(m.Pages)},
				{Name: c.say("page.minutes-sign.row.as"), Value: p.Signers[i].Title + " – " + x.Name},
				{Name: c.say("page.minutes.digest"), Value: m.Digest},
			}
		}
	}
	return p
}

// signByForm shows the check page first. The signature is given when it comes
// back from there with the password, and the code where the account asks for
// one; it is bound to the digest that was shown.
func (s *Server) signByForm(c *Call) error {
	f, err := s.toSign(c)
	if err != nil {
		return err
	}
	var in signRequest
	form, err := c.Form(templates.ProofFields, &in)
	if err != nil {
		return err
	}
	probe := f.Minutes
	if err := probe.Sign(c.Actor, in.Digest, c.Now); err != nil {
		return err // before a password is asked for, or a code used up
	}
	if in.Confirmed {
		_, err = s.Office.SignMinutes(c.Ctx, c.byProving(in.proofRequest), f.Session.ID, in.Digest)
	}
	wrong, err := c.Wrong(&form, err)
	switch {
	case err != nil:
		return err
	case in.Confirmed && !wrong:
		return c.Done(minutesAt(f.Session.ID, "sign"), "done.minutes.signed", "number", strconv.Itoa(f.Minutes.Number), "year", strconv.Itoa(f.Minutes.Year))
	}
	p := s.signOf(c, f, form)
	p.Check = true
	if wrong {
		return c.FormPage(p)
	}
	return c.Page(http.StatusOK, p)
}
