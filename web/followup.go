package web

import (
	"net/http"
	"strconv"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
	"padome/plan"
)

// followupRoutes are those of how decisions and tasks are carried out.
func (s *Server) followupRoutes() []Route {
	return []Route{
		{"POST", "/api/v1/decisions/:id/progress", proposers, formDoc, s.reportProgress},
		{"POST", "/api/v1/decisions/:id/progress/:report/evidence", proposers, office.MaxDocument, s.addEvidence},
		{"GET", "/api/v1/decisions/:id/evidence/:sha256", Public, noBody, s.evidence},
		{"GET", "/api/v1/sessions/:id/findings", mandated, noBody, s.decisionsFound},
		{"PUT", "/api/v1/sessions/:id/items/:item/findings/:decision", LoggedIn, formDoc, s.findDecision},
		{"DELETE", "/api/v1/sessions/:id/items/:item/findings/:decision", LoggedIn, noBody, s.takeBackFinding},
		{"GET", "/api/v1/reminders", preparers, noBody, s.reminders},
		{"POST", "/api/v1/decisions/:id/reminders", preparers, formDoc, s.markReminded},
		{"GET", "/api/v1/fulfilments", Public, noBody, s.fulfilments},
		{"POST", "/api/v1/fulfilments", preparers, formDoc, s.findTask},
		{"GET", "/api/v1/plans/:revision/duties", Public, noBody, s.duties},
	}
}

// findingView is what a session found of a decision.
type findingView struct {
	Status     minutes.Status `json:"status"`
	StatusText string         `json:"statusText"`
	Session    string         `json:"session"`
	On         council.Date   `json:"on"`
	Item       string         `json:"item"`
	ItemNo     int            `json:"itemNo"`
	Clause     int            `json:"clause,omitempty"`
	Note       string         `json:"note,omitempty"`
}

// claimView is what the newest report claims, which the council has not dealt
// with yet.
type claimView struct {
	Status     minutes.Status `json:"status"`
	StatusText string         `json:"statusText"`
	On         council.Date   `json:"on"`
}

func (c *Call) followed(v *decisionView, d minutes.Decision) {
	inside := minutes.MayReadRecord(c.Actor)
	for _, p := range d.Progress {
		x := progressView{Text: p.Text, Status: p.Status, StatusText: c.say("decision.status." + string(p.Status)),
			Claim: p.Claim, For: p.For, Evidence: listed(p.Evidence), At: p.At}
		if inside {
			x.By, x.Name = p.By, p.Name
		}
		v.Progress = append(v.Progress, x)
	}
	for _, f := range d.Findings {
		v.Findings = append(v.Findings, findingView{f.Status, c.say("decision.status." + string(f.Status)), f.Session, f.On,
			f.Item, f.ItemNo, f.Clause, f.Note})
	}
	if p, ok := d.Told(); ok {
		v.Claimed = &claimView{p.Status, c.say("decision.status." + string(p.Status)), council.DateOf(p.At)}
	}
	if inside {
		v.Reminders = d.Reminders
	}
}

func (s *Server) reportProgress(c *Call) error {
	var in minutes.Report
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusOK)(s.Office.ReportProgress(c.Ctx, c.by(), c.Param("id"), revision, in))
}

// addEvidence takes a file as addDocument does.
func (s *Server) addEvidence(c *Call) error {
	report, err := c.count("report")
	if err != nil {
		return err
	}
	return c.upload(func(revision uint64, f upload) error {
		return c.showDecision(http.StatusCreated)(
			s.Office.AddEvidence(c.Ctx, c.by(), c.Param("id"), revision, report, f.name, f.media, f.body))
	})
}

func (s *Server) evidence(c *Call) error {
	r, d, err := s.Office.Evidence(c.Ctx, c.Actor, c.Param("id"), c.Param("sha256"))
	if err != nil {
		return err
	}
	return c.attached(r, d)
}

func (s *Server) decisionsFound(c *Call) error {
	all, err := s.Office.DecisionsFound(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return listPart(c, all, func(d minutes.Decision) string { return d.ID }, c.decision)
}

// findDecision records a finding; the revision is that of the decision.
func (s *Server) findDecision(c *Call) error {
	var in minutes.Judgement
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusOK)(
		s.Office.FindDecision(c.Ctx, c.by(), c.Param("id"), c.Param("item"), c.Param("decision"), revision, in))
}

func (s *Server) takeBackFinding(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusOK)(
		s.Office.TakeBackFinding(c.Ctx, c.by(), c.Param("id"), c.Param("item"), c.Param("decision"), revision))
}

// reminderView is a reminder that is due, with its text in each language.
type reminderView struct {
	Decision decisionView           `json:"decision"`
	To       string                 `json:"to"`
	Stage    minutes.Stage          `json:"stage"`
	Due      council.Date           `json:"due"` // the day on which the reminder fell due
	Deadline council.Date           `json:"deadline"`
	Days     int                    `json:"days"`
	Subject  map[locale.Lang]string `json:"subject"`
	Text     map[locale.Lang]string `json:"text"`
	// Checkpoint is the newest of the evidence ledger, signed; the texts have it
	// in short.
	Checkpoint string `json:"checkpoint,omitempty"`
}

// reminders are those due on ?date=, today when none is given.
func (s *Server) reminders(c *Call) error {
	on, err := c.date("date", false)
	if err != nil {
		return err
	}
	if on == "" {
		on = c.Today()
	}
	all, err := s.Office.RemindersDue(c.Ctx, c.Actor, on)
	if err != nil {
		return err
	}
	return listPart(c, all, func(r office.DueReminder) string { return r.Decision.ID }, func(r office.DueReminder) reminderView {
		v := reminderView{Decision: c.decision(r.Decision), To: r.To, Stage: r.Stage, Due: r.For, Deadline: r.Deadline, Days: r.Days,
			Subject: map[locale.Lang]string{}, Text: map[locale.Lang]string{}, Checkpoint: r.Checkpoint}
		for lang, d := range r.Papers {
			v.Subject[lang], v.Text[lang] = d.Title, r.Text(lang)
		}
		return v
	})
}

type remindedRequest struct {
	Date council.Date `json:"date"` // the day of sending
	To   string       `json:"to"`   // empty: the decision's addressee
}

func (s *Server) markReminded(c *Call) error {
	var in remindedRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showDecision(http.StatusOK)(s.Office.MarkReminded(c.Ctx, c.by(), c.Param("id"), revision, in.Date, in.To))
}

// fulfilmentView is a finding on a task; who recorded it is for those who see
// the record.
type fulfilmentView struct {
	ID         string         `json:"id"`
	Task       plan.Ref       `json:"task"`
	Status     plan.Fulfilled `json:"status"`
	StatusText string         `json:"statusText"`
	Session    string         `json:"session"`
	On         council.Date   `json:"on"`
	Decision   string         `json:"decision,omitempty"`
	Note       string         `json:"note,omitempty"`
	Name       string         `json:"name,omitempty"`
	Revision   uint64         `json:"revision"`
}

func (c *Call) fulfilment(f plan.Fulfilment) fulfilmentView {
	v := fulfilmentView{ID: f.ID, Task: f.Task, Status: f.Status, StatusText: c.say("fulfilment.status." + string(f.Status)),
		Session: f.Session, On: f.On, Decision: f.Decision, Note: f.Note, Revision: f.Revision}
	if minutes.MayReadRecord(c.Actor) {
		v.Name = f.Name
	}
	return v
}

func (s *Server) fulfilments(c *Call) error {
	all, err := s.Office.Fulfilments(c.Ctx, c.Actor)
	if err != nil {
		return err
	}
	return listPart(c, all, func(f plan.Fulfilment) string { return f.ID }, c.fulfilment)
}

type fulfilmentRequest struct {
	Measure  int            `json:"measure"`
	Task     int            `json:"task"`
	Status   plan.Fulfilled `json:"status"`
	Session  string         `json:"session"`
	Decision string         `json:"decision"`
	Note     string         `json:"note"`
}

func (s *Server) findTask(c *Call) error {
	var in fulfilmentRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	f, err := s.Office.FindTask(c.Ctx, c.by(), plan.Fulfilment{Task: plan.Ref{Measure: in.Measure, Task: in.Task},
		Status: in.Status, Session: in.Session, Decision: in.Decision, Note: in.Note})
	if err != nil {
		return err
	}
	return stored(c, c.fulfilment(f), f.Revision, true)
}

// dutyView is who answers for a task, with how its deadline stands.
type dutyView struct {
	plan.Duty
	Label     string   `json:"label"`
	State     plan.Due `json:"state"`
	StateText string   `json:"stateText"`
}

func (s *Server) duties(c *Call) error {
	revision, err := c.count("revision")
	if err != nil {
		return err
	}
	all, err := s.Office.Duties(c.Ctx, revision)
	if err != nil {
		return err
	}
	return listPart(c, all, func(d plan.Duty) string { return d.Task.Key() }, func(d plan.Duty) dutyView {
		state, days := plan.DeadlineState(d.Deadline, c.Today())
		return dutyView{d, d.Task.Label(), state,
			c.say("label.plan.deadline."+string(state), "days", strconv.Itoa(days), "date", string(d.Deadline))}
	})
}

// progressView is a report on a decision; who entered it is for those who see
// the record.
type progressView struct {
	Text       string              `json:"text"`
	Status     minutes.Status      `json:"status"`
	StatusText string              `json:"statusText"`
	Claim      bool                `json:"claim,omitempty"`
	For        string              `json:"for,omitempty"`
	Evidence   []agenda.Attachment `json:"evidence"`
	At         time.Time           `json:"at"`
	By         string              `json:"by,omitempty"`
	Name       string              `json:"name,omitempty"`
}
