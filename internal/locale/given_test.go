package locale

import (
	"slices"
	"testing"
)

func TestEveryTextReadsAsItIsWritten(t *testing.T) {
	for key, m := range catalogue() {
		for lang, tpl := range map[Lang]template{LV: m.lv, EN: m.en} {
			again, err := parse(lang, tpl.String())
			if err != nil || again.String() != tpl.String() || len(again) != len(tpl) {
				t.Errorf("%s in %s reads %q, %v", key, lang, tpl.String(), err)
			}
		}
	}
	if got := Template(LV, "minutes.paper.annex"); got != "{title} uz {n} lp." {
		t.Errorf("the template is %q", got)
	}
	if Template(LV, "no.such.key") != "" {
		t.Error("there is a text of no key")
	}
}

func TestWhatPeopleWroteIsFilledLikeTheCatalogue(t *testing.T) {
	names, err := Placeholders(LV, "{council} {date:of} sēde, {n|diena|dienas} {n}")
	if err != nil || !slices.Equal(names, []string{"council", "date", "n"}) {
		t.Errorf("names %v, %v", names, err)
	}
	for _, wrong := range []string{"{date", "date}", "{}", "{date:never}", "{n|viens}"} {
		if _, err := Placeholders(LV, wrong); err == nil {
			t.Errorf("%q can be filled", wrong)
		}
	}
	if got := Fill(LV, "Sēde {date:on}", Args{"date": "2024-01-31"}); got != "Sēde 2024.\u00a0gada 31.\u00a0janvārī" && got != "Sēde 2024. gada 31. janvārī" {
		t.Errorf("filled to %q", got)
	}
}
