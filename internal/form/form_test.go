package form

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"padome/internal/locale"
	"padome/internal/problem"
)

// faults are what is wrong, as "field key"; each has its sentence.
func faults(t testing.TB, err error) []string {
	t.Helper()
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		if err != nil {
			t.Fatal(err)
		}
		return nil
	}
	var all []string
	for _, f := range e.Fields {
		for _, lang := range locale.Langs {
			if s := locale.Text(lang, f.Key, f.Args); strings.Contains(s, "⟦") {
				t.Errorf("%s in %s: %s", f.Key, lang, s)
			}
		}
		all = append(all, f.Name+" "+f.Key)
	}
	return all
}

func TestTheUsualFormsAreRight(t *testing.T) {
	for _, of := range All {
		f := Usual(of)
		if err := f.Validate(); err != nil {
			t.Errorf("%s: %v", of, err)
		}
		for _, name := range Names(of) {
			for _, lang := range locale.Langs {
				if f.UsualText(lang, name) == "" {
					t.Errorf("%s has no usual text %s in %s", of, name, lang)
				}
			}
		}
	}
	past := Usual(Minutes)
	past.Tense = Past
	if got := past.Say(locale.LV, "presides", nil); got != "Sēdi vadīja" {
		t.Errorf("in the past it says %q", got)
	}
	past.Texts = map[string]Words{"presides": {LV: "Sēdes vadītājs", EN: "Chair"}}
	if lv, en := past.Say(locale.LV, "presides", nil), past.Say(locale.EN, "presides", nil); lv != "Sēdes vadītājs" || en != "Chair" {
		t.Errorf("given, it says %q and %q", lv, en)
	}
}

// spoiled is a form made wrong in one way, and the faults that are to be found.
type spoiled struct {
	spoil func(*Form)
	want  []string
}

func without(part string) func(*Form) {
	return func(f *Form) { f.Parts = slices.DeleteFunc(f.Parts, func(p string) bool { return p == part }) }
}

func given(name, lv, en string) func(*Form) {
	return func(f *Form) { f.Texts = map[string]Words{name: {LV: lv, EN: en}} }
}

func checkSpoiled(t *testing.T, of Of, all map[string]spoiled) {
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			f := Usual(of)
			tt.spoil(&f)
			if diff := cmp.Diff(faults(t, f.Validate()), tt.want); diff != "" {
				t.Errorf("faults (-got +want):\n%s", diff)
			}
		})
	}
}

func TestAWrongFormIsRefusedWithTheReason(t *testing.T) {
	checkSpoiled(t, Minutes, map[string]spoiled{
		"no author and date":                 {without("heading"), []string{"parts problem.form.missing.heading"}},
		"no signatures":                      {without("signatures"), []string{"parts problem.form.missing.signatures"}},
		"no attendance":                      {without("attendance"), []string{"parts problem.form.missing.attendance"}},
		"no opening":                         {without("opened"), []string{"parts problem.form.missing.opened"}},
		"no agenda":                          {without("agenda"), []string{"parts problem.form.missing.agenda"}},
		"no items":                           {without("items"), []string{"parts problem.form.missing.items"}},
		"no closing":                         {without("closed"), []string{"parts problem.form.missing.closed"}},
		"no annexes":                         {without("annexes"), []string{"parts problem.form.missing.annexes"}},
		"the next session may be left out":   {without("next"), nil},
		"a heading below":                    {func(f *Form) { slices.Reverse(f.Parts[:2]) }, []string{"parts problem.form.first"}},
		"something below the signatures":     {func(f *Form) { slices.Reverse(f.Parts[7:]) }, []string{"parts problem.form.last.signatures"}},
		"a part twice":                       {func(f *Form) { f.Parts = slices.Insert(f.Parts, 2, "items") }, []string{"parts problem.form.twice"}},
		"a part that is none":                {func(f *Form) { f.Parts = slices.Insert(f.Parts, 2, "songs") }, []string{"parts problem.choice"}},
		"no tense":                           {func(f *Form) { f.Tense = "" }, []string{"tense problem.choice"}},
		"signers that are none":              {func(f *Form) { f.Signers = "everybody" }, []string{"signers problem.choice"}},
		"a text of one language":             {given("presides", "Sēdi vada", ""), []string{"texts.presides.en problem.text.missing"}},
		"a text that nothing has":            {given("greeting", "Sveiki", "Hello"), []string{"texts problem.form.text"}},
		"an author without a name":           {given("author.regular", "Padomes sēdes", "Council"), []string{"texts.author.regular.lv problem.form.must-say", "texts.author.regular.en problem.form.must-say"}},
		"a date without the date":            {given("date", "šodien", "{date:date}"), []string{"texts.date.lv problem.form.must-say"}},
		"a placeholder that nothing fills":   {given("presides", "Vada {who}", "Chair"), []string{"texts.presides.lv problem.form.placeholder"}},
		"a brace without its fellow":         {given("presides", "Vada {", "Chair"), []string{"texts.presides.lv problem.form.braces"}},
		"a line that is untrue":              {given("footnote.here", "* Dokuments ir parakstīts ar drošu elektronisko parakstu", "* Signed"), []string{"texts.footnote.here problem.form.untrue"}},
		"too many closing lines":             {func(f *Form) { f.Closing = slices.Repeat([]Words{{LV: "a", EN: "b"}}, 11) }, []string{"closing problem.form.closing"}},
		"a closing line of one language":     {func(f *Form) { f.Closing = []Words{{LV: "a"}} }, []string{"closing[0].en problem.text.missing"}},
		"a text given up is the usual again": {given("presides", "", ""), nil},
	})
	agenda := Usual(Agenda)
	agenda.Tense, agenda.Signers, agenda.Closing = Past, "chair-and-deputy", []Words{{LV: "a", EN: "b"}}
	if diff := cmp.Diff(faults(t, agenda.Validate()), []string{"tense problem.form.minutes-only", "signers problem.form.minutes-only", "closing problem.form.closing"}); diff != "" {
		t.Errorf("of an agenda (-got +want):\n%s", diff)
	}
	if got := faults(t, (&Form{Of: "song"}).Validate()); !slices.Equal(got, []string{"of problem.choice"}) {
		t.Errorf("of nothing: %v", got)
	}
}

// Any order of the parts that is accepted has the heading on top, the signatures at
// the end, and all that the paper cannot be without.
func TestWhatIsAcceptedIsAPaper(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := Usual(Minutes)
		if rapid.Bool().Draw(rt, "anchored") {
			copy(f.Parts[1:8], rapid.Permutation(f.Parts[1:8]).Draw(rt, "middle"))
		} else {
			f.Parts = rapid.Permutation(f.Parts).Draw(rt, "order")
			f.Parts = f.Parts[:rapid.IntRange(0, len(f.Parts)).Draw(rt, "n")]
		}
		if f.Validate() != nil {
			return
		}
		if f.Parts[0] != "heading" || f.Parts[len(f.Parts)-1] != "signatures" || len(f.Parts) < 8 {
			rt.Fatalf("accepted %v", f.Parts)
		}
	})
}
