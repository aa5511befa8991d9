package agenda

import (
	"padome/council"
	"padome/internal/problem"
)

// Coming is a session that proposals may still come to, with the days that its
// principles set. A day that they do not set is empty.
type Coming struct {
	Session        string              `json:"session"`
	Date           council.Date        `json:"date"`
	Kind           council.SessionKind `json:"kind"`
	ProposalsUntil council.Date        `json:"proposalsUntil,omitempty"` // P15
	MembersUntil   council.Date        `json:"membersUntil,omitempty"`   // the agenda is with the members (P16)
	PublicUntil    council.Date        `json:"publicUntil,omitempty"`    // and is public (P16)
	Closed         bool                `json:"closed"`                   // the day for proposals has passed
	Said           []Reason            `json:"said"`
}

// NewComing reckons the days of a session, as of today.
func NewComing(s council.Session, p *Principles, c council.Calendar, today council.Date) Coming {
	x := Coming{Session: s.ID, Date: s.Date, Kind: s.Kind,
		ProposalsUntil: p.dayBefore(c, s, "P15", "days"),
		MembersUntil:   p.dayBefore(c, s, "P16", "members"), PublicUntil: p.dayBefore(c, s, "P16", "public")}
	x.Closed = x.ProposalsUntil != "" && today > x.ProposalsUntil
	facts := problem.Pairs("date", string(s.Date), "limit", string(x.ProposalsUntil), "members", string(x.MembersUntil), "public", string(x.PublicUntil))
	key := "deadline.open"
	switch {
	case x.ProposalsUntil == "":
		key = "deadline.none"
	case x.Closed:
		key = "deadline.closed"
	}
	x.Said = append(x.Said, Reason{Rule: "P15", Key: key, Facts: facts})
	if x.MembersUntil != "" && x.PublicUntil != "" {
		x.Said = append(x.Said, Reason{Rule: "P16", Key: "deadline.agenda", Facts: facts})
	}
	return x
}

// dayBefore is the last day that a rule gives by a number of working days before
// the session; empty where the principles do not have the rule. All days of an
// extraordinary session are its own.
func (p *Principles) dayBefore(c council.Calendar, s council.Session, rule, param string) council.Date {
	r, known := catalogue[rule]
	set, ok := p.Rule(rule)
	if !known || !ok {
		return ""
	}
	if s.Kind == council.Extraordinary {
		param = "extraordinary"
	}
	return c.WorkingDaysBefore(s.Date, inUse(r, set).number(param))
}

// Takes reports whether a candidate can come on at the session: it wishes for
// none later, and came in time, is urgent, or was postponed to it (P15).
func (x *Coming) Takes(c *Candidate) bool {
	switch {
	case len(c.Postponed) > 0:
		return true
	case c.Wish > x.Date:
		return false
	}
	return x.ProposalsUntil == "" || !c.late(x.ProposalsUntil)
}
