package agenda_test

import (
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
)

// input is the session of 28 February 2024 under the whole catalogue, with the
// real plan and nothing else.
func input(t testing.TB) agenda.Input {
	t.Helper()
	p, err := plan.Real()
	if err != nil {
		t.Fatal(err)
	}
	p.Revision = 1
	in := agenda.Input{
		Session: council.Session{ID: "feb", Kind: council.Regular, Mode: council.Hybrid, Date: "2024-02-28",
			Starts: "11:00", Ends: "13:00", Place: "Rīgā", State: council.Planned},
		Plan: p, Lineage: plan.NewLineage(p), Principles: agenda.WholeCatalogue(),
		Calendar: council.DefaultCalendar(), Settings: council.DefaultSettings(),
	}
	in.Principles.Version = 2
	in.Candidates = agenda.FromTasks(&in.Plan, &in.Principles)
	return in
}

// only is input under the rules named and those no agenda goes without, with no
// candidates.
func only(t testing.TB, ids ...string) agenda.Input {
	in := input(t)
	in.Candidates = nil
	in.Principles.Rules = slices.DeleteFunc(slices.Clone(in.Principles.Rules), func(s agenda.Setting) bool {
		return !slices.Contains([]string{"P1", "P2", "P3", "P14"}, s.Rule) && !slices.Contains(ids, s.Rule)
	})
	return in
}

// onTasks gives an input the plan's tasks as candidates, as its principles have
// them.
func onTasks(in agenda.Input) agenda.Input {
	in.Candidates = append(agenda.FromTasks(&in.Plan, &in.Principles), in.Candidates...)
	return in
}

// set edits a rule's setting in principles of their own.
func set(in agenda.Input, rule string, fn func(*agenda.Setting)) agenda.Input {
	in.Principles.Rules = slices.Clone(in.Principles.Rules)
	for i := range in.Principles.Rules {
		if s := &in.Principles.Rules[i]; s.Rule == rule {
			s.Params = maps.Clone(s.Params)
			fn(s)
		}
	}
	return in
}

func param(in agenda.Input, rule, name, value string) agenda.Input {
	return set(in, rule, func(s *agenda.Setting) {
		if s.Params == nil {
			s.Params = map[string]string{}
		}
		s.Params[name] = value
	})
}

func hard(in agenda.Input, rule string, is bool) agenda.Input {
	return set(in, rule, func(s *agenda.Setting) { s.Hard = is })
}

// meets lets the council have met: regular sessions on these days.
func meets(in agenda.Input, days ...council.Date) agenda.Input {
	in.Past = slices.Clone(in.Past)
	for _, d := range days {
		in.Past = append(in.Past, agenda.PastSession{Session: "s" + string(d), Date: d, Kind: council.Regular})
	}
	return in
}

// deals lets the council have dealt with an item of some kind on tasks.
func deals(in agenda.Input, day council.Date, kind agenda.Kind, tasks ...plan.Ref) agenda.Input {
	in.Held = append(slices.Clone(in.Held), agenda.Held{Session: "s" + string(day), Date: day, Kind: council.Regular,
		Number: 3, Item: "x" + string(day), ItemKind: kind, Tasks: tasks, Minutes: 15})
	return in
}

func on(in agenda.Input, day council.Date) agenda.Input {
	in.Session.Date = day
	return in
}

func with(in agenda.Input, cs ...agenda.Candidate) agenda.Input {
	in.Candidates = append(slices.Clone(in.Candidates), cs...)
	return in
}

func ref(measure, task int) plan.Ref { return plan.Ref{Revision: 1, Measure: measure, Task: task} }

func build(t testing.TB, in agenda.Input) agenda.Draft {
	t.Helper()
	d, err := agenda.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func check(t testing.TB, in agenda.Input, items []agenda.Item) []agenda.Breach {
	t.Helper()
	bs, err := agenda.Check(in, items)
	if err != nil {
		t.Fatal(err)
	}
	return bs
}

// titles are the ids of a draft's items.
func titles(d agenda.Draft) (s []string) {
	for _, it := range d.Items {
		s = append(s, it.ID)
	}
	return s
}

func wantItems(t testing.TB, d agenda.Draft, want ...string) {
	t.Helper()
	if got := titles(d); !slices.Equal(got, want) {
		t.Errorf("items %q, want %q", got, want)
	}
}

// wantOn holds one of an item's reasons to a sentence in both languages.
func wantOn(t testing.TB, d agenda.Draft, id, key, lv, en string) {
	t.Helper()
	it, ok := d.Item(id)
	if !ok {
		t.Fatalf("%s is not on %q", id, titles(d))
	}
	wantReason(t, it.Reasons, key, lv, en)
}

// wantOut holds one of the reasons of a candidate left out to a sentence.
func wantOut(t testing.TB, d agenda.Draft, id, key, lv, en string) {
	t.Helper()
	i := slices.IndexFunc(d.LeftOut, func(o agenda.LeftOut) bool { return o.ID == id })
	if i < 0 {
		t.Fatalf("%s is not left out; on are %q", id, titles(d))
	}
	wantReason(t, d.LeftOut[i].Reasons, key, lv, en)
}

// wantBreach holds a breach to its sentence and to how hard it is; it must be
// the only one of its key.
func wantBreach(t testing.TB, bs []agenda.Breach, key string, hard bool, lv, en string) {
	t.Helper()
	var rs []agenda.Reason
	for _, b := range bs {
		rs = append(rs, b.Reason)
		if b.Reason.Key == key && b.Hard != hard {
			t.Errorf("%s is hard: %t, want %t", key, b.Hard, hard)
		}
	}
	wantReason(t, rs, key, lv, en)
}

var ofRule = regexp.MustCompile(`^reason\.p([0-9]+)\.`)

func wantReason(t testing.TB, rs []agenda.Reason, key, lv, en string) {
	t.Helper()
	var keys []string
	for _, r := range rs {
		keys = append(keys, r.Key)
	}
	i := slices.Index(keys, key)
	if i < 0 || slices.Contains(keys[i+1:], key) {
		t.Fatalf("reasons are %q, want %s once", keys, key)
	}
	if got := rs[i].Text(locale.LV); got != lv {
		t.Errorf("%s says\n%s\nwant\n%s", key, got, lv)
	}
	if got := rs[i].Text(locale.EN); got != en {
		t.Errorf("%s says\n%s\nwant\n%s", key, got, en)
	}
	if m := ofRule.FindStringSubmatch(key); m != nil && rs[i].Rule != "P"+m[1] {
		t.Errorf("%s is of rule %q", key, rs[i].Rule)
	}
}

// wantKept fails when a rule finds something to say against items.
func wantKept(t testing.TB, bs []agenda.Breach, rule string) {
	t.Helper()
	for _, b := range bs {
		if b.Reason.Rule == rule {
			t.Errorf("breach of %s: %s", rule, b.Reason.Text(locale.EN))
		}
	}
}

// wantNo fails when a breach is found.
func wantNo(t testing.TB, bs []agenda.Breach, key string) {
	t.Helper()
	for _, b := range bs {
		if b.Reason.Key == key {
			t.Errorf("breach: %s", b.Reason.Text(locale.EN))
		}
	}
}

// wantFaults holds a refusal to its kind, key and fields: "field key".
func wantFaults(t testing.TB, err error, kind problem.Kind, key string, fields ...string) {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		t.Fatalf("said %v, want %s", err, key)
	}
	var got []string
	for _, f := range e.Fields {
		got = append(got, f.Name+" "+f.Key)
		whole(t, f.Key, f.Args)
	}
	if len(e.Fields) == 0 {
		whole(t, e.Key, e.Args)
	}
	if e.Kind != kind || e.Key != key || !slices.Equal(got, fields) {
		t.Errorf("%s %s %q, want %s %s %q", e.Kind, e.Key, got, kind, key, fields)
	}
}

// whole fails when a message lacks something in either language.
func whole(t testing.TB, key string, args locale.Args) {
	t.Helper()
	for _, lang := range locale.Langs {
		wellFormed(t, key, lang, locale.Text(lang, key, args))
	}
}

// wellFormed holds a sentence to what every sentence of ours keeps to.
func wellFormed(t interface {
	Helper()
	Errorf(string, ...any)
}, key string, lang locale.Lang, s string) {
	t.Helper()
	for _, fault := range []string{"⟦", "..", "  ", " on on ", " .", " ,", "{", "}"} {
		if strings.Contains(s, fault) {
			t.Errorf("%s (%s) has %q: %s", key, lang, fault, s)
		}
	}
	if s == "" || s != strings.TrimSpace(s) {
		t.Errorf("%s (%s) says %q", key, lang, s)
	}
	if strings.HasPrefix(key, "reason.") && !strings.ContainsAny(s[len(s)-1:], ".!?") {
		t.Errorf("%s (%s) does not end as a sentence: %s", key, lang, s)
	}
}

func proposal(id, title string, kind agenda.Kind, tasks ...plan.Ref) agenda.Candidate {
	return agenda.Candidate{
		Matter: agenda.Matter{ID: id, Source: agenda.FromProposal, Kind: kind, Title: title, Tasks: tasks,
			Minutes: 15, Initiator: council.NGO, InitiatedBy: "Biedrība „Tilts”", DraftDecision: "Apstiprināt.",
			Documents: []agenda.Attachment{{Name: "projekts.pdf", Media: "application/pdf", Size: 10, SHA256: strings.Repeat("a", 64)}}},
		Submitted: time.Date(2024, 2, 1, 10, 0, 0, 0, time.UTC),
	}
}

// carried is a proposal that sessions postponed on these days.
func carried(id string, days ...council.Date) agenda.Candidate {
	c := proposal(id, "Par "+id, agenda.Discussion, ref(2, 1))
	c.Postponed = days
	return c
}

func asJSON(t interface{ Fatal(...any) }, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func shuffled[T any](r *rand.Rand, s []T) []T {
	s = slices.Clone(s)
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

// reasons are all that a draft says of its items, candidates and rules.
func reasons(d agenda.Draft) (all []agenda.Reason) {
	for _, it := range d.Items {
		all = append(all, it.Reasons...)
		for _, x := range it.Details {
			all = append(all, x.Reason)
		}
	}
	for _, o := range d.LeftOut {
		all = append(all, o.Reasons...)
	}
	for _, u := range d.Unmet {
		all = append(all, u.Reason)
	}
	return all
}

// Actors, on any day.
var (
	officer  = council.Actor{Person: "officer", Name: "A. Bērzkalne", Mandates: []council.Mandate{{Role: council.Secretariat}}}
	chair    = council.Actor{Person: "chair", Name: "M. Ķirsons", Mandates: []council.Mandate{{Role: council.Chair, Side: council.State}}}
	deputy   = council.Actor{Person: "deputy", Name: "I. Ābolkalne", Mandates: []council.Mandate{{Role: council.Deputy, Side: council.NGO}}}
	standIn  = council.Actor{Person: "stand-in", Name: "O. Rasa", Mandates: []council.Mandate{{Role: council.Deputy, Side: council.NGO, SubstituteFor: "deputy"}}}
	member   = council.Actor{Person: "member", Name: "K. Čivle", Mandates: []council.Mandate{{Role: council.Member, Side: council.NGO}}}
	operator = council.Actor{Name: "operator", Operator: true}
	public   = council.Actor{}
)

// at is a time of day in February 2024.
func at(day int) time.Time { return time.Date(2024, 2, day, 9, 0, 0, 0, time.UTC) }

func splitLines(s string) []string { return strings.Split(s, "\n") }
