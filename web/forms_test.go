package web

import (
	"strings"
	"testing"

	"padome/internal/form"
)

func init() {
	access["GET /api/v1/forms/:of"] = "401 403 403 404 404 404 403"
	access["GET /api/v1/forms/:of/versions"] = "401 403 403 404 404 404 403"
	access["PUT /api/v1/forms/:of"] = "401 403 403 404 403 403 404"
	access["GET /settings/forms/:of"] = "401 403 403 404 403 403 404"
	access["POST /settings/forms/:of"] = "401 403 403 404 403 403 404"
	described["GET /api/v1/forms/:of"] = op{summary: "The form of minutes, of agendas or of extracts that is in force", out: form.Form{}}
	described["GET /api/v1/forms/:of/versions"] = op{summary: "All versions of it that were edited, newest first", out: listing[form.Form]{}}
	described["PUT /api/v1/forms/:of"] = op{summary: "Make the next version of a form; papers that are final keep theirs", in: formRequest{}, out: form.Form{}}
}

func TestAFormIsEditedWithAPreviewAndRefusedWithTheReason(t *testing.T) {
	h := newHall(t)
	at := minutesAt(h.held())
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	page := formAt(form.Minutes)
	if w := h.ask("ngo-2", "GET", page, nil); w.Code != 403 {
		t.Errorf("a member edits forms: %d", w.Code)
	}
	d := h.press("officer", page, "Saglabāt", 422, "place-signatures", "0")
	if got := d.Find("main").Text(); !strings.Contains(got, "bez paraksta dokumentam nav juridiska spēka") {
		t.Errorf("without signatures: %s", got)
	}
	d = h.press("officer", page, "Priekšskatīt", 200, "text-presides-lv", "Sēdes vadība", "text-presides-en", "Chair", "tense", "past", "lines", "justified", "place-next", "0", "closing-lv", "Sastādīts Rīgā.", "closing-en", "Done in Riga.")
	if got := shown(d); !strings.Contains(got, "Sēdes vadība") || !strings.Contains(got, "Sēdi slēdza") || !strings.Contains(got, "Sastādīts Rīgā.") {
		t.Errorf("the preview says %s", got)
	}
	if d.Find("main .folio .justified").Length() != 1 {
		t.Error("the preview of justified lines is ragged")
	}
	if got := shown(h.page("taker", at)); strings.Contains(got, "Sēdes vadība") {
		t.Error("a preview changed the minutes")
	}
	h.press("officer", page, "Saglabāt", 303, "text-presides-lv", "Sēdes vadība", "text-presides-en", "Chair", "tense", "past", "lines", "justified")
	if got := shown(h.page("taker", at)); !strings.Contains(got, "Sēdes vadība") {
		t.Errorf("the draft says %s", got)
	}
	var f form.Form
	tag := h.do(&f, "officer", "GET", "/api/v1/forms/minutes", nil)
	if f.Version != 1 || f.Tense != form.Past || f.Lines != form.Justified || f.Texts["presides"].EN != "Chair" {
		t.Errorf("over the API: %+v", f)
	}
	in := formRequest{Tense: form.Present, Parts: f.Parts[1:]}
	h.refused(h.ask("officer", "PUT", "/api/v1/forms/minutes", in, seen(tag)...), 422, "parts problem.form.missing.heading")
	in.Parts = f.Parts
	var next form.Form
	h.do(&next, "officer", "PUT", "/api/v1/forms/minutes", in, seen(tag)...)
	if next.Version != 2 || len(next.Texts) != 0 {
		t.Errorf("saved over the API: %+v", next)
	}
	d = h.press("officer", formAt(form.Extract), "Saglabāt", 422, "place-certified", "0")
	if got := d.Find("main").Text(); !strings.Contains(got, "atvasinājumam bez atzīmes „Izraksts pareizs”") {
		t.Errorf("an extract that nobody certifies: %s", got)
	}
	h.press("officer", formAt(form.Extract), "Saglabāt", 303, "text-extract.mark-lv", "(parakstīts)", "text-extract.mark-en", "(signed)", "lines", "justified")
	h.do(&f, "officer", "GET", "/api/v1/forms/extract", nil)
	if f.Of != form.Extract || f.Lines != form.Justified || f.Texts["extract.mark"].EN != "(signed)" {
		t.Errorf("the form of extracts over the API: %+v", f)
	}
}
