package agenda_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// lineup builds the agenda of February and looks it up.
func lineup(t testing.TB, in agenda.Input, status agenda.Status) *agenda.Lineup {
	d := build(t, in)
	return agenda.NewLineup(in.Session, &agenda.Agenda{Session: in.Session.ID, Status: status, Draft: d})
}

func TestAReturnedProposalIsLeftOutUntilItIsAnswered(t *testing.T) {
	p := handedIn(t, member, council.NGO)
	done(t, p.Return(officer, at(7), "Kas ziņos?"))
	in := with(only(t, "P15"), agenda.Join(nil, []agenda.Proposal{*p}, nil)...)
	wantOut(t, build(t, in), "p", "reason.returned",
		"Sekretariāts jautājumu 2024. gada 7. februārī atgrieza iesniedzējam ar jautājumu; atbilde vēl nav saņemta.",
		"The secretariat returned it to the proposer with a question on 7 February 2024; no answer has come yet.")
	w := p.Whereabouts(lineup(t, in, agenda.Drafting), nil)
	if w.Where != agenda.IsReturned || w.Session != "feb" {
		t.Errorf("it is %s of %s: what the proposer has to answer stays foremost", w.Where, w.Session)
	}
	done(t, p.Answer(member, at(20), "Ziņos biedrības direktore."))
	in = with(only(t, "P15"), agenda.Join(nil, []agenda.Proposal{*p}, nil)...)
	if _, on := func() (*agenda.Item, bool) { d := build(t, in); return d.Item("p") }(); !on {
		t.Error("answered after the time limit it is late, although it was submitted in time")
	}
	done(t, p.Return(officer, at(21), "Un kad?"))
	old := p.Candidate
	old.Postponed = []council.Date{"2024-01-31"}
	d := build(t, with(only(t, "P6"), agenda.Join(nil, []agenda.Proposal{*p}, []agenda.Candidate{old})...))
	if _, on := d.Item("p"); !on {
		t.Error("a question keeps off what a session postponed (P6)")
	}
}

func TestTheComingAgendaSaysWhereAProposalIs(t *testing.T) {
	p := handedIn(t, member, council.NGO)
	done(t, p.MarkReady(officer, at(6)))
	in := with(only(t, "P15"), p.Candidate)
	wantSaid(t, p.Whereabouts(lineup(t, in, agenda.Drafting), nil), agenda.IsOnAgenda,
		"Iekļauts 2024. gada 28. februāra sēdes darba kārtības projektā: 2. jautājums.",
		"On the draft agenda of the session of 28 February 2024: item 2.")
	wantSaid(t, p.Whereabouts(lineup(t, in, agenda.Approved), []council.Date{"2023-12-20", "2024-01-31"}), agenda.IsOnAgenda,
		"Iekļauts 2024. gada 28. februāra sēdes apstiprinātajā darba kārtībā: 2. jautājums. Atlikts 2 reizes, pēdējoreiz – 2024. gada 31. janvāra sēdē.",
		"On the approved agenda of the session of 28 February 2024: item 2. Postponed 2 times, last at the session of 31 January 2024.")
	late := handedIn(t, member, council.NGO)
	late.Submitted = at(19)
	wantSaid(t, late.Whereabouts(lineup(t, with(only(t, "P15"), late.Candidate), agenda.Drafting), nil), agenda.IsLeftOut,
		"Nav iekļauts 2024. gada 28. februāra sēdes darba kārtības projektā. Jautājums iesniegts 2024. gada 19. februārī, bet termiņš bija 14.02.2024. (P15); tas pārceļams uz nākamo sēdi, ja vien padomes vadītājs un vietnieks abi to neatzīst par steidzamu.",
		"Left out of the draft agenda of the session of 28 February 2024. Proposed on 19 February 2024; the time limit was 14 Feb 2024 (P15). It goes to the next session unless chair and deputy both mark it urgent.")
	wantSaid(t, p.Whereabouts(nil, []council.Date{"2024-01-31"}), agenda.IsPostponed,
		"Atlikts 2024. gada 31. janvāra sēdē.", "Postponed at the session of 31 January 2024.")
}

func TestALaterAgendaThatHasAProposalSpeaksForIt(t *testing.T) {
	p := handedIn(t, member, council.NGO)
	p.Submitted = at(19)
	late := lineup(t, with(only(t, "P15"), p.Candidate), agenda.Drafting)
	march := on(with(only(t, "P15"), p.Candidate), "2024-03-27")
	var none *agenda.Lineup
	if w := p.Whereabouts(late.Then(none), nil); w.Where != agenda.IsLeftOut || w.Date != "2024-02-28" {
		t.Errorf("with one agenda it is %s of %s", w.Where, w.Date)
	}
	if w := p.Whereabouts(none.Then(late.Then(lineup(t, march, agenda.Drafting))), nil); w.Where != agenda.IsOnAgenda || w.Date != "2024-03-27" {
		t.Errorf("with both it is %s of %s", w.Where, w.Date)
	}
}

func TestProposersAreToldTheTimeLimitsBefore(t *testing.T) {
	in := input(t)
	s := council.Session{ID: "mar", Kind: council.Regular, Date: "2024-03-27"}
	x := agenda.NewComing(s, &in.Principles, in.Calendar, "2024-03-13")
	if x.Closed || x.ProposalsUntil != "2024-03-13" {
		t.Errorf("closed %t, until %s", x.Closed, x.ProposalsUntil)
	}
	wantReason(t, x.Said, "deadline.open",
		"2024. gada 27. marta sēdei priekšlikumus iesniedz līdz 2024. gada 13. martam; vēlāk iesniegtie gaida nākamo sēdi, ja vien padomes vadītājs un vietnieks abi tos neatzīst par steidzamiem.",
		"For the session of 27 March 2024 proposals come in by 13 March 2024; later ones wait for the next session unless chair and deputy both mark them urgent.")
	wantReason(t, x.Said, "deadline.agenda",
		"Darba kārtību padomes locekļiem izsūta līdz 2024. gada 20. martam un publicē līdz 2024. gada 22. martam.",
		"The agenda goes to the members by 20 March 2024 and is public by 22 March 2024.")
	if x = agenda.NewComing(s, &in.Principles, in.Calendar, "2024-03-14"); !x.Closed {
		t.Error("still open the day after")
	}
	whole(t, x.Said[0].Key, x.Said[0].Facts)
	s.Kind = council.Extraordinary
	if x = agenda.NewComing(s, &in.Principles, in.Calendar, "2024-03-14"); x.ProposalsUntil != "2024-03-26" {
		t.Errorf("of an extraordinary session until %s", x.ProposalsUntil)
	}
	x = agenda.NewComing(s, &agenda.Principles{}, in.Calendar, "2024-03-14")
	if got := agenda.Sentences(locale.EN, x.Said); got != "For the session of 27 March 2024 there is no time limit for proposals." {
		t.Error(got)
	}
}

func TestTheBacklogSaysSinceWhenNextWhenAndWhyNot(t *testing.T) {
	in := input(t)
	var sessions []agenda.Coming
	for _, d := range []council.Date{"2024-02-28", "2024-03-27"} {
		sessions = append(sessions, agenda.NewComing(council.Session{ID: string(d), Kind: council.Regular, Date: d}, &in.Principles, in.Calendar, "2024-02-20"))
	}
	late := handedIn(t, member, council.NGO)
	late.Submitted = at(19)
	early := handedIn(t, stateMember, council.State)
	early.ID = "early"
	task := agenda.Candidate{Matter: agenda.Matter{ID: "task-1/3.1", Source: agenda.FromPlan, Kind: agenda.Discussion, Title: "Mehānisms",
		Tasks: early.Tasks[:0], Postponed: []council.Date{"2024-01-31"}}}
	w := agenda.Waits{Proposals: []agenda.Proposal{*late, *early}, Carried: []agenda.Candidate{task}, Sessions: sessions, Today: "2024-02-20",
		Coming: lineup(t, with(only(t, "P15"), late.Candidate, early.Candidate), agenda.Drafting)}
	type line struct {
		ID    string
		Where agenda.Where
		Age   int
		Next  string
		Out   bool
	}
	var got []line
	for _, x := range w.Backlog() {
		l := line{x.ID, x.Whereabouts.Where, x.Age, "", x.LastOut != nil}
		if x.Next != nil {
			l.Next = x.Next.Session
		}
		got = append(got, l)
	}
	want := []line{{"task-1/3.1", agenda.IsPostponed, 20, "2024-02-28", false}, {"early", agenda.IsOnAgenda, 15, "2024-02-28", false},
		{"p", agenda.IsLeftOut, 1, "2024-03-27", true}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	for f, ids := range map[agenda.Filter][]string{
		{}: {"task-1/3.1", "early", "p"}, {Where: agenda.IsLeftOut}: {"p"}, {Side: council.State}: {"early"}, {Measure: 2}: {"early", "p"},
		{Measure: 2, Side: council.NGO}: {"p"}, {Where: agenda.IsReturned}: nil,
	} {
		done(t, f.Validate())
		var got []string
		for _, x := range w.Backlog() {
			if f.Matches(&x) {
				got = append(got, x.ID)
			}
		}
		if !slices.Equal(got, ids) {
			t.Errorf("%+v chooses %q, want %q", f, got, ids)
		}
	}
	wantFaults(t, agenda.Filter{Where: "lost", Side: "both", Measure: -1}.Validate(), problem.Invalid, "problem.invalid",
		"where problem.choice", "side problem.choice", "measure problem.range")
}

// Whatever people do with proposals and whatever sessions make of them, each
// that was ever handed in is in exactly one place: the backlog, once, and then
// once in the draft of the next agenda; or ended, with a trace of how.
func TestNoProposalIsEverLost(t *testing.T) {
	in := only(t, "P6", "P15", "P18", "P20", "P21")
	rapid.Check(t, func(t *rapid.T) {
		var all []*agenda.Proposal
		carried := map[string]agenda.Candidate{}
		now := at(1)
		act := func() {
			now = now.AddDate(0, 0, 1)
			if len(all) == 0 || rapid.IntRange(0, 2).Draw(t, "new") == 0 {
				who := rapid.SampledFrom([]council.Actor{member, stateMember, officer}).Draw(t, "who")
				p := &agenda.Proposal{Candidate: proposal(fmt.Sprintf("p%d", len(all)), "Par ko", agenda.Discussion, ref(2, 1))}
				p.Initiator = rapid.SampledFrom([]council.Side{"", council.Joint}).Draw(t, "side")
				if err := p.HandIn(who, now); err != nil {
					t.Fatal(err)
				}
				all = append(all, p)
				return
			}
			p := rapid.SampledFrom(all).Draw(t, "proposal")
			open, err := p.State.Open(), error(nil)
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				err = p.Return(officer, now, "Kas ziņos?")
			case 1:
				err = p.Answer(officer, now, "Direktore.")
			case 2:
				err = p.MarkReady(officer, now)
			case 3:
				err = p.Rewrite(officer, now, func(c *agenda.Candidate) { c.Wanted += "!" })
			case 4:
				err = p.Confirm(stateMember, now)
			case 5:
				if err = p.Withdraw(officer, now, "Lieki."); err == nil {
					delete(carried, p.ID)
				}
			}
			if err == nil && !open {
				t.Fatalf("%s was changed after it had ended", p.ID)
			}
		}
		for range rapid.IntRange(1, 4).Draw(t, "sessions") {
			for range rapid.IntRange(0, 12).Draw(t, "acts") {
				act()
			}
			in := in
			in.Session.Date = council.DateOf(now.AddDate(0, 0, 14))
			in.Candidates = accounted(t, all, carried)
			d, err := agenda.Build(in)
			if err != nil {
				t.Fatal(err)
			}
			for i := range in.Candidates {
				c := &in.Candidates[i]
				_, on := d.Item(c.ID)
				out := slices.ContainsFunc(d.LeftOut, func(o agenda.LeftOut) bool { return o.ID == c.ID && len(o.Reasons) > 0 })
				if on == out {
					t.Fatalf("%s is on the agenda %t and left out %t", c.ID, on, out)
				}
			}
			for _, it := range d.Items {
				i := slices.IndexFunc(all, func(p *agenda.Proposal) bool { return p.ID == it.ID })
				if i < 0 {
					continue
				}
				if rapid.Bool().Draw(t, "postponed") {
					it.Postponed = append(slices.Clone(it.Postponed), in.Session.Date)
					carried[it.ID] = agenda.Candidate{Matter: it.Matter}
					continue
				}
				delete(carried, it.ID)
				all[i].End(in.Session, officer, now, rapid.SampledFrom([]agenda.Result{agenda.ByDecision, agenda.ByNoting, agenda.ByWithdrawal}).Draw(t, "result"), "")
			}
			now = in.Session.Date.At("14:00")
			accounted(t, all, carried)
		}
	})
}

// accounted fails unless every proposal is in exactly one place, and gives the
// candidates that there are.
func accounted(t *rapid.T, all []*agenda.Proposal, carried map[string]agenda.Candidate) []agenda.Candidate {
	t.Helper()
	var w agenda.Waits
	for _, p := range all {
		w.Proposals = append(w.Proposals, *p)
	}
	for _, c := range carried {
		w.Carried = append(w.Carried, c)
	}
	times := map[string]int{}
	for _, x := range w.Backlog() {
		times[x.ID]++
	}
	cs := agenda.Join(nil, w.Proposals, w.Carried)
	for _, p := range all {
		n := 0
		for _, c := range cs {
			if c.ID == p.ID {
				n++
			}
		}
		ended := p.Ending != nil && p.Ending.By != ""
		if want := map[bool]int{true: 0, false: 1}[ended]; times[p.ID] != want || n != want || p.State.Open() == ended {
			t.Fatalf("%s is %s, ended %t, %d times in the backlog and %d times a candidate", p.ID, p.State, ended, times[p.ID], n)
		}
		delete(times, p.ID)
	}
	if len(times) > 0 {
		t.Fatalf("the backlog has what nobody handed in: %v", times)
	}
	return cs
}
