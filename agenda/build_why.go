package agenda

import (
	"slices"

	"padome/council"
	"padome/internal/problem"
)

// why are the reasons of an entry that comes on.
func (b *building) why(e *entry) []Reason {
	all := slices.Clone(e.grounds)
	if e.Source == FromProposal {
		all = append(all, proposed(&e.Candidate)...)
	}
	return append(append(all, b.pacedOn(e)...), e.changes...)
}

// pacedOn are the reasons that the pace has for an entry to come on.
func (b *building) pacedOn(e *entry) (all []Reason) {
	s, _ := b.rule(coverageID)
	for _, d := range e.paced.keeps {
		all = append(all, *s.duty("kept", d))
	}
	if d := e.paced.on; d != nil {
		all = append(all, *s.duty(b.urgency(d), d))
	}
	return all
}

// whyNot are the reasons of an entry that stays off.
func (b *building) whyNot(e *entry) []Reason {
	via, off := e.paced.via, e.paced.off
	switch {
	case len(e.bars) > 0:
		return e.bars
	case via != nil && via.placed:
		return []Reason{*off}
	case e.noRoom != nil:
		return []Reason{*e.noRoom}
	case via != nil: // it may wait, and was to come on through that only
		return []Reason{{Rule: off.Rule, Key: off.Key + "-left", Facts: off.Facts}}
	case e.paced.later != nil:
		s, _ := b.rule(coverageID)
		return append([]Reason{*s.duty("later", e.paced.later)}, e.asides...)
	}
	return append([]Reason{*off}, e.asides...)
}

// proposed is the ground that somebody handed the candidate in; of one whose
// proposal is gone, only those who did are known.
func proposed(c *Candidate) []Reason {
	facts := problem.Pairs("date", string(council.DateOf(c.Submitted)), "by", c.InitiatedBy)
	switch {
	case c.Submitted.IsZero() && c.InitiatedBy == "":
		return []Reason{{Key: "reason.proposed-once"}}
	case c.Submitted.IsZero():
		return []Reason{{Key: "reason.proposed-once-by", Facts: problem.Pairs("by", c.InitiatedBy)}}
	case c.InitiatedBy == "":
		return []Reason{{Key: "reason.proposed", Facts: facts}}
	}
	return []Reason{{Key: "reason.proposed-by", Facts: facts}}
}

// everyOne has a draft list every candidate left out.
func everyOne(*entry) bool { return true }

// draft puts down what the building came to, of those left out the ones that are
// to be listed.
func (b *building) draft(listed func(*entry) bool) Draft {
	in := b.in
	d := Draft{Session: in.Session.ID, Date: in.Session.Date, Principles: in.Principles.Version,
		Plan: in.Plan.Revision, Items: []Item{}, LeftOut: []LeftOut{}, Unmet: []Breach{}, Limit: b.limit()}
	for _, e := range b.coming {
		if e.placed {
			d.Items = append(d.Items, Item{Matter: e.Matter, Number: len(d.Items) + 1, Reasons: b.why(e), Details: e.details})
		}
	}
	d.LeftOut = b.leftOut(listed)
	d.nameNext(in, b.withoutRoom())
	d.Minutes = sumOf(in.Session.Starts, d.Items)
	d.Unmet = append(d.Unmet, b.check(d.Items)...)
	return d
}

// leftOut are the candidates that are not on and are to be listed.
func (b *building) leftOut(listed func(*entry) bool) []LeftOut {
	off := make([]*entry, 0, len(b.entries))
	for _, e := range b.entries {
		if !e.placed && listed(e) {
			off = append(off, e)
		}
	}
	out := make([]LeftOut, len(off))
	for i, e := range off {
		out[i] = LeftOut{Matter: e.Matter, Reasons: b.whyNot(e)}
	}
	return out
}
