package storage

import (
	"context"

	"padome/council"
	"padome/storage/store"
)

// the is the key of a record of which a council has only one.
const the = "the"

var settings = &table[council.Settings]{
	bucket:   "settings",
	kind:     "settings",
	key:      func(*council.Settings) key { return key{}.str(the) },
	id:       func(*council.Settings) string { return the },
	revision: func(s *council.Settings) *uint64 { return &s.Revision },
}

var calendars = &table[council.Calendar]{
	bucket:   "calendar",
	kind:     "calendar",
	key:      func(*council.Calendar) key { return key{}.str(the) },
	id:       func(*council.Calendar) string { return the },
	revision: func(c *council.Calendar) *uint64 { return &c.Revision },
}

// only is the one record of its table, or what holds while nobody has set it,
// with revision 0.
func only[T any](r store.Reader, tb *table[T], unset T) (T, error) {
	rec, err := tb.find(r, tb.key(&unset))
	if rec == nil || err != nil {
		return unset, err
	}
	return *rec, nil
}

// Settings are the council's settings; council.DefaultSettings, with revision
// 0, until somebody sets them.
func (v *View) Settings() (council.Settings, error) {
	return only(v.r, settings, council.DefaultSettings())
}

// UpdateSettings changes the settings.
func (tx *Tx) UpdateSettings(revision uint64, fn func(*council.Settings) error) (council.Settings, error) {
	return settings.edit(tx.w, revision, council.DefaultSettings(), fn)
}

// UpdateSettings is Tx.UpdateSettings as one change of its own.
func (c *Council) UpdateSettings(ctx context.Context, ch Change, revision uint64, fn func(*council.Settings) error) (council.Settings, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.Settings, error) { return tx.UpdateSettings(revision, fn) })
}

// Calendar is the calendar of working days; council.DefaultCalendar, with
// revision 0, until somebody edits it.
func (v *View) Calendar() (council.Calendar, error) {
	return only(v.r, calendars, council.DefaultCalendar())
}

// UpdateCalendar changes the calendar.
func (tx *Tx) UpdateCalendar(revision uint64, fn func(*council.Calendar) error) (council.Calendar, error) {
	return calendars.edit(tx.w, revision, council.DefaultCalendar(), fn)
}

// UpdateCalendar is Tx.UpdateCalendar as one change of its own.
func (c *Council) UpdateCalendar(ctx context.Context, ch Change, revision uint64, fn func(*council.Calendar) error) (council.Calendar, error) {
	return Do(ctx, c, ch, func(tx *Tx) (council.Calendar, error) { return tx.UpdateCalendar(revision, fn) })
}
