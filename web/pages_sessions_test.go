package web

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func init() {
	for route, want := range map[string]string{
		"GET /sessions":               "200 200 200 200 200 200 200",
		"GET /sessions.ics":           "200 200 200 200 200 200 200",
		"GET /sessions/years/:year":   "404 404 404 404 404 404 404",
		"GET /sessions/new":           "401 403 403 200 403 403 200",
		"POST /sessions/new":          "401 403 403 422 403 403 422",
		"GET /sessions/:id":           "200 200 200 200 200 200 200",
		"GET /sessions/:id/change":    "401 403 403 200 403 403 200",
		"POST /sessions/:id/change":   "401 403 403 409 403 403 409",
		"GET /sessions/:id/cancel":    "401 403 403 200 403 403 200",
		"POST /sessions/:id/cancel":   "401 403 403 422 403 403 422",
		"GET /sessions/:id/observe":   "409 409 409 409 409 409 409",
		"POST /sessions/:id/observe":  "422 422 422 422 422 422 422",
		"GET /sessions/:id/observers": "401 403 403 200 200 200 403",
	} {
		access[route] = want
	}
}

func TestASessionIsPlannedChangedAndCancelledOnPages(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	d := h.page("officer", "/sessions/years/2024")
	link, ok := d.Find("a[href*='date=2024-03-27']").Attr("href")
	if !ok {
		t.Fatal("the year does not offer to plan the session of March")
	}
	h.press("officer", link, "Saglabāt", 422, "place", "", "ends", "10:00")
	d = h.press("officer", link, "Saglabāt", 303, "place", "Rīgā, Brīvības bulvārī 36")
	if got := d.Find("h1").Text(); !strings.Contains(got, "2024. gada 27. marta sēde") || !strings.Contains(got, "plānota") {
		t.Fatalf("planned: %s", got)
	}
	at, _ := d.Find("a[href$='/change']").Attr("href")
	d = h.press("officer", at, "Saglabāt", 303, "date-day", "20", "starts", "10:30")
	if got := d.Find("main").Text(); !strings.Contains(got, "2024. gada 20. marta sēde") || !strings.Contains(got, "10.30") {
		t.Errorf("changed: %s", got)
	}
	at = strings.TrimSuffix(at, "change") + "cancel"
	h.press("officer", at, "Atcelt sēdi", 422)
	d = h.press("officer", at, "Atcelt sēdi", 303, "reason", "Nav kvoruma.")
	if got := d.Find("h1").Text(); !strings.Contains(got, "atcelta") {
		t.Errorf("cancelled: %s", got)
	}
	ics := h.ask("", "GET", "/sessions.ics", nil)
	if got := ics.Body.String(); ics.Code != 200 || !strings.Contains(got, "STATUS:CANCELLED\r\n") || !strings.Contains(got, "DTSTART:20240320T083000Z\r\n") {
		t.Errorf("the calendar: %s", got)
	}
}

func TestObserversSignUpOnAPageUntilTheDeadline(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	at := sessionAt(s.ID)
	if d := h.page("", at); d.Find("a[href$='/observe']").Length() != 0 {
		t.Error("a session without a public agenda takes observers")
	}
	h.convened(s)
	link, ok := h.page("", at).Find("a[href$='/observe']").Attr("href")
	if !ok {
		t.Fatal("the page of a convened session does not lead to the sign-up")
	}
	h.press("", link, "Pieteikties", 422, "name", "")
	h.press("", link, "Pieteikties", 303, "name", "Ēriks Ozols", "organisation", "Biedrība „Ēnas”", "topic", "Par kvotām")
	if got := h.page("officer", at+"/observers").Find("table").Text(); !strings.Contains(got, "Ēriks Ozols") || !strings.Contains(got, "Par kvotām") {
		t.Errorf("the secretariat sees %q", got)
	}
	if got := h.ask("", "GET", at, nil).Body.String(); strings.Contains(got, "Ēriks Ozols") {
		t.Error("the public sees who signed up")
	}
	h.at("2024-02-27", "17:00")
	h.refused(h.ask("", "GET", link, nil), 409, "")
}

// A calendar has no line longer than 75 bytes, parts no character, and unfolds
// to what was put in.
func TestCalendarLinesAreFolded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aāčģ ,;\\€x")), 0, 200, -1).Draw(rt, "text")
		at := time.Date(2024, 2, 28, 9, 0, 0, 0, time.UTC)
		raw := string(calendarOf("Padome", at, []calendarEvent{{UID: "1", From: at, Until: at, Summary: text, Place: text}}))
		for line := range strings.SplitSeq(raw, "\r\n") {
			if len(line) > 75 || strings.ToValidUTF8(line, "") != line {
				rt.Fatalf("line of %d bytes: %q", len(line), line)
			}
		}
		if whole := strings.ReplaceAll(raw, "\r\n ", ""); !strings.Contains(whole, "\r\nSUMMARY:"+calendarText(text)+"\r\n") {
			rt.Fatalf("%q is lost in %q", text, whole)
		}
	})
}
