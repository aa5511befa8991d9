package office

import (
	"context"
	"io"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
	"padome/storage"
)

// Propose hands in a candidate for a coming session.
func (o *Office) Propose(ctx context.Context, by By, c agenda.Candidate) (agenda.Proposal, error) {
	if !agenda.MayPropose(by.Actor) {
		return agenda.Proposal{}, forbidden(false, by.Actor, "problem.agenda.propose")
	}
	id, at := o.db.NewID(), o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.submitted", c.Title), id, 0, func(p *agenda.Proposal, now plan.Plan) error {
		c.Documents = nil
		put(p, c)
		p.Submitted, p.By, p.State = at, by.Actor.Person, agenda.Waiting
		return p.Candidate.Validate(&now)
	})
}

// ChangeProposal changes what a waiting proposal says. Its documents stay.
func (o *Office) ChangeProposal(ctx context.Context, by By, id string, revision uint64, c agenda.Candidate) (agenda.Proposal, error) {
	return o.onProposal(ctx, by.change("history.proposal.changed", ""), id, revision, func(p *agenda.Proposal, now plan.Plan) error {
		if err := changeable(p, by.Actor); err != nil {
			return err
		}
		put(p, c)
		return p.Candidate.Validate(&now)
	})
}

// put takes over what people may say of a proposal.
func put(p *agenda.Proposal, c agenda.Candidate) {
	p.Source, p.Kind, p.Title = agenda.FromProposal, c.Kind, c.Title
	p.Tasks, p.OutsidePlan = c.Tasks, c.OutsidePlan
	p.Initiator, p.InitiatedBy = c.Initiator, c.InitiatedBy
	p.Presenters, p.Invited, p.Minutes = c.Presenters, c.Invited, c.Minutes
	p.DraftDecision, p.Addressees = c.DraftDecision, c.Addressees
	p.Deadline, p.Wish = c.Deadline, c.Wish
}

func changeable(p *agenda.Proposal, a council.Actor) error {
	if !p.MayChange(a) {
		return forbidden(false, a, "problem.agenda.proposer")
	}
	return waiting(p)
}

// WithdrawProposal takes a waiting proposal back.
func (o *Office) WithdrawProposal(ctx context.Context, by By, id string, revision uint64, why string) (agenda.Proposal, error) {
	if err := checkReason(&why, 1); err != nil {
		return agenda.Proposal{}, err
	}
	return o.onProposal(ctx, by.change("history.proposal.withdrawn", why), id, revision, func(p *agenda.Proposal, _ plan.Plan) error {
		if err := changeable(p, by.Actor); err != nil {
			return err
		}
		p.State = agenda.Withdrawn
		return nil
	})
}

// MarkUrgent records a lead's mark that a late proposal may not wait (P15).
func (o *Office) MarkUrgent(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	at := o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.urgent", ""), id, revision, func(p *agenda.Proposal, _ plan.Plan) error {
		if err := waiting(p); err != nil {
			return err
		}
		return p.MarkUrgent(by.Actor, at)
	})
}

// WaiveOpinion records a lead's mark that a waiting proposal may be decided
// without a working group's opinion (P19).
func (o *Office) WaiveOpinion(ctx context.Context, by By, id string, revision uint64) (agenda.Proposal, error) {
	at := o.db.Now()
	return o.onProposal(ctx, by.change("history.proposal.waived", ""), id, revision, func(p *agenda.Proposal, _ plan.Plan) error {
		if err := waiting(p); err != nil {
			return err
		}
		return p.Waive(by.Actor, at)
	})
}

// SetOpinion records what a working group said of a waiting proposal (P19): by
// the secretariat, or by the group's lead.
func (o *Office) SetOpinion(ctx context.Context, by By, id string, revision uint64, x agenda.Opinion) (agenda.Proposal, error) {
	if !agenda.MayPropose(by.Actor) {
		return agenda.Proposal{}, hidden("proposal", id)
	}
	today := o.Today()
	return storage.Do(ctx, o.council, by.change("history.proposal.opinion", x.Group), func(tx *storage.Tx) (agenda.Proposal, error) {
		groups, err := tx.Groups()
		if err != nil {
			return agenda.Proposal{}, err
		}
		return tx.UpdateProposal(id, revision, func(p *agenda.Proposal) error {
			if err := waiting(p); err != nil {
				return err
			}
			return p.SetOpinion(by.Actor, groups, x, today)
		})
	})
}

func waiting(p *agenda.Proposal) error {
	if p.State != agenda.Waiting {
		return problem.New(problem.State, "problem.agenda.not-waiting-proposal", "state", string(p.State))
	}
	return nil
}

func (o *Office) onProposal(ctx context.Context, ch storage.Change, id string, revision uint64,
	fn func(*agenda.Proposal, plan.Plan) error) (agenda.Proposal, error) {
	return storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (agenda.Proposal, error) {
		p, err := tx.NewestPlan()
		if isMissing(err) {
			err = problem.New(problem.State, "problem.office.no-plan")
		}
		if err != nil {
			return agenda.Proposal{}, err
		}
		return tx.UpdateProposal(id, revision, func(x *agenda.Proposal) error { return fn(x, p) })
	})
}

// Proposal is one proposal: for its proposer, members and those who prepare.
func (o *Office) Proposal(ctx context.Context, a council.Actor, id string) (agenda.Proposal, error) {
	if !agenda.MayPropose(a) {
		return agenda.Proposal{}, hidden("proposal", id)
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (agenda.Proposal, error) { return v.Proposal(id) })
}

// Proposals are all proposals, the newest first, and the cursor of the next page.
func (o *Office) Proposals(ctx context.Context, a council.Actor, p storage.Page) ([]agenda.Proposal, string, error) {
	if !agenda.MayPropose(a) {
		return nil, "", forbidden(false, a, "problem.agenda.propose")
	}
	var next string
	list, err := storage.Read(ctx, o.council, func(v *storage.View) (list []agenda.Proposal, err error) {
		list, next, err = v.Proposals(p)
		return list, err
	})
	return list, next, err
}

// MaxDocument is the most bytes of a document.
const MaxDocument = 25 << 20

// AddDocument stores a document and then adds it to a waiting proposal. A
// document whose proposal could not be changed is swept later.
func (o *Office) AddDocument(ctx context.Context, by By, id string, revision uint64, name, media string, r io.Reader) (agenda.Proposal, error) {
	if err := checkName(&name); err != nil {
		return agenda.Proposal{}, err
	}
	p, err := o.Proposal(ctx, by.Actor, id)
	if err != nil {
		return agenda.Proposal{}, err
	}
	if err := changeable(&p, by.Actor); err != nil {
		return agenda.Proposal{}, err
	}
	sum, size, err := o.db.PutBlob(ctx, r, MaxDocument)
	if err != nil {
		return agenda.Proposal{}, err
	}
	doc := agenda.Attachment{Name: name, Media: media, Size: size, SHA256: sum}
	by.Input = media + " " + sum
	return o.onProposal(ctx, by.change("history.proposal.document", name), id, revision, func(p *agenda.Proposal, now plan.Plan) error {
		if err := changeable(p, by.Actor); err != nil {
			return err
		}
		p.Documents = append(p.Documents, doc)
		return p.Candidate.Validate(&now)
	})
}

// checkName tidies a file's name and refuses one that is a path.
func checkName(name *string) error {
	var l problem.List
	text.Line(&l, "name", name, 1, 150)
	for _, r := range *name {
		if r == '/' || r == '\\' || r == ':' {
			l.Add("name", "problem.office.file-name", "value", *name)
			break
		}
	}
	return l.Err()
}

// SettleCarried records the way out that a lead chose for a matter postponed
// too often (P6).
func (o *Office) SettleCarried(ctx context.Context, by By, id string, choice agenda.Settlement) (agenda.Candidate, error) {
	return storage.Do(ctx, o.council, by.change("history.carried.settled", string(choice)), func(tx *storage.Tx) (agenda.Candidate, error) {
		all, err := tx.Carried()
		if err != nil {
			return agenda.Candidate{}, err
		}
		for _, c := range all {
			if c.ID == id {
				if err := c.SettleBy(by.Actor, choice); err != nil {
					return agenda.Candidate{}, err
				}
				return c, tx.Carry(c)
			}
		}
		return agenda.Candidate{}, hidden("carried", id)
	})
}

// Carried are the matters that wait since a session postponed them.
func (o *Office) Carried(ctx context.Context, a council.Actor) ([]agenda.Candidate, error) {
	if !agenda.MayPropose(a) {
		return nil, forbidden(false, a, "problem.agenda.propose")
	}
	return storage.Read(ctx, o.council, (*storage.View).Carried)
}

// Document opens a document of a session's agenda or of a proposal for an actor
// who may see what it belongs to. The caller closes it.
func (o *Office) Document(ctx context.Context, a council.Actor, sum string) (io.ReadCloser, agenda.Attachment, error) {
	d, err := storage.Read(ctx, o.council, func(v *storage.View) (agenda.Attachment, error) { return findDocument(v, a, sum) })
	if err != nil {
		return nil, agenda.Attachment{}, err
	}
	r, _, err := o.db.OpenBlob(ctx, sum, 0, -1)
	return r, d, err
}
