package plan

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// ReviewState is how far the review of a plan has come.
type ReviewState string

const (
	Drafting  ReviewState = "draft"     // being edited
	Put       ReviewState = "put"       // put to a session, as it stands
	Approved  ReviewState = "approved"  // became a revision
	Rejected  ReviewState = "rejected"  // the session did not want it
	Abandoned ReviewState = "withdrawn" // taken back before a session decided
)

// Review is a proposed revision of the plan (P10): edited, put to a session, and
// made the revision in force by that session's decision only.
type Review struct {
	ID        string      `json:"id"`
	Base      int         `json:"base"`     // the revision that it changes
	Proposed  Plan        `json:"proposed"` // as the next revision; its approval is empty until decided
	State     ReviewState `json:"state"`
	StartedBy string      `json:"startedBy"`
	StartedAt time.Time   `json:"startedAt"`
	Session   string      `json:"session,omitempty"`  // to which it was put
	Proposal  string      `json:"proposal,omitempty"` // by which it comes onto that session's agenda
	// Amendments are changes that the session made itself, entered before its
	// approval is recorded.
	Amendments []Edit   `json:"amendments,omitempty"`
	Verdict    *Verdict `json:"verdict,omitempty"`
	Why        string   `json:"why,omitempty"` // it was withdrawn
	Revision   uint64   `json:"revision"`
}

// Verdict is what the session decided on a review.
type Verdict struct {
	Decision string       `json:"decision"` // id of the clause
	On       council.Date `json:"on"`
	Changed  bool         `json:"changed,omitempty"` // approved with changes, made by the session
	Note     string       `json:"note,omitempty"`
}

// MayReview reports whether the actor may prepare a review: the secretariat, and
// the members of the council's working groups.
func MayReview(a council.Actor, groups []council.WorkingGroup, on council.Date) bool {
	if MayImport(a) {
		return true
	}
	for i := range groups {
		if groups[i].InForce(on) && groups[i].Has(a.Person) {
			return true
		}
	}
	return false
}

// MaySeeReview reports whether the actor may see reviews that are still proposals.
func MaySeeReview(a council.Actor) bool {
	return a.Operator || a.HoldsAny(council.Roles...)
}

// StartReview begins a review of the revision in force. Without a proposal it
// begins as that revision reads; else with the plan of a preview made against it.
// Who signed the revision in force has not signed the next one, so that its
// approval is left empty.
func StartReview(id string, base Plan, from *Plan, by council.Actor, at time.Time) Review {
	next := carriedOn(&base)
	if from != nil {
		next = from.Clone()
	}
	next.Revision, next.Approved, next.Proposed = base.Revision+1, base.Approved, true
	next.Approval, next.Signers = "", nil
	return Review{ID: id, Base: base.Revision, Proposed: next, State: Drafting, StartedBy: by.Person, StartedAt: at.UTC().Truncate(time.Second)}
}

// carriedOn is a plan as the revision after it begins: each task continues itself.
func carriedOn(p *Plan) Plan {
	next := p.Clone()
	for i := range next.Measures {
		m := &next.Measures[i]
		for j := range m.Tasks {
			m.Tasks[j].Follows = []Ref{{p.Revision, m.Number, m.Tasks[j].Number}}
		}
	}
	next.Revision++
	return next
}

// Open reports whether the review may still become a revision.
func (r *Review) Open() bool { return r.State == Drafting || r.State == Put }

// Validate says what is wrong with the proposed plan.
func (r *Review) Validate() error {
	var l problem.List
	l.Under("proposed", r.Proposed.Validate())
	return l.Err()
}

// must refuses what is not possible in the state that the review is in.
func (r *Review) must(states ...ReviewState) error {
	for _, s := range states {
		if r.State == s {
			return nil
		}
	}
	return problem.New(problem.State, "problem.plan.review.state", "state", string(r.State))
}

// Edit changes the proposed plan while it is a draft.
func (r *Review) Edit(e Edit) error {
	if err := r.must(Drafting); err != nil {
		return err
	}
	return e.apply(&r.Proposed)
}

// PutTo puts the review to a session, where a proposal brings it onto the agenda.
// From then on it is not edited. It fails when the review changes nothing.
func (r *Review) PutTo(base Plan, session, proposal string) error {
	if err := r.must(Drafting); err != nil {
		return err
	}
	c := Compare(base, r.Proposed)
	if c.Empty() {
		return problem.New(problem.State, "problem.plan.review.same")
	}
	r.State, r.Session, r.Proposal = Put, session, proposal
	return nil
}

// Withdraw takes the review back before a session decided on it.
func (r *Review) Withdraw(why string) error {
	if err := r.must(Drafting, Put); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "why", &why, 1, 2000)
	if err := l.Err(); err != nil {
		return err
	}
	r.State, r.Why = Abandoned, why
	return nil
}

// Reject records that the session did not want the revision.
func (r *Review) Reject(v Verdict) error {
	if err := r.must(Put); err != nil {
		return err
	}
	if err := v.validate(); err != nil {
		return err
	}
	if len(r.Amendments) > 0 {
		var l problem.List
		l.Add("changes", "problem.plan.review.rejected-changes")
		return l.Err()
	}
	r.State, r.Verdict = Rejected, &v
	return nil
}

// Approve records that the session approved the revision, with the changes that it
// made, those entered before among them, and gives the revision that is in force
// from that day.
func (r *Review) Approve(base Plan, v Verdict, changes ...Edit) (Plan, error) {
	if err := r.must(Put); err != nil {
		return Plan{}, err
	}
	if base.Revision != r.Base {
		return Plan{}, problem.New(problem.Conflict, "problem.plan.review.base", "base", strconv.Itoa(r.Base), "now", strconv.Itoa(base.Revision))
	}
	if err := v.validate(); err != nil {
		return Plan{}, err
	}
	changes = append(slices.Clip(r.Amendments), changes...)
	if err := amend(&r.Proposed, changes); err != nil {
		return Plan{}, err
	}
	v.Changed = len(changes) > 0
	r.Proposed.Approved, r.Proposed.Proposed = v.On, false
	r.Proposed.Approval = locale.Text(locale.LV, "label.plan.review.approval", locale.Args{"date": string(v.On)})
	next, err := NextRevision(base, r.Proposed)
	if err != nil {
		return Plan{}, err
	}
	r.Proposed, r.State, r.Verdict = next, Approved, &v
	return next, nil
}

func (v *Verdict) validate() error {
	var l problem.List
	text.Line(&l, "decision", &v.Decision, 1, 64)
	text.Block(&l, "note", &v.Note, 0, 2000)
	return l.Err()
}
