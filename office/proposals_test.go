package office

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// says holds where a proposal is, as somebody sees it, to a sentence.
func (d *desk) says(who, id string, where agenda.Where, lv string) {
	d.t.Helper()
	p := get2(d.TrackedProposal(d.t.Context(), d.by(who).Actor, id))(d.t)
	if got := p.Whereabouts.Text(locale.LV); p.Whereabouts.Where != where || !strings.Contains(got, lv) {
		d.t.Errorf("%s: %q, want %s: %q", p.Whereabouts.Where, got, where, lv)
	}
}

func TestAProposerFollowsAProposalToItsDecision(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	p := d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	p = get2(d.ReturnProposal(ctx, d.by("officer"), p.ID, p.Revision, "Kas ziņos?"))(t)
	d.says("ngo-2", p.ID, agenda.IsReturned, "ar jautājumu: „Kas ziņos?”")
	a := get2(d.BuildAgenda(ctx, d.by("officer"), s.ID, 0))(t)
	d.says("ngo-2", p.ID, agenda.IsReturned, "Nav iekļauts 2024. gada 31. janvāra sēdes darba kārtības projektā.")
	p = get2(d.AnswerQuestion(ctx, d.by("ngo-2"), p.ID, p.Revision, "Ziņos biedrības direktore."))(t)
	p = get2(d.MarkReady(ctx, d.by("officer"), p.ID, p.Revision))(t)
	get2(d.BuildAgenda(ctx, d.by("officer"), s.ID, a.Revision))(t)
	d.says("state-3", p.ID, agenda.IsOnAgenda, "Iekļauts 2024. gada 31. janvāra sēdes darba kārtības projektā: ")
	a = get2(d.Agenda(ctx, d.by("officer").Actor, s.ID))(t)
	a = get2(d.SubmitAgenda(ctx, d.by("officer"), s.ID, a.Revision))(t)
	for _, lead := range []string{"state-1", "ngo-1"} {
		must(t)(d.ApproveAgenda(ctx, d.by(lead), s.ID, a.Versions[0].Digest))
	}
	d.says("ngo-2", p.ID, agenda.IsOnAgenda, "apstiprinātajā darba kārtībā")
	c, _, err := d.Version(ctx, council.Actor{}, s.ID, 0)
	d.sits(s.ID)
	d.closed(s.ID, get(t, c, err), "")
	d.says("ngo-2", p.ID, agenda.IsDealtWith, "Izskatīts 2024. gada 31. janvāra sēdē; pieņemts lēmums.")
	if x := get2(d.TrackedProposal(ctx, d.by("ngo-2").Actor, p.ID))(t); len(x.Decisions) != 1 || x.Decisions[0].Item != p.ID {
		t.Errorf("decisions %+v", x.Decisions)
	}
	if left := get2(d.Backlog(ctx, d.by("ngo-2").Actor, agenda.Filter{}))(t); len(left) != 0 {
		t.Errorf("the backlog keeps %+v", left)
	}
	var whats []string
	list, _, err := d.History(ctx, d.by("ngo-2").Actor, "proposal", p.ID, storage.Page{Limit: 20})
	for _, e := range get(t, list, err) {
		whats = append(whats, e.What)
	}
	if want := []string{"history.session.closed", "history.proposal.ready", "history.proposal.answered", "history.proposal.returned",
		"history.proposal.document", "history.proposal.submitted"}; !slices.Equal(whats, want) {
		t.Errorf("the trace is %q", whats)
	}
}

func TestWhatIsWithdrawnWhileItIsCarriedOverDoesNotComeBack(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	p := d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	d.closed(s.ID, d.opened(s.ID), p.ID)
	d.says("ngo-2", p.ID, agenda.IsPostponed, "Atlikts 2024. gada 31. janvāra sēdē.")
	must(t)(d.WithdrawProposal(ctx, d.by("ngo-2"), p.ID, p.Revision, "Likums jau grozīts."))
	if left := get2(d.Carried(ctx, d.by("officer").Actor))(t); len(left) != 0 {
		t.Errorf("still carried: %+v", left)
	}
	next := d.plan("2024-02-28")
	a := get2(d.BuildAgenda(ctx, d.by("officer"), next.ID, 0))(t)
	if _, on := a.Draft.Item(p.ID); on {
		t.Error("it is on the next agenda")
	}
}

func TestTheSessionHasTheLastWordOnWhatWasWithdrawn(t *testing.T) {
	for outcome, want := range map[string]agenda.Where{"": agenda.IsDealtWith, "postponed": agenda.IsWithdrawn} {
		d := newDesk(t)
		s := d.prepared("2024-01-31")
		p := d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
		c := d.opened(s.ID)
		must(t)(d.WithdrawProposal(t.Context(), d.by("ngo-2"), p.ID, p.Revision, "Likums jau grozīts."))
		id := ""
		if outcome == "postponed" {
			id = p.ID
		}
		d.closed(s.ID, c, id)
		d.says("ngo-2", p.ID, want, "")
		if left := get2(d.Carried(t.Context(), d.by("officer").Actor))(t); len(left) != 0 {
			t.Errorf("%s: still carried: %+v", want, left)
		}
	}
}

func TestTheSecretariatEntersWhatOthersSent(t *testing.T) {
	d := newDesk(t)
	d.prepared("2024-01-31")
	c := agenda.Candidate{Matter: agenda.Matter{Kind: agenda.Discussion, Title: "Par reģioniem", Initiator: council.NGO,
		InitiatedBy: "Biedrība „Krasts”", OutsidePlan: "plānā nav", Minutes: 10}, Ground: "Reģionos padomi nepazīst."}
	p := get2(d.ProposeFor(t.Context(), d.by("officer"), c, "2024-01-08"))(t)
	if council.DateOf(p.Submitted) != "2024-01-08" || p.Ground != c.Ground {
		t.Errorf("%+v", p)
	}
	if _, err := d.ProposeFor(t.Context(), d.by("ngo-2"), c, "2024-01-08"); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("a member: %v", err)
	}
	if _, err := d.Propose(t.Context(), d.by("admin"), c); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("an account without a seat: %v", err)
	}
}

func TestTheTimeLimitsAreThoseOfTheComingSessions(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-01-31")
	feb := d.plan("2024-02-28")
	gone := d.plan("2024-01-17")
	must(t)(d.CancelSession(t.Context(), d.by("officer"), gone.ID, gone.Revision, "Nav jautājumu."))
	d.at("2024-02-01", "09:00")
	all := get2(d.Deadlines(t.Context()))(t)
	if len(all) != 1 || all[0].Session != feb.ID || all[0].ProposalsUntil != "2024-02-14" || all[0].Closed {
		t.Errorf("after %s: %+v", s.Date, all)
	}
	if _, err := d.Backlog(t.Context(), council.Actor{}, agenda.Filter{}); problem.KindOf(err) != problem.Unknown {
		t.Errorf("the public sees the backlog: %v", err)
	}
	if _, err := d.TrackedProposal(t.Context(), council.Actor{}, "x"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("the public sees a proposal: %v", err)
	}
}

// Whatever happens to proposals before, between and at sessions, each is in
// exactly one place: the backlog or ended, with a trace of both ends.
func TestNoProposalIsEverLostOverSessions(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			l := &life{desk: newDesk(t), r: rand.New(rand.NewPCG(seed, 1))}
			must(t)(l.ImportPlan(t.Context(), operator, get2(plan.Real())(t)))
			must(t)(l.AddPrinciples(t.Context(), operator, agenda.Transitional()))
			for _, day := range []council.Date{"2024-01-31", "2024-02-28", "2024-03-27", "2024-04-24"} {
				l.live(day)
				l.accounted()
			}
			if l.ended == 0 || l.waited == 0 {
				t.Errorf("%d ended and %d waited: nothing was tried", l.ended, l.waited)
			}
		})
	}
}

// life is a council whose proposals have a life by chance.
type life struct {
	*desk
	r             *rand.Rand
	ids           []string
	ended, waited int
}

// live lets people do things up to a session, and holds that.
func (l *life) live(day council.Date) {
	t, ctx := l.t, l.t.Context()
	l.at(day.AddDays(-25), "09:00")
	for range 6 {
		l.act()
	}
	s := l.plan(day)
	l.at(day.AddDays(-12), "09:00")
	l.act()
	c := l.convened(s.ID)
	l.act()
	l.accounted()
	l.at(day, "10:30")
	l.sits(s.ID)
	l.act()
	for _, it := range c.Items {
		switch n := l.r.IntN(4); {
		case !it.Kind.Substantive():
			l.deal(s.ID, agenda.Content{Items: []agenda.Item{it}}, "")
		case n == 0:
			must(t)(l.RecordOutcome(ctx, l.by("taker"), s.ID, it.ID, 0, minutes.Withdrawn, "Nav ziņotāja."))
		case n == 1 && len(it.Postponed) == 0:
			l.deal(s.ID, agenda.Content{Items: []agenda.Item{it}}, it.ID)
		default:
			l.decide(s.ID, it)
		}
	}
	s = get2(l.Session(ctx, s.ID))(t)
	must(t)(l.CloseSession(ctx, l.by("taker"), s.ID, s.Revision, "12:45"))
}

// act lets somebody do something with a proposal; what its state does not allow
// is refused.
func (l *life) act() {
	ctx := l.t.Context()
	if len(l.ids) == 0 || l.r.IntN(3) == 0 {
		l.ids = append(l.ids, l.propose(fmt.Sprint("Par ", len(l.ids)), plan.Ref{Revision: 1, Measure: 8, Task: 1 + l.r.IntN(5)}).ID)
		return
	}
	id := l.ids[l.r.IntN(len(l.ids))]
	p := get2(l.Proposal(ctx, l.by("officer").Actor, id))(l.t)
	var err error
	switch l.r.IntN(5) {
	case 0:
		_, err = l.ReturnProposal(ctx, l.by("officer"), id, p.Revision, "Kas ziņos?")
	case 1:
		_, err = l.AnswerQuestion(ctx, l.by("ngo-2"), id, p.Revision, "Direktore.")
	case 2:
		_, err = l.MarkReady(ctx, l.by("officer"), id, p.Revision)
	case 3:
		_, err = l.ChangeProposal(ctx, l.by("ngo-2"), id, p.Revision, p.Candidate)
	case 4:
		_, err = l.WithdrawProposal(ctx, l.by("ngo-2"), id, p.Revision, "Lieki.")
	}
	if err != nil && problem.KindOf(err) != problem.State {
		l.t.Fatal(err)
	}
}

// accounted fails unless every proposal is in exactly one place.
func (l *life) accounted() {
	l.t.Helper()
	ctx, officer := l.t.Context(), l.by("officer").Actor
	times := map[string]int{}
	for _, x := range get2(l.Backlog(ctx, officer, agenda.Filter{}))(l.t) {
		times[x.ID]++
		if len(x.Whereabouts.Said) == 0 {
			l.t.Errorf("nothing is said of %s", x.ID)
		}
	}
	l.ended, l.waited = 0, 0
	for _, id := range l.ids {
		p := get2(l.Proposal(ctx, officer, id))(l.t)
		want := 0
		if p.State.Open() {
			want, l.waited = 1, l.waited+1
		} else if l.ended++; p.Ending == nil {
			l.t.Errorf("%s is %s without a trace", id, p.State)
		}
		if times[id] != want {
			l.t.Errorf("%s is %s and %d times in the backlog", id, p.State, times[id])
		}
	}
}
