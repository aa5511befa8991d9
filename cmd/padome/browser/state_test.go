package browser

import (
	"encoding/base32"
	"net/url"
	"slices"

	"padome/agenda"
	"padome/council"
	"padome/internal/auth"
	"padome/minutes"
	"padome/office"
	"padome/plan"
	"padome/storage"
)

// Sessions that tests hold or prepare beside those of the demonstration.
const (
	beforeDay  council.Date = "2024-01-10" // held before the council used the program
	finalDay   council.Date = "2024-04-09" // held, its minutes wait for signatures
	draftDay   council.Date = "2024-04-11" // held, its minutes circulated
	sittingDay council.Date = "2024-04-12" // being held
	may        council.Date = "2024-05-29" // a regular one, its agenda submitted
)

// prepared brings about every state that a page can be in: minutes that wait for
// signatures, a draft that is commented on, a session that is being held, one
// whose agenda waits for approval, a second revision of the plan under review,
// proposed principles, accounts of every kind; and for April an agenda that was
// approved and then changed, without the reason that it needs.
func (h *house) prepared() {
	h.Helper()
	h.clock("2024-04-05", func() { h.finalised(h.held(finalDay)) })
	h.approved()
	h.commented(h.held(draftDay))
	h.sitting()
	h.submitted(council.Session{Date: may, Starts: "11:00", Ends: "13:00", Place: "Rīga", Kind: council.Regular, Mode: council.Hybrid})
	_, err := h.office.RecordEarlier(h.Context(), h.by(secretariat), "", 0,
		council.Session{Date: beforeDay, Starts: "11:00", Ends: "12:00", Place: "Rīgā", Kind: council.Extraordinary, Mode: council.Remote},
		minutes.Earlier{Source: "Lieta Nr. 1-4/2", Items: []minutes.EarlierItem{{Title: "Par padomes darbu", Kind: agenda.Information, Outcome: minutes.Noted}}})
	h.must(err)
	h.proposePrinciples()
	h.reviewPlan()
	h.accounts()
	h.correct()
	d := h.decision()
	_, err = h.office.ReportProgress(h.Context(), h.by(secretariat), d.ID, d.Revision, minutes.Report{Text: "Sagatavots.", Status: minutes.PartlyDone})
	h.must(err)
	_, err = h.office.SaveDelegation(h.Context(), h.by(secretariat), 0, council.Delegation{Person: h.by(member).Actor.Person,
		Body: "Eiropas Savienības fondu uzraudzības komiteja", From: "2024-01-31"})
	h.must(err)
}

// clock lets something happen at noon of another day.
func (h *house) clock(day council.Date, do func()) {
	before := h.now.Swap(new(day.At("12:00")))
	defer h.now.Store(before)
	do()
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// by is somebody of the demonstration as the office knows them.
func (h *house) by(who string) office.By {
	h.Helper()
	a, err := h.office.Logins().AccountByName(h.Context(), who)
	h.must(err)
	actor, err := h.office.Actor(h.Context(), a.Person, council.DateOf(*h.now.Load()))
	h.must(err)
	return office.By{Actor: actor, Proof: office.Played}
}

// built has the draft of April's agenda built.
func (h *house) built() agenda.Agenda {
	h.Helper()
	a, err := h.office.BuildAgenda(h.Context(), h.by(secretariat), h.session(april).ID, 0)
	h.must(err)
	return a
}

// approved has April's agenda approved, so that the session is convened; then
// the task that rule P8 asks for is taken out again, which asks for a reason.
func (h *house) approved() {
	h.Helper()
	a := h.built()
	a, err := h.office.SubmitAgenda(h.Context(), h.by(secretariat), a.Session, a.Revision)
	h.must(err)
	a = h.approve(a)
	ids := []string{"opening", "execution", "task-1/1.1", "task-1/6.1", "task-1/8.1"}
	for _, it := range a.Draft.Items[2:] {
		ids = append(ids, it.ID)
	}
	_, err = h.office.ArrangeAgenda(h.Context(), h.by(secretariat), a.Session, a.Revision, ids, "Tā lūdz abi vadītāji.")
	h.must(err)
}

// submitted plans a session and submits its agenda, with a reason for every rule
// that it goes against.
func (h *house) submitted(s council.Session) agenda.Agenda {
	h.Helper()
	ctx, by := h.Context(), h.by(secretariat)
	s, err := h.office.PlanSession(ctx, by, s)
	h.must(err)
	a, err := h.office.BuildAgenda(ctx, by, s.ID, 0)
	h.must(err)
	for _, u := range a.Draft.Unmet {
		if !u.Hard {
			a, err = h.office.OverrideRule(ctx, by, s.ID, a.Revision, u.Reason.Rule, u.Item, "Tā lūdz abi vadītāji.")
			h.must(err)
		}
	}
	a, err = h.office.SubmitAgenda(ctx, by, a.Session, a.Revision)
	h.must(err)
	return a
}

// approve has both leads approve what was submitted.
func (h *house) approve(a agenda.Agenda) agenda.Agenda {
	h.Helper()
	v, _ := a.Current()
	for _, who := range []string{chair, deputy} {
		var err error
		a, err = h.office.ApproveAgenda(h.Context(), h.by(who), a.Session, v.Digest)
		h.must(err)
	}
	return a
}

// opened is an extraordinary session that is open with all members present.
func (h *house) opened(day council.Date) council.Session {
	h.Helper()
	ctx, by := h.Context(), h.by(secretariat)
	a := h.approve(h.submitted(council.Session{Date: day, Starts: "11:00", Ends: "13:00", Place: "Rīga", Kind: council.Extraordinary, Mode: council.Hybrid}))
	s, err := h.office.Session(ctx, a.Session)
	h.must(err)
	s, err = h.office.OpenSession(ctx, by, s.ID, s.Revision, h.by(chair).Actor.Person, by.Actor.Person, "11:00", "Vietniece ir slima.")
	h.must(err)
	r, err := h.office.Roster(ctx)
	h.must(err)
	var entries []minutes.Entry
	for _, seat := range r.Members(s.Date) {
		p, _ := r.Person(seat.Member.Person)
		entries = append(entries, minutes.Entry{Person: p.ID, Name: p.Short(), Side: seat.Side, Capacity: minutes.Voting})
	}
	_, err = h.office.SaveAttendance(ctx, by, s.ID, 0, entries)
	h.must(err)
	return s
}

// sitting is a session that is open with all members present; the first call
// opens it.
func (h *house) sitting() council.Session {
	h.Helper()
	if s, err := h.office.Next(h.Context(), sittingDay); err == nil && s.Date == sittingDay {
		return *s
	}
	return h.opened(sittingDay)
}

// held is a session that was closed, with the draft of its minutes. It decided
// on the first item, noted the others and postponed one that it had added.
func (h *house) held(day council.Date) council.Session {
	h.Helper()
	ctx, by, s := h.Context(), h.by(secretariat), h.opened(day)
	c, _, err := h.office.Version(ctx, by.Actor, s.ID, 0)
	h.must(err)
	added, err := h.office.AddItem(ctx, by, s.ID, agenda.Matter{Kind: agenda.Information, Title: "Par steidzamu jautājumu", Initiator: council.NGO,
		InitiatedBy: "biedrība", Presenters: []string{"V. Šmite"}, Minutes: 5, OutsidePlan: "Steidzami."}, minutes.Vote{For: 16}, 1)
	h.must(err)
	opening := c.Items[0].ID
	_, err = h.office.TakeDecision(ctx, by, s.ID, opening, 0, minutes.Clause{Wording: "Apstiprināt iepriekšējo sēžu protokolus un sēdes darba kārtību."})
	h.must(err)
	now, err := h.office.RecordVote(ctx, by, s.ID, opening, 1, &minutes.Vote{Consensus: true})
	h.must(err)
	_, err = h.office.RecordOutcome(ctx, by, s.ID, opening, now.Revision, minutes.Decided, "")
	h.must(err)
	for _, it := range c.Items[1:] {
		_, err = h.office.RecordOutcome(ctx, by, s.ID, it.ID, 0, minutes.Noted, "")
		h.must(err)
	}
	_, err = h.office.RecordOutcome(ctx, by, s.ID, added.Item.ID, 0, minutes.Postponed, "Ziņotājs nevarēja ierasties.")
	h.must(err)
	s, err = h.office.CloseSession(ctx, by, s.ID, s.Revision, "12:00")
	h.must(err)
	_, err = h.office.DraftMinutes(ctx, by, s.ID, 0)
	h.must(err)
	return s
}

// finalised makes the minutes of a session final.
func (h *house) finalised(s council.Session) {
	h.Helper()
	m, err := h.office.Minutes(h.Context(), h.by(secretariat).Actor, s.ID)
	h.must(err)
	_, err = h.office.FinaliseMinutes(h.Context(), h.by(secretariat), s.ID, m.Revision)
	h.must(err)
}

// commented circulates the draft of a session's minutes, and a member comments.
func (h *house) commented(s council.Session) {
	h.Helper()
	m, err := h.office.Minutes(h.Context(), h.by(secretariat).Actor, s.ID)
	h.must(err)
	_, err = h.office.CirculateMinutes(h.Context(), h.by(secretariat), s.ID, m.Revision)
	h.must(err)
	_, err = h.office.CommentMinutes(h.Context(), h.by(member), s.ID, minutes.Saying{Item: agenda.OpeningID, Text: "Lūdzu precizēt."})
	h.must(err)
}

// proposePrinciples lets the content planning group propose what is in force
// with one rule less; one group agrees.
func (h *house) proposePrinciples() {
	h.Helper()
	set := agenda.WholeCatalogue()
	set.From, set.Rules = "2024-06-01", set.Rules[:len(set.Rules)-1]
	d, err := h.office.ProposePrinciples(h.Context(), h.by(chair), "content", set)
	h.must(err)
	d, err = h.office.RemarkOnPrinciples(h.Context(), h.by(chair), d.ID, d.Revision, "P26", "Vai tiešām?")
	h.must(err)
	_, err = h.office.RecordAgreement(h.Context(), h.by(secretariat), d.ID, d.Revision, "content", "2024-04-09", "protokols Nr. 4")
	h.must(err)
}

// reviewPlan brings the plan's second revision in and begins its review.
func (h *house) reviewPlan() {
	h.Helper()
	ctx, by := h.Context(), h.by(secretariat)
	p, err := plan.Real()
	h.must(err)
	p.Approved = "2024-04-09"
	p.Measures[0].Tasks[0].Text += " Papildināts."
	f := office.PlanFile{Plan: p}
	seen, err := h.office.PreviewPlan(ctx, by.Actor, f)
	h.must(err)
	_, err = h.office.ApplyPlan(ctx, by, f, seen.Digest)
	h.must(err)
	begun, err := h.office.Reviews(ctx, by.Actor) // by the demonstration, of the revision before
	h.must(err)
	_, err = h.office.WithdrawReview(ctx, by, begun[0].ID, begun[0].Revision, "Plānam ir jauna redakcija.")
	h.must(err)
	r, err := h.office.StartReview(ctx, by, 2)
	h.must(err)
	_, err = h.office.EditReview(ctx, by, r.ID, r.Revision, plan.Edit{Op: plan.Reword, Measure: 3, Task: 2, Text: "izstrādāt jaunus priekšlikumus;"})
	h.must(err)
}

// accounts gives the minute-taker a second factor of either kind, a member an account that has
// no password yet, and the deputy a link to set a new one.
func (h *house) accounts() {
	h.Helper()
	a, err := h.office.Logins().AccountByName(h.Context(), minuteTaker)
	h.must(err)
	second := h.secondFactor()
	f, _, ok := auth.NewSecondFactor(*h.now.Load(), second.Get("secret"), second.Get("code"))
	if !ok {
		h.Fatal("the code does not belong to the secret")
	}
	_, err = h.office.Logins().ChangeSecond(h.Context(), h.by(minuteTaker).Actor, "", a.ID, a.Revision, func(a *auth.Account) error {
		a.SetSecond(&f)
		return nil
	})
	h.must(err)
	h.addPasskey(minuteTaker)
	all, err := h.office.People(h.Context(), h.by(secretariat).Actor)
	h.must(err)
	i := slices.IndexFunc(all, func(p council.Person) bool { return p.Surname == "Lielkalns" })
	_, _, err = h.office.Logins().AddAccount(h.Context(), h.by(admin), newcomer, all[i].ID)
	h.must(err)
	lost, err := h.office.Logins().AccountByName(h.Context(), deputy)
	h.must(err)
	h.keys.link, err = h.office.Logins().ResetLink(h.Context(), h.by(admin), lost.ID)
	h.must(err)
}

// secondFactor is what an account sends to begin a second factor.
func (h *house) secondFactor() url.Values {
	h.Helper()
	secret := auth.NewSecret()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	h.must(err)
	return url.Values{"secret": {secret}, "code": {auth.CodeAt(raw, *h.now.Load())}}
}

// decision is one that is still to be carried out.
func (h *house) decision() minutes.Decision {
	h.Helper()
	all, _, err := h.office.OpenDecisions(h.Context(), h.by(secretariat).Actor, storage.Page{Limit: 1})
	h.must(err)
	if len(all) == 0 {
		h.Fatal("no decision is open")
	}
	return all[0]
}

// correct corrects February's minutes three times: as a session has decided, which
// waits for signatures here, and outside, and as May's is to.
func (h *house) correct() {
	h.Helper()
	ctx, by, corrected := h.Context(), h.by(secretariat), h.session(february).ID
	draft := func(decides council.Date) minutes.Correction {
		c, err := h.office.DraftCorrection(ctx, by, corrected, minutes.Wanted{Text: "Piedalās arī V. Šmite.", Ground: "Pārrakstīšanās kļūda.", Decided: h.session(decides).ID})
		h.must(err)
		return c
	}
	finalise := func(c minutes.Correction) {
		_, err := h.office.FinaliseCorrection(ctx, by, corrected, c.ID, c.Revision)
		h.must(err)
	}
	finalise(draft(finalDay))
	h.signing(council.SignedElectronically)
	finalise(draft(finalDay))
	h.signing("")
	draft(may)
}

// signing sets how papers that become final are signed.
func (h *house) signing(how council.Signing) {
	h.Helper()
	set, err := h.office.Settings(h.Context())
	h.must(err)
	set.Signing = how
	_, err = h.office.SaveSettings(h.Context(), h.by(secretariat), set.Revision, set)
	h.must(err)
}
