package browser

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// stop is a page that the walk looks at. An area adds its own in an init of its
// own test file: stops = append(stops, stop{…}).
type stop struct {
	name   string // also of its pictures
	path   string // or what finds it
	find   func(*house) string
	send   func(*house) sending // what a form sends there; nil where the page is just opened
	status int                  // that it answers with; 0 for 200
	who    []string             // who looks at it, by account
}

// sending is what a form sends: its fields, and a file by the name of file where
// it has one.
type sending struct {
	fields   url.Values
	name     string
	contents string
}

// sends is a sending of fields alone.
func sends(fields ...string) func(*house) sending {
	return func(*house) sending {
		v := url.Values{}
		for i := 0; i < len(fields); i += 2 {
			v.Add(fields[i], fields[i+1])
		}
		return sending{fields: v}
	}
}

var everyone = []string{public, secretariat, chair, member}

var stops = []stop{
	{name: "start", path: "/", who: []string{public, secretariat, chair, deputy, member, admin}},
	{name: "login", path: "/login?next=/x", who: []string{public}},
	{name: "accessibility", path: "/accessibility", who: everyone},
	{name: "not-found", path: "/nowhere", status: http.StatusNotFound, who: everyone},
	{name: "forbidden", path: "/settings", status: http.StatusForbidden, who: []string{member}},
}

// mostBytes is what a page may weigh with all it needs.
const mostBytes = 60_000

// TestEveryPageIsAccessible walks every page as everybody who has it, light,
// dark and at 400 %: no rule of WCAG 2.2 A and AA is broken, nothing hangs over
// the side of a narrow screen, and no page is heavy. Two tabs share the way.
func TestEveryPageIsAccessible(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.prepared()
	const tabs = 2
	for n := range tabs {
		t.Run(fmt.Sprintf("tab %d", n+1), func(t *testing.T) {
			t.Parallel()
			i := 0
			for _, who := range []string{public, secretariat, chair, deputy, member, admin, minuteTaker, newcomer, halfway} {
				var b *tab
				for _, s := range stops {
					if !slices.Contains(s.who, who) {
						continue
					}
					if i++; i%tabs != n {
						continue
					}
					t.Run(s.name+" as "+who, func(st *testing.T) {
						if b == nil {
							b = h.in(t).open(who)
						}
						b.in(st).look(s, who, string(axe))
					})
				}
			}
		})
	}
}

func (s stop) at(h *house) string {
	if s.find != nil {
		return s.find(h)
	}
	return s.path
}

// come opens the page of a stop.
func (b *tab) come(s stop) {
	b.Helper()
	at := s.at(b.house)
	if s.send == nil {
		b.visit(at)
		return
	}
	b.visit("/accessibility")
	x := s.send(b.house)
	fields := [][2]string{}
	for name, values := range x.fields {
		for _, v := range values {
			fields = append(fields, [2]string{name, v})
		}
	}
	said, err := json.Marshal([]any{at, fields, x.name, x.contents})
	b.must(err)
	b.leaving(func() { eval[any](b, fmt.Sprintf(send, said)) })
}

// send makes a form of what is to be sent, and sends it.
const send = `((at, fields, name, contents) => {
	const form = document.createElement("form");
	form.method = "post"; form.action = at;
	for (const [name, value] of fields) { const x = document.createElement("input"); x.type = "hidden"; x.name = name; x.value = value; form.append(x) }
	if (name) {
		const x = document.createElement("input"), files = new DataTransfer();
		files.items.add(new File([contents], name)); x.type = "file"; x.name = "file"; x.files = files.files;
		form.enctype = "multipart/form-data"; form.append(x);
	}
	document.body.append(form); form.submit();
})(...%s)`

// look looks at one page in every way: by its first reader in light, dark and at
// 400 %, by the others, who get the same parts, in light.
func (b *tab) look(s stop, who, axe string) {
	b.Helper()
	b.come(s)
	if got := eval[int](b, weigh); got > mostBytes {
		b.Errorf("%s as %q weighs %d bytes, want at most %d", s.name, who, got, mostBytes)
	}
	eval[any](b, axe+";0")
	for _, way := range []struct {
		name  string
		set   func()
		rules string
	}{{"light", b.light, everyRule}, {"dark", b.dark, ofColours}, {"zoom", b.zoom, everyRule}} {
		if way.name != "light" && who != s.who[0] {
			continue
		}
		way.set()
		b.shot(strings.Trim(s.name+"-"+who, "-") + "-" + way.name)
		if over := eval[string](b, sideways); over != "" {
			b.Errorf("%s as %q %s: hangs over the side: %s", s.name, who, way.name, over)
		}
		for _, v := range eval[[]string](b, fmt.Sprintf(check, way.rules)) {
			b.Errorf("%s as %q %s: %s", s.name, who, way.name, v)
		}
	}
}

const (
	// weigh sums what was transferred for the page, headers aside.
	weigh = `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((n, x) => n + x.encodedBodySize, 0)`
	// sideways names what is wider than the screen.
	sideways = `document.documentElement.scrollWidth <= innerWidth ? "" : [...document.querySelectorAll("body *")].filter(x => x.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(x => x.outerHTML.slice(0, 120)).join("\n")`
	// check lists what axe finds, one text for each rule and element.
	check = `axe.run(document, {runOnly: %s, resultTypes: ["violations"]})
.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 160) + " " + n.failureSummary)))`
	// In the dark a page has the same elements at the same places: what may be
	// wrong then is its colours.
	everyRule = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}`
	ofColours = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}`
)

// TestEveryPageIsValidHTML gives every page of the walk to the validator that the
// standard's authors keep. Both languages fill the same templates.
func TestEveryPageIsValidHTML(t *testing.T) {
	jar := tool(t, "vnu-jar/build/dist/vnu.jar")
	if _, err := exec.LookPath("java"); err != nil {
		leaveOut(t, "no java")
	}
	h, dir := newHouse(t), t.TempDir()
	h.prepared()
	for _, s := range stops {
		for _, who := range s.who {
			status, html := h.ask(who, s)
			if want := cmp.Or(s.status, http.StatusOK); status != want {
				t.Errorf("%s as %q answers %d, want %d: %s", s.name, who, status, want, said(html))
			}
			if _, after, _ := strings.Cut(html, "<title>"); strings.Contains(after[:strings.Index(after, "</title>")], "<") {
				t.Errorf("%s as %q has more than words in its title", s.name, who)
			}
			if err := os.WriteFile(filepath.Join(dir, strings.Trim(s.name+"-"+who, "-")+".html"), []byte(html), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := exec.Command("java", "-jar", jar, "--format", "json", "--stdout", "--skip-non-html", dir).Output()
	var found struct {
		Messages []struct{ Type, URL, Message, Extract string }
	}
	if parse := json.Unmarshal(out, &found); parse != nil {
		t.Fatalf("%v: %s (%v)", parse, out, err)
	}
	for _, m := range found.Messages {
		if m.Type != "info" {
			t.Errorf("%s: %s: %s", filepath.Base(m.URL), m.Message, fmt.Sprintf("%.200s", m.Extract))
		}
	}
}

// notWalked are the addresses that answer GET and are no pages, and why.
var notWalked = map[string]string{
	"/static/:file":                "a file of the pages' own",
	"/theme/:file":                 "a style sheet of the council's colour",
	"/arms":                        "a picture",
	"/live":                        "a stream of events",
	"/healthz":                     "for programs",
	"/readyz":                      "for programs",
	"/sessions.ics":                "a calendar",
	"/sessions/:id/papers.zip":     "a file",
	"/sessions/:id/minutes/signed": "for final minutes that wait to be signed outside, of which the demonstration has none; the same page as for corrections",
}

// TestEveryPageIsOnTheWalk holds the walk to the addresses of the server.
func TestEveryPageIsOnTheWalk(t *testing.T) {
	h := newHouse(t)
	h.prepared()
	pages := h.server.Pages()
	walked := map[string]bool{}
	for _, s := range stops {
		path, _, _ := strings.Cut(s.at(h), "?")
		walked[routeOf(path, pages)] = true
	}
	for _, page := range pages {
		if why := notWalked[page]; walked[page] == (why != "") {
			t.Errorf("%s: on the walk %v, and the reason why not %q", page, walked[page], why)
		}
	}
	for page := range notWalked {
		if !slices.Contains(pages, page) {
			t.Errorf("there is no %s that could be left out", page)
		}
	}
}

// routeOf is the address of the server that a path is answered by: the one with
// the most that is written out.
func routeOf(path string, pages []string) (route string) {
	parts, most := strings.Split(path, "/"), -1
	for _, page := range pages {
		fits, same := strings.Split(page, "/"), 0
		if len(fits) != len(parts) {
			continue
		}
		for i, f := range fits {
			if f == parts[i] {
				same++
			} else if !strings.HasPrefix(f, ":") {
				same = -1
				break
			}
		}
		if same > most {
			route, most = page, same
		}
	}
	return route
}

var tags = regexp.MustCompile(`(?s)<[^>]*>|\s+`)

// said is how the content of a page begins, without its tags.
func said(html string) string {
	_, main, _ := strings.Cut(html, "<main")
	return fmt.Sprintf("%.400s", strings.Join(strings.Fields(tags.ReplaceAllString(main, " ")), " "))
}
