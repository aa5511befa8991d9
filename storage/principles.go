package storage

import (
	"slices"
	"strconv"

	"padome/agenda"
	"padome/internal/problem"
	"padome/storage/store"
)

// Principles stand newest first and are only ever added.
var principles = &table[agenda.Principles]{
	bucket: "principles",
	kind:   "principles",
	key:    func(p *agenda.Principles) key { return key{}.num(uint64(p.Version)).down() },
	id:     func(p *agenda.Principles) string { return strconv.Itoa(p.Version) },
	ledger: []logged[agenda.Principles]{{
		kind:    "principles",
		content: func(p *agenda.Principles) any { return p },
		steps:   []string{"principles-revised"},
	}},
}

// Principles is one version of the principles; it fails with NotFound.
func (v *View) Principles(version int) (agenda.Principles, error) {
	return principles.get(v.r, agenda.Principles{Version: version})
}

// AllPrinciples are all versions, oldest first.
func (v *View) AllPrinciples() ([]agenda.Principles, error) {
	all, err := principles.every(v.r, principles.bucket, store.Range{})
	slices.Reverse(all)
	return all, err
}

// AddPrinciples adds the next version of the principles. It fails with Conflict
// when there is that version already, or when it does not follow on the newest.
func (tx *Tx) AddPrinciples(p agenda.Principles) error {
	newest, err := tx.NewestPrinciples()
	if err != nil {
		return err
	}
	if next := newest.Version + 1; p.Version > next {
		return problem.New(problem.Conflict, "problem.storage.principles.gap", "id", strconv.Itoa(p.Version), "next", strconv.Itoa(next))
	}
	return principles.add(tx.w, &p, uint64(p.Version))
}
