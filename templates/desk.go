package templates

func init() { register(Desk{}) }

// Desk is the start page of somebody who holds a mandate.
type Desk struct {
	Start
	Todo  []Task // the most urgent first
	Urged bool   // they should add a second step of logging in
}

func (Desk) file() string { return "desk.html" }
