package evaluation

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
)

// Evaluation is what people conclude of a year of the plan; everything else that
// its paper says comes from the data. Once a session has adopted it, nothing of
// it changes.
type Evaluation struct {
	Year        int          `json:"year"`
	Conclusions []Conclusion `json:"conclusions"` // per measure, in their order
	Overall     string       `json:"overall,omitempty"`
	State       Stage        `json:"state"`
	Session     string       `json:"session,omitempty"` // that adopted it
	Adopted     council.Date `json:"adopted,omitempty"` // the day of that session
	EditedBy    string       `json:"editedBy,omitempty"`
	EditedAt    time.Time    `json:"editedAt,omitzero"`
	Revision    uint64       `json:"revision"`
}

// Conclusion is what people conclude of one measure.
type Conclusion struct {
	Measure int    `json:"measure"`
	Text    string `json:"text"`
}

// Stage is how far an evaluation has come.
type Stage string

const (
	Drafted Stage = "draft"
	Adopted Stage = "adopted"
)

const longest = 10_000

// Of is the text on a measure; empty while there is none.
func (e *Evaluation) Of(measure int) string {
	for _, c := range e.Conclusions {
		if c.Measure == measure {
			return c.Text
		}
	}
	return ""
}

// Edit replaces the conclusions. A measure without a text has no conclusion. It
// fails once the evaluation is adopted, and on a measure that the plan does not
// have or that comes twice.
func (e *Evaluation) Edit(a council.Actor, p *plan.Plan, conclusions []Conclusion, overall string, at time.Time) error {
	if err := e.editable(); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "overall", &overall, 0, longest)
	seen := map[int]bool{}
	var kept []Conclusion
	for i, c := range conclusions {
		field := "conclusions[" + strconv.Itoa(i) + "]."
		text.Block(&l, field+"text", &c.Text, 0, longest)
		if _, ok := p.Measure(c.Measure); !ok {
			l.Add(field+"measure", "problem.evaluation.measure", "value", strconv.Itoa(c.Measure), "revision", strconv.Itoa(p.Revision))
		} else if seen[c.Measure] {
			l.Add(field+"measure", "problem.evaluation.twice", "value", strconv.Itoa(c.Measure))
		}
		seen[c.Measure] = true
		if c.Text != "" {
			kept = append(kept, c)
		}
	}
	if err := l.Err(); err != nil {
		return err
	}
	slices.SortFunc(kept, func(a, b Conclusion) int { return cmp.Compare(a.Measure, b.Measure) })
	e.Conclusions, e.Overall, e.State = kept, overall, Drafted
	e.EditedBy, e.EditedAt = a.Name, at.UTC().Truncate(time.Second)
	return nil
}

// Adopt notes that a session adopted the evaluation. It fails when it was adopted
// before, on a session that has not opened or was before the year, and while a
// measure or the whole has no conclusion.
func (e *Evaluation) Adopt(s council.Session, p *plan.Plan) error {
	if err := e.editable(); err != nil {
		return err
	}
	if s.State != council.Open && s.State != council.Closed {
		return problem.New(problem.State, "problem.minutes.session-not-open", "date", string(s.Date))
	}
	if s.Date.Year() < e.Year {
		return problem.New(problem.State, "problem.evaluation.early", "date", string(s.Date), "year", strconv.Itoa(e.Year))
	}
	var l problem.List
	for _, m := range p.Measures {
		if e.Of(m.Number) == "" {
			l.Add("conclusions", "problem.evaluation.missing", "measure", strconv.Itoa(m.Number))
		}
	}
	if e.Overall == "" {
		l.Add("overall", "problem.text.missing")
	}
	if err := l.Err(); err != nil {
		return err
	}
	e.State, e.Session, e.Adopted = Adopted, s.ID, s.Date
	return nil
}

func (e *Evaluation) editable() error {
	if e.State == Adopted {
		return problem.New(problem.State, "problem.evaluation.adopted", "year", strconv.Itoa(e.Year), "date", string(e.Adopted))
	}
	return nil
}

// MayEdit reports whether the actor may write the conclusions and record that a
// session adopted them.
func MayEdit(a council.Actor) bool { return a.Holds(council.Secretariat) }

// MayRead reports whether the actor may read the evaluation: everybody once it is
// adopted, before that those who work with drafts.
func (e *Evaluation) MayRead(a council.Actor) bool {
	return e.State == Adopted || a.Operator || a.HoldsAny(council.Secretariat, council.Chair, council.Deputy, council.Member)
}
