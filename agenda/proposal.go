package agenda

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Proposal is a candidate that somebody handed in. It is handed in once and for
// all: it ends only by a session that deals with it or by being withdrawn, and
// until then it waits, and every draft of an agenda accounts for it.
type Proposal struct {
	Candidate
	By        string        `json:"by"`             // person
	Name      string        `json:"name,omitempty"` // of that person, at the time
	State     ProposalState `json:"state"`
	Questions []Question    `json:"questions,omitempty"` // the oldest first
	Checked   *Mark         `json:"checked,omitempty"`   // by the secretariat, as it stands now
	Joint     *Joint        `json:"joint,omitempty"`     // of one that is made as both sides'
	Ending    *Ending       `json:"ending,omitempty"`    // how it ended
	Session   string        `json:"session,omitempty"`   // that dealt with it
	Revision  uint64        `json:"revision"`
}

// ProposalState is how far a proposal has come by itself; where it stands with
// the coming session, Whereabouts says.
type ProposalState string

const (
	Waiting    ProposalState = "waiting"    // submitted
	Questioned ProposalState = "questioned" // returned to the proposer with a question
	Ready      ProposalState = "ready"      // the secretariat checked it
	DealtWith  ProposalState = "dealt-with"
	Withdrawn  ProposalState = "withdrawn"
)

// Open reports whether a proposal in that state still waits for a session.
func (s ProposalState) Open() bool { return s == Waiting || s == Questioned || s == Ready }

// Mark is who did something, and when.
type Mark struct {
	By   string    `json:"by"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

func mark(a council.Actor, at time.Time) Mark { return Mark{By: a.Person, Name: a.Name, At: at} }

// Question is what the secretariat asked the proposer, and the answer.
type Question struct {
	Asked    Mark   `json:"asked"`
	Text     string `json:"text"`
	Answered *Mark  `json:"answered,omitempty"`
	Answer   string `json:"answer,omitempty"`
}

// Ending is how a proposal ended: at a session, or by being withdrawn.
type Ending struct {
	Result  Result       `json:"result"`
	Session string       `json:"session,omitempty"`
	On      council.Date `json:"on,omitempty"` // of that session
	Reason  string       `json:"reason,omitempty"`
	Mark
}

// Result is what a session, or the proposer, made of a proposal.
type Result string

const (
	ByDecision   Result = "decided"
	ByNoting     Result = "noted"
	ByWithdrawal Result = "withdrawn"
)

// maxQuestions is how many questions a proposal can have been asked.
const maxQuestions = 50

// MayPropose reports whether the actor may hand in proposals, and see those of
// others: members, the leads, the secretariat. For an institution or
// organisation without a member the secretariat enters what it sent.
func MayPropose(a council.Actor) bool {
	return a.Operator || a.HoldsAny(council.Member, council.Chair, council.Deputy, council.Secretariat)
}

// MayCheckProposals reports whether the actor may return proposals with a
// question, mark them ready and enter what others sent: the secretariat.
func MayCheckProposals(a council.Actor) bool { return a.Holds(council.Secretariat) }

// MayChange reports whether the actor may change, answer for or withdraw the
// proposal: whoever handed it in, and the secretariat.
func (p *Proposal) MayChange(a council.Actor) bool {
	return a.Holds(council.Secretariat) || a.Person != "" && a.Person == p.By
}

// HandIn begins a proposal that somebody hands in at a time. A member proposes
// for their own side or for both; nobody speaks for the other side alone.
func (p *Proposal) HandIn(a council.Actor, at time.Time) error {
	if !MayPropose(a) {
		return refused(a, "problem.agenda.propose")
	}
	p.Submitted, p.By, p.Name, p.State = at, a.Person, a.Name, Waiting
	return p.takeSide(a, at, "")
}

// Received sets the day on which a proposal reached the council otherwise than
// through its proposer's own hand: the secretariat enters a letter, and P15 goes
// by the day it came. It fails for anybody else and for a day to come.
func (p *Proposal) Received(a council.Actor, on, today council.Date) error {
	var l problem.List
	switch {
	case !MayCheckProposals(a):
		return refused(a, "problem.agenda.check-proposals")
	case !on.Valid():
		l.Add("received", "problem.date", "value", string(on))
	case on > today:
		l.Add("received", "problem.agenda.received-later", "value", string(on), "today", string(today))
	case on < today:
		p.Submitted = on.At("12:00")
	}
	return l.Err()
}

// Rewrite changes what an open proposal says. What rested on its words before
// falls: the secretariat's check unless the secretariat itself changes it, and
// the other side's confirmation. The time of submission stays.
func (p *Proposal) Rewrite(a council.Actor, at time.Time, say func(*Candidate)) error {
	if err := p.Changeable(a); err != nil {
		return err
	}
	before, side := said(&p.Candidate), p.Initiator
	say(&p.Candidate)
	if err := p.takeSide(a, at, side); err != nil {
		return err
	}
	if bytes.Equal(before, said(&p.Candidate)) {
		return nil
	}
	if !MayCheckProposals(a) && p.State == Ready {
		p.State = Waiting
	}
	if p.State != Ready {
		p.Checked = nil
	}
	if p.Joint != nil {
		p.Joint.Sides = slices.DeleteFunc(slices.Clone(p.Joint.Sides), func(s SideMark) bool { return s.By != p.By && s.By != a.Person })
	}
	return nil
}

// said are the bytes of what a candidate says, the same for the same words.
func said(c *Candidate) []byte {
	raw, err := json.Marshal(c)
	if err != nil {
		panic("agenda: a candidate has a field that is no JSON: " + err.Error())
	}
	return raw
}

// Changeable refuses a change of the proposal by anybody who may not make it, or
// once it has ended.
func (p *Proposal) Changeable(a council.Actor) error {
	if !p.MayChange(a) {
		return refused(a, "problem.agenda.proposer")
	}
	return p.open()
}

func (p *Proposal) open() error {
	if !p.State.Open() {
		return problem.New(problem.State, "problem.agenda.not-waiting-proposal", "state", string(p.State))
	}
	return nil
}

// Return gives an open proposal back to its proposer with a question. Until it
// is answered, the proposal does not come on unless a session postponed it.
func (p *Proposal) Return(a council.Actor, at time.Time, question string) error {
	if err := p.checkable(a); err != nil {
		return err
	}
	if p.State == Questioned {
		return problem.New(problem.State, "problem.agenda.questioned-already", "date", string(p.Returned))
	}
	if len(p.Questions) >= maxQuestions {
		return problem.New(problem.TooLarge, "problem.agenda.questions", "most", strconv.Itoa(maxQuestions))
	}
	var l problem.List
	if text.Block(&l, "question", &question, 1, 2000); l.Err() != nil {
		return l.Err()
	}
	p.Questions = append(slices.Clone(p.Questions), Question{Asked: mark(a, at), Text: question})
	p.State, p.Checked, p.Returned = Questioned, nil, council.DateOf(at)
	return nil
}

// Answer answers the secretariat's question and so submits the proposal again.
// Its time of submission stays the first: a question must not cost a proposer
// the place that they had in time (P15).
func (p *Proposal) Answer(a council.Actor, at time.Time, answer string) error {
	if err := p.Changeable(a); err != nil {
		return err
	}
	if p.State != Questioned {
		return problem.New(problem.State, "problem.agenda.not-questioned", "state", string(p.State))
	}
	var l problem.List
	if text.Block(&l, "answer", &answer, 1, 5000); l.Err() != nil {
		return l.Err()
	}
	p.Questions = slices.Clone(p.Questions)
	last := &p.Questions[len(p.Questions)-1]
	last.Answer, last.Answered = answer, new(mark(a, at))
	p.State, p.Returned = Waiting, ""
	return nil
}

// MarkReady records that the secretariat checked the proposal as it stands.
func (p *Proposal) MarkReady(a council.Actor, at time.Time) error {
	if err := p.checkable(a); err != nil {
		return err
	}
	if p.State != Waiting {
		return problem.New(problem.State, "problem.agenda.not-checkable", "state", string(p.State))
	}
	p.State, p.Checked = Ready, new(mark(a, at))
	return nil
}

func (p *Proposal) checkable(a council.Actor) error {
	if !MayCheckProposals(a) {
		return refused(a, "problem.agenda.check-proposals")
	}
	return p.open()
}

// Withdraw ends an open proposal by its proposer's wish, for a reason that is
// kept.
func (p *Proposal) Withdraw(a council.Actor, at time.Time, reason string) error {
	if err := p.Changeable(a); err != nil {
		return err
	}
	var l problem.List
	if text.Block(&l, "reason", &reason, 1, 2000); l.Err() != nil {
		return l.Err()
	}
	p.State, p.Ending, p.Returned = Withdrawn, &Ending{Result: ByWithdrawal, Reason: reason, Mark: mark(a, at)}, ""
	return nil
}

// End records what a session made of the proposal. The session has the last
// word: what was withdrawn before and still came on ends as the session says.
func (p *Proposal) End(s council.Session, a council.Actor, at time.Time, result Result, reason string) {
	p.State = DealtWith
	if result == ByWithdrawal {
		p.State = Withdrawn
	}
	p.Session, p.Returned = s.ID, ""
	p.Ending = &Ending{Result: result, Session: s.ID, On: s.Date, Reason: reason, Mark: mark(a, at)}
}

// refused asks the public to log in and tells everybody else the rule.
func refused(a council.Actor, key string) error {
	if a.Person == "" && !a.Operator {
		return problem.New(problem.Unknown, "problem.unauthenticated")
	}
	return problem.New(problem.Forbidden, key)
}
