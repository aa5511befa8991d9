package form

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAWrongFormOfExtractsIsRefusedWithTheReason(t *testing.T) {
	without := func(part string) func(*Form) {
		return func(f *Form) { f.Parts = slices.DeleteFunc(f.Parts, func(p string) bool { return p == part }) }
	}
	given := func(name, lv, en string) func(*Form) {
		return func(f *Form) { f.Texts = map[string]Words{name: {LV: lv, EN: en}} }
	}
	for name, tt := range map[string]struct {
		spoil func(*Form)
		want  []string
	}{
		"no author and date":                 {without("heading"), []string{"parts problem.form.missing.heading"}},
		"no session":                         {without("session"), []string{"parts problem.form.missing.session"}},
		"no item":                            {without("item"), []string{"parts problem.form.missing.item"}},
		"no signatures":                      {without("signatures"), []string{"parts problem.form.missing.signatures"}},
		"no certification":                   {without("certified"), []string{"parts problem.form.missing.certified"}},
		"annexes may be left out":            {without("annexes"), nil},
		"something below the certification":  {func(f *Form) { slices.Reverse(f.Parts[4:]) }, []string{"parts problem.form.last.certified"}},
		"a tense of its own":                 {func(f *Form) { f.Tense = Past }, []string{"tense problem.form.minutes-only"}},
		"signers of its own":                 {func(f *Form) { f.Signers = "chair-and-deputy" }, []string{"signers problem.form.minutes-only"}},
		"lines that are none":                {func(f *Form) { f.Lines = "centred" }, []string{"lines problem.choice"}},
		"justified lines":                    {func(f *Form) { f.Lines = Justified }, nil},
		"a certification without its day":    {given("extract.certified", "{place}", "{place}, {date:date}"), []string{"texts.extract.certified.lv problem.form.must-say"}},
		"a right copy that nobody certified": {given("extract.uncertified", "Izraksts pareizs.", "Not certified."), []string{"texts.extract.uncertified.lv problem.form.uncertified"}},
		"the same in English":                {given("extract.uncertified", "Nav apliecināts.", "This extract is correct."), []string{"texts.extract.uncertified.en problem.form.uncertified"}},
		"closing lines":                      {func(f *Form) { f.Closing = []Words{{LV: "Izsniegts.", EN: "Issued."}} }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := Usual(Extract)
			tt.spoil(&f)
			if diff := cmp.Diff(faults(t, f.Validate()), tt.want); diff != "" {
				t.Errorf("faults (-got +want):\n%s", diff)
			}
		})
	}
}
