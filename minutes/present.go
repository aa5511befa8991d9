package minutes

import (
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/document"
)

// attendance writes who presided, who was there in what right, who was not, and
// that the council was quorate at each item.
func (w *paper) attendance() {
	s := w.r.Session
	f := document.Fields{Rows: []document.Field{
		w.row("session", w.say("held",
			"kind", string(s.Kind), "mode", string(s.Mode), "place", s.Place)),
		w.row("presides", w.leader(s.Presiding)),
	}}
	voting := w.voting()
	if voting != nil {
		f.Rows = append(f.Rows, document.Field{Label: w.say("voting"), Values: voting})
	}
	for _, c := range []Capacity{Advising, Invited, Absent} {
		var names []string
		for _, e := range w.r.Attendance.Entries {
			if e.Capacity == c {
				names = append(names, w.entry(e))
			}
		}
		if names != nil {
			f.Rows = append(f.Rows, w.row(string(c), names...))
		}
	}
	if voting != nil {
		f.Rows = append(f.Rows, w.row("quorum", w.quorum()...))
	}
	f.Rows = append(f.Rows, w.row("takes-minutes", w.leader(s.MinuteTaker)))
	w.add(f)
}

func (w *paper) row(label string, values ...string) document.Field {
	return document.Field{Label: w.say(label), Values: document.Texts(values...)}
}

func (w *paper) leader(person string) string {
	p, ok := w.r.Roster.Person(person)
	if !ok {
		return w.say("unnamed")
	}
	return w.r.described(w.lang, p)
}

// voting are those who could vote, under the names of their sides.
func (w *paper) voting() []document.Text {
	var all []document.Text
	for _, side := range []council.Side{council.State, council.NGO} {
		var names []string
		for _, e := range w.r.Attendance.Entries {
			if e.Capacity == Voting && e.Side == side {
				names = append(names, w.entry(e))
			}
		}
		if names != nil {
			all = append(all, document.Text{{Text: w.say("side." + string(side)), Italic: true}})
			all = append(all, document.Texts(names...)...)
		}
	}
	return all
}

// entry is a person with what there is to say of their presence: „(attālināti;
// no 2. jautājuma; aizstājamais loceklis – J. Kalniņš)”.
func (w *paper) entry(e Entry) string {
	var marks []string
	if p, ok := w.r.Roster.Person(e.SubstituteFor); ok {
		marks = append(marks, w.say("instead."+string(p.Gender), "name", p.Short()))
	}
	if e.Remote {
		marks = append(marks, w.say("remote"))
	}
	from, until := strconv.Itoa(e.From), strconv.Itoa(e.Until)
	switch {
	case e.From > 1 && e.From == e.Until:
		marks = append(marks, w.say("at", "item", from))
	case e.From > 1 && e.Until != 0:
		marks = append(marks, w.say("from-until", "from", from, "until", until))
	case e.From > 1:
		marks = append(marks, w.say("from", "from", from))
	case e.Until != 0:
		marks = append(marks, w.say("until", "until", until))
	}
	if marks == nil {
		return e.Name
	}
	return e.Name + " (" + strings.Join(marks, "; ") + ")"
}

// quorum says how many of the members were represented and whether that was
// enough: in one sentence, or item by item where people came and went.
func (w *paper) quorum() []string {
	by := w.r.voters()
	var sentences []string
	first := 0
	items := len(w.r.Agenda.Items)
	for i := range max(items, 1) {
		item := i + 1
		if first == 0 {
			first = item
		}
		if item < items && w.presence(by, item) == w.presence(by, item+1) {
			continue
		}
		s := w.presence(by, item)
		if first > 1 || item < items {
			s = w.items(first, item) + s
		}
		sentences = append(sentences, s)
		first = 0
	}
	return sentences
}

// items are the items that a sentence on the quorum speaks of.
func (w *paper) items(first, last int) string {
	if first == last {
		return w.say("item", "item", strconv.Itoa(first)) + ": "
	}
	return w.say("items", "first", strconv.Itoa(first), "last", strconv.Itoa(last)) + ": "
}

func (w *paper) presence(by Voters, item int) string {
	present, needed, ok := by.Quorum(item)
	key := "quorate"
	if !ok {
		key = "inquorate"
	}
	return w.say(key, "present", strconv.Itoa(present), "members", strconv.Itoa(by.Members), "needed", strconv.Itoa(needed))
}
