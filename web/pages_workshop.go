package web

import (
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
		Built: len(a.Draft.Items) > 0, Sum: a.Draft.Minutes, Limit: a.Draft.Limit, Version: len(a.Versions), Kept: c.overrideEvents(&a.Draft, a.Overrides)}
	w.Editing = agenda.MayPrepare(c.Actor) && (x.State == council.Planned || x.State == council.Convened)
	w.Over = w.Sum > w.Limit || slices.ContainsFunc(a.Draft.Unmet, func(b agenda.Breach) bool { return b.Reason.Rule == "P20" && b.Item == "" })
	misplaced := slices.ContainsFunc(f.Faults, func(x templates.Fault) bool { return strings.HasPrefix(x.Field, "place.") })
	for i, slot := range agenda.Times(x.Starts, a.Draft.Items) {
		it := &a.Draft.Items[i]
		row := c.workItem(&it.Matter, it.Reasons)
		row.Number, row.Section, row.Break, row.Wait = it.Number, it.Section, it.Break, slot.Wait
		row.Place, row.Wrong = strconv.Itoa(it.Number), f.Faults.Of("place."+it.ID)
		if misplaced {
			row.Place = f.Value("place." + it.ID)
		}
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
	switch {
	case a.Status == agenda.Submitted, a.Status == agenda.Approved:
		w.Sent = c.say("page.workshop.sent." + string(a.Status))
	case w.Built:
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
	must := templates.Tag{Text: c.say("page.workshop.hard"), Colour: "red"}
	var tasks []templates.Task
	for _, u := range b.a.Draft.Unmet {
		t := templates.Task{Title: u.Reason.Text(c.Lang), State: must, Href: b.mend(u)}
		switch {
		case !u.Hard && b.a.Overridden(u):
			continue
		case !u.Hard:
			t.State = templates.Tag{Text: c.say("page.workshop.soft"), Colour: "yellow"}
			t.Hint = c.say("page.workshop.soft.hint")
			t.Href = sessionAt(b.x.ID, "agenda", "reasons") + "?" + url.Values{"rule": {u.Reason.Rule}, "item": {u.Item}}.Encode()
		}
		tasks = append(tasks, t)
	}
	for _, f := range b.missing {
		tasks = append(tasks, templates.Task{Title: locale.Text(c.Lang, f.Key, f.Args), Href: sessionAt(b.x.ID, "agenda", "build"), State: must})
	}
	return tasks
}

// standingItems are those that rules bring on themselves.
var standingItems = map[string]string{"P1": agenda.OpeningID, "P2": agenda.AnyOtherID, "P4": agenda.ExecutionID}

// mend is where a hard rule that is not kept can be met: at the item, among the
// candidates, in the session's date; a standing item that is missing comes back
// with the next build.
func (b *bench) mend(u agenda.Breach) string {
	workshop := sessionAt(b.x.ID, "agenda")
	item := u.Item
	if item == "" {
		item = standingItems[u.Reason.Rule]
	}
	_, on := b.a.Draft.Item(item)
	switch {
	case on && u.Item == "":
		return workshop + "#item-" + item
	case on:
		return sessionAt(b.x.ID, "agenda", "items", item)
	case slices.ContainsFunc(b.a.Draft.LeftOut, func(l agenda.LeftOut) bool { return l.ID == item }):
		return workshop + "#out-" + item
	case item != "":
		return sessionAt(b.x.ID, "agenda", "build")
	}
	switch u.Reason.Rule {
	case "P9", "P10", "P11", "P8":
		return workshop + "#out"
	case "P13", "P16", "P24":
		return sessionAt(b.x.ID, "change")
	}
	return workshop + "#items"
}

// overrideEvents are the reasons that are kept with a draft, the newest first.
func (c *Call) overrideEvents(d *agenda.Draft, all []agenda.Override) []templates.Event {
	events := make([]templates.Event, 0, len(all))
	for _, o := range slices.Backward(all) {
		what := c.say("page.workshop.kept.by-hand")
		switch {
		case o.Rule != "":
			what = c.say("page.workshop.kept.rule", "rule", o.Rule)
		case o.Item != "":
			what = c.say("page.workshop.kept.item", "title", titleOf(d, o.Item))
		}
		events = append(events, templates.Event{At: o.At, Who: o.Name, What: what, Note: o.Reason})
	}
	return events
}
