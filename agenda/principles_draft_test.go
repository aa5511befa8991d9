package agenda_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

var (
	workingGroups = []council.WorkingGroup{
		{ID: "finance", Name: "Finanšu darba grupa", NameEN: "Finance", From: "2024-01-01", Lead: "lead", Members: []string{"one", "two"}},
		{ID: "content", Name: "Satura darba grupa", NameEN: "Content", From: "2024-01-01", Members: []string{"three"}},
		{ID: "past", Name: "Bijusī grupa", NameEN: "Past", From: "2023-01-01", Until: "2023-12-31", Members: []string{"four"}},
	}
	groupMember = council.Actor{Person: "one", Name: "E. Rūtiņa"}
	noMember    = council.Actor{Person: "five", Name: "N. Kalns"}
)

// proposedSet is the whole catalogue, proposed by a member of the finance group
// on 5 February in place of version 1, to apply from March.
func proposedSet(t testing.TB) agenda.PrinciplesDraft {
	t.Helper()
	set := agenda.WholeCatalogue()
	set.From = "2024-03-01"
	d := agenda.PrinciplesDraft{ID: "set"}
	must(t, d.Propose(groupMember, "finance", workingGroups, 1, set, at(5)))
	return d
}

func agreeAll(t testing.TB, d *agenda.PrinciplesDraft) {
	t.Helper()
	for _, group := range d.Required {
		must(t, d.Agree(officer, workingGroups, group, "2024-02-08", "protokols Nr. 2", at(9)))
	}
}

func TestEveryGroupInForceMustAgree(t *testing.T) {
	d := proposedSet(t)
	if want := []string{"content", "finance"}; !slices.Equal(d.Required, want) || !slices.Equal(d.Missing(), want) {
		t.Errorf("required %q, missing %q, want %q", d.Required, d.Missing(), want)
	}
	must(t, d.Agree(officer, workingGroups, "finance", "2024-02-08", "protokols Nr. 2", at(9)))
	before := d
	_, err := d.Adopt(officer, agenda.Transitional())
	wantFaults(t, err, problem.State, "problem.principles.not-all")
	if d.State != before.State || d.Version != 0 {
		t.Errorf("a refused adoption left %s and version %d", d.State, d.Version)
	}
	must(t, d.Agree(officer, workingGroups, "content", "2024-02-09", "protokols Nr. 3", at(9)))
	p, err := d.Adopt(officer, agenda.Transitional())
	must(t, err)
	must(t, p.Validate())
	if p.Version != 2 || p.Draft != "set" || d.State != agenda.PrinciplesAdopted || d.Version != 2 {
		t.Errorf("adopted as version %d of %q, draft is %s and %d", p.Version, p.Draft, d.State, d.Version)
	}
	want := []agenda.Agreement{
		{By: "Finanšu darba grupa", On: "2024-02-08", Reference: "protokols Nr. 2"},
		{By: "Satura darba grupa", On: "2024-02-09", Reference: "protokols Nr. 3"},
	}
	if !slices.Equal(p.Agreed, want) {
		t.Errorf("agreed %v, want %v", p.Agreed, want)
	}
}

func TestAChangeVoidsTheAgreements(t *testing.T) {
	d := proposedSet(t)
	agreeAll(t, &d)
	same := d.Content
	must(t, d.Edit(groupMember, workingGroups, 1, same, at(10)))
	if len(d.Missing()) != 0 || d.Edition != 1 {
		t.Errorf("saving the same made edition %d, missing %q", d.Edition, d.Missing())
	}
	same.Rules = slices.Clone(same.Rules)
	same.Rules[0].Hard = false
	must(t, d.Edit(groupMember, workingGroups, 1, same, at(10)))
	if len(d.Missing()) != 2 || d.Edition != 2 || len(d.Agreements) != 0 {
		t.Errorf("a change made edition %d, missing %q", d.Edition, d.Missing())
	}
	agreeAll(t, &d)
	must(t, d.Edit(officer, workingGroups, 2, same, at(10))) // on another version
	if len(d.Missing()) != 2 || d.BasedOn != 2 {
		t.Errorf("based on %d now, missing %q", d.BasedOn, d.Missing())
	}
}

func TestAdoptionIsRefused(t *testing.T) {
	later := agenda.Transitional()
	later.Version = 2
	of2025 := agenda.Transitional()
	of2025.From = "2025-01-01"
	for name, x := range map[string]struct {
		newest agenda.Principles
		from   council.Date
		kind   problem.Kind
		key    string
		fields []string
	}{
		"when another version came since":          {later, "2024-03-01", problem.Conflict, "problem.principles.overtaken", nil},
		"from before the last agreement":           {agenda.Transitional(), "2024-02-07", problem.Invalid, "problem.invalid", []string{"from problem.principles.from"}},
		"from before the version that is in force": {of2025, "2024-03-01", problem.Invalid, "problem.invalid", []string{"from problem.principles.from"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := proposedSet(t)
			d.Content.From = x.from
			agreeAll(t, &d)
			_, err := d.Adopt(officer, x.newest)
			wantFaults(t, err, x.kind, x.key, x.fields...)
		})
	}
}

func TestWhoMayDoWhatToProposedPrinciples(t *testing.T) {
	acts := map[string]func(*agenda.PrinciplesDraft, council.Actor) error{
		"edit": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			return d.Edit(a, workingGroups, 1, d.Content, at(9))
		},
		"withdraw": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			return d.Withdraw(a, workingGroups, "Nevajag.", at(9))
		},
		"reject": func(d *agenda.PrinciplesDraft, a council.Actor) error { return d.Reject(a, "Nepiekrita.", at(9)) },
		"require": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			return d.Require(a, workingGroups, []string{"content"}, at(9))
		},
		"agree": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			return d.Agree(a, workingGroups, "content", "2024-02-08", "Nr. 2", at(9))
		},
		"take back": func(d *agenda.PrinciplesDraft, a council.Actor) error { return d.TakeBack(a, "finance") },
		"adopt": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			_, err := d.Adopt(a, agenda.Transitional())
			return err
		},
		"remark": func(d *agenda.PrinciplesDraft, a council.Actor) error {
			return d.Say(a, workingGroups, "P8", "Labi.", at(9))
		},
		"propose": func(_ *agenda.PrinciplesDraft, a council.Actor) error {
			return new(agenda.PrinciplesDraft).Propose(a, "finance", workingGroups, 1, agenda.WholeCatalogue(), at(9))
		},
	}
	lead := council.Actor{Person: "lead"}
	other := council.Actor{Person: "three"}
	for act, may := range map[string][]council.Actor{
		"propose": {officer, groupMember, lead, operator}, "edit": {officer, groupMember, lead, operator}, "withdraw": {officer, groupMember, lead, operator},
		"reject": {officer, operator}, "require": {officer, operator}, "agree": {officer, operator}, "take back": {officer, operator}, "adopt": {officer, operator},
		"remark": {officer, groupMember, lead, other, member, chair, deputy},
	} {
		for _, a := range []council.Actor{officer, groupMember, lead, other, noMember, {Person: "four"}, member, chair, deputy, operator, public} {
			d := proposedSet(t)
			agreeAll(t, &d)
			err := acts[act](&d, a)
			want := slices.ContainsFunc(may, func(m council.Actor) bool { return m.Person == a.Person && m.Operator == a.Operator })
			if want && err != nil || !want && problem.KindOf(err) != problem.Forbidden {
				t.Errorf("%s by %q: %v, want allowed: %v", act, a.Person, err, want)
			}
		}
	}
}

func TestWhatIsDecidedStays(t *testing.T) {
	d := proposedSet(t)
	must(t, d.Withdraw(groupMember, workingGroups, "Grupa sagatavos jaunu projektu.", at(9)))
	if d.State != agenda.PrinciplesWithdrawn || d.Ended == nil || d.Ended.By != "one" || !strings.HasPrefix(d.Ended.Reason, "Grupa") {
		t.Errorf("withdrawn as %s, %+v", d.State, d.Ended)
	}
	for name, err := range map[string]error{
		"edit":   d.Edit(officer, workingGroups, 1, d.Content, at(10)),
		"agree":  d.Agree(officer, workingGroups, "finance", "2024-02-08", "Nr. 2", at(10)),
		"reject": d.Reject(officer, "Nepiekrita.", at(10)),
		"remark": d.Say(officer, workingGroups, "", "Žēl.", at(10)),
	} {
		t.Run(name, func(t *testing.T) { wantFaults(t, err, problem.State, "problem.principles.decided") })
	}
}

func TestRecordsOfAgreementsAreRefused(t *testing.T) {
	for name, x := range map[string]struct {
		group  string
		on     council.Date
		ref    string
		fields []string
	}{
		"no such day":        {"finance", "2024-02-30", "Nr. 2", []string{"on problem.date"}},
		"a day to come":      {"finance", "2024-02-10", "Nr. 2", []string{"on problem.principles.future"}},
		"no reference":       {"finance", "2024-02-08", "\t", []string{"reference problem.text.missing"}},
		"a long reference":   {"finance", "2024-02-08", strings.Repeat("ā", 301), []string{"reference problem.text.long"}},
		"an emoji":           {"finance", "2024-02-08", "Nr. 2 👍", []string{"reference problem.text.character"}},
		"a group not needed": {"past", "2024-02-08", "Nr. 2", []string{"group problem.principles.not-required"}},
		"no group":           {"", "2024-02-08", "Nr. 2", []string{"group problem.principles.not-required"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := proposedSet(t)
			wantFaults(t, d.Agree(officer, workingGroups, x.group, x.on, x.ref, at(9)), problem.Invalid, "problem.invalid", x.fields...)
			if len(d.Agreements) != 0 {
				t.Error("a refused agreement was recorded")
			}
		})
	}
}

func TestAnAgreementRecordedAgainIsCorrected(t *testing.T) {
	d := proposedSet(t)
	must(t, d.Agree(officer, workingGroups, "finance", "2024-02-07", "Nr. 1", at(9)))
	must(t, d.Agree(officer, workingGroups, "finance", "2024-02-08", "Nr. 2", at(9)))
	if len(d.Agreements) != 1 || d.Agreements[0].Reference != "Nr. 2" {
		t.Errorf("recorded %+v", d.Agreements)
	}
	must(t, d.Require(officer, workingGroups, []string{"content", "content"}, at(9)))
	if len(d.Agreements) != 0 || !slices.Equal(d.Required, []string{"content"}) {
		t.Errorf("required %q, agreements %+v", d.Required, d.Agreements)
	}
}

func TestRemarksHaveAnEnd(t *testing.T) {
	d := proposedSet(t)
	d.Remarks = make([]agenda.Remark, 200)
	wantFaults(t, d.Say(officer, workingGroups, "", "Vēl viena.", time.Now()), problem.Invalid, "problem.invalid", "text problem.principles.remarks")
}
