package storage

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"padome/internal/auth"
	"padome/internal/problem"
	"padome/storage/store"
)

func addAccount(t *testing.T, in *Installation, id, name string) auth.Account {
	t.Helper()
	a, err := in.UpdateAccount(t.Context(), change("account.added"), id, 0, func(a *auth.Account) error {
		a.Name, a.Person, a.Created = name, "person-"+id, testTime
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAccountsAreFoundByName(t *testing.T) {
	inst := open(t).Installation()
	a := addAccount(t, inst, "a", " Anna.Ozola@example.lv ")
	got, err := inst.AccountByName(t.Context(), "anna.ozola@example.lv")
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, got, a)
	if _, err := inst.UpdateAccount(t.Context(), change("account.renamed"), "a", 1, func(a *auth.Account) error {
		a.Name = "anna"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, err = inst.AccountByName(t.Context(), "anna.ozola@example.lv")
	wantKind(t, err, problem.NotFound)
	_, err = inst.Account(t.Context(), "b")
	wantKind(t, err, problem.NotFound)
	entries, err := ReadInstallation(t.Context(), inst, func(v *InstallationView) ([]Entry, error) {
		es, _, err := v.History("account", "a", Page{Limit: 5})
		return es, err
	})
	if err != nil || len(entries) != 2 || entries[0].What != "account.renamed" {
		t.Errorf("got %+v, %v; want both changes", entries, err)
	}
}

func TestANameIsTakenOnce(t *testing.T) {
	inst := open(t).Installation()
	var won, taken atomic.Int64
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			_, err := inst.UpdateAccount(t.Context(), change("account.added"), fmt.Sprint("id", i), 0, func(a *auth.Account) error {
				a.Name, a.Person = "ANNA", "anna"
				return nil
			})
			switch e, _ := errors.AsType[*problem.Error](err); {
			case err == nil:
				won.Add(1)
			case e != nil && e.Kind == problem.Invalid && e.Fields[0].Name == "name":
				taken.Add(1)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || taken.Load() != 19 {
		t.Errorf("%d got the name and %d were told that it is taken; want 1 and 19", won.Load(), taken.Load())
	}
	list, err := ReadInstallation(t.Context(), inst, func(v *InstallationView) ([]auth.Account, error) {
		list, _, err := v.Accounts(Page{Limit: 10})
		return list, err
	})
	if err != nil || len(list) != 1 {
		t.Errorf("got %d accounts, %v; want one", len(list), err)
	}
}

func TestALoginLastsUntilItEnds(t *testing.T) {
	inst := open(t).Installation()
	a := addAccount(t, inst, "a", "anna")
	_, l := auth.NewLogin(testTime, a, auth.DefaultLifetimes, "curl")
	if err := inst.AddLogin(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	got, of, err := inst.Login(t.Context(), l.TokenHash)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, got, l)
	wantSame(t, of, a)
	later := testTime.Add(10 * time.Minute)
	if err := inst.TouchLogin(t.Context(), l.TokenHash, later); err != nil {
		t.Fatal(err)
	}
	if got, _, err := inst.Login(t.Context(), l.TokenHash); err != nil || got.LastSeen != later {
		t.Errorf("last seen %v, %v; want %v", got.LastSeen, err, later)
	}
	for range 2 { // ending it again is no error
		if err := inst.EndLogin(t.Context(), l.TokenHash); err != nil {
			t.Fatal(err)
		}
	}
	if err := inst.TouchLogin(t.Context(), l.TokenHash, later.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	_, _, err = inst.Login(t.Context(), l.TokenHash)
	wantKind(t, err, problem.NotFound)
}

func TestALinkIsUsedOnce(t *testing.T) {
	inst := open(t).Installation()
	_, o := auth.NewSetUp(testTime, time.Hour)
	if err := inst.AddLink(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	use := func(hash string, at time.Time) error {
		_, err := DoInstallation(t.Context(), inst, Change{What: "link.used", At: at}, func(tx *InstallationTx) (struct{}, error) {
			_, _, err := tx.UseLink(hash)
			return struct{}{}, err
		})
		return err
	}
	wantKind(t, use(o.Hash, testTime.Add(2*time.Hour)), problem.NotFound)
	var won atomic.Int64
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if use(o.Hash, testTime.Add(time.Minute)) == nil {
				won.Add(1)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("the link worked %d times, want once", won.Load())
	}
	wantKind(t, use("unknown", testTime), problem.NotFound)
	got, _, err := inst.Link(t.Context(), o.Hash)
	if err != nil || got.Used != testTime.Add(time.Minute) {
		t.Errorf("got %+v, %v; want it marked as used", got, err)
	}
	_, _, err = inst.Link(t.Context(), "unknown")
	wantKind(t, err, problem.NotFound)
}

func TestALinkComesWithItsAccount(t *testing.T) {
	inst := open(t).Installation()
	a := addAccount(t, inst, "a", "anna")
	_, o := auth.NewReset(testTime, a, time.Hour)
	if err := inst.AddLink(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	got, of, err := inst.Link(t.Context(), o.Hash)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, got, o)
	wantSame(t, of, a)
}

func TestEndedLoginsAndLinksAreSwept(t *testing.T) {
	now := testTime
	inst := openWith(t, Config{Now: func() time.Time { return now }}).Installation()
	a := addAccount(t, inst, "a", "anna")
	const many = sweepAtOnce + 20
	_, err := DoInstallation(t.Context(), inst, change("test"), func(tx *InstallationTx) (struct{}, error) {
		for range many {
			_, l := auth.NewLogin(now, a, auth.DefaultLifetimes, "")
			_, o := auth.NewReset(now, a, time.Hour)
			if err := errors.Join(tx.AddLogin(l), tx.AddLink(o)); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sweep := func(want int) {
		t.Helper()
		if n, err := inst.SweepLogins(t.Context()); n != want || err != nil {
			t.Fatalf("swept %d, %v; want %d", n, err, want)
		}
	}
	sweep(0)
	now = now.Add(50 * time.Minute)
	_, kept := auth.NewLogin(now, a, auth.DefaultLifetimes, "")
	if err := inst.AddLogin(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	now = now.Add(50 * time.Minute)
	sweep(2 * many)
	if _, _, err := inst.Login(t.Context(), kept.TokenHash); err != nil {
		t.Errorf("a login in use was swept: %v", err)
	}
}

func TestCouncilsGetTenantsOfTheirOwn(t *testing.T) {
	db := open(t)
	inst := db.Installation()
	var tenants []store.Tenant
	for _, name := range []string{"Memoranda padome", "Cita padome"} {
		r, err := inst.AddCouncil(t.Context(), change("council.added"), name)
		if err != nil {
			t.Fatal(err)
		}
		tenants = append(tenants, r.Tenant)
	}
	wantSame(t, tenants, []store.Tenant{1, 2})
	all, err := inst.Councils(t.Context())
	if err != nil || len(all) != 2 || all[1].Name != "Cita padome" || all[1].Created != testTime {
		t.Errorf("got %+v, %v", all, err)
	}
	_, err = inst.AddCouncil(t.Context(), change("council.added"), " ")
	wantKind(t, err, problem.Invalid)

	addSession(t, db.Council(1), session("s", "2024-01-31"))
	got, _ := pages(t, db.Council(2), Span{}, 10)
	if len(got) != 0 {
		t.Errorf("one council sees the sessions %v of another", got)
	}
}
