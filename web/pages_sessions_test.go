package web

import (
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"padome/internal/keyring"
	"padome/internal/ledger"
	"padome/office"
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
		raw := string(calendarOf(calendarNote{Name: "Padome", About: text}, at, []calendarEvent{{UID: "1", From: at, Until: at, Summary: text, Place: text}}))
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

// TestTheCalendarCarriesTheNewestCheckpoint reads it as everybody does, with an
// office that has a key, and verifies what stands in it.
func TestTheCalendarCarriesTheNewestCheckpoint(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	path := filepath.Join(t.TempDir(), "signing.key")
	ring, err := keyring.Make(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	h.office.SignWith(ring)
	if err := h.office.BeginLedger(t.Context()); err != nil {
		t.Fatal(err)
	}
	var now office.Checkpoint
	h.do(&now, "", "GET", "/api/v1/ledger", nil)
	for lang, want := range map[string]string{"lv": "Pierādījumu žurnāls ", "en": "Evidence ledger "} {
		raw := strings.ReplaceAll(h.ask("", "GET", "/sessions.ics?lang="+lang, nil).Body.String(), "\r\n ", "")
		values := map[string]string{}
		for line := range strings.SplitSeq(raw, "\r\n") {
			name, value, _ := strings.Cut(line, ":")
			values[name] = strings.NewReplacer(`\n`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
		}
		if short := want + strconv.FormatInt(now.Size, 10) + " · " + hex.EncodeToString(now.Root[:8]); !strings.HasPrefix(values["X-WR-CALDESC"], short) {
			t.Errorf("%s: the calendar says %q, want it to begin %q", lang, values["X-WR-CALDESC"], short)
		}
		if c, err := ledger.Open([]byte(values["X-PADOME-CHECKPOINT"]), now.Origin, ring.Key().Public()); err != nil || c.Size != now.Size {
			t.Errorf("%s: the checkpoint %q is of %d entries, %v", lang, values["X-PADOME-CHECKPOINT"], c.Size, err)
		}
	}
}
