package minutes

import (
	"padome/council"
	"padome/plan"
)

// Treatment is how a session dealt with one item of its approved agenda. It is
// of its own, so that two people can record two items at once.
type Treatment struct {
	Session   string        `json:"session"`
	Item      string        `json:"item"`
	Number    int           `json:"number"`
	Title     string        `json:"title"`
	Course    []Speech      `json:"course,omitempty"`
	Vote      *Vote         `json:"vote,omitempty"`
	Outcome   Outcome       `json:"outcome,omitempty"`   // empty: not dealt with yet
	Why       string        `json:"why,omitempty"`       // of postponing or withdrawing
	Decisions int           `json:"decisions,omitempty"` // clauses taken so far
	Started   council.Clock `json:"started,omitempty"`
	Ended     council.Clock `json:"ended,omitempty"`
	Revision  uint64        `json:"revision"`
}

// Speech is one entry of an item's course, in the order it was held.
type Speech struct {
	Kind SpeechKind `json:"kind"`
	Who  string     `json:"who"` // role and name as the minutes print them
	Text string     `json:"text,omitempty"`
}

// SpeechKind tells the presenter from those who speak after.
type SpeechKind string

const (
	Reports SpeechKind = "reports" // Ziņo
	Speaks  SpeechKind = "speaks"  // Izsakās
)

// Vote is a vote on an item, or the finding that all agreed.
type Vote struct {
	Consensus bool   `json:"consensus,omitempty"` // vienbalsīgi, without counting
	For       int    `json:"for"`
	Against   int    `json:"against"`
	Abstain   int    `json:"abstain"`
	Casting   string `json:"casting,omitempty"` // how the presiding person decided a tie: for or against
}

// Outcome is how an item ended.
type Outcome string

const (
	Decided   Outcome = "decided"
	Noted     Outcome = "noted"
	Postponed Outcome = "postponed"
	Withdrawn Outcome = "withdrawn"
)

// Decision is one clause of what the council decided on an item. It stays
// linked to tasks as they read in the plan revision in force when it was taken.
type Decision struct {
	ID        string       `json:"id"`
	Session   string       `json:"session"`
	Item      string       `json:"item"`
	Taken     council.Date `json:"taken"`
	ItemNo    int          `json:"itemNo"`
	Clause    int          `json:"clause"` // number item.clause: 1.2.
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee,omitempty"` // institution in the nominative, for follow-up
	Deadline  council.Date `json:"deadline,omitempty"`
	UntilNext bool         `json:"untilNext,omitempty"` // "līdz nākamajai sēdei"
	Tasks     []plan.Ref   `json:"tasks,omitempty"`
	Status    Status       `json:"status"` // as the council found it; what a report claims does not change it
	Progress  []Progress   `json:"progress,omitempty"`
	Findings  []Finding    `json:"findings,omitempty"`  // of the council, oldest first
	Reminders []Sent       `json:"reminders,omitempty"` // to the addressee, oldest first
	Revision  uint64       `json:"revision"`
}

// Status is how far a decision has been carried out.
type Status string

const (
	OpenStatus Status = "open"
	Done       Status = "done"     // izpildīts
	PartlyDone Status = "partly"   // daļēji izpildīts
	NotDone    Status = "not-done" // nav izpildīts
	Settled    Status = "settled"  // nothing to carry out: took note, approved
)
