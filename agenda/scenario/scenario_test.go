package scenario

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/internal/locale"
	"padome/internal/problem"
)

var update = flag.Bool("update", false, "write the schema and the drafts of the examples anew")

const docs = "../../docs/"

func examples(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(docs + "scenarios/*.json")
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(s string) bool { return strings.HasSuffix(s, ".draft.json") })
	if len(all) < 3 {
		t.Fatalf("only %d examples found", len(all))
	}
	return all
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// golden holds what is made to a file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(string(read(t, name)), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got); when that is right, run go test ./agenda/scenario -update:\n%s", name, diff)
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// The drafts of the worked examples are those that stand beside them.
func TestTheWorkedExamplesGiveTheirDrafts(t *testing.T) {
	for _, name := range examples(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			in, err := Read(read(t, name))
			if err != nil {
				t.Fatal(err)
			}
			d, err := agenda.Build(in)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.TrimSuffix(name, ".json")+".draft.json", indented(t, d))
		})
	}
}

func TestWhatIsLeftOutIsAsACouncilBegins(t *testing.T) {
	in, err := Read([]byte(`{"session": {"date": "2024-02-28"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if in.Session.Starts != "11:00" || in.Session.Ends != "13:00" || len(in.Plan.Measures) != 8 || len(in.Candidates) != 24 ||
		len(in.Principles.Rules) != len(agenda.RuleIDs()) || in.Principles.PlanKinds[1] != agenda.Data {
		t.Errorf("the input is %+v", in.Session)
	}
}

func TestReadTakesOverEveryPart(t *testing.T) {
	in, err := Read([]byte(`{
		"today": "2024-02-12", "presidesAs": "deputy", "members": ["Finanšu ministrija"],
		"session": {"date": "2024-02-28", "kind": "extended", "starts": "10:00", "ends": "12:30", "place": "Cēsīs", "link": "https://example.org/x"},
		"next": {"date": "2024-03-20", "id": "march"},
		"settings": {"weekday": "tuesday", "starts": "09:00", "minutes": 90, "place": "Cēsīs"},
		"groups": [{"id": "g", "name": "Grupa", "measures": [2]}],
		"calendar": {"moved": [{"free": "2027-05-03", "worked": "2027-05-08"}], "extra": [{"date": "2024-07-15", "name": "Svētki"}]},
		"principles": {"version": 7, "rules": {"P1": {}, "P2": {}, "P3": {}, "P14": {}, "P8": {"hard": true, "params": {"coverage_window": 4, "task_months": "9"}}},
			"planKinds": {"4": "decision"}, "watched": [{"title": "Rīcības plāns", "task": "6.1", "months": 6}]},
		"past": [{"date": "2024-01-31", "presidedBy": "chair", "items": [{"tasks": ["1.1"], "kind": "data", "minutes": 20}, {"tasks": ["8.2", "8.3"], "initiator": "ngo"}]}],
		"candidates": [{"id": "p", "title": "Par darbu", "tasks": ["8.2"], "submitted": "2024-02-01", "documents": ["a.pdf"], "urgent": ["chair"], "waived": ["deputy"],
			"opinion": {"group": "g", "on": "2024-02-02", "text": "Atbalsta."}}],
		"carried": [{"task": "3.1", "postponed": ["2024-01-31"]}],
		"decisions": [{"number": "1.2.", "taken": "2024-01-31", "wording": "Sagatavot", "deadline": "2024-02-20"}],
		"unapproved": [{"date": "2024-01-31", "number": 1}],
		"assignments": [{"task": "2.1", "responsible": "Finanšu ministrija", "deadline": "2024-03-01"}],
		"fulfilled": ["5.2"],
		"delegations": [{"id": "d", "body": "Komiteja", "delegate": "Locekle", "since": "2024-01-01"}]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	p8, _ := in.Principles.Rule("P8")
	c := in.Candidates[len(in.Candidates)-1]
	got := []any{in.Today, in.PresidesAs, in.Session.Kind, in.Session.Ends, in.Next.ID, in.Next.Ends, int(in.Settings.Weekday), in.Groups[0].NameEN,
		len(in.Calendar.Moved), in.Calendar.Extra[0].NameEN, in.Principles.Version, p8.Hard, p8.Params["coverage_window"], p8.Params["task_months"],
		in.Principles.PlanKinds[4], in.Principles.Watched[0].Task, in.Past[0].AsRole, in.Held[0].Minutes, in.Held[1].Tasks[1].Key(), in.Held[1].Item,
		c.Opinion.Group, c.Documents[0].Name, c.Urgent[0].Role, c.Waived[0].Role, in.Decisions[0].ID, in.Unapproved[0].Session,
		in.Assignments[0].Task.Key(), in.Fulfilled[0].Key(), in.Delegations[0].BodyEN}
	var told []string
	for _, x := range got {
		told = append(told, strings.Trim(string(indented(t, x)), "\"\n"))
	}
	want := strings.Fields("2024-02-12 deputy extended 12:30 march 10:30 2 Grupa 7 Svētki 7 true 4 9 decision 1 chair 20 1/8.3 2024-01-31/2 g a.pdf chair deputy 2024-01-31/1.2. 2024-01-31 1/2.1 1/5.2 Komiteja")
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !slices.ContainsFunc(in.Candidates, func(c agenda.Candidate) bool { return c.ID == "task-1/3.1" && len(c.Postponed) == 1 }) {
		t.Error("the task carried over is not")
	}
}

// bad are scenarios that are refused, with the path and key of each fault.
var bad = map[string]struct {
	raw, key string
	faults   []string
}{
	"nothing":                 {"", "problem.scenario.empty", nil},
	"what is no JSON":         {"{\n\"session\": }", "problem.scenario.json", nil},
	"what is no UTF-8":        {"{\"about\": \"\xff\"}", "problem.scenario.encoding", nil},
	"too many levels":         {strings.Repeat(`{"about":`, 40) + "1" + strings.Repeat("}", 40), "problem.scenario.depth", nil},
	"no session":              {`{}`, "", []string{"session problem.scenario.missing"}},
	"a session without a day": {`{"session": {"starts": "11:00"}}`, "", []string{"session.date problem.scenario.missing"}},
	"an unknown field":        {`{"session": {"date": "2024-02-28", "begins": "11:00"}}`, "", []string{"session.begins problem.request.field"}},
	"a field twice":           {`{"session": {"date": "2024-02-28", "date": "2024-02-29"}}`, "", []string{"session.date problem.request.twice"}},
	"other types": {`{"session": {"date": 20240228}, "past": [{"date": "2024-01-31", "items": [{"minutes": "15"}]}], "candidates": {}}`, "",
		[]string{"session.date problem.request.type.text", "past[0].items[0].minutes problem.request.type.whole", "candidates problem.request.type.list"}},
	"days that are none": {`{"session": {"date": "28.02.2024"}, "past": [{"date": "2024-02-30"}]}`, "",
		[]string{"session.date problem.date", "past[0].date problem.date"}},
	"a time that is none":     {`{"session": {"date": "2024-02-28", "starts": "11.00"}}`, "", []string{"session.starts problem.clock"}},
	"an unknown kind":         {`{"session": {"date": "2024-02-28"}, "candidates": [{"id": "p", "title": "Par", "kind": "talk"}]}`, "", []string{"candidates[0].kind problem.choice"}},
	"a standing kind":         {`{"session": {"date": "2024-02-28"}, "candidates": [{"id": "p", "title": "Par", "kind": "opening"}]}`, "", []string{"candidates[0].kind problem.choice"}},
	"no lead":                 {`{"session": {"date": "2024-02-28"}, "presidesAs": "member"}`, "", []string{"presidesAs problem.choice"}},
	"no task number":          {`{"session": {"date": "2024-02-28"}, "fulfilled": ["8.2."]}`, "", []string{"fulfilled[0] problem.scenario.task.form"}},
	"a task not in plan":      {`{"session": {"date": "2024-02-28"}, "past": [{"date": "2024-01-31", "items": [{"tasks": ["9.1"]}]}]}`, "", []string{"past[0].items[0].tasks[0] problem.scenario.task"}},
	"an unknown rule":         {`{"session": {"date": "2024-02-28"}, "principles": {"rules": {"P1": {}, "P2": {}, "P3": {}, "P14": {}, "P99": {}}}}`, "", []string{"principles.rules.P99 problem.principles.rule"}},
	"an unknown parameter":    {`{"session": {"date": "2024-02-28"}, "principles": {"rules": {"P1": {}, "P2": {}, "P3": {}, "P14": {}, "P8": {"params": {"window": 6}}}}}`, "", []string{"principles.rules.P8.params.window problem.principles.param"}},
	"a rule that is missing":  {`{"session": {"date": "2024-02-28"}, "principles": {"rules": {"P1": {}, "P2": {}, "P3": {}}}}`, "", []string{"principles.rules problem.principles.missing"}},
	"no measure":              {`{"session": {"date": "2024-02-28"}, "principles": {"planKinds": {"9": "data"}}}`, "", []string{"principles.planKinds.9 problem.scenario.measure"}},
	"one id twice":            {`{"session": {"date": "2024-02-28"}, "candidates": [{"id": "p", "title": "Par"}, {"id": "p", "title": "Par"}]}`, "", []string{"candidates[1].id problem.agenda.twice"}},
	"fewer than no minutes":   {`{"session": {"date": "2024-02-28"}, "candidates": [{"id": "p", "title": "Par", "minutes": -5}]}`, "", []string{"candidates[0].minutes problem.scenario.negative"}},
	"a Saturday that is none": {`{"session": {"date": "2024-02-28"}, "calendar": {"moved": [{"free": "2027-05-03", "worked": "2027-05-07"}]}}`, "", []string{"calendar.moved[0].worked problem.calendar.saturday"}},
	"a plan without measures": {`{"session": {"date": "2024-02-28"}, "plan": {"from": 2024, "until": 2025, "approved": "2024-01-31", "measures": []}}`, "", []string{"plan.measures problem.scenario.missing"}},
}

func TestWhatIsNoScenarioIsRefused(t *testing.T) {
	for name, x := range bad {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]byte(x.raw))
			e, ok := errors.AsType[*problem.Error](err)
			if !ok {
				t.Fatalf("said %v", err)
			}
			var got []string
			for _, f := range e.Fields {
				got = append(got, f.Name+" "+f.Key)
				whole(t, f.Key, f.Args)
			}
			if x.key != "" {
				whole(t, e.Key, e.Args)
			}
			if x.key != "" && e.Key != x.key || !slices.Equal(got, x.faults) {
				t.Errorf("%s %q, want %s %q", e.Key, got, x.key, x.faults)
			}
		})
	}
}

// whole fails when a message lacks something in either language.
func whole(t *testing.T, key string, args locale.Args) {
	t.Helper()
	for _, lang := range locale.Langs {
		if s := locale.Text(lang, key, args); strings.ContainsAny(s, "⟦{}") && !strings.Contains(s, "[…]") {
			t.Errorf("%s (%s): %s", key, lang, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, x := range bad {
		f.Add([]byte(x.raw))
	}
	f.Add([]byte(`{"session": {"date": "2024-02-28"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := Read(raw)
		if err != nil {
			if problem.KindOf(err) == "" {
				t.Fatalf("%v is no problem in words", err)
			}
			return
		}
		if _, err := agenda.Build(in); err != nil && problem.KindOf(err) == "" {
			t.Fatalf("build: %v", err)
		}
	})
}
