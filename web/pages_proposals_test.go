package web

import (
	"bytes"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"padome/agenda"
	"padome/council"
	"padome/office"
	"padome/plan"
)

func init() {
	for route, want := range map[string]string{
		"GET /proposals":                "401 403 200 200 200 200 403",
		"GET /proposals/new":            "401 403 200 200 200 200 403",
		"POST /proposals/new":           "401 403 422 422 422 422 403",
		"GET /proposals/:id":            "401 403 404 404 404 404 403",
		"POST /proposals/:id":           "401 403 404 404 404 404 403",
		"GET /proposals/:id/change":     "401 403 404 404 404 404 403",
		"POST /proposals/:id/change":    "401 403 404 404 404 404 403",
		"GET /proposals/:id/documents":  "401 403 404 404 404 404 403",
		"POST /proposals/:id/documents": "401 403 404 404 404 404 403",
		"GET /proposals/:id/opinion":    "401 403 404 404 404 404 403",
		"POST /proposals/:id/opinion":   "401 403 404 404 404 404 403",
		"GET /proposals/:id/withdraw":   "401 403 404 404 404 404 403",
		"POST /proposals/:id/withdraw":  "401 403 404 404 404 404 403",
		"GET /backlog":                  "401 403 200 200 200 200 403",
		"GET /backlog/:id/settle":       "401 403 403 403 404 404 403",
		"POST /backlog/:id/settle":      "401 403 403 403 404 404 403",
	} {
		access[route] = want
	}
	described["POST /api/v1/sessions/:id/agenda/items/:item/documents"] = op{
		summary: "Add a document to an item of the draft that no proposal stands behind: as for proposals", out: agendaView{}, query: "name"}
	described["DELETE /api/v1/sessions/:id/agenda/items/:item/documents/:sha256"] = op{summary: "Take a document off such an item", out: agendaView{}}
}

// says fails unless a page has a text in its main part.
func (h *hall) says(d *goquery.Document, texts ...string) {
	h.Helper()
	got := strings.Join(strings.Fields(d.Find("main").Text()), " ")
	for _, want := range texts {
		if !strings.Contains(got, want) {
			h.Errorf("the page does not say %q: %s", want, got)
		}
	}
}

// attach sends the form of a button with a file, as a browser does.
func (h *hall) attach(who, path, button, name, content string, code int) *goquery.Document {
	h.Helper()
	_, values := h.fields(h.page(who, path), button)
	body, kind := formWithFile(h, values, name, content)
	r := h.ask(who, "POST", path, body, "Content-Type", kind)
	if r.Code != code {
		h.Fatalf("%s at %s = %d, want %d: %s", name, path, r.Code, code, r.Body)
	}
	if code == 303 {
		return h.page(who, r.Header().Get("Location"))
	}
	return h.read(r)
}

// formWithFile is the body of a form with a file, and its kind.
func formWithFile(h *hall, values url.Values, name, content string) (body, kind string) {
	h.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for field := range values {
		if field != "file" {
			if err := w.WriteField(field, values.Get(field)); err != nil {
				h.Fatal(err)
			}
		}
	}
	f, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = f.Write([]byte(content))
	}
	if err != nil || w.Close() != nil {
		h.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

// onlyProposal is the one that there is.
func (h *hall) onlyProposal() agenda.Proposal {
	h.Helper()
	var all listing[proposalView]
	h.do(&all, "officer", "GET", "/api/v1/proposals", nil)
	if len(all.Items) != 1 {
		h.Fatalf("%d proposals", len(all.Items))
	}
	return all.Items[0].Proposal
}

// A member hands in a proposal, the secretariat asks, the member answers and
// adds a document, and it comes on the agenda: all with pages alone.
func TestProposalsWalkWithPagesAlone(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	d := h.page("ngo-2", "/proposals")
	h.says(d, "Neviens priekšlikums vēl nav iesniegts", "2024. gada 28. februāra sēdei priekšlikumus iesniedz līdz 2024. gada 14. februārim")
	d = h.press("ngo-2", "/proposals/new", "Iesniegt priekšlikumu", 422, "title", "", "minutes", "ilgi")
	h.says(d, "Vajadzīgais laiks: ")
	d = h.press("ngo-2", "/proposals/new", "Iesniegt priekšlikumu", 303, "title", "Par kanārijputniem", "kind", "decision", "ground", "To lūdz biedri.",
		"tasks", "1/8.2", "minutes", "0:20", "presenters", "Direktore A. Bērza\n\n Vietnieks B. Kalns ", "outsideRiga", "on",
		"draftDecision", "Apstiprināt.", "wish", "2024-02-28", "joint", "on")
	h.says(d, "sekretariāts to vēl nav pārbaudījis", "valsts pārvaldes puse vēl nav apstiprinājusi")
	p := h.onlyProposal()
	if p.Minutes != 20 || len(p.Presenters) != 2 || !p.OutsideRiga || p.Initiator != council.Joint || len(p.Tasks) != 1 || p.Tasks[0] != (plan.Ref{Revision: 1, Measure: 8, Task: 2}) {
		t.Errorf("handed in: %+v", p.Candidate)
	}
	at := proposalAt(p.ID)
	h.press("officer", at, "Nosūtīt jautājumu", 422)
	h.press("officer", at, "Nosūtīt jautājumu", 303, "question", "Kas ziņos?")
	h.says(h.press("ngo-2", at, "Nosūtīt atbildi", 422), "Atbilde: ")
	h.press("ngo-2", at+"/change", "Saglabāt priekšlikumu", 422, "deadline-day", "31", "deadline-month", "2", "deadline-year", "2024")
	h.says(h.press("ngo-2", at+"/change", "Saglabāt priekšlikumu", 303, "ground", "Biedri to lūdz jau sen."), "Biedri to lūdz jau sen.", "plāna 8. pasākums")
	d = h.attach("ngo-2", at+"/documents", "Pievienot dokumentu", "a.exe", "MZ", 422)
	h.says(d, "Datni „a.exe” pievienot nevar", ".docx")
	d = h.attach("ngo-2", at+"/documents", "Pievienot dokumentu", "a.pdf", "<html>", 422)
	h.says(d, "Datnes „a.pdf” saturs neatbilst")
	d = h.attach("ngo-2", at+"/documents", "Pievienot dokumentu", "a.pdf", "%PDF-1.7"+strings.Repeat(" ", office.MaxDocument), 413)
	if got := d.Text(); !strings.Contains(got, "tā drīkst būt līdz 25 MB") {
		t.Errorf("a file that is too large is refused so: %s", got)
	}
	h.attach("ngo-2", at+"/documents", "Pievienot dokumentu", "liekais.pdf", "%PDF-1.7 2", 303)
	h.press("ngo-2", at+"/documents", "Noņemt liekais.pdf", 303)
	d = h.attach("ngo-2", at+"/documents", "Pievienot dokumentu", "pamatojums.pdf", "%PDF-1.7 pamatojums", 303)
	if got := d.Find("main li a").Text(); got != "pamatojums.pdf" {
		t.Errorf("documents %q", got)
	}
	h.says(h.press("ngo-2", at, "Nosūtīt atbildi", 303, "answer", "Ziņos direktore."), "Kas ziņos?", "Ziņos direktore.")
	h.press("state-3", at, "Apstiprināt savas puses vārdā", 303)
	h.press("officer", at, "Atzīmēt kā pārbaudītu", 303)
	h.press("state-1", at, "Atzīt par steidzamu", 303)
	h.press("ngo-1", at, "Atļaut izskatīt bez atzinuma", 303)
	h.press("officer", sessionAt(s.ID, "agenda"), "Sastādīt darba kārtību", 303)
	h.says(h.page("ngo-2", at), "Iekļauts 2024. gada 28. februāra sēdes darba kārtības projektā")
	h.says(h.page("ngo-2", "/proposals"), "Jūsu priekšlikumi, kas gaida izskatīšanu", "darba kārtībā")
	h.says(h.page("officer", "/backlog?where=on-agenda&side=joint&measure=8"), "1 jautājums", "Par kanārijputniem")
	h.says(h.page("officer", "/backlog?where=returned"), "Šādu jautājumu, kas gaidītu izskatīšanu, nav")
	if w := h.ask("officer", "GET", "/backlog?where=lost", nil); w.Code != 422 {
		t.Errorf("a place that is none = %d", w.Code)
	}
	h.press("ngo-2", at+"/withdraw", "Atsaukt priekšlikumu", 422)
	h.says(h.press("ngo-2", at+"/withdraw", "Atsaukt priekšlikumu", 303, "reason", "Likums jau grozīts."), "atsaukts", "Likums jau grozīts.")
	if w := h.ask("ngo-2", "GET", at+"/change", nil); w.Code != 409 {
		t.Errorf("the form of what was withdrawn = %d", w.Code)
	}
}

// What an institution sent the secretariat enters, with the day it came; a
// working group's opinion too.
func TestTheSecretariatEntersProposalsAndOpinions(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.workingGroups()
	d := h.press("officer", "/proposals/new", "Iesniegt priekšlikumu", 422, "title", "Par reģioniem", "kind", "decision", "received-day", "11")
	h.says(d, "Saņemšanas diena: ")
	d = h.press("officer", "/proposals/new", "Iesniegt priekšlikumu", 303, "title", "Par reģioniem", "kind", "decision", "initiator", "ngo",
		"initiatedBy", "Biedrība „Krasts”", "received-day", "8", "outsidePlan", "Plānā nav.")
	h.says(d, "Iesniegts 2024. gada 8. janvārī", "Biedrība „Krasts”", "ārpus plāna")
	at := proposalAt(h.onlyProposal().ID)
	h.press("officer", at+"/opinion", "Saglabāt atzinumu", 422)
	d = h.press("officer", at+"/opinion", "Saglabāt atzinumu", 303, "group", "content", "text", "Atbalstām.")
	h.says(d, "Darba grupas atzinums", "Atbalstām.")
	if w := h.ask("ngo-8", "GET", at+"/opinion", nil); w.Code != 403 {
		t.Errorf("one who leads no group = %d", w.Code)
	}
}

// A matter that a session postponed waits in the backlog, where the leads settle
// it.
func TestLeadsSettleWhatWasPostponed(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	p := h.proposed("Par kanārijputniem")
	h.opened(s)
	h.dealWith(s, p.ID)
	tag := h.do(nil, "officer", "GET", of(s), nil)
	h.do(nil, "officer", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	h.says(h.page("ngo-2", "/backlog?where=postponed"), "Par kanārijputniem", "Atlikts 2024. gada 28. februāra sēdē")
	path, ok := h.page("state-1", proposalAt(p.ID)).Find("main a[href$='/settle']").Attr("href")
	if !ok {
		t.Fatal("the chair cannot settle it")
	}
	h.press("state-1", path, "Saglabāt izvēli", 422)
	h.press("state-1", path, "Saglabāt izvēli", 303, "choice", string(agenda.SettleDecide))
	var carried listing[agenda.Candidate]
	h.do(&carried, "officer", "GET", "/api/v1/carried", nil)
	if len(carried.Items) != 1 || carried.Items[0].Settle != agenda.SettleDecide {
		t.Errorf("carried %+v", carried.Items)
	}
}

// A task of the plan has no proposal; its documents are added to the item, by
// the secretariat, and read by the leads.
func TestDocumentsOfATaskOfThePlan(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.press("officer", sessionAt(s.ID, "agenda"), "Sastādīt darba kārtību", 303)
	var a agendaView
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	i := slices.IndexFunc(a.Draft.Items, func(it agenda.Item) bool { return it.Source == agenda.FromPlan })
	if i < 0 {
		t.Fatal("no task of the plan is on the agenda")
	}
	at := sessionAt(s.ID, "agenda", "items", a.Draft.Items[i].ID)
	h.says(h.page("officer", at), "Pievienot vai noņemt dokumentus")
	h.attach("officer", at+"/documents", "Pievienot dokumentu", "a.exe", "MZ", 422)
	d := h.attach("officer", at+"/documents", "Pievienot dokumentu", "projekts.pdf", "%PDF-1.7 projekts", 303)
	href := d.Find("main li a").AttrOr("href", "")
	for who, want := range map[string]int{"officer": 200, "state-1": 200, "ngo-2": 404, "nobody": 404} {
		if w := h.ask(who, "GET", href, nil); w.Code != want {
			t.Errorf("the document for %q = %d, want %d", who, w.Code, want)
		}
	}
	h.press("officer", at+"/documents", "Noņemt projekts.pdf", 303)
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	if n := len(a.Draft.Items[i].Documents); n != 0 {
		t.Errorf("%d documents", n)
	}
	if w := h.ask("officer", "GET", sessionAt(s.ID, "agenda", "items", "opening", "documents"), nil); w.Code != 409 {
		t.Errorf("a standing item = %d", w.Code)
	}
}
