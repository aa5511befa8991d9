package office

import (
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/storage"
)

// What the model knows of an agenda: P14 in its shortest form.
type lawful struct {
	digest        string // of the current version
	waits         bool   // it is submitted and unchanged since
	chair, deputy bool
}

type asked struct {
	what   string // "approve", "edit", "submit"
	role   council.Role
	digest string
}

type answered struct {
	ok     bool
	digest string // of the version submitted
	status agenda.Status
}

// law is the one legal course of approvals: an approval counts only for the
// content that stands, each office once, and any edit makes it void.
var law = porcupine.Model{
	Init: func() any { return lawful{} },
	Step: func(state, in, out any) (bool, any) {
		s, q, a := state.(lawful), in.(asked), out.(answered)
		switch q.what {
		case "edit":
			s.waits = false
			return a.ok, s
		case "submit":
			legal := !s.waits
			if a.ok {
				s = lawful{digest: a.digest, waits: true}
			}
			return legal == a.ok, s
		}
		given := q.role == council.Chair && s.chair || q.role == council.Deputy && s.deputy
		legal := s.waits && q.digest == s.digest && !given && !(s.chair && s.deputy)
		if legal != a.ok {
			return false, s
		}
		if a.ok {
			s.chair, s.deputy = s.chair || q.role == council.Chair, s.deputy || q.role == council.Deputy
			want := agenda.Submitted
			if s.chair && s.deputy {
				want = agenda.Approved
			}
			return a.status == want, s
		}
		return true, s
	},
}

// log is a history of operations as they began and ended.
type log struct {
	mu  sync.Mutex
	ops []porcupine.Operation
}

func do[A any](l *log, client int, q any, run func() A) {
	from := time.Now().UnixNano()
	a := run()
	until := time.Now().UnixNano()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ops = append(l.ops, porcupine.Operation{ClientId: client, Input: q, Call: from, Output: a, Return: until})
}

// histories is how many histories a test makes: usual in tests, PADOME_SOAK when
// that is given.
func histories(t *testing.T, usual int) int {
	t.Helper()
	value := os.Getenv("PADOME_SOAK")
	if value == "" {
		return usual
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		t.Fatalf("PADOME_SOAK=%s is no number of histories", value)
	}
	t.Logf("%d histories", n)
	return n
}

func TestEditsRacingApprovalsHaveOneLegalResult(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-02-28")
	for range histories(t, 6) {
		var l log
		race(d, s.ID, &l)
		if !porcupine.CheckOperations(law, l.ops) {
			t.Fatal("approvals and edits did not take effect one after another as the law has it")
		}
		checkVersions(t, d, s.ID)
	}
}

// race lets the leads approve while the secretariat edits and submits again.
func race(d *desk, session string, l *log) {
	ctx, t := d.t.Context(), d.t
	officer, chair, deputy := d.by("officer"), d.by("state-1"), d.by("ngo-1")
	a, err := d.BuildAgenda(ctx, officer, session, revisionOf(d, session))
	a = get(t, a, err)
	var ids []string
	for _, it := range a.Draft.Items {
		ids = append(ids, it.ID)
	}
	submit := func(client int) string {
		digest := ""
		do(l, client, asked{what: "submit"}, func() answered {
			x, err := d.SubmitAgenda(ctx, officer, session, storage.Newest)
			if err == nil {
				digest = x.Versions[len(x.Versions)-1].Digest
			}
			return answered{ok: err == nil, digest: digest}
		})
		return digest
	}
	digest := submit(0)
	approve := func(client int, by By, role council.Role) {
		do(l, client, asked{"approve", role, digest}, func() answered {
			x, err := d.ApproveAgenda(ctx, by, session, digest)
			return answered{ok: err == nil, status: x.Status}
		})
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { approve(2*i+1, chair, council.Chair) })
		wg.Go(func() { approve(2*i+2, deputy, council.Deputy) })
	}
	wg.Go(func() {
		do(l, 20, asked{what: "edit"}, func() answered {
			_, err := d.ArrangeAgenda(ctx, officer, session, storage.Newest, ids, "Pārskatīts.")
			return answered{ok: err == nil}
		})
		submit(20)
	})
	wg.Wait()
}

func revisionOf(d *desk, session string) uint64 {
	a, err := d.Agenda(d.t.Context(), d.by("officer").Actor, session)
	if isMissing(err) {
		return 0
	}
	return get(d.t, a, err).Revision
}

// checkVersions holds what is stored to the rule: at most one approval of each
// office, of the version's own digest.
func checkVersions(t *testing.T, d *desk, session string) {
	a := get2(d.Agenda(t.Context(), d.by("officer").Actor, session))(t)
	for _, v := range a.Versions {
		seen := map[council.Role]bool{}
		for _, x := range v.Approvals {
			if seen[x.Role] || x.Digest != v.Digest {
				t.Errorf("version %d has approvals %+v", v.Number, v.Approvals)
			}
			seen[x.Role] = true
		}
	}
}

// The model itself must refuse what is not legal, or it would prove nothing.
func TestTheLawRefusesWhatIsNotLegal(t *testing.T) {
	op := func(client int, at int64, q asked, a answered) porcupine.Operation {
		return porcupine.Operation{ClientId: client, Input: q, Call: at, Output: a, Return: at + 1}
	}
	submitted := op(0, 0, asked{what: "submit"}, answered{ok: true, digest: "d1"})
	for name, ops := range map[string][]porcupine.Operation{
		"an approval that outlives an edit": {submitted,
			op(0, 10, asked{what: "edit"}, answered{ok: true}),
			op(1, 20, asked{"approve", council.Chair, "d1"}, answered{ok: true, status: agenda.Submitted})},
		"one office twice": {submitted,
			op(1, 10, asked{"approve", council.Chair, "d1"}, answered{ok: true, status: agenda.Submitted}),
			op(1, 20, asked{"approve", council.Chair, "d1"}, answered{ok: true, status: agenda.Submitted})},
		"approved by one": {submitted,
			op(1, 10, asked{"approve", council.Chair, "d1"}, answered{ok: true, status: agenda.Approved})},
		"an approval lost": {submitted,
			op(1, 10, asked{"approve", council.Chair, "d1"}, answered{ok: false})},
	} {
		if porcupine.CheckOperations(law, ops) {
			t.Errorf("%s passes for legal", name)
		}
	}
}

func TestFiftyApprovalsAtOnceHaveOneEffectEach(t *testing.T) {
	d := newDesk(t)
	s := d.prepared("2024-02-28")
	a := d.submitted(s.ID)
	var wg sync.WaitGroup
	var given [2]atomic.Int64
	for i := range 50 {
		by := d.by([]string{"state-1", "ngo-1"}[i%2])
		wg.Go(func() {
			if _, err := d.ApproveAgenda(t.Context(), by, s.ID, a.Versions[0].Digest); err == nil {
				given[i%2].Add(1)
			} else if k := problem.KindOf(err); k != problem.State && k != problem.Conflict {
				t.Errorf("an approval that comes too late fails with %v", err)
			}
		})
	}
	wg.Wait()
	if chair, deputy := given[0].Load(), given[1].Load(); chair != 1 || deputy != 1 {
		t.Errorf("of twenty-five approvals each %d of the chair's and %d of the deputy's were taken", chair, deputy)
	}
	a = get2(d.Agenda(t.Context(), d.by("officer").Actor, s.ID))(t)
	if a.Status != agenda.Approved || len(a.Versions[0].Approvals) != 2 {
		t.Errorf("%s with approvals %+v", a.Status, a.Versions[0].Approvals)
	}
	checkVersions(t, d, s.ID)
	if s := get2(d.Session(t.Context(), s.ID))(t); s.State != council.Convened {
		t.Errorf("the session is %s", s.State)
	}
}
