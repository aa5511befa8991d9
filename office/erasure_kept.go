package office

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// keptIn lists what the council keeps of each kind, but accounts, which are kept
// elsewhere.
var keptIn = map[council.Erasable]func(*storage.View) ([]keptData, error){
	council.ErasableObservers:    keptObserverData,
	council.ErasableComments:     keptComments,
	council.ErasableProposals:    keptProposals,
	council.ErasableDrafts:       keptDrafts,
	council.ErasableCertificates: keptCertificates,
}

// keptObserverData: the time runs from the day of the session.
func keptObserverData(v *storage.View) (kept []keptData, err error) {
	all, err := v.EveryObserver()
	days := map[string]council.Date{}
	for _, x := range all {
		if days[x.Session] == "" {
			s, err := v.Session(x.Session)
			if err != nil {
				return nil, err
			}
			days[x.Session] = s.Date
		}
		kept = append(kept, keptData{from: days[x.Session], erase: func(tx *storage.Tx) error { return tx.RemoveObserver(x.Session, x.ID) }})
	}
	return kept, err
}

// keptComments: the time runs from the last signature of the minutes. Until all have
// signed, comments are what the minutes are made of.
func keptComments(v *storage.View) (kept []keptData, err error) {
	all, err := v.EveryComment()
	days := map[string]council.Date{}
	for _, x := range all {
		day, known := days[x.Session]
		if !known {
			m, err := v.Minutes(x.Session)
			if err != nil {
				return nil, err
			}
			day = signedOn(&m)
			days[x.Session] = day
		}
		kept = append(kept, keptData{from: day, erase: func(tx *storage.Tx) error { return tx.EraseComment(x.Session, x.ID) }})
	}
	return kept, err
}

// signedOn is the day of the last signature; "" until all have signed.
func signedOn(m *minutes.Minutes) (day council.Date) {
	if !m.Public() {
		return ""
	}
	for _, s := range m.Signatures {
		day = max(day, council.DateOf(s.At))
	}
	return day
}

// keptProposals: the time runs from the day on which one was withdrawn. Those that
// a session dealt with are part of its record.
func keptProposals(v *storage.View) (kept []keptData, err error) {
	all, err := v.EveryProposal()
	for _, p := range all {
		if p.Session != "" {
			continue
		}
		x := keptData{erase: func(tx *storage.Tx) error { return tx.EraseProposal(p.ID) }}
		if e := p.Ending; p.State == agenda.Withdrawn && e != nil && e.Session == "" {
			x.from = council.DateOf(e.At)
		}
		kept = append(kept, x)
	}
	return kept, err
}

// keptDrafts: agendas that nobody was asked to approve; the time runs from the day
// of a session that was cancelled.
func keptDrafts(v *storage.View) (kept []keptData, err error) {
	all, err := v.EveryAgenda()
	for _, a := range all {
		if len(a.Versions) > 0 {
			continue
		}
		s, err := v.Session(a.Session)
		if err != nil {
			return nil, err
		}
		x := keptData{erase: func(tx *storage.Tx) error { return tx.EraseDraft(a.Session) }}
		if s.State == council.Cancelled {
			x.from = s.Date
		}
		kept = append(kept, x)
	}
	return kept, err
}

// keptCertificates: the time runs from the end of the last mandate.
func keptCertificates(v *storage.View) (kept []keptData, err error) {
	last, err := lastDays(v)
	if err != nil {
		return nil, err
	}
	all, err := v.EverySubject()
	for _, x := range all {
		kept = append(kept, keptData{from: last[x.Person], erase: func(tx *storage.Tx) error { return tx.EraseSubject(x.Person) }})
	}
	return kept, err
}

// lastDays is for everybody who ever held an office on which day the last one ended;
// "" while one has no end.
func lastDays(v *storage.View) (map[string]council.Date, error) {
	all, err := v.Mandates()
	of := map[string][]council.Mandate{}
	for _, m := range all {
		of[m.Person] = append(of[m.Person], m)
	}
	last := map[string]council.Date{}
	for person, ms := range of {
		last[person] = council.LastDay(ms)
	}
	return last, err
}
