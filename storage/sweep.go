package storage

import (
	"context"
	"time"

	"padome/internal/auth"
	"padome/storage/store"
)

// sweepAtOnce is how many records one transaction of a sweep looks at.
const sweepAtOnce = 500

// SweepLogins removes the logins and one-time links that can no longer be used,
// and returns how many.
func (in *Installation) SweepLogins(ctx context.Context) (int, error) {
	now := in.db.now()
	gone, err := sweep(ctx, in, logins, func(l *auth.Login) bool {
		return !now.Before(l.Expires) || now.Sub(l.LastSeen) >= l.Idle
	})
	if err != nil {
		return gone, err
	}
	more, err := sweep(ctx, in, links, func(o *auth.OneTime) bool {
		return !o.Used.IsZero() || !now.Before(o.Expires)
	})
	return gone + more, err
}

// ForgetCommands forgets the commands done longer ago than olderThan, whose
// repeats would be done anew, and returns how many.
func (db *DB) ForgetCommands(ctx context.Context, olderThan time.Duration) (int, error) {
	ts, err := db.engine.Tenants(ctx)
	if err != nil {
		return 0, edge(err)
	}
	forgotten := 0
	for _, t := range ts {
		n, err := db.engine.Forget(ctx, t, db.now().Add(-olderThan))
		forgotten += n
		if err != nil {
			return forgotten, edge(err)
		}
	}
	return forgotten, nil
}

// swept is what one transaction of a sweep did.
type swept struct {
	Gone int    `json:"gone"`
	Last []byte `json:"last,omitempty"` // key to go on after, none at the end
}

func sweep[T any](ctx context.Context, in *Installation, tb *table[T], over func(*T) bool) (gone int, err error) {
	var rng store.Range
	for {
		s, err := DoInstallation(ctx, in, Change{What: "unrecorded"}, func(tx *InstallationTx) (s swept, err error) {
			recs, keys, err := tb.scan(tx.w, tb.bucket, rng, sweepAtOnce)
			for i := range recs {
				if !over(&recs[i]) {
					continue
				}
				if err := tb.drop(tx.w, &recs[i]); err != nil {
					return s, err
				}
				s.Gone++
			}
			if len(keys) == sweepAtOnce {
				s.Last = keys[len(keys)-1]
			}
			return s, err
		})
		if err != nil {
			return gone, err
		}
		gone += s.Gone
		if s.Last == nil {
			return gone, nil
		}
		rng = rng.After(s.Last)
	}
}
