package agenda

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// Arrange puts the items of the working draft into a new order, given by their
// ids: an id of a candidate left out brings it on, an item that is not named is
// taken out. The reason is kept, with who gave it and when. What standing items
// list is brought up to date, and candidates that came since the draft was built
// join those left out; what the new order breaks shows at once in Draft.Unmet.
func (a *Agenda) Arrange(actor council.Actor, in Input, ids []string, reason string, at time.Time) error {
	if err := a.editable(actor, &in); err != nil {
		return err
	}
	why, err := reasonGiven(reason)
	if err != nil {
		return err
	}
	if err := a.arrange(in, ids, sentence(why)); err != nil {
		return err
	}
	a.byHand(actor, "", why, at)
	return nil
}

// Tried is the agenda as it would stand with its items in another order, for
// whoever is still making up their mind: its times, and in Draft.Unmet what it
// would not keep. Nothing is changed, so that no reason is asked for.
func (a Agenda) Tried(actor council.Actor, in Input, ids []string) (Agenda, error) {
	if err := a.editable(actor, &in); err != nil {
		return Agenda{}, err
	}
	status := a.Status
	if err := a.arrange(in, ids, ""); err != nil {
		return Agenda{}, err
	}
	a.Status = status
	return a, nil
}

func (a *Agenda) arrange(in Input, ids []string, why string) error {
	fresh, err := Build(in)
	if err != nil {
		return err
	}
	d := a.Draft
	if d.Items, err = a.pick(ids, why, &fresh); err != nil {
		return err
	}
	d.LeftOut = a.without(d.Items, why, &fresh)
	for i := range d.Items {
		d.Items[i].Number = i + 1
		d.Items[i].renew(&fresh)
	}
	d.nameNext(&in, d.LeftOut)
	return a.take(in, d)
}

// pick finds the named matters among the draft's items and those left out, or
// among what came since.
func (a *Agenda) pick(ids []string, why string, fresh *Draft) ([]Item, error) {
	var l problem.List
	items := make([]Item, 0, len(ids))
	seen := map[string]bool{}
	for i, id := range ids {
		field := "items[" + strconv.Itoa(i) + "]"
		if seen[id] {
			l.Add(field, "problem.agenda.twice", "id", id)
			continue
		}
		seen[id] = true
		if it, ok := a.Draft.Item(id); ok {
			items = append(items, *it)
		} else if it, ok := a.brought(id, why, fresh); ok {
			items = append(items, it)
		} else {
			l.Add(field, "problem.agenda.unknown-item", "value", id)
		}
	}
	return items, l.Err()
}

// brought makes an item of a candidate left out: with the grounds the rules
// still give for it, and that it was brought on by hand.
func (a *Agenda) brought(id, why string, fresh *Draft) (Item, bool) {
	it, known := Item{}, false
	if f, ok := fresh.Item(id); ok {
		it, known = *f, true
	} else if i := fresh.leftOut(id); i >= 0 {
		it.Matter, known = fresh.LeftOut[i].Matter, true
	}
	if i := a.Draft.leftOut(id); i >= 0 { // as it was when it was taken out
		it.Matter, known = a.Draft.LeftOut[i].Matter, true
	}
	it.Reasons = append(slices.Clip(it.Reasons), byHandReason("reason.by-hand", why)...)
	return it, known
}

// byHandReason says what was done by hand and why; nothing while it is tried.
func byHandReason(key, why string) []Reason {
	if why == "" {
		return nil
	}
	return []Reason{{Key: key, Facts: problem.Pairs("reason", why)}}
}

// leftOut is the place of a candidate among those left out; -1 when it is not
// there.
func (d *Draft) leftOut(id string) int {
	return slices.IndexFunc(d.LeftOut, func(o LeftOut) bool { return o.ID == id })
}

// without are the candidates left out beside the given items: those that were
// and still are candidates, the draft's items that are taken out, with the
// reason, and what came since.
func (a *Agenda) without(items []Item, why string, fresh *Draft) []LeftOut {
	placed, known := map[string]bool{}, map[string]bool{}
	for i := range items {
		placed[items[i].ID] = true
	}
	for i := range fresh.Items {
		known[fresh.Items[i].ID] = true
	}
	for i := range fresh.LeftOut {
		known[fresh.LeftOut[i].ID] = true
	}
	out := slices.DeleteFunc(slices.Clone(a.Draft.LeftOut), func(o LeftOut) bool { return placed[o.ID] || !known[o.ID] })
	for i := range a.Draft.Items {
		if it := &a.Draft.Items[i]; !placed[it.ID] {
			out = append(out, LeftOut{Matter: it.Matter, Reasons: byHandReason("reason.taken-out", why)})
		}
	}
	for i := range out {
		placed[out[i].ID] = true
	}
	for i := range fresh.Items {
		if it := &fresh.Items[i]; !placed[it.ID] {
			out = append(out, LeftOut{Matter: it.Matter, Reasons: []Reason{{Key: "reason.came-since"}}})
		}
	}
	for i := range fresh.LeftOut {
		if !placed[fresh.LeftOut[i].ID] {
			out = append(out, fresh.LeftOut[i])
		}
	}
	return out
}

// renew brings up to date what a standing item lists and the grounds its rule
// gives; what was done to it by hand stays said.
func (it *Item) renew(fresh *Draft) {
	f, ok := fresh.Item(it.ID)
	if it.Source != Standing || !ok {
		return
	}
	byHand := slices.DeleteFunc(slices.Clone(it.Reasons), func(r Reason) bool { return r.Rule != "" })
	it.Details, it.Reasons = f.Details, append(slices.Clip(f.Reasons), byHand...)
}
