package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/storage"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).withheldPages}) }

func (s *Server) withheldPages() []Route {
	if s.Office == nil {
		return nil
	}
	return append(s.withheldRoutes(), []Route{
		{"GET", "/sessions/:id/minutes/withheld", LoggedIn, noBody, s.withheldPage},
		{"POST", "/sessions/:id/minutes/withheld", LoggedIn, formDoc, s.withholdByForm},
		{"GET", "/sessions/:id/minutes/withheld/:mark", LoggedIn, noBody, s.liftCheck},
		{"POST", "/sessions/:id/minutes/withheld/:mark", LoggedIn, smallDoc, s.liftByForm},
	}...)
}

// aPassage is the choice of a passage, in place of an item.
const aPassage = "passage"

func (s *Server) withheldPage(c *Call) error {
	f, err := s.ofWithheld(c)
	if err != nil {
		return err
	}
	p, err := s.withheldOf(c, f, c.NewForm(templates.MinutesWithheldFields, f.Withheld.Revision, nil))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// ofWithheld is the folder of minutes for those who may say what must not be
// published.
func (s *Server) ofWithheld(c *Call) (office.MinutesFolder, error) {
	f, err := s.folder(c)
	if err != nil {
		return f, err
	}
	if !minutes.MayRecord(c.Actor, f.Session) {
		return f, problem.New(problem.Forbidden, "problem.minutes.withheld.who")
	}
	f.Withheld, err = s.Office.Withholding(c.Ctx, c.Actor, f.Session.ID)
	return f, err
}

func (s *Server) withheldOf(c *Call, f office.MinutesFolder, form templates.Form) (templates.MinutesWithheld, error) {
	p := templates.MinutesWithheld{Crumbs: c.minutesCrumbs(f), Form: form, Title: c.say("page.withheld.title", "date", string(f.Session.Date)),
		Path: minutesAt(f.Session.ID), Public: f.Minutes.Public()}
	ds, err := s.Office.DecisionsOf(c.Ctx, c.Actor, f.Session.ID)
	if err != nil {
		return p, err
	}
	p.About = []templates.Choice{{Value: aPassage, Text: c.say("page.withheld.passage")}}
	for i := range f.Agenda {
		it := &f.Agenda[i]
		p.About = append(p.About, templates.Choice{Value: "0:" + it.ID, Text: strconv.Itoa(it.Number) + ". " + it.TitleIn(c.Lang)})
		for _, d := range ds {
			if d.Item == it.ID {
				p.About = append(p.About, templates.Choice{Value: strconv.Itoa(d.Clause) + ":" + it.ID, Text: c.say("page.withheld.clause", "number", d.Number()) + " " + firstWords(d.Wording)})
			}
		}
	}
	for _, g := range minutes.Grounds {
		p.Grounds = append(p.Grounds, templates.Choice{Value: string(g), Text: c.say("page.withheld.ground." + string(g))})
	}
	for i := range f.Withheld.Parts {
		p.Marks = append(p.Marks, c.withheldRow(f, &f.Withheld.Parts[i]))
	}
	if len(p.Marks) > 0 && f.Minutes.Revision > 0 {
		p.Formats = c.everyFormat("/api/v1" + minutesAt(f.Session.ID, "public"))
	}
	return p, nil
}

func (c *Call) withheldRow(f office.MinutesFolder, x *minutes.Withheld) templates.WithheldRow {
	row := templates.WithheldRow{What: c.say("page.withheld.passage.of", "text", x.Text), Reason: x.Reason(c.Lang), Name: x.By, At: x.At,
		Href: minutesAt(f.Session.ID, "withheld", x.ID)}
	if x.Clause > 0 {
		row.What = c.say("page.withheld.clause", "number", strconv.Itoa(x.Number)+"."+strconv.Itoa(x.Clause)+".")
	} else if x.Item != "" {
		row.What = strconv.Itoa(x.Number) + "."
		for i := range f.Agenda {
			if f.Agenda[i].ID == x.Item {
				row.What += " " + f.Agenda[i].TitleIn(c.Lang)
			}
		}
	}
	return row
}

func (s *Server) withholdByForm(c *Call) error {
	f, err := s.ofWithheld(c)
	if err != nil {
		return err
	}
	var in struct {
		About  string         `json:"about"`
		Text   string         `json:"text"`
		Ground minutes.Ground `json:"ground"`
		Law    string         `json:"law"`
	}
	form, err := c.Form(templates.MinutesWithheldFields, &in)
	if err != nil {
		return err
	}
	x := minutes.Withheld{Text: in.Text, Ground: in.Ground, Law: in.Law}
	if clause, item, ok := strings.Cut(in.About, ":"); ok {
		x.Item = item
		if x.Clause, err = strconv.Atoi(clause); err != nil {
			return problem.New(problem.NotFound, "problem.not-found")
		}
	}
	revision := uint64(0)
	if f.Withheld.Revision > 0 {
		revision = storage.Newest // another mark meanwhile does not matter
	}
	if in.About == "" {
		var l problem.List
		l.Add("about", "problem.minutes.withheld.about")
		err = l.Err()
	} else {
		_, err = s.Office.Withhold(c.Ctx, c.by(), f.Session.ID, revision, x)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		p, err := s.withheldOf(c, f, form)
		if err != nil {
			return err
		}
		return c.FormPage(p)
	} else if err != nil {
		return err
	}
	return c.Done(minutesAt(f.Session.ID, "withheld"), "done.withheld")
}

// toLift is the folder of minutes and one of their marks.
func (s *Server) toLift(c *Call) (f office.MinutesFolder, x minutes.Withheld, err error) {
	if f, err = s.ofWithheld(c); err != nil {
		return f, x, err
	}
	i := slices.IndexFunc(f.Withheld.Parts, func(x minutes.Withheld) bool { return x.ID == c.Param("mark") })
	if i < 0 {
		return f, x, problem.New(problem.NotFound, "problem.missing.withheld", "id", clip(c.Param("mark")))
	}
	return f, f.Withheld.Parts[i], nil
}

// liftCheck asks before a mark is taken away: what has been published cannot be
// taken back.
func (s *Server) liftCheck(c *Call) error {
	f, x, err := s.toLift(c)
	if err != nil {
		return err
	}
	row := c.withheldRow(f, &x)
	return c.Page(http.StatusOK, templates.MinutesLift{Crumbs: c.minutesCrumbs(f), Form: c.NewForm(nil, f.Withheld.Revision, nil), Public: f.Minutes.Public(),
		Back: minutesAt(f.Session.ID, "withheld"), Rows: []templates.Row{
			{Name: c.say("page.withheld.what"), Value: row.What}, {Name: c.say("page.withheld.ground"), Value: row.Reason}, {Name: c.say("page.withheld.by"), Value: row.Name}}})
}

func (s *Server) liftByForm(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	f, x, err := s.toLift(c)
	if err != nil {
		return err
	}
	if _, err := s.Office.Lift(c.Ctx, c.by(), f.Session.ID, form.Revision, x.ID); err != nil {
		return err
	}
	return c.Done(minutesAt(f.Session.ID, "withheld"), "done.lifted")
}
