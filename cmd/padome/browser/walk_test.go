package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stop is a page that the walk looks at. An area adds its own in an init of its
// own test file: stops = append(stops, stop{…}).
type stop struct {
	name string // also of its pictures
	path string // or what finds it
	find func(*house) string
	who  []string // who looks at it, by account
}

var everyone = []string{public, secretariat, chair, member}

var stops = []stop{
	{name: "start", path: "/", who: []string{public, secretariat, chair, deputy, member, admin}},
	{name: "login", path: "/login?next=/x", who: []string{public}},
	{name: "accessibility", path: "/accessibility", who: everyone},
	{name: "not-found", path: "/nowhere", who: everyone},
}

// mostBytes is what a page may weigh with all it needs.
const mostBytes = 60_000

// TestEveryPageIsAccessible walks every page as everybody who has it, light,
// dark and at 400 %: no rule of WCAG 2.2 A and AA is broken, nothing hangs over
// the side of a narrow screen, and no page is heavy.
func TestEveryPageIsAccessible(t *testing.T) {
	axe, err := os.ReadFile(tool(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.prepared()
	for _, who := range []string{public, secretariat, chair, deputy, member, admin} {
		t.Run("as "+who, func(t *testing.T) {
			b := h.in(t).open(who)
			for _, s := range stops {
				for _, w := range s.who {
					if w == who {
						b.look(s, who, string(axe))
					}
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

// look looks at one page in every way.
func (b *tab) look(s stop, who, axe string) {
	b.Helper()
	b.visit(s.at(b.house))
	if got := eval[int](b, weigh); got > mostBytes {
		b.Errorf("%s as %q weighs %d bytes, want at most %d", s.name, who, got, mostBytes)
	}
	for _, way := range []struct {
		name string
		set  func()
	}{{"light", b.light}, {"dark", b.dark}, {"zoom", b.zoom}} {
		way.set()
		b.shot(strings.Trim(s.name+"-"+who, "-") + "-" + way.name)
		if over := eval[string](b, sideways); over != "" {
			b.Errorf("%s as %q %s: hangs over the side: %s", s.name, who, way.name, over)
		}
		for _, v := range eval[[]string](b, axe+check) {
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
	check = `;axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, resultTypes: ["violations"]})
.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + ": " + n.html.slice(0, 160) + " " + n.failureSummary)))`
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
			status, html := h.get(who, s.at(h))
			if status != http.StatusOK && s.name != "not-found" {
				t.Errorf("%s as %q answers %d", s.name, who, status)
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
