package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
)

func TestWhoMayDoWhat(t *testing.T) {
	admin := council.Actor{Person: "admin", Mandates: []council.Mandate{{Role: council.Administrator}}}
	both := council.Actor{Person: "both", Mandates: []council.Mandate{{Role: council.Chair}, {Role: council.Secretariat}}}
	keeps := council.Actor{Person: "keeps", Mandates: []council.Mandate{{Role: council.Deputy}, {Role: council.Administrator}}}
	for name, x := range map[string]struct {
		actor                                                 council.Actor
		prepare, approve, settle, read, propose, setPrinciple bool
	}{
		"the secretariat":      {officer, true, false, false, true, true, true},
		"the chair":            {chair, false, true, true, true, true, false},
		"the deputy":           {deputy, false, true, true, true, true, false},
		"a recorded stand-in":  {standIn, false, true, true, true, true, false},
		"a lead who prepares":  {both, true, false, true, true, true, true},
		"a lead who runs it":   {keeps, false, false, true, true, true, false},
		"a member":             {member, false, false, false, false, true, false},
		"an administrator":     {admin, false, false, false, false, false, false},
		"the operator":         {operator, true, false, false, true, true, true},
		"the public":           {public, false, false, false, false, false, false},
		"somebody without any": {council.Actor{Person: "x"}, false, false, false, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			for what, is := range map[string][2]bool{
				"prepare":           {agenda.MayPrepare(x.actor), x.prepare},
				"approve":           {agenda.MayApprove(x.actor), x.approve},
				"settle":            {agenda.MaySettle(x.actor), x.settle},
				"read drafts":       {agenda.MayReadDraft(x.actor), x.read},
				"propose":           {agenda.MayPropose(x.actor), x.propose},
				"record principles": {agenda.MayChangePrinciples(x.actor), x.setPrinciple},
			} {
				if is[0] != is[1] {
					t.Errorf("may %s: %t, want %t", what, is[0], is[1])
				}
			}
		})
	}
}

func TestWhoMayChangeAProposal(t *testing.T) {
	p := agenda.Proposal{By: "member"}
	for name, x := range map[string]struct {
		actor council.Actor
		want  bool
	}{
		"who handed it in": {member, true}, "the secretariat": {officer, true}, "a lead": {chair, false}, "the operator": {operator, false},
		"the public": {public, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.MayChange(x.actor); got != x.want {
				t.Errorf("%t, want %t", got, x.want)
			}
		})
	}
	p.By = ""
	if p.MayChange(public) {
		t.Error("the public may change what nobody handed in")
	}
}
