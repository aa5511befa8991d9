package main

import "padome/office"

// previewScenario shows the draft that a scenario file gives: as JSON, or with
// --text as an official reads it.
func (m *Main) previewScenario(o *options) error {
	switch {
	case o.date != "":
		return usage("cmd.scenario.with", "value", "--date")
	case o.dir != "":
		return usage("cmd.scenario.with", "value", "--dir")
	}
	raw, err := readFile(o.scenario)
	if err != nil {
		return err
	}
	d, err := office.PreviewScenario(raw)
	if err != nil {
		return err
	}
	if !o.text {
		return m.encode(d)
	}
	t := m.tell()
	t.Title("cmd.scenario.title", "date", string(d.Date))
	t.Draft(&d, o.all)
	return t.Err()
}
