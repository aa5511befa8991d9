package office

import (
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// minutesTodos are what a closed session still asks for: its minutes, corrections
// of them, an opinion of a member who does not agree.
func minutesTodos(v *storage.View, a council.Actor, s council.Session, on council.Date) (all []Todo, err error) {
	m, err := v.Minutes(s.ID)
	if err != nil && !isMissing(err) {
		return nil, err
	}
	todo := Todo{Session: s.ID, Date: s.Date}
	switch {
	case err != nil && minutes.MayRecord(a, s):
		todo.Kind = DraftMinutes
		todo.Due, err = dueOf(v, s, agenda.DraftDeadline)
		all = append(all, todo)
	case err != nil:
		err = nil
	case m.State == minutes.Draft:
		all, err = draftTodos(v, a, s, &m, on)
	case m.State == minutes.Final:
		all = finalTodos(a, s, &m)
	default:
		all, err = correctionTodos(v, a, s)
	}
	if err != nil {
		return nil, err
	}
	some, err := dissentTodo(v, a, s, on)
	return append(all, some...), err
}

// finalTodos are those of final minutes: a request to reopen them is answered
// first; else whoever must sign signs, and the secretariat waits.
func finalTodos(a council.Actor, s council.Session, m *minutes.Minutes) []Todo {
	todo := Todo{Session: s.ID, Date: s.Date}
	if m.Reopening != nil {
		if m.MayConfirmReopening(a, s) != nil {
			return nil
		}
		todo.Kind, todo.About = ReopenMinutes, m.Reopening.Name
		return []Todo{todo}
	}
	return awaited(a, m.Sealed(), todo, SignMinutes, SignedMinutes, AwaitMinutes)
}

// awaited is what a paper that waits for signatures asks of somebody: to sign it,
// here or outside, or of the secretariat to wait for those who must.
func awaited(a council.Actor, p minutes.Sealed, todo Todo, here, outside, wait TodoKind) []Todo {
	unsigned := p.Unsigned()
	switch owes := slices.ContainsFunc(unsigned, func(s minutes.Signer) bool { return a.Person != "" && s.Person == a.Person }); {
	case owes && p.Signing == council.SignedElectronically:
		todo.Kind = outside
	case owes:
		todo.Kind = here
	case a.Holds(council.Secretariat):
		todo.Kind = wait
		names := make([]string, len(unsigned))
		for i, s := range unsigned {
			names[i] = s.Name
		}
		todo.Waits = names
	default:
		return nil
	}
	return []Todo{todo}
}

// correctionTodos are those of corrections of signed minutes: whoever holds the
// session that decides on one is told of it, and after it, it is made final and
// signed.
func correctionTodos(v *storage.View, a council.Actor, s council.Session) (all []Todo, err error) {
	cs, err := v.Corrections(s.ID)
	if err != nil {
		return nil, err
	}
	for i := range cs {
		c := &cs[i]
		todo := Todo{Session: s.ID, Date: s.Date, Record: c.ID, About: c.Reference()}
		switch c.State {
		case minutes.Draft:
			decides, err := v.Session(c.Decided)
			if err != nil {
				return nil, err
			}
			if decides.State == council.Closed && minutes.MayRecord(a, s) {
				todo.Kind = FinishCorrection
				all = append(all, todo)
			} else if decides.State != council.Closed && decides.State != council.Cancelled && council.MayHold(a, decides) == nil {
				todo.Kind, todo.Due = DecideCorrection, decides.Date
				all = append(all, todo)
			}
		case minutes.Final:
			all = append(all, awaited(a, c.Sealed, todo, SignCorrection, SignedCorrection, AwaitCorrection)...)
		}
	}
	return all, nil
}

// dissentTodo tells a member until when an opinion may be filed, unless they have
// filed one.
func dissentTodo(v *storage.View, a council.Actor, s council.Session, on council.Date) ([]Todo, error) {
	set, err := v.Settings()
	if err != nil || on > minutes.DissentUntil(s, set) || a.Person == "" {
		return nil, err
	}
	r, err := record(v, s.ID)
	if isMissing(err) || problem.KindOf(err) == problem.State {
		return nil, nil // held before the program was in use
	}
	if err != nil {
		return nil, err
	}
	filed := slices.ContainsFunc(r.Dissents, func(d minutes.Dissent) bool { return d.Person == a.Person })
	if filed || minutes.MayDissent(a, &r, on) != nil {
		return nil, nil
	}
	return []Todo{{Kind: FileDissent, Session: s.ID, Date: s.Date, Due: minutes.DissentUntil(s, set)}}, nil
}

// draftTodos are those of draft minutes: whoever attended comments while they
// circulate, unless they have done so; whoever keeps the record answers, waits for
// the last day of comments, and finishes them.
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
	due, err := finishDue(v, s, m)
	if err != nil {
		return nil, err
	}
	unanswered, open := len(minutes.Unanswered(comments)) > 0, m.Circulated.Open(on)
	if unanswered {
		all = append(all, Todo{Kind: AnswerComments, Session: s.ID, Date: s.Date, Due: due})
	}
	switch {
	case !open:
		all = append(all, Todo{Kind: FinishMinutes, Session: s.ID, Date: s.Date, Due: due})
	case !unanswered:
		all = append(all, Todo{Kind: AwaitComments, Session: s.ID, Date: s.Date, Due: m.Circulated.Until})
	}
	return all, nil
}

// finishDue is the last day to finish draft minutes: that of the draft, and where
// it circulated later, the first working day without comments.
func finishDue(v *storage.View, s council.Session, m *minutes.Minutes) (council.Date, error) {
	due, err := dueOf(v, s, agenda.DraftDeadline)
	if err != nil || m.Circulated == nil {
		return due, err
	}
	c, err := v.Calendar()
	return max(due, c.WorkingDaysAfter(m.Circulated.Until, 1)), err
}
