package office

import (
	"io"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
)

// taken holds and signs the session of February and gives a decision of it for
// the Ministry of Finance, and plans the session of March.
func (d *desk) taken() (february, march council.Session, decision minutes.Decision) {
	ctx, t := d.t.Context(), d.t
	february = d.prepared("2024-02-28")
	march = d.plan("2024-03-27")
	p := d.propose("Par nodokļiem", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	d.at("2024-02-14", "11:00")
	d.closed(february.ID, d.opened(february.ID), "")
	d.signed(february.ID)
	for _, x := range get2(d.DecisionsOf(ctx, d.by("officer").Actor, february.ID))(t) {
		if x.Item == p.ID {
			return february, march, x
		}
	}
	t.Fatal("no decision on the proposal")
	return
}

func wantKey(t testing.TB, err error, kind problem.Kind, key string) {
	t.Helper()
	if problem.KindOf(err) != kind || !strings.Contains(err.Error(), key) {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

func TestADecisionIsFollowedUp(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	_, march, x := d.taken()
	d.at("2024-03-12", "10:00")

	report := minutes.Report{Text: "Priekšlikumi iesniegti.", Status: minutes.Done}
	_, err := d.ReportProgress(ctx, d.by("state-2"), x.ID, x.Revision, report)
	wantKey(t, err, problem.Forbidden, "problem.office.report-for")
	_, err = d.ReportProgress(ctx, By{}, x.ID, x.Revision, report)
	wantKey(t, err, problem.Unknown, "problem.unauthenticated")
	minister := council.Person{ID: "state-2", Given: "Zane", Surname: "Kārkliņa", Gender: council.Feminine, Organisation: "Finanšu ministrija"}
	must(t)(d.SavePerson(ctx, operator, 1, minister))
	x = get2(d.ReportProgress(ctx, d.by("state-2"), x.ID, x.Revision, report))(t)
	x = get2(d.AddEvidence(ctx, d.by("state-2"), x.ID, x.Revision, 1, "vēstule.pdf", "application/pdf", strings.NewReader("%PDF-1.7 vēstule")))(t)
	_, err = d.AddEvidence(ctx, d.by("ngo-2"), x.ID, x.Revision, 1, "cita.pdf", "application/pdf", strings.NewReader("%PDF-1.7"))
	wantKey(t, err, problem.Forbidden, "problem.office.report-for")
	if !x.Status.Open() {
		t.Errorf("a claim made it %s", x.Status)
	}

	t.Run("the evidence can be read by whoever sees the decision", func(t *testing.T) {
		r, file, err := d.Evidence(ctx, council.Actor{}, x.ID, x.Progress[0].Evidence[0].SHA256)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		raw, err := io.ReadAll(r)
		if err != nil || string(raw) != "%PDF-1.7 vēstule" || file.Name != "vēstule.pdf" {
			t.Errorf("%q of %s, %v", raw, file.Name, err)
		}
		_, _, err = d.Evidence(ctx, council.Actor{}, x.ID, strings.Repeat("0", 64))
		wantKey(t, err, problem.NotFound, "problem.missing.document")
	})

	c := d.opened(march.ID)
	t.Run("the standing item says that it waits for the council", func(t *testing.T) {
		for _, it := range c.Items {
			if it.Kind != agenda.Execution {
				continue
			}
			for _, detail := range it.Details {
				if detail.Ref == x.ID {
					s := detail.Reason.Text(locale.LV)
					if !strings.HasSuffix(s, "; ziņots: izpildīts 12.03.2024., gaida padomes apstiprinājumu") {
						t.Errorf("it says %q", s)
					}
					return
				}
			}
		}
		t.Error("the decision is not on the agenda")
	})

	d.at("2024-03-27", "11:10")
	_, err = d.FindDecision(ctx, d.by("ngo-2"), march.ID, agenda.ExecutionID, x.ID, x.Revision, minutes.Judgement{Status: minutes.Done})
	wantKey(t, err, problem.Forbidden, "problem.office.record")
	x = get2(d.FindDecision(ctx, d.by("taker"), march.ID, agenda.ExecutionID, x.ID, x.Revision, minutes.Judgement{Status: minutes.NotDone}))(t)
	x = get2(d.TakeBackFinding(ctx, d.by("taker"), march.ID, agenda.ExecutionID, x.ID, x.Revision))(t)
	x = get2(d.FindDecision(ctx, d.by("taker"), march.ID, agenda.ExecutionID, x.ID, x.Revision, minutes.Judgement{Status: minutes.Done}))(t)
	if x.Status != minutes.Done || len(x.Findings) != 1 {
		t.Errorf("%s after %+v", x.Status, x.Findings)
	}
	t.Run("the public sees it with the minutes that say so", func(t *testing.T) {
		if got := get2(d.Decision(ctx, council.Actor{}, x.ID))(t); got.Status != minutes.OpenStatus || len(got.Findings) != 0 {
			t.Errorf("before: %s, %+v", got.Status, got.Findings)
		}
		d.closed(march.ID, c, "")
		m := d.signed(march.ID)
		if got := get2(d.Decision(ctx, council.Actor{}, x.ID))(t); got.Status != minutes.Done {
			t.Errorf("after: %s", got.Status)
		}
		if s := m.Part(agenda.ExecutionID).Text(); !strings.Contains(s, "Atzīst: 2024. gada 28. februāra sēdes lēmums Nr. "+x.Number()+" – izpildīts.") {
			t.Errorf("the minutes say %q", s)
		}
		found := get2(d.DecisionsFound(ctx, d.by("ngo-2").Actor, march.ID))(t)
		if len(found) != 1 || found[0].ID != x.ID {
			t.Errorf("found at the session: %+v", found)
		}
		_, err := d.DecisionsFound(ctx, council.Actor{}, march.ID)
		wantKey(t, err, problem.NotFound, "problem.missing.record")
	})
}

func TestRemindersAreSentOnce(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	_, march, x := d.taken()
	officer := d.by("officer")
	due := get2(d.RemindersDue(ctx, officer.Actor, march.Date.AddDays(-7)))(t)
	var text string
	for _, r := range due {
		if r.Decision.ID == x.ID {
			text = r.Text(locale.LV)
		}
	}
	for _, want := range []string{"ATGĀDINĀJUMS", "Finanšu ministrija", "(protokols Nr. 1)", "2024. gada 27. marts, līdz tam palikušas 7 dienas"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("the reminder does not say %q:\n%s", want, text)
		}
	}
	x = get2(d.MarkReminded(ctx, officer, x.ID, x.Revision, march.Date.AddDays(-7), ""))(t)
	if s := x.Reminders[0]; s.To != "Finanšu ministrija" || s.By != "officer" {
		t.Errorf("sent: %+v", s)
	}
	for _, r := range get2(d.RemindersDue(ctx, officer.Actor, march.Date.AddDays(-1)))(t) {
		if r.Decision.ID == x.ID {
			t.Error("due again before the next day of reminding")
		}
	}
	_, err := d.MarkReminded(ctx, officer, x.ID, x.Revision, march.Date.AddDays(-1), "")
	wantKey(t, err, problem.State, "problem.minutes.reminder.none")
	_, err = d.RemindersDue(ctx, d.by("ngo-2").Actor, march.Date)
	wantKey(t, err, problem.Forbidden, "problem.office.remind")
	_, err = d.MarkReminded(ctx, d.by("ngo-2"), x.ID, x.Revision, march.Date, "")
	wantKey(t, err, problem.Forbidden, "problem.office.remind")
}

func TestTheCouncilFindsATaskFulfilled(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	february, march, x := d.taken()
	f := plan.Fulfilment{Task: plan.Ref{Measure: 8, Task: 2}, Status: plan.WhollyFulfilled, Session: february.ID, Decision: x.ID}
	_, err := d.FindTask(ctx, d.by("ngo-2"), f)
	wantKey(t, err, problem.Forbidden, "problem.office.find-task")
	wrong := f
	wrong.Task.Task, wrong.Decision = 99, "none"
	_, err = d.FindTask(ctx, d.by("officer"), wrong)
	wantKey(t, err, problem.Invalid, "problem.office.find-task.decision")
	later := f
	later.Session = march.ID
	_, err = d.FindTask(ctx, d.by("officer"), later)
	wantKey(t, err, problem.State, "problem.minutes.session-not-open")
	later.Session = "none"
	_, err = d.FindTask(ctx, d.by("officer"), later)
	wantKey(t, err, problem.Invalid, "problem.missing.session")
	f = get2(d.FindTask(ctx, d.by("officer"), f))(t)
	if f.On != "2024-02-28" || f.Task.Revision != 1 || f.Name == "" {
		t.Errorf("found: %+v", f)
	}
	if all := get2(d.Fulfilments(ctx, council.Actor{}))(t); len(all) != 1 {
		t.Errorf("the public sees %d findings of a session with signed minutes", len(all))
	}
	if page := get2(d.Task(ctx, council.Actor{}, 8, 2))(t); len(page.Findings) != 1 || page.Findings[0].ID != f.ID {
		t.Errorf("the task's page has the findings %+v", page.Findings)
	}
	if page := get2(d.Task(ctx, council.Actor{}, 8, 1))(t); len(page.Findings) != 0 {
		t.Errorf("another task's page has the findings %+v", page.Findings)
	}
	must(t)(d.Assign(ctx, d.by("officer"), plan.Assignment{Task: plan.Ref{Measure: 8, Task: 2}, Responsible: "Valsts kanceleja", DecidedBy: "Darba grupa", DecidedOn: "2024-03-01"}))
	ds := get2(d.Duties(ctx, 0))(t)
	if got := ds[len(ds)-4]; len(ds) != 24 || got.Task.Label() != "8.2." || got.Responsible != "Valsts kanceleja" {
		t.Errorf("%d duties, 8.2. is %+v", len(ds), got)
	}
	_, err = d.Duties(ctx, 7)
	wantKey(t, err, problem.NotFound, "problem.missing.plan")
}
