package storage

import (
	"padome/agenda"
	"padome/council"
	"padome/internal/auth"
	"padome/minutes"
	"padome/storage/store"
)

// actRecordsErased is the act of erasing records that no law keeps: which kind, and
// as its revision how many.
const actRecordsErased = "records-erased"

// retentionKind is how history and ledger name what was erased, by its kind.
const retentionKind = "retention"

// erase takes a record away for good; its history keeps that it was there. It fails
// with NotFound.
func erase[T any](w *writing, tb *table[T], like T) error {
	rec, err := tb.get(w, like)
	if err != nil {
		return err
	}
	if err := tb.drop(w, &rec); err != nil {
		return err
	}
	return w.note(tb.kind, tb.id(&rec), *tb.revision(&rec)+1)
}

// NoteErased enters in ledger and history that so many records of a kind were
// erased: whose, nobody reads there.
func (tx *Tx) NoteErased(of council.Erasable, n int) error {
	tx.w.log(entry{act: actRecordsErased, object: object(retentionKind, string(of)), revision: uint64(n), gone: true})
	return tx.w.note(retentionKind, string(of), uint64(n))
}

// EveryComment is every comment on draft minutes of any session.
func (v *View) EveryComment() ([]minutes.Comment, error) {
	return comments.every(v.r, comments.bucket, store.Range{})
}

// EraseComment erases a comment.
func (tx *Tx) EraseComment(session, id string) error {
	return erase(tx.w, comments, minutes.Comment{Session: session, ID: id})
}

// EveryProposal is every proposal there is.
func (v *View) EveryProposal() ([]agenda.Proposal, error) {
	return proposals.every(v.r, proposals.bucket, store.Range{})
}

// EraseProposal erases a proposal.
func (tx *Tx) EraseProposal(id string) error { return erase(tx.w, proposals, proposalOf(id)) }

// EveryAgenda is every agenda there is.
func (v *View) EveryAgenda() ([]agenda.Agenda, error) {
	return agendas.every(v.r, agendas.bucket, store.Range{})
}

// EraseDraft erases an agenda of which no version was ever submitted. It fails with
// NotFound for any other.
func (tx *Tx) EraseDraft(session string) error {
	a, err := tx.Agenda(session)
	if err == nil && len(a.Versions) > 0 {
		err = missing(agendas.kind, session)
	}
	if err != nil {
		return err
	}
	return erase(tx.w, agendas, agenda.New(session))
}

// EverySubject is every certificate that is known as a person's.
func (v *View) EverySubject() ([]minutes.Subject, error) {
	return subjects.every(v.r, subjects.bucket, store.Range{})
}

// EraseSubject erases which certificate is a person's.
func (tx *Tx) EraseSubject(person string) error {
	return erase(tx.w, subjects, minutes.Subject{Person: person})
}

// EveryAccount is every account there is.
func (v *InstallationView) EveryAccount() ([]auth.Account, error) {
	return accounts.every(v.r, accounts.bucket, store.Range{})
}

// EraseAccount erases an account with its logins.
func (tx *InstallationTx) EraseAccount(id string) error {
	of, err := tx.LoginsOf(id)
	for i := 0; err == nil && i < len(of); i++ {
		err = tx.EndLogin(of[i].TokenHash)
	}
	if err != nil {
		return err
	}
	return erase(tx.w, accounts, auth.Account{ID: id})
}
