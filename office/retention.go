package office

import (
	"cmp"
	"context"
	"slices"

	"padome/council"
	"padome/storage"
)

// Kept is how many people's data is kept of one session's observers, and until
// when.
type Kept struct {
	Session string       `json:"session"`
	Date    council.Date `json:"date"` // of the session
	Count   int          `json:"count"`
	Until   council.Date `json:"until"`   // the last day it is kept
	Expired bool         `json:"expired"` // it is to be erased
}

// KeptObservers is whose data is kept, by session, the oldest first: what
// EraseObservers would erase is marked. It names nobody.
func (o *Office) KeptObservers(ctx context.Context, a council.Actor) ([]Kept, error) {
	if err := council.MayRemoveObservers(a); err != nil {
		return nil, err
	}
	today := o.Today()
	return storage.Read(ctx, o.council, func(v *storage.View) ([]Kept, error) { return keptObservers(v, today) })
}

func keptObservers(v *storage.View, today council.Date) ([]Kept, error) {
	settings, err := v.Settings()
	if err != nil {
		return nil, err
	}
	all, err := v.EveryObserver()
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, x := range all {
		counts[x.Session]++
	}
	kept := make([]Kept, 0, len(counts))
	for id, n := range counts {
		s, err := v.Session(id)
		if err != nil {
			return nil, err
		}
		days := settings.ObserverPeriod()
		kept = append(kept, Kept{Session: id, Date: s.Date, Count: n, Until: s.Date.AddDays(days), Expired: council.Expired(s.Date, today, days)})
	}
	slices.SortFunc(kept, func(a, b Kept) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Session, b.Session)) })
	return kept, nil
}

// removeObservers removes all who signed up for a session.
func removeObservers(tx *storage.Tx, session string) (int, error) {
	all, err := tx.Observers(session)
	for i := 0; err == nil && i < len(all); i++ {
		err = tx.RemoveObserver(session, all[i].ID)
	}
	return len(all), err
}

// observerTodos tell the secretariat that data of observers is to be erased.
func observerTodos(v *storage.View, a council.Actor, on council.Date) ([]Todo, error) {
	if council.MayRemoveObservers(a) != nil {
		return nil, nil
	}
	kept, err := keptObservers(v, on)
	if i := slices.IndexFunc(kept, func(k Kept) bool { return k.Expired }); i >= 0 {
		return []Todo{{Kind: EraseObservers, Due: kept[i].Until.AddDays(1)}}, err
	}
	return nil, err
}
