package web

import (
	"net/http"
	"slices"
	"testing"

	"padome/council"
	"padome/minutes"
	"padome/office"
)

// asked fails unless exactly these people have a thing to do, and the desk of the
// last of them leads to a page that is there.
func (h *hall) asked(kind office.TodoKind, page string, who ...string) {
	h.Helper()
	for _, x := range []string{"officer", "taker", "state-1", "ngo-1", "ngo-2"} {
		want := slices.Contains(who, x)
		if got := h.todo(x); slices.Contains(got, kind) != want {
			h.Errorf("%s has to do %q; %s among it: want %t", x, got, kind, want)
		}
	}
	if len(who) == 0 {
		return
	}
	last := who[len(who)-1]
	if h.page(last, "/").Find("#todo a[href='"+page+"']").Length() == 0 {
		h.Errorf("the desk of %s does not lead to %s for %s", last, page, kind)
	}
	h.page(last, page) // is there
}

// Draft minutes are finished by whoever keeps the record, after the last day of
// comments; then each signer signs, and the secretariat waits for who has not.
func TestFinishingAndSigningMinutesIsToDo(t *testing.T) {
	h := newHall(t)
	at := minutesAt(h.held())
	keepers := []string{"officer", "taker", "state-1"}
	h.asked(office.DraftMinutes, at, keepers...)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	h.asked(office.FinishMinutes, at, keepers...)
	h.press("taker", at+"/circulate", "Nosūtīt komentēšanai", 303)
	h.asked(office.FinishMinutes, at)
	h.asked(office.AwaitComments, at+"/comments", keepers...)
	h.press("ngo-2", at+"/comments", "Iesniegt komentāru", 303, "about", "0:", "text", "Piekrītu.")
	h.press("ngo-3", at+"/comments", "Iesniegt komentāru", 303, "about", "1:opening", "text", "Precizēt.")
	h.asked(office.AwaitComments, at+"/comments")
	h.asked(office.AnswerComments, at+"/comments", keepers...)
	h.answers(at + "/comments")
	h.at("2024-03-07", "09:00") // the working day after the last for comments
	h.asked(office.AwaitComments, at+"/comments")
	h.asked(office.FinishMinutes, at, keepers...)
	var all listing[office.Todo]
	h.do(&all, "officer", "GET", "/api/v1/todo", nil)
	for _, x := range all.Items {
		if x.Kind == office.FinishMinutes && x.Due != "2024-03-07" {
			t.Errorf("minutes that circulated until 6 March are to be finished by %s", x.Due)
		}
	}
	h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	h.asked(office.FinishMinutes, at)
	h.asked(office.SignMinutes, at+"/sign", "taker", "state-1")
	h.asked(office.AwaitMinutes, at, "officer")
	h.signs("state-1", at)
	h.asked(office.SignMinutes, at+"/sign", "taker")
	h.asked(office.AwaitMinutes, at, "officer")
	h.signs("taker", at)
	h.asked(office.SignMinutes, at+"/sign")
	h.asked(office.AwaitMinutes, at)
}

// A correction is decided on by the session that is named in it, then finished by
// whoever keeps the record and signed by those who sign for that session, here or
// outside as the council's setting was then.
func TestFinishingAndSigningCorrectionsIsToDo(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	h.signs("state-1", at)
	h.signs("taker", at)
	var decides council.Session
	h.do(&decides, "officer", "POST", "/api/v1/sessions", aSession("2024-03-27"))
	draft := func(text string) (c correctionView, page string) {
		h.do(&c, "officer", "POST", "/api/v1"+at+"/corrections", minutes.Wanted{Text: text, Ground: "Kļūda.", Decided: decides.ID})
		return c, at + "/corrections/" + c.ID
	}
	_, here := draft("Piedalās arī V. Šmite.")
	_, outside := draft("Sēdi slēdz plkst. 12.50.")
	h.asked(office.DecideCorrection, here, "officer", "taker", "state-1", "ngo-1")
	h.proposed("Par pārskatu")
	h.over(decides, "")
	h.asked(office.DecideCorrection, here)
	h.asked(office.FinishCorrection, here, "officer", "taker", "state-1")

	h.press("taker", here, "Pabeigt labojumu", 303)
	h.asked(office.SignCorrection, here+"/sign", "taker", "state-1")
	h.asked(office.AwaitCorrection, here, "officer")
	h.signsCorrection("state-1", here)
	h.asked(office.SignCorrection, here+"/sign", "taker")
	h.signsCorrection("taker", here)
	h.asked(office.SignCorrection, here+"/sign")
	h.asked(office.AwaitCorrection, here)

	h.signsOutside()
	h.press("officer", outside, "Pabeigt labojumu", 303)
	h.asked(office.FinishCorrection, outside)
	h.asked(office.SignCorrection, outside+"/sign")
	h.asked(office.SignedCorrection, outside+"/signed", "taker", "state-1")
	h.asked(office.AwaitCorrection, outside, "officer")
	if d := h.page("taker", outside+"/sign"); d.Find("main a[href='"+outside+"/signed']").Length() != 1 || d.Find("main form").Length() != 0 {
		t.Errorf("who signs outside is shown %s", d.Find("main").Text())
	}
	if d := h.page("taker", outside+"/signed"); d.Find("main a[href='"+outside+"']").Length() != 1 {
		t.Error("the page that takes the file has no way back")
	}
}

// signsCorrection has somebody sign a correction on its pages, which speak of it
// and not of the minutes.
func (h *hall) signsCorrection(who, page string) {
	h.Helper()
	check := h.press(who, page+"/sign", "Turpināt", http.StatusOK)
	action, values := h.fields(check, "Parakstīt labojumu")
	values.Set("current", password)
	if w := h.postForm(who, action, values); w.Code != http.StatusSeeOther {
		h.Fatalf("%s signs %s = %d: %s", who, page, w.Code, w.Body)
	}
	if d := h.page(who, page+"/sign"); d.Find(".panel.done h2").Text() != "Jūs parakstījāt labojumu" {
		h.Errorf("%s is told %s", who, d.Find("main").Text())
	}
}
