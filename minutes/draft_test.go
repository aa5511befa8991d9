package minutes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/agenda"
	"padome/internal/locale"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want []Line
	}{
		{"labels in both languages and tenses", "Ziņo: A\nizsakās: B\nIzteicās: C\nVote: for – 1\nNolēma:", []Line{
			{Kind: ReportsLine, Text: "A"}, {Kind: SpeaksLine, Text: "B"}, {Kind: SpeaksLine, Text: "C"},
			{Kind: VoteLine, Text: "for – 1"}, {Kind: DecidesLine}}},
		{"clauses only below the decision", "1.1. nav punkts\nNolemj:\n1.1. Apstiprināt.\n1.1.1. Daļa.\nZiņo: A\n1.2. nav punkts", []Line{
			{Kind: ParagraphLine, Text: "1.1. nav punkts"}, {Kind: DecidesLine},
			{Kind: ClauseLine, Number: "1.1.", Text: "Apstiprināt."}, {Kind: ClauseLine, Number: "1.1.1.", Text: "Daļa."},
			{Kind: ReportsLine, Text: "A"}, {Kind: ParagraphLine, Text: "1.2. nav punkts"}}},
		{"an amount or a date is no clause", "Nolemj:\n1.5 miljoni\n2024. gada budžets\n1.1.", []Line{{Kind: DecidesLine},
			{Kind: ParagraphLine, Text: "1.5 miljoni"}, {Kind: ParagraphLine, Text: "2024. gada budžets"}, {Kind: ParagraphLine, Text: "1.1."}}},
		{"a line that begins with a space is a paragraph", " Nolemj:\n\u00a01.1. X", []Line{
			{Kind: ParagraphLine, Text: "Nolemj:"}, {Kind: ParagraphLine, Text: "1.1. X"}}},
		{"words in a sentence are no label", "Nolemj atlikt\nPadome nolemj: atlikt\nZiņojums: viss labi", []Line{
			{Kind: ParagraphLine, Text: "Nolemj atlikt"}, {Kind: ParagraphLine, Text: "Padome nolemj: atlikt"},
			{Kind: ParagraphLine, Text: "Ziņojums: viss labi"}}},
		{"empty lines set the next one apart", "A\n\n \nB", []Line{
			{Kind: ParagraphLine, Text: "A"}, {Kind: ParagraphLine, Text: "B", Apart: true}}},
		{"taking note stands alone", "Informācija pieņemta zināšanai.\nInformācija pieņemta zināšanai: daļēji", []Line{
			{Kind: NotedLine}, {Kind: ParagraphLine, Text: "Informācija pieņemta zināšanai: daļēji"}}},
		{"nothing is no line", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(Lines(c.text), c.want); diff != "" {
				t.Errorf("lines (-got +want):\n%s", diff)
			}
		})
	}
	t.Run("an escaped line is always a paragraph that says the same", func(t *testing.T) {
		words := rapid.SampledFrom([]string{"Nolemj", "Ziņo", ":", "1.1.", " ", "1.2.3.", "Balsojums", "zināšanai", "Informācija pieņemta zināšanai", "."})
		rapid.Check(t, func(t *rapid.T) {
			s := strings.TrimSpace(strings.Join(rapid.SliceOfN(words, 1, 6).Draw(t, "words"), ""))
			if s == "" {
				return
			}
			got := Lines("Nolemj:\n" + plain(s))
			if diff := cmp.Diff(got, []Line{{Kind: DecidesLine}, {Kind: ParagraphLine, Text: s}}); diff != "" {
				t.Fatalf("lines (-got +want):\n%s", diff)
			}
		})
	})
}

func FuzzLines(f *testing.F) {
	f.Add("Ziņo: A\nNolemj:\n1.1. B\nC\n\nD")
	f.Add(" \u00a0\n1.1. \nVote: for – 1, against – none, abstaining – 2")
	r := Record{Settings: openRecord().Settings}
	f.Fuzz(func(t *testing.T, s string) {
		lines := Lines(s)
		for _, l := range lines {
			if strings.TrimSpace(l.Text) != l.Text || strings.Contains(l.Text, "\n") {
				t.Errorf("line %q", l.Text)
			}
			if (l.Kind == ClauseLine) != (l.Number != "") {
				t.Errorf("%s numbered %q", l.Kind, l.Number)
			}
		}
		w := paper{lang: locale.LV, r: &r, m: &Minutes{}, form: r.form()}
		w.text(lines)
		if len(lines) > 0 && len(w.blocks) == 0 {
			t.Errorf("%d lines draw nothing", len(lines))
		}
	})
}

// openRecord has no more than what drawing lines needs.
func openRecord() Record { return Record{Session: openSession()} }

func TestVoteText(t *testing.T) {
	for _, c := range []struct {
		vote Vote
		lang locale.Lang
		past bool
		want string
	}{
		{Vote{For: 12, Abstain: 1}, locale.LV, false, "par – 12, pret – nav, atturas – 1"},
		{Vote{For: 12, Abstain: 1}, locale.LV, true, "par – 12, pret – nav, atturējās – 1"},
		{Vote{For: 12, Abstain: 1}, locale.EN, false, "for – 12, against – none, abstaining – 1"},
		{Vote{Consensus: true}, locale.LV, false, "vienbalsīgi"},
		{Vote{For: 6, Against: 6, Casting: CastAgainst}, locale.LV, false, "par – 6, pret – 6, atturas – nav, izšķirošā balss – pret"},
		{Vote{For: 6, Against: 6, Casting: CastFor}, locale.EN, true, "for – 6, against – 6, abstained – none, casting vote – for"},
	} {
		t.Run(c.want, func(t *testing.T) {
			if got := c.vote.text(c.lang, c.past); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
	t.Run("what is written is read back", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			v := Vote{For: rapid.IntRange(0, 999).Draw(t, "for"), Against: rapid.IntRange(0, 999).Draw(t, "against"),
				Abstain: rapid.IntRange(0, 999).Draw(t, "abstain"), Casting: rapid.SampledFrom([]string{"", CastFor, CastAgainst}).Draw(t, "casting")}
			s := v.text(rapid.SampledFrom(locale.Langs).Draw(t, "lang"), rapid.Bool().Draw(t, "past"))
			if got, ok := readVote(s); !ok || got != v {
				t.Fatalf("%s read as %+v, %v", s, got, ok)
			}
		})
	})
	for _, s := range []string{"", "par", "par – daudz", "par – 1, par – 2", "par – 5", "par – 1, pret – 1, atturas – 1, izšķirošā balss – nav", "par - 12"} {
		t.Run(fmt.Sprintf("%q is a person's own wording", s), func(t *testing.T) {
			if v, ok := readVote(s); ok {
				t.Errorf("read as %+v", v)
			}
		})
	}
}

func TestDraft(t *testing.T) {
	r := record(t)
	m := DraftFrom(r)
	t.Run("an item's record is put into words", func(t *testing.T) {
		golden(t, "part.txt", m.Part("p1").Text()+"\n")
	})
	t.Run("the past tense runs through", func(t *testing.T) {
		past := r
		past.Past = true
		golden(t, "part-past.txt", DraftFrom(past).Parts[1].Drafted+"\n")
	})
	t.Run("postponing says why", func(t *testing.T) {
		if got := m.Part("p2").Text(); got != "Jautājums atlikts: nav saņemts atzinums" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a speech cannot pass itself off as a decision", func(t *testing.T) {
		n := 0
		for _, l := range Lines(m.Part("p1").Text()) {
			if l.Kind == DecidesLine {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d decisions", n)
		}
	})
	t.Run("the papers of the items are the annexes", func(t *testing.T) {
		want := []Annex{{Title: "Ziņojums par līdzdalību", SHA256: strings.Repeat("a", 64)}}
		if diff := cmp.Diff(m.Annexes, want); diff != "" {
			t.Errorf("annexes (-got +want):\n%s", diff)
		}
	})
	t.Run("an item nobody recorded has an empty part", func(t *testing.T) {
		none := r
		none.Treatments, none.Decisions = nil, nil
		for _, p := range DraftFrom(none).Parts {
			if p.Drafted != "" {
				t.Errorf("%s: %q", p.Item, p.Drafted)
			}
		}
	})
}

func TestEdit(t *testing.T) {
	r := record(t)
	secretary := actor("officer")
	t.Run("a refresh renews what nobody edited", func(t *testing.T) {
		m := DraftFrom(r)
		changed := r
		changed.Treatments = append([]Treatment{}, r.Treatments...)
		changed.Treatments[2].Why = "nav dokumentu"
		must(t, m.Refresh(changed))
		if p := m.Part("p2"); p.Text() != "Jautājums atlikts: nav dokumentu" || p.Behind {
			t.Errorf("got %+v", p)
		}
	})
	t.Run("a refresh leaves what was edited, and says that the record moved on", func(t *testing.T) {
		m := DraftFrom(r)
		must(t, m.Edit(secretary, "p2", "Atlikts, jo trūkst atzinuma."))
		must(t, m.Refresh(r))
		if p := m.Part("p2"); p.Behind {
			t.Errorf("behind though nothing changed: %+v", p)
		}
		changed := r
		changed.Treatments = append([]Treatment{}, r.Treatments...)
		changed.Treatments[2].Why = "nav dokumentu"
		must(t, m.Refresh(changed))
		want := Part{Item: "p2", Number: 3, Drafted: "Jautājums atlikts: nav dokumentu", Edited: "Atlikts, jo trūkst atzinuma.",
			IsEdited: true, EditedBy: "Oto Rasa", Behind: true}
		if diff := cmp.Diff(*m.Part("p2"), want); diff != "" {
			t.Errorf("part (-got +want):\n%s", diff)
		}
		must(t, m.TakeDrafted("p2"))
		if p := m.Part("p2"); p.Text() != want.Drafted || p.Behind || p.IsEdited {
			t.Errorf("the draft was not taken over: %+v", p)
		}
	})
	t.Run("an edited text outlives its item", func(t *testing.T) {
		m := DraftFrom(r)
		must(t, m.Edit(secretary, "p2", "Svarīgs teksts."))
		without := r
		without.Agenda.Items = []agenda.Item{r.Agenda.Items[0]}
		must(t, m.Refresh(without))
		must(t, m.Refresh(without))
		if p := m.Part("p2"); len(m.Parts) != 2 || p == nil || p.Text() != "Svarīgs teksts." || p.Number != 0 {
			t.Errorf("got %+v", m.Parts)
		}
		must(t, m.Refresh(r))
		if p := m.Part("p2"); p.Number != 3 || p.Text() != "Svarīgs teksts." {
			t.Errorf("got %+v", p)
		}
	})
	t.Run("an item the minutes do not have, and a text no paper can hold, are refused", func(t *testing.T) {
		m := DraftFrom(r)
		wantFaults(t, m.Edit(secretary, "p9", "X"), "problem.minutes.part")
		wantFaults(t, m.TakeDrafted("p9"), "problem.minutes.part")
		wantFaults(t, m.Edit(secretary, "p2", "X\x07"), "text problem.text.character")
		wantFaults(t, m.Edit(secretary, "p2", strings.Repeat("ā", maxPart+1)), "text problem.text.long")
		if m.Part("p2").IsEdited {
			t.Error("edited all the same")
		}
	})
	t.Run("annexes set by a person stay, pages counted before too", func(t *testing.T) {
		m := DraftFrom(r)
		m.Annexes[0].Pages = 3
		must(t, m.Refresh(r))
		if m.Annexes[0].Pages != 3 {
			t.Error("the pages are lost")
		}
		own := []Annex{{Title: "Dalībnieku saraksts", Pages: 2}}
		must(t, m.SetAnnexes(own))
		must(t, m.Refresh(r))
		if diff := cmp.Diff(m.Annexes, own); diff != "" {
			t.Errorf("annexes (-got +want):\n%s", diff)
		}
		wantFaults(t, m.SetAnnexes([]Annex{{Pages: -1, SHA256: "abc"}}), "annexes[0].title problem.text.missing",
			"annexes[0].pages problem.range", "annexes[0].sha256 problem.minutes.sum")
		wantFaults(t, m.SetAnnexes(make([]Annex, maxAnnexes+1)), "annexes problem.range")
	})
}

func TestEditedTextSurvives(t *testing.T) {
	base := record(t)
	rapid.Check(t, func(t *rapid.T) {
		r := base
		r.Treatments = append([]Treatment{}, base.Treatments...)
		m := DraftFrom(r)
		edited := map[string]string{}
		item := rapid.SampledFrom([]string{"opening", "p1", "p2", "any-other"})
		t.Repeat(map[string]func(*rapid.T){
			"edit": func(t *rapid.T) {
				id, s := item.Draw(t, "item"), rapid.StringMatching(`[a-zā ]{0,12}`).Draw(t, "text")
				if m.Part(id) != nil && m.Edit(actor("officer"), id, s) == nil {
					edited[id] = strings.TrimSpace(s)
				}
			},
			"take drafted": func(t *rapid.T) {
				id := item.Draw(t, "item")
				if m.Part(id) != nil && m.TakeDrafted(id) == nil {
					delete(edited, id)
				}
			},
			"record changes": func(t *rapid.T) {
				i := rapid.IntRange(0, 3).Draw(t, "item")
				r.Treatments[i].Outcome, r.Treatments[i].Why = Withdrawn, rapid.StringMatching(`[a-z]{1,4}`).Draw(t, "why")
			},
			"agenda changes": func(t *rapid.T) {
				r.Agenda.Items = base.Agenda.Items[:rapid.IntRange(1, 4).Draw(t, "items")]
			},
			"refresh": func(t *rapid.T) { must(t, m.Refresh(r)) },
			"": func(t *rapid.T) {
				for id, s := range edited {
					if p := m.Part(id); p == nil || p.Text() != s || !p.IsEdited {
						t.Fatalf("%s was %q, is %+v", id, s, p)
					}
				}
			},
		})
	})
}
