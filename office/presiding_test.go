package office

import (
	"testing"

	"padome/council"
	"padome/internal/problem"
	"padome/plan"
	"padome/storage"
)

func TestPresidingOutOfTurnAsksWhyAndKeepsIt(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	_, s, _ := d.taken() // the chair presided
	d.at("2024-03-01", "09:00")
	d.propose("Par jauno gadu", plan.Ref{Revision: 1, Measure: 7, Task: 1})
	d.convened(s.ID)
	s = get2(d.Session(ctx, s.ID))(t)
	open := func(presiding, why string) error {
		_, err := d.OpenSession(ctx, d.by("officer"), s.ID, s.Revision, presiding, "taker", "11:00", why)
		return err
	}
	for _, who := range []string{"state-1", "stand-in"} {
		for _, why := range []string{"", "  ", "ā"} {
			if got := faultsOf(open(who, why)); len(got) != 1 || got[0] != "outOfTurn problem.office.out-of-turn" {
				t.Errorf("%s presiding again because %q: %v", who, why, got)
			}
		}
	}
	if err := open("state-1", " Vietniece ir komandējumā. "); err != nil {
		t.Fatal(err)
	}
	if s = get2(d.Session(ctx, s.ID))(t); s.OutOfTurn != "Vietniece ir komandējumā." || s.State != council.Open {
		t.Errorf("kept %q, the session is %s", s.OutOfTurn, s.State)
	}
	list, _, err := d.History(ctx, d.by("officer").Actor, "session", s.ID, storage.Page{Limit: 1})
	if err != nil || list[0].Note != "Vietniece ir komandējumā." {
		t.Errorf("the history says %+v, %v", list, err)
	}
}

func faultsOf(err error) (all []string) {
	e, ok := err.(*problem.Error)
	if !ok {
		return nil
	}
	for _, f := range e.Fields {
		all = append(all, f.Name+" "+f.Key)
	}
	return all
}
