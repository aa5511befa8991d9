package templates

import "time"

func init() { register(LedgerPage{}) }

// LedgerPage is the evidence ledger as everybody sees it.
type LedgerPage struct {
	Origin  string
	Size    int
	Root    string // in hex
	Signed  string // the checkpoint as a note; "" without a key
	Keys    []string
	Entries []LedgerRow // the newest first

	AskedSize, AskedHash, Fault string // of the foot of a paper that somebody entered
	Asked, Genuine              bool
}

func (LedgerPage) file() string { return "ledger.html" }

// LedgerRow is one entry.
type LedgerRow struct {
	Number int
	At     time.Time
	What   string
	Object string
	Href   string
}
