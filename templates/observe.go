package templates

import "padome/council"

func init() { register(Observe{}, Observers{}) }

// Observe is the sign-up of an observer for a session (P17).
type Observe struct {
	Crumbs
	Form
	Session council.Session
	Until   string
}

// ObserveFields are all that is asked of an observer.
var ObserveFields = []Named{{"name", "page.observe.name"}, {"organisation", "page.observe.organisation"}, {"topic", "page.observe.topic"}}

// Observers are those who signed up, for the secretariat and the leads.
type Observers struct {
	Crumbs
	Session council.Session
	All     []council.Observer
	Keeping string // path of what is kept of observers altogether; "" for those who may not erase it
}

func (Observe) file() string   { return "sessions-observe.html" }
func (Observers) file() string { return "sessions-observers.html" }
