package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// sent presses a button and waits for what says that it is done.
func (b *tab) sent(button string) {
	b.Helper()
	eval[any](b, `document.querySelector("main .notice")?.remove()`)
	b.press(button)
	b.until(`document.querySelector("main .notice") && document.readyState === "complete"`)
}

// pick takes a choice of a list by its value.
func (b *tab) pick(sel, value string) {
	b.Helper()
	b.sees(sel)
	eval[any](b, fmt.Sprintf(`{ const list = document.querySelector(%q); list.value = %q; list.dispatchEvent(new Event("change", {bubbles: true})) }`, sel, value))
}

// time sets the clock to a time of April's session.
func (c *circle) time(at council.Clock) { c.now.Store(new(april.At(at))) }

// hold is the minute-taker's part on the day: the session is opened, attendance
// noted, every item dealt with, one of them postponed, and the session closed.
func (c *circle) hold() {
	c.Helper()
	c.time("10:58")
	b := c.come(minuteTaker)
	b.visit(c.at)
	b.click(`main .tasks a[href$="/record"]`)
	b.pick("#minuteTaker", c.by(minuteTaker).Actor.Person)
	b.fill("#openedAt", "11.00")
	b.sent(c.says("Atklāt sēdi", "Open the session"))

	b.click(`main .tasks a[href$="/attendance"]`)
	b.sees("fieldset")
	b.do(chromedp.Click(chromedp.Search(fmt.Sprintf(`(//main//fieldset)[3]//label[.=%q]`, c.says("nepiedalās", "absent")))))
	b.sent(c.says("Atzīmēt pārējos locekļus kā klātesošus", "Mark all other members as present"))

	content, _, err := c.office.Version(c.Context(), c.by(minuteTaker).Actor, c.session(april).ID, 0)
	c.must(err)
	for i, it := range content.Items {
		c.treat(b, i, it)
	}
	c.time("12:58")
	b.visit(c.at + "/record/close")
	b.fill("#closedAt", "12.58")
	b.sent(c.says("Slēgt sēdi", "Close the session"))
	if s := c.session(april); s.State != council.Closed || s.OpenedAt != "11:00" || s.ClosedAt != "12:58" {
		c.Fatalf("the session stands as %+v", s)
	}
}

// treat records what the session does with an item: the third is postponed, the
// fourth voted on by count, with clauses of every kind.
func (c *circle) treat(b *tab, i int, it agenda.Item) {
	c.Helper()
	began := council.Clock("11:00").Add(i * 12)
	c.time(began)
	b.visit(c.at + "/record/items/" + url.PathEscape(it.ID))
	b.sent(c.says("Sākt jautājumu", "Start the item"))
	b.fill("#course-course", "Ziņo: A. Liepa – par jautājumu "+it.ID+"\nIzsakās: B. Ozols")
	if c.script {
		b.until(says + `"Saglabāts")`)
	} else {
		b.sent("Save the course")
	}
	outcome := "decided"
	switch {
	case i == 2:
		outcome = "postponed"
		b.fill("#outcome-why", "Ziņotājs nevarēja ierasties.")
	case i == 3:
		b.fill("#vote-for", "12")
		b.fill("#vote-against", "2")
		b.fill("#vote-abstain", "1")
		b.sent(c.says("Saglabāt balsojumu", "Save the vote"))
		c.clause(b, "Finanšu ministrijai sagatavot priekšlikumus.", "Finanšu ministrija", "31.5.2024")
		c.clause(b, "Tieslietu ministrijai sniegt atzinumu.", "Tieslietu ministrija", "")
	case it.Source == agenda.Standing && it.ID != agenda.OpeningID:
		outcome = "noted"
	default:
		b.sent(c.says("Vienbalsīgi, bez skaitīšanas", "Unanimous, not counted"))
		c.clause(b, "Pieņemt zināšanai sniegto informāciju.", "", "")
	}
	b.choose("outcome", outcome)
	b.sent(c.says("Saglabāt iznākumu", "Save the outcome"))
	c.time(began.Add(10))
	b.sent(c.says("Beigt jautājumu", "End the item"))
}

// clause adds a clause; without a day it has to be done until the next session,
// when it has an addressee.
func (c *circle) clause(b *tab, wording, addressee, deadline string) {
	c.Helper()
	b.fill("#new-wording", wording)
	if addressee != "" {
		b.fill("#new-addressee", addressee)
		b.fill("#new-tasks", "4.1.")
		if deadline == "" {
			b.click("#new-untilNext + label")
		} else {
			for i, part := range strings.Split(deadline, ".") {
				b.fill([]string{"#new-deadline", "#new-deadline-month", "#new-deadline-year"}[i], part)
			}
		}
	}
	b.sent(c.says("Pievienot punktu", "Add the clause"))
}

// write is the minute-taker's part afterwards: the minutes are drafted from the
// record, one part is edited, and they are made final.
func (c *circle) write() {
	c.Helper()
	c.now.Store(new(council.Date("2024-04-26").At("10:00")))
	b, at := c.come(minuteTaker), c.at+"/minutes"
	b.visit(c.at)
	b.click(`main .tasks a[href$="/minutes"]`)
	b.sent(c.says("Sagatavot protokola projektu", "Draft the minutes"))
	text := eval[string](b, `document.querySelector("#part-1 textarea").value`) + "\nUzklausa padomes locekļu viedokļus."
	b.fill("#part-1 textarea", text)
	if c.script {
		b.until(`document.querySelector("#part-1 [data-state]")?.textContent.includes("Saglabāts plkst.")`)
	} else {
		b.click("#part-1 form button")
		b.sees(".notice")
	}
	b.visit(at)
	if got := b.text("#preview"); !strings.Contains(got, "Uzklausa padomes locekļu viedokļus.") {
		c.Error("the preview does not say what was edited")
	}
	b.visit(at + "/finalise")
	b.sent(c.says("Pabeigt protokolu", "Finalise the minutes"))
}

// sign has somebody sign: what they sign, the check page, and the receipt.
func (c *circle) sign(who string) {
	c.Helper()
	b := c.come(who)
	b.visit("/")
	b.click(`#todo a[href$="/minutes/sign"]`)
	b.sees(".folio")
	b.press(c.says("Turpināt", "Continue"))
	b.fill("#current", passwordOf(who))
	b.sent(c.says("Parakstīt protokolu", "Sign the minutes"))
	if got := b.text(".panel.done .code"); got != c.minutes().Digest {
		c.Errorf("%s is told the digest %s, want that of the minutes", who, got)
	}
}

func (c *circle) minutes() minutes.Minutes {
	c.Helper()
	m, err := c.office.Minutes(c.Context(), c.by(secretariat).Actor, c.session(april).ID)
	c.must(err)
	return m
}

// download has somebody take the signed minutes from the session's page: the very
// bytes that were frozen with the digest that both signed.
func (c *circle) download(who string) {
	c.Helper()
	m := c.minutes()
	if m.State != minutes.Signed || len(m.Signatures) != 2 || m.Signatures[0].Digest != m.Digest || m.Signatures[1].Digest != m.Digest {
		c.Fatalf("the minutes are %s with the signatures %+v", m.State, m.Signatures)
	}
	b := c.come(who)
	b.visit(c.at)
	file := b.takes(`main a[href*="minutes.pdf"]`)
	sum := sha256.Sum256(file)
	if got := hex.EncodeToString(sum[:]); got != m.PDF || !strings.HasPrefix(string(file), "%PDF-") {
		c.Errorf("%q gets %d bytes with the sum %s, want the frozen file %s", who, len(file), got, m.PDF)
	}
}

// takes clicks a link to a file and returns what has been downloaded.
func (b *tab) takes(link string) []byte {
	b.Helper()
	dir := b.TempDir()
	_, err := chromedp.Call(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow,
		BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID, DownloadPath: dir})
	b.must(err)
	b.click(link)
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
		b.must(err)
		if len(files) == 1 {
			file, err := os.ReadFile(files[0])
			b.must(err)
			return file
		}
	}
	b.Fatalf("nothing was downloaded by %s", link)
	return nil
}
