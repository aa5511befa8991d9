package office

import (
	"context"

	"padome/storage"
)

// Touched is a record that a change has made or changed.
type Touched struct {
	Kind string // such as "agenda"
	ID   string
}

// mostTouched is how far back Changed looks.
const mostTouched = 200

// Changed is which records have changed after a number of changes, each once,
// and the number of changes now. Of very many it is the last ones.
func (o *Office) Changed(ctx context.Context, after uint64) (all []Touched, seq uint64, err error) {
	seq, err = o.Seq(ctx)
	if err != nil || seq <= after {
		return nil, seq, err
	}
	seen := map[Touched]bool{}
	_, err = storage.Read(ctx, o.council, func(v *storage.View) (struct{}, error) {
		entries, _, err := v.Feed(storage.Page{Limit: mostTouched})
		for _, e := range entries {
			seq = max(seq, e.Seq)
			if t := (Touched{e.Kind, e.ID}); e.Seq > after && !seen[t] {
				seen[t] = true
				all = append(all, t)
			}
		}
		return struct{}{}, err
	})
	return all, seq, err
}
