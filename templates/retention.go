package templates

import "padome/council"

func init() { register(Retention{}) }

// Retention is whose personal data is kept of observers, and until when.
type Retention struct {
	Crumbs
	Form
	Days    int
	Kept    []KeptObservers
	Expired int // people whose data is to be erased
}

// KeptObservers is one session's.
type KeptObservers struct {
	Date    council.Date
	Href    string
	Count   int
	Until   council.Date
	Expired bool
}

func (Retention) file() string { return "sessions-retention.html" }
