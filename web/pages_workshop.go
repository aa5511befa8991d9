package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).workshopPages}) }

// workshopPages are those where the secretariat makes an agenda.
func (s *Server) workshopPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/agenda", drafters, noBody, s.workshop},
		{"POST", "/sessions/:id/agenda", preparers, formDoc, s.orderByForm},
		{"GET", "/sessions/:id/agenda/build", preparers, noBody, s.buildCheck},
		{"POST", "/sessions/:id/agenda/build", preparers, smallDoc, s.buildByForm},
		{"GET", "/sessions/:id/agenda/items/:item", preparers, noBody, s.itemPage},
		{"POST", "/sessions/:id/agenda/items/:item", preparers, longDoc, s.itemByForm},
		{"GET", "/sessions/:id/agenda/items/:item/documents", preparers, noBody, s.itemDocuments},
		{"POST", "/sessions/:id/agenda/items/:item/documents", preparers, office.MaxDocument, s.itemDocumentByForm},
		{"GET", "/sessions/:id/agenda/reasons", preparers, noBody, s.reasonPage},
		{"POST", "/sessions/:id/agenda/reasons", preparers, formDoc, s.reasonByForm},
		{"GET", "/sessions/:id/agenda/submit", preparers, noBody, s.submitCheck},
		{"POST", "/sessions/:id/agenda/submit", preparers, smallDoc, s.submitByForm},
	}
}

// sessionAt is the path of a session's page, or of one below it.
func sessionAt(id string, below ...string) string {
	path := "/sessions/" + url.PathEscape(id)
	for _, p := range below {
		path += "/" + url.PathEscape(p)
	}
	return path
}

// sessionCrumbs lead from the list of sessions to a session's page.
func (c *Call) sessionCrumbs(s council.Session) templates.Crumbs {
	return templates.Crumbs{
		{Text: c.say("nav.sessions"), Href: "/sessions"},
		{Text: c.say("page.session.of", "date", string(s.Date)), Href: sessionAt(s.ID)},
	}
}

func (c *Call) agendaCrumbs(s council.Session) templates.Crumbs {
	return append(c.sessionCrumbs(s), templates.Link{Text: c.say("page.workshop.crumb"), Href: sessionAt(s.ID, "agenda")})
}

// bench is what lies on the workshop's bench: a session, its agenda as it stands
// by now, and what keeps it from going out beside its rules.
type bench struct {
	x       council.Session
	a       agenda.Agenda
	missing []problem.Field
}

func (s *Server) bench(c *Call) (b bench, err error) {
	b.x, b.a, b.missing, err = s.Office.Workshop(c.Ctx, c.Actor, c.Param("id"))
	return b, err
}

func (s *Server) workshop(c *Call) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.workshopPage(b, c.NewForm(templates.WorkshopFields, b.a.Revision, nil)))
}

var agendaColours = map[agenda.Status]string{
	agenda.Drafting: "grey", agenda.Submitted: "yellow", agenda.Returned: "red", agenda.Approved: "green",
}

func (c *Call) agendaTag(a agenda.Agenda) templates.Tag {
	return templates.Tag{Text: c.say("api.agenda." + string(a.Status)), Colour: agendaColours[a.Status]}
}

// workshopPage is the workshop with the form of its order. What was entered of
// places is shown again.
func (c *Call) workshopPage(b bench, f templates.Form) templates.Workshop {
	x, a := b.x, b.a
	w := templates.Workshop{Crumbs: c.sessionCrumbs(x), Form: f, Session: x, Path: sessionAt(x.ID, "agenda"), State: c.agendaTag(a),
		Built: len(a.Draft.Items) > 0, Sum: a.Draft.Minutes, Limit: a.Draft.Limit, Version: len(a.Versions), Kept: c.overrideEvents(a.Overrides)}
	w.Editing = agenda.MayPrepare(c.Actor) && (x.State == council.Planned || x.State == council.Convened)
	w.ByHand = slices.ContainsFunc(a.Overrides, func(o agenda.Override) bool { return o.Rule == "" })
	for i, slot := range agenda.Times(x.Starts, a.Draft.Items) {
		it := &a.Draft.Items[i]
		row := c.workItem(&it.Matter, it.Reasons)
		row.Number, row.Section, row.Break, row.Wait = it.Number, it.Section, it.Break, slot.Wait
		row.Times = c.say("page.workshop.times", "starts", string(slot.Starts), "ends", string(slot.Ends))
		row.First, row.Last, row.Editing, row.Edit = i == 0, i == len(a.Draft.Items)-1, w.Editing, sessionAt(x.ID, "agenda", "items", it.ID)
		for _, d := range it.Details {
			row.Details = append(row.Details, d.Reason.Text(c.Lang))
		}
		for _, b := range a.Draft.Unmet {
			if b.Item == it.ID {
				row.Breaches = append(row.Breaches, b.Reason.Text(c.Lang))
			}
		}
		w.Items = append(w.Items, row)
	}
	for i := range a.Draft.LeftOut {
		w.Out = append(w.Out, c.workItem(&a.Draft.LeftOut[i].Matter, a.Draft.LeftOut[i].Reasons))
	}
	if w.Built && a.Status != agenda.Submitted && a.Status != agenda.Approved {
		w.Missing = c.missingTasks(b)
	}
	return w
}

func (c *Call) workItem(m *agenda.Matter, reasons []agenda.Reason) templates.WorkItem {
	row := templates.WorkItem{ID: m.ID, Title: m.TitleIn(c.Lang), Kind: c.say("agenda.kind." + string(m.Kind)), Minutes: m.Minutes,
		Note: strings.Trim(agenda.PlanNote(c.Lang, m), "[]"), By: m.InitiatedBy}
	for _, r := range reasons {
		row.Reasons = append(row.Reasons, r.Text(c.Lang))
	}
	return row
}

// missingTasks are what keeps an agenda from going out, each with the way to
// mend it.
func (c *Call) missingTasks(b bench) []templates.Task {
	var tasks []templates.Task
	for _, u := range b.a.Draft.Unmet {
		t := templates.Task{Title: u.Reason.Text(c.Lang), State: templates.Tag{Text: c.say("page.workshop.hard"), Colour: "red"}}
		switch {
		case !u.Hard && b.a.Overridden(u):
			continue
		case !u.Hard:
			t.State = templates.Tag{Text: c.say("page.workshop.soft"), Colour: "yellow"}
			t.Hint = c.say("page.workshop.soft.hint")
			t.Href = sessionAt(b.x.ID, "agenda", "reasons") + "?" + url.Values{"rule": {u.Reason.Rule}, "item": {u.Item}}.Encode()
		case u.Item != "":
			if _, on := b.a.Draft.Item(u.Item); on {
				t.Href = sessionAt(b.x.ID, "agenda", "items", u.Item)
			}
		}
		tasks = append(tasks, t)
	}
	for _, f := range b.missing {
		tasks = append(tasks, templates.Task{Title: locale.Text(c.Lang, f.Key, f.Args), Href: sessionAt(b.x.ID, "agenda", "build"),
			State: templates.Tag{Text: c.say("page.workshop.hard"), Colour: "red"}})
	}
	return tasks
}

func (c *Call) overrideEvents(all []agenda.Override) []templates.Event {
	events := make([]templates.Event, 0, len(all))
	for _, o := range slices.Backward(all) {
		what := c.say("page.workshop.kept.by-hand")
		if o.Rule != "" {
			what = c.say("page.workshop.kept.rule", "rule", o.Rule)
		}
		events = append(events, templates.Event{At: o.At, Who: o.Name, What: what, Note: o.Reason})
	}
	return events
}

// orderByForm puts the items into the order of the numbers entered, or moves one
// item by the button that was pressed. With try it only shows how the agenda
// would stand: the page asks for that while its items are moved.
func (s *Server) orderByForm(c *Call) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	var in struct {
		Reason string `json:"reason"`
	}
	form, err := c.Form(templates.WorkshopFields, &in)
	if err != nil {
		return err
	}
	ids, err := orderOf(&b.a.Draft, form.Values)
	if err == nil && form.Value("try") != "" {
		return c.Page(http.StatusOK, c.triedPage(b, ids, form))
	}
	if err == nil && len(form.Faults) == 0 {
		_, err = s.Office.ArrangeAgenda(c.Ctx, c.by(), b.x.ID, form.Revision, ids, in.Reason)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.triedPage(b, ids, form))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(b.x.ID, "agenda"), "done.workshop.order")
}

// triedPage is the workshop with its items as they were put, so that an order
// whose reason is still missing is not lost. An order that cannot be is not
// shown: then it is the agenda as it stands.
func (c *Call) triedPage(b bench, ids []string, f templates.Form) templates.Workshop {
	a, err := c.server.Office.TryAgenda(c.Ctx, c.Actor, b.x.ID, ids)
	if err != nil || ids == nil {
		return c.workshopPage(b, f)
	}
	b.a = a
	p := c.workshopPage(b, f)
	p.Unsaved = true
	return p
}

// orderOf is the order that a form asks for. It names the items that it shows,
// in their order, as "on"; they stand by the numbers entered for them: one that
// goes up stands before the one that has its number, one that goes down behind
// it. A candidate comes on before the last item.
func orderOf(d *agenda.Draft, values url.Values) ([]string, error) {
	type placed struct {
		id    string
		place int
	}
	shown := values["on"]
	if shown == nil {
		for _, it := range d.Items {
			shown = append(shown, it.ID)
		}
	}
	var l problem.List
	all := make([]placed, len(shown))
	for i, id := range shown {
		all[i] = placed{id, 2 * (i + 1)}
		value := strings.TrimSpace(values.Get("place." + id))
		n, err := strconv.Atoi(value)
		switch {
		case value == "":
		case err != nil || n < 1 || n > len(shown):
			l.Add("place."+id, "problem.range", "value", clip(value), "least", "1", "most", strconv.Itoa(len(shown)))
		case n < i+1:
			all[i].place = 2*n - 1
		case n > i+1:
			all[i].place = 2*n + 1
		}
	}
	if err := l.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	return pressed(ids, values), nil
}

// pressed is the order after the button that was pressed, if one was.
func pressed(ids []string, values url.Values) []string {
	if i := slices.Index(ids, values.Get("up")); i > 0 {
		ids[i-1], ids[i] = ids[i], ids[i-1]
	}
	if i := slices.Index(ids, values.Get("down")); i >= 0 && i < len(ids)-1 {
		ids[i+1], ids[i] = ids[i], ids[i+1]
	}
	if i := slices.Index(ids, values.Get("out")); i >= 0 {
		ids = slices.Delete(ids, i, i+1)
	}
	if add := values.Get("add"); add != "" {
		ids = slices.Insert(ids, max(len(ids)-1, 0), add)
	}
	return ids
}

func (s *Server) buildCheck(c *Call) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	lost := slices.DeleteFunc(slices.Clone(b.a.Overrides), func(o agenda.Override) bool { return o.Rule != "" })
	return c.Page(http.StatusOK, templates.AgendaBuild{Crumbs: c.agendaCrumbs(b.x), Form: c.NewForm(nil, b.a.Revision, nil), Lost: c.overrideEvents(lost)})
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

func (s *Server) submitCheck(c *Call) error { return s.submitPage(c, http.StatusOK, nil) }

// submitPage shows what is about to go to the leads, or what still keeps it.
func (s *Server) submitPage(c *Call, status int, missing []templates.Task) error {
	b, err := s.bench(c)
	if err != nil {
		return err
	}
	x, a := b.x, b.a
	p := templates.AgendaSubmit{Crumbs: c.agendaCrumbs(x), Form: c.NewForm(nil, a.Revision, nil), Kept: c.overrideEvents(a.Overrides), Missing: missing,
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
	if p.Missing == nil {
		p.Missing = c.missingTasks(b)
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
		var missing []templates.Task
		for _, f := range e.Fields {
			missing = append(missing, templates.Task{Title: locale.Text(c.Lang, f.Key, f.Args), State: templates.Tag{Text: c.say("page.workshop.hard"), Colour: "red"}})
		}
		return s.submitPage(c, http.StatusUnprocessableEntity, missing)
	}
	if err != nil {
		return err
	}
	return c.Done(sessionAt(c.Param("id"), "agenda"), "done.workshop.submitted")
}
