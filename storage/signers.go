package storage

import (
	"padome/minutes"
)

// subjects say by what the signatures of people are known.
var subjects = &table[minutes.Subject]{
	bucket:   "subjects",
	kind:     "subject",
	key:      func(s *minutes.Subject) key { return key{}.str(s.Person) },
	id:       func(s *minutes.Subject) string { return s.Person },
	revision: func(s *minutes.Subject) *uint64 { return &s.Revision },
}

// Subject is how a person's signatures are known; with revision 0 and no serial
// number where nobody has said it.
func (v *View) Subject(person string) (minutes.Subject, error) {
	return only(v.r, subjects, minutes.Subject{Person: person})
}

// UpdateSubject changes it, or says it for revision 0.
func (tx *Tx) UpdateSubject(person string, revision uint64, fn func(*minutes.Subject) error) (minutes.Subject, error) {
	return subjects.edit(tx.w, revision, minutes.Subject{Person: person}, fn)
}

// trusts are the certificates that signatures are checked against: one record.
var trusts = &table[minutes.Trust]{
	bucket:   "trust",
	kind:     "trust",
	key:      func(*minutes.Trust) key { return key{}.str(the) },
	id:       func(*minutes.Trust) string { return the },
	revision: func(t *minutes.Trust) *uint64 { return &t.Revision },
	ledger: []logged[minutes.Trust]{{
		kind:    "trust",
		content: func(t *minutes.Trust) any { return t },
		steps:   []string{"trust-given"},
		changed: "trust-changed",
	}},
}

// Trust is what signatures are checked against; the national certificates, with
// revision 0, until somebody gives others.
func (v *View) Trust() (minutes.Trust, error) { return only(v.r, trusts, minutes.Trust{}) }

// UpdateTrust changes it.
func (tx *Tx) UpdateTrust(revision uint64, fn func(*minutes.Trust) error) (minutes.Trust, error) {
	return trusts.edit(tx.w, revision, minutes.Trust{}, fn)
}
