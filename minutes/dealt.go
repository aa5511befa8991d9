package minutes

import (
	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
)

// Dealt is an item with how the session dealt with it so far, what it decided
// on it, and how it came to be added when the approved agenda does not have it.
type Dealt struct {
	Item      agenda.Item
	Treatment Treatment
	Clauses   []Decision
	Added     *Added
}

// Dealt are all items in their order.
func (r *Record) Dealt() []Dealt {
	all := make([]Dealt, len(r.Agenda.Items))
	for i, it := range r.Agenda.Items {
		all[i] = Dealt{Item: it, Treatment: r.treatment(it), Clauses: r.clauses(it.ID)}
		if x, ok := r.added(it.ID); ok {
			all[i].Added = &x
		}
	}
	return all
}

// Voters are those who can vote at the session, and by which rules.
func (r *Record) Voters() Voters { return r.voters() }

// Running reports whether the session deals with the item now: it has begun and
// not ended.
func (t *Treatment) Running() bool { return t.Started != "" && t.Ended == "" }

// Current is the index of the item that an open session deals with: the last
// that was begun and not ended; else the first without an outcome; -1 when all
// are done or the session is not open.
func (r *Record) Current() int {
	if r.Session.State != council.Open {
		return -1
	}
	running, next := -1, -1
	for i, it := range r.Agenda.Items {
		t := r.treatment(it)
		if t.Running() {
			running = i
		}
		if next < 0 && t.Outcome == "" && t.Ended == "" {
			next = i
		}
	}
	if running >= 0 {
		return running
	}
	return next
}

// Late is by how many minutes the session runs behind its agenda, negative when
// ahead: by the beginning of the last item that has begun, or by its end where
// that was recorded too. false while no time was recorded.
func (r *Record) Late() (minutes int, known bool) {
	for i, slot := range agenda.Times(r.Session.Starts, r.Agenda.Items) {
		t := r.treatment(r.Agenda.Items[i])
		switch {
		case t.Ended != "":
			minutes, known = t.Ended.Minutes()-slot.Ends.Minutes(), true
		case t.Started != "":
			minutes, known = t.Started.Minutes()-slot.Starts.Minutes(), true
		}
	}
	return minutes, known
}

// Text is the vote in words: „par – 12, pret – nav, atturas – 1”.
func (v Vote) Text(lang locale.Lang) string { return v.text(lang, false) }
