package minutes

import (
	"slices"
	"strconv"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
)

// Circulation is the sending of draft minutes to those who attended: until the
// end of a day they may comment on it. What was sent is kept, so that it can be
// held against what became final.
type Circulation struct {
	At    time.Time    `json:"at"`
	Until council.Date `json:"until"` // the last day for comments
	By    string       `json:"by"`
	Name  string       `json:"name"`
	Parts []SentPart   `json:"parts"`
}

// SentPart is the text of an item as it was circulated.
type SentPart struct {
	Item   string `json:"item"`
	Number int    `json:"number"`
	Text   string `json:"text"`
}

// Open reports whether comments are taken on a day.
func (c *Circulation) Open(on council.Date) bool { return c != nil && on <= c.Until }

// Circulate sends the draft to those who attended, for comments until the end of
// a day. It fails on minutes that are final, of a session that is not closed, and
// while an earlier circulation is open.
func (m *Minutes) Circulate(a council.Actor, s council.Session, until council.Date, at time.Time) error {
	if err := m.editable(); err != nil {
		return err
	}
	today := council.DateOf(at)
	switch {
	case s.State != council.Closed:
		return problem.New(problem.State, "problem.minutes.circulate.session", "date", string(s.Date))
	case m.Circulated.Open(today):
		return problem.New(problem.State, "problem.minutes.circulate.open", "date", string(m.Circulated.Until))
	case until < today:
		return problem.New(problem.State, "problem.minutes.circulate.past", "date", string(until))
	}
	c := Circulation{At: instant(at), Until: until, By: a.Person, Name: a.Name}
	for _, p := range m.Parts {
		c.Parts = append(c.Parts, SentPart{p.Item, p.Number, p.Text()})
	}
	m.Circulated = &c
	return nil
}

// Comment is what somebody who attended says of circulated draft minutes: of the
// whole, of an item, or of a clause of it.
type Comment struct {
	ID       string    `json:"id"`
	Session  string    `json:"session"`
	Item     string    `json:"item,omitempty"`   // "": of the whole
	Number   int       `json:"number,omitempty"` // of the item
	Clause   int       `json:"clause,omitempty"` // of the item; 0: of the item as a whole
	Text     string    `json:"text"`
	Person   string    `json:"person"`
	Name     string    `json:"name"`
	At       time.Time `json:"at"`
	Answer   *Answer   `json:"answer,omitempty"` // nil while the comment waits
	Revision uint64    `json:"revision"`
}

// Answer says what became of a comment, and why.
type Answer struct {
	Accepted bool      `json:"accepted"`
	Text     string    `json:"text"`
	By       string    `json:"by"`
	Name     string    `json:"name"`
	At       time.Time `json:"at"`
}

// Attended reports whether somebody was at the session, in whatever right and
// for however many of its items.
func (r *Record) Attended(person string) bool {
	return person != "" && slices.ContainsFunc(r.Attendance.Entries, func(e Entry) bool {
		return e.Person == person && e.Capacity != Absent
	})
}

// MayComment says why somebody cannot comment on the minutes on a day: only those
// who attended can, on a draft, while it is circulated.
func (m *Minutes) MayComment(a council.Actor, r *Record, on council.Date) error {
	if err := m.editable(); err != nil {
		return err
	}
	switch {
	case a.Operator || !r.Attended(a.Person):
		return problem.New(problem.Forbidden, "problem.minutes.comment.attended", "date", string(r.Session.Date))
	case m.Circulated == nil:
		return problem.New(problem.State, "problem.minutes.comment.not-circulated")
	case !m.Circulated.Open(on):
		return problem.New(problem.State, "problem.minutes.comment.late", "date", string(m.Circulated.Until))
	}
	return nil
}

// Saying is what somebody writes as a comment.
type Saying struct {
	Item   string `json:"item"`
	Clause int    `json:"clause"`
	Text   string `json:"text"`
}

// NewComment is a comment on the minutes. It fails as MayComment does, on an item
// or a clause that the session did not have, and without a text.
func NewComment(a council.Actor, r *Record, m *Minutes, id string, s Saying, at time.Time) (Comment, error) {
	if err := m.MayComment(a, r, council.DateOf(at)); err != nil {
		return Comment{}, err
	}
	c := Comment{ID: id, Session: m.Session, Item: s.Item, Clause: s.Clause, Text: s.Text, Person: a.Person, Name: a.Name, At: instant(at)}
	var l problem.List
	text.Block(&l, "text", &c.Text, 1, 4000)
	switch p := m.Part(s.Item); {
	case s.Item == "" && s.Clause != 0:
		l.Add("clause", "problem.minutes.comment.clause", "value", strconv.Itoa(s.Clause))
	case s.Item == "":
	case p == nil || p.Number == 0:
		l.Add("item", "problem.minutes.part", "value", s.Item)
	default:
		c.Number = p.Number
		if n := len(r.clauses(s.Item)); s.Clause < 0 || s.Clause > n {
			l.Add("clause", "problem.minutes.comment.clause", "value", strconv.Itoa(s.Clause))
		}
	}
	return c, l.Err()
}

// Reply accepts or rejects a comment, with an answer for whoever wrote it. A
// reply can be changed as long as the minutes are a draft.
func (c *Comment) Reply(a council.Actor, m *Minutes, accepted bool, answer string, at time.Time) error {
	if err := m.editable(); err != nil {
		return err
	}
	var l problem.List
	text.Block(&l, "answer", &answer, 1, 4000)
	if err := l.Err(); err != nil {
		return err
	}
	c.Answer = &Answer{Accepted: accepted, Text: answer, By: a.Person, Name: a.Name, At: instant(at)}
	return nil
}

// About says what the comment is on, as a number: "3.2." of a clause, "3." of an
// item, "" of the whole.
func (c *Comment) About() string {
	switch {
	case c.Number == 0:
		return ""
	case c.Clause == 0:
		return strconv.Itoa(c.Number) + "."
	}
	return strconv.Itoa(c.Number) + "." + strconv.Itoa(c.Clause) + "."
}

// Unanswered are the comments that wait for an answer.
func Unanswered(all []Comment) []Comment {
	return slices.DeleteFunc(slices.Clone(all), func(c Comment) bool { return c.Answer != nil })
}

// MayReadComments reports whether the actor sees a comment: those who prepare the
// minutes and the leads all, everybody else their own.
func MayReadComments(a council.Actor, s council.Session, c *Comment) bool {
	return MayRecord(a, s) || a.Operator || a.HoldsAny(council.Chair, council.Deputy) || a.Person != "" && a.Person == c.Person
}
