package storage

// actExported is the act of taking everything of the council away, personal data
// and what is closed with it.
const actExported = "data-exported"

// exportKind is how history and ledger name what was taken away.
const exportKind = "export"

// NoteExported enters in ledger and history that everything of the council was
// taken away; who it was is the actor of the change.
func (tx *Tx) NoteExported() error {
	tx.w.log(entry{act: actExported, object: object(exportKind, "all"), gone: true})
	return tx.w.note(exportKind, "all", 0)
}
