package agenda_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

var stateMember = council.Actor{Person: "official", Name: "K. Dzērvīte", Mandates: []council.Mandate{{Role: council.Member, Side: council.State}}}

// handedIn is a proposal that somebody hands in on a day of February 2024.
func handedIn(t testing.TB, a council.Actor, side council.Side) *agenda.Proposal {
	t.Helper()
	p := &agenda.Proposal{Candidate: proposal("p", "Par ziedojumiem", agenda.Decision, ref(2, 1))}
	p.Initiator = side
	if err := p.HandIn(a, at(5)); err != nil {
		t.Fatal(err)
	}
	return p
}

func done(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// wantSaid holds where a proposal is to its sentences.
func wantSaid(t testing.TB, w agenda.Whereabouts, where agenda.Where, lv, en string) {
	t.Helper()
	if w.Where != where {
		t.Errorf("it is %s, want %s", w.Where, where)
	}
	if got := w.Text(locale.LV); got != lv {
		t.Errorf("said\n%s\nwant\n%s", got, lv)
	}
	if got := w.Text(locale.EN); got != en {
		t.Errorf("said\n%s\nwant\n%s", got, en)
	}
	for _, r := range w.Said {
		whole(t, r.Key, r.Facts)
	}
}

func TestAQuestionIsAskedAnsweredAndChecked(t *testing.T) {
	p := handedIn(t, member, council.NGO)
	wantSaid(t, p.Whereabouts(nil, nil), agenda.IsSubmitted,
		"Iesniegts 2024. gada 5. februārī; sekretariāts to vēl nav pārbaudījis.",
		"Submitted on 5 February 2024; the secretariat has not checked it yet.")
	done(t, p.Return(officer, at(7), "  Kas ziņos?  "))
	wantSaid(t, p.Whereabouts(nil, nil), agenda.IsReturned,
		"Atgriezts iesniedzējam 2024. gada 7. februārī ar jautājumu: „Kas ziņos?”",
		"Returned to the proposer on 7 February 2024 with a question: “Kas ziņos?”")
	wantFaults(t, p.MarkReady(officer, at(7)), problem.State, "problem.agenda.not-checkable")
	wantFaults(t, p.Return(officer, at(7), "Un kad?"), problem.State, "problem.agenda.questioned-already")
	done(t, p.Answer(member, at(19), "Ziņos biedrības direktore."))
	if p.State != agenda.Waiting || !p.Submitted.Equal(at(5)) || p.Returned != "" {
		t.Errorf("after the answer it is %s, submitted %s, returned %q; the first submission counts", p.State, p.Submitted, p.Returned)
	}
	if q := p.Questions[0]; q.Text != "Kas ziņos?" || q.Asked.By != "officer" || q.Answered.By != "member" {
		t.Errorf("the question reads %+v", q)
	}
	done(t, p.MarkReady(officer, at(20)))
	wantSaid(t, p.Whereabouts(nil, nil), agenda.IsReady,
		"Iesniegts 2024. gada 5. februārī; sekretariāts to pārbaudījis 2024. gada 20. februārī, un tas ir gatavs izskatīšanai.",
		"Submitted on 5 February 2024; the secretariat checked it on 20 February 2024, and it is ready.")
	wantFaults(t, p.Answer(member, at(20), "Vēl."), problem.State, "problem.agenda.not-questioned")
}

func TestWhatTheCheckRestedOnFallsWithTheWords(t *testing.T) {
	say := func(title string) func(*agenda.Candidate) { return func(c *agenda.Candidate) { c.Title = title } }
	p := handedIn(t, member, council.NGO)
	done(t, p.MarkReady(officer, at(6)), p.Rewrite(member, at(7), say("Par ziedojumiem")))
	if p.State != agenda.Ready {
		t.Errorf("the same words again make it %s", p.State)
	}
	done(t, p.Rewrite(officer, at(7), say("Par ziedotājiem")))
	if p.State != agenda.Ready || p.Checked == nil {
		t.Errorf("the secretariat's own change makes it %s", p.State)
	}
	done(t, p.Rewrite(member, at(8), say("Par nodokļiem")))
	if p.State != agenda.Waiting || p.Checked != nil {
		t.Errorf("other words leave it %s, checked %v", p.State, p.Checked)
	}
}

func TestAJointProposalCountsForBothOnceBothStandBehindIt(t *testing.T) {
	p := handedIn(t, member, council.Joint)
	wantSaid(t, p.Whereabouts(nil, nil), agenda.IsSubmitted,
		"Iesniegts 2024. gada 5. februārī; sekretariāts to vēl nav pārbaudījis. Kopīgo priekšlikumu valsts pārvaldes puse vēl nav apstiprinājusi; līdz tam tas skaitās NVO puses priekšlikums.",
		"Submitted on 5 February 2024; the secretariat has not checked it yet. The state side has not confirmed the joint proposal yet; until then it counts as the NGO side's.")
	cs := agenda.Join(nil, []agenda.Proposal{*p}, nil)
	if p.CountsAs() != council.NGO || cs[0].Initiator != council.NGO {
		t.Errorf("it counts as %q, in a draft as %q", p.CountsAs(), cs[0].Initiator)
	}
	wantFaults(t, p.Confirm(deputy, at(6)), problem.State, "problem.agenda.confirmed-already")
	wantFaults(t, p.Confirm(officer, at(6)), problem.Forbidden, "problem.agenda.confirm")
	done(t, p.Confirm(stateMember, at(6)))
	if p.CountsAs() != council.Joint {
		t.Errorf("confirmed, it counts as %q", p.CountsAs())
	}
	done(t, p.Rewrite(member, at(7), func(c *agenda.Candidate) { c.DraftDecision = "Noraidīt." }))
	if p.CountsAs() != council.NGO {
		t.Errorf("with other words it counts as %q: the other side never saw them", p.CountsAs())
	}
	entered := handedIn(t, officer, council.Joint)
	if entered.CountsAs() != "" {
		t.Errorf("entered by the secretariat it counts as %q", entered.CountsAs())
	}
	done(t, entered.Confirm(member, at(6)), entered.Confirm(stateMember, at(6)))
	if entered.CountsAs() != council.Joint {
		t.Errorf("confirmed by both it counts as %q", entered.CountsAs())
	}
	old := agenda.Proposal{Candidate: proposal("old", "Par agrāko", agenda.Decision), State: agenda.Waiting}
	old.Initiator = council.Joint
	done(t, old.Rewrite(officer, at(8), func(c *agenda.Candidate) { c.Minutes = 20 }))
	if old.CountsAs() != council.Joint {
		t.Errorf("one recorded as joint before counts as %q", old.CountsAs())
	}
	wantFaults(t, handedIn(t, member, council.NGO).Confirm(stateMember, at(6)), problem.State, "problem.agenda.not-joint")
}

func TestNobodyProposesInTheNameOfTheOtherSide(t *testing.T) {
	for _, x := range []struct {
		who        council.Actor
		side, want council.Side
		refused    bool
	}{
		{member, "", council.NGO, false}, {member, council.State, "", true}, {stateMember, council.NGO, "", true},
		{stateMember, council.State, council.State, false}, {officer, council.NGO, council.NGO, false}, {officer, "", "", false},
	} {
		p := agenda.Proposal{Candidate: proposal("p", "Par ziedojumiem", agenda.Decision)}
		p.Initiator = x.side
		err := p.HandIn(x.who, at(5))
		if x.refused {
			wantFaults(t, err, problem.Invalid, "problem.invalid", "initiator problem.agenda.other-side")
		} else if err != nil || p.Initiator != x.want {
			t.Errorf("%s for %q: %v, counts as %q", x.who.Person, x.side, err, p.Initiator)
		}
	}
}

func TestWhatComesByLetterCountsFromTheDayItCame(t *testing.T) {
	p := handedIn(t, officer, council.NGO)
	done(t, p.Received(officer, "2024-02-01", "2024-02-05"))
	if council.DateOf(p.Submitted) != "2024-02-01" {
		t.Errorf("submitted %s", p.Submitted)
	}
	wantFaults(t, p.Received(officer, "2024-02-06", "2024-02-05"), problem.Invalid, "problem.invalid", "received problem.agenda.received-later")
	wantFaults(t, p.Received(officer, "drīz", "2024-02-05"), problem.Invalid, "problem.invalid", "received problem.date")
	wantFaults(t, p.Received(member, "2024-02-01", "2024-02-05"), problem.Forbidden, "problem.agenda.check-proposals")
}

func TestAProposalEndsOnceAndSaysHow(t *testing.T) {
	march := council.Session{ID: "mar", Date: "2024-03-27"}
	p := handedIn(t, member, council.NGO)
	wantFaults(t, p.Withdraw(stateMember, at(8), "Negribam."), problem.Forbidden, "problem.agenda.proposer")
	wantFaults(t, p.Withdraw(member, at(8), " "), problem.Invalid, "problem.invalid", "reason problem.text.missing")
	done(t, p.Withdraw(member, at(8), "Likums jau grozīts"))
	wantSaid(t, p.Whereabouts(nil, nil), agenda.IsWithdrawn,
		"Atsaukts 2024. gada 8. februārī. Pamatojums: Likums jau grozīts.", "Withdrawn on 8 February 2024. Reason: Likums jau grozīts.")
	for _, err := range []error{p.Return(officer, at(9), "Kāpēc?"), p.MarkReady(officer, at(9)), p.Withdraw(member, at(9), "Vēlreiz."),
		p.Rewrite(member, at(9), func(*agenda.Candidate) {}), p.MarkUrgent(chair, at(9)), p.Confirm(stateMember, at(9))} {
		wantFaults(t, err, problem.State, "problem.agenda.not-waiting-proposal")
	}
	for _, x := range []struct {
		result agenda.Result
		where  agenda.Where
		lv, en string
	}{
		{agenda.ByDecision, agenda.IsDealtWith, "Izskatīts 2024. gada 27. marta sēdē; pieņemts lēmums.", "Dealt with at the session of 27 March 2024: a decision was taken."},
		{agenda.ByNoting, agenda.IsDealtWith, "Izskatīts 2024. gada 27. marta sēdē; informācija pieņemta zināšanai.", "Dealt with at the session of 27 March 2024: the council took note."},
		{agenda.ByWithdrawal, agenda.IsWithdrawn, "Atsaukts 2024. gada 27. marta sēdē. Pamatojums: Nav ziņotāja.", "Withdrawn at the session of 27 March 2024. Reason: Nav ziņotāja."},
	} {
		p := handedIn(t, member, council.NGO)
		p.End(march, officer, at(28), x.result, "Nav ziņotāja.")
		wantSaid(t, p.Whereabouts(nil, nil), x.where, x.lv, x.en)
	}
	for state, lv := range map[agenda.ProposalState]string{agenda.DealtWith: "Izskatīts.", agenda.Withdrawn: "Atsaukts."} {
		old := agenda.Proposal{State: state}
		if got := old.Whereabouts(nil, nil).Text(locale.LV); got != lv {
			t.Errorf("one that ended before endings were recorded: %q", got)
		}
	}
}

func TestWhoMayMoveAProposal(t *testing.T) {
	texts := func(p *agenda.Proposal, a council.Actor) map[string]error {
		q := *p
		q.State, q.Questions = agenda.Questioned, []agenda.Question{{Text: "?"}}
		r, s, u := *p, *p, *p
		return map[string]error{"return": r.Return(a, at(8), "Kas ziņos?"), "ready": s.MarkReady(a, at(8)),
			"answer": q.Answer(a, at(8), "Es."), "withdraw": u.Withdraw(a, at(8), "Lieki.")}
	}
	for name, x := range map[string]struct {
		actor council.Actor
		may   string
	}{
		"the proposer": {member, "answer withdraw"}, "the secretariat": {officer, "return ready answer withdraw"},
		"another member": {stateMember, ""}, "a lead": {chair, ""}, "the operator": {operator, ""}, "the public": {public, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for what, err := range texts(handedIn(t, member, council.NGO), x.actor) {
				if may := slices.Contains(strings.Fields(x.may), what); may != (err == nil) {
					t.Errorf("%s: %v, want allowed %t", what, err, may)
				}
			}
		})
	}
}

func TestAQuestionIsShortAndThereAreNotTooMany(t *testing.T) {
	p := handedIn(t, member, council.NGO)
	wantFaults(t, p.Return(officer, at(6), ""), problem.Invalid, "problem.invalid", "question problem.text.missing")
	wantFaults(t, p.Return(officer, at(6), strings.Repeat("k", 2001)), problem.Invalid, "problem.invalid", "question problem.text.long")
	for range 50 {
		done(t, p.Return(officer, at(6), "Kas ziņos?"), p.Answer(member, at(6), "Es."))
	}
	wantFaults(t, p.Return(officer, at(6), "Kas ziņos?"), problem.TooLarge, "problem.agenda.questions")
	done(t, p.MarkReady(officer, time.Time{}))
}
