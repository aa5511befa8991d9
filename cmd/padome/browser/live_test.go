package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"padome/minutes"
)

func init() {
	recorders := []string{secretariat}
	stops = append(stops,
		stop{name: "live-watch", find: below("live"), who: []string{secretariat, member}},
		stop{name: "live-record", find: below("record"), who: recorders},
		stop{name: "live-attendance", find: below("record/attendance"), who: recorders},
		stop{name: "live-item", find: below("record/items/opening"), who: recorders},
		stop{name: "live-add", find: below("record/add"), who: recorders},
		stop{name: "live-close", find: below("record/close"), who: recorders},
	)
}

func below(path string) func(*house) string {
	return func(h *house) string { return "/sessions/" + h.sitting().ID + "/" + path }
}

const says = `document.querySelector("#course-form [data-state]")?.textContent.includes(`

// A session is recorded without a mouse, and a member sees it without a reload.
func TestAnItemIsRecordedByKeyboardAndSeenLive(t *testing.T) {
	h := newHouse(t)
	s := h.sitting()
	watch := h.open(member)
	watch.visit("/sessions/" + s.ID + "/live")
	b := h.open(secretariat)
	b.visit("/sessions/" + s.ID + "/record/items/opening")
	b.sees("#live-head button")
	b.strike("s")
	b.strike("\r")
	b.until(`document.querySelector("#times-started").value`)
	b.strike("g")
	b.until(`document.activeElement.id === "course-course"`)
	b.do(chromedp.SendKeys(chromedp.CSS("#course-course"), "Ziņo: A. Liepa"))
	b.until(says + `"Saglabāts")`)
	b.strike("\t")
	b.strike("v")
	b.strike("1\r")
	b.until(`document.querySelector("#live-vote strong")?.textContent === "par – 15, pret – 1, atturas – nav"`)
	if got := eval[string](b, `document.querySelector("#course-course").value`); got != "Ziņo: A. Liepa" {
		t.Errorf("after the vote the course is %q", got)
	}
	watch.until(`document.querySelector("#item-1").textContent.includes("par – 15, pret – 1") && document.querySelector("#item-1").textContent.includes("A. Liepa")`)
	b.do(chromedp.SendKeys(chromedp.CSS("#vote-against"), "\t\t\t"))
	b.strike("?")
	b.sees("#keys [data-listed]")
}

// Neither a cut connection nor an ended login nor a closed page loses what was
// typed.
func TestNothingTypedInASessionIsLost(t *testing.T) {
	h := newHouse(t)
	s := h.sitting()
	b := h.open(secretariat)
	at := "/sessions/" + s.ID + "/record/items/opening"
	b.visit(at)
	b.sees("#course-course")
	b.do(chromedp.SendKeys(chromedp.CSS("#new-wording"), "Apstiprināt to."))
	eval[bool](b, `(window.real = fetch, window.fetch = () => Promise.reject(new TypeError("cut")), true)`)
	b.do(chromedp.SendKeys(chromedp.CSS("#course-course"), "Ziņo: A. Liepa"))
	b.until(says + `"Nav savienojuma")`)
	eval[bool](b, `(window.fetch = window.real, dispatchEvent(new Event("online")), true)`)
	b.until(says + `"Saglabāts")`)

	_, err := chromedp.Call(b.ctx, network.DeleteCookies, network.DeleteCookiesParams{Name: "padome", URL: h.url + "/"})
	h.must(err)
	b.do(chromedp.SendKeys(chromedp.CSS("#course-course"), ", B. Ozols"))
	b.until(says + `"Pieteikšanās ir beigusies")`)
	_, err = chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: "padome", Value: h.token(secretariat), URL: h.url + "/"})
	h.must(err)
	eval[bool](b, `(dispatchEvent(new Event("online")), true)`)
	b.until(says + `"Saglabāts")`)

	b.visit("/accessibility")
	b.visit(at)
	b.sees("#course-course")
	for field, want := range map[string]string{"course-course": "Ziņo: A. Liepa, B. Ozols", "new-wording": "Apstiprināt to."} {
		if got := eval[string](b, `document.getElementById("`+field+`").value`); strings.TrimSpace(got) != want {
			t.Errorf("%s = %q, want %q", field, got, want)
		}
	}
	// What somebody else wrote meanwhile is not silently replaced.
	by := h.by(secretariat)
	eval[bool](b, `(window.fetch = () => Promise.reject(new TypeError("cut")), true)`)
	eval[bool](b, `(x => (x.value += "!", x.dispatchEvent(new Event("input", {bubbles: true}))))(document.getElementById("course-course"))`)
	b.until(says + `"Nav savienojuma")`)
	_, err = h.office.RecordCourse(t.Context(), by, s.ID, "opening", 2, []minutes.Speech{{Kind: minutes.Speaks, Who: "C. Egle"}})
	h.must(err)
	b.do(chromedp.Click(chromedp.CSS("#course-form button")))
	b.sees("#meanwhile")
	if got := b.text("section.faults"); !strings.Contains(got, "C. Egle") {
		t.Errorf("theirs is not shown: %q", got)
	}
	if got := eval[string](b, `document.getElementById("course-course").value`); !strings.Contains(got, "B. Ozols!") {
		t.Errorf("mine is %q", got)
	}
}
