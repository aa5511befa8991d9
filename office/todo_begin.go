package office

import (
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/plan"
	"padome/storage"
)

// What a council needs before its first session can be prepared, in the order in
// which one thing asks for the other.
const (
	BeginSecretariat TodoKind = "begin-secretariat" // nobody is of the secretariat
	BeginPeople      TodoKind = "begin-people"      // an office or a whole side is vacant
	BeginGroups      TodoKind = "begin-groups"
	BeginPlan        TodoKind = "begin-plan"
	BeginPrinciples  TodoKind = "begin-principles" // no set was proposed yet
	AgreePrinciples  TodoKind = "begin-principles-agree"
	BeginSession     TodoKind = "begin-session" // none is planned
)

// beginning is what a council has of that on a day.
type beginning struct {
	roster     *council.Roster
	groups     bool
	plan       bool
	principles bool
	draft      agenda.PrinciplesDraft // proposed and not decided, while there are no principles
	sessions   bool                   // one that is to come, or open
}

// beginTodos are the things without which no agenda can be built, for those who
// see to them. In a council at work there are none.
func beginTodos(v *storage.View, a council.Actor, on council.Date) (all []Todo, err error) {
	if council.MayPlanSessions(a) != nil {
		return nil, nil
	}
	b, err := beginningOf(v, on)
	if err != nil {
		return nil, err
	}
	add := func(missing, may bool, t Todo) {
		if missing && may {
			all = append(all, t)
		}
	}
	officers := len(b.roster.Holders(council.Secretariat, on)) > 0
	add(!officers, council.MayChangeMandates(a) == nil, Todo{Kind: BeginSecretariat})
	add(b.vacant(on), council.MayChangeMandates(a) == nil, Todo{Kind: BeginPeople})
	add(!b.groups, council.MayChangeGroups(a) == nil, Todo{Kind: BeginGroups})
	add(!b.plan, plan.MayImport(a), Todo{Kind: BeginPlan})
	if b.draft.ID != "" {
		add(!b.principles, agenda.MayChangePrinciples(a), Todo{Kind: AgreePrinciples, Record: b.draft.ID, About: b.draft.Content.Title})
	} else {
		add(!b.principles && b.groups, agenda.MayChangePrinciples(a), Todo{Kind: BeginPrinciples})
	}
	add(!b.sessions, agenda.MayPrepare(a), Todo{Kind: BeginSession})
	return all, nil
}

// vacant reports whether there is nobody to lead the council, or to sit on a side.
func (b *beginning) vacant(on council.Date) bool {
	if len(b.roster.Holders(council.Chair, on)) == 0 || len(b.roster.Holders(council.Deputy, on)) == 0 {
		return true
	}
	members := b.roster.Holders(council.Member, on)
	for _, side := range []council.Side{council.State, council.NGO} {
		if !slices.ContainsFunc(members, func(m council.Mandate) bool { return m.Side == side }) {
			return true
		}
	}
	return false
}

func beginningOf(v *storage.View, on council.Date) (b beginning, err error) {
	if b.roster, err = roster(v); err != nil {
		return b, err
	}
	groups, err := v.Groups()
	if err != nil {
		return b, err
	}
	b.groups = slices.ContainsFunc(groups, func(g council.WorkingGroup) bool { return g.InForce(on) })
	if _, err := v.NewestPlan(); err == nil {
		b.plan = true
	} else if !isMissing(err) {
		return b, err
	}
	newest, err := v.NewestPrinciples()
	if err != nil {
		return b, err
	}
	if b.principles = newest.Version > 0; !b.principles {
		if b.draft, err = proposedDraft(v); err != nil {
			return b, err
		}
	}
	b.sessions, err = sessionAhead(v, on)
	return b, err
}

// proposedDraft is the newest set of principles that waits to be agreed; one
// without an id when none does.
func proposedDraft(v *storage.View) (agenda.PrinciplesDraft, error) {
	drafts, _, err := v.PrinciplesDrafts(storage.Page{Limit: storage.MaxPage})
	for _, d := range drafts {
		if d.State == agenda.PrinciplesProposed {
			return d, err
		}
	}
	return agenda.PrinciplesDraft{}, err
}

// sessionAhead reports whether a session is to be held on a day or later.
func sessionAhead(v *storage.View, on council.Date) (bool, error) {
	for p := (storage.Page{Limit: storage.MaxPage}); ; {
		list, next, err := v.Sessions(storage.Span{From: on}, p)
		if err != nil || slices.ContainsFunc(list, func(s council.Session) bool { return s.State != council.Cancelled }) {
			return err == nil, err
		}
		if p.After = next; next == "" {
			return false, nil
		}
	}
}
