package office

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"padome/council"
	"padome/internal/problem"
	"padome/storage"
	"padome/storage/store"
)

// Due is how much of a kind of personal data is past its time. It names nobody.
type Due struct {
	Of     council.Erasable `json:"of"`
	Days   int              `json:"days"`             // for which it is kept
	Kept   int              `json:"kept"`             // how much of the kind there is
	Due    int              `json:"due"`              // how much of it is to be erased
	Oldest council.Date     `json:"oldest,omitempty"` // from which day the time of the oldest of these runs
}

// Retention is what ApplyRetention would erase, by kind.
func (o *Office) Retention(ctx context.Context, a council.Actor) ([]Due, error) {
	if err := council.MayErase(a); err != nil {
		return nil, err
	}
	settings, err := o.Settings(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Due, 0, len(council.Erasables))
	for _, of := range council.Erasables {
		there, err := o.keptOf(ctx, of)
		if err != nil {
			return nil, err
		}
		d := Due{Of: of, Days: settings.KeptFor(of), Kept: len(begun(there, of, o.Today()))}
		for _, x := range timeOver(there, o.Today(), d.Days) {
			if d.Due++; d.Oldest == "" || x.from < d.Oldest {
				d.Oldest = x.from
			}
		}
		all = append(all, d)
	}
	return all, nil
}

// ApplyRetention erases all that is past its time, for good, and says how much of
// each kind that was. The ledger and the history keep that it was done, of which
// kind and how much, and name nobody; whoever it is proves to be the one. It fails
// with State when nothing is past its time.
func (o *Office) ApplyRetention(ctx context.Context, by By) ([]Due, error) {
	if err := council.MayErase(by.Actor); err != nil {
		return nil, err
	}
	if !by.Actor.Operator { // who has the whole council in hand
		proven, err := by.prove(ctx, OfRetention, nil)
		if err == nil {
			err = checkProven(proven)
		}
		if err != nil {
			return nil, err
		}
	}
	due, err := o.Retention(ctx, by.Actor)
	if err != nil {
		return nil, err
	}
	erased := []Due{}
	for _, d := range due {
		if d.Due, err = o.eraseAll(ctx, by, d.Of); err != nil {
			return erased, err
		}
		if d.Due > 0 {
			erased = append(erased, d)
		}
	}
	if len(erased) == 0 {
		return nil, problem.New(problem.State, "problem.retention.none")
	}
	return erased, nil
}

// erasedAtOnce is how many records are erased in one transaction.
const erasedAtOnce = 200

// eraseAll erases what is past its time of one kind.
func (o *Office) eraseAll(ctx context.Context, by By, of council.Erasable) (n int, err error) {
	what := "history.retention." + string(of)
	if of == council.ErasableObservers {
		what = "history.observer.erased"
	}
	for round := 1; ; round++ {
		ch := by.change(what, "")
		if by.Command != "" {
			ch.Command = store.CommandID(fmt.Sprintf("%.150s/%s/%d", by.Command, of, round))
		}
		some, err := o.eraseSome(ctx, ch, of)
		if n += some; err != nil || some < erasedAtOnce {
			return n, err
		}
	}
}

// eraseSome erases some of one kind. Accounts are erased where they are, and the
// council's ledger is told afterwards: no transaction reaches both.
func (o *Office) eraseSome(ctx context.Context, ch storage.Change, of council.Erasable) (int, error) {
	if of == council.ErasableAccounts {
		n, err := o.eraseAccounts(ctx, ch)
		if n == 0 || err != nil {
			return n, err
		}
		return storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (int, error) { return n, tx.NoteErased(of, n) })
	}
	today := o.Today()
	n, err := storage.Do(ctx, o.council, ch, func(tx *storage.Tx) (int, error) {
		settings, err := tx.Settings()
		if err != nil {
			return 0, err
		}
		there, err := keptIn[of](&tx.View)
		if err != nil {
			return 0, err
		}
		over := timeOver(there, today, settings.KeptFor(of))
		over = over[:min(len(over), erasedAtOnce)]
		for _, x := range over {
			if err := x.erase(tx); err != nil {
				return 0, err
			}
		}
		if len(over) == 0 {
			return 0, errNoneOver // nothing changes, and the history has nothing to say
		}
		return len(over), tx.NoteErased(of, len(over))
	})
	if errors.Is(err, errNoneOver) {
		return 0, nil
	}
	return n, err
}

var errNoneOver = errors.New("none is past its time")

// keptData is a record that may be erased once so many days have passed from a day
// on; "" while that day has not come.
type keptData struct {
	from  council.Date
	erase func(*storage.Tx) error
	id    string // of an account
}

// begun are those that are of the kind already: an account is that of a former
// office holder once the last mandate has ended, a proposal is a withdrawn one once
// it was withdrawn. Observers and comments are what they are from the beginning.
func begun(all []keptData, of council.Erasable, today council.Date) []keptData {
	if of == council.ErasableObservers || of == council.ErasableComments {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(x keptData) bool { return x.from == "" || x.from > today })
}

// timeOver are those whose time is over.
func timeOver(all []keptData, today council.Date, days int) []keptData {
	return slices.DeleteFunc(slices.Clone(all), func(x keptData) bool { return x.from == "" || !council.Expired(x.from, today, days) })
}

// keptOf is all there is of a kind.
func (o *Office) keptOf(ctx context.Context, of council.Erasable) ([]keptData, error) {
	if of == council.ErasableAccounts {
		return o.keptAccounts(ctx)
	}
	return storage.Read(ctx, o.council, keptIn[of])
}

// keptAccounts are the accounts of those who hold or held an office of the council.
func (o *Office) keptAccounts(ctx context.Context) (kept []keptData, err error) {
	last, err := storage.Read(ctx, o.council, lastDays)
	if err != nil {
		return nil, err
	}
	all, err := storage.ReadInstallation(ctx, o.db.Installation(), (*storage.InstallationView).EveryAccount)
	for _, a := range all {
		if day, held := last[a.Person]; held {
			kept = append(kept, keptData{from: day, id: a.ID})
		}
	}
	return kept, err
}

func (o *Office) eraseAccounts(ctx context.Context, ch storage.Change) (int, error) {
	settings, err := o.Settings(ctx)
	if err != nil {
		return 0, err
	}
	all, err := o.keptAccounts(ctx)
	over := timeOver(all, o.Today(), settings.KeptFor(council.ErasableAccounts))
	over = over[:min(len(over), erasedAtOnce)]
	if err != nil || len(over) == 0 {
		return 0, err
	}
	return storage.DoInstallation(ctx, o.db.Installation(), ch, func(tx *storage.InstallationTx) (int, error) {
		for _, x := range over {
			if err := tx.EraseAccount(x.id); err != nil {
				return 0, err
			}
		}
		return len(over), nil
	})
}

// EraseObservers erases the data of observers whose sessions are longer past than
// the council's settings keep it, and says how many people's that was. What the
// history says of it names nobody.
func (o *Office) EraseObservers(ctx context.Context, by By) (int, error) {
	if err := council.MayRemoveObservers(by.Actor); err != nil {
		return 0, err
	}
	n, err := o.eraseAll(ctx, by, council.ErasableObservers)
	if err == nil && n == 0 {
		err = problem.New(problem.State, "problem.observer.none-expired")
	}
	return n, err
}
