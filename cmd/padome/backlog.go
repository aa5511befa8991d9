package main

import (
	"context"

	"padome/agenda"
)

// backlog shows everything that waits for the council, and changes nothing.
func (m *Main) backlog(ctx context.Context, o *options) error {
	var all []agenda.Pending
	err := m.with(ctx, o.dir, func(d *data) (err error) {
		all, err = d.office.Backlog(ctx, m.operator().Actor, agenda.Filter{})
		return err
	})
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(all)
	}
	t := m.tell()
	t.Title("cmd.backlog.title")
	t.Backlog(all)
	return t.Err()
}
