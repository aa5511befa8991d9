package minutes

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
)

func TestDocument(t *testing.T) {
	r := record(t)
	draft := DraftFrom(r)
	must(t, draft.Edit(actor("officer"), "any-other", "Izsakās: V. Sarma\nInformē par nākamo sēdi.\n\nVote: for – 12, against – none, abstaining – 1\nNolemj:\n4.1. Pieņemt zināšanai.\n4.1.1. Ievērot.\n\nSēdes beigās fotografējas."))
	done := final(t, r)
	done.Annexes[0].Pages = 3
	outside := r
	outside.Settings.Signing = council.SignedElectronically
	electronic := final(t, outside)
	past := r
	past.Past = true
	extra := r
	extra.Session.Kind, extra.Next = council.Extraordinary, council.Session{}
	for name, d := range map[string]document.Document{
		"final.lv.txt":         Document(locale.LV, r, done),
		"electronic.lv.txt":    Document(locale.LV, r, electronic),
		"final.en.txt":         Document(locale.EN, r, done),
		"draft.lv.txt":         Document(locale.LV, r, draft),
		"draft.en.txt":         Document(locale.EN, r, draft),
		"past.lv.txt":          Document(locale.LV, past, DraftFrom(past)),
		"past.en.txt":          Document(locale.EN, past, DraftFrom(past)),
		"extraordinary.lv.txt": Document(locale.LV, extra, DraftFrom(extra)),
		"extraordinary.en.txt": Document(locale.EN, extra, DraftFrom(extra)),
	} {
		t.Run(name+" reads as it should", func(t *testing.T) {
			must(t, d.Validate())
			got := document.PlainText(d)
			if strings.Contains(got, "⟦") {
				t.Error("a text is missing")
			}
			golden(t, name, d.Title+"\n\n"+got)
		})
	}
	t.Run("nothing recorded yet still draws", func(t *testing.T) {
		early := Record{Session: council.Session{ID: "s1", Kind: council.Regular, Mode: council.Remote, Date: day, Starts: "11:00", Place: "tiešsaistē"},
			Settings: r.Settings, Agenda: r.Agenda, Roster: r.Roster}
		d := Document(locale.LV, early, DraftFrom(early))
		must(t, d.Validate())
		golden(t, "early.lv.txt", document.PlainText(d))
	})
	t.Run("the line of electronic signatures stands only on what is to be signed so", func(t *testing.T) {
		for _, c := range []struct {
			m    Minutes
			lang locale.Lang
			want string
		}{
			{draft, locale.LV, ""}, {draft, locale.EN, ""}, {done, locale.EN, ""}, {electronic, locale.EN, ""},
			{electronic, locale.LV, "* Dokuments ir parakstīts ar drošu elektronisko parakstu un satur laika zīmogu"},
			{done, locale.LV, locale.Text(locale.LV, "minutes.paper.footnote.here", nil)},
		} {
			got := ""
			for _, b := range Document(c.lang, r, c.m).Blocks {
				if s, ok := b.(document.Signatures); ok {
					got += s.Footnote
				}
			}
			if got != c.want {
				t.Errorf("%s, signed %s, in %s: %q, want %q", c.m.State, c.m.Signing, c.lang, got, c.want)
			}
		}
	})
	t.Run("only what is to be signed has places for signatures", func(t *testing.T) {
		for _, c := range []struct {
			m    Minutes
			lang locale.Lang
			want bool
		}{{draft, locale.LV, false}, {draft, locale.EN, false}, {done, locale.LV, true}, {done, locale.EN, false}, {electronic, locale.LV, true}, {electronic, locale.EN, false}} {
			d := Document(c.lang, r, c.m)
			s := document.PlainText(d)
			marked := strings.Contains(s, "*)") || strings.Contains(s, "* ")
			if marked != c.want || d.Draft != (c.m.State == Draft) {
				t.Errorf("%s in %s: signature marks %v, draft mark %v", c.m.State, c.lang, marked, d.Draft)
			}
		}
	})
}

func TestKeptTogether(t *testing.T) {
	r := record(t)
	var with []string
	for _, b := range Document(locale.LV, r, DraftFrom(r)).Blocks {
		if p, ok := b.(document.Paragraph); ok && p.WithNext {
			with = append(with, p.Text.String())
		}
	}
	want := []string{"Balsojums: vienbalsīgi", "Nolemj:", "Ziņo: Valsts kancelejas konsultants O. Rasa", "Izsakās: D. Kļava",
		"Balsojums: par – 12, pret – nav, atturas – 1", "Nolemj:", "Izsakās: V. Sarma", "Pielikumā:"}
	if diff := cmp.Diff(with, want); diff != "" {
		t.Errorf("kept with the next block (-got +want):\n%s", diff)
	}
}

func TestCompleteness(t *testing.T) {
	keys := func(t *testing.T, r Record, m Minutes) (hard, soft []string) {
		for _, x := range Completeness(r, m) {
			if s := x.Text(locale.LV) + x.Text(locale.EN); strings.Contains(s, "⟦") {
				t.Errorf("%s: %s", x.Key, s)
			}
			if x.Hard {
				hard = append(hard, strings.TrimPrefix(x.Key, "problem.minutes."))
			} else {
				soft = append(soft, strings.TrimPrefix(x.Key, "problem.minutes."))
			}
		}
		return hard, soft
	}
	whole := record(t)
	for name, c := range map[string]struct {
		change     func(*Record, *Minutes)
		hard, soft []string
	}{
		"a whole record lacks only the pages of its annex and the course of the opening": {
			func(*Record, *Minutes) {}, nil, []string{"missing.course", "missing.pages"}},
		"the legal particulars": {func(r *Record, m *Minutes) {
			r.Settings.NameOf, r.Session.Place, r.Session.Date, r.Session.OpenedAt, r.Session.ClosedAt = "", "", "", "", ""
			r.Session.Kind, r.Session.Presiding, r.Session.MinuteTaker = "", "", ""
			r.Agenda.Items, r.Attendance.Entries, r.Next = nil, nil, council.Session{}
			*m = Minutes{}
		}, []string{"missing.body", "missing.place", "missing.date", "missing.opened", "missing.closed", "missing.kind",
			"missing.presiding", "missing.minute-taker", "missing.attendance", "missing.agenda"}, []string{"missing.next"}},
		"an item without an outcome, another without a part": {func(r *Record, m *Minutes) {
			r.Treatments[2].Outcome = ""
			m.Parts = m.Parts[:3]
		}, []string{"undecided", "missing.part"}, []string{"missing.course", "missing.pages"}},
		"decisions without a quorum, items without one": {func(r *Record, _ *Minutes) {
			r.Attendance.Entries = slices.DeleteFunc(slices.Clone(r.Attendance.Entries), func(e Entry) bool { return e.Side == council.NGO })
		}, []string{"quorum", "quorum", "vote.sum"}, slices.Concat(slicesOf(5, "missing.member"),
			[]string{"missing.course", "missing.quorum", "missing.quorum", "missing.pages"})},
		"decisions without a vote": {func(r *Record, _ *Minutes) { r.Treatments[1].Vote = nil },
			[]string{"vote.missing"}, []string{"missing.course", "missing.pages"}},
		"a text that says something else": {func(r *Record, m *Minutes) {
			must(t, m.Edit(actor("officer"), "p1", "Balsojums: vienbalsīgi\nNolemj:\n2.1. Noraidīt.\n2.2. Finanšu  ministrijai līdz 2024. gada 28. februārim sagatavot un iesniegt padomei:"))
			must(t, m.Edit(actor("officer"), "p2", "X"))
			r.Treatments[2].Why = "cits iemesls"
			must(t, m.Refresh(*r))
		}, []string{"missing.course"}, []string{"missing.course", "missing.clause", "missing.clause", "missing.vote", "missing.behind", "missing.pages"}},
		"a text without its item": {func(r *Record, m *Minutes) {
			must(t, m.Edit(actor("officer"), "any-other", "Izsakās: A"))
			r.Agenda.Items = r.Agenda.Items[:3]
			must(t, m.Refresh(*r))
		}, nil, []string{"missing.course", "missing.leftover", "missing.pages"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := whole
			r.Treatments = slices.Clone(whole.Treatments)
			m := DraftFrom(r)
			c.change(&r, &m)
			hard, soft := keys(t, r, m)
			if diff := cmp.Diff([][]string{hard, soft}, [][]string{c.hard, c.soft}); diff != "" {
				t.Errorf("hard, soft (-got +want):\n%s", diff)
			}
		})
	}
}

func TestPresenceInWords(t *testing.T) {
	r := record(t)
	w := paper{lang: locale.LV, r: &r, m: &Minutes{}, form: r.form()}
	for want, e := range map[string]Entry{
		"A":                                {Name: "A"},
		"A (attālināti)":                   {Name: "A", Remote: true},
		"A (no 2. jautājuma)":              {Name: "A", From: 2},
		"A (līdz 3. jautājumam ieskaitot)": {Name: "A", From: 1, Until: 3},
		"A (2. jautājumā)":                 {Name: "A", From: 2, Until: 2},
		"A (aizstājamā locekle – D.\u00a0Vārna)": {Name: "A", SubstituteFor: "ngo-4"},
		"A (aizstājamais loceklis – C.\u00a0Bērziņš; attālināti; no 2. līdz 3. jautājumam ieskaitot)": {
			Name: "A", SubstituteFor: "state-3", Remote: true, From: 2, Until: 3},
	} {
		t.Run(want, func(t *testing.T) {
			if got := w.entry(e); got != want {
				t.Errorf("got %s", got)
			}
		})
	}
	for _, c := range []struct {
		members int
		want    []string
	}{
		{16, []string{"1.–2. jautājumā: pārstāvēti 13 no 16 locekļiem, vajadzīgi 9; sēde ir lemttiesīga",
			"3.–4. jautājumā: pārstāvēti 12 no 16 locekļiem, vajadzīgi 9; sēde ir lemttiesīga"}},
	} {
		if diff := cmp.Diff(w.quorum(), c.want); diff != "" {
			t.Errorf("quorum (-got +want):\n%s", diff)
		}
	}
	t.Run("one sentence where nobody came or went", func(t *testing.T) {
		for i := range r.Attendance.Entries {
			r.Attendance.Entries[i].Until = 0
		}
		if diff := cmp.Diff(w.quorum(), []string{"pārstāvēti 13 no 16 locekļiem, vajadzīgi 9; sēde ir lemttiesīga"}); diff != "" {
			t.Errorf("quorum (-got +want):\n%s", diff)
		}
	})
	t.Run("a single item has its own sentence", func(t *testing.T) {
		r.Attendance.Entries = []Entry{{Name: "A", Capacity: Voting, Side: council.State, Until: 3}}
		want := []string{"1.–3. jautājumā: pārstāvēts 1 no 16 locekļiem, vajadzīgi 9; kvoruma nav",
			"4. jautājumā: pārstāvēti 0 no 16 locekļiem, vajadzīgi 9; kvoruma nav"}
		if diff := cmp.Diff(w.quorum(), want); diff != "" {
			t.Errorf("quorum (-got +want):\n%s", diff)
		}
	})
}

// TestMessages holds the labels that are put together from parts to the
// catalogue.
func TestMessages(t *testing.T) {
	var keys []string
	for _, role := range []council.Role{council.Chair, council.Deputy} {
		keys = append(keys, "minutes.office."+string(role), "minutes.office.acting."+string(role))
	}
	for _, kind := range council.Kinds {
		keys = append(keys, "minutes.paper.author."+string(kind), "minutes.paper.name."+string(kind))
	}
	for _, key := range keys {
		if !locale.Has(key) {
			t.Errorf("no message %s", key)
		}
	}
	for _, kind := range labelled {
		for _, lang := range locale.Langs {
			for _, past := range []bool{false, true} {
				if label := said(lang, past, "minutes.line."+string(kind)); labels()[strings.ToLower(label)] != kind {
					t.Errorf("%q is read as %q, not as %s", label, labels()[strings.ToLower(label)], kind)
				}
			}
		}
	}
}
