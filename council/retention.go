package council

import "cmp"

// Erasable is a kind of personal data that no law keeps for good. What was approved,
// decided, signed or published is none of them, nor is who held which office.
type Erasable string

const (
	ErasableObservers    Erasable = "observers"    // who signed up for a session as observers
	ErasableComments     Erasable = "comments"     // on drafts of minutes that are signed
	ErasableProposals    Erasable = "proposals"    // withdrawn before any session dealt with them
	ErasableDrafts       Erasable = "drafts"       // agendas never submitted, of cancelled sessions
	ErasableAccounts     Erasable = "accounts"     // of those who hold no office any more
	ErasableCertificates Erasable = "certificates" // known as theirs
)

// Erasables are all kinds.
var Erasables = []Erasable{ErasableObservers, ErasableComments, ErasableProposals, ErasableDrafts, ErasableAccounts, ErasableCertificates}

// Keeping is for how many days what may be erased is kept; 0: the usual.
type Keeping struct {
	Comments  int `json:"keepComments,omitempty"`  // after the last signature
	Proposals int `json:"keepProposals,omitempty"` // after they were withdrawn
	Drafts    int `json:"keepDrafts,omitempty"`    // after the day of the session
	Former    int `json:"keepFormer,omitempty"`    // accounts and certificates after the end of the last mandate
}

// The usual periods, in days.
const (
	usualComments  = 365
	usualProposals = 730
	usualDrafts    = 365
	usualFormer    = 180
)

// maxKept is the longest of them: ten years.
const maxKept = 3660

// KeptFor is for how many days data of a kind is kept.
func (s Settings) KeptFor(of Erasable) int {
	switch of {
	case ErasableObservers:
		return s.ObserverPeriod()
	case ErasableComments:
		return cmp.Or(s.Keeping.Comments, usualComments)
	case ErasableProposals:
		return cmp.Or(s.Keeping.Proposals, usualProposals)
	case ErasableDrafts:
		return cmp.Or(s.Keeping.Drafts, usualDrafts)
	}
	return cmp.Or(s.Keeping.Former, usualFormer)
}

// LastDay is the last day of the last of somebody's mandates; "" while one has no
// end, and for who never had any.
func LastDay(mandates []Mandate) Date {
	last := Date("")
	for _, m := range mandates {
		if m.Until == "" {
			return ""
		}
		last = max(last, m.Until)
	}
	return last
}

// MayErase allows the secretariat and administrators to erase what is past its
// time, and whoever runs the program.
func MayErase(a Actor) error {
	if a.Operator || a.HoldsAny(Secretariat, Administrator) {
		return nil
	}
	return refused(a, "problem.retention.who")
}
