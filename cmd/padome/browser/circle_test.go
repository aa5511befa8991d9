package browser

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"padome/cmd/padome/demo"
	"padome/internal/locale"
)

// circle is one walk through a session's whole course, in one way of looking at
// it.
type circle struct {
	*house
	lang   string
	script bool
	at     string // the session's page
}

// come opens a tab in the language and way of the circle, where somebody logs in
// by their name and password.
func (c *circle) come(who string) *tab {
	c.Helper()
	b := c.open(public)
	if !c.script {
		if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			c.Fatal(err)
		}
	}
	b.visit("/login?lang=" + c.lang)
	if who != public {
		b.fill("#name", who)
		b.fill("#password", passwordOf(who))
		b.press(c.says("Pieteikties", "Log in"))
		b.sees(".who form button")
	}
	return b
}

// press presses the button with a name, and waits for the page that answers.
func (b *tab) press(name string) {
	b.Helper()
	b.do(chromedp.Click(chromedp.Search(fmt.Sprintf(`//main//button[normalize-space()=%q and not(@aria-hidden)]`, name))))
}

// choose ticks a box or a choice by its value.
func (b *tab) choose(name, value string) {
	b.Helper()
	b.click(fmt.Sprintf(`[name=%q][value=%q] + label`, name, value))
}

// says is the button's text in the circle's language.
func (c *circle) says(lv, en string) string {
	if c.lang == "en" {
		return en
	}
	return lv
}

// From the draft of the agenda to the signed minutes everybody works on pages,
// each logged in as themselves.
func TestTheWholeCircleInTheBrowser(t *testing.T) {
	for _, way := range []circle{{lang: "lv", script: true}, {lang: "en"}} {
		t.Run(fmt.Sprintf("%s, scripts %v", way.lang, way.script), func(t *testing.T) {
			c := way
			c.house = newHouse(t)
			c.at = "/sessions/" + c.session(april).ID
			c.prepare()
			c.approve(deputy)
			c.approve(chair)
			c.published()
			c.hold()
			c.write()
			c.sign(deputy) // who presided: it was their turn
			c.sign(minuteTaker)
			c.download(member)
			c.download(public)
		})
	}
}

// prepare is the secretariat's part: three tasks more than the rules allow come
// on, which makes some shorter and asks for a reason.
func (c *circle) prepare() {
	b, at := c.come(secretariat), c.at+"/agenda"
	b.visit(at)
	b.press(c.says("Sastādīt darba kārtību", "Build the agenda"))
	b.sees(`[id="item-task-1/4.1"]`)
	for _, task := range []string{"task-1/1.1", "task-1/6.1", "task-1/8.1"} {
		b.fill("#reason", "Tā lūdz abi vadītāji.")
		b.click(`[name=add][value="` + task + `"]`)
		b.sees(of(task, "h3"))
	}
	b.sees("#standing .tag.red")
	for _, task := range []string{"task-1/4.1", "task-1/5.1", "task-1/1.1", "task-1/6.1"} {
		b.visit(at + "/items/" + url.PathEscape(task))
		b.fill("#allotted-minutes", "10")
		b.fill("#allotted-reason", "Tikai informācija.")
		b.click(`form:has([name=part][value=allotted]) .actions button`)
		b.sees(".notice")
	}
	b.click("#standing .tasks a[href*=\"/reasons?\"]")
	b.fill("#reason", "Martā jautājumu bija mazāk.")
	b.press(c.says("Saglabāt pamatojumu", "Save the reason"))
	b.sees(".notice")
	b.visit(at + "/submit")
	b.press(c.says("Iesniegt apstiprināšanai", "Submit for approval"))
	b.sees("h1 .tag.yellow")
}

// approve is a lead's part: what is unmet is read, the check page passed.
func (c *circle) approve(who string) {
	b := c.come(who)
	b.visit(c.at + "/agenda/approve")
	if got := b.text("main"); !strings.Contains(got, "Martā jautājumu bija mazāk.") {
		c.Errorf("%s is not shown why a rule is gone against: %q", who, got)
	}
	b.choose("decision", "approve")
	b.press(c.says("Turpināt", "Continue"))
	b.sees(".careful")
	b.fill("#current", passwordOf(who))
	b.press(c.says("Apstiprināt darba kārtību", "Approve the agenda"))
	b.sees(".panel.done .code")
}

// passwordOf is the sample password of a login.
func passwordOf(who string) string {
	for _, l := range demo.Logins(locale.LV) {
		if l.Name == who {
			return l.Password
		}
	}
	return ""
}

// published is what everybody sees then.
func (c *circle) published() {
	b := c.come(public)
	b.visit(c.at)
	b.sees("main")
	if _, html := c.get(public, c.at); !strings.Contains(html, "agenda.pdf") {
		c.Error("the approved agenda is not public")
	}
}
