package agenda_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/plan"
)

var updatePapers = flag.Bool("update-papers", false, "write the golden files of papers anew")

// frozen is a reason as a submitted version keeps it, in words of its own.
func frozen(rule, lv, en string) agenda.Reason {
	raw, err := json.Marshal(map[string]any{"rule": rule, "key": "reason." + rule, "text": map[string]string{"lv": lv, "en": en}})
	if err != nil {
		panic(err)
	}
	var r agenda.Reason
	if err := json.Unmarshal(raw, &r); err != nil {
		panic(err)
	}
	return r
}

func paperContent() agenda.Content {
	ref := func(measure, task int) plan.Ref { return plan.Ref{Revision: 1, Measure: measure, Task: task} }
	return agenda.Content{
		Version: 2, Principles: 2, Plan: 1,
		Session: council.Session{ID: "s1", Kind: council.Regular, Mode: council.Hybrid, Date: "2024-02-28", Starts: "11:00", Ends: "13:00",
			Place: "Ministru kabinetā, Brīvības bulvārī 36"},
		Items: []agenda.Item{
			{Matter: agenda.Matter{ID: agenda.OpeningID, Source: agenda.Standing, Kind: agenda.Opening, Minutes: 5},
				Number: 1, Reasons: []agenda.Reason{frozen("P1", "Sēdi sāk ar protokola apstiprināšanu.", "The session begins by approving the minutes.")},
				Details: []agenda.Detail{{Ref: "s0", Reason: frozen("P1", "2024. gada 31. janvāra sēdes protokols Nr. 1", "Minutes No. 1 of the session of 31 January 2024")}}},
			{Matter: agenda.Matter{ID: "p1", Source: agenda.FromProposal, Kind: agenda.Decision, Minutes: 30,
				Title: "Par sabiedrības līdzdalības kārtību", Tasks: []plan.Ref{ref(8, 2), ref(3, 1), ref(8, 1)},
				InitiatedBy: "biedrība „Cielava”", Presenters: []string{"Valsts kancelejas konsultants O. Rasa", "B. Cielava"},
				Invited:   []string{"Finanšu ministrijas pārstāvis"},
				Documents: []agenda.Attachment{{Name: "Ziņojums.pdf"}, {Name: "Kārtība.docx"}}},
				Number: 2, Reasons: []agenda.Reason{
					frozen("P6", "Atlikts 2024. gada 31. janvāra sēdē.", "Postponed at the session of 31 January 2024."),
					frozen("P7", "Saistīts ar plāna uzdevumiem.", "Linked to tasks of the plan.")}},
			{Matter: agenda.Matter{ID: "p2", Source: agenda.FromProposal, Kind: agenda.Information, Minutes: 10,
				Title: "Par budžeta aktualitātēm", OutsidePlan: "Finanšu ministrijas lūgums"}, Number: 3, Placement: agenda.Placement{Section: "Aktualitātes", Break: 10}},
			{Matter: agenda.Matter{ID: agenda.AnyOtherID, Source: agenda.Standing, Kind: agenda.AnyOther, Minutes: 15}, Number: 4,
				Details: []agenda.Detail{{Ref: "s2", Reason: frozen("P2", "Nākamā sēde: 2024. gada 27. martā plkst. 11.00", "Next session: 27 March 2024 at 11:00")}}},
		},
		LeftOut: []agenda.LeftOut{{Matter: agenda.Matter{ID: "p9", Source: agenda.FromProposal, Title: "Par vēlāko"},
			Reasons: []agenda.Reason{frozen("P15", "Iesniegts par vēlu.", "Handed in too late.")}}},
		Unmet: []agenda.Breach{
			{Reason: frozen("P7", "Jautājums nav plānā.", "The item is not in the plan."), Item: "p2"},
			{Reason: frozen("P6", "Atliktais jautājums stāv aiz jauniem.", "The postponed item stands behind new ones.")}},
		Overrides: []agenda.Override{
			{Rule: "P7", Item: "p2", Reason: "Steidzami", Name: "Oto Rasa", At: time.Date(2024, 2, 15, 22, 30, 0, 0, time.UTC)},
			{Reason: "Ziņotājs var tikai otrajā daļā", Name: "Oto Rasa", At: time.Date(2024, 2, 16, 9, 0, 0, 0, time.UTC)}},
	}
}

func TestDocument(t *testing.T) {
	print := agenda.Print{Settings: council.DefaultSettings(), Created: time.Date(2024, 2, 16, 10, 0, 0, 0, time.UTC)}
	full := print
	full.Approved, full.Reasons, full.Presiding = true, true, "Memoranda padomes vadītājs – A. Ozols"
	for name, c := range map[string]struct {
		lang locale.Lang
		p    agenda.Print
	}{
		"approved.lv.txt": {locale.LV, full}, "approved.en.txt": {locale.EN, full},
		"draft.lv.txt": {locale.LV, print}, "draft.en.txt": {locale.EN, print},
	} {
		t.Run(name+" reads as it should", func(t *testing.T) {
			d := agenda.Document(c.lang, paperContent(), c.p)
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
			got := d.Title + "\n" + d.Reference + "\n\n" + document.PlainText(d)
			if strings.Contains(got, "⟦") {
				t.Error("a text is missing")
			}
			path := filepath.Join("testdata", "paper", name)
			if *updatePapers {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, string(want)); diff != "" {
				t.Errorf("paper (-got +want):\n%s", diff)
			}
		})
	}
	t.Run("an agenda that leaves nothing out says so", func(t *testing.T) {
		c := paperContent()
		c.LeftOut, c.Unmet, c.Overrides, c.Version = nil, nil, nil, 0
		d := agenda.Document(locale.LV, c, full)
		s := document.PlainText(d)
		if !strings.Contains(s, "Visi jautājumi ir iekļauti darba kārtībā.") || strings.Contains(s, "Neievērotie") {
			t.Error(s)
		}
		if d.Reference != d.Title {
			t.Errorf("a draft that nobody submitted is called %s", d.Reference)
		}
	})
}

func TestTaskLabel(t *testing.T) {
	ref := func(measure, task int) plan.Ref { return plan.Ref{Revision: 1, Measure: measure, Task: task} }
	for _, c := range []struct {
		tasks  []plan.Ref
		lv, en string
	}{
		{nil, "", ""},
		{[]plan.Ref{ref(8, 2)}, "plāna 8. pasākums, uzdevums 8.2.", "plan measure 8, task 8.2"},
		{[]plan.Ref{ref(8, 2), ref(8, 1)}, "plāna 8. pasākums, uzdevumi 8.1., 8.2.", "plan measure 8, tasks 8.1, 8.2"},
		{[]plan.Ref{ref(8, 2), ref(3, 1)}, "plāna 3. pasākums, uzdevums 3.1.; 8. pasākums, uzdevums 8.2.",
			"plan measure 3, task 3.1; measure 8, task 8.2"},
	} {
		t.Run(c.lv, func(t *testing.T) {
			if lv, en := agenda.TaskLabel(locale.LV, c.tasks), agenda.TaskLabel(locale.EN, c.tasks); lv != c.lv || en != c.en {
				t.Errorf("got %q and %q", lv, en)
			}
		})
	}
}
