package main

import (
	"context"
	"encoding/json"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/office"
)

// preview shows the draft of a session's agenda with its reasons, and changes
// nothing.
func (m *Main) preview(ctx context.Context, o *options) error {
	switch {
	case o.scenario != "":
		return m.previewScenario(o)
	case o.text:
		return usage("cmd.scenario.text")
	case o.date == "":
		return usage("cmd.date.missing")
	}
	on := council.Date(o.date)
	if !on.Valid() {
		return usage("cmd.date.wrong", "value", o.date)
	}
	d, err := m.draftOf(ctx, o.dir, on)
	if err != nil {
		return err
	}
	if o.json {
		return m.encode(d)
	}
	t := m.tell()
	if o.dir == "" {
		t.Line(0, "cmd.preview.anew")
	}
	t.Title("cmd.preview.title", "date", string(d.Date), "plan", strconv.Itoa(d.Plan), "version", strconv.Itoa(d.Principles))
	t.Draft(&d, o.all)
	return t.Err()
}

func (m *Main) draftOf(ctx context.Context, dir string, on council.Date) (d agenda.Draft, err error) {
	if dir == "" {
		return office.PreviewAnew(on)
	}
	err = m.with(ctx, dir, func(x *data) error {
		d, err = x.office.Preview(ctx, m.operator().Actor, on)
		return err
	})
	return d, err
}

// encode writes a value as JSON that people can read.
func (m *Main) encode(v any) error {
	e := json.NewEncoder(m.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
