package browser

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// onAgenda are the ids of the items as the workshop shows them.
func (b *tab) onAgenda() []string {
	b.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("ol.items > li")].map(x => x.dataset.id)`)
}

// of is a selector of something in an item of the workshop.
func of(item, sel string) string { return `[id="item-` + item + `"] ` + sel }

// Items change places at once, by button, by number and by hand; the button keeps
// the focus, numbers and times follow, and one reason saves the order.
func TestTheWorkshopMovesItemsAtOnce(t *testing.T) {
	h := newHouse(t)
	h.built()
	b := h.open(secretariat)
	at := pageOf(april, "/agenda")(h)
	b.do(chromedp.EmulateViewport(1280, 2000)) // all of it, to drag over
	b.visit(at)
	built := b.onAgenda()
	first, second := built[2], built[3]
	times := b.text(of(second, ".times"))

	b.click(of(first, "[data-down]"))
	want := slices.Clone(built)
	want[2], want[3] = second, first
	b.wantOrder(want)
	if got := eval[string](b, `document.activeElement.name + " " + document.activeElement.value`); got != "down "+first {
		t.Errorf("after the move the focus is on %q, want on the button", got)
	}
	b.until(`document.querySelector("#standing strong")`)
	if got := b.text(of(second, ".times")); got == times {
		t.Errorf("the times do not follow the order: still %q", got)
	}
	if got := b.text("#announcer"); !strings.Contains(got, "4. vieta no 6") {
		t.Errorf("announced %q", got)
	}

	eval[any](b, `document.querySelector('`+of(first, "[data-place]")+`').select()`)
	b.do(chromedp.KeyEvent("3"), chromedp.KeyEvent(kb.Enter))
	b.wantOrder(built)

	// A rule that the order breaks is told before anything is saved.
	b.click(of("any-other", "[data-up]"))
	b.sees("#standing .tasks .tag.red")
	b.click(of("any-other", "[data-down]"))
	b.wantOrder(built)
	b.until(`!document.querySelector("#standing .tasks")`)

	b.do(chromedp.DragAndDrop(chromedp.CSS(of(first, ".handle")), chromedp.CSS(of(second, ".actions"))))
	b.wantOrder(want)
	b.click("#order .panel button")
	b.sees(".faults a[href='#reason']")
	b.wantOrder(want)
	b.fill("#reason", "Ziņotājs nāk vēlāk.")
	b.click("#order .panel button")
	b.sees(".notice")
	b.visit(at)
	b.wantOrder(want)
	if got := b.text("ol.history"); !strings.Contains(got, "Ziņotājs nāk vēlāk.") {
		t.Errorf("the reason is not kept: %q", got)
	}
}

func (b *tab) wantOrder(want []string) {
	b.Helper()
	order, err := json.Marshal(want)
	b.must(err)
	b.until(`JSON.stringify([...document.querySelectorAll("ol.items > li")].map(x => x.dataset.id)) === ` + strconv.Quote(string(order)))
}
