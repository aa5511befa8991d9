package council

import (
	"padome/internal/problem"
	"padome/internal/text"
)

// Role is what a mandate lets a person do.
type Role string

const (
	Chair         Role = "chair"
	Deputy        Role = "deputy"
	Secretariat   Role = "secretariat"
	Member        Role = "member"
	Administrator Role = "administrator"
)

// Roles are all roles, in the order they are listed.
var Roles = []Role{Chair, Deputy, Secretariat, Member, Administrator}

// Side is one of the council's two halves.
type Side string

const (
	State Side = "state"
	NGO   Side = "ngo"
	Joint Side = "joint" // of a proposal only: both sides together
)

// Mandate is a role that a person holds from a day until a day, both included;
// an empty Until has no end. A substitute's mandate names whose place is taken:
// an alternate of a member, a recorded substitute of the chair or deputy.
type Mandate struct {
	ID            string `json:"id"`
	Person        string `json:"person"`
	Role          Role   `json:"role"`
	Side          Side   `json:"side,omitempty"` // of a member, chair, deputy
	From          Date   `json:"from"`
	Until         Date   `json:"until,omitempty"`
	SubstituteFor string `json:"substituteFor,omitempty"` // a person
	Basis         string `json:"basis,omitempty"`         // the order or decision that gave it
	Revision      uint64 `json:"revision"`
}

// InForce reports whether the mandate holds on a day.
func (m Mandate) InForce(on Date) bool {
	return m.From <= on && (m.Until == "" || on <= m.Until)
}

// leads reports whether it is the chair's or the deputy's, or a substitute's of one.
func (m Mandate) leads() bool { return m.Role == Chair || m.Role == Deputy }

// overlaps reports whether the two mandates hold on a same day.
func (m Mandate) overlaps(n Mandate) bool {
	return (m.Until == "" || n.From <= m.Until) && (n.Until == "" || m.From <= n.Until)
}

// Validate tidies the mandate's texts and says what is wrong with it.
func (m *Mandate) Validate() error {
	var l problem.List
	if m.Person == "" {
		l.Add("person", "problem.text.missing")
	}
	choice(&l, "role", m.Role, Roles...)
	if m.Role == Member || m.Side != "" {
		choice(&l, "side", m.Side, State, NGO)
	}
	period(&l, m.From, m.Until)
	if m.SubstituteFor != "" && (m.Role == Secretariat || m.Role == Administrator) {
		l.Add("substituteFor", "problem.mandate.no-substitute", "role", string(m.Role))
	}
	if m.SubstituteFor != "" && m.SubstituteFor == m.Person {
		l.Add("substituteFor", "problem.mandate.self")
	}
	text.Line(&l, "basis", &m.Basis, 0, 300)
	return l.Err()
}
