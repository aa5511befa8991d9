package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"padome/council"
	"padome/internal/problem"
	"padome/storage"
)

// exportName is the name of an export by the day it is made.
const exportName = "padome-2006-01-02.zip"

// Exported is an export to be handed over. Close removes it.
type Exported struct {
	*os.File
	Name string
	Size int64
	own  string // the folder that it lies in
}

// Close ends the reading and removes the file.
func (e *Exported) Close() error { return errors.Join(e.File.Close(), os.RemoveAll(e.own)) }

// Export writes everything of the council in open formats into one file, while
// others go on writing. All personal data and what is closed is in it: it is for
// an administrator who proves to be the one, and stands in the ledger. One is made
// at a time, and no backup meanwhile.
func (o *Office) Export(ctx context.Context, by By) (*Exported, error) {
	if err := mayExport(by.Actor); err != nil {
		return nil, err
	}
	proven, err := by.prove(ctx, OfExport, nil)
	if err == nil {
		err = checkProven(proven)
	}
	if err != nil {
		return nil, err
	}
	if !o.backups.mu.TryLock() {
		return nil, problem.New(problem.State, "problem.backup.busy")
	}
	defer o.backups.mu.Unlock()
	own, err := os.MkdirTemp(o.backups.dir, ".export-*")
	if err != nil {
		return nil, err
	}
	e, err := o.exportInto(ctx, own)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(own))
	}
	if err := o.enterExport(ctx, by); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// enterExport enters in ledger and history that everything was taken away, before
// anybody has a byte of it. The export itself does not hold that entry.
func (o *Office) enterExport(ctx context.Context, by By) error {
	_, err := storage.Do(ctx, o.council, by.change("history.export.made", ""), func(tx *storage.Tx) (bool, error) {
		return true, tx.NoteExported()
	})
	return err
}

func (o *Office) exportInto(ctx context.Context, own string) (*Exported, error) {
	e := &Exported{Name: o.db.Now().In(council.Riga).Format(exportName), own: own}
	path := filepath.Join(own, e.Name)
	if _, err := o.db.Export(ctx, path, o.tenant); err != nil {
		return nil, err
	}
	var err error
	if e.File, err = os.Open(path); err != nil {
		return nil, err
	}
	info, err := e.Stat()
	if err != nil {
		return nil, errors.Join(err, e.File.Close())
	}
	e.Size = info.Size()
	return e, nil
}

func mayExport(a council.Actor) error {
	if a.Operator || a.Holds(council.Administrator) {
		return nil
	}
	return problem.New(problem.Forbidden, "problem.export.who")
}
