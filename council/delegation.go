package council

import (
	"padome/internal/problem"
	"padome/internal/text"
)

// Delegation sends somebody to another body in the council's name, from a day
// until a day, both included; an empty Until has no end. Each delegate reports
// to the council regularly (P23).
type Delegation struct {
	ID       string `json:"id"`
	Person   string `json:"person"`
	Body     string `json:"body"`             // "ES fondu uzraudzības komiteja"
	BodyEN   string `json:"bodyEn,omitempty"` // empty: papers in English name it as in Latvian
	From     Date   `json:"from"`
	Until    Date   `json:"until,omitempty"`
	Revision uint64 `json:"revision"`
}

// InForce reports whether the delegation holds on a day.
func (d Delegation) InForce(on Date) bool {
	return d.From <= on && (d.Until == "" || on <= d.Until)
}

// Validate tidies the delegation's texts and says what is wrong with it. Whether
// its person is in the register is for the caller, who has it.
func (d *Delegation) Validate() error {
	var l problem.List
	if d.Person == "" {
		l.Add("person", "problem.text.missing")
	}
	text.Line(&l, "body", &d.Body, 1, 200)
	text.Line(&l, "bodyEn", &d.BodyEN, 0, 200)
	period(&l, d.From, d.Until)
	return l.Err()
}
