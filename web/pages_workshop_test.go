package web

import (
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"padome/agenda"
)

func init() {
	for route, want := range map[string]string{
		"GET /sessions/:id/agenda":                        "401 403 403 200 200 200 403",
		"POST /sessions/:id/agenda":                       "401 403 403 409 403 403 403",
		"GET /sessions/:id/agenda/build":                  "401 403 403 200 403 403 403",
		"POST /sessions/:id/agenda/build":                 "401 403 403 409 403 403 403",
		"GET /sessions/:id/agenda/items/:item":            "401 403 403 404 403 403 403",
		"POST /sessions/:id/agenda/items/:item":           "401 403 403 404 403 403 403",
		"GET /sessions/:id/agenda/items/:item/documents":  "401 403 403 404 403 403 403",
		"POST /sessions/:id/agenda/items/:item/documents": "401 403 403 404 403 403 403",
		"GET /sessions/:id/agenda/reasons":                "401 403 403 409 403 403 403",
		"POST /sessions/:id/agenda/reasons":               "401 403 403 409 403 403 403",
		"GET /sessions/:id/agenda/submit":                 "401 403 403 200 403 403 403",
		"POST /sessions/:id/agenda/submit":                "401 403 403 409 403 403 403",
		"GET /sessions/:id/agenda/approve":                "401 403 403 403 200 200 403",
		"POST /sessions/:id/agenda/approve":               "401 403 403 403 422 422 403",
		"GET /sessions/:id/agenda/versions":               "401 403 403 200 200 200 403",
		"GET /sessions/:id/agenda/compare":                "401 403 403 200 200 200 403",
		"GET /sessions/:id/run-sheet":                     "401 403 403 200 200 200 403",
	} {
		access[route] = want
	}
}

// page asks for a page and reads it.
func (h *hall) page(who, path string) *goquery.Document {
	h.Helper()
	w := h.ask(who, "GET", path, nil)
	if w.Code != 200 {
		h.Fatalf("%s as %q = %d: %s", path, who, w.Code, w.Body)
	}
	return h.read(w)
}

func (h *hall) read(w *httptest.ResponseRecorder) *goquery.Document {
	h.Helper()
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		h.Fatal(err)
	}
	return d
}

// fields are what a browser would send of the form that a button stands in, with
// the button pressed.
func (h *hall) fields(d *goquery.Document, button string) (action string, values url.Values) {
	h.Helper()
	b := d.Find("main button").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Join(strings.Fields(s.Text()), " ") == button
	}).First()
	f := b.Closest("form")
	if f.Length() == 0 {
		h.Fatalf("no form with a button %q", button)
	}
	values = valuesOf(f)
	if name, ok := b.Attr("name"); ok {
		values.Set(name, b.AttrOr("value", ""))
	}
	return f.AttrOr("action", ""), values
}

// valuesOf are the fields of a form as they stand.
func valuesOf(f *goquery.Selection) url.Values {
	values := url.Values{}
	f.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		value, _ := s.Attr("value")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		switch {
		case goquery.NodeName(s) == "textarea":
			value = s.Text()
		case goquery.NodeName(s) == "select":
			value, _ = s.Find("option[selected]").Attr("value")
		case (kind == "radio" || kind == "checkbox") && !checked:
			return
		}
		values.Add(name, value)
	})
	return values
}

// press sends the form of a button with something entered, and reads the page
// that answers or that the browser goes on to.
func (h *hall) press(who, path, button string, code int, entered ...string) *goquery.Document {
	h.Helper()
	action, values := h.fields(h.page(who, path), button)
	for i := 0; i < len(entered); i += 2 {
		values.Set(entered[i], entered[i+1])
	}
	if action == "" {
		action = path
	}
	w := h.ask(who, "POST", action, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != code {
		h.Fatalf("%s of %s = %d, want %d: %s", button, path, w.Code, code, w.Body)
	}
	if code == 303 {
		return h.page(who, w.Header().Get("Location"))
	}
	return h.read(w)
}

func titlesOf(d *goquery.Document) (all []string) {
	d.Find("#workshop ol.items > li").Each(func(_ int, s *goquery.Selection) { all = append(all, s.AttrOr("id", "")) })
	return all
}

func TestTheSecretariatMakesAnAgendaOnPagesAndTheLeadsApproveIt(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	at := sessionAt(s.ID, "agenda")

	d := h.press("officer", at, "Sastādīt darba kārtību", 303)
	built := titlesOf(d)
	if len(built) < 4 || built[0] != "item-opening" || built[len(built)-1] != "item-any-other" {
		t.Fatalf("built %q", built)
	}
	if d.Find("#workshop .reasons li").Length() < len(built) {
		t.Error("items and candidates do not say why")
	}

	// A move needs a reason; what was entered stays on the page.
	d = h.press("officer", at, "↓ Pārcelt zemāk: "+h.titleOf(at, built[1]), 422)
	want := slices.Clone(built)
	want[1], want[2] = want[2], want[1]
	if got := titlesOf(d); !slices.Equal(got, want) || d.Find(".faults a[href='#reason']").Length() != 1 {
		t.Errorf("shown again %q, want %q and a fault", got, want)
	}
	d = h.press("officer", at, "↓ Pārcelt zemāk: "+h.titleOf(at, built[1]), 303, "reason", "Ziņotājs nāk vēlāk.")
	if got := titlesOf(d); !slices.Equal(got, want) || !strings.Contains(d.Text(), "Ziņotājs nāk vēlāk.") {
		t.Errorf("moved %q, want %q and the reason", got, want)
	}

	item := at + "/items/" + url.PathEscape(strings.TrimPrefix(want[1], "item-"))
	h.press("officer", item, "Saglabāt", 422, "part", "placed", "break", "ilgi")
	d = h.press("officer", item, "Saglabāt", 303, "part", "placed", "section", "Līdzdalība", "break", "0:10", "at", "")
	if !strings.Contains(d.Text(), "Pārtraukums 10 min") || !strings.Contains(d.Text(), "Līdzdalība") {
		t.Error("the section and the break are not shown")
	}
	h.press("officer", item, "Saglabāt", 303, "part", "allotted", "kind", "information", "minutes", "20 min", "reason", "Lūdz ziņotājs.")

	h.giveReasons(at)
	d = h.press("officer", at+"/submit", "Iesniegt apstiprināšanai", 303)
	if !strings.Contains(d.Find("h1").Text(), "iesniegta apstiprināšanai") {
		t.Fatalf("not submitted: %s", d.Find("main").Text())
	}
	if d = h.page("officer", at); !strings.Contains(d.Find("#standing").Text(), "gaida padomes vadītāja") || d.Find("#standing a[href$='/submit']").Length() != 0 {
		t.Errorf("what has been submitted is to be submitted: %s", d.Find("#standing").Text())
	}
	h.leadsApprove(at)
	var a agendaView
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	if a.Status != agenda.Approved || len(a.Versions) != 2 {
		t.Errorf("the agenda is %s in %d versions", a.Status, len(a.Versions))
	}
	if got := h.page("officer", at+"/versions").Find(".history").Text(); !strings.Contains(got, "(vadītāja vietniece)") || strings.Contains(got, "vadītājs") {
		t.Errorf("the leads, two women, are called %q", got)
	}
	d = h.page("state-1", sessionAt(s.ID, "run-sheet"))
	if d.Find(".sheet > li").Length() != len(built) {
		t.Errorf("the run sheet has %d items, want %d", d.Find(".sheet > li").Length(), len(built))
	}
}

func (h *hall) titleOf(at, id string) string {
	text := h.page("officer", at).Find("[id='" + id + "'] h3").Text()
	_, title, _ := strings.Cut(strings.Join(strings.Fields(text), " "), ". ")
	return title
}

// giveReasons gives a reason for every soft rule that the draft does not keep.
func (h *hall) giveReasons(at string) {
	h.Helper()
	for {
		link, ok := h.page("officer", at).Find("#workshop .tasks a[href*='/reasons?']").First().Attr("href")
		if !ok {
			return
		}
		h.press("officer", link, "Saglabāt pamatojumu", 303, "reason", "Tā vienojās darba grupas.")
	}
}

// leadsApprove has the deputy return the first version, and both approve the
// second, of which the deputy sees what changed.
func (h *hall) leadsApprove(at string) {
	h.Helper()
	page := at + "/approve"
	h.press("ngo-1", page, "Turpināt", 422)
	h.press("ngo-1", page, "Turpināt", 422, "decision", "return")
	h.pressChecked("ngo-1", page, "Atdot labošanai", "return", "Lūdzu, īsāk.")
	h.press("officer", at, "Saglabāt secību", 303, "place.any-other", "", "reason", "Pēc vietnieces lūguma.", "up", strings.TrimPrefix(titlesOf(h.page("officer", at))[2], "item-"))
	h.giveReasons(at)
	h.press("officer", at+"/submit", "Iesniegt apstiprināšanai", 303)
	if d := h.page("ngo-1", page); d.Find("main table ins").Length() == 0 {
		h.Errorf("the deputy does not see what changed: %s", d.Find("main").Text())
	}
	for _, who := range []string{"ngo-1", "state-1"} {
		d := h.pressChecked(who, page, "Apstiprināt darba kārtību", "approve", "")
		if d.Find(".panel.done .code").Text() == "" {
			h.Errorf("%s gets no receipt", who)
		}
		if got := d.Find("main").Text(); strings.Contains(got, "pirmoreiz") || !strings.Contains(got, "Zane Kārkliņa (vadītāja vietniece)") {
			h.Errorf("after approving, %s reads %s", who, got)
		}
	}
}

// pressChecked goes through the check page.
func (h *hall) pressChecked(who, page, button, decision, comment string) *goquery.Document {
	h.Helper()
	check := h.press(who, page, "Turpināt", 200, "decision", decision, "comment", comment)
	action, values := h.fields(check, button)
	values.Set("current", password)
	w := h.ask(who, "POST", action, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != 303 {
		h.Fatalf("%s = %d: %s", button, w.Code, w.Body)
	}
	return h.page(who, w.Header().Get("Location"))
}

// An agenda that was changed while a lead read it cannot be approved unseen.
func TestALeadCannotApproveWhatWasNotShown(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	proposed := h.proposed("Par brīvprātīgo darbu")
	h.submitted(s)
	page := sessionAt(s.ID, "agenda", "approve")
	_, values := h.fields(h.page("ngo-1", page), "Turpināt")
	values.Set("decision", "approve")
	values.Set("digest", strings.Repeat("0", 64))
	for _, confirmed := range []string{"", "on"} {
		values.Set("confirmed", confirmed)
		w := h.ask("ngo-1", "POST", page, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code != 409 {
			t.Errorf("confirmed %q = %d, want 409: %s", confirmed, w.Code, w.Body)
		}
	}
	// The secretariat changes a title between the lead's reading and sending.
	_, values = h.fields(h.page("ngo-1", page), "Turpināt")
	tag := h.do(nil, "officer", "GET", of(s)+"/agenda", nil)
	tag = h.do(nil, "officer", "PUT", of(s)+"/agenda/items/"+url.PathEscape(proposed.ID), itemRequest{Title: "Par mainīto virsrakstu", DraftDecision: "Apstiprināt.", Presenters: []string{"Z. Kārkliņa"}}, seen(tag)...)
	h.do(nil, "officer", "POST", of(s)+"/agenda/submit", nil, seen(tag)...)
	values.Set("decision", "approve")
	values.Set("current", password)
	for _, confirmed := range []string{"", "on"} {
		values.Set("confirmed", confirmed)
		w := h.postForm("ngo-1", page, values)
		d := h.read(w)
		if w.Code != 409 || !strings.Contains(d.Find(".faults").Text(), "tika rādīta 1. redakcija") || !strings.Contains(d.Find("main").Text(), "Par mainīto virsrakstu") {
			t.Errorf("confirmed %q after a change = %d, want 409 with what is different: %s", confirmed, w.Code, d.Find("main").Text())
		}
		if got, _ := d.Find("input[name=digest]").Attr("value"); got == "" || got == values.Get("digest") {
			t.Errorf("the page goes on with the digest %q", got)
		}
	}
	var a agendaView
	if h.do(&a, "officer", "GET", of(s)+"/agenda", nil); len(a.Versions) != 2 || len(a.Versions[0].Approvals)+len(a.Versions[1].Approvals) != 0 {
		t.Errorf("approved all the same: %+v", a.Versions)
	}
}

// The order that a form asks for has the same items, and puts an item where its
// number says.
func TestOrderFollowsTheNumbersEntered(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(rt, "items")
		d := agenda.Draft{}
		var ids []string
		for i := range n {
			id := string(rune('a' + i))
			ids = append(ids, id)
			d.Items = append(d.Items, agenda.Item{Number: i + 1, Matter: agenda.Matter{ID: id}})
		}
		from, to := rapid.IntRange(0, n-1).Draw(rt, "from"), rapid.IntRange(0, n-1).Draw(rt, "to")
		values := url.Values{}
		for i, id := range ids {
			values.Set("place."+id, minutesText(i+1))
		}
		values.Set("place."+ids[from], minutesText(to+1))
		got, err := orderOf(&d, values)
		if err != nil {
			rt.Fatal(err)
		}
		want := slices.Delete(slices.Clone(ids), from, from+1)
		want = slices.Insert(want, to, ids[from])
		if !slices.Equal(got, want) {
			rt.Fatalf("%d to %d gives %q, want %q", from, to, got, want)
		}
	})
}

func TestOrderRefusesNumbersThatAreNone(t *testing.T) {
	d := agenda.Draft{Items: []agenda.Item{{Number: 1, Matter: agenda.Matter{ID: "a"}}}}
	for _, value := range []string{"0", "2", "x", "-1", "1,5"} {
		if _, err := orderOf(&d, url.Values{"place.a": {value}}); err == nil {
			t.Errorf("%q is taken", value)
		}
	}
}

// Whatever keeps an agenda from going out leads to where it is mended.
func TestEveryGapOfAnAgendaLeadsToWhereItIsMended(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	at := sessionAt(s.ID, "agenda")
	h.press("officer", at, "Sastādīt darba kārtību", 303)
	h.at("2024-02-26", "09:00") // too late to go out
	d := h.press("officer", at, "↑ Pacelt augstāk: "+h.titleOf(at, "item-any-other"), 303, "reason", "Tā lūdz vadītājs.")
	for _, page := range []*goquery.Document{d, h.page("officer", at+"/submit")} {
		gaps := page.Find(".tasks li")
		if gaps.Length() < 2 {
			t.Fatalf("want that it is late and that the last item is not the last: %s", gaps.Text())
		}
		gaps.Each(func(_ int, li *goquery.Selection) {
			href, _ := li.Find("a").Attr("href")
			path, id, _ := strings.Cut(href, "#")
			if path == "" || id != "" && h.page("officer", path).Find("[id='"+id+"']").Length() != 1 {
				t.Errorf("%q leads to %q", li.Text(), href)
			} else if id == "" {
				h.page("officer", href)
			}
		})
	}
}

// A number that is no place, and a time that is none, are named with what was
// entered, which stays.
func TestTheWorkshopKeepsWhatCannotBe(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	at := sessionAt(s.ID, "agenda")
	d := h.press("officer", at, "Sastādīt darba kārtību", 303)
	built := titlesOf(d)
	d = h.press("officer", at, "Saglabāt secību", 422, "place.opening", "x", "place.any-other", "1", "reason", "Tā lūdz vadītājs.")
	if got := d.Find(".faults a[href='#place.opening']").Text(); !strings.Contains(got, "vieta „x”") || !strings.Contains(got, "apstiprināšana") || !strings.Contains(got, "no 1 līdz") {
		t.Errorf("what is wrong is said so: %q", got)
	}
	if got := titlesOf(d); !slices.Equal(got, built) || d.Find("[id='place.opening']").AttrOr("value", "") != "x" || d.Find("[id='place.any-other']").AttrOr("value", "") != "1" {
		t.Errorf("the order is %q, and what was entered is not kept: %s", got, d.Find("ol.items").Text())
	}
	item := at + "/items/" + url.PathEscape(strings.TrimPrefix(built[2], "item-"))
	for part, field := range map[string]string{"allotted": "minutes", "placed": "break"} {
		for _, value := range []string{"25:00", "1:75", "-5", "drīz"} {
			d := h.press("officer", item, "Saglabāt", 422, "part", part, field, value, "kind", "information", "reason", "Lūdz ziņotājs.")
			id := "#" + part + "-" + field
			if got := d.Find(".faults a[href='" + id + "']").Text(); !strings.Contains(got, value) || d.Find(id).AttrOr("value", "") != value {
				t.Errorf("%s %q: said %q, kept %q", field, value, got, d.Find(id).AttrOr("value", ""))
			}
		}
	}
}
