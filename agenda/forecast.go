package agenda

import (
	"padome/council"
	"padome/plan"
)

// Horizon is how far a forecast looks, and what is planned there already.
type Horizon struct {
	// Sessions is how many regular sessions are looked at, that of the input
	// counted if it is one; 0: all to the end of the plan's period.
	Sessions int
	// Planned are the sessions planned after that of the input, in any order. A
	// month without a regular one among them has the calendar's day (P24).
	Planned []council.Session
}

// mostForeseen is how many regular sessions a forecast looks at, whatever is
// asked for: ten years of them.
const mostForeseen = 120

// Outlook is what a forecast finds: the sessions to come, which task comes on
// when, and which obligations cannot be met.
type Outlook struct {
	Plan       int           `json:"plan"`       // revision
	Principles int           `json:"principles"` // version
	Sessions   []Foreseen    `json:"sessions"`
	Tasks      []TaskOutlook `json:"tasks"` // of the plan in force, in its order
	Unmet      []Obligation  `json:"unmet"`
	Remedies   []Remedy      `json:"remedies"` // what Remedies found; Forecast itself looks for none
}

// Foreseen is a session of a forecast. The draft of the first is what Build
// gives; that of a later one lists of those left out what people proposed and what
// was postponed, not the tasks that the plan alone brings: the outlook has them
// all, and what kept a task off whose time was over.
type Foreseen struct {
	Session    council.Session `json:"session"`
	Planned    bool            `json:"planned"`              // else the day is the calendar's
	PresidesAs council.Role    `json:"presidesAs,omitempty"` // whose turn it is (P13)
	Draft      Draft           `json:"draft"`
}

// TaskOutlook is when a task comes on.
type TaskOutlook struct {
	Task     plan.Ref       `json:"task"`
	Last     council.Date   `json:"last,omitempty"` // when it was held before the forecast
	Sessions []council.Date `json:"sessions"`       // of the forecast; the first is when it comes on first
}

// Forecast simulates the sessions to come under the principles: each agenda is
// Build on what the one before left. What came on is held and is no candidate
// any more, but a task of the plan waits anew; what found no room stays; open
// decisions stay open; minutes are approved at the session after; chair and
// deputy take turns. Nothing new is proposed, and the principles stay as they
// are. The same input gives the same outlook. It fails as Build does.
func Forecast(in Input, h Horizon) (Outlook, error) {
	f := foresee(in, h.schedule(&in))
	o := Outlook{Plan: in.Plan.Revision, Principles: in.Principles.Version, Sessions: make([]Foreseen, 0, len(f.ahead)),
		Unmet: []Obligation{}, Remedies: []Remedy{}}
	o.Tasks = f.tasksBefore()
	for listed := everyOne; f.more(); listed = broughtByPeople {
		s, err := f.step(listed)
		if err != nil {
			return Outlook{}, err
		}
		f.note(o.Tasks, &s)
		o.Unmet = f.fall(o.Unmet, &s)
		o.Sessions = append(o.Sessions, s)
	}
	return o, nil
}

// broughtByPeople has a draft list those candidates left out that somebody
// proposed or a session postponed.
func broughtByPeople(e *entry) bool { return e.Source != FromPlan || len(e.Postponed) > 0 }

// tasksBefore are the plan's tasks as the forecast finds them.
func (f *foresight) tasksBefore() []TaskOutlook {
	all := make([]TaskOutlook, len(f.tasks.refs))
	for i, r := range f.tasks.refs {
		all[i] = TaskOutlook{Task: r, Last: f.before[i], Sessions: []council.Date{}}
	}
	return all
}

// note writes a session down for each task that it takes.
func (f *foresight) note(all []TaskOutlook, s *Foreseen) {
	day := s.Session.Date
	for i := range s.Draft.Items {
		for _, then := range s.Draft.Items[i].Tasks {
			for _, r := range f.tasks.now(then) {
				t := &all[f.tasks.place(r)]
				if n := len(t.Sessions); n == 0 || t.Sessions[n-1] != day {
					t.Sessions = append(t.Sessions, day)
				}
			}
		}
	}
}
