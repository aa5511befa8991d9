package agenda

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
)

// Pending is one matter of the council's backlog: all that waits, whoever
// brought it, until a session has dealt with it or it is withdrawn.
type Pending struct {
	Candidate
	State       ProposalState `json:"state,omitempty"` // of a proposal; a carried matter of the plan has none
	Side        council.Side  `json:"side,omitempty"`  // that it counts as (P12)
	Revision    uint64        `json:"revision,omitempty"`
	Since       council.Date  `json:"since"` // submitted; of what nobody proposed, postponed first
	Age         int           `json:"age"`   // days since
	Whereabouts Whereabouts   `json:"whereabouts"`
	Next        *Coming       `json:"next,omitempty"` // the first session it can come to, when one is planned
	LastOut     *LastOut      `json:"lastOut,omitempty"`
}

// LastOut is why a matter was not on the newest agenda that could have had it.
type LastOut struct {
	Session string       `json:"session"`
	Date    council.Date `json:"date"`
	Reasons []Reason     `json:"reasons"`
}

// Waits is all that the backlog is made of, as one snapshot has it.
type Waits struct {
	Proposals []Proposal  // that are open
	Carried   []Candidate // by earlier sessions
	Coming    *Lineup     // the agendas of coming sessions, the nearest first; nil when there is none yet
	Last      *Lineup     // of the session before, for what no newer one speaks of
	Sessions  []Coming    // that are planned, the nearest first
	Today     council.Date
}

// Backlog lists all that waits, the oldest first; each matter is there once.
func (w *Waits) Backlog() []Pending {
	carried := make(map[string]*Candidate, len(w.Carried))
	for i := range w.Carried {
		carried[w.Carried[i].ID] = &w.Carried[i]
	}
	all := make([]Pending, 0, len(w.Proposals)+len(w.Carried))
	for i := range w.Proposals {
		p := &w.Proposals[i]
		if !p.State.Open() {
			continue
		}
		x := Pending{Candidate: p.Candidate, State: p.State, Side: p.CountsAs(), Revision: p.Revision, Since: council.DateOf(p.Submitted)}
		if c, ok := carried[p.ID]; ok {
			x.Postponed, x.Settle, x.Wish = c.Postponed, c.Settle, ""
			delete(carried, p.ID)
		}
		x.Whereabouts = p.Whereabouts(w.Coming, x.Postponed)
		all = append(all, x)
	}
	for _, c := range carried {
		x := Pending{Candidate: *c, Side: c.Initiator, Whereabouts: CarriedWhereabouts(c, w.Coming)}
		if len(c.Postponed) > 0 {
			x.Since = c.Postponed[0]
		}
		all = append(all, x)
	}
	for i := range all {
		w.tell(&all[i])
	}
	slices.SortFunc(all, func(a, b Pending) int { return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID)) })
	return all
}

// tell adds what the sessions say of a matter.
func (w *Waits) tell(x *Pending) {
	if x.Since != "" {
		x.Age = max(x.Since.DaysUntil(w.Today), 0)
	}
	for i := range w.Sessions {
		if s := &w.Sessions[i]; s.Takes(&x.Candidate) {
			x.Next = s
			break
		}
	}
	l := w.Coming.of(x.ID)
	if l == nil {
		l = w.Last.of(x.ID)
	}
	if l != nil && l.out[x.ID] != nil {
		x.LastOut = &LastOut{Session: l.Session.ID, Date: l.Session.Date, Reasons: l.out[x.ID]}
	}
}

// Postponed are the days on which sessions postponed a matter.
func (w *Waits) Postponed(id string) []council.Date {
	for i := range w.Carried {
		if w.Carried[i].ID == id {
			return w.Carried[i].Postponed
		}
	}
	return nil
}

// Filter chooses from the backlog; a field that is empty chooses all.
type Filter struct {
	Where   Where
	Side    council.Side
	Measure int
}

// Validate says what is wrong with a filter.
func (f Filter) Validate() error {
	var l problem.List
	if f.Where != "" && !slices.Contains(waitingPlaces, f.Where) {
		l.Add("where", "problem.choice", "value", string(f.Where), "choices", listed(waitingPlaces))
	}
	if sides := []council.Side{council.State, council.NGO, council.Joint}; f.Side != "" && !slices.Contains(sides, f.Side) {
		l.Add("side", "problem.choice", "value", string(f.Side), "choices", listed(sides))
	}
	if f.Measure < 0 {
		l.Add("measure", "problem.range", "value", strconv.Itoa(f.Measure), "least", "1", "most", "99")
	}
	return l.Err()
}

func listed[T ~string](all []T) string {
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(s))
	}
	return b.String()
}

// Matches reports whether the filter chooses the matter.
func (f Filter) Matches(x *Pending) bool {
	return (f.Where == "" || x.Whereabouts.Where == f.Where) && (f.Side == "" || x.Side == f.Side) &&
		(f.Measure == 0 || slices.ContainsFunc(x.Tasks, func(r plan.Ref) bool { return r.Measure == f.Measure }))
}
