package storage

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
	"padome/storage/store"
)

func addLink(t *testing.T, inst *Installation, o auth.OneTime) string {
	t.Helper()
	if err := inst.AddLink(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return o.Hash
}

func newcomer(id string) (council.Person, auth.Account) {
	return council.Person{ID: "person-" + id, Given: "Anna", Surname: "Ozola", Gender: council.Feminine},
		auth.Account{ID: "account-" + id, Person: "person-" + id, Name: "anna-" + id, Hash: "hash", Created: testTime}
}

func TestTheFirstAdministratorIsSetUpOnce(t *testing.T) {
	db := open(t)
	inst, c := db.Installation(), db.Council(1)
	_, o := auth.NewSetUp(testTime, time.Hour)
	link := addLink(t, inst, o)
	var won atomic.Int64
	var wg sync.WaitGroup
	for _, id := range []string{"a", "b", "c", "d"} {
		wg.Go(func() {
			p, a := newcomer(id)
			err := inst.SetUp(t.Context(), c, store.CommandID("command-"+id), link, testTime, p, a)
			if err == nil {
				won.Add(1)
			} else if problem.KindOf(err) != problem.NotFound {
				t.Errorf("%s: got %v, want the answer to a used link", id, err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Fatalf("%d administrators were set up, want one", won.Load())
	}
	list, err := ReadInstallation(t.Context(), inst, func(v *InstallationView) ([]auth.Account, error) {
		list, _, err := v.Accounts(Page{Limit: 10})
		return list, err
	})
	if err != nil || len(list) != 1 {
		t.Fatalf("got %d accounts, %v; want one", len(list), err)
	}
	ms := see(t, c, func(v *View) ([]council.Mandate, error) { return v.MandatesOf(list[0].Person) })
	if len(ms) != 1 || ms[0].Role != council.Administrator || ms[0].From != "2024-01-31" {
		t.Errorf("got mandates %+v, want that of administrator from the day", ms)
	}
}

func TestASetUpThatWasInterruptedGoesOn(t *testing.T) {
	db := open(t)
	inst, c := db.Installation(), db.Council(1)
	_, o := auth.NewSetUp(testTime, time.Hour)
	link := addLink(t, inst, o)
	p, a := newcomer("a")
	ch := Change{By: council.Actor{Name: p.Name()}, Command: "x", At: testTime, What: "account.set-up"}
	if _, err := c.firstAdministrator(t.Context(), ch, p); err != nil {
		t.Fatal(err)
	}
	again, account := newcomer("b")
	if err := inst.SetUp(t.Context(), c, "x", link, testTime, again, account); err != nil {
		t.Fatal(err)
	}
	got, err := inst.Account(t.Context(), account.ID)
	if err != nil || got.Person != a.Person {
		t.Errorf("got the account of %q, %v; want it to be of %q, who was there", got.Person, err, a.Person)
	}
	if all := see(t, c, (*View).People); len(all) != 1 {
		t.Errorf("got %d people, want one", len(all))
	}
}

func TestASetUpThatIsRefusedLeavesNothing(t *testing.T) {
	db := open(t)
	inst, c := db.Installation(), db.Council(1)
	taken := addAccount(t, inst, "t", "anna-a")
	_, o := auth.NewSetUp(testTime, time.Hour)
	_, reset := auth.NewReset(testTime, taken, time.Hour)
	good, other := addLink(t, inst, o), addLink(t, inst, reset)
	for name, tt := range map[string]struct {
		link string
		id   string
		at   time.Time
		want problem.Kind
	}{
		"a name that is taken":        {good, "a", testTime, problem.Invalid},
		"a link that has expired":     {good, "b", testTime.Add(2 * time.Hour), problem.NotFound},
		"a link for something else":   {other, "b", testTime, problem.NotFound},
		"a link that nobody gave out": {"unknown", "b", testTime, problem.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			p, a := newcomer(tt.id)
			wantKind(t, inst.SetUp(t.Context(), c, "", tt.link, tt.at, p, a), tt.want)
			if all := see(t, c, (*View).People); len(all) != 0 {
				t.Errorf("got %d people, want none", len(all))
			}
		})
	}
}

func TestANewPasswordEndsLinksAndLogins(t *testing.T) {
	inst := open(t).Installation()
	a := addAccount(t, inst, "a", "anna")
	b := addAccount(t, inst, "b", "juris")
	_, o := auth.NewReset(testTime, a, time.Hour)
	link := addLink(t, inst, o)
	_, l := auth.NewLogin(testTime, a, auth.DefaultLifetimes, "")
	if err := inst.AddLogin(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	c := auth.PasswordChange{Account: "a", Revision: 1, Link: link, Hash: "new", At: testTime}
	wrong := c
	wrong.Account, wrong.Revision = b.ID, b.Revision
	_, err := inst.SetPassword(t.Context(), "", wrong)
	wantKind(t, err, problem.NotFound)
	stale := c
	stale.Revision = 7
	_, err = inst.SetPassword(t.Context(), "", stale)
	wantKind(t, err, problem.Conflict)

	got, err := inst.SetPassword(t.Context(), "x", c)
	if err != nil || got.Hash != "new" || got.Revision != 2 || got.Epoch != a.Epoch+1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	c.Hash = "salted anew"
	again, err := inst.SetPassword(t.Context(), "x", c)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, again, got)
	_, err = inst.SetPassword(t.Context(), "", auth.PasswordChange{Account: "a", Revision: 2, Link: link, Hash: "third", At: testTime})
	wantKind(t, err, problem.NotFound)
	stored, now, err := inst.Login(t.Context(), l.TokenHash)
	if err != nil || stored.Valid(testTime, now) {
		t.Errorf("the login still holds (%v)", err)
	}
	got, err = inst.SetPassword(t.Context(), "", auth.PasswordChange{Account: "a", Revision: 2, Hash: "fourth", At: testTime})
	if err != nil || got.Hash != "fourth" {
		t.Errorf("got %+v, %v; want the password of an owner who was logged in", got, err)
	}
}

func TestForgottenCommandsAreDoneAnew(t *testing.T) {
	now := testTime
	db := openWith(t, Config{Now: func() time.Time { return now }})
	take := func() int {
		t.Helper()
		n, err := Do(t.Context(), db.Council(1), Change{What: "test", Command: "x"}, func(tx *Tx) (int, error) { return tx.NextNumber(2024) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := take()
	forget := func() int {
		t.Helper()
		n, err := db.ForgetCommands(t.Context(), 24*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := forget(); n != 0 || take() != first {
		t.Errorf("forgot %d commands of today", n)
	}
	now = now.Add(25 * time.Hour)
	if n := forget(); n != 1 {
		t.Errorf("forgot %d commands of yesterday, want 1", n)
	}
	if got := take(); got != first+1 {
		t.Errorf("got number %d, want it to be done anew", got)
	}
}
