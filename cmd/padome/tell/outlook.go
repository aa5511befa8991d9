package tell

import (
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Outlook tells a forecast: the sessions with their items and why, the tasks
// with their sessions, and what cannot be met with what would meet it. Unless
// all are asked for, only the first of what cannot be met are told one by one.
func (t *Teller) Outlook(o *agenda.Outlook, all bool) {
	t.Title("cmd.forecast.title", "n", strconv.Itoa(len(o.Sessions)), "plan", strconv.Itoa(o.Plan), "version", strconv.Itoa(o.Principles))
	for i := range o.Sessions {
		t.foreseen(&o.Sessions[i])
	}
	t.Title("cmd.forecast.tasks")
	for _, x := range o.Tasks {
		t.Wrapped(0, x.Task.Label()+" ", t.daysOf(x.Sessions))
	}
	t.Title("cmd.forecast.report")
	t.unkept(o.Unmet, all)
	t.remedies(o.Remedies)
}

// foreseen tells a session: its day and who presides, its substantive items.
func (t *Teller) foreseen(s *agenda.Foreseen) {
	key := "cmd.forecast.by-calendar"
	if s.Planned {
		key = "cmd.forecast.planned"
	}
	t.Print("")
	t.Wrapped(0, "", t.Say("cmd.forecast.session."+string(s.Session.Kind), "date", string(s.Session.Date))+" – "+
		t.Say(key)+", "+t.Say("cmd.forecast.lead."+string(s.PresidesAs)))
	for i := range s.Draft.Items {
		it := &s.Draft.Items[i]
		if !it.Kind.Substantive() {
			continue
		}
		t.Wrapped(1, strconv.Itoa(it.Number)+". ", title(t.lang, &it.Matter))
		for _, r := range it.Reasons {
			t.Wrapped(2, t.Say("cmd.draft.why")+" ", r.Text(t.lang))
		}
	}
	for _, l := range s.Draft.LeftOut {
		if l.Source == agenda.FromProposal {
			t.Wrapped(1, "– ", title(t.lang, &l.Matter))
			for _, r := range l.Reasons {
				t.Wrapped(2, t.Say("cmd.draft.why-not")+" ", r.Text(t.lang))
			}
		}
	}
}

// daysOf lists days as they stand in a table.
func (t *Teller) daysOf(days []council.Date) string {
	if len(days) == 0 {
		return t.Say("cmd.forecast.never")
	}
	s := ""
	for i, d := range days {
		if i > 0 {
			s += ", "
		}
		s += locale.Text(t.lang, "cmd.forecast.day", problem.Pairs("date", string(d)))
	}
	return s
}

// unkept tells which obligations cannot be met, and what keeps each off.
func (t *Teller) unkept(unmet []agenda.Obligation, all bool) {
	if len(unmet) == 0 {
		t.Line(0, "cmd.forecast.met")
		return
	}
	t.Line(0, "cmd.forecast.unmet", "n", strconv.Itoa(len(unmet)))
	for i, o := range unmet {
		if i == told && !all {
			t.Bullet(1, "cmd.forecast.rest", "n", strconv.Itoa(len(unmet)-told))
			break
		}
		at := ""
		if o.Task == nil { // its sentence names no session
			at = locale.Text(t.lang, "cmd.forecast.day", problem.Pairs("date", string(o.Session))) + ": "
		}
		t.Wrapped(1, "– ", at+o.Reason.Text(t.lang))
		for _, r := range o.Why {
			t.Wrapped(2, t.Say("cmd.draft.why-not")+" ", r.Text(t.lang))
		}
	}
}

// remedies tells what would meet the obligations, then what would not.
func (t *Teller) remedies(all []agenda.Remedy) {
	if len(all) == 0 {
		return
	}
	t.Line(0, "cmd.forecast.remedies")
	for _, found := range []bool{true, false} {
		for _, r := range all {
			if r.Found != found {
				continue
			}
			t.Wrapped(1, "– ", r.Reason.Text(t.lang))
			for _, e := range r.Extra {
				t.Wrapped(2, "• ", e.Reason.Text(t.lang))
			}
		}
	}
}
