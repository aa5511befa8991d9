package minutes

import (
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// Additions are the items that a session added to its approved agenda, in the
// order it did (P25). The approved agenda stays as it is: they take the numbers
// after its last item, and no number ever changes.
type Additions struct {
	Session  string  `json:"session"`
	Items    []Added `json:"items"`
	Revision uint64  `json:"revision"`
}

// Added is an item that a session added, with the vote that admitted it.
type Added struct {
	agenda.Item
	Vote   Vote   `json:"vote"`
	During int    `json:"during"` // number of the item at which the council voted on it
	By     string `json:"by"`     // person who recorded it
}

// DraftWithin is within how many working days after the session its minutes are
// drafted.
const DraftWithin = 5

// maxAdded is how many items a session may add.
const maxAdded = 20

// Add admits a new item under an id: with a title, a kind, and tasks of the plan
// in force or the reason for being outside it (P7). It fails while the session
// is not open, on faults of the matter, and unless a vote of the council,
// quorate at the item during which it was held, gave it the majority of those
// present.
func (a *Additions) Add(r *Record, p *plan.Plan, id, by string, m agenda.Matter, v Vote, during int) (Added, error) {
	if err := recording(r.Session); err != nil {
		return Added{}, err
	}
	if len(a.Items) >= maxAdded {
		return Added{}, problem.New(problem.TooLarge, "problem.minutes.added.full", "most", strconv.Itoa(maxAdded))
	}
	c := agenda.Candidate{Matter: m}
	c.ID, c.Source, c.Documents, c.Opinion = id, agenda.FromSession, nil, nil
	var l problem.List
	l.Under("item", c.Validate(p))
	if !c.OnPlan() && c.OutsidePlan == "" {
		l.Add("item.outsidePlan", "problem.minutes.added.plan")
	}
	admits(&l, r, v, during)
	if err := l.Err(); err != nil {
		return Added{}, err
	}
	x := Added{Vote: v, During: during, By: by}
	x.Item = agenda.Item{Matter: c.Matter, Number: len(r.Agenda.Items) + 1,
		Reasons: []agenda.Reason{{Rule: "P25", Key: "reason.p25.added", Facts: locale.Args{"n": strconv.Itoa(during)}}}}
	a.Items = append(slices.Clone(a.Items), x)
	return x, nil
}

// admits notes why a vote does not bring a new item on.
func admits(l *problem.List, r *Record, v Vote, during int) {
	if during < 1 || during > len(r.Agenda.Items) {
		l.Add("during", "problem.range", "value", strconv.Itoa(during), "least", "1", "most", strconv.Itoa(len(r.Agenda.Items)))
		return
	}
	by := r.voters()
	present, needed, quorate := by.Quorum(during)
	if !quorate {
		l.Add("during", "problem.minutes.quorum", "number", strconv.Itoa(during), "present", strconv.Itoa(present),
			"needed", strconv.Itoa(needed), "members", strconv.Itoa(by.Members))
		return
	}
	if err := v.validate(present, by.Settings); err != nil {
		l.Under("", err)
		return
	}
	ofPresent := by.Settings
	ofPresent.Majority = council.OfPresent
	if !v.Passed(present, ofPresent) {
		l.Add("vote", "problem.minutes.added.vote", "for", strconv.Itoa(v.For), "present", strconv.Itoa(present))
	}
}

// Attach adds a document to an item that the session added. It fails while the
// session is not open, and on an item that it did not add.
func (a *Additions) Attach(s council.Session, item string, d agenda.Attachment) error {
	if err := recording(s); err != nil {
		return err
	}
	a.Items = slices.Clone(a.Items)
	i := slices.IndexFunc(a.Items, func(x Added) bool { return x.ID == item })
	if i < 0 {
		return problem.New(problem.NotFound, "problem.minutes.added.unknown", "value", item)
	}
	a.Items[i].Documents = append(slices.Clone(a.Items[i].Documents), d)
	return a.Items[i].CheckDocuments()
}

// MayDecide says why nothing can be decided on an item: one that the session
// added has no document (P25).
func (r *Record) MayDecide(it agenda.Item) error {
	if _, added := r.added(it.ID); added && len(it.Documents) == 0 {
		return problem.New(problem.State, "problem.minutes.added.documents", "number", strconv.Itoa(it.Number), "title", it.Title)
	}
	return nil
}

// WithAdded puts the items that the session added behind those of its agenda.
func (r *Record) WithAdded(a Additions) {
	r.Added = a.Items
	r.Agenda.Items = slices.Clone(r.Agenda.Items)
	for _, x := range a.Items {
		r.Agenda.Items = append(r.Agenda.Items, x.Item)
	}
}

// added is how the session came to add an item; false for one of its approved
// agenda.
func (r *Record) added(item string) (Added, bool) {
	for _, x := range r.Added {
		if x.ID == item {
			return x, true
		}
	}
	return Added{}, false
}

// Note is what the minutes print of how the session added the item.
func (x *Added) Note(lang locale.Lang, past bool) string {
	return locale.Text(lang, "minutes.paper.added", problem.Pairs("n", strconv.Itoa(x.During), "vote", x.Vote.text(lang, past)))
}
