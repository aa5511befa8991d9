package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/internal/problem"
)

// Kept and removed words are the earlier text, kept and inserted ones the later.
func TestWordsAreBothTexts(t *testing.T) {
	text := rapid.StringMatching(`([abc]{1,2} ){0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "before"), text.Draw(t, "after")
		var before, after []string
		last := PieceKind("")
		for _, p := range Words(a, b) {
			if p.Kind != Inserted {
				before = append(before, p.Text)
			}
			if p.Kind != Removed {
				after = append(after, p.Text)
			}
			if p.Kind == last {
				t.Errorf("two pieces %s in a row", last)
			}
			last = p.Kind
		}
		if got := strings.Join(before, " "); got != strings.Join(strings.Fields(a), " ") {
			t.Errorf("before %q, want %q", got, a)
		}
		if got := strings.Join(after, " "); got != strings.Join(strings.Fields(b), " ") {
			t.Errorf("after %q, want %q", got, b)
		}
	})
}

func TestWordsNameWhatChanged(t *testing.T) {
	got := Words("izstrādāt priekšlikumus dialoga īstenošanai;", "izstrādāt metodiku un priekšlikumus īstenošanai;")
	want := []Piece{{Kept, "izstrādāt"}, {Inserted, "metodiku un"}, {Kept, "priekšlikumus"}, {Removed, "dialoga"}, {Kept, "īstenošanai;"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// fileOf is a plan of one measure with these tasks, as a file has it.
func fileOf(texts ...string) Plan {
	p := Plan{Revision: 1, Title: "Plāns", From: 2024, Until: 2026, Approved: "2025-03-26"}
	m := Measure{Number: 1, Text: "Pasākums"}
	for i, s := range texts {
		m.Tasks = append(m.Tasks, Task{Number: i + 1, Text: s})
	}
	p.Measures = []Measure{m}
	return p
}

const (
	collect   = "apkopot datus par biedrību un nodibinājumu skaitu Latvijā;"
	discuss   = "pārrunāt apkopotos datus padomes sēdē ar ministrijām;"
	volunteer = "popularizēt brīvprātīgo darbu skolās un uzņēmumos."
)

func TestPredecessorsAreFoundByTheirWords(t *testing.T) {
	for _, c := range []struct {
		name  string
		old   []string
		file  []string
		given string
		want  []string // kinds of changes with numbers
	}{
		{"nothing changes", []string{collect, discuss}, []string{collect, discuss}, "", nil},
		{"in another order", []string{collect, discuss}, []string{discuss, collect}, "", []string{"moved 1.2.>1.1.", "moved 1.1.>1.2."}},
		{"reworded", []string{collect, discuss}, []string{strings.Replace(collect, "skaitu", "darbību", 1), discuss}, "", []string{"reworded 1.1.>1.1."}},
		{"one new, none alike", []string{collect}, []string{collect, volunteer}, "", []string{"added >1.2."}},
		{"one left out", []string{collect, discuss}, []string{collect}, "", []string{"retired 1.2.>"}},
		{"merged", []string{collect, discuss, volunteer}, []string{strings.Trim(collect, ";") + " un " + discuss, volunteer}, "", []string{"merged 1.1.1.2.>1.1.", "moved 1.3.>1.2."}},
		{"split", []string{strings.Trim(collect, ";") + " un " + discuss, volunteer}, []string{collect, discuss, volunteer}, "", []string{"split 1.1.>1.1.1.2.", "moved 1.2.>1.3."}},
		{"said to be new", []string{collect, discuss}, []string{strings.Replace(collect, "skaitu", "darbību", 1), discuss}, "1.1=new", []string{"added >1.1.", "retired 1.1.>"}},
		{"said to continue one that reads otherwise", []string{collect, discuss}, []string{volunteer, discuss}, "1.1=1.1", []string{"reworded 1.1.>1.1."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			prev := fileOf(c.old...)
			given, err := ParseMapping(c.given)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Propose(&prev, fileOf(c.file...), given)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, ch := range p.Tasks {
				s := string(ch.Kind) + " "
				for _, r := range ch.From {
					s += r.Label()
				}
				s += ">"
				for _, r := range ch.To {
					s += r.Label()
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s\nmatches %v", diff, p.Matches)
			}
			if p.Plan.Revision != 2 || p.Base != 1 {
				t.Errorf("revision %d after %d", p.Plan.Revision, p.Base)
			}
		})
	}
}

// A file that says itself what its tasks continue is believed.
func TestAFileMadeAsTheNextRevisionKeepsItsLinks(t *testing.T) {
	prev, file := fileOf(collect, discuss), fileOf(volunteer)
	file.Revision = 2
	file.Measures[0].Tasks[0].Follows = []Ref{{1, 1, 1}, {1, 1, 2}}
	p, err := Propose(&prev, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Tasks) != 1 || p.Tasks[0].Kind != Merged {
		t.Errorf("changes %v", p.Tasks)
	}
	// The same file once more, now made from the revision in force.
	again, err := Propose(&p.Plan, p.Plan, nil)
	if err != nil || !again.Empty() || again.Plan.Revision != 3 {
		t.Errorf("revision %d of the same tasks: %v, %v", again.Plan.Revision, again.Tasks, err)
	}
}

func TestEverythingOutsideTheTasksIsCompared(t *testing.T) {
	a := fileOf(collect)
	a.Goals = []Goal{{1, "Sekmēt."}, {2, "Stiprināt."}}
	a.Measures[0].Results = []string{"Dati ir pieejami sabiedrībai.", "Dialogs notiek."}
	b := a.Clone()
	b.Title, b.Until, b.Heading, b.Preamble = "Plāns 2", 2027, "Mērķi", "Ievads"
	b.Goals = b.Goals[:1]
	b.Goals[0].Text = "Sekmēt vidi."
	b.Measures[0].Text, b.Measures[0].Goal = "Pasākums un dati", 1
	b.Measures[0].Results = []string{"Dati ir plaši pieejami sabiedrībai.", "Jauns rezultāts."}
	b.Measures = append(b.Measures, Measure{Number: 2, Text: "Otrs", Tasks: []Task{{Number: 1, Text: "x"}}})
	c := Compare(a, b)
	var got []string
	for _, d := range c.Parts {
		got = append(got, string(d.Part)+": "+d.Before+" > "+d.After)
	}
	want := []string{"title: Plāns > Plāns 2", "period: 2024–2026 > 2024–2027", "heading:  > Mērķi", "preamble:  > Ievads",
		"goal: Sekmēt. > Sekmēt vidi.", "goal: Stiprināt. > ", "measure: Pasākums > Pasākums un dati", "measure-goal:  > 1.",
		"result: Dati ir pieejami sabiedrībai. > Dati ir plaši pieejami sabiedrībai.", "result:  > Jauns rezultāts.", "result: Dialogs notiek. > ",
		"measure:  > Otrs"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestOnlyWhatWasPreviewedIsConfirmed(t *testing.T) {
	prev := fileOf(collect)
	a, err := Propose(&prev, fileOf(collect, discuss), nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Propose(&prev, fileOf(collect, volunteer), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Confirm(a.Digest); err != nil {
		t.Error(err)
	}
	if err := b.Confirm(a.Digest); problem.KindOf(err) != problem.Conflict {
		t.Errorf("another file under that digest: %v", err)
	}
	if err := a.Confirm(""); problem.KindOf(err) != problem.State {
		t.Errorf("without a digest: %v", err)
	}
}

func TestAMappingThatCannotBeIsRefused(t *testing.T) {
	for s, key := range map[string]string{"3.2": "problem.plan.mapping", "3.2=": "problem.plan.mapping", "x=1.1": "problem.plan.mapping",
		"1.1=1.1,1.1=1.2": "problem.plan.mapping", strings.Repeat("1.1=1.1,", 1000): "problem.plan.many"} {
		_, err := ParseMapping(s)
		refused(t, err, "follows: "+key)
	}
	m, err := ParseMapping("1.1=1.2 1.3,2.1=new")
	if err != nil || len(m[Ref{0, 1, 1}]) != 2 || len(m) != 2 {
		t.Errorf("mapping %v, %v", m, err)
	}
	prev := fileOf(collect)
	_, err = Propose(&prev, fileOf(collect), Mapping{{0, 1, 7}: nil})
	refused(t, err, "follows: problem.plan.mapping.task")
	_, err = Propose(&prev, fileOf(collect), Mapping{{0, 1, 1}: {{0, 1, 7}}})
	refused(t, err, "follows: problem.plan.follows.none")
}

// The text of a plan does not say which goal a measure serves: what the council
// linked stays, until a file says otherwise.
func TestAFileThatNamesNoGoalsLeavesThem(t *testing.T) {
	prev := fileOf(collect)
	prev.Goals = []Goal{{1, "Sekmēt."}, {2, "Stiprināt."}}
	prev.Measures[0].Goal = 2
	for _, tt := range []struct {
		name  string
		goals int // that the file has
		names int // the goal it gives a second measure; 0 for none
		want  int
	}{{"silent", 2, 0, 2}, {"the goal is gone", 1, 0, 0}, {"another measure has one", 2, 1, 0}} {
		file := fileOf(discuss)
		file.Goals = prev.Goals[:tt.goals]
		file.Measures = append(file.Measures, Measure{Number: 2, Text: "Otrs", Goal: tt.names, Tasks: []Task{{Number: 1, Text: "x"}}})
		p, err := Propose(&prev, file, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Plan.Measures[0].Goal; got != tt.want {
			t.Errorf("%s: goal %d, want %d", tt.name, got, tt.want)
		}
	}
}
