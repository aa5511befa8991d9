package web

import (
	"strings"
	"testing"
)

func init() {
	for route, want := range map[string]string{
		"GET /sessions/:id/minutes/circulate":          "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/circulate":         "401 403 403 404 404 403 403",
		"GET /sessions/:id/minutes/comments":           "401 404 409 409 409 409 404",
		"POST /sessions/:id/minutes/comments":          "401 404 409 409 409 409 404",
		"GET /sessions/:id/minutes/comments/:comment":  "401 404 404 404 404 404 404",
		"POST /sessions/:id/minutes/comments/:comment": "401 404 404 404 404 404 404",
		"GET /sessions/:id/minutes/changes":            "401 404 409 409 409 409 404",
		"GET /sessions/:id/minutes/dissent":            "401 404 200 403 200 200 404",
		"POST /sessions/:id/minutes/dissent":           "401 404 422 403 422 422 404",
	} {
		access[route] = want
	}
}

func TestDraftMinutesAreCirculatedAndCommentedOnPages(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	d := h.press("taker", at+"/circulate", "Nosūtīt komentēšanai", 303)
	if got := d.Find("main").Text(); !strings.Contains(got, "Komentārus gaida līdz 2024. gada 6. martam") {
		t.Fatalf("circulated: %s", got)
	}
	page := at + "/comments"
	if d := h.page("taker", at+"/finalise"); d.Find("main form").Length() != 0 || d.Find(".tasks a[href$='/comments']").Length() != 1 {
		t.Errorf("while comments are taken the minutes can be final: %s", d.Find("main").Text())
	}
	h.press("ngo-2", page, "Iesniegt komentāru", 422, "text", "Precizēt.")
	h.press("ngo-2", page, "Iesniegt komentāru", 422, "about", "0:", "text", "")
	d = h.press("ngo-2", page, "Iesniegt komentāru", 303, "about", "1:opening", "text", "Lūdzu norādīt protokola numuru.")
	if got := d.Find(".items .card").Text(); !strings.Contains(got, "1.1. lēmuma punkts") || !strings.Contains(got, "gaida atbildi") {
		t.Errorf("commented: %s", got)
	}
	h.press("ngo-3", page, "Iesniegt komentāru", 303, "about", "0:", "text", "Piekrītu.")
	if got := h.page("ngo-3", page).Find(".items .card").Length(); got != 1 {
		t.Errorf("a member sees %d comments, want their own", got)
	}
	h.press("ngo-7", at+"/dissent", "Turpināt", 422, "text", "Nepiekrītu.")
	check := h.press("ngo-3", at+"/dissent", "Turpināt", 200, "item", "opening", "text", "Nepiekrītu.")
	action, values := h.fields(check, "Iesniegt viedokli")
	if w := h.ask("ngo-3", "POST", action, values.Encode(), "Content-Type", plainForm); w.Code != 303 {
		t.Fatalf("the opinion = %d: %s", w.Code, w.Body)
	}
	h.at("2024-03-07", "09:00")
	d = h.page("taker", at+"/finalise")
	if got := d.Find(".tasks a[href$='/comments']").Length(); got != 2 || d.Find("main form").Length() != 0 {
		t.Errorf("minutes with %d comments open can be final: %s", got, d.Find("main").Text())
	}
	h.answers(page)
	d = h.page("ngo-2", at+"/changes")
	if d.Find("ins").Length() == 0 {
		t.Errorf("who commented sees no change: %s", d.Find("main").Text())
	}
	if d := h.press("taker", at+"/finalise", "Pabeigt protokolu", 303); !strings.Contains(shown(d), "Atsevišķais viedoklis par 1. jautājumu") {
		t.Errorf("the opinion is no annex: %s", shown(d))
	}
}

// answers handles the comments one by one and edits the text.
func (h *hall) answers(page string) {
	h.Helper()
	first, _ := h.page("officer", page).Find(".items .card a").First().Attr("href")
	h.press("officer", first, "Saglabāt atbildi", 422, "answer", "Norādīts.")
	d := h.press("officer", first, "Saglabāt atbildi", 303, "decision", "reject", "answer", "Paldies.")
	if got := d.Find("h1").Text(); !strings.Contains(got, "Atbilde uz komentāru") {
		h.Fatalf("after the first comes %q, want the second comment", got)
	}
	second, _ := h.page("officer", page).Find(".items .card a").Last().Attr("href")
	d = h.press("officer", second, "Saglabāt atbildi", 303, "decision", "accept", "answer", "Norādīts.")
	if d.Find(".items .tag.green").Length() != 1 || d.Find(".items .tag.red").Length() != 1 {
		h.Errorf("answered: %s", d.Find("main").Text())
	}
	title := strings.TrimSpace(h.page("officer", strings.TrimSuffix(page, "/comments")).Find(".items li h3").First().Text())[3:]
	h.press("officer", strings.TrimSuffix(page, "/comments"), "Saglabāt "+title, 303, "text", "Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai. Protokols Nr. 1.")
}
