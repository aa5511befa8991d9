package minutes

import (
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Reopening is the request of somebody who works on the minutes that final ones,
// which nobody has signed, become a draft again. It takes effect once a second
// person confirms it.
type Reopening struct {
	By     string    `json:"by"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Reopened is a reopening that took effect, with what was final until then: its
// content and its file are kept.
type Reopened struct {
	Reopening
	ConfirmedBy   string    `json:"confirmedBy"`
	ConfirmedName string    `json:"confirmedName"`
	ConfirmedAt   time.Time `json:"confirmedAt"`
	Digest        string    `json:"digest"`
	PDF           string    `json:"pdf,omitempty"`
	Finalised     time.Time `json:"finalised"`
}

// reopenable says why minutes cannot become a draft again: drafts are one, and
// what anybody has signed never changes.
func (m *Minutes) reopenable() error {
	switch {
	case m.State == Draft || m.State == "":
		return m.refuse("problem.minutes.not-final")
	case m.State != Final || len(m.Signatures) > 0:
		return m.refuse("problem.minutes.reopen.signed")
	}
	return nil
}

// AskReopening asks for final minutes to become a draft again, with a reason. It
// fails once anybody has signed them, and while another request waits.
func (m *Minutes) AskReopening(a council.Actor, reason string, at time.Time) error {
	if err := m.reopenable(); err != nil {
		return err
	}
	if m.Reopening != nil {
		return m.refuse("problem.minutes.reopen.asked", "name", m.Reopening.Name)
	}
	var l problem.List
	text.Block(&l, "reason", &reason, 1, 2000)
	if err := l.Err(); err != nil {
		return err
	}
	m.Reopening = &Reopening{By: a.Person, Name: a.Name, At: instant(at), Reason: reason}
	return nil
}

// MayConfirmReopening says why the actor cannot confirm or decline a request: only
// somebody else than who asked can, of those who may record the session and the
// council's leads.
func (m *Minutes) MayConfirmReopening(a council.Actor, s council.Session) error {
	switch {
	case m.Reopening == nil:
		return m.refuse("problem.minutes.reopen.none")
	case a.Operator || a.Person == "" || !MayRecord(a, s) && !a.HoldsAny(council.Chair, council.Deputy):
		return problem.New(problem.Forbidden, "problem.minutes.reopen.who")
	case a.Person == m.Reopening.By:
		return problem.New(problem.Forbidden, "problem.minutes.reopen.second")
	}
	return nil
}

// ConfirmReopening makes final minutes a draft again. They keep their number; what
// was final until then stays in their history. It fails as MayConfirmReopening
// does, and once anybody has signed.
func (m *Minutes) ConfirmReopening(a council.Actor, s council.Session, at time.Time) error {
	if err := m.MayConfirmReopening(a, s); err != nil {
		return err
	}
	if err := m.reopenable(); err != nil {
		return err
	}
	m.Reopened = append(m.Reopened, Reopened{Reopening: *m.Reopening, ConfirmedBy: a.Person, ConfirmedName: a.Name,
		ConfirmedAt: instant(at), Digest: m.Digest, PDF: m.PDF, Finalised: m.Finalised})
	m.State, m.Reopening = Draft, nil
	m.Digest, m.PDF, m.PDFSize, m.Pages, m.Finalised, m.Signers, m.Signing, m.Form = "", "", 0, 0, time.Time{}, nil, "", 0
	return nil
}

// DropReopening takes a request back, or declines it: who asked can, and who could
// confirm it.
func (m *Minutes) DropReopening(a council.Actor, s council.Session) error {
	err := m.MayConfirmReopening(a, s)
	if err != nil && (m.Reopening == nil || a.Person == "" || a.Person != m.Reopening.By) {
		return err
	}
	m.Reopening = nil
	return nil
}

// FrozenBefore reports whether content of a digest was final before.
func (m *Minutes) FrozenBefore(digest string) bool {
	for _, r := range m.Reopened {
		if r.Digest == digest {
			return true
		}
	}
	return false
}
