package office

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// desk is an office over a real database, with a council of 16 and a clock that
// tests set.
type desk struct {
	*Office
	t     testing.TB
	clock atomic.Int64
	blobs *flakyBlobs
}

// flakyBlobs refuses to store while it is told to.
type flakyBlobs struct {
	store.BlobStore
	fails atomic.Bool
}

func (f *flakyBlobs) Put(ctx context.Context, r reader, most int64) (string, int64, error) {
	if f.fails.Load() {
		return "", 0, errDisk
	}
	return f.BlobStore.Put(ctx, r, most)
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t}
	d.at("2024-01-10", "09:00")
	now := func() time.Time { return time.Unix(d.clock.Load(), 0) }
	config := storage.Config{Dir: t.TempDir(), Now: now}
	if pgtest.Chosen() {
		engine := pgtest.Open(t, now)
		config.Engine, d.blobs = engine, &flakyBlobs{BlobStore: engine.Blobs()}
	} else {
		files, err := blob.Open(blob.Config{Dir: config.Dir + "/blobs"})
		if err != nil {
			t.Fatal(err)
		}
		d.blobs = &flakyBlobs{BlobStore: files}
	}
	config.Blobs = d.blobs
	db, err := storage.Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil && !t.Failed() {
			t.Errorf("check at the end: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	d.Office = New(db, 1)
	d.people()
	return d
}

func (d *desk) at(day council.Date, c council.Clock) { d.clock.Store(day.At(c).Unix()) }

var operator = By{Actor: council.Actor{Operator: true, Name: "operators"}}

// people makes 8 members of each side; state-1 is chair, ngo-1 deputy, officer
// and taker the secretariat, stand-in a recorded substitute of the chair.
func (d *desk) people() {
	d.t.Helper()
	person := func(id, surname string) {
		p := council.Person{ID: id, Given: "Zane", Surname: surname, Gender: council.Feminine, Position: "direktore"}
		must(d.t)(d.SavePerson(d.t.Context(), operator, 0, p))
	}
	mandate := func(m council.Mandate) {
		m.From = "2024-01-01"
		must(d.t)(d.SaveMandate(d.t.Context(), operator, 0, m))
	}
	for _, side := range []council.Side{council.State, council.NGO} {
		for i := range 8 {
			id := fmt.Sprintf("%s-%d", side, i+1)
			person(id, "Kārkliņa")
			mandate(council.Mandate{Person: id, Role: council.Member, Side: side})
		}
	}
	for _, id := range []string{"officer", "taker", "stand-in", "admin"} {
		person(id, "Žagare")
	}
	mandate(council.Mandate{Person: "state-1", Role: council.Chair, Side: council.State})
	mandate(council.Mandate{Person: "ngo-1", Role: council.Deputy, Side: council.NGO})
	mandate(council.Mandate{Person: "officer", Role: council.Secretariat})
	mandate(council.Mandate{Person: "taker", Role: council.Secretariat})
	mandate(council.Mandate{Person: "admin", Role: council.Administrator})
	mandate(council.Mandate{Person: "stand-in", Role: council.Chair, Side: council.State, SubstituteFor: "state-1", Basis: "rīkojums Nr. 1"})
}

// by is a person acting today.
func (d *desk) by(person string) By {
	d.t.Helper()
	a, err := d.Actor(d.t.Context(), person, d.Today())
	if err != nil {
		d.t.Fatal(err)
	}
	return By{Actor: a, Proof: Played}
}

// must fails the test on an error and gives the value else.
func must(t testing.TB) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

func get[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// prepared imports the plan and both versions of the principles, and plans the
// session of a day.
func (d *desk) prepared(day council.Date) council.Session {
	ctx, t := d.t.Context(), d.t
	p := get2(plan.Real())(t)
	must(t)(d.ImportPlan(ctx, operator, p))
	must(t)(d.AddPrinciples(ctx, operator, agenda.Transitional()))
	must(t)(d.AddPrinciples(ctx, operator, agenda.WholeCatalogue()))
	return d.plan(day)
}

func get2[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T { return get(t, v, err) }
}

func (d *desk) plan(day council.Date) council.Session {
	s, err := d.PlanSession(d.t.Context(), d.by("officer"), council.Session{Kind: council.Regular, Mode: council.Hybrid,
		Date: day, Starts: "11:00", Ends: "13:00", Place: "Brīvības bulvārī 36"})
	return get(d.t, s, err)
}

// propose hands in a decision item with a document.
func (d *desk) propose(title string, tasks ...plan.Ref) agenda.Proposal {
	ctx, t := d.t.Context(), d.t
	p, err := d.Propose(ctx, d.by("ngo-2"), agenda.Candidate{Matter: agenda.Matter{Kind: agenda.Decision, Title: title, Tasks: tasks,
		Initiator: council.NGO, InitiatedBy: "Biedrība „Tilts”", Minutes: 20, DraftDecision: "Apstiprināt priekšlikumu."}})
	p = get(t, p, err)
	p, err = d.AddDocument(ctx, d.by("ngo-2"), p.ID, p.Revision, "priekšlikums.pdf", "application/pdf", bytes.NewReader([]byte("%PDF-1.7 <</Type/Pages/Count 3>> "+title)))
	return get(t, p, err)
}

// submitted builds and submits the agenda of a session.
func (d *desk) submitted(session string) agenda.Agenda {
	ctx, t := d.t.Context(), d.t
	a, err := d.BuildAgenda(ctx, d.by("officer"), session, 0)
	a = get(t, a, err)
	a, err = d.SubmitAgenda(ctx, d.by("officer"), session, a.Revision)
	return get(t, a, err)
}

// convened is submitted with both approvals.
func (d *desk) convened(session string) agenda.Content {
	ctx, t := d.t.Context(), d.t
	a := d.submitted(session)
	digest := a.Versions[len(a.Versions)-1].Digest
	must(t)(d.ApproveAgenda(ctx, d.by("state-1"), session, digest))
	must(t)(d.ApproveAgenda(ctx, d.by("ngo-1"), session, digest))
	c, _, err := d.Version(ctx, council.Actor{}, session, 0)
	return get(t, c, err)
}

// opened opens the session with twelve members present.
func (d *desk) opened(session string) agenda.Content {
	c := d.convened(session)
	d.sits(session)
	return c
}

// sits opens a convened session with twelve members present.
func (d *desk) sits(session string) {
	ctx, t := d.t.Context(), d.t
	s := get2(d.Session(ctx, session))(t)
	must(t)(d.OpenSession(ctx, d.by("officer"), session, s.Revision, "state-1", "taker", "11:00", "Vietniece ir slima."))
	var es []minutes.Entry
	for _, side := range []council.Side{council.State, council.NGO} {
		for i := range 8 {
			e := minutes.Entry{Person: fmt.Sprintf("%s-%d", side, i+1), Name: "Z. Kārkliņa", Side: side, Capacity: minutes.Voting}
			if i > 5 {
				e.Capacity = minutes.Absent
			}
			es = append(es, e)
		}
	}
	must(t)(d.SaveAttendance(ctx, d.by("taker"), session, 0, es))
}

// deal gives every item its outcome: substantive ones a decision by consensus,
// those named in postpone a postponement, the standing ones "noted".
func (d *desk) deal(session string, c agenda.Content, postpone string) {
	ctx, t := d.t.Context(), d.t
	for _, it := range c.Items {
		switch {
		case it.ID == postpone:
			must(t)(d.RecordOutcome(ctx, d.by("taker"), session, it.ID, 0, minutes.Postponed, "Nav saskaņots."))
		case it.Kind == agenda.AnyOther || it.Kind == agenda.Execution:
			must(t)(d.RecordCourse(ctx, d.by("taker"), session, it.ID, 0, []minutes.Speech{{Kind: minutes.Reports, Who: "Z. Žagare", Text: "Informē par nākamo sēdi."}}))
			must(t)(d.RecordOutcome(ctx, d.by("taker"), session, it.ID, 1, minutes.Noted, ""))
		default:
			d.decide(session, it)
		}
	}
}

func (d *desk) decide(session string, it agenda.Item) {
	ctx, t := d.t.Context(), d.t
	must(t)(d.RecordCourse(ctx, d.by("taker"), session, it.ID, 0, []minutes.Speech{{Kind: minutes.Reports, Who: "Z. Kārkliņa"}}))
	must(t)(d.RecordVote(ctx, d.by("taker"), session, it.ID, 1, &minutes.Vote{For: 11, Abstain: 1}))
	clause := minutes.Clause{Wording: "Apstiprināt."}
	if it.Kind.Substantive() {
		clause = minutes.Clause{Wording: "Finanšu ministrijai sagatavot priekšlikumus.", Addressee: "Finanšu ministrija", UntilNext: true, Tasks: it.Tasks}
	}
	must(t)(d.TakeDecision(ctx, d.by("taker"), session, it.ID, 2, clause))
	must(t)(d.RecordOutcome(ctx, d.by("taker"), session, it.ID, 3, minutes.Decided, ""))
}

// closed deals with everything and closes the session.
func (d *desk) closed(session string, c agenda.Content, postpone string) {
	ctx, t := d.t.Context(), d.t
	d.deal(session, c, postpone)
	s := get2(d.Session(ctx, session))(t)
	must(t)(d.CloseSession(ctx, d.by("taker"), session, s.Revision, "12:45"))
}

// signed drafts, finalises and signs the minutes of a closed session.
func (d *desk) signed(session string) minutes.Minutes {
	ctx, t := d.t.Context(), d.t
	m := get2(d.DraftMinutes(ctx, d.by("taker"), session, 0))(t)
	m = get2(d.FinaliseMinutes(ctx, d.by("taker"), session, m.Revision))(t)
	must(t)(d.SignMinutes(ctx, d.by("state-1"), session, m.Digest))
	return get2(d.SignMinutes(ctx, d.by("taker"), session, m.Digest))(t)
}
