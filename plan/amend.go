package plan

import (
	"strconv"

	"padome/internal/problem"
)

// Amend enters a change that the session made itself before it approved the
// review. What was put stays as it was put; the changes are made to it when the
// approval is recorded. Numbers are those of the plan with the changes before.
func (r *Review) Amend(e Edit) error {
	if err := r.must(Put); err != nil {
		return err
	}
	p, err := r.Amended()
	if err == nil {
		err = e.apply(&p)
	}
	if err != nil {
		return err
	}
	r.Amendments = append(r.Amendments, e)
	return nil
}

// DropAmendment takes back the change of the session's that was entered last.
func (r *Review) DropAmendment() error {
	if err := r.must(Put); err != nil {
		return err
	}
	n := len(r.Amendments)
	if n == 0 {
		return problem.New(problem.State, "problem.plan.review.unamended")
	}
	r.Amendments = r.Amendments[:n-1]
	return nil
}

// Amended is the proposed plan with the changes of the session's that are entered.
func (r *Review) Amended() (Plan, error) {
	p := r.Proposed.Clone()
	return p, amend(&p, r.Amendments)
}

// AmendmentsTold are the changes of the session's that are entered, against the plan
// as it was put.
func (r *Review) AmendmentsTold() (Comparison, error) {
	p := carriedOn(&r.Proposed)
	if err := amend(&p, r.Amendments); err != nil {
		return Comparison{}, err
	}
	return Compare(r.Proposed, p), nil
}

// amend makes changes to a plan one after the other and names the one that cannot
// be made.
func amend(p *Plan, changes []Edit) error {
	for i := range changes {
		if err := changes[i].apply(p); err != nil {
			var l problem.List
			l.Under("changes["+strconv.Itoa(i)+"]", err)
			return l.Err()
		}
	}
	return nil
}
