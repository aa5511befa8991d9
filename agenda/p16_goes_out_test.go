package agenda_test

import (
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
)

func TestP16TheAgendaGoesOutInTime(t *testing.T) {
	today := func(day council.Date) agenda.Input {
		in := only(t, "P16")
		in.Today = day
		return in
	}
	t.Run("before the day it says until when", func(t *testing.T) {
		d := build(t, today("2024-02-21"))
		wantOn(t, d, agenda.OpeningID, "reason.p16.until",
			"Darba kārtība abiem vadītājiem jāapstiprina ne vēlāk kā 2024. gada 21. februārī, lai to laikus izsūtītu un publicētu (P16).",
			"Both leads must approve the agenda no later than 21 Feb 2024, so that it goes out in time (P16).")
		wantKept(t, d.Unmet, "P16")
	})
	t.Run("after it, it says what is left to do", func(t *testing.T) {
		wantBreach(t, build(t, today("2024-02-22")).Unmet, "reason.p16.unmet", true,
			"Darba kārtība bija jāapstiprina un jāizsūta ne vēlāk kā 2024. gada 21. februārī (P16). Pārceliet sēdi uz vēlāku dienu vai rīkojiet to kā ārkārtas sēdi.",
			"The agenda had to be approved and sent out no later than 21 Feb 2024 (P16). Move the session to a later day, or hold it as an extraordinary one.")
	})
	t.Run("an extraordinary session has until the working day before", func(t *testing.T) {
		in := today("2024-02-27")
		in.Session.Kind = council.Extraordinary
		wantKept(t, build(t, in).Unmet, "P16")
		in.Today = "2024-02-28"
		wantBreach(t, build(t, in).Unmet, "reason.p16.unmet-extraordinary", true,
			"Ārkārtas sēdes darba kārtība bija jāapstiprina un jāizsūta ne vēlāk kā 2024. gada 27. februārī (P16). Pārceliet sēdi uz vēlāku dienu.",
			"The agenda of the extraordinary session had to be approved and sent out no later than 27 Feb 2024 (P16). Move the session to a later day.")
	})
	t.Run("whichever comes first of members and public binds", func(t *testing.T) {
		in := param(param(today("2024-02-21"), "P16", "members", "2"), "P16", "public", "6")
		wantNoReason := build(t, in).Unmet
		if len(wantNoReason) == 0 || wantNoReason[0].Reason.Facts["limit"] != "2024-02-20" {
			t.Errorf("unmet = %v, want one with 20 February", wantNoReason)
		}
	})
	t.Run("a preview of a day far off asks for nothing", func(t *testing.T) {
		in := only(t, "P16")
		for _, it := range build(t, in).Items {
			for _, r := range it.Reasons {
				if strings.HasPrefix(r.Key, "reason.p16") {
					t.Errorf("says %s", r.Text("lv"))
				}
			}
		}
	})
}

func TestP16SubmitAndApproveKeepTheDay(t *testing.T) {
	in := only(t, "P16")
	a := agenda.New("feb")
	must(t, a.Rebuild(officer, in))
	wantFaults(t, a.Submit(officer, in, at(22)), problem.State, "problem.agenda.not-ready", "rules.P16 reason.p16.unmet")
	must(t, a.Submit(officer, in, at(20)))
	v, _ := a.Current()
	if v.OutBy != "2024-02-21" {
		t.Fatalf("to be approved by %s", v.OutBy)
	}
	must(t, a.Approve(deputy, v.Digest, at(20)))
	midnight := time.Date(2024, 2, 21, 22, 0, 0, 0, time.UTC) // 22 February in Riga
	err := a.Approve(chair, v.Digest, midnight)
	wantFaults(t, err, problem.State, "problem.agenda.out-late")
	if a.Status != agenda.Submitted || len(v.Approvals) != 1 {
		t.Errorf("a late approval left %s with %d approvals", a.Status, len(v.Approvals))
	}
	must(t, a.Approve(chair, v.Digest, midnight.Add(-time.Second)))
	if a.Status != agenda.Approved {
		t.Errorf("the agenda is %s", a.Status)
	}
}

func TestDeadlines(t *testing.T) {
	in := input(t)
	for kind, want := range map[council.SessionKind]string{
		council.Regular:       "proposals 2024-02-14 , members 2024-02-21 , public 2024-02-23 , observers 2024-02-27 17:00, ",
		council.Extraordinary: "proposals 2024-02-27 , members 2024-02-27 , public 2024-02-27 , observers 2024-02-27 17:00, ",
	} {
		in.Session.Kind = kind
		got := ""
		for _, d := range agenda.Deadlines(&in.Principles, in.Calendar, in.Session) {
			got += string(d.Of) + " " + string(d.Date) + " " + string(d.Clock) + ", "
			if !d.End.Equal(council.DeadlineAt(d.Date, d.Clock)) || d.Rule == "" {
				t.Errorf("%+v", d)
			}
		}
		if got != want {
			t.Errorf("%s: %s", kind, got)
		}
	}
	transitional := agenda.Transitional()
	if ds := agenda.Deadlines(&transitional, in.Calendar, in.Session); len(ds) != 0 {
		t.Errorf("rules not in force set %v", ds)
	}
	if _, ok := agenda.ObserversUntil(&transitional, in.Calendar, in.Session); ok {
		t.Error("there is a deadline for observers without P17")
	}
}
