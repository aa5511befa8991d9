package tell

import (
	"strconv"

	"padome/agenda"
)

// Backlog tells what waits for the council: since when, where it is, the next
// session it can come to and why it was left out last.
func (t *Teller) Backlog(all []agenda.Pending) {
	if len(all) == 0 {
		t.Line(0, "cmd.backlog.empty")
		return
	}
	for i := range all {
		x := &all[i]
		t.Wrapped(0, "– ", title(t.lang, &x.Matter))
		key := "cmd.backlog.age"
		if x.Side != "" {
			key = "cmd.backlog.age-of"
		}
		t.Line(2, key, "n", strconv.Itoa(x.Age), "since", string(x.Since), "side", string(x.Side))
		t.Wrapped(2, "", x.Whereabouts.Text(t.lang))
		if x.LastOut != nil && x.LastOut.Session != x.Whereabouts.Session {
			t.Line(2, "cmd.backlog.out", "date", string(x.LastOut.Date), "why", agenda.Sentences(t.lang, x.LastOut.Reasons))
		}
		if x.Next == nil {
			t.Line(2, "cmd.backlog.no-next")
		} else if x.Next.Session != x.Whereabouts.Session || x.Whereabouts.Where != agenda.IsOnAgenda {
			t.Line(2, "cmd.backlog.next", "date", string(x.Next.Date))
		}
	}
}
