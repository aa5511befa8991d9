package minutes

import (
	"slices"
	"strconv"
	"strings"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/plan"
)

// Earlier is what is known here of a session that was held before the council
// used this program: the items that it dealt with, so that the principles count
// them, and where its minutes are.
type Earlier struct {
	Session  string        `json:"session"`
	Held     council.Date  `json:"held"`
	Number   int           `json:"number,omitempty"` // of its minutes in the year; 0 for not known
	Source   string        `json:"source,omitempty"` // where its minutes can be read
	Items    []EarlierItem `json:"items"`
	Revision uint64        `json:"revision"`
}

// EarlierItem is a substantive item that such a session decided on or noted. A
// review without tasks is the annual review of the plan (P10).
type EarlierItem struct {
	Title       string       `json:"title"`
	Kind        agenda.Kind  `json:"kind"`
	Tasks       []plan.Ref   `json:"tasks"`
	Initiator   council.Side `json:"initiator,omitempty"` // "" for nobody known
	Outcome     Outcome      `json:"outcome"`             // decided or noted
	OutsideRiga bool         `json:"outsideRiga,omitempty"`
}

const (
	// MaxEarlierItems is how many items of an earlier session can be recorded.
	MaxEarlierItems = 30
	maxMinutesNo    = 999
)

// Validate tidies the texts and says what is wrong: no item, one that has no
// title or no kind, a task that the plan in force that day did not have.
func (e *Earlier) Validate(p *plan.Plan) error {
	var l problem.List
	text.Line(&l, "source", &e.Source, 0, 500)
	if e.Number < 0 || e.Number > maxMinutesNo {
		l.Add("number", "problem.range", "value", strconv.Itoa(e.Number), "least", "0", "most", strconv.Itoa(maxMinutesNo))
	}
	if n := len(e.Items); n < 1 || n > MaxEarlierItems {
		l.Add("items", "problem.earlier.items", "n", strconv.Itoa(n), "most", strconv.Itoa(MaxEarlierItems))
	}
	for i := range e.Items {
		e.Items[i].validate(&l, "items["+strconv.Itoa(i)+"].", p)
	}
	return l.Err()
}

func (x *EarlierItem) validate(l *problem.List, at string, p *plan.Plan) {
	text.Line(l, at+"title", &x.Title, 1, 300)
	choose(l, at+"kind", x.Kind, agenda.Kinds()...)
	choose(l, at+"outcome", x.Outcome, Decided, Noted)
	if x.Initiator != "" {
		choose(l, at+"initiator", x.Initiator, council.State, council.NGO, council.Joint)
	}
	for _, r := range x.Tasks {
		if t, ok := p.Task(r.Measure, r.Task); r.Revision != p.Revision || !ok || t.Retired {
			l.Add(at+"tasks", "problem.minutes.task", "value", r.Label(), "given", strconv.Itoa(r.Revision), "revision", strconv.Itoa(p.Revision))
		}
	}
}

// choose notes a value that is none of those there are.
func choose[T ~string](l *problem.List, field string, value T, choices ...T) {
	if slices.Contains(choices, value) {
		return
	}
	all := make([]string, len(choices))
	for i, c := range choices {
		all[i] = string(c)
	}
	l.Add(field, "problem.choice", "value", string(value), "choices", strings.Join(all, ", "))
}

// Agenda are the items as those of an agenda, in their order, and how the session
// ended them.
func (e *Earlier) Agenda() (items []agenda.Item, ts []Treatment) {
	for i, x := range e.Items {
		it := agenda.Item{Number: i + 1, Matter: agenda.Matter{ID: "earlier-" + strconv.Itoa(i+1), Source: agenda.FromSession, Kind: x.Kind,
			Title: x.Title, Tasks: slices.Clone(x.Tasks), Initiator: x.Initiator, OutsideRiga: x.OutsideRiga}}
		if x.Kind == agenda.Review && len(x.Tasks) == 0 {
			it.ID = agenda.ReviewID(e.Held.Year())
		}
		t := Begin(e.Session, it)
		t.Outcome = x.Outcome
		items, ts = append(items, it), append(ts, t)
	}
	return items, ts
}

// EarlierDecision is a decision that an earlier session took and that is still to
// be carried out, under the number that its minutes give it. It fails on another
// form of number, on what Clause.validate finds, and on one with nobody and no day
// to carry it out.
func EarlierDecision(s council.Session, p *plan.Plan, id, number string, c Clause) (Decision, error) {
	var l problem.List
	item, clause, ok := parseNumber(number)
	if !ok {
		l.Add("number", "problem.earlier.decision-number", "value", number)
	}
	if c.Addressee == "" && c.Deadline == "" && !c.UntilNext {
		l.Add("addressee", "problem.earlier.nothing-to-do")
	}
	d := Decision{ID: id, Session: s.ID, Taken: s.Date, ItemNo: item, Clause: clause}
	if err := l.Err(); err != nil {
		return d, err
	}
	return d, d.put(c, p)
}

// parseNumber reads the number of a decision: 3.2 or 3.2.
func parseNumber(s string) (item, clause int, ok bool) {
	before, after, found := strings.Cut(strings.TrimSuffix(strings.TrimSpace(s), "."), ".")
	item, err1 := strconv.Atoi(before)
	clause, err2 := strconv.Atoi(after)
	fits := func(n int) bool { return n >= 1 && n <= maxClauses }
	return item, clause, found && err1 == nil && err2 == nil && fits(item) && fits(clause)
}
