package minutes

import (
	"strings"
	"testing"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
)

func TestMinutesAreWrittenInTheirForm(t *testing.T) {
	r := record(t)
	usual := document.PlainText(Document(locale.LV, r, DraftFrom(r)))
	same := r
	same.SetForm(form.Usual(form.Minutes))
	if got := document.PlainText(Document(locale.LV, same, DraftFrom(same))); got != usual {
		t.Error("the usual form reads otherwise than no form")
	}

	f := form.Usual(form.Minutes)
	f.Version, f.Tense, f.Signers = 3, form.Past, string(council.ChairAndDeputy)
	f.Parts = []string{"heading", "agenda", "attendance", "opened", "items", "closed", "annexes", "signatures"}
	f.Texts = map[string]form.Words{"presides": {LV: "Sēdes vadītājs", EN: "In the chair"}}
	f.Closing = []form.Words{{LV: "Protokols sastādīts valsts valodā.", EN: "Minutes drawn up in Latvian."}}
	if err := f.Validate(); err != nil {
		t.Fatal(err)
	}
	r.SetForm(f)
	m := final(t, r)
	if m.Form != 3 {
		t.Errorf("final under form %d, want 3", m.Form)
	}
	got := document.PlainText(Document(locale.LV, r, m))
	for _, want := range []string{"Sēdes vadītājs ", "Nolēma:", "Sēdi slēdza plkst.", "Protokols sastādīts valsts valodā.", "Memoranda padomes vadītāja vietniece"} {
		if !strings.Contains(got, want) {
			t.Errorf("the form does not show in %q", want)
		}
	}
	if strings.Contains(got, "Nākamā sēde") || strings.Index(got, "Darba kārtība") > strings.Index(got, "Sēdes vadītājs ") ||
		strings.Index(got, "Protokols sastādīts") < strings.Index(got, "Sēdi slēdza") {
		t.Errorf("the parts stand otherwise:\n%s", got)
	}
	if en := document.PlainText(Document(locale.EN, r, m)); !strings.Contains(en, "In the chair") || !strings.Contains(en, "Minutes drawn up in Latvian.") {
		t.Errorf("in English:\n%s", en)
	}
	must(t, m.AskReopening(actor("officer"), "Forma.", at))
	must(t, m.ConfirmReopening(actor("state-1"), r.Session, at))
	if m.Form != 0 {
		t.Errorf("a draft keeps form %d", m.Form)
	}
}
