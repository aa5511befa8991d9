package minutes

import (
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/text"
)

// Dissent is the written opinion of a member who does not agree with what the
// council decided (atsevišķais viedoklis). It is attached to the minutes: to a
// draft as an annex of it; to final minutes beside them, whose bytes never
// change. It is never changed itself.
type Dissent struct {
	ID       string    `json:"id"`
	Session  string    `json:"session"`
	Item     string    `json:"item"`
	Number   int       `json:"number"` // of the item
	Title    string    `json:"title"`  // of the item
	Text     string    `json:"text"`
	Person   string    `json:"person"`
	Name     string    `json:"name"` // Z. Kārkliņa
	At       time.Time `json:"at"`
	SHA256   string    `json:"sha256"` // of its file
	Size     int64     `json:"size"`
	Pages    int       `json:"pages"`
	Revision uint64    `json:"revision"`
}

// DissentUntil is the last day on which members may file an opinion on a session.
func DissentUntil(s council.Session, set council.Settings) council.Date {
	return s.Date.AddDays(set.DissentPeriod())
}

// MayDissent says why somebody cannot file an opinion on a day: only members of
// the council on the day of the session can, and those who took a member's place,
// once it has opened and until the period of the council's settings is over.
func MayDissent(a council.Actor, r *Record, on council.Date) error {
	s := r.Session
	switch until := DissentUntil(s, r.Settings); {
	case s.State != council.Open && s.State != council.Closed:
		return problem.New(problem.State, "problem.minutes.dissent.session", "date", string(s.Date))
	case a.Operator || !r.Roster.MayVote(a.Person, s.Date):
		return problem.New(problem.Forbidden, "problem.minutes.dissent.member", "date", string(s.Date))
	case on > until:
		return problem.New(problem.State, "problem.minutes.dissent.late", "date", string(s.Date), "until", string(until))
	}
	return nil
}

// NewDissent is an opinion on an item of the session, without its file. It fails
// as MayDissent does, on an item that the session did not have, and without a
// text.
func NewDissent(a council.Actor, r *Record, id, item, opinion string, at time.Time) (Dissent, error) {
	if err := MayDissent(a, r, council.DateOf(at)); err != nil {
		return Dissent{}, err
	}
	p, _ := r.Roster.Person(a.Person)
	d := Dissent{ID: id, Session: r.Session.ID, Item: item, Text: opinion, Person: a.Person, Name: p.Short(), At: instant(at)}
	var l problem.List
	for i := range r.Agenda.Items {
		if it := &r.Agenda.Items[i]; it.ID == item {
			d.Number, d.Title = it.Number, it.TitleIn(locale.LV)
		}
	}
	if d.Number == 0 {
		l.Add("item", "problem.minutes.part", "value", item)
	}
	text.Block(&l, "text", &d.Text, 1, 20_000)
	return d, l.Err()
}

// Annex is the opinion as the minutes list it.
func (d *Dissent) Annex() Annex {
	return Annex{Title: locale.Text(locale.LV, "minutes.dissent.annex", problem.Pairs("name", d.Name, "number", strconv.Itoa(d.Number))),
		Pages: d.Pages, SHA256: d.SHA256}
}

// Attach adds an annex to draft minutes. It fails once they are final.
func (m *Minutes) Attach(a Annex) error {
	if err := m.editable(); err != nil {
		return err
	}
	m.Annexes = append(m.Annexes, a)
	return nil
}

// Document is the opinion as a paper, in Latvian.
func (d *Dissent) Document(r *Record) document.Document {
	say := func(key string, args ...string) string {
		return locale.Text(locale.LV, "minutes.dissent."+key, problem.Pairs(args...))
	}
	on := council.DateOf(d.At)
	p, _ := r.Roster.Person(d.Person)
	blocks := document.Blocks{
		document.Masthead{Author: strings.ToUpper(r.Settings.NameOf), Name: strings.ToUpper(say("name"))},
		document.Dateline{Place: r.Settings.Place, Date: locale.Date(locale.LV, string(on), locale.On)},
		document.Paragraph{Text: document.Text{{Text: say("on", "date", string(r.Session.Date), "number", strconv.Itoa(d.Number), "title", d.Title), Bold: true}}},
	}
	for line := range strings.SplitSeq(d.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			blocks = append(blocks, document.Paragraph{Text: document.Plain(line)})
		}
	}
	blocks = append(blocks, document.Signatures{Signers: []document.Signer{{Role: say("member", "gender", string(p.Gender)), Name: d.Name}}})
	title := say("title", "date", string(r.Session.Date), "name", d.Name)
	return document.Document{Lang: string(locale.LV), Title: title, Author: d.Name, Subject: say("name"), Reference: title, Created: d.At, Blocks: blocks}
}
