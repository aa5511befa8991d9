package evaluation

import (
	"cmp"
	"strconv"
	"strings"

	"padome/internal/document"
)

// measure writes what was done of one measure: its tasks, what it was to bring
// and the decisions that show it, and the conclusion.
func (w *paper) measure(m *MeasureCover) {
	w.heading(1, strconv.Itoa(m.Number)+".", m.Text)
	cells := w.y.In(m.Cells)
	if len(cells) == 0 {
		w.text("measure.none")
	} else {
		w.text("measure.held", "n", strconv.Itoa(len(cells)), "dates", w.dates(cells))
	}
	t := document.Table{RowHeaders: true, Columns: w.columns("number", 1, "task", 7, "held", 3, "state", 4, "responsible", 4)}
	for i := range m.Tasks {
		x := &m.Tasks[i]
		t.Rows = append(t.Rows, document.Texts(x.Label, x.Text, w.heldOn(x), w.state(x), w.answers(x)))
	}
	w.add(t)
	if len(m.Results) > 0 {
		w.heading(2, "", w.say("results"))
		l := document.List{}
		for _, r := range m.Results {
			l.Items = append(l.Items, document.Item{Label: "–", Text: document.Plain(r)})
		}
		w.add(l)
	}
	w.evidence(m)
	w.heading(2, "", w.say("conclusion"))
	w.conclusion(w.e.Of(m.Number))
}

// dates are the days of cells as a sentence lists them.
func (w *paper) dates(cells []Cell) string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = w.short(c.Date)
	}
	return strings.Join(all, "\n")
}

func (w *paper) heldOn(t *TaskCover) string { return cmp.Or(w.dates(w.y.In(t.Cells)), "–") }

func (w *paper) state(t *TaskCover) string {
	key := "state." + string(t.State)
	if t.State == Never && t.Late {
		key += "-late"
	}
	if t.State != Fulfilled && t.NextDue == "" {
		key += "-undated"
	}
	s := w.say(key, "due", string(t.NextDue), "found", string(t.FoundOn))
	if t.Found != "" && t.State != Fulfilled {
		s += "; " + w.say("found."+string(t.Found), "found", string(t.FoundOn))
	}
	return s
}

func (w *paper) answers(t *TaskCover) string {
	who := cmp.Or(t.Responsible, w.say("nobody"))
	if t.Deadline == "" {
		return who
	}
	return who + "\n" + w.say("until", "deadline", string(t.Deadline))
}

// evidence lists the decisions linked to the measure by the end of the year.
func (w *paper) evidence(m *MeasureCover) {
	w.heading(2, "", w.say("evidence"))
	t := document.Table{Columns: w.columns("decision", 3, "wording", 9, "addressee", 4, "status", 4)}
	for _, d := range m.Decisions {
		if d.Taken.Year() > w.y.Year {
			continue
		}
		addressee := cmp.Or(d.Addressee, "–")
		if d.Deadline != "" {
			addressee += "\n" + w.say("until", "deadline", string(d.Deadline))
		}
		t.Rows = append(t.Rows, document.Texts(w.short(d.Taken)+"\n"+w.say("clause", "number", d.Number), d.Wording, addressee, w.status(d)))
	}
	if t.Rows == nil {
		w.text("evidence.none")
		return
	}
	w.add(t)
}

func (w *paper) status(d Linked) string {
	s := w.say("decision." + string(d.Status))
	if d.Overdue {
		s += "; " + w.say("evidence.overdue")
	}
	if d.Claimed != "" {
		s += "; " + w.say("evidence.claimed", "status", string(d.Claimed))
	}
	return s
}
