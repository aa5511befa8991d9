package agenda

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"padome/plan"
)

// TaskID is the id of the candidate that a task of the plan is by itself.
func TaskID(r plan.Ref) string { return "task-" + r.Key() }

// FromTasks makes a candidate of every task of the plan in force. What kind of
// item it comes on as, the principles say per measure.
func FromTasks(p *plan.Plan, principles *Principles) []Candidate {
	var cs []Candidate
	for _, m := range p.Measures {
		kind := principles.kindOf(m.Number)
		for _, t := range m.Tasks {
			if t.Retired {
				continue
			}
			r := plan.Ref{Revision: p.Revision, Measure: m.Number, Task: t.Number}
			cs = append(cs, fromTask(r, &t, kind))
		}
	}
	return cs
}

// fromTask is a task of the plan as it waits by itself.
func fromTask(r plan.Ref, t *plan.Task, kind Kind) Candidate {
	return Candidate{Matter: Matter{
		ID: TaskID(r), Source: FromPlan, Kind: kind, Title: asTitle(t.Text), Tasks: []plan.Ref{r},
	}}
}

// taskNamed is the task whose candidate has an id; false when none can.
func taskNamed(id string) (r plan.Ref, ok bool) {
	_, err := fmt.Sscanf(id, "task-%d/%d.%d", &r.Revision, &r.Measure, &r.Task)
	return r, err == nil && TaskID(r) == id
}

// asTitle makes an item's title of a task's text: a capital first letter, no
// full stop or semicolon at the end, at most as long as a title may be.
func asTitle(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ".; ")
	if s == "" {
		return s
	}
	r, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[size:]
	if runes := []rune(s); len(runes) > maxTitle {
		s = strings.TrimRight(string(runes[:maxTitle-1]), " ,;") + "…"
	}
	return s
}

// Join puts together the candidates for a session: the plan's tasks, the
// proposals that wait, and what earlier sessions postponed. That stands in place
// of the task it was; a proposal stays what it says by now, with its
// postponements, so that what was added to it since comes on with it, and a
// joint one counts as its first side's until the other side confirmed it.
func Join(tasks []Candidate, proposals []Proposal, carried []Candidate) []Candidate {
	over := make(map[string]Candidate, len(carried))
	for _, c := range carried {
		if c.Source != Standing { // the principles bring those on anew
			over[c.ID] = c
		}
	}
	all := make([]Candidate, 0, len(tasks)+len(proposals)+len(carried))
	take := func(c Candidate) {
		if was, ok := over[c.ID]; ok {
			delete(over, c.ID)
			if c.Source == FromPlan {
				c.Matter = was.Matter
			}
			c.Postponed, c.Settle, c.Wish = was.Postponed, was.Settle, ""
		}
		all = append(all, c)
	}
	for _, c := range tasks {
		take(c)
	}
	for _, p := range proposals {
		if p.State.Open() {
			p.Initiator = p.CountsAs()
			take(p.Candidate)
		}
	}
	for _, c := range carried { // of a retired task, or of no proposal
		if _, left := over[c.ID]; left {
			all = append(all, c)
		}
	}
	return all
}
