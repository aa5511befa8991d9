package main

import (
	"cmp"
	"context"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/office"
)

// forecast shows the sessions to come under the principles, which task comes on
// when, and what obligation cannot be met, and changes nothing.
func (m *Main) forecast(ctx context.Context, o *options) error {
	from := cmp.Or(council.Date(o.date), council.DateOf(m.Now()))
	if !from.Valid() {
		return usage("cmd.date.wrong", "value", o.date)
	}
	if o.sessions < 0 || o.sessions > office.MostForeseen {
		return usage("cmd.sessions.wrong", "value", strconv.Itoa(o.sessions), "most", strconv.Itoa(office.MostForeseen))
	}
	f, err := m.outlook(ctx, o, from)
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(f)
	}
	t := m.tell()
	if o.dir == "" {
		t.Line(0, "cmd.preview.anew")
	}
	t.Outlook(&f, o.all)
	return t.Err()
}

func (m *Main) outlook(ctx context.Context, o *options, from council.Date) (f agenda.Outlook, err error) {
	if o.dir == "" {
		return office.ForecastAnew(from, o.sessions)
	}
	err = m.with(ctx, o.dir, func(x *data) error {
		f, err = x.office.Forecast(ctx, m.operator().Actor, from, o.sessions)
		return err
	})
	return f, err
}
