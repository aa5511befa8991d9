package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).livePages}) }

// livePages are those of a session while it is held. Its presiding person and
// minute-taker may record, whatever else they are, so the office says who may.
func (s *Server) livePages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/live", LoggedIn, noBody, s.watchPage},
		{"GET", "/sessions/:id/record", LoggedIn, noBody, s.recordPage},
		{"POST", "/sessions/:id/record", LoggedIn, smallDoc, s.openByForm},
		{"GET", "/sessions/:id/record/close", LoggedIn, noBody, s.closePage},
		{"POST", "/sessions/:id/record/close", LoggedIn, smallDoc, s.closeByForm},
		{"GET", "/sessions/:id/record/attendance", LoggedIn, noBody, s.attendancePage},
		{"POST", "/sessions/:id/record/attendance", LoggedIn, longDoc, s.attendanceByForm},
		{"GET", "/sessions/:id/record/add", LoggedIn, noBody, s.addItemPage},
		{"POST", "/sessions/:id/record/add", LoggedIn, formDoc, s.addItemByForm},
		{"GET", "/sessions/:id/record/items/:item", LoggedIn, noBody, s.recordItemPage},
		{"POST", "/sessions/:id/record/items/:item", LoggedIn, longDoc, s.recordItemByForm},
		{"POST", "/sessions/:id/record/items/:item/document", LoggedIn, office.MaxDocument, s.addDocumentByForm},
	}
}

// liveTopics are the changes that concern a session while it is held.
func liveTopics(session string) string {
	return "session/" + session + " attendance/" + session + " treatment/" + session + " additions/" + session + " decision"
}

// recording is the record of the session of the address, for those who may add
// to it; others who may see it are told so.
func (s *Server) recording(c *Call) (minutes.Record, error) {
	r, err := s.Office.Record(c.Ctx, c.Actor, c.Param("id"))
	if err == nil && !minutes.MayRecord(c.Actor, r.Session) {
		err = problem.New(problem.Forbidden, "problem.office.record")
	}
	return r, err
}

func (s *Server) watchPage(c *Call) error {
	r, err := s.Office.Record(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	p := templates.LiveWatch{Crumbs: c.sessionCrumbs(r.Session), Session: r.Session, Now: c.liveNow(&r)}
	if minutes.MayRecord(c.Actor, r.Session) {
		p.Record = sessionAt(r.Session.ID, "record")
	}
	if p.Items, err = s.liveRows(c, &r); err != nil {
		return err
	}
	return c.Page(http.StatusOK, p)
}

// recordPage is the overview of those who record; before the session is open,
// it is where they open it.
func (s *Server) recordPage(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if x.State == council.Planned || x.State == council.Convened {
		return s.openPage(c, x)
	}
	r, err := s.recording(c)
	if err != nil {
		return err
	}
	p := templates.LiveRecord{Crumbs: c.sessionCrumbs(r.Session), Session: r.Session, Path: sessionAt(r.Session.ID, "record"),
		Now: c.liveNow(&r), Open: r.Session.State == council.Open}
	if p.Items, err = s.liveRows(c, &r); err != nil {
		return err
	}
	p.Do = c.liveTasks(&r)
	return c.Page(http.StatusOK, p)
}

func (c *Call) liveTasks(r *minutes.Record) (tasks []templates.Task) {
	add := func(key string, below ...string) {
		tasks = append(tasks, templates.Task{Title: c.say("page.live.do." + key), Href: sessionAt(r.Session.ID, below...)})
	}
	add("attendance", "record", "attendance")
	if r.Session.State == council.Open {
		add("add", "record", "add")
		add("close", "record", "close")
	}
	add("watch", "live")
	return tasks
}

// liveNow is how the session stands: who can vote at the current item, and how
// it keeps its time.
func (c *Call) liveNow(r *minutes.Record) templates.LiveNow {
	x := r.Session
	n := templates.LiveNow{Topics: liveTopics(x.ID), State: c.sessionTag(x)}
	at := 1
	if i := r.Current(); i >= 0 {
		at = r.Agenda.Items[i].Number
	}
	c.countVoters(r, at, &n)
	if minutes, known := r.Late(); known && x.State == council.Open {
		n.Late = c.lateTag(minutes)
	}
	if x.Held() {
		n.Rows = append(n.Rows, templates.Row{Name: c.say("page.live.presiding"), Value: c.personName(r, x.Presiding)},
			templates.Row{Name: c.say("page.live.minute-taker"), Value: c.personName(r, x.MinuteTaker)},
			templates.Row{Name: c.say("page.live.held"), Value: c.spanOf(x.OpenedAt, x.ClosedAt)})
		if x.OutOfTurn != "" {
			n.Rows = slices.Insert(n.Rows, len(n.Rows)-2, templates.Row{Name: c.say("page.live.out-of-turn.row"), Value: x.OutOfTurn})
		}
	}
	return n
}

func (c *Call) countVoters(r *minutes.Record, item int, n *templates.LiveNow) {
	by := r.Voters()
	var quorate bool
	n.Present, _, quorate = by.Quorum(item)
	n.Members = by.Members
	state, ngo := by.Attendance.Count(item)
	n.Sides = c.say("page.live.sides", "state", strconv.Itoa(state), "ngo", strconv.Itoa(ngo))
	n.Quorate = templates.Tag{Text: c.say("page.live.quorate"), Colour: "green"}
	if !quorate {
		n.Quorate = templates.Tag{Text: c.say("page.live.inquorate"), Colour: "red"}
	}
}

func (c *Call) personName(r *minutes.Record, id string) string {
	p, ok := r.Roster.Person(id)
	if !ok {
		return "–"
	}
	return p.Name()
}

// spanOf is a span of time in words; the end may still be open.
func (c *Call) spanOf(from, until council.Clock) string {
	switch {
	case from == "":
		return ""
	case until == "":
		return c.say("page.live.since", "from", string(from))
	}
	return c.say("page.workshop.times", "starts", string(from), "ends", string(until))
}

// lateTag says by how many minutes something runs behind or ahead; a minute or
// two is nobody's concern.
func (c *Call) lateTag(n int) templates.Tag {
	switch {
	case n > 2:
		return templates.Tag{Text: c.say("page.live.late", "n", strconv.Itoa(n)), Colour: "yellow"}
	case n < -2:
		return templates.Tag{Text: c.say("page.live.early", "n", strconv.Itoa(-n)), Colour: "blue"}
	}
	return templates.Tag{Text: c.say("page.live.on-time"), Colour: "green"}
}

// liveRows are the items as they were dealt with so far.
func (s *Server) liveRows(c *Call, r *minutes.Record) ([]templates.LiveRow, error) {
	all := r.Dealt()
	slots := agenda.Times(r.Session.Starts, r.Agenda.Items)
	rows := make([]templates.LiveRow, len(all))
	current := r.Current()
	for i := range all {
		rows[i] = c.liveRow(r, &all[i], slots[i])
		rows[i].Current = i == current
		if rows[i].Current && all[i].Treatment.Started == "" && all[i].Treatment.Outcome == "" {
			rows[i].State = templates.Tag{Text: c.say("page.live.state.next"), Colour: "blue"}
		}
	}
	return rows, nil
}

var outcomeColours = map[minutes.Outcome]string{
	minutes.Decided: "green", minutes.Noted: "green", minutes.Postponed: "yellow", minutes.Withdrawn: "grey",
}

func (c *Call) liveRow(r *minutes.Record, d *minutes.Dealt, slot agenda.Slot) templates.LiveRow {
	t := &d.Treatment
	row := templates.LiveRow{ID: d.Item.ID, Number: d.Item.Number, Title: d.Item.TitleIn(c.Lang), Href: sessionAt(r.Session.ID, "record", "items", d.Item.ID),
		Planned: c.spanOf(slot.Starts, slot.Ends), Actual: c.spanOf(t.Started, t.Ended), State: c.treatmentTag(t)}
	if t.Started != "" {
		if late := t.Started.Minutes() - slot.Starts.Minutes(); late > 2 || late < -2 {
			row.Late = c.lateTag(late)
		}
	}
	if d.Added != nil {
		row.Added = d.Added.Note(c.Lang, false)
	}
	for _, sp := range t.Course {
		row.Course = append(row.Course, templates.LiveSpeech{Label: c.say("minutes.line." + string(sp.Kind)), Who: sp.Who, Text: sp.Text})
	}
	if t.Vote != nil {
		row.Vote = t.Vote.Text(c.Lang)
	}
	if t.Why != "" {
		row.Why = c.say("minutes.line."+string(t.Outcome)) + ": " + t.Why
	}
	for _, clause := range d.Clauses {
		row.Clauses = append(row.Clauses, templates.LiveClause{Number: clause.Number(), Wording: clause.Wording, Rows: c.clauseRows(&clause)})
	}
	for _, found := range r.Found {
		if f, ok := found.FoundAt(r.Session.ID); ok && f.Item == d.Item.ID {
			row.Found = append(row.Found, templates.LiveFinding{Found: c.foundText(&found, f)})
		}
	}
	return row
}

func (c *Call) treatmentTag(t *minutes.Treatment) templates.Tag {
	switch {
	case t.Outcome != "":
		return templates.Tag{Text: c.say("page.live.outcome." + string(t.Outcome)), Colour: outcomeColours[t.Outcome]}
	case t.Running():
		return templates.Tag{Text: c.say("page.live.state.running"), Colour: "blue"}
	case t.Ended != "":
		return templates.Tag{Text: c.say("page.live.state.ended"), Colour: "yellow"}
	}
	return templates.Tag{Text: c.say("page.live.state.waiting"), Colour: "grey"}
}

// clauseRows are whom a clause is addressed to, until when, and what of the plan
// it serves.
func (c *Call) clauseRows(d *minutes.Decision) (rows []templates.Row) {
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, templates.Row{Name: c.say(key), Value: value})
		}
	}
	add("page.live.clause.addressee", d.Addressee)
	switch {
	case d.UntilNext:
		add("page.live.clause.deadline", c.say("page.live.clause.until-next"))
	case d.Deadline != "":
		add("page.live.clause.deadline", c.say("page.live.day", "date", string(d.Deadline)))
	}
	add("page.live.clause.tasks", taskLabels(d.Tasks))
	return rows
}

// foundText is what a session found of a decision, in words.
func (c *Call) foundText(d *minutes.Decision, f minutes.Finding) string {
	text := c.say("minutes.finding", "taken", string(d.Taken), "number", d.Number(), "status", string(f.Status))
	if f.Note != "" {
		text += " " + f.Note
	}
	return text
}
