package plan

import (
	"fmt"
	"strconv"
	"strings"

	"padome/internal/problem"
)

// NextRevision makes of a reviewed plan the revision after prev; prev stays as it
// is. A task that names nothing it follows continues the task of prev with the
// same label and the same words; else it is new. It fails with a *problem.Error
// when a task follows one that prev does not have, when the plan was approved
// before prev, and when Validate refuses the plan.
func NextRevision(prev, next Plan) (Plan, error) {
	p := next.Clone()
	p.Revision = prev.Revision + 1
	if err := p.Validate(); err != nil {
		return Plan{}, err
	}
	var l problem.List
	if p.Approved < prev.Approved {
		l.Add("approved", "problem.plan.approved.order", "value", string(p.Approved), "previous", string(prev.Approved))
	}
	for i := range p.Measures {
		m := &p.Measures[i]
		for j := range m.Tasks {
			t := &m.Tasks[j]
			if old, ok := prev.Task(m.Number, t.Number); ok && len(t.Follows) == 0 && sameWords(old.Text, t.Text) {
				t.Follows = []Ref{{prev.Revision, m.Number, t.Number}}
			}
			for k, r := range t.Follows {
				if _, ok := prev.Task(r.Measure, r.Task); !ok {
					l.Add(fmt.Sprintf("measures[%d].tasks[%d].follows[%d]", i, j, k),
						"problem.plan.follows.none", "value", r.Label(), "revision", strconv.Itoa(prev.Revision))
				}
			}
		}
	}
	if err := l.Err(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// sameWords reports whether two tasks read the same but for the mark that ends
// them, which goes with a task's place in the list and not with its sense.
func sameWords(a, b string) bool {
	return strings.TrimRight(a, ".;") == strings.TrimRight(b, ".;")
}
