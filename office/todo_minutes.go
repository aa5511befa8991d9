package office

import (
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// minutesTodos are what the minutes of a closed session wait for.
func minutesTodos(v *storage.View, a council.Actor, s council.Session, on council.Date) ([]Todo, error) {
	m, err := v.Minutes(s.ID)
	if err != nil && !isMissing(err) {
		return nil, err
	}
	todo := Todo{Session: s.ID, Date: s.Date}
	switch {
	case err != nil && minutes.MayRecord(a, s):
		todo.Kind = DraftMinutes
	case err == nil && m.State == minutes.Draft:
		return draftTodos(v, a, s, &m, on)
	case err == nil && m.State == minutes.Final && owesSignature(&m, a):
		todo.Kind = SignMinutes
		return []Todo{todo}, nil
	default:
		return nil, nil
	}
	todo.Due, err = dueOf(v, s, agenda.DraftDeadline)
	return []Todo{todo}, err
}

// draftTodos are those of draft minutes: whoever attended comments while they
// circulate, unless they have done so; whoever keeps the record answers, and
// finishes them.
func draftTodos(v *storage.View, a council.Actor, s council.Session, m *minutes.Minutes, on council.Date) (all []Todo, err error) {
	comments, err := v.Comments(s.ID)
	if err != nil {
		return nil, err
	}
	if m.Circulated.Open(on) && !slices.ContainsFunc(comments, func(c minutes.Comment) bool { return c.Person == a.Person }) {
		r, err := record(v, s.ID)
		if err != nil {
			return nil, err
		}
		if m.MayComment(a, &r, on) == nil {
			all = append(all, Todo{Kind: CommentMinutes, Session: s.ID, Date: s.Date, Due: m.Circulated.Until})
		}
	}
	if !minutes.MayRecord(a, s) {
		return all, nil
	}
	due, err := dueOf(v, s, agenda.DraftDeadline)
	if len(minutes.Unanswered(comments)) > 0 {
		all = append(all, Todo{Kind: AnswerComments, Session: s.ID, Date: s.Date, Due: due})
	}
	return append(all, Todo{Kind: FinishMinutes, Session: s.ID, Date: s.Date, Due: due}), err
}

func owesSignature(m *minutes.Minutes, a council.Actor) bool {
	return slices.ContainsFunc(m.Unsigned(), func(s minutes.Signer) bool { return a.Person != "" && s.Person == a.Person })
}
