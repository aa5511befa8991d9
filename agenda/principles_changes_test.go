package agenda_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padome/agenda"
	"padome/internal/locale"
)

// changesOf are the differences as "change rule param from to", and holds each
// sentence to form in both languages.
func changesOf(t testing.TB, a, b agenda.Principles) []string {
	t.Helper()
	var all []string
	for _, c := range agenda.DiffPrinciples(a, b) {
		all = append(all, strings.Join(strings.Fields(strings.Join([]string{string(c.Change), c.Rule, c.Param, c.From, c.To}, " ")), " "))
		for _, lang := range locale.Langs {
			wellFormed(t, c.Sentence.Key, lang, c.Text(lang))
		}
	}
	return all
}

func TestDifferencesOfTwoVersions(t *testing.T) {
	watch := agenda.Watched{Title: "Atvērtās pārvaldības plāns", TitleEN: "Open Government plan", Measure: 6, Task: 1}
	base := agenda.WholeCatalogue()
	base.Watched = []agenda.Watched{watch}
	for name, x := range map[string]struct {
		change func(*agenda.Principles)
		want   []string
		lv, en string
	}{
		"none":       {func(*agenda.Principles) {}, nil, "", ""},
		"who agreed": {func(p *agenda.Principles) { p.Agreed, p.Version = nil, 9 }, nil, "", ""},
		"a value named": {func(p *agenda.Principles) {
			*p = param(agenda.Input{Principles: *p}, "P8", "coverage_window", "6").Principles
		}, nil, "", ""},
		"title": {func(p *agenda.Principles) { p.Title, p.TitleEN = "Jauni principi", "New principles" }, []string{"title Darba kārtības veidošanas principi Jauni principi"},
			"Nosaukums: bija „Darba kārtības veidošanas principi”, ir „Jauni principi”.", "Title: was “Agenda principles”, is “New principles”."},
		"date": {func(p *agenda.Principles) { p.From = "2024-07-01" }, []string{"from 2024-02-01 2024-07-01"},
			"Spēkā sēdēm no 2024. gada 1. jūlija; iepriekš bija no 2024. gada 1. februāra.", "Applies to sessions from 1 July 2024; before, from 1 February 2024."},
		"note": {func(p *agenda.Principles) { p.Note = "Labots." }, []string{"note Labots."}, "Mainīts paskaidrojums.", "The explanatory note has changed."},
		"a parameter": {func(p *agenda.Principles) {
			*p = param(agenda.Input{Principles: *p}, "P8", "coverage_window", "8").Principles
		}, []string{"param P8 coverage_window 6 8"},
			"Pamatprincipa P8 parametrs coverage_window: bija 6, ir 8.", "Parameter coverage_window of rule P8: was 6, is 8."},
		"made hard": {func(p *agenda.Principles) { *p = hard(agenda.Input{Principles: *p}, "P7", true).Principles }, []string{"rule-hard P7"},
			"Pamatprincips P7 kļūst obligāts.", "Rule P7 becomes binding."},
		"made soft": {func(p *agenda.Principles) { *p = hard(agenda.Input{Principles: *p}, "P9", false).Principles }, []string{"rule-soft P9"},
			"Pamatprincips P9 vairs nav obligāts: no tā var atkāpties, norādot pamatojumu.", "Rule P9 is no longer binding: going against it needs a reason."},
		"removed": {func(p *agenda.Principles) {
			p.Rules = slices.DeleteFunc(p.Rules, func(s agenda.Setting) bool { return s.Rule == "P21" })
		}, []string{"rule-removed P21"},
			"Svītrots pamatprincips P21.", "Rule P21 is removed."},
		"a kind of measure": {func(p *agenda.Principles) { p.PlanKinds = map[int]agenda.Kind{1: agenda.Data, 6: agenda.Discussion} }, []string{"plan-kind review discussion"},
			"6. pasākuma uzdevumi darba kārtībā: bija izvērtēšana, ir diskusija.", "Tasks of measure 6 on agendas: were review, are discussion."},
		"watched no more": {func(p *agenda.Principles) { p.Watched = nil }, []string{"watched-removed"},
			"No uzraugāmajiem dokumentiem svītrots „Atvērtās pārvaldības plāns”.", "“Open Government plan” is no longer among the documents that are watched."},
		"watched by another task": {func(p *agenda.Principles) { p.Watched = []agenda.Watched{watch}; p.Watched[0].Task = 2 }, []string{"watched-task 6.1. 6.2."},
			"Dokumentu „Atvērtās pārvaldības plāns” uzrauga ar uzdevumu 6.2.; iepriekš bija 6.1.", "“Open Government plan” is watched by task 6.2.; before, by 6.1."},
		"watched more often": {func(p *agenda.Principles) { p.Watched = []agenda.Watched{watch}; p.Watched[0].Months = 6 }, []string{"watched-months 0 6"},
			"Dokumentu „Atvērtās pārvaldības plāns” turpmāk izskata vismaz reizi 6 mēnešos, nevis tik bieži, cik nosaka pamatprincips P11.",
			"“Open Government plan” now comes on at least once in 6 months, not as often as rule P11 has it."},
	} {
		t.Run(name, func(t *testing.T) {
			b := base
			b.Rules = slices.Clone(base.Rules)
			x.change(&b)
			got := changesOf(t, base, b)
			if !slices.Equal(got, x.want) {
				t.Fatalf("%q, want %q", got, x.want)
			}
			if x.want == nil {
				return
			}
			c := agenda.DiffPrinciples(base, b)[0]
			if lv, en := c.Text(locale.LV), c.Text(locale.EN); lv != x.lv || en != x.en {
				t.Errorf("%q / %q,\nwant %q / %q", lv, en, x.lv, x.en)
			}
		})
	}
}

func TestARuleThatIsAddedTellsItsParameters(t *testing.T) {
	a := agenda.Transitional()
	b := a
	b.Rules = append(slices.Clone(a.Rules), agenda.Setting{Rule: "P8", Params: map[string]string{"coverage_window": "4"}}, agenda.Setting{Rule: "P9", Hard: true})
	want := []string{"rule-added P8", "param P8 coverage_window 6 4", "rule-added P9"}
	if got := changesOf(t, a, b); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	want = []string{"rule-removed P8", "rule-removed P9"}
	if got := changesOf(t, b, a); !slices.Equal(got, want) {
		t.Errorf("back: %q, want %q", got, want)
	}
}

func TestNoDifferenceExactlyWhenNothingDiffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPrinciples(t, agenda.WholeCatalogue()), randomPrinciples(t, agenda.WholeCatalogue())
		if d := agenda.DiffPrinciples(a, a); len(d) != 0 {
			t.Fatalf("a version differs from itself: %+v", d)
		}
		there, back := agenda.DiffPrinciples(a, b), agenda.DiffPrinciples(b, a)
		if (len(there) == 0) != (len(back) == 0) {
			t.Fatalf("there %+v, back %+v", there, back)
		}
	})
}
