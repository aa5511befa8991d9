package minutes

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
)

// owed is an open decision of the session of January, due on 28 February.
func owed() Decision {
	return Decision{ID: "d", Session: "s1", ItemNo: 2, Clause: 2, Taken: day, Wording: "Finanšu ministrijai iesniegt aprēķinu.",
		Addressee: "Finanšu ministrija", Deadline: "2024-02-28", Status: OpenStatus}
}

func noon(d council.Date) time.Time { return d.At("12:00") }

var (
	march     = council.Session{ID: "s3", Date: "2024-03-27", State: council.Open}
	execution = agenda.Item{Matter: agenda.Matter{ID: agenda.ExecutionID, Kind: agenda.Execution, Title: "Iepriekšējo lēmumu izpilde"}, Number: 2}
)

func reported(t *testing.T, status Status, on council.Date) Decision {
	d := owed()
	must(t, d.Report(actor("officer"), Report{Text: "Aprēķins iesniegts.", Status: status}, noon(on)))
	return d
}

func find(d *Decision, s council.Session, status Status) error {
	return d.Find(actor("officer"), s, execution, Treatment{Decisions: 1}, Judgement{Status: status}, noon(s.Date))
}

func TestAReportOnlyClaims(t *testing.T) {
	d := reported(t, Done, "2024-03-12")
	if p, ok := d.Claimed(); d.Status != OpenStatus || !ok || p.Status != Done || p.For != "Finanšu ministrija" || p.Name != "Oto Rasa" {
		t.Errorf("status %s, claimed %+v", d.Status, p)
	}
	x := d.ForAgenda("")
	if x.Claimed != "done" || x.ClaimedOn != "2024-03-12" || x.Found != "" {
		t.Errorf("for the agenda: %+v", x)
	}
	t.Run("until the council finds so", func(t *testing.T) {
		found := d
		must(t, find(&found, march, Done))
		if _, ok := found.Claimed(); found.Status != Done || ok {
			t.Errorf("status %s, still claimed %v", found.Status, ok)
		}
		for on, want := range map[council.Date]bool{"2024-01-30": false, "2024-03-26": true, "2024-03-27": false} {
			if got := found.OpenAt(on); got != want {
				t.Errorf("open on %s: %v", on, got)
			}
		}
		wantFaults(t, found.Report(actor("officer"), Report{Text: "Vēl.", Status: Done}, noon("2024-04-02")), "problem.minutes.progress.closed")
	})
	t.Run("what is partly done stays open, with what was found", func(t *testing.T) {
		found := d
		must(t, find(&found, march, PartlyDone))
		if x := found.ForAgenda(""); !found.Status.Open() || x.Claimed != "" || x.Found != "partly" || x.FoundOn != "2024-03-27" {
			t.Errorf("%s, %+v", found.Status, x)
		}
	})
	t.Run("that it goes on claims nothing", func(t *testing.T) {
		going := reported(t, OpenStatus, "2024-03-12")
		if _, claimed := going.Claimed(); claimed || going.ForAgenda("").Claimed != "open" {
			t.Errorf("claimed %v, %+v", claimed, going.ForAgenda(""))
		}
	})
}

func TestReportsThatAreRefused(t *testing.T) {
	d := owed()
	wantFaults(t, d.Report(actor("officer"), Report{Status: "settled"}, noon("2024-01-30")),
		"text problem.text.missing", "status problem.choice", "at problem.minutes.progress.early")
	settled := Decision{ItemNo: 1, Clause: 1, Taken: day, Status: Settled}
	wantFaults(t, settled.Report(actor("officer"), Report{Text: "Izdarīts.", Status: Done}, noon("2024-03-01")), "problem.minutes.progress.settled")
	d.Progress = make([]Progress, maxProgress)
	wantFaults(t, d.Report(actor("officer"), Report{Text: "Vēl.", Status: Done}, noon("2024-03-06")), "text problem.minutes.progress.many")
}

func TestWhoReports(t *testing.T) {
	member := actor("ngo-1")
	d := owed()
	for name, c := range map[string]struct {
		by           council.Actor
		organisation string
		want         bool
	}{
		"the secretariat":                        {actor("officer"), "", true},
		"a member of the addressee":              {member, "finanšu ministrija", true},
		"not a member of another organisation":   {member, "Kultūras ministrija", false},
		"not somebody without a mandate":         {council.Actor{Person: "x"}, "Finanšu ministrija", false},
		"not the public, of no organisation too": {council.Actor{}, "", false},
	} {
		if got := d.MayReportFor(c.by, c.organisation); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	d.Addressee = ""
	if d.MayReportFor(member, "") {
		t.Error("a decision to nobody is reported on by a member without an organisation")
	}
}

func TestEvidence(t *testing.T) {
	file := agenda.Attachment{Name: "aprēķins.pdf", SHA256: strings.Repeat("a", 64)}
	d := reported(t, Done, "2024-03-12")
	must(t, d.AddEvidence(actor("officer"), 1, file))
	if got, ok := d.Evidence(file.SHA256); !ok || got != file {
		t.Errorf("got %+v, %v", got, ok)
	}
	if _, ok := d.Evidence(strings.Repeat("b", 64)); ok {
		t.Error("found a file that is not there")
	}
	wantFaults(t, d.AddEvidence(actor("officer"), 2, file), "problem.minutes.report")
	wantFaults(t, d.AddEvidence(actor("ngo-1"), 1, file), "problem.minutes.report.whose")
	full := d
	full.Progress = slices.Clone(d.Progress)
	full.Progress[0].Evidence = make([]agenda.Attachment, maxEvidence)
	wantFaults(t, full.MayAddEvidence(actor("officer"), 1), "problem.minutes.report.evidence")
	must(t, find(&d, march, PartlyDone))
	wantFaults(t, d.AddEvidence(actor("officer"), 1, file), "problem.minutes.report.dealt-with")
}

func TestFindingsThatAreRefused(t *testing.T) {
	d := owed()
	closed, own := march, march
	closed.State, own.ID = council.Closed, "s1"
	other := agenda.Item{Matter: agenda.Matter{ID: "p1", Kind: agenda.Decision, Title: "Par nodokļiem"}, Number: 3}
	wantFaults(t, find(&d, closed, Done), "problem.minutes.session-closed")
	wantFaults(t, find(&d, own, Done), "problem.minutes.finding.own")
	wantFaults(t, d.Find(actor("officer"), march, other, Treatment{}, Judgement{Status: Done}, noon(march.Date)), "problem.minutes.finding.item")
	wantFaults(t, d.Find(actor("officer"), march, execution, Treatment{}, Judgement{Status: OpenStatus, Clause: 1}, noon(march.Date)),
		"status problem.choice", "clause problem.range")
	other.Details = []agenda.Detail{{Ref: "d"}}
	must(t, d.Find(actor("officer"), march, other, Treatment{}, Judgement{Status: Done}, noon(march.Date)))
	april := council.Session{ID: "s4", Date: "2024-04-24", State: council.Open}
	wantFaults(t, find(&d, april, PartlyDone), "problem.minutes.finding.closed")
	wantFaults(t, d.TakeBackFinding(april), "problem.minutes.finding.none")
}

func TestASessionFindsOnce(t *testing.T) {
	d := owed()
	must(t, find(&d, march, Done))
	must(t, find(&d, march, NotDone))
	if d.Status != NotDone || len(d.Findings) != 1 {
		t.Errorf("%s after %d findings", d.Status, len(d.Findings))
	}
	public := d.WithoutFinding("s3")
	if public.Status != OpenStatus || d.Status != NotDone {
		t.Errorf("without it %s, with it %s", public.Status, d.Status)
	}
	must(t, d.TakeBackFinding(march))
	if d.Status != OpenStatus || len(d.Findings) != 0 {
		t.Errorf("%s after taking it back", d.Status)
	}
}

func TestAClauseThatAFindingRestsOnStays(t *testing.T) {
	d := owed()
	must(t, d.Find(actor("officer"), march, execution, Treatment{Decisions: 2}, Judgement{Status: Done, Clause: 2}, noon(march.Date)))
	r := Record{Found: []Decision{d}}
	clause := Decision{Session: "s3", Item: agenda.ExecutionID, ItemNo: 2, Clause: 2}
	wantFaults(t, r.MayTakeBack(clause), "problem.minutes.finding.clause")
	clause.Clause = 1
	must(t, r.MayTakeBack(clause))
}

func TestTheMinutesSayWhatWasFound(t *testing.T) {
	d := owed()
	must(t, d.Find(actor("officer"), march, execution, Treatment{}, Judgement{Status: PartlyDone, Note: "Trūkst aprēķina par 2025. gadu."}, noon(march.Date)))
	r := Record{Session: march, Agenda: agenda.Content{Items: []agenda.Item{execution}}, Found: []Decision{d}}
	want := "Atzīst: 2024. gada 31. janvāra sēdes lēmums Nr. 2.2. – daļēji izpildīts. Trūkst aprēķina par 2025. gadu."
	if got := draftItem(&r, execution); got != want {
		t.Errorf("got %q", got)
	}
	r.Past = true
	if got := draftItem(&r, execution); !strings.HasPrefix(got, "Atzina: ") {
		t.Errorf("got %q", got)
	}
}

func TestWhenAReminderIsDue(t *testing.T) {
	for name, c := range map[string]struct {
		set   council.Reminders
		on    council.Date
		stage Stage
		day   council.Date
	}{
		"not yet":                   {council.UsualReminders, "2024-02-20", "", ""},
		"a week before":             {council.UsualReminders, "2024-02-21", Ahead, "2024-02-21"},
		"in the week before":        {council.UsualReminders, "2024-02-27", Ahead, "2024-02-21"},
		"on the day":                {council.UsualReminders, "2024-02-28", OnDay, "2024-02-28"},
		"the day itself, belated":   {council.UsualReminders, "2024-03-12", OnDay, "2024-02-28"},
		"two weeks after":           {council.UsualReminders, "2024-03-13", Belated, "2024-03-13"},
		"the newest of those after": {council.UsualReminders, "2024-04-01", Belated, "2024-03-27"},
		"never before":              {council.Reminders{OnDay: true}, "2024-02-27", "", ""},
		"only once on the day":      {council.Reminders{OnDay: true}, "2024-12-01", OnDay, "2024-02-28"},
		"never":                     {council.Reminders{}, "2024-12-01", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, ok := owed().ReminderDue(c.set, c.on, "")
			if ok != (c.stage != "") || r.Stage != c.stage || r.For != c.day {
				t.Errorf("got %s of %s, %v", r.Stage, r.For, ok)
			}
		})
	}
}

func TestNoReminderOf(t *testing.T) {
	done := owed()
	must(t, find(&done, march, Done))
	without := owed()
	without.Deadline = ""
	waits := without
	waits.UntilNext = true
	for name, d := range map[string]Decision{"what is done": done, "what has no deadline": without,
		"what is reported as done": reported(t, Done, "2024-03-12"), "what waits for a session that is not planned": waits} {
		if _, ok := d.ReminderDue(council.UsualReminders, "2024-12-01", ""); ok {
			t.Errorf("a reminder of %s", name)
		}
	}
	if _, ok := waits.ReminderDue(council.UsualReminders, "2024-02-28", "2024-02-28"); !ok {
		t.Error("no reminder of what is due at the next session on its day")
	}
	partly := reported(t, PartlyDone, "2024-03-12")
	if _, ok := partly.ReminderDue(council.UsualReminders, "2024-12-01", ""); !ok {
		t.Error("no reminder of what is reported as partly done")
	}
}

// A reminder that was sent is not due again until the next day of reminding, and
// never two for one day.
func TestAReminderIsSentOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := council.Reminders{Before: rapid.IntRange(0, 20).Draw(t, "before"), OnDay: rapid.Bool().Draw(t, "on day"),
			Every: rapid.IntRange(0, 20).Draw(t, "every")}
		d, on := owed(), day
		last := council.Date("")
		for range 120 {
			on = on.AddDays(1)
			if !rapid.Bool().Draw(t, "works") {
				continue
			}
			r, ok := d.ReminderDue(set, on, "")
			if !ok {
				continue
			}
			if r.For > on || r.For <= last {
				t.Fatalf("on %s due for %s, after %s", on, r.For, last)
			}
			last = r.For
			if err := d.MarkReminded(actor("officer"), set, on, "", "", noon(on)); err != nil {
				t.Fatal(err)
			}
			if _, again := d.ReminderDue(set, on, ""); again {
				t.Fatalf("due again on %s", on)
			}
		}
	})
}

func TestMarkingAReminder(t *testing.T) {
	d := owed()
	wantFaults(t, d.MarkReminded(actor("officer"), council.UsualReminders, "2024-02-01", "", "", noon("2024-02-01")), "problem.minutes.reminder.none")
	must(t, d.MarkReminded(actor("officer"), council.UsualReminders, "2024-02-22", "", "", noon("2024-02-22")))
	want := []Sent{{For: "2024-02-21", To: "Finanšu ministrija", By: "officer", Name: "Oto Rasa", At: noon("2024-02-22").UTC()}}
	if diff := cmp.Diff(d.Reminders, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestTheReminderReads(t *testing.T) {
	for name, c := range map[string]struct {
		on     council.Date
		number int
		change func(*Decision)
		lang   locale.Lang
	}{
		"reminder.ahead.lv.txt":   {"2024-02-21", 1, nil, locale.LV},
		"reminder.ahead.en.txt":   {"2024-02-21", 1, nil, locale.EN},
		"reminder.on-day.lv.txt":  {"2024-02-28", 0, func(d *Decision) { d.Addressee = "" }, locale.LV},
		"reminder.on-day.en.txt":  {"2024-02-28", 0, func(d *Decision) { d.Addressee = "" }, locale.EN},
		"reminder.belated.lv.txt": {"2024-03-20", 1, nil, locale.LV},
		"reminder.belated.en.txt": {"2024-03-20", 1, nil, locale.EN},
	} {
		t.Run(name, func(t *testing.T) {
			d := reported(t, PartlyDone, "2024-02-20")
			if c.change != nil {
				c.change(&d)
			}
			r, ok := d.ReminderDue(council.UsualReminders, c.on, "")
			if !ok {
				t.Fatal("none due")
			}
			paper := r.Paper(c.lang, council.DefaultSettings(), c.on, c.number)
			must(t, paper.Validate())
			got := document.PlainText(paper)
			if strings.Contains(got, "⟦") {
				t.Error("a text is missing")
			}
			golden(t, name, paper.Title+"\n\n"+got)
		})
	}
}
