package browser

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// canary is a text that would become an element, and be run, wherever a page took
// it for HTML.
const canary = `Ķ"'><img data-canary src=/x onerror=canary()>`

// notFilled are forms that are left alone: they end what others are to be filled
// in, ask for proofs, or take no text of anybody's own.
var notFilled = regexp.MustCompile(`/(withdraw|cancel|reject|adopt|finalise|close|reopen|sign|approve|circulate|disable|end|enable|forget-second|second|remove|keys|password|reset|build|submit|arms|import|put|decide|calendar|login|code|draft|take-back|confirm)$|^/setup/`)

// fitting are values of fields that take no free text, by their names.
var fitting = map[string]string{
	"minutes": "10", "break": "", "at": "", "starts": "10:00", "ends": "12:00", "tasks": "4.1.", "measures": "1", "name": "kanarijs", "link": "https://sede.example/",
	"email": "k@example.org", "course": "Ziņo: " + canary, "address": "https://padome.example", "started": "11:00", "ended": "11:05", "for": "12", "against": "2", "abstain": "1", "clause": "", "place": "1", "side": "state", "id": "kanarijs",
}

// storable are the stops whose forms must take the text: if one no longer did,
// nothing would be shown by it.
var storable = []string{
	"proposal-new", "proposal-change", "proposal-opinion", "proposal", "session-new", "session-change", "observe", "agenda-item", "agenda-reason", "live-item", "live-add",
	"minutes-draft", "minutes-comment", "minutes-answer", "minutes-annexes", "minutes-correct", "decision-report", "person-new", "person-change", "mandate-change", "delegation-new",
	"group-change", "draft-new", "draft-texts", "principles-draft", "draft-agreement", "plan-assign", "plan-finding", "plan-conclusions", "plan-review-edit", "settings",
}

// A text that would be a script stands in every field that takes text, and is
// text on every page that shows it.
func TestWhatPeopleEnterNeverRuns(t *testing.T) {
	h := newHouse(t)
	h.prepared()
	stored := map[string]bool{}
	for _, s := range stops {
		who := s.who[0]
		if s.send != nil || who == halfway || s.status != 0 {
			continue
		}
		for i := range 12 { // the forms of a page one after another, each on the page as it is then
			taken, more := h.fill(who, s, i)
			if taken {
				stored[s.name] = true
			}
			if !more {
				break
			}
		}
	}
	for _, name := range storable {
		if !stored[name] {
			t.Errorf("no form of %s takes the text", name)
		}
	}
	t.Logf("stored at %d stops: %q", len(stored), slices.Sorted(maps.Keys(stored)))
	shown := 0
	for _, who := range []string{public, secretariat, chair, member} {
		b := h.open(who)
		for _, s := range stops {
			if i := slices.IndexFunc(s.who, func(w string) bool { return w == who }); i < 0 || s.send != nil {
				continue
			}
			_, html := h.ask(who, s)
			if _, main, _ := strings.Cut(html, "<main"); !strings.Contains(main, "data-canary") && s.path != "/" {
				continue
			}
			shown++
			b.visit(s.at(h))
			if n := eval[int](b, `document.querySelectorAll("[data-canary]").length`); n > 0 {
				t.Errorf("%s as %q has made %d elements of the text", s.name, who, n)
			}
		}
	}
	if shown < 30 {
		t.Errorf("only %d pages show the text", shown)
	}
}

// fill sends one form of a page with the text in every field that takes text. It
// reports whether it was stored, and whether the page has further forms.
func (h *house) fill(who string, s stop, n int) (stored, more bool) {
	h.Helper()
	_, html := h.ask(who, s)
	d, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	h.must(err)
	forms := d.Find("main form[method=post]")
	if n >= forms.Length() {
		return false, false
	}
	form := forms.Eq(n)
	at := s.at(h)
	if action, ok := form.Attr("action"); ok {
		at = action
	}
	path, _, _ := strings.Cut(at, "?")
	if notFilled.MatchString(path) {
		return false, true
	}
	values, filled := entered(form)
	if len(filled) == 0 {
		return false, true
	}
	faults := ""
	for range 6 { // what takes no free text gets what fits it
		status, answer := h.ask(who, stop{path: at, send: func(*house) sending { return sending{fields: values} }})
		if status != http.StatusUnprocessableEntity {
			return status == http.StatusOK, true // where the redirect has led
		}
		d, err := goquery.NewDocumentFromReader(strings.NewReader(answer))
		h.must(err)
		faults = strings.Join(strings.Fields(d.Find(".faults").Text()), " ")
		d.Find(".wrong input, .wrong textarea, .wrong select").Each(func(_ int, x *goquery.Selection) {
			name, _ := x.Attr("name")
			switch {
			case strings.HasSuffix(name, "-day"):
				values.Set(name, "30")
			case strings.HasSuffix(name, "-month"):
				values.Set(name, "5")
			case strings.HasSuffix(name, "-year"):
				values.Set(name, "2024")
			default:
				values.Set(name, fitting[name[strings.LastIndexByte(name, '.')+1:]])
			}
		})
	}
	h.Logf("%s does not take the text: %s", s.name, faults)
	return false, true
}

// entered is what a form sends when its fields of text hold the canary, and which
// those are.
func entered(form *goquery.Selection) (values url.Values, filled map[string]string) {
	values, filled = url.Values{}, map[string]string{}
	form.Find("input, textarea, select").Each(func(_ int, x *goquery.Selection) {
		name, _ := x.Attr("name")
		value, _ := x.Attr("value")
		kind := x.AttrOr("type", "text")
		_, checked := x.Attr("checked")
		_, numeric := x.Attr("inputmode")
		switch {
		case name == "", kind == "file", kind == "password":
		case goquery.NodeName(x) == "select":
			chosen := x.Find("option[selected]")
			if _, must := x.Attr("required"); must && chosen.AttrOr("value", "") == "" {
				chosen = x.Find("option[value!='']").First()
			}
			values.Set(name, chosen.AttrOr("value", ""))
		case kind == "radio":
			if checked || values.Get(name) == "" {
				values.Set(name, value)
			}
		case kind == "checkbox":
			if checked {
				values.Add(name, value)
			}
		case goquery.NodeName(x) == "textarea", kind == "text" && !numeric:
			text := canary
			if most, err := strconv.Atoi(x.AttrOr("maxlength", "")); err == nil && most < len([]rune(text)) {
				text = value
			} else {
				filled[name] = value
			}
			values.Set(name, text)
		default:
			values.Add(name, value)
		}
	})
	return values, filled
}
