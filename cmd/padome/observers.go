package main

import (
	"context"
	"strconv"

	"padome/office"
)

// observers shows whose personal data is kept of observers, and until when; with
// --erase it erases what is past its time.
func (m *Main) observers(ctx context.Context, o *options) error {
	var kept []office.Kept
	erased := 0
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		if o.erase {
			erased, err = d.office.EraseObservers(ctx, m.operator())
		} else {
			kept, err = d.office.KeptObservers(ctx, m.operator().Actor)
		}
		return err
	})
	if err != nil {
		return err
	}
	t := m.tell()
	switch {
	case o.erase:
		t.Line(0, "cmd.observers.erased", "n", strconv.Itoa(erased))
		return t.Err()
	case o.json:
		return m.encode(kept)
	case len(kept) == 0:
		t.Line(0, "cmd.observers.none")
		return t.Err()
	}
	t.Title("cmd.observers.title")
	for _, k := range kept {
		key := "cmd.observers.kept"
		if k.Expired {
			key = "cmd.observers.expired"
		}
		t.Bullet(0, key, "date", string(k.Date), "n", strconv.Itoa(k.Count), "until", string(k.Until))
	}
	return t.Err()
}
