package office

import (
	"cmp"
	"context"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/storage"
)

// Todo is one thing that somebody has to do.
type Todo struct {
	Kind    TodoKind     `json:"kind"`
	Session string       `json:"session,omitempty"` // id, where it is about one
	Date    council.Date `json:"date,omitempty"`    // of that session
	Record  string       `json:"record,omitempty"`  // id of what else it is about, such as a proposal
	About   string       `json:"about,omitempty"`   // what people call that
	Waits   []string     `json:"waits,omitempty"`   // names of those who are waited for
	Due     council.Date `json:"due,omitempty"`     // the last day; "" when there is none
}

// TodoKind is what is to be done.
type TodoKind string

const (
	BuildAgenda    TodoKind = "agenda-build"
	SubmitAgenda   TodoKind = "agenda-submit"
	MendAgenda     TodoKind = "agenda-mend"    // a lead asked for changes
	AwaitApproval  TodoKind = "agenda-await"   // the secretariat waits for the leads
	ApproveAgenda  TodoKind = "agenda-approve" // a lead decides
	HoldSession    TodoKind = "session-hold"   // today, or open still
	DraftMinutes   TodoKind = "minutes-draft"
	FinishMinutes  TodoKind = "minutes-finish"
	SignMinutes    TodoKind = "minutes-sign"
	SignedMinutes  TodoKind = "minutes-sign-electronic" // outside, and bring the file back
	AwaitMinutes   TodoKind = "minutes-await"           // the secretariat waits for signatures
	ReopenMinutes  TodoKind = "minutes-reopen"          // somebody asked for it: confirm or decline
	CommentMinutes TodoKind = "minutes-comment"         // who attended may, while the draft circulates
	AnswerComments TodoKind = "minutes-answer"
	AwaitComments  TodoKind = "minutes-comments-await" // the draft circulates
	FileDissent    TodoKind = "minutes-dissent"        // a member who does not agree may
	// Corrections of minutes.
	DecideCorrection TodoKind = "correction-decide" // at the session that is named in it
	FinishCorrection TodoKind = "correction-finish" // that session decided
	SignCorrection   TodoKind = "correction-sign"
	SignedCorrection TodoKind = "correction-sign-electronic"
	AwaitCorrection  TodoKind = "correction-await"
	CheckProposal    TodoKind = "proposal-check"
	AnswerQuestion   TodoKind = "proposal-answer"
	SendReminders    TodoKind = "reminders-send"
	EraseObservers   TodoKind = "observers-erase"
)

// todoAhead is how many days ahead sessions are looked at, todoBehind how many
// back: minutes are signed long before.
const (
	todoAhead  = 60
	todoBehind = 180
)

// todoSource finds what an actor has to do on a day.
type todoSource func(v *storage.View, a council.Actor, on council.Date) ([]Todo, error)

// todoSources are all there are.
var todoSources = []todoSource{
	beginTodos,
	sessionTodos,
	proposalTodos,
	reminderTodos,
	observerTodos,
}

// Todo is what the actor has to do on a day, the most urgent first, and what has
// no last day at the end.
func (o *Office) Todo(ctx context.Context, a council.Actor, on council.Date) ([]Todo, error) {
	if err := council.MaySeePeople(a); err != nil {
		return nil, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (all []Todo, err error) {
		for _, source := range todoSources {
			some, err := source(v, a, on)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		slices.SortStableFunc(all, func(x, y Todo) int { return cmp.Compare(orLast(x.Due), orLast(y.Due)) })
		return all, nil
	})
}

// orLast sorts what has no last day after everything that has.
func orLast(d council.Date) council.Date { return cmp.Or(d, "9999-12-31") }

// sessionTodos are those of the sessions around a day: their agendas and minutes.
func sessionTodos(v *storage.View, a council.Actor, on council.Date) (all []Todo, err error) {
	span := storage.Span{From: on.AddDays(-todoBehind), Until: on.AddDays(todoAhead)}
	for p := (storage.Page{Limit: storage.MaxPage}); ; {
		sessions, next, err := v.Sessions(span, p)
		if err != nil {
			return nil, err
		}
		for _, s := range sessions {
			some, err := todosOf(v, a, s, on)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		if p.After = next; next == "" {
			return all, nil
		}
	}
}

func todosOf(v *storage.View, a council.Actor, s council.Session, on council.Date) ([]Todo, error) {
	switch s.State {
	case council.Cancelled:
		return nil, nil
	case council.Closed:
		if s.Earlier {
			return nil, nil
		}
		return minutesTodos(v, a, s, on)
	case council.Open:
		return holdTodo(a, s), nil
	}
	if s.State == council.Convened && s.Date <= on {
		return holdTodo(a, s), nil
	}
	return agendaTodos(v, a, s) // a convened one too: its agenda may have been changed since
}

func holdTodo(a council.Actor, s council.Session) []Todo {
	if council.MayHold(a, s) != nil {
		return nil
	}
	return []Todo{{Kind: HoldSession, Session: s.ID, Date: s.Date, Due: s.Date}}
}

// agendaTodos are what an agenda that has not gone out waits for.
func agendaTodos(v *storage.View, a council.Actor, s council.Session) ([]Todo, error) {
	x, err := v.Agenda(s.ID)
	if err != nil && !isMissing(err) {
		return nil, err
	}
	begun := err == nil
	due, err := dueOf(v, s, agenda.MembersDeadline)
	if err != nil {
		return nil, err
	}
	todo := Todo{Session: s.ID, Date: s.Date, Due: due}
	switch {
	case !begun && agenda.MayPrepare(a):
		todo.Kind = BuildAgenda
	case begun && x.Status == agenda.Submitted && leadOwes(x, a):
		todo.Kind = ApproveAgenda
	case begun && x.Status == agenda.Submitted && agenda.MayPrepare(a):
		todo.Kind = AwaitApproval
	case begun && x.Status == agenda.Returned && agenda.MayPrepare(a):
		todo.Kind = MendAgenda
	case begun && x.Status == agenda.Drafting && agenda.MayPrepare(a):
		todo.Kind = SubmitAgenda
	default:
		return nil, nil
	}
	return []Todo{todo}, nil
}

// leadOwes reports whether the actor is a lead whose approval of the current
// version is still to come.
func leadOwes(x agenda.Agenda, a council.Actor) bool {
	v, ok := x.Current()
	if !ok || !agenda.MayApprove(a) {
		return false
	}
	return !slices.ContainsFunc(v.Approvals, func(p agenda.Approval) bool {
		return p.Person == a.Person || a.Holds(p.Role)
	})
}

// dueOf is a deadline of a session, the day itself where the principles set none.
func dueOf(v *storage.View, s council.Session, of agenda.DeadlineOf) (council.Date, error) {
	all, err := deadlinesOf(v, s)
	for _, d := range all {
		if d.Of == of {
			return d.Date, err
		}
	}
	return s.Date, err
}

// proposalTodos are the proposals to be checked, and the questions to answer.
func proposalTodos(v *storage.View, a council.Actor, _ council.Date) (all []Todo, err error) {
	open, err := v.OpenProposals()
	if err != nil {
		return nil, err
	}
	for _, p := range open {
		switch {
		case p.State == agenda.Waiting && agenda.MayCheckProposals(a):
			all = append(all, Todo{Kind: CheckProposal, Record: p.ID, About: p.Title})
		case p.State == agenda.Questioned && a.Person != "" && p.By == a.Person:
			all = append(all, Todo{Kind: AnswerQuestion, Record: p.ID, About: p.Title})
		}
	}
	return all, nil
}
