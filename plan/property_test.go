package plan

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"padome/internal/problem"
)

// texts are all texts of a plan without white space, with the marks and numbers
// that the source writes before them apart.
func texts(p Plan) (all, marks []string) {
	all = []string{p.Approval, p.Title, p.Heading, p.Preamble}
	for _, s := range p.Signers {
		all = append(all, s.Name, s.Role)
	}
	for _, g := range p.Goals {
		all, marks = append(all, g.Text), append(marks, strconv.Itoa(g.Number)+".")
	}
	for _, m := range p.Measures {
		all, marks = append(all, m.Text), append(marks, strconv.Itoa(m.Number)+".")
		for _, t := range m.Tasks {
			all, marks = append(all, t.Text), append(marks, "-")
		}
		all = append(all, m.Results...)
	}
	for i := range all {
		all[i] = compact(all[i])
	}
	return all, marks
}

// letters counts the characters of texts that are no white space.
func letters(texts ...string) map[rune]int {
	count := map[rune]int{}
	for _, s := range texts {
		for _, r := range s {
			if !unicode.IsSpace(r) {
				count[r]++
			}
		}
	}
	return count
}

// foreignLine is a line that somebody might have put into a plan's text.
func foreignLine(source []string) *rapid.Generator[string] {
	word := rapid.StringMatching(`[A-Za-zāčēģīķļņšūžĀŠ0-9,()„”]{1,12}`)
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(word, 1, 7).Draw(t, "words"), " ")
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			s = rapid.SampledFrom(source).Draw(t, "line of the source")
		case 1:
			s = strconv.Itoa(rapid.IntRange(1, 1100).Draw(t, "number")) + rapid.SampledFrom([]string{"", "."}).Draw(t, "dot")
		case 2:
			s = rapid.SampledFrom([]string{"Nr.", "p. k.", "Pasākums", "* Dokuments", "Veikta pārbaude", "Valsts un", "9. Sekmēt"}).Draw(t, "known")
		}
		return rapid.SampledFrom([]string{"", "", " ", "- ", "– "}).Draw(t, "before") + s +
			rapid.SampledFrom([]string{"", " ", ".", ";", "."}).Draw(t, "after")
	})
}

func isFixed(s string) bool {
	return approvedWord.MatchString(s) || signedMark.MatchString(s) ||
		furniture([]line{{text: s}}, tableHead, footnote, footnoteStamped) > 0
}

// A foreign line anywhere in the real plan never vanishes: every character of the
// text is in the plan, in a line without a place, or in furniture, as often as in
// the text. The foreign line may only be refused instead when it reads as the
// number of a measure.
func TestForeignLineNeverVanishes(t *testing.T) {
	var source []string
	for s := range strings.Lines(string(realText)) {
		source = append(source, strings.TrimRight(s, "\n"))
	}
	foreign := foreignLine(slices.DeleteFunc(slices.Clone(source), func(s string) bool { return strings.TrimSpace(s) == "" }))
	rapid.Check(t, func(t *rapid.T) {
		put := foreign.Filter(func(s string) bool { return !isFixed(strings.TrimSpace(s)) }).Draw(t, "foreign")
		at := rapid.IntRange(0, len(source)).Draw(t, "at")
		text := strings.Join(slices.Insert(slices.Clone(source), at, put), "\n")
		p, unplaced, err := ParseText(strings.NewReader(text))
		if e, ok := errors.AsType[*problem.Error](err); ok {
			above := at
			for above > 0 && strings.TrimSpace(source[above-1]) == "" {
				above--
			}
			itself := rowNumber.MatchString(strings.TrimSpace(put)) && e.Fields[0].Name == lineField(at+1)
			robbed := strings.HasPrefix(strings.TrimSpace(put), "- ") && e.Fields[0].Name == lineField(above)
			if len(e.Fields) == 1 && (itself || robbed) {
				return
			}
			t.Fatalf("refused: %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		all, marks := texts(p)
		all = append(append(all, marks...), "APSTIPRINĀTS", tableHead, footnote)
		for range p.Signers {
			all = append(all, "(paraksts*)")
		}
		for _, u := range unplaced {
			all = append(all, u.Text)
		}
		if diff := cmp.Diff(letters(text), letters(all...)); diff != "" {
			t.Fatalf("characters (-source +plan and lines without a place):\n%s", diff)
		}
		if !slices.Contains(unplaced, Unplaced{at + 1, strings.Join(strings.Fields(put), " ")}) && !holds(p, put) {
			t.Fatalf("line %d %q is in no text; without a place are %v", at+1, put, unplaced)
		}
	})
}

var number = regexp.MustCompile(`^\d{1,3}\.$|^\d{1,2}\. `)

// holds reports whether one of the plan's texts holds a line, with or without the
// mark or number before it.
func holds(p Plan, l string) bool {
	l = strings.Join(strings.Fields(norm.NFC.String(l)), " ")
	all, marks := texts(p)
	forms := []string{compact(l), compact(number.ReplaceAllString(l, ""))}
	for _, mark := range bulletMarks {
		forms = append(forms, compact(strings.TrimPrefix(l, mark+" ")))
	}
	return slices.Contains(marks, l) || slices.ContainsFunc(all, func(s string) bool {
		return slices.ContainsFunc(forms, func(f string) bool { return f != "" && strings.Contains(s, f) })
	})
}

// somePlan draws a plan that Validate may tidy and does not refuse.
func somePlan(t *rapid.T) Plan {
	words := rapid.StringMatching(`[A-ZĀŠa-zāčēģīķļņšūž0-9"„”<>&–-]([A-Za-zāčē ]{0,20}[a-zāš.;])?`)
	p := Plan{Revision: rapid.IntRange(1, 9).Draw(t, "revision"), Title: words.Draw(t, "title"),
		From: 2024, Until: rapid.IntRange(2024, 2030).Draw(t, "until"), Approved: "2024-01-31",
		Preamble: words.Draw(t, "preamble") + "\n" + words.Draw(t, "more")}
	for i := range rapid.IntRange(0, 3).Draw(t, "goals") {
		p.Goals = append(p.Goals, Goal{i + 1, words.Draw(t, "goal")})
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "measures") {
		m := Measure{Number: i + 1, Goal: rapid.IntRange(0, len(p.Goals)).Draw(t, "goal"), Text: words.Draw(t, "measure"),
			Results: rapid.SliceOfN(words, 0, 3).Draw(t, "results")}
		for j := range rapid.IntRange(1, 5).Draw(t, "tasks") {
			task := Task{Number: j + 1, Text: words.Draw(t, "task"), Retired: rapid.Bool().Draw(t, "retired")}
			if p.Revision > 1 {
				for range rapid.IntRange(0, 2).Draw(t, "follows") {
					task.Follows = append(task.Follows, Ref{p.Revision - 1, len(task.Follows) + 1, j + 1})
				}
			}
			m.Tasks = append(m.Tasks, task)
		}
		p.Measures = append(p.Measures, m)
	}
	return p
}

func TestJSONRoundTripIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := somePlan(t)
		if err := want.Validate(); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := want.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		got, err := ParseJSON(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("plan (-written +read):\n%s", diff)
		}
	})
}

// What counts for what is the same asked from either end.
func TestLineageAgreesFromBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		revisions := []Plan{somePlan(t)}
		revisions[0].Revision = 1
		clearFollows(&revisions[0])
		for range rapid.IntRange(1, 3).Draw(t, "reviews") {
			prev := revisions[len(revisions)-1]
			next := somePlan(t)
			clearFollows(&next)
			for i := range next.Measures {
				for j := range next.Measures[i].Tasks {
					some := rapid.SliceOfNDistinct(rapid.SampledFrom(allRefs(prev)), 0, 2, Ref.Key).Draw(t, "follows")
					next.Measures[i].Tasks[j].Follows = some
				}
			}
			p, err := NextRevision(prev, next)
			if err != nil {
				t.Fatal(err)
			}
			revisions = append(revisions, p)
		}
		checkLineage(t, revisions)
	})
}

func clearFollows(p *Plan) {
	for i := range p.Measures {
		for j := range p.Measures[i].Tasks {
			p.Measures[i].Tasks[j].Follows = nil
		}
	}
}

func checkLineage(t *rapid.T, revisions []Plan) {
	l := NewLineage(revisions...)
	inForce := revisions[len(revisions)-1].Refs()
	reached := map[Ref]bool{}
	for _, p := range revisions {
		for _, r := range allRefs(p) {
			for _, a := range l.Ancestors(r) {
				if a.Revision >= r.Revision || !slices.Contains(l.Successors(a), r) {
					t.Fatalf("%s has the ancestor %s, whose successors are %v", r.Key(), a.Key(), l.Successors(a))
				}
			}
			for _, s := range l.Successors(r) {
				if !slices.Contains(l.Ancestors(s), r) {
					t.Fatalf("%s has the successor %s, whose ancestors are %v", r.Key(), s.Key(), l.Ancestors(s))
				}
			}
			for _, c := range l.Current(r) {
				if reached[c] = true; !slices.Contains(inForce, c) || c != r && !slices.Contains(l.Successors(r), c) {
					t.Fatalf("%s counts for %s, which is not in force or continues it not", r.Key(), c.Key())
				}
			}
		}
	}
	if diff := cmp.Diff(len(inForce), len(slices.Collect(maps.Keys(reached)))); diff != "" {
		t.Fatalf("tasks in force reached (-want +got):\n%s", diff)
	}
}
