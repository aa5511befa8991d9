package storage

import (
	"cmp"
	"context"
	"slices"

	"padome/agenda"
	"padome/minutes"
	"padome/storage/store"
)

var attendances = &table[minutes.Attendance]{
	bucket:   "attendance",
	kind:     "attendance",
	key:      func(a *minutes.Attendance) key { return key{}.str(a.Session) },
	id:       func(a *minutes.Attendance) string { return a.Session },
	revision: func(a *minutes.Attendance) *uint64 { return &a.Revision },
}

// Attendance is who took part in a session; nobody, with revision 0, until
// somebody records it.
func (v *View) Attendance(session string) (minutes.Attendance, error) {
	return only(v.r, attendances, minutes.Attendance{Session: session})
}

// UpdateAttendance changes who took part in a session, or begins the list for
// revision 0.
func (tx *Tx) UpdateAttendance(session string, revision uint64, fn func(*minutes.Attendance) error) (minutes.Attendance, error) {
	return attendances.edit(tx.w, revision, minutes.Attendance{Session: session}, fn)
}

// UpdateAttendance is Tx.UpdateAttendance as one change of its own.
func (c *Council) UpdateAttendance(ctx context.Context, ch Change, session string, revision uint64, fn func(*minutes.Attendance) error) (minutes.Attendance, error) {
	return Do(ctx, c, ch, func(tx *Tx) (minutes.Attendance, error) { return tx.UpdateAttendance(session, revision, fn) })
}

// Treatments stand with their session, so that a session's are one range.
var treatments = &table[minutes.Treatment]{
	bucket:   "treatments",
	kind:     "treatment",
	key:      func(t *minutes.Treatment) key { return key{}.str(t.Session).str(t.Item) },
	id:       func(t *minutes.Treatment) string { return t.Session + "/" + t.Item },
	revision: func(t *minutes.Treatment) *uint64 { return &t.Revision },
}

// Treatment is how a session dealt with an item; it fails with NotFound while
// nothing is recorded.
func (v *View) Treatment(session, item string) (minutes.Treatment, error) {
	return treatments.get(v.r, minutes.Treatment{Session: session, Item: item})
}

// Treatments are how a session dealt with its items so far, by item number.
func (v *View) Treatments(session string) ([]minutes.Treatment, error) {
	all, err := treatments.every(v.r, treatments.bucket, store.Prefix(key{}.str(session)))
	slices.SortStableFunc(all, func(a, b minutes.Treatment) int { return cmp.Compare(a.Number, b.Number) })
	return all, err
}

// UpdateTreatment changes how a session dealt with an item of its agenda;
// revision 0 begins with minutes.Begin.
func (tx *Tx) UpdateTreatment(session string, it agenda.Item, revision uint64, fn func(*minutes.Treatment) error) (minutes.Treatment, error) {
	return treatments.edit(tx.w, revision, minutes.Begin(session, it), fn)
}

// UpdateTreatment is Tx.UpdateTreatment as one change of its own.
func (c *Council) UpdateTreatment(ctx context.Context, ch Change, session string, it agenda.Item, revision uint64, fn func(*minutes.Treatment) error) (minutes.Treatment, error) {
	return Do(ctx, c, ch, func(tx *Tx) (minutes.Treatment, error) { return tx.UpdateTreatment(session, it, revision, fn) })
}
