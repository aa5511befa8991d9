package minutes

import (
	"cmp"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/form"
)

// Record is all that minutes are drafted from and drawn with.
type Record struct {
	Session    council.Session
	Settings   council.Settings
	Agenda     agenda.Content // the version that both leads approved, with what the session added
	Added      []Added        // the items among them that the session added (P25)
	Digest     string         // of that version
	Attendance Attendance
	Treatments []Treatment
	Decisions  []Decision
	Found      []Decision // of earlier sessions, on which this one found how they are carried out
	Roster     *council.Roster
	Comments   []Comment       // on the draft minutes
	Dissents   []Dissent       // opinions that members filed
	Next       council.Session // the session after this one; zero when not planned
	Pages      map[string]int  // of documents that are PDF, by their SHA-256
	Past       bool            // the minutes are written in the past tense
	Form       form.Form       // of the minutes; the usual one where it is of nothing
}

// treatment is how the session dealt with an item; that of an item not taken up
// yet has no outcome.
func (r *Record) treatment(it agenda.Item) Treatment {
	return treatmentOf(r.Treatments, r.Session.ID, it)
}

func treatmentOf(ts []Treatment, session string, it agenda.Item) Treatment {
	for _, t := range ts {
		if t.Item == it.ID {
			return t
		}
	}
	return Begin(session, it)
}

// clauses are what the session decided on an item, in their order.
func (r *Record) clauses(item string) []Decision {
	var ds []Decision
	for _, d := range r.Decisions {
		if d.Item == item {
			ds = append(ds, d)
		}
	}
	slices.SortFunc(ds, func(a, b Decision) int { return cmp.Compare(a.Clause, b.Clause) })
	return ds
}

func (r *Record) voters() Voters {
	return Voters{&r.Attendance, r.Roster.Seats(r.Session.Date), r.Settings}
}

// SetForm lets the minutes be written in a form.
func (r *Record) SetForm(f form.Form) {
	r.Form, r.Past = f, f.Tense == form.Past
	if f.Signers != "" {
		r.Settings.Signers = council.Signers(f.Signers)
	}
}

// form is the form that the minutes are written in.
func (r *Record) form() *form.Form {
	if r.Form.Of != "" {
		return &r.Form
	}
	f := form.Usual(form.Minutes)
	if r.Past {
		f.Tense = form.Past
	}
	return &f
}
