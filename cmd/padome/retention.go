package main

import (
	"context"
	"strconv"

	"padome/office"
)

// retention shows how much personal data is past its time; with --apply it erases
// that.
func (m *Main) retention(ctx context.Context, o *options) error {
	var all []office.Due
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		if o.erase {
			all, err = d.office.ApplyRetention(ctx, m.operator())
		} else {
			all, err = d.office.Retention(ctx, m.operator().Actor)
		}
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(all)
	}
	t, key, over := m.tell(), "cmd.retention.due", 0
	if o.erase {
		key = "cmd.retention.erased"
		t.Title("cmd.retention.done")
	} else {
		t.Title("cmd.retention.title")
	}
	for _, d := range all {
		over += d.Due
		if d.Due == 0 {
			t.Bullet(0, "cmd.retention.kept", "of", t.Say("retention."+string(d.Of)), "kept", strconv.Itoa(d.Kept), "days", strconv.Itoa(d.Days))
			continue
		}
		t.Bullet(0, key, "of", t.Say("retention."+string(d.Of)), "n", strconv.Itoa(d.Due), "kept", strconv.Itoa(d.Kept),
			"days", strconv.Itoa(d.Days), "oldest", string(d.Oldest))
		t.Line(1, "retention."+string(d.Of)+".rule")
	}
	if over > 0 && !o.erase {
		t.Line(0, "cmd.retention.next")
	}
	return t.Err()
}
