package minutes

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReadCourse(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []Speech
		faults   []string
	}{
		{"takes nothing", " \n", nil, nil},
		{"takes who and what they said", "Ziņo: direktors – J. Ozols\nPlāns ir.\n\nVēl.\nizsakās: A. Liepa", []Speech{
			{Reports, "direktors – J. Ozols", "Plāns ir.\n\nVēl."}, {Speaks, "A. Liepa", ""}}, nil},
		{"takes either language and tense", "Presenting: A\nIzteicās: B", []Speech{{Reports, "A", ""}, {Speaks, "B", ""}}, nil},
		{"keeps other labels as what was said", "Ziņo: A\nBalsojums: par – 1", []Speech{{Reports, "A", "Balsojums: par – 1"}}, nil},
		{"takes an indented label as what was said", "Ziņo: A\n Ziņo: B", []Speech{{Reports, "A", "Ziņo: B"}}, nil},
		{"refuses a text before the first label", "\nPlāns", nil, []string{"course problem.minutes.course.label"}},
		{"refuses a label with nobody", "Ziņo:\nIzsakās: A", []Speech{{Speaks, "A", ""}}, []string{"course problem.minutes.course.who"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadCourse(tt.in)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("course (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.faults, faults(t, err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// What is shown to be edited reads back as it was.
func TestCourseTextReadsBack(t *testing.T) {
	line := rapid.SampledFrom([]string{"Plāns", "Ziņo: x", "Izsakās:", "Nolemj:", "1.1. Apstiprināt", ""})
	rapid.Check(t, func(rt *rapid.T) {
		var course []Speech
		for range rapid.IntRange(0, 4).Draw(rt, "speeches") {
			s := Speech{Kind: rapid.SampledFrom([]SpeechKind{Reports, Speaks}).Draw(rt, "kind"), Who: rapid.SampledFrom([]string{"A. Liepa", "direktors – B: C"}).Draw(rt, "who")}
			if rapid.Bool().Draw(rt, "says") {
				s.Text = "x\n" + line.Draw(rt, "line") + "\ny"
			}
			course = append(course, s)
		}
		got, err := ReadCourse(CourseText(course))
		if diff := cmp.Diff(course, got); diff != "" || err != nil {
			rt.Fatalf("%v (-want +got):\n%s", err, diff)
		}
	})
}
