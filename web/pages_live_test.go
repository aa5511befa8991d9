package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/council"
	"padome/minutes"
)

func init() {
	for route, want := range map[string]string{
		"GET /sessions/:id/live":                         "401 404 200 200 200 200 404",
		"GET /sessions/:id/record":                       "401 404 403 200 200 403 404",
		"POST /sessions/:id/record":                      "401 403 403 409 409 409 403",
		"GET /sessions/:id/record/close":                 "401 404 403 200 200 403 404",
		"POST /sessions/:id/record/close":                "401 404 403 422 422 403 404",
		"GET /sessions/:id/record/attendance":            "401 404 403 200 200 403 404",
		"POST /sessions/:id/record/attendance":           "401 404 403 409 409 403 404",
		"GET /sessions/:id/record/add":                   "401 404 403 200 200 403 404",
		"POST /sessions/:id/record/add":                  "401 404 403 422 422 403 404",
		"GET /sessions/:id/record/items/:item":           "401 404 403 404 404 403 404",
		"POST /sessions/:id/record/items/:item":          "401 404 403 404 404 403 404",
		"POST /sessions/:id/record/items/:item/document": "401 404 403 404 404 403 404",
	} {
		access[route] = want
	}
}

// sent is a form of a page as a browser would send it, by the value of its field
// part, with a button pressed; "" presses none.
func (h *hall) sent(d *goquery.Document, part, button string, entered ...string) url.Values {
	h.Helper()
	f := d.Find("main form input[name=part][value=" + part + "]").First().Closest("form")
	if f.Length() == 0 {
		h.Fatalf("no form of %s: %s", part, d.Find("main").Text())
	}
	values := valuesOf(f)
	if button != "" {
		b := f.Find("button").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasPrefix(s.Text(), button) }).Last()
		if b.Length() == 0 {
			h.Fatalf("%s has no button %q", part, button)
		}
		if name, ok := b.Attr("name"); ok {
			values.Set(name, b.AttrOr("value", ""))
		}
	}
	for i := 0; i < len(entered); i += 2 {
		values.Set(entered[i], entered[i+1])
	}
	return values
}

// record sends a form of an item's page, and reads the page that answers.
func (h *hall) record(who, path string, values url.Values, code int) *goquery.Document {
	h.Helper()
	w := h.postForm(who, path, values)
	if w.Code != code {
		h.Fatalf("%s of %s = %d, want %d: %s", values.Get("part"), path, w.Code, code, w.Body)
	}
	if code == 303 {
		return h.page(who, w.Header().Get("Location"))
	}
	return h.read(w)
}

func (h *hall) postForm(who, path string, values url.Values) *httptest.ResponseRecorder {
	h.Helper()
	return h.ask(who, "POST", path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
}

// part sends one form of an item, as it stands there now.
func (h *hall) part(who, path, part, button string, code int, entered ...string) *goquery.Document {
	h.Helper()
	return h.record(who, path, h.sent(h.page(who, path), part, button, entered...), code)
}

// sitting is a session that is open, with twelve of sixteen members there, and the
// paths of its items.
func (h *hall) sitting() (s council.Session, items []string) {
	h.Helper()
	s = h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	h.opened(s)
	h.at("2024-02-28", "11:00")
	return s, itemsOf(h.page("taker", sessionAt(s.ID, "record")))
}

// itemsOf are the paths of the items of an overview.
func itemsOf(d *goquery.Document) (paths []string) {
	d.Find("tbody th a").Each(func(_ int, a *goquery.Selection) { paths = append(paths, a.AttrOr("href", "")) })
	return paths
}

func TestASessionIsOpenedRecordedAndClosedOnPages(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	at := sessionAt(s.ID, "record")
	h.refused(h.ask("officer", "GET", at, nil), 409, "problem.office.not-approved")
	h.convened(s)
	h.at("2024-02-28", "11:02")
	d := h.page("officer", at)
	if got := d.Find("input[name=presiding][checked]").AttrOr("value", ""); got != "state-1" {
		t.Errorf("%q is to preside, want whose turn it is", got)
	}
	h.press("officer", at, "Atklāt sēdi", 422, "minuteTaker", "")
	d = h.press("officer", at, "Atklāt sēdi", 303, "minuteTaker", "taker", "openedAt", "11.02")
	h.press("taker", at+"/attendance", "Saglabāt dalībniekus", 303, "do", "all", "at-state-7", "absent", "at-state-8", "absent", "at-ngo-7", "absent", "at-ngo-8", "absent")
	items := itemsOf(d)
	if d = h.page("taker", at+"/close"); d.Find(".tasks a").Length() != len(items) {
		t.Fatalf("%d things are missing, want one of each of %d items: %s", d.Find(".tasks a").Length(), len(items), d.Find("main").Text())
	}
	for i, item := range items {
		h.at("2024-02-28", council.Clock("11:00").Add(5+10*i))
		h.part("taker", item, "times", "Sākt", 303)
		if i > 0 {
			h.part("taker", item, "outcome", "Saglabāt iznākumu", 303, "outcome", "noted")
		}
	}
	h.part("taker", items[0], "clause", "Pievienot", 303, "wording", "Apstiprināt darba kārtību.")
	h.part("state-1", items[0], "vote", "Saglabāt balsojumu", 303)
	h.part("taker", items[0], "outcome", "Saglabāt iznākumu", 303, "outcome", "decided")
	h.at("2024-02-28", "12:45")
	d = h.press("taker", at+"/close", "Slēgt sēdi", 422, "closedAt", "vakarā")
	if d.Find("a[href='#closedAt']").Length() != 1 {
		t.Errorf("a time that is none: %s", d.Find("main").Text())
	}
	d = h.press("taker", at+"/close", "Slēgt sēdi", 303)
	if got := d.Find("h1").Text(); !strings.Contains(got, "noslēgusies") {
		t.Errorf("closed: %s", got)
	}
	d = h.page("ngo-2", sessionAt(s.ID, "live"))
	for _, want := range []string{"par – 12, pret – nav, atturas – nav", "1.1. Apstiprināt darba kārtību.", "11.05–11.15", "pieņemts zināšanai"} {
		if got := strings.Join(strings.Fields(d.Find("main").Text()), " "); !strings.Contains(got, want) {
			t.Errorf("members do not see %q: %s", want, got)
		}
	}
}

func TestAnItemIsRecordedPartByPart(t *testing.T) {
	h := newHall(t)
	_, items := h.sitting()
	item := items[1]

	t.Run("a press takes the time, and ends the item before", func(t *testing.T) {
		h.at("2024-02-28", "11:04")
		h.part("taker", items[0], "times", "Sākt", 303)
		h.at("2024-02-28", "11:12")
		d := h.part("taker", item, "times", "Sākt jautājumu un beigt 1. jautājumu", 303)
		if got := d.Find("#live-head button").First().Text(); got != "Beigt jautājumu" {
			t.Errorf("then the button says %q", got)
		}
		if got := h.sent(h.page("taker", items[0]), "times", ""); got.Get("started") != "11:04" || got.Get("ended") != "11:12" {
			t.Errorf("the item before: %v", got)
		}
		h.part("taker", item, "times", "Saglabāt laiku", 422, "started", "11.20", "ended", "11.10")
	})
	t.Run("its course is lines", func(t *testing.T) {
		h.part("taker", item, "course", "", 422, "course", "Plāns ir.")
		d := h.part("taker", item, "course", "", 303, "course", "Ziņo: direktore – Z. Kārkliņa\r\nPlāns ir.\r\nIzsakās: A. Liepa")
		if got, want := d.Find("textarea[name=course]").Text(), "Ziņo: direktore – Z. Kārkliņa\nPlāns ir.\nIzsakās: A. Liepa"; got != want {
			t.Errorf("course %q, want %q", got, want)
		}
	})
	t.Run("votes in favour are all others", func(t *testing.T) {
		d := h.part("taker", item, "vote", "Saglabāt", 303, "against", "1", "abstain", "2")
		if got := d.Find("#live-vote strong").Text(); got != "par – 9, pret – 1, atturas – 2" {
			t.Errorf("vote %q", got)
		}
		h.part("taker", item, "vote", "Saglabāt", 422, "for", "20")
		h.part("taker", item, "vote", "Saglabāt", 422, "for", "daudz")
		d = h.part("taker", item, "vote", "Vienbalsīgi", 303)
		if got := d.Find("#live-vote strong").Text(); got != "vienbalsīgi" {
			t.Errorf("vote %q", got)
		}
		d = h.part("taker", item, "vote", "Dzēst", 303)
		if d.Find("#live-vote strong").Length() != 0 {
			t.Error("the vote is not cleared")
		}
	})
	t.Run("a tie asks for the casting vote", func(t *testing.T) {
		d := h.part("taker", item, "vote", "Saglabāt", 303, "for", "6", "against", "6", "abstain", "")
		if d.Find("select[name=casting]").Length() != 1 {
			t.Fatal("nobody asks how the tie was decided")
		}
		d = h.part("taker", item, "vote", "Saglabāt", 303, "casting", minutes.CastFor)
		if got := d.Find("#live-vote strong").Text(); !strings.Contains(got, "izšķirošā balss – par") {
			t.Errorf("vote %q", got)
		}
	})
	t.Run("clauses are taken, reworded and taken back", func(t *testing.T) {
		h.part("taker", item, "clause", "Pievienot", 422, "wording", "", "tasks", "")
		h.part("taker", item, "clause", "Pievienot", 422, "wording", "Iesniegt.", "tasks", "astotais")
		h.part("taker", item, "clause", "Pievienot", 422, "wording", "Iesniegt.", "tasks", "9.9.")
		h.part("taker", item, "clause", "Pievienot", 303, "wording", "Iesniegt.", "addressee", "Finanšu ministrija",
			"deadline-day", "31", "deadline-month", "3", "deadline-year", "2024", "tasks", "8.2, 1.1.")
		d := h.part("taker", item, "clause", "Pievienot", 303, "wording", "Ziņot.", "untilNext", "on", "tasks", "")
		got := strings.Join(strings.Fields(d.Find("#live-clauses .clause").Text()), " ")
		for _, want := range []string{"2.1. Iesniegt.", "Finanšu ministrija", "līdz 2024. gada 31. martam", "1.1., 8.2.", "2.2. Ziņot.", "līdz nākamajai sēdei"} {
			if !strings.Contains(got, want) {
				t.Errorf("clauses %q, want %q", got, want)
			}
		}
		h.part("taker", item, "reword", "Saglabāt", 303, "wording", "Iesniegt ziņojumu.")
		if h.page("taker", item).Find("#live-clauses button[value=back]").Length() != 1 {
			t.Error("others than the last clause can be taken back")
		}
		h.press("taker", item, "Atsaukt punktu 2.2.", 303)
		if got := h.page("taker", item).Find("#live-clauses .clause").Length(); got != 1 {
			t.Errorf("%d clauses are left, want 1", got)
		}
	})
	t.Run("an outcome other than decided needs a reason", func(t *testing.T) {
		h.part("taker", item, "outcome", "Saglabāt", 422)
		h.part("taker", item, "outcome", "Saglabāt", 422, "outcome", "postponed")
		d := h.part("taker", item, "outcome", "Saglabāt", 303, "outcome", "decided")
		if got := d.Find("#live-head .tag").First().Text(); got != "izlemts" {
			t.Errorf("outcome %q", got)
		}
	})
}

// Two people who record different parts of one item are not in each other's way;
// of one part, the second sees what the first recorded, and keeps what they
// typed.
func TestTwoPeopleRecordOneItem(t *testing.T) {
	h := newHall(t)
	_, items := h.sitting()
	before := h.page("taker", items[1])
	h.part("officer", items[1], "vote", "Saglabāt", 303)
	h.record("taker", items[1], h.sent(before, "course", "", "course", "Ziņo: A"), 303)
	d := h.record("officer", items[1], h.sent(before, "course", "", "course", "Ziņo: B"), 409)
	if got := d.Find("section.faults .inset").Text(); got != "Ziņo: A" {
		t.Errorf("theirs is %q", got)
	}
	if got := d.Find("textarea[name=course]").Text(); got != "Ziņo: B" {
		t.Errorf("mine is %q", got)
	}
	d = h.record("officer", items[1], h.sent(d, "course", "", "course", "Ziņo: A\nIzsakās: B"), 303)
	if got := d.Find("textarea[name=course]").Text(); got != "Ziņo: A\nIzsakās: B" {
		t.Errorf("brought together: %q", got)
	}
}

// What was typed stands on the page that says why it was not recorded, and can
// be sent again from there.
func TestWhatWasTypedSurvivesAnEndedLogin(t *testing.T) {
	h := newHall(t)
	_, items := h.sitting()
	values := h.sent(h.page("taker", items[1]), "course", "", "course", "Ziņo: A\nGari un plaši.")
	token := h.tokens["taker"]
	h.tokens["taker"] = "ended"
	w := h.postForm("taker", items[1], values)
	if body := w.Body.String(); w.Code != 401 || !strings.Contains(body, "Gari un plaši.") {
		t.Errorf("%d does not keep what was typed: %s", w.Code, body)
	}
	h.tokens["taker"] = token
	h.record("taker", items[1], values, 303)
	h.record("taker", items[1], values, 303) // once more is the same change
}

func TestTheCouncilFindsOnEarlierDecisionsOnAPage(t *testing.T) {
	h := newHall(t)
	first := h.prepared("2024-01-31")
	h.proposed("Par brīvprātīgo darbu")
	h.opened(first)
	h.at("2024-01-31", "12:00")
	at := sessionAt(first.ID, "record")
	items := itemsOf(h.page("taker", at))
	path := items[0]
	h.part("taker", path, "clause", "Pievienot", 303, "wording", "Iesniegt ziņojumu.", "addressee", "Finanšu ministrija", "untilNext", "on", "tasks", "")
	h.part("taker", path, "vote", "Vienbalsīgi", 303)
	h.part("taker", path, "outcome", "Saglabāt", 303, "outcome", "decided")
	for _, it := range items[1:] {
		h.part("taker", it, "outcome", "Saglabāt", 303, "outcome", "noted")
	}
	h.press("taker", at+"/close", "Slēgt sēdi", 303)

	h.at("2024-02-01", "09:00")
	var s council.Session
	h.do(&s, "officer", "POST", "/api/v1/sessions", aSession("2024-02-28"))
	h.proposed("Par kvotām")
	h.opened(s)
	item := sessionAt(s.ID, "record", "items", "execution")
	h.part("taker", item, "finding", "Saglabāt", 422)
	d := h.part("taker", item, "finding", "Saglabāt", 303, "status", "partly", "note", "Trūkst pielikuma.")
	if got := d.Find("#live-found strong").Text(); !strings.Contains(got, "aļēji izpildīt") || !strings.Contains(got, "Trūkst pielikuma.") {
		t.Errorf("found %q", got)
	}
	d = h.press("taker", item, "Atsaukt konstatēto 1.1.", 303)
	if got := d.Find("#live-found .card > p > strong").Text(); got != "1.1." {
		t.Errorf("taken back: %q", got)
	}
}

func TestAttendanceIsRecordedOnAPage(t *testing.T) {
	h := newHall(t)
	h.person("alternate", council.Mandate{Role: council.Member, Side: council.NGO, SubstituteFor: "ngo-8"})
	s, _ := h.sitting()
	at := sessionAt(s.ID, "record", "attendance")
	before := h.page("taker", at)
	const save = "Saglabāt dalībniekus"
	d := h.press("taker", at, save, 303, "at-ngo-7", "remote", "from-ngo-7", "2", "at-alternate_ngo-8", "here",
		"name-g1", "pētniece – S. Liepkalne", "capacity-g1", "invited", "from-g1", "3", "until-g1", "3")
	if got := strings.Join(strings.Fields(d.Find(".counter").Text()), " "); !strings.Contains(got, "13 no 16") || !strings.Contains(got, "NVO puse – 7") {
		t.Errorf("at the first item %q, want 13 of 16", got) // ngo-7 comes at the second
	}
	d = h.page("taker", at)
	for sel, want := range map[string]string{
		"input[name=at-ngo-7][checked]": "remote", "input[name='at-alternate_ngo-8'][checked]": "here", "select[name=from-ngo-7] option[selected]": "2",
		"input[name=name-g1]": "pētniece – S. Liepkalne", "select[name=capacity-g1] option[selected]": "invited", "select[name=until-g1] option[selected]": "3"} {
		if got := d.Find(sel).AttrOr("value", ""); got != want {
			t.Errorf("%s = %q, want %q", sel, got, want)
		}
	}
	d = h.press("taker", at, save, 422, "from-ngo-7", "3", "until-ngo-7", "2")
	if d.Find(".faults a[href='#until-ngo-7']").Length() != 1 {
		t.Errorf("faults %q", d.Find(".faults").Text())
	}
	h.press("taker", at, save, 422, "capacity-g2", "invited", "name-g2", "")

	_, values := h.fields(before, save)
	values.Set("at-state-1", "absent")
	w := h.postForm("taker", at, values)
	d = h.read(w)
	if got := d.Find(".faults").Text(); w.Code != 409 || !strings.Contains(got, "attālināti") || d.Find("input[name=at-state-1][checked]").AttrOr("value", "") != "absent" {
		t.Errorf("a form from before = %d: %s", w.Code, got)
	}
}

func TestAnItemIsAddedInTheSessionOnAPage(t *testing.T) {
	h := newHall(t)
	s, items := h.sitting()
	at := sessionAt(s.ID, "record", "add")
	h.press("taker", at, "Pievienot jautājumu", 422)
	h.press("taker", at, "Pievienot jautājumu", 422, "title", "Par plūdiem", "kind", "decision", "outsidePlan", "Steidzami.", "for", "5")
	d := h.press("taker", at, "Pievienot jautājumu", 303, "title", "Par plūdiem", "kind", "decision", "outsidePlan", "Steidzami.", "against", "1")
	if got := d.Find("main h1").Text(); !strings.HasSuffix(got, ". Par plūdiem") || !strings.Contains(d.Find("#live-head").Text(), "par – 11") {
		t.Errorf("added %q: %s", got, d.Find("#live-head").Text())
	}
	all := itemsOf(h.page("taker", sessionAt(s.ID, "record")))
	if len(all) != len(items)+1 {
		t.Fatalf("%d items, want one more than %d", len(all), len(items))
	}
	d = h.record("taker", all[len(items)], h.sent(d, "clause", "", "wording", "Palīdzēt.", "tasks", ""), 409)
	if got := d.Find(".faults").Text(); !strings.Contains(got, "dokument") || d.Find("#new-wording").Text() != "Palīdzēt." {
		t.Errorf("a clause without documents: %q, the wording kept is %q", got, d.Find("#new-wording").Text())
	}
}
