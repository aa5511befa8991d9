package minutes

import (
	"errors"
	"slices"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

// MayClose says why a session cannot be closed yet: items of its approved
// agenda without an outcome, each by number and title, and clauses that the
// council could not have taken, since after closing nobody can mend the record.
func MayClose(r Record) error {
	if err := recording(r.Session); err != nil {
		return err
	}
	var l problem.List
	for i, it := range r.Agenda.Items {
		t := r.treatment(it)
		at := "items[" + strconv.Itoa(i) + "]"
		if t.Outcome == "" {
			l.Add(at, "problem.minutes.undecided", "number", strconv.Itoa(it.Number), "title", it.Title)
		}
		for _, m := range t.faults(r.voters()) {
			m.note(&l, at)
		}
	}
	return refusal(&l, problem.State, "problem.minutes.close", "date", string(r.Session.Date))
}

// refusal turns gathered faults into a refusal of another kind; nil when there
// are none.
func refusal(l *problem.List, kind problem.Kind, key string, args ...string) error {
	e, ok := errors.AsType[*problem.Error](l.Err())
	if !ok {
		return nil
	}
	return &problem.Error{Kind: kind, Key: key, Args: problem.Pairs(args...), Fields: e.Fields}
}

// Carried are the matters that the session postponed, as the next agendas are
// to take them up: with the day of this session among their postponements, and
// without the leads' choice on an earlier one. Standing items are not among
// them: the principles bring those on anyway.
func Carried(s council.Session, items []agenda.Item, ts []Treatment) []agenda.Candidate {
	var carried []agenda.Candidate
	for _, it := range items {
		if treatmentOf(ts, s.ID, it).Outcome != Postponed || it.Source == agenda.Standing {
			continue
		}
		m := it.Matter
		m.Postponed = append(slices.Clone(m.Postponed), s.Date)
		m.Settle = ""
		carried = append(carried, agenda.Candidate{Matter: m})
	}
	return carried
}

// Held are the items that the session dealt with: decided or noted. Their
// minutes are those that passed, where they were recorded, else those planned.
func Held(s council.Session, items []agenda.Item, ts []Treatment) []agenda.Held {
	var held []agenda.Held
	for _, it := range items {
		t := treatmentOf(ts, s.ID, it)
		if t.Outcome != Decided && t.Outcome != Noted {
			continue
		}
		held = append(held, agenda.Held{Session: s.ID, Date: s.Date, Kind: s.Kind, Number: it.Number, Item: it.ID,
			ItemKind: it.Kind, Tasks: slices.Clone(it.Tasks), Initiator: it.Initiator, OutsideRiga: it.OutsideRiga, Minutes: t.took(it.Minutes)})
	}
	return held
}

// took is how many minutes the item took.
func (t *Treatment) took(planned int) int {
	if t.Started == "" || t.Ended == "" {
		return planned
	}
	return t.Ended.Minutes() - t.Started.Minutes()
}

// ApprovedEarlier are the sessions whose minutes this session approved: those
// that its opening item lists, when that ended as decided (P1).
func ApprovedEarlier(items []agenda.Item, ts []Treatment) []string {
	var sessions []string
	for _, it := range items {
		if it.Kind != agenda.Opening || treatmentOf(ts, "", it).Outcome != Decided {
			continue
		}
		for _, d := range it.Details {
			if d.Ref != "" {
				sessions = append(sessions, d.Ref)
			}
		}
	}
	return sessions
}
