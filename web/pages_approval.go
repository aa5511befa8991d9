package web

import (
	"net/http"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).approvalPages}) }

// approvalPages are those where chair and deputy decide on agendas, and where
// versions are compared.
func (s *Server) approvalPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/sessions/:id/agenda/approve", leads, noBody, s.approvalPage},
		{"POST", "/sessions/:id/agenda/approve", leads, formDoc, s.approveByForm},
		{"GET", "/sessions/:id/agenda/versions", drafters, noBody, s.kept(s.versionsPage)},
		{"GET", "/sessions/:id/agenda/compare", drafters, noBody, s.kept(s.differencePage)},
		{"GET", "/sessions/:id/run-sheet", drafters, noBody, s.kept(s.runSheet)},
	}
}

// approvalRequest is what a lead says of a version. Confirmed is sent by the
// check page alone.
type approvalRequest struct {
	proofRequest
	Decision  string `json:"decision"`
	Comment   string `json:"comment"`
	Confirmed bool   `json:"confirmed"`
}

const (
	approves = "approve"
	returns  = "return"
)

func (s *Server) approvalPage(c *Call) error {
	p, err := s.approval(c)
	if err != nil {
		return err
	}
	p.Form = c.NewForm(templates.AgendaApprovalFields, 0, nil)
	return c.Page(http.StatusOK, p)
}

// approval is the page of the newest version, without its form.
func (s *Server) approval(c *Call) (templates.AgendaApproval, error) {
	x, a, _, err := s.Office.Workshop(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return templates.AgendaApproval{}, err
	}
	v, ok := a.Current()
	if !ok {
		return templates.AgendaApproval{}, problem.New(problem.State, "problem.agenda.not-submitted")
	}
	content, _, err := s.Office.Version(c.Ctx, c.Actor, x.ID, v.Number)
	if err != nil {
		return templates.AgendaApproval{}, err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return templates.AgendaApproval{}, err
	}
	p := templates.AgendaApproval{Crumbs: c.sessionCrumbs(x), Session: x, State: c.agendaTag(a), Version: v.Number, Digest: v.Digest,
		By: v.Name, At: v.Submitted, Since: spokenOf(&a, c.Actor.Person), Unmet: c.unmetRules(&content), Said: c.saidOf(r, v),
		Path: sessionAt(x.ID, "agenda"), Done: c.saidBy(v)}
	p.Asked = a.Status == agenda.Submitted && p.Done == "" && agenda.MayApprove(c.Actor)
	for _, d := range []string{approves, returns} {
		p.Choices = append(p.Choices, templates.Choice{Value: d, Text: c.say("page.approval.decision." + d)})
	}
	if p.Since > 0 {
		ds, err := s.Office.Differences(c.Ctx, c.Actor, c.Lang, x.ID, p.Since, v.Number)
		if err != nil {
			return p, err
		}
		p.Changed = c.differences(ds)
	}
	p.Items = c.contentItems(&content)
	for i := range content.LeftOut {
		p.Out = append(p.Out, c.workItem(&content.LeftOut[i].Matter, content.LeftOut[i].Reasons))
	}
	return p, nil
}

// contentItems are the items of a version with their times.
func (c *Call) contentItems(content *agenda.Content) (rows []templates.WorkItem) {
	for i, slot := range agenda.Times(content.Session.Starts, content.Items) {
		it := &content.Items[i]
		row := c.workItem(&it.Matter, it.Reasons)
		row.Number, row.Section, row.Break = it.Number, it.Section, it.Break
		row.Times = c.say("page.workshop.times", "starts", string(slot.Starts), "ends", string(slot.Ends))
		for _, d := range it.Details {
			row.Details = append(row.Details, d.Reason.Text(c.Lang))
		}
		rows = append(rows, row)
	}
	return rows
}

// spokenOf is the newest version before the current one that a lead approved or
// returned; 0 for none.
func spokenOf(a *agenda.Agenda, person string) int {
	for i := len(a.Versions) - 2; i >= 0; i-- {
		v := &a.Versions[i]
		if slices.ContainsFunc(v.Approvals, func(x agenda.Approval) bool { return x.Person == person }) ||
			slices.ContainsFunc(v.Requests, func(x agenda.Request) bool { return x.Person == person }) {
			return v.Number
		}
	}
	return 0
}

// saidBy is what the reader said of a version; "" when nothing yet.
func (c *Call) saidBy(v *agenda.Version) string {
	for _, x := range v.Approvals {
		if x.Person == c.Actor.Person {
			return c.say("page.approval.done.approved", "n", strconv.Itoa(v.Number))
		}
	}
	for _, x := range v.Requests {
		if x.Person == c.Actor.Person {
			return c.say("page.approval.done.returned", "n", strconv.Itoa(v.Number))
		}
	}
	return ""
}

// saidOf are the approvals and requests of a version, the newest first.
func (c *Call) saidOf(r *council.Roster, v *agenda.Version) (events []templates.Event) {
	as := func(role council.Role, person, substitute string) string {
		if substitute != "" {
			return c.say("page.approval.substitute", "role", string(role))
		}
		who, _ := r.Person(person)
		return c.roleOf(string(role), who)
	}
	for _, x := range v.Approvals {
		events = append(events, templates.Event{At: x.At, Who: x.Name + " (" + as(x.Role, x.Person, x.SubstituteFor) + ")", What: c.say("page.approval.event.approved")})
	}
	for _, x := range v.Requests {
		events = append(events, templates.Event{At: x.At, Who: x.Name + " (" + as(x.Role, x.Person, x.SubstituteFor) + ")",
			What: c.say("page.approval.event.returned"), Note: x.Comment})
	}
	slices.SortStableFunc(events, func(a, b templates.Event) int { return b.At.Compare(a.At) })
	return events
}

func (c *Call) unmetRules(content *agenda.Content) (all []templates.UnmetRule) {
	for _, b := range content.Unmet {
		u := templates.UnmetRule{Rule: b.Reason.Rule, Text: b.Reason.Text(c.Lang)}
		for _, o := range content.Overrides {
			if o.Rule == b.Reason.Rule && o.Item == b.Item {
				u.Reason, u.Who = o.Reason, o.Name
			}
		}
		all = append(all, u)
	}
	for _, o := range content.Overrides {
		if o.Rule == "" {
			all = append(all, templates.UnmetRule{Rule: "–", Text: c.say("page.workshop.kept.by-hand"), Reason: o.Reason, Who: o.Name})
		}
	}
	return all
}

func (c *Call) differences(ds []agenda.Difference) []templates.Different {
	rows := make([]templates.Different, len(ds))
	for i, d := range ds {
		was, is := d.Values(c.Lang)
		rows[i] = templates.Different{Title: d.Title, Label: d.Label(c.Lang), Was: was, Is: is}
	}
	return rows
}

// approveByForm shows the check page first, and records the lead's word when it
// comes back from there. The digest is that of the content the lead was shown.
func (s *Server) approveByForm(c *Call) error {
	var in approvalRequest
	form, err := c.Form(templates.AgendaApprovalFields, &in)
	if err != nil {
		return err
	}
	if err = in.check(); err != nil {
		return s.approvalAgain(c, form, err)
	}
	form.Fields = templates.ProofFields
	if in.Confirmed {
		err = s.approve(c, in)
	}
	wrong, err := c.Wrong(&form, err)
	if wrong || err == nil && !in.Confirmed {
		err = s.approvalCheck(c, in, form)
		return s.overtaken(c, in, err)
	}
	if err != nil {
		return s.overtaken(c, in, err)
	}
	return c.Done(sessionAt(c.Param("id"), "agenda", "approve"), "done.approval."+in.Decision)
}

// approvalAgain is the page whose form lacks something.
func (s *Server) approvalAgain(c *Call, form templates.Form, err error) error {
	if _, err := c.Wrong(&form, err); err != nil {
		return err
	}
	p, err := s.approval(c)
	if err != nil {
		return err
	}
	p.Form = form
	return c.FormPage(p)
}

func (in *approvalRequest) check() error {
	var l problem.List
	switch {
	case in.Decision != approves && in.Decision != returns:
		l.Add("decision", "problem.approval.decision")
	case in.Decision == returns && len([]rune(in.Comment)) < 3:
		l.Add("comment", "problem.approval.comment")
	}
	return l.Err()
}

func (s *Server) approve(c *Call, in approvalRequest) (err error) {
	if in.Decision == approves {
		_, err = s.Office.ApproveAgenda(c.Ctx, c.byProving(in.proofRequest), c.Param("id"), in.Digest)
	} else {
		_, err = s.Office.RequestChanges(c.Ctx, c.by(), c.Param("id"), in.Digest, in.Comment)
	}
	return err
}

// approvalCheck is the page before the lead's word is final; it comes back when
// the lead has not proved who they are.
func (s *Server) approvalCheck(c *Call, in approvalRequest, form templates.Form) error {
	x, a, _, err := s.Office.Workshop(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	v, ok := a.Current()
	if !ok || v.Digest != in.Digest {
		return problem.New(problem.Conflict, "problem.approval.changed")
	}
	p := templates.AgendaApprovalCheck{Crumbs: c.sessionCrumbs(x), Form: form, Approves: in.Decision == approves, Proof: c.proof(v.Digest),
		Back: sessionAt(x.ID, "agenda", "approve"), Rows: []templates.Row{
			{Name: c.say("page.approval-check.what"), Value: c.say("page.approval.decision." + in.Decision)},
			{Name: c.say("page.approval-check.agenda"), Value: c.say("page.workshop.title", "date", string(x.Date))},
			{Name: c.say("page.agenda-submit.version"), Value: strconv.Itoa(v.Number)},
			{Name: c.say("page.approval.digest"), Value: v.Digest},
		}}
	if in.Comment != "" {
		p.Rows = append(p.Rows, templates.Row{Name: c.say("page.approval.comment"), Value: in.Comment})
	}
	if len(form.Faults) > 0 {
		return c.FormPage(p)
	}
	return c.Page(http.StatusOK, p)
}

func (s *Server) versionsPage(c *Call) error {
	x, a, _, err := s.Office.Workshop(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	r, err := s.Office.Roster(c.Ctx)
	if err != nil {
		return err
	}
	p := templates.AgendaVersions{Crumbs: c.agendaCrumbs(x), Session: x, Path: sessionAt(x.ID, "agenda")}
	for i := range slices.Backward(a.Versions) {
		v := &a.Versions[i]
		one := templates.AgendaVersion{Number: v.Number, Digest: v.Digest, At: v.Submitted, By: v.Name, Said: c.saidOf(r, v), State: c.versionTag(v),
			PDF: "/api/v1" + sessionAt(x.ID, "agenda.pdf") + "?reasons=1&version=" + strconv.Itoa(v.Number) + "&lang=" + string(c.Lang)}
		if i > 0 {
			one.Compare = p.Path + "/compare?from=" + strconv.Itoa(v.Number-1) + "&to=" + strconv.Itoa(v.Number)
		}
		p.Versions = append(p.Versions, one)
	}
	return c.Page(http.StatusOK, p)
}

func (c *Call) versionTag(v *agenda.Version) templates.Tag {
	switch {
	case v.Approved():
		return templates.Tag{Text: c.say("api.agenda.approved"), Colour: "green"}
	case len(v.Requests) > 0:
		return templates.Tag{Text: c.say("api.agenda.returned"), Colour: "red"}
	}
	return templates.Tag{Text: c.say("api.agenda.submitted"), Colour: "grey"}
}

func (s *Server) differencePage(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	from, err := c.versionNumber(c.Query("from"), false)
	if err != nil {
		return err
	}
	to, err := c.versionNumber(c.Query("to"), false)
	if err != nil {
		return err
	}
	ds, err := s.Office.Differences(c.Ctx, c.Actor, c.Lang, x.ID, from, to)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.AgendaDifference{Crumbs: c.agendaCrumbs(x), Session: x, From: from, To: to, Changed: c.differences(ds)})
}

// runSheet is the approved agenda for whoever presides, or the draft while there
// is none.
func (s *Server) runSheet(c *Call) error {
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	p := templates.RunSheet{Crumbs: c.sessionCrumbs(x), Session: x, Approved: true}
	content, _, err := s.Office.Version(c.Ctx, c.Actor, x.ID, 0)
	if problem.KindOf(err) == problem.NotFound {
		var a agenda.Agenda
		_, a, _, err = s.Office.Workshop(c.Ctx, c.Actor, x.ID)
		content, p.Approved = agenda.Content{Session: x, Items: a.Draft.Items}, false
	}
	if err != nil {
		return err
	}
	for i, row := range c.contentItems(&content) {
		it := &content.Items[i]
		p.Items = append(p.Items, templates.RunItem{Number: row.Number, Title: row.Title, Times: row.Times, Minutes: row.Minutes,
			Section: row.Section, Break: row.Break, Presenters: it.Presenters, Invited: it.Invited, Decision: it.DraftDecision, Details: row.Details})
	}
	return c.Page(http.StatusOK, p)
}
