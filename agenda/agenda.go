package agenda

import (
	"time"

	"padome/council"
)

// Status is how far an agenda has come.
type Status string

const (
	Drafting  Status = "drafting"
	Submitted Status = "submitted" // frozen, waits for the leads
	Returned  Status = "returned"  // a lead asked for changes
	Approved  Status = "approved"  // both leads approved the current version (P14)
)

// Agenda is the agenda of one session: the working draft, and every version
// that was ever submitted. A version's content is frozen; approvals hold for
// that content only.
type Agenda struct {
	Session   string     `json:"session"`
	Revision  uint64     `json:"revision"`
	Status    Status     `json:"status"`
	Draft     Draft      `json:"draft"`
	Overrides []Override `json:"overrides,omitempty"` // of the working draft
	Versions  []Version  `json:"versions,omitempty"`

	frozen *Frozen // what Submit froze, until it is stored
}

// Override is the reason kept for going against a soft rule or for a change by
// hand.
type Override struct {
	Rule   string    `json:"rule,omitempty"` // empty: a change by hand that breaks no rule
	Item   string    `json:"item,omitempty"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
}

// Version is a submitted version: who submitted what, and what the leads said.
type Version struct {
	Number      int          `json:"number"`
	Digest      string       `json:"digest"` // SHA-256 of the frozen content, hex
	Submitted   time.Time    `json:"submitted"`
	SubmittedBy string       `json:"submittedBy"`
	Name        string       `json:"name"`
	OutBy       council.Date `json:"outBy,omitempty"` // the last day for both approvals (P16)
	Approvals   []Approval   `json:"approvals,omitempty"`
	Requests    []Request    `json:"requests,omitempty"`
}

// Approval is a lead's approval of exactly one digest (P14).
type Approval struct {
	Role          council.Role `json:"role"` // chair or deputy
	Person        string       `json:"person"`
	Name          string       `json:"name"`
	SubstituteFor string       `json:"substituteFor,omitempty"`
	Digest        string       `json:"digest"`
	At            time.Time    `json:"at"`
}

// Request is a lead's request for changes of a version.
type Request struct {
	Role          council.Role `json:"role"`
	Person        string       `json:"person"`
	Name          string       `json:"name"`
	SubstituteFor string       `json:"substituteFor,omitempty"`
	Digest        string       `json:"digest"`
	Comment       string       `json:"comment"`
	At            time.Time    `json:"at"`
}

// Frozen is the content of a version as it was submitted.
type Frozen struct {
	Number int
	Digest string
	Bytes  []byte // canonical JSON of Content
}

// Content is what a version's digest covers.
type Content struct {
	Form       int             `json:"form,omitempty"` // version of the form of the paper; 0: the usual
	Version    int             `json:"version"`
	Session    council.Session `json:"session"` // without state and revision
	Principles int             `json:"principles"`
	Plan       int             `json:"plan"`
	Items      []Item          `json:"items"`
	LeftOut    []LeftOut       `json:"leftOut"`
	Unmet      []Breach        `json:"unmet"`
	Overrides  []Override      `json:"overrides"`
}
