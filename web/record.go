package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/office"
)

// recordRoutes are those of what happens at a session. Its presiding person and
// minute-taker may record, whatever else they are, so the office says who may.
func (s *Server) recordRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/sessions/:id/record", Public, noBody, s.record},
		{"POST", "/api/v1/sessions/:id/items", LoggedIn, longDoc, s.addItem},
		{"POST", "/api/v1/sessions/:id/items/:item/documents", LoggedIn, office.MaxDocument, s.addItemDocument},
		{"PUT", "/api/v1/sessions/:id/attendance", LoggedIn, longDoc, s.saveAttendance},
		{"PUT", "/api/v1/sessions/:id/items/:item/course", LoggedIn, longDoc, s.recordCourse},
		{"PUT", "/api/v1/sessions/:id/items/:item/times", LoggedIn, smallDoc, s.recordTimes},
		{"PUT", "/api/v1/sessions/:id/items/:item/vote", LoggedIn, smallDoc, s.recordVote},
		{"PUT", "/api/v1/sessions/:id/items/:item/outcome", LoggedIn, smallDoc, s.recordOutcome},
		{"POST", "/api/v1/sessions/:id/items/:item/decisions", LoggedIn, formDoc, s.takeDecision},
	}
}

// recordView is what has been recorded of a session so far.
type recordView struct {
	Session    sessionView        `json:"session"`
	Version    int                `json:"version"` // of the approved agenda
	Digest     string             `json:"digest"`
	Members    int                `json:"members"` // that a quorum is counted from
	Attendance minutes.Attendance `json:"attendance"`
	Items      []recordedItem     `json:"items"`
}

// recordedItem is an item of the agenda with how the session dealt with it; a
// treatment of revision 0 has not begun.
type recordedItem struct {
	Item      agenda.Item       `json:"item"`
	Treatment minutes.Treatment `json:"treatment"`
	Quorum    quorumView        `json:"quorum"`
	Decisions []decisionView    `json:"decisions"`
	Added     *admission        `json:"added,omitempty"` // of an item that the session added
}

// admission is the vote that brought an item on during the session.
type admission struct {
	Vote   minutes.Vote `json:"vote"`
	During int          `json:"during"` // number of the item at which the council voted
}

type quorumView struct {
	State   int  `json:"state"` // who may vote, of each side
	NGO     int  `json:"ngo"`
	Present int  `json:"present"`
	Needed  int  `json:"needed"`
	Quorate bool `json:"quorate"`
}

func (s *Server) record(c *Call) error {
	r, err := s.Office.Record(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	by := minutes.Voters{Attendance: &r.Attendance, Members: r.Roster.Seats(r.Session.Date), Settings: r.Settings}
	v := recordView{Session: c.session(r.Session), Version: r.Agenda.Version, Digest: r.Digest, Members: by.Members,
		Attendance: viewAttendance(r.Attendance), Items: make([]recordedItem, len(r.Agenda.Items))}
	for i, it := range r.Agenda.Items {
		v.Items[i] = c.recorded(&r, by, it)
	}
	return c.JSON(http.StatusOK, v, 0)
}

func (c *Call) recorded(r *minutes.Record, by minutes.Voters, it agenda.Item) recordedItem {
	x := recordedItem{Item: it, Treatment: minutes.Begin(r.Session.ID, it), Decisions: []decisionView{}}
	for _, t := range r.Treatments {
		if t.Item == it.ID {
			x.Treatment = t
		}
	}
	for _, d := range r.Decisions {
		if d.Item == it.ID {
			x.Decisions = append(x.Decisions, c.decision(d))
		}
	}
	for _, a := range r.Added {
		if a.ID == it.ID {
			x.Added = &admission{a.Vote, a.During}
		}
	}
	q := &x.Quorum
	q.State, q.NGO = by.Attendance.Count(it.Number)
	q.Present, q.Needed, q.Quorate = by.Quorum(it.Number)
	return x
}

func viewAttendance(a minutes.Attendance) minutes.Attendance {
	a.Entries = listed(a.Entries)
	return a
}

type attendanceRequest struct {
	Entries []minutes.Entry `json:"entries"`
}

func (s *Server) saveAttendance(c *Call) error {
	var in attendanceRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	a, err := s.Office.SaveAttendance(c.Ctx, c.by(), c.Param("id"), revision, in.Entries)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewAttendance(a), a.Revision)
}

// showTreatment answers with how an item is dealt with, or passes a refusal on.
func (c *Call) showTreatment(t minutes.Treatment, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, t, t.Revision)
}

type courseRequest struct {
	Course []minutes.Speech `json:"course"`
}

func (s *Server) recordCourse(c *Call) error {
	var in courseRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showTreatment(s.Office.RecordCourse(c.Ctx, c.by(), c.Param("id"), c.Param("item"), revision, in.Course))
}

type timesRequest struct {
	Started council.Clock `json:"started"`
	Ended   council.Clock `json:"ended"`
}

func (s *Server) recordTimes(c *Call) error {
	var in timesRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showTreatment(s.Office.RecordTimes(c.Ctx, c.by(), c.Param("id"), c.Param("item"), revision, in.Started, in.Ended))
}

// voteRequest is a vote; null takes the record of it away.
type voteRequest struct {
	Vote *minutes.Vote `json:"vote"`
}

func (s *Server) recordVote(c *Call) error {
	var in voteRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showTreatment(s.Office.RecordVote(c.Ctx, c.by(), c.Param("id"), c.Param("item"), revision, in.Vote))
}

type outcomeRequest struct {
	Outcome minutes.Outcome `json:"outcome"`
	Why     string          `json:"why"`
}

func (s *Server) recordOutcome(c *Call) error {
	var in outcomeRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	return c.showTreatment(s.Office.RecordOutcome(c.Ctx, c.by(), c.Param("id"), c.Param("item"), revision, in.Outcome, in.Why))
}
