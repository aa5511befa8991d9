package templates

import "padome/council"

func init() { register(Due{}) }

// Due is what personal data is past its time, by kind, before it is erased.
type Due struct {
	Crumbs
	Form
	Proof
	Rows []DueRow
	Due  int // records to be erased
}

// DueRow is one kind.
type DueRow struct {
	Of              string
	Days, Kept, Due int
	Oldest          council.Date // from which day the time of the oldest to be erased runs
}

func (Due) file() string { return "settings-retention.html" }
