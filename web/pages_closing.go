package web

import (
	"net/http"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).closingPages}) }

// closingPages are those of what follows final minutes.
func (s *Server) closingPages() []Route {
	if s.Office == nil {
		return nil
	}
	const one = "/sessions/:id/minutes/corrections/:correction"
	return []Route{
		{"GET", "/sessions/:id/minutes/reopen", LoggedIn, noBody, s.reopenPage},
		{"POST", "/sessions/:id/minutes/reopen", LoggedIn, formDoc, s.reopenByForm},
		{"POST", "/sessions/:id/minutes/reopen/confirm", LoggedIn, smallDoc, s.confirmReopeningByForm},
		{"POST", "/sessions/:id/minutes/reopen/drop", LoggedIn, smallDoc, s.dropReopeningByForm},
		{"GET", "/sessions/:id/minutes/correct", LoggedIn, noBody, s.correctPage},
		{"POST", "/sessions/:id/minutes/correct", LoggedIn, longDoc, s.correctByForm},
		{"GET", one, Public, noBody, s.correctionPage},
		{"GET", one + "/change", LoggedIn, noBody, s.changeCorrectionPage},
		{"POST", one + "/change", LoggedIn, longDoc, s.changeCorrectionByForm},
		{"POST", one + "/finalise", LoggedIn, smallDoc, s.finaliseCorrectionByForm},
		{"POST", one + "/withdraw", LoggedIn, formDoc, s.withdrawCorrectionByForm},
		{"GET", one + "/sign", LoggedIn, noBody, s.signCorrectionPage},
		{"POST", one + "/sign", LoggedIn, smallDoc, s.signCorrectionByForm},
	}
}

// afterFinal is what follows final minutes, on their page.
func (c *Call) afterFinal(p *templates.Minutes, f office.MinutesFolder) {
	m := &f.Minutes
	p.Correct, p.Reopen, p.Corrected = f.Correcting, f.Reopening, m.WithCorrection(f.Corrections)
	for i := range f.Corrections {
		x := &f.Corrections[i]
		p.Corrections = append(p.Corrections, templates.CorrectionRow{Title: c.correctionTitle(x), Place: x.PlaceIn(c.Lang),
			Href: correctionAt(x), PDF: c.correctionFile(x), State: c.paperTag(x.State)})
	}
	if r := m.Reopening; r != nil && f.Inside {
		p.Reopening = templates.ReopeningRow{Confirm: f.Confirming, Drop: f.Dropping, Mine: r.By == c.Actor.Person,
			Text: c.say("page.minutes.reopening.asked", "name", r.Name, "date", string(council.DateOf(r.At)), "reason", r.Reason)}
	}
	for _, r := range m.Reopened {
		if f.Inside {
			p.Reopened = append(p.Reopened, c.say("page.minutes.reopened", "name", r.Name, "by", r.ConfirmedName,
				"date", string(council.DateOf(r.ConfirmedAt)), "reason", r.Reason))
		}
	}
}

// paperTag is the state of a correction; the title of a draft says it.
func (c *Call) paperTag(s minutes.State) templates.Tag {
	if s == minutes.Draft {
		return templates.Tag{}
	}
	return templates.Tag{Text: c.say("api.minutes." + string(s)), Colour: minutesColours[s]}
}

func (c *Call) correctionTitle(x *minutes.Correction) string {
	if x.Number == 0 {
		return c.say("page.correction.title.draft", "minutes", strconv.Itoa(x.Minutes), "held", string(x.Held))
	}
	return c.say("page.correction.title", "number", x.Reference(), "held", string(x.Held))
}

func correctionAt(x *minutes.Correction, below ...string) string {
	return minutesAt(x.Session, append([]string{"corrections", x.ID}, below...)...)
}

func (c *Call) correctionFile(x *minutes.Correction) string {
	lang := string(c.Lang)
	if x.PDF != "" {
		lang = "lv"
	}
	return "/api/v1" + correctionAt(x, "pdf") + "?lang=" + lang
}

// recorded is the folder of a session's minutes for those who may record it.
func (s *Server) recorded(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	if err == nil && !minutes.MayRecord(c.Actor, f.Session) {
		err = problem.New(problem.Forbidden, "problem.office.record")
	}
	return f, err
}

func (s *Server) reopenPage(c *Call) error {
	f, err := s.recorded(c)
	if err != nil {
		return err
	}
	probe := f.Minutes
	if err := probe.AskReopening(c.Actor, "?", c.Now); err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.reopening(f, c.NewForm(templates.MinutesReopenFields, f.Minutes.Revision, nil)))
}

func (c *Call) reopening(f office.MinutesFolder, form templates.Form) templates.MinutesReopen {
	return templates.MinutesReopen{Crumbs: c.minutesCrumbs(f), Form: form, Path: minutesAt(f.Session.ID), Rows: []templates.Row{
		{Name: c.say("page.minutes.reading"), Value: c.minutesTitle(f)},
		{Name: c.say("page.minutes.digest"), Value: f.Minutes.Digest},
	}}
}

func (s *Server) reopenByForm(c *Call) error {
	f, err := s.folder(c)
	if err != nil {
		return err
	}
	var in reopenRequest
	form, err := c.Form(templates.MinutesReopenFields, &in)
	if err != nil {
		return err
	}
	_, err = s.Office.AskReopening(c.Ctx, c.by(), f.Session.ID, form.Revision, in.Reason)
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.reopening(f, form))
	} else if err != nil {
		return err
	}
	return c.Done(minutesAt(f.Session.ID), "done.reopen.asked")
}

func (s *Server) confirmReopeningByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if _, err := s.Office.ConfirmReopening(c.Ctx, c.by(), c.Param("id"), form.Revision); err != nil {
		return err
	}
	return c.Done(minutesAt(c.Param("id")), "done.reopen.confirmed")
}

func (s *Server) dropReopeningByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if _, err := s.Office.DropReopening(c.Ctx, c.by(), c.Param("id"), form.Revision); err != nil {
		return err
	}
	return c.Done(minutesAt(c.Param("id")), "done.reopen.dropped")
}

// correctionEntered is a correction as its form has it: the place is a clause and
// an item in one choice.
type correctionEntered struct {
	About   string `json:"about"`
	Was     string `json:"was"`
	Text    string `json:"text"`
	Ground  string `json:"ground"`
	Decided string `json:"decided"`
}

func (e correctionEntered) wanted() minutes.Wanted {
	clause, item, _ := strings.Cut(e.About, ":")
	n, _ := strconv.Atoi(clause) // what is no number is refused as the place that it is not
	return minutes.Wanted{Of: item, Clause: n, Was: e.Was, Text: e.Text, Ground: e.Ground, Decided: e.Decided}
}

// chosen says which of the choices, and of the texts beside them, is missing.
func (e correctionEntered) chosen() error {
	var l problem.List
	if e.About == "" {
		l.Add("about", "problem.minutes.correction.about")
	}
	if e.Decided == "" {
		l.Add("decided", "problem.minutes.correction.decided")
	}
	if l.Err() == nil {
		return nil // the texts are looked at with all that the domain asks
	}
	blank(&l, "text", e.Text)
	blank(&l, "ground", e.Ground)
	return l.Err()
}

// correctForm is the page of the form of a correction.
func (s *Server) correctForm(c *Call, f office.MinutesFolder, form templates.Form, title string) (templates.MinutesCorrect, error) {
	p := templates.MinutesCorrect{Crumbs: c.minutesCrumbs(f), Form: form, Title: title, Back: minutesAt(f.Session.ID)}
	p.Places = c.places(f)
	later, _, err := s.Office.Sessions(c.Ctx, storage.Span{From: f.Session.Date.AddDays(1)}, storage.Page{Limit: storage.MaxPage})
	for _, x := range later {
		if x.State != council.Cancelled {
			p.Sessions = append(p.Sessions, templates.Choice{Value: x.ID, Text: c.say("page.session.of", "date", string(x.Date))})
		}
	}
	return p, err
}

// correctable is the folder of minutes that the reader may correct now.
func (s *Server) correctable(c *Call) (office.MinutesFolder, error) {
	f, err := s.recorded(c)
	if err == nil && !f.Correcting {
		err = problem.New(problem.State, "problem.minutes.correction.unsigned")
	}
	return f, err
}

func (s *Server) correctPage(c *Call) error {
	f, err := s.correctable(c)
	if err != nil {
		return err
	}
	p, err := s.correctForm(c, f, c.NewForm(templates.MinutesCorrectFields, 0, nil), c.say("page.correct.title", "number", strconv.Itoa(f.Minutes.Number)))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) correctByForm(c *Call) error {
	f, err := s.correctable(c)
	if err != nil {
		return err
	}
	var in correctionEntered
	form, err := c.Form(templates.MinutesCorrectFields, &in)
	if err != nil {
		return err
	}
	var x minutes.Correction
	if err = in.chosen(); err == nil {
		x, err = s.Office.DraftCorrection(c.Ctx, c.by(), f.Session.ID, in.wanted())
	}
	if wrong, err := c.wrongPlace(&form, err); wrong {
		p, err := s.correctForm(c, f, form, c.say("page.correct.title", "number", strconv.Itoa(f.Minutes.Number)))
		if err != nil {
			return err
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(correctionAt(&x), "done.correction.drafted")
}

// wrongPlace is Wrong with the faults of item and clause at the choice that holds
// both.
func (c *Call) wrongPlace(form *templates.Form, err error) (bool, error) {
	if e, ok := asProblem(err); ok {
		for i := range e.Fields {
			if e.Fields[i].Name == "item" || e.Fields[i].Name == "clause" {
				e.Fields[i].Name = "about"
			}
		}
	}
	return c.Wrong(form, err)
}
