package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"padome/agenda"
)

const (
	enter  = "\r"
	tabKey = "\t"
)

// strike strikes keys one after another as a keyboard does: the character comes
// with the key, so that a key which leads somewhere leaves none there.
func (b *tab) strike(keys string) { b.Helper(); b.strikeWith(0, keys) }

func (b *tab) strikeWith(modifiers chromedp.Modifier, keys string) {
	b.Helper()
	for _, r := range keys {
		events := kb.Encode(r)
		down, up := *events[0], *events[len(events)-1]
		if len(events) == 3 {
			down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, events[1].Text, events[1].UnmodifiedText
		}
		down.Modifiers |= int64(modifiers)
		up.Modifiers |= int64(modifiers)
		for _, e := range []input.DispatchKeyEventParams{down, up} {
			_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, e)
			b.must(err)
		}
	}
}

// atFocus describes what has the focus, for a message.
const atFocus = `(x => x === document.body ? "nothing" : x.outerHTML.slice(0, 120))(document.activeElement)`

// focused reports whether what a selector finds has the focus.
func (b *tab) focused(sel string) bool {
	b.Helper()
	return eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, sel))
}

// wantFocus fails unless what a selector finds has the focus, to be seen.
func (b *tab) wantFocus(sel string) {
	b.Helper()
	b.until(fmt.Sprintf(`document.activeElement.matches(%q)`, sel))
	if !eval[bool](b, seen) {
		b.Errorf("the focus on %s is not to be seen", sel)
	}
}

// seen asks whether the focus is to be seen: on the control itself, or on the
// label that stands for it. A part of the page that took the focus so as to be
// read has none to show.
const seen = `(at => at.tabIndex < 0 || [[at], [at.labels?.[0]], [at.labels?.[0], "::before"]].filter(x => x[0]).map(x => getComputedStyle(...x))
	.some(s => s.outlineStyle !== "none" || s.boxShadow !== "none"))(document.activeElement)`

// tabTo goes on with Tab until what a selector finds has the focus; tabBack goes
// back with Shift and Tab.
func (b *tab) tabTo(sel string)   { b.Helper(); b.tabs(0, sel) }
func (b *tab) tabBack(sel string) { b.Helper(); b.tabs(chromedp.ModifierShift, sel) }

func (b *tab) tabs(modifiers chromedp.Modifier, sel string) {
	b.Helper()
	for range 150 {
		b.strikeWith(modifiers, tabKey)
		if b.focused(sel) {
			b.wantFocus(sel)
			return
		}
	}
	b.Fatalf("no way leads to %s; the focus is on %s", sel, eval[string](b, atFocus))
}

// stepTo goes on with j until the focus is in what a selector finds.
func (b *tab) stepTo(sel string) {
	b.Helper()
	for range 30 {
		b.strike("j")
		if b.focused(sel + " *") {
			return
		}
	}
	b.Fatalf("j does not lead to %s; the focus is on %s", sel, eval[string](b, atFocus))
}

// follow strikes Enter on what leads to another page.
func (b *tab) follow() { b.Helper(); b.leaving(func() { b.strike(enter) }) }

// nearlyReady has April's agenda built with all but one of the items that the
// leads want, each as short as it has to be but one.
func (h *house) nearlyReady() {
	h.Helper()
	a := h.built()
	ids := []string{"opening", "execution", "task-1/1.1", "task-1/6.1"}
	for _, it := range a.Draft.Items[2:] {
		ids = append(ids, it.ID)
	}
	a, err := h.office.ArrangeAgenda(h.Context(), h.by(secretariat), a.Session, a.Revision, ids, "Tā lūdz abi vadītāji.")
	h.must(err)
	for _, it := range a.Draft.Items {
		if it.Source != agenda.Standing && it.ID != "task-1/6.1" {
			a, err = h.office.AllotItem(h.Context(), h.by(secretariat), a.Session, a.Revision, it.ID, it.Kind, 10, "Tikai informācija.")
			h.must(err)
		}
	}
}

// The agenda is made ready with the keyboard alone: items change places, go out
// and come on, get other times; a rule gets its reason; the agenda is submitted.
func TestTheWorkshopByKeyboardAlone(t *testing.T) {
	h := newHouse(t)
	b, at := h.open(secretariat), pageOf(april, "/agenda")(h)
	b.visit(at)
	b.tabTo("#standing button")
	b.follow()
	b.sees("ol.items")

	built := b.onAgenda()
	third := built[2]
	item := fmt.Sprintf(`[id="item-%s"]`, third)
	b.stepTo(item)
	b.tabTo(of(third, "[data-down]"))
	b.strike(enter)
	b.wantOrder(moved(built, 2, 3))
	b.wantFocus(of(third, "[data-down]"))
	b.until(`document.querySelector("#standing strong")`)
	b.strike(" ")
	b.wantOrder(moved(built, 2, 4))
	b.wantFocus(of(third, "[data-down]"))
	b.tabBack(of(third, "[data-up]"))
	b.strike(enter)
	b.wantFocus(of(third, "[data-up]"))
	b.tabBack(of(third, "[data-place]"))
	b.strike("3" + enter)
	b.wantOrder(built)
	b.wantFocus(of(third, "[data-place]"))

	// Without a reason nothing goes out; what is wrong leads to where it is mended.
	b.tabTo(of(third, "[name=out]"))
	b.follow()
	b.wantFocus(".faults")
	b.strike(tabKey + enter)
	b.wantFocus("#reason")
	b.strike("Ministrija lūdz vēlāk.")
	b.tabTo("#order .panel button")
	b.follow()
	b.sees(".notice")
	b.wantOrder(append(append([]string{}, built[:2]...), built[3:]...))
	b.tabTo("#reason")
	b.strike("Ministrija tomēr var.")
	b.tabTo(fmt.Sprintf(`[name=add][value=%q]`, third))
	b.follow()
	b.sees(".notice")
	b.sees(of(third, "h3"))
}

// moved is a list with one thing taken to another place.
func moved(list []string, from, to int) []string {
	now := append(append([]string{}, list[:from]...), list[from+1:]...)
	return append(append(append([]string{}, now[:to]...), list[from]), now[to:]...)
}

// What is missing before an agenda can go out is mended with the keyboard alone.
func TestAnAgendaIsSubmittedByKeyboardAlone(t *testing.T) {
	h := newHouse(t)
	h.nearlyReady()
	b := h.open(secretariat)
	b.visit(pageOf(april, "/agenda")(h))
	b.stepTo(`[id="item-task-1/6.1"]`)
	b.tabTo(of("task-1/6.1", `a[href*="/items/"]`))
	b.follow()
	b.tabTo("#allotted-minutes")
	b.strike("10")
	b.tabTo("#allotted-reason")
	b.strike("Tikai informācija.")
	b.strike(tabKey + enter)
	b.sees(".notice")
	if got := b.text(of("task-1/6.1", ".when")); !strings.Contains(got, "10 min") {
		t.Errorf("the item takes %q", got)
	}
	for eval[bool](b, `!!document.querySelector("#standing .tasks a[href*='/reasons?']")`) {
		b.tabTo(`#standing .tasks a[href*="/reasons?"]`)
		b.follow()
		b.tabTo("#reason")
		b.strike("Martā jautājumu bija mazāk.")
		b.strike(tabKey + enter)
		b.sees("#standing")
		b.until(`document.readyState === "complete"`)
	}
	b.tabTo(`#standing a.button:not(.secondary)`)
	b.follow()
	b.tabTo("main form button")
	b.follow()
	b.sees("h1 .tag.yellow")
}

// A session is recorded with the keyboard alone: who is absent, an item's times,
// course, vote, clause and outcome, and on to the next.
func TestASessionIsRecordedByKeyboardAlone(t *testing.T) {
	h := newHouse(t)
	s := h.sitting()
	b := h.open(secretariat)
	b.visit("/sessions/" + s.ID + "/record")
	b.tabTo(`.tasks a[href$="/attendance"]`)
	b.follow()
	b.stepTo("fieldset:nth-of-type(3)")
	b.wantFocus("input:checked")
	b.strike(kb.ArrowRight + kb.ArrowRight)
	b.wantFocus(`input[value="absent"]:checked`)
	b.follow() // Enter in a form sends it
	b.sees(".notice")
	if got := b.text("#live-now"); !strings.Contains(got, "15 no 16") {
		t.Errorf("present are %q", got)
	}

	b.stepTo("#row-1")
	b.follow()
	b.strike("s")
	b.wantFocus("[name=do][value=now]")
	b.strike(enter)
	b.until(`document.querySelector("#times-started").value`)
	b.wantFocus("[name=do][value=now]")
	b.strike("g")
	b.wantFocus("#course-course")
	b.strike("Ziņo: A. Liepa")
	b.until(says + `"Saglabāts")`)
	if got := eval[string](b, `document.querySelector("#course-course").value`); got != "Ziņo: A. Liepa" {
		t.Errorf("the course is %q", got)
	}
	b.strike(tabKey)
	b.wantFocus("#course-form button")
	b.strike("v")
	b.wantFocus("#vote-against")
	b.strike("1" + enter)
	b.until(`document.querySelector("#live-vote strong")?.textContent === "par – 14, pret – 1, atturas – nav"`)
	b.wantFocus("#vote-against")
	b.tabTo("#live-vote .actions button")
	b.strike("l")
	b.wantFocus("#new-wording")
	b.strike("Uzklausīt padomes locekļus.")
	b.tabTo("#clause-form .actions button")
	b.strike(enter)
	b.until(`document.querySelector("#live-clauses .clause")?.textContent.includes("Uzklausīt padomes locekļus.")`)
	b.wantFocus("#clause-form .actions button")
	b.strike("i")
	b.wantFocus("#live-outcome input")
	b.strike(" ")
	b.tabTo("#live-outcome .actions button")
	b.strike(enter)
	b.until(`document.querySelector("#live-head .tag.green")`)
	b.wantFocus("#live-outcome .actions button")

	b.strike("n")
	b.wantFocus("a[rel=next]")
	b.follow()
	b.until(`location.pathname.endsWith("/record/items/execution")`)
	b.strike("u" + enter) // a vote in two keystrokes
	b.until(`document.querySelector("#live-vote strong")?.textContent.includes("vienbalsīgi")`)
	b.wantFocus("[name=do][value=consensus]")

	// What has been recorded comes back so, not as it was entered before.
	const count = `document.querySelectorAll(".segments input:checked").length`
	b.visit("/sessions/" + s.ID + "/record/attendance")
	want := eval[int](b, count)
	eval[any](b, `document.querySelector(".segments input:checked").checked = false`)
	b.leaving(func() { b.click("[name=do][value=all]") })
	b.visit("/sessions/" + s.ID + "/record/attendance")
	if got := eval[int](b, count); got != want {
		t.Errorf("%d members are marked, want %d", got, want)
	}
}

// ? lists the keys of the page, j and k go from thing to thing; once switched off
// no key does anything.
func TestKeysAreListedAndCanBeSwitchedOff(t *testing.T) {
	h := newHouse(t)
	b, at := h.open(secretariat), below("record/items/opening")(h)
	b.visit(at)
	b.sees("#live-head button")
	b.strike("?")
	b.sees("#keys")
	for key, what := range map[string]string{"s": "Sākt jautājumu", "v": "Balsojums", "g": "Jautājuma gaita", "?": "šo sarakstu", "j k": "uz nākamo"} {
		if got := b.text("#keys dl"); !strings.Contains(got, key) || !strings.Contains(got, what) {
			t.Errorf("the list has no %s for %q: %q", key, what, got)
		}
	}
	b.strike("v") // does nothing while the list is open
	b.wantFocus("#keys button")
	b.strike("?")
	b.until(`!document.querySelector("#keys").open`)
	b.visit("/decisions")
	b.strike("jj")
	second := eval[string](b, atFocus)
	b.strike("j")
	third := eval[string](b, atFocus)
	b.strike("k")
	if got := eval[string](b, atFocus); got != second || got == third || !strings.Contains(got, "/decisions/") {
		t.Errorf("j and k lead to %s, %s, %s", second, third, got)
	}
	b.strike("/")
	b.wantFocus("#find")

	b.visit("/account")
	b.tabTo(`form[action="/account/keys"] button`)
	b.follow()
	b.sees(".notice")
	b.visit(at)
	b.sees("#live-head button")
	b.strike("?jvs/")
	if eval[bool](b, `!!document.querySelector("#keys") || document.activeElement !== document.body`) {
		t.Errorf("switched off, keys still lead to %s", eval[string](b, atFocus))
	}
}
