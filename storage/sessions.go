package storage

import (
	"context"
	"slices"

	"padome/council"
	"padome/storage/store"
)

var sessions = &table[council.Session]{
	bucket:   "sessions",
	kind:     "session",
	key:      func(s *council.Session) key { return key{}.str(s.ID) },
	id:       func(s *council.Session) string { return s.ID },
	revision: func(s *council.Session) *uint64 { return &s.Revision },
	indexes:  []index[council.Session]{sessionsUp, sessionsDown},
}

// Sessions are found by their day, both ways: ids say nothing of the day.
var (
	sessionsUp = index[council.Session]{"sessions/up", func(s *council.Session) []key {
		return []key{sessionDay(s)}
	}}
	sessionsDown = index[council.Session]{"sessions/down", func(s *council.Session) []key {
		return []key{sessionDay(s).down()}
	}}
)

func sessionDay(s *council.Session) key { return key{}.str(string(s.Date)).str(s.ID) }

// Session fails with NotFound.
func (v *View) Session(id string) (council.Session, error) {
	return sessions.get(v.r, council.Session{ID: id})
}

// Sessions are the sessions of a span of days, in the order of their days.
func (v *View) Sessions(s Span, p Page) (list []council.Session, next string, err error) {
	if s.NewestFirst {
		return sessions.page(v.r, sessionsDown.bucket, daysDown(s.From, s.Until), p)
	}
	return sessions.page(v.r, sessionsUp.bucket, days(s.From, s.Until), p)
}

// NextSession is the first session after this one that is not cancelled; false
// when none is planned.
func (v *View) NextSession(s council.Session) (next council.Session, ok bool, err error) {
	return nearest(v.r, sessionsUp.bucket, sessionDay(&s))
}

// PreviousSession is the last session before this one that is not cancelled;
// false when there is none.
func (v *View) PreviousSession(s council.Session) (previous council.Session, ok bool, err error) {
	return nearest(v.r, sessionsDown.bucket, sessionDay(&s).down())
}

// few is how many sessions are looked at to find one that is not cancelled.
const few = 10

func nearest(r store.Reader, bucket string, from key) (council.Session, bool, error) {
	rng := store.Range{}.After(from)
	for {
		list, keys, err := sessions.scan(r, bucket, rng, few)
		if err != nil {
			return council.Session{}, false, err
		}
		if i := slices.IndexFunc(list, func(s council.Session) bool { return s.State != council.Cancelled }); i >= 0 {
			return list[i], true, nil
		}
		if len(list) < few {
			return council.Session{}, false, nil
		}
		rng = rng.After(keys[len(keys)-1])
	}
}

// UpdateSession changes a session, or adds one for revision 0.
func (tx *Tx) UpdateSession(id string, revision uint64, fn func(*council.Session) error) (council.Session, error) {
	s, err := sessions.edit(tx.w, revision, council.Session{ID: id}, fn)
	if err != nil {
		return s, err
	}
	return s, publish(tx.w, id)
}

// UpdateSession is Tx.UpdateSession as one change of its own.
func (c *Council) UpdateSession(ctx context.Context, ch Change, id string, revision uint64, fn func(*council.Session) error) (council.Session, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.Session, error) { return tx.UpdateSession(id, revision, fn) })
}
