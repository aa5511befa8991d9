package browser

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"padome/agenda"
	"padome/minutes"
)

// part is the text that the minutes of a session have of their first item.
func (h *house) part(session string) string {
	h.Helper()
	m, err := h.office.Minutes(h.Context(), h.by(secretariat).Actor, session)
	h.must(err)
	return m.Part(agenda.OpeningID).Text()
}

const standing = `document.querySelector("#part-1 [data-state]")?.textContent.includes(`

// What is typed into the minutes is saved with the time shown. Neither a cut
// connection nor an ended login loses a word, and nobody's text is replaced
// unseen.
func TestTheMinutesEditorLosesNothing(t *testing.T) {
	h := newHouse(t)
	s := h.held(draftDay)
	at := "/sessions/" + s.ID + "/minutes"
	b := h.open(secretariat)
	b.visit(at)
	b.sees("#part-1 textarea")
	other := h.open(minuteTaker) // has the page open before anything is changed
	other.visit(at)

	b.adds("Uzklausa locekļus.")
	b.until(standing + `"Saglabāts")`)
	if got := b.text("#part-1 [data-state]"); !regexp.MustCompile(`^Saglabāts plkst\. \d\d[.:]\d\d[.:]\d\d$`).MatchString(got) {
		t.Errorf("saved it says %q", got)
	}
	b.until(`document.querySelector("#preview").textContent.includes("Uzklausa locekļus.")`)

	b.connection(cut)
	b.adds(" Bez tīkla.")
	b.until(standing + `"Nav savienojuma")`)
	if got := h.part(s.ID); strings.Contains(got, "Bez tīkla") {
		t.Fatalf("without a connection it has arrived: %q", got)
	}
	b.connection(whole)
	b.until(standing + `"Saglabāts")`)

	_, err := chromedp.Call(b.ctx, network.DeleteCookies, network.DeleteCookiesParams{Name: "padome", URL: h.url + "/"})
	h.must(err)
	b.adds(" Bez pieteikšanās.")
	b.until(standing + `"Pieteikšanās ir beigusies")`)
	second := b.beside()
	second.visit(eval[string](b, `document.querySelector("#part-1 [data-state] a").pathname`))
	second.fill("#name", secretariat)
	second.fill("#password", passwordOf(secretariat))
	second.leaving(func() { second.click("main button") })
	_, err = chromedp.Call(b.ctx, page.BringToFront, struct{}{})
	h.must(err)
	b.until(standing + `"Saglabāts")`)
	if got := h.part(s.ID); !strings.Contains(got, "Uzklausa locekļus. Bez tīkla. Bez pieteikšanās.") {
		t.Errorf("saved is %q", got)
	}

	other.adds("Cits teksts.")
	other.until(standing + `"redzēsiet abus")`)
	other.leaving(func() { other.click("#part-1 form button") })
	if got := other.text("#part-1 .faults"); !strings.Contains(got, "Bez pieteikšanās.") {
		t.Errorf("theirs is not shown: %q", got)
	}
	if got := eval[string](other, `document.querySelector("#part-1 textarea").value`); !strings.Contains(got, "Cits teksts.") {
		t.Errorf("mine is %q", got)
	}
	other.leaving(func() { other.click("#part-1 form button") })
	if got := h.part(s.ID); !strings.Contains(got, "Cits teksts.") {
		t.Errorf("sent again it is not saved: %q", got)
	}
}

// adds types at the end of the first part.
func (b *tab) adds(text string) {
	b.Helper()
	eval[any](b, `(x => { x.focus(); x.setSelectionRange(x.value.length, x.value.length) })(document.querySelector("#part-1 textarea"))`)
	b.strike(text)
}

// A document goes up with its progress shown, and stands in the list then.
func TestADocumentIsUploadedWithProgress(t *testing.T) {
	h := newHouse(t)
	h.nearlyReady()
	b := h.open(secretariat)
	b.visit(pageOf(april, "/agenda/items/task-1%2F1.1/documents")(h))
	b.sees("#file")
	name := filepath.Join(t.TempDir(), "aptauja.txt")
	h.must(os.WriteFile(name, []byte(strings.Repeat("Atbilde uz aptauju.\n", 15_000)), 0o600))
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{name}))
	b.connection(narrow)
	b.click("form[data-swap] button[type=submit]")
	b.until(`(x => x && x.value > 0 && x.value < 1 && x.ariaLabel)(document.querySelector("progress"))`)
	b.connection(whole)
	b.sees(".notice")
	if got := b.text("main"); !strings.Contains(got, "aptauja.txt") || eval[bool](b, `!!document.querySelector("progress")`) {
		t.Errorf("after the upload the page says %q", got)
	}
}

// Whoever watches a session sees what happens after the server has been away, even
// where something else answered for it meanwhile.
func TestALivePageOutlivesTheServer(t *testing.T) {
	h := newHouse(t)
	s := h.sitting()
	b := h.open(member)
	b.visit("/sessions/" + s.ID + "/live")
	says := func(revision uint64, who string) {
		t.Helper()
		_, err := h.office.RecordCourse(t.Context(), h.by(secretariat), s.ID, agenda.OpeningID, revision, []minutes.Speech{{Kind: minutes.Speaks, Who: who}})
		h.must(err)
	}
	says(0, "A. Liepa")
	b.until(`document.querySelector("#item-1").textContent.includes("A. Liepa")`)

	address := strings.TrimPrefix(h.url, "http://")
	h.stop()
	l, err := net.Listen("tcp", address)
	h.must(err)
	asked := make(chan bool, 1000)
	proxy := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		asked <- true
	})}
	go proxy.Serve(l)
	<-asked
	h.must(proxy.Close())
	says(1, "B. Ozols")
	h.serve(address)
	b.until(`document.querySelector("#item-1").textContent.includes("B. Ozols")`)
}
