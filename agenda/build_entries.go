package agenda

import (
	"strings"

	"padome/internal/locale"
	"padome/internal/problem"
)

// bring takes the candidates into the building.
func (b *building) bring(cs []Candidate, r *readBefore) error {
	known := r.has(cs)
	if !known {
		r.makeRoom(len(cs))
	}
	b.byID, b.entries = r.byID, make([]*entry, len(cs), len(cs)+4)
	for i := range cs {
		e := &r.entries[i]
		*e = entry{Candidate: cs[i]}
		b.entries[i] = e
		if !known {
			if err := r.name(e); err != nil {
				return err
			}
		}
		b.readToday(e)
	}
	return nil
}

// has reports whether the entries are those of the candidates, each in its place.
func (r *readBefore) has(cs []Candidate) bool {
	if len(cs) != len(r.byID) {
		return false
	}
	for i := range cs {
		if r.entries[i].ID != cs[i].ID {
			return false
		}
	}
	return true
}

// makeRoom has room for so many candidates, and none named.
func (r *readBefore) makeRoom(n int) {
	if r.byID == nil {
		r.byID = make(map[string]*entry, n)
	}
	clear(r.byID)
	if len(r.entries) < n {
		r.entries = make([]entry, n)
	}
}

// name has the entry of a candidate found by its id, which no other may have.
func (r *readBefore) name(e *entry) error {
	n := len(r.byID)
	r.byID[e.ID] = e
	switch {
	case len(r.byID) == n:
		return problem.New(problem.Invalid, "problem.agenda.twice", "id", e.ID)
	case reserved(e.ID):
		return problem.New(problem.Invalid, "problem.agenda.reserved", "id", e.ID)
	}
	return nil
}

// named is the candidate or standing item of an id.
func (b *building) named(id string) (*entry, bool) {
	for _, e := range b.stands {
		if e.ID == id {
			return e, true
		}
	}
	e, ok := b.byID[id]
	return e, ok
}

// standing brings on an item that a rule itself asks for.
func (b *building) standing(id string, kind Kind, title string, minutes int, why *Reason, details ...Detail) *entry {
	e := &entry{grounds: []Reason{*why}, details: details, must: true}
	e.Matter = Matter{ID: id, Source: Standing, Kind: kind, Title: title, Minutes: minutes}
	b.entries, b.stands = append(b.entries, e), append(b.stands, e)
	return e
}

// titled gives a standing item a title that names something, in both languages.
func (e *entry) titled(key string, args ...string) {
	facts := problem.Pairs(args...)
	e.Title, e.TitleEN = locale.Text(locale.LV, key, facts), locale.Text(locale.EN, key, facts)
}

// reserved reports whether an id belongs to a standing item.
func reserved(id string) bool {
	_, review := reviewYear(id)
	return review || strings.HasPrefix(id, overduePrefix) || strings.HasPrefix(id, delegationPrefix) ||
		id == OpeningID || id == ExecutionID || id == AnyOtherID
}
