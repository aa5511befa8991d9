package office

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/plan/exchange"
	"padome/storage"
)

// PutReview puts a review to a session: a proposal with the proposed plan and its
// changes as documents waits for that session's agenda. From then on the review
// stays as it is.
func (o *Office) PutReview(ctx context.Context, by By, id string, revision uint64, session string) (plan.Review, error) {
	if !agenda.MayPropose(by.Actor) {
		return plan.Review{}, forbidden(false, by.Actor, "problem.agenda.propose")
	}
	r, changes, err := o.Review(ctx, by.Actor, id)
	if err != nil {
		return plan.Review{}, err
	}
	documents, err := o.reviewDocuments(ctx, r.Proposed, changes)
	if err != nil {
		return plan.Review{}, err
	}
	proposal, at := o.db.NewID(), o.db.Now()
	return o.onReview(ctx, by.change("history.review.put", ""), id, revision, func(tx *storage.Tx, r *plan.Review) error {
		base, err := tx.NewestPlan()
		if err != nil {
			return err
		}
		s, err := tx.Session(session)
		if err != nil {
			return err
		}
		if s.State == council.Closed || s.State == council.Cancelled {
			return problem.New(problem.State, "problem.plan.review.session", "date", string(s.Date))
		}
		if err := r.PutTo(base, session, proposal); err != nil {
			return err
		}
		_, err = tx.UpdateProposal(proposal, 0, func(p *agenda.Proposal) error {
			put(&p.Candidate, matterOf(r, base, changes))
			p.Documents, p.Wish = documents, s.Date
			p.Submitted, p.By, p.State = at, by.Actor.Person, agenda.Waiting
			return p.Candidate.Validate(&base)
		})
		return err
	})
}

// reviewDocuments stores the proposed plan and the list of its changes. Documents
// of a review that could not be put are swept later.
func (o *Office) reviewDocuments(ctx context.Context, p plan.Plan, changes plan.Comparison) ([]agenda.Attachment, error) {
	var document bytes.Buffer
	if err := exchange.Write(&document, p, exchange.DOCX); err != nil {
		return nil, err
	}
	list := strings.Join(changes.Lines(locale.LV), "\n") + "\n"
	var all []agenda.Attachment
	for _, f := range []struct {
		name, media string
		raw         []byte
	}{
		{fmt.Sprintf("darba-plana-%d-redakcijas-projekts.docx", p.Revision), exchange.DOCX.Media(), document.Bytes()},
		{fmt.Sprintf("darba-plana-%d-redakcijas-izmainas.txt", p.Revision), "text/plain", []byte(list)},
	} {
		sum, size, err := o.db.PutBlob(ctx, bytes.NewReader(f.raw), MaxDocument)
		if err != nil {
			return nil, err
		}
		all = append(all, agenda.Attachment{Name: f.name, Media: f.media, Size: size, SHA256: sum})
	}
	return all, nil
}

// mostLinked is how many tasks an item links to.
const mostLinked = 24

// matterOf is the item by which a session decides on a review. It links to the
// tasks that change; where none does, the plan itself is what it is about.
func matterOf(r *plan.Review, base plan.Plan, changes plan.Comparison) agenda.Candidate {
	args := locale.Args{"from": strconv.Itoa(base.From), "until": strconv.Itoa(base.Until), "revision": strconv.Itoa(r.Proposed.Revision)}
	c := agenda.Candidate{Matter: agenda.Matter{Kind: agenda.Decision, Minutes: 30, Initiator: council.Joint,
		Title:         locale.Text(locale.LV, "label.plan.review.title", args),
		DraftDecision: locale.Text(locale.LV, "label.plan.review.draft", args)}}
	inForce := base.Refs()
	for _, ch := range changes.Tasks {
		for _, from := range ch.From {
			if slices.Contains(inForce, from) && !slices.Contains(c.Tasks, from) && len(c.Tasks) < mostLinked {
				c.Tasks = append(c.Tasks, from)
			}
		}
	}
	if len(c.Tasks) == 0 {
		c.OutsidePlan = locale.Text(locale.LV, "label.plan.review.outside", nil)
	}
	return c
}

// withdrawn takes back a proposal that still waits.
func withdrawn(tx *storage.Tx, proposal string) error {
	_, err := tx.UpdateProposal(proposal, storage.Newest, func(p *agenda.Proposal) error {
		if p.State != agenda.Waiting {
			return problem.New(problem.State, "problem.agenda.not-waiting-proposal", "state", string(p.State))
		}
		p.State = agenda.Withdrawn
		return nil
	})
	return err
}

// Outcome is what a session made of a review: a decision of it says so.
type Outcome struct {
	Decision string      `json:"decision"` // id of the clause
	Rejected bool        `json:"rejected"`
	Note     string      `json:"note"`
	Changes  []plan.Edit `json:"changes"` // made by the session before it approved, beside those entered by AmendReview
}

// AmendReview enters a change that the session made to the proposed plan itself;
// it is in the plan when the session's approval is recorded.
func (o *Office) AmendReview(ctx context.Context, by By, id string, revision uint64, e plan.Edit) (plan.Review, error) {
	return o.amendReview(ctx, by, id, revision, func(r *plan.Review) error { return r.Amend(e) })
}

// DropAmendment takes back the change that AmendReview entered last.
func (o *Office) DropAmendment(ctx context.Context, by By, id string, revision uint64) (plan.Review, error) {
	return o.amendReview(ctx, by, id, revision, (*plan.Review).DropAmendment)
}

func (o *Office) amendReview(ctx context.Context, by By, id string, revision uint64, fn func(*plan.Review) error) (plan.Review, error) {
	if !plan.MayImport(by.Actor) {
		return plan.Review{}, forbidden(false, by.Actor, "problem.plan.import")
	}
	return o.onReview(ctx, by.change("history.review.amended", ""), id, revision, func(_ *storage.Tx, r *plan.Review) error { return fn(r) })
}

// DecideReview records what a closed session decided on a review. Approved, with
// or without changes, the proposed plan becomes the revision in force from the day
// of the session; decisions taken under earlier wordings stay with those.
func (o *Office) DecideReview(ctx context.Context, by By, id string, revision uint64, out Outcome) (plan.Review, error) {
	if !plan.MayImport(by.Actor) {
		return plan.Review{}, forbidden(false, by.Actor, "problem.plan.import")
	}
	return o.onReview(ctx, by.change("history.review.decided", out.Note), id, revision, func(tx *storage.Tx, r *plan.Review) error {
		d, err := decidedOn(tx, r, out.Decision)
		if err != nil {
			return err
		}
		v := plan.Verdict{Decision: d.ID, On: d.Taken, Note: out.Note}
		r.Session = d.Session
		if out.Rejected && len(out.Changes) > 0 {
			var l problem.List
			l.Add("changes", "problem.plan.review.rejected-changes")
			return l.Err()
		}
		if out.Rejected {
			return r.Reject(v)
		}
		base, err := tx.NewestPlan()
		if err != nil {
			return err
		}
		next, err := r.Approve(base, v, out.Changes...)
		if err != nil {
			return err
		}
		return tx.AddPlan(next)
	})
}

// decidedOn is the clause by which a closed session decided on a review: on the
// review's own item, or on the annual review of the session it was put to.
func decidedOn(tx *storage.Tx, r *plan.Review, decision string) (minutes.Decision, error) {
	d, err := tx.Decision(decision)
	if err != nil {
		return d, err
	}
	if !DecidesOn(r, &d) {
		return d, problem.New(problem.State, "problem.plan.review.decision", "number", d.Number())
	}
	s, err := tx.Session(d.Session)
	if err != nil {
		return d, err
	}
	if s.State != council.Closed {
		return d, problem.New(problem.State, "problem.plan.review.not-closed", "date", string(s.Date))
	}
	t, err := tx.Treatment(d.Session, d.Item)
	if err == nil && t.Outcome != minutes.Decided {
		err = problem.New(problem.State, "problem.plan.review.undecided", "date", string(s.Date))
	}
	return d, err
}

// DecidesOn reports whether a clause was taken on a review's own item, or on the
// annual review of the session that it was put to.
func DecidesOn(r *plan.Review, d *minutes.Decision) bool {
	return d.Item == r.Proposal || d.Session == r.Session && agenda.IsReview(d.Item)
}
