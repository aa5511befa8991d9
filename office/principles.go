package office

import (
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/storage"
)

// AddPrinciples records the next version of the principles as the working
// groups agreed it. It gets the next number; versions never change.
func (o *Office) AddPrinciples(ctx context.Context, by By, p agenda.Principles) (agenda.Principles, error) {
	if !agenda.MayChangePrinciples(by.Actor) {
		return agenda.Principles{}, forbidden(false, by.Actor, "problem.office.principles")
	}
	return storage.Do(ctx, o.council, by.change("history.principles", p.Title), func(tx *storage.Tx) (agenda.Principles, error) {
		newest, err := tx.NewestPrinciples()
		if err != nil {
			return agenda.Principles{}, err
		}
		p.Version, p.Draft = newest.Version+1, ""
		if err := p.Validate(); err != nil {
			return agenda.Principles{}, err
		}
		return p, tx.AddPrinciples(p)
	})
}

// Principles are all versions, oldest first.
func (o *Office) Principles(ctx context.Context) ([]agenda.Principles, error) {
	return storage.Read(ctx, o.council, (*storage.View).AllPrinciples)
}

// governance is what stands around a proposed set of principles: the working
// groups, and the newest version.
type governance struct {
	groups []council.WorkingGroup
	newest agenda.Principles
}

func governing(v *storage.View) (g governance, err error) {
	if g.groups, err = v.Groups(); err != nil {
		return g, err
	}
	g.newest, err = v.NewestPrinciples()
	return g, err
}

// onPrinciplesDraft changes a proposed set of principles.
func (o *Office) onPrinciplesDraft(ctx context.Context, by By, what, note, id string, revision uint64,
	fn func(*agenda.PrinciplesDraft, governance) error) (agenda.PrinciplesDraft, error) {
	today := o.Today()
	return storage.Do(ctx, o.council, by.change(what, note), func(tx *storage.Tx) (agenda.PrinciplesDraft, error) {
		g, err := governing(&tx.View)
		if err != nil {
			return agenda.PrinciplesDraft{}, err
		}
		if revision != 0 && !agenda.MayDiscussPrinciples(by.Actor, g.groups, today) {
			return agenda.PrinciplesDraft{}, hidden("principles-draft", id)
		}
		return tx.UpdatePrinciplesDraft(id, revision, func(d *agenda.PrinciplesDraft) error { return fn(d, g) })
	})
}

// ProposePrinciples proposes a set of principles for a working group, based on
// the newest version.
func (o *Office) ProposePrinciples(ctx context.Context, by By, group string, content agenda.Principles) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.proposed", content.Title, o.db.NewID(), 0,
		func(d *agenda.PrinciplesDraft, g governance) error {
			return d.Propose(by.Actor, group, g.groups, g.newest.Version, content, at)
		})
}

// EditPrinciplesDraft changes what is proposed, and bases it on the newest
// version. Agreements to what it said before are void.
func (o *Office) EditPrinciplesDraft(ctx context.Context, by By, id string, revision uint64, content agenda.Principles) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.edited", "", id, revision, func(d *agenda.PrinciplesDraft, g governance) error {
		return d.Edit(by.Actor, g.groups, g.newest.Version, content, at)
	})
}

// RequireGroups says which working groups must agree to a proposed set.
func (o *Office) RequireGroups(ctx context.Context, by By, id string, revision uint64, groups []string) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.required", "", id, revision, func(d *agenda.PrinciplesDraft, g governance) error {
		return d.Require(by.Actor, g.groups, groups, at)
	})
}

// RecordAgreement records a working group's agreement to a proposed set as it
// reads now: its day, and the decision or minutes that say so.
func (o *Office) RecordAgreement(ctx context.Context, by By, id string, revision uint64, group string, on council.Date, reference string) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.agreed", reference, id, revision, func(d *agenda.PrinciplesDraft, g governance) error {
		return d.Agree(by.Actor, g.groups, group, on, reference, at)
	})
}

// TakeBackAgreement gives up an agreement that was recorded by mistake.
func (o *Office) TakeBackAgreement(ctx context.Context, by By, id string, revision uint64, group string) (agenda.PrinciplesDraft, error) {
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.taken-back", group, id, revision, func(d *agenda.PrinciplesDraft, _ governance) error {
		return d.TakeBack(by.Actor, group)
	})
}

// RemarkOnPrinciples adds a remark to a proposed set, or to one rule of it.
func (o *Office) RemarkOnPrinciples(ctx context.Context, by By, id string, revision uint64, rule, words string) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.remark", "", id, revision, func(d *agenda.PrinciplesDraft, g governance) error {
		return d.Say(by.Actor, g.groups, rule, words, at)
	})
}

// RejectPrinciples records that the working groups did not agree, and why.
func (o *Office) RejectPrinciples(ctx context.Context, by By, id string, revision uint64, reason string) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.rejected", reason, id, revision, func(d *agenda.PrinciplesDraft, _ governance) error {
		return d.Reject(by.Actor, reason, at)
	})
}

// WithdrawPrinciples takes a proposed set back, for a reason.
func (o *Office) WithdrawPrinciples(ctx context.Context, by By, id string, revision uint64, reason string) (agenda.PrinciplesDraft, error) {
	at := o.db.Now()
	return o.onPrinciplesDraft(ctx, by, "history.principles-draft.withdrawn", reason, id, revision, func(d *agenda.PrinciplesDraft, g governance) error {
		return d.Withdraw(by.Actor, g.groups, reason, at)
	})
}

// AdoptPrinciples makes the next version of a proposed set that every required
// working group agreed to.
func (o *Office) AdoptPrinciples(ctx context.Context, by By, id string, revision uint64) (agenda.Principles, error) {
	return storage.Do(ctx, o.council, by.change("history.principles-draft.adopted", ""), func(tx *storage.Tx) (agenda.Principles, error) {
		var p agenda.Principles
		g, err := governing(&tx.View)
		if err != nil {
			return p, err
		}
		_, err = tx.UpdatePrinciplesDraft(id, revision, func(d *agenda.PrinciplesDraft) (err error) {
			p, err = d.Adopt(by.Actor, g.newest)
			return err
		})
		if err != nil {
			return agenda.Principles{}, err
		}
		return p, tx.AddPrinciples(p)
	})
}

// PrinciplesDraft is one proposed set, for those who may discuss it.
func (o *Office) PrinciplesDraft(ctx context.Context, a council.Actor, id string) (agenda.PrinciplesDraft, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (agenda.PrinciplesDraft, error) {
		may, err := o.mayDiscuss(v, a)
		if err != nil {
			return agenda.PrinciplesDraft{}, err
		}
		if !may {
			return agenda.PrinciplesDraft{}, hidden("principles-draft", id)
		}
		return v.PrinciplesDraft(id)
	})
}

// PrinciplesDrafts are the proposed sets that the actor may see, the newest
// first, and the cursor of the next page.
func (o *Office) PrinciplesDrafts(ctx context.Context, a council.Actor, p storage.Page) ([]agenda.PrinciplesDraft, string, error) {
	var next string
	list, err := storage.Read(ctx, o.council, func(v *storage.View) (list []agenda.PrinciplesDraft, err error) {
		may, err := o.mayDiscuss(v, a)
		if err != nil || !may {
			return nil, err
		}
		list, next, err = v.PrinciplesDrafts(p)
		return list, err
	})
	return list, next, err
}

// MayDiscussPrinciples reports whether the actor may see what is proposed and
// compare sets on past sessions.
func (o *Office) MayDiscussPrinciples(ctx context.Context, a council.Actor) (bool, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (bool, error) { return o.mayDiscuss(v, a) })
}

func (o *Office) mayDiscuss(v *storage.View, a council.Actor) (bool, error) {
	groups, err := v.Groups()
	return agenda.MayDiscussPrinciples(a, groups, o.Today()), err
}

// Overrides counts how often each soft rule was gone against and how often
// agendas were changed by hand, over the sessions of a span. Versions that the
// leads have not approved count for those who prepare and approve agendas only;
// other members count the approved ones.
func (o *Office) Overrides(ctx context.Context, a council.Actor, span storage.Span) (agenda.GoneAgainst, error) {
	if !a.Operator && !agenda.MayReadDraft(a) {
		if err := council.MaySeePeople(a); err != nil {
			return agenda.GoneAgainst{}, err
		}
	}
	if err := checkSpan(span); err != nil {
		return agenda.GoneAgainst{}, err
	}
	all, err := storage.Read(ctx, o.council, func(v *storage.View) ([]agenda.VersionOverrides, error) { return v.Overrides(span) })
	if err != nil {
		return agenda.GoneAgainst{}, err
	}
	if !a.Operator && !agenda.MayReadDraft(a) {
		all = slices.DeleteFunc(all, func(v agenda.VersionOverrides) bool { return !v.Approved })
	}
	return agenda.CountOverrides(all), nil
}
