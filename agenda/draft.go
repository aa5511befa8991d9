package agenda

import (
	"time"

	"padome/council"
	"padome/plan"
)

// Item is a matter placed on an agenda.
type Item struct {
	Matter
	Placement
	Number  int      `json:"number"`            // 1..n (P3)
	Details []Detail `json:"details,omitempty"` // minutes to approve, open decisions, provisional items
	Reasons []Reason `json:"reasons"`
}

// Detail is a line below an item's title.
type Detail struct {
	Reason Reason `json:"reason"`
	Ref    string `json:"ref,omitempty"` // what it speaks of: a session, a decision, a candidate
}

// LeftOut is a candidate that is not on the agenda, and why.
type LeftOut struct {
	Matter
	Reasons []Reason `json:"reasons"`
}

// Breach is a rule that a list of items does not keep, with what would meet it.
// A hard one blocks approval; a soft one needs a reason, which is kept.
type Breach struct {
	Reason Reason `json:"reason"`
	Hard   bool   `json:"hard"`
	Item   string `json:"item,omitempty"` // the item it concerns, when one
}

// Draft is what Build yields: every candidate is either among the items or
// among those left out, each with its reasons.
type Draft struct {
	Session    string       `json:"session"`
	Date       council.Date `json:"date"`
	Principles int          `json:"principles"` // version it was built under
	Plan       int          `json:"plan"`       // revision
	Items      []Item       `json:"items"`
	LeftOut    []LeftOut    `json:"leftOut"`
	Unmet      []Breach     `json:"unmet"`
	Minutes    int          `json:"minutes"` // planned in all, with breaks
	Limit      int          `json:"limit"`   // minutes the session has
}

// Item finds an item by its id.
func (d *Draft) Item(id string) (*Item, bool) {
	for i := range d.Items {
		if d.Items[i].ID == id {
			return &d.Items[i], true
		}
	}
	return nil, false
}

// Input is all that Build looks at.
type Input struct {
	Form       int // version of the form of agendas that is in force; 0: the usual
	Session    council.Session
	Plan       plan.Plan
	Lineage    *plan.Lineage
	Principles Principles
	Calendar   council.Calendar
	Settings   council.Settings
	Groups     []council.WorkingGroup
	Candidates []Candidate
	Past       []PastSession
	Held       []Held
	Decisions  []OpenDecision
	Unapproved []UnapprovedMinutes
	Next       council.Session // the session after this one; zero when not planned yet

	Today       council.Date      // the day of building; empty where no deadline of the agenda itself is asked for
	PresidesAs  council.Role      // the office in whose right the session is presided over; empty while nobody is named
	Members     []string          // institutions and organisations of the members on the session's day
	Assignments []plan.Assignment // in force, one at most for each task
	Fulfilled   []plan.Ref        // tasks that the council found fulfilled
	Delegations []Delegation      // of the council to other bodies, in force on the session's day
}

// Delegation is somebody whom the council sends to another body, with the day
// from which a report is waited for: the first day, or a report that no item was.
type Delegation struct {
	ID       string       `json:"id"`
	Body     string       `json:"body"`
	BodyEN   string       `json:"bodyEn,omitempty"`
	Delegate string       `json:"delegate"` // role and name as the agenda prints them
	Since    council.Date `json:"since"`
}

// PastSession is an earlier session that was held.
type PastSession struct {
	Session   string              `json:"session"`
	Date      council.Date        `json:"date"`
	Kind      council.SessionKind `json:"kind"`
	Presiding string              `json:"presiding"`
	AsRole    council.Role        `json:"asRole"` // chair or deputy
}

// Held is an item that an earlier session dealt with: decided or noted, not
// postponed and not withdrawn.
type Held struct {
	Session   string              `json:"session"`
	Date      council.Date        `json:"date"`
	Kind      council.SessionKind `json:"sessionKind"`
	Number    int                 `json:"number"`
	Item      string              `json:"item"`
	ItemKind  Kind                `json:"kind"`
	Tasks     []plan.Ref          `json:"tasks"`
	Initiator council.Side        `json:"initiator,omitempty"`
	Minutes   int                 `json:"minutes"`
	// OutsideRiga: an organisation from outside Rīga presented it (P26).
	OutsideRiga bool `json:"outsideRiga,omitempty"`
}

// OpenDecision is a decision of an earlier session that is not done yet.
type OpenDecision struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"` // "1.2."
	Session   string       `json:"session"`
	Taken     council.Date `json:"taken"`
	Wording   string       `json:"wording"`
	Addressee string       `json:"addressee"`
	Deadline  council.Date `json:"deadline,omitempty"` // empty: no deadline set, never overdue

	// Claimed is the status that the newest report claims, which the council has
	// not dealt with yet: open, partly, done or not-done; empty for none.
	Claimed   string       `json:"claimed,omitempty"`
	ClaimedOn council.Date `json:"claimedOn,omitempty"`
	// Found is what the council found last: partly or not-done; empty for nothing.
	Found   string       `json:"found,omitempty"`
	FoundOn council.Date `json:"foundOn,omitempty"`
}

// UnapprovedMinutes are signed minutes that no session has approved yet.
type UnapprovedMinutes struct {
	Session string       `json:"session"`
	Date    council.Date `json:"date"`
	Number  int          `json:"number"`
	Signed  time.Time    `json:"signed"`
}
