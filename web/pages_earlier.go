package web

import (
	"net/http"
	"regexp"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).earlierPages}) }

// earlierPages record sessions that were held before the council used this
// program.
func (s *Server) earlierPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", earlierAt, preparers, noBody, s.newEarlierPage},
		{"POST", earlierAt, preparers, longDoc, s.earlierByForm},
		{"GET", "/sessions/:id/earlier", preparers, noBody, s.changeEarlierPage},
		{"POST", "/sessions/:id/earlier", preparers, longDoc, s.changeEarlierByForm},
		{"GET", "/sessions/:id/earlier/decision", preparers, noBody, s.earlierDecisionPage},
		{"POST", "/sessions/:id/earlier/decision", preparers, formDoc, s.earlierDecisionByForm},
	}
}

const earlierAt = "/sessions/earlier"

const (
	fewestItems = 6 // lines of a new session
	moreItems   = 3 // empty lines behind the items there are
)

// linesFor is how many lines a form has for so many items.
func linesFor(items int) int { return min(max(fewestItems, items+moreItems), minutes.MaxEarlierItems) }

func earlierFields(lines int) []templates.Named {
	all := templates.EarlierFields[:len(templates.EarlierFields):len(templates.EarlierFields)]
	for n := range lines {
		for _, f := range templates.EarlierItemFields {
			all = append(all, templates.Named{Name: itemField(n, f.Name), Label: f.Label})
		}
	}
	return all
}

// itemField is a field of the line of an item, counted from 0.
func itemField(n int, name string) string { return "items-" + strconv.Itoa(n+1) + "-" + name }

func (s *Server) newEarlierPage(c *Call) error {
	set, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	in := earlierRequest{Kind: council.Regular, Mode: council.Hybrid, Starts: set.Starts, Ends: set.Starts.Add(set.Minutes), Place: set.Place}
	return s.showEarlier(c, c.NewForm(earlierFields(fewestItems), 0, in), council.Session{}, fewestItems)
}

func (s *Server) changeEarlierPage(c *Call) error {
	x, err := s.Office.EarlierSession(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	n := linesFor(len(x.Earlier.Items))
	f := c.NewForm(earlierFields(n), x.Session.Revision, earlierRequest{Kind: x.Session.Kind, Mode: x.Session.Mode, Date: x.Session.Date,
		Starts: x.Session.Starts, Ends: x.Session.Ends, Place: x.Session.Place, Presiding: x.Session.Presiding,
		Number: x.Earlier.Number, Source: x.Earlier.Source})
	for i, it := range x.Earlier.Items {
		for name, value := range map[string]string{"title": it.Title, "tasks": taskLabels(it.Tasks), "kind": string(it.Kind),
			"initiator": string(it.Initiator), "outcome": string(it.Outcome)} {
			f.Values[itemField(i, name)] = []string{value}
		}
		if it.OutsideRiga {
			f.Values[itemField(i, "outsideRiga")] = []string{"on"}
		}
	}
	return s.showEarlier(c, f, x.Session, n)
}

// showEarlier shows the form with so many lines, of a new session or of one that
// is recorded anew.
func (s *Server) showEarlier(c *Call, f templates.Form, x council.Session, lines int) error {
	of, err := s.sessionForm(c, f, x)
	if err != nil {
		return err
	}
	p := templates.EarlierForm{Crumbs: of.Crumbs, Form: f, New: of.New, Leads: of.Leads, Kinds: words(c, "agenda.kind.", agenda.Kinds()),
		Outcomes: words(c, "page.live.outcome.", []minutes.Outcome{minutes.Decided, minutes.Noted}),
		Sides:    words(c, "side.", []council.Side{council.State, council.NGO, council.Joint}), Back: "/sessions"}
	if !p.New {
		p.Back = sessionAt(x.ID)
	}
	for n := range lines {
		p.Lines = append(p.Lines, n+1)
	}
	if len(f.Faults) > 0 {
		return c.FormPage(p)
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) earlierByForm(c *Call) error {
	return s.saveEarlier(c, council.Session{}, fewestItems)
}

func (s *Server) changeEarlierByForm(c *Call) error {
	x, err := s.Office.EarlierSession(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return s.saveEarlier(c, x.Session, linesFor(len(x.Earlier.Items)))
}

func (s *Server) saveEarlier(c *Call, x council.Session, lines int) error {
	var in earlierRequest
	form, err := c.Form(earlierFields(lines), &in)
	if err != nil {
		return err
	}
	places, err := in.enterItems(form, lines)
	revision := form.Revision
	if x.ID == "" {
		revision = 0
	}
	var saved office.EarlierSession
	if err == nil && len(form.Faults) == 0 {
		saved, err = s.Office.RecordEarlier(c.Ctx, c.by(), x.ID, revision, in.session(), in.earlier())
		err = onLines(err, places)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return s.showEarlier(c, form, x, lines)
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(saved.Session.ID), "done.earlier", "date", string(saved.Session.Date))
}

// enterItems reads the lines that have a title or tasks, and says on which line
// each item stands.
func (r *earlierRequest) enterItems(f templates.Form, lines int) (places []int, err error) {
	var l problem.List
	for n := range lines {
		at := func(name string) string { return f.Value(itemField(n, name)) }
		if at("title") == "" && at("tasks") == "" {
			continue
		}
		x := minutes.EarlierItem{Title: at("title"), Kind: agenda.Kind(at("kind")), Initiator: council.Side(at("initiator")),
			Outcome: minutes.Outcome(at("outcome")), OutsideRiga: at("outsideRiga") != ""}
		if x.Tasks, err = tasksEntered(at("tasks"), 0); err != nil {
			l.Add(itemField(n, "tasks"), "problem.live.task", "value", clip(at("tasks")))
		}
		r.Items, places = append(r.Items, x), append(places, n)
	}
	return places, l.Err()
}

var itemFault = regexp.MustCompile(`^items\[(\d+)\]\.(\w+)$`)

// onLines names the fields of items at fault as the form does.
func onLines(err error, places []int) error {
	e, ok := asProblem(err)
	if !ok {
		return err
	}
	for i := range e.Fields {
		if m := itemFault.FindStringSubmatch(e.Fields[i].Name); m != nil {
			n, _ := strconv.Atoi(m[1])
			e.Fields[i].Name = itemField(places[n], m[2])
		} else if e.Fields[i].Name == "items" {
			e.Fields[i].Name = itemField(0, "title")
		}
	}
	return err
}

func (s *Server) earlierDecisionPage(c *Call) error {
	x, err := s.Office.EarlierSession(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.earlierDecisionForm(x.Session, c.NewForm(templates.EarlierDecisionFields, 0, nil)))
}

func (c *Call) earlierDecisionForm(x council.Session, f templates.Form) templates.EarlierDecisionForm {
	return templates.EarlierDecisionForm{Crumbs: c.sessionCrumbs(x), Form: f, Back: sessionAt(x.ID)}
}

func (s *Server) earlierDecisionByForm(c *Call) error {
	x, err := s.Office.EarlierSession(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	var in struct {
		Number string `json:"number"`
		clauseEntered
	}
	form, err := c.Form(templates.EarlierDecisionFields, &in)
	if err != nil {
		return err
	}
	clause := minutes.Clause{Wording: in.Wording, Addressee: in.Addressee, Deadline: in.Deadline, UntilNext: in.UntilNext}
	clause.Tasks, err = tasksEntered(in.Tasks, 0)
	var d minutes.Decision
	if err == nil && len(form.Faults) == 0 {
		d, err = s.Office.AddEarlierDecision(c.Ctx, c.by(), x.Session.ID, in.Number, clause)
		err = withoutPlaces(err)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.earlierDecisionForm(x.Session, form))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.Session.ID), "done.earlier.decision", "number", d.Number())
}
