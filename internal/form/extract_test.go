package form

import (
	"slices"
	"testing"
)

func TestAWrongFormOfExtractsIsRefusedWithTheReason(t *testing.T) {
	checkSpoiled(t, Extract, map[string]spoiled{
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
	})
}
