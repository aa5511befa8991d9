package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func init() {
	access["GET /search"] = "200 200 200 200 200 200 200"
	access["GET /api/v1/search"] = "200 200 200 200 200 200 200"
}

// foundBy asks the API as the public, or as somebody.
func (h *hall) foundBy(who, query string) (kinds []string, titles string) {
	h.Helper()
	var l listing[foundView]
	h.do(&l, who, "GET", "/api/v1/search?q="+url.QueryEscape(query), nil)
	for _, f := range l.Items {
		kinds = append(kinds, string(f.Kind))
		titles += f.Title + "\n"
	}
	return kinds, titles
}

// TestOnlyWhatIsPublishedIsFound puts a word of its own into each thing on its
// way to the public, and looks for it before and after.
func TestOnlyWhatIsPublishedIsFound(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	wish := aProposal("Par zilonēniem Rīgā")
	wish.DraftDecision = "Iegādāties kamieli."
	h.proposes(wish)
	nobody := func(words ...string) {
		t.Helper()
		for _, who := range []string{"", "ngo-3", "officer"} {
			for _, word := range words {
				if kinds, titles := h.foundBy(who, word); len(kinds) > 0 {
					t.Errorf("%q finds %s as %q: %s", word, kinds, who, titles)
				}
				if page := h.page(who, "/search?q="+url.QueryEscape(word)); page.Find("mark").Length() > 0 {
					t.Errorf("the page finds %q as %q", word, who)
				}
			}
		}
	}
	closed := h.proposed("Par žirafēm Liepājā")
	h.do(nil, "ngo-2", "POST", "/api/v1/proposals/"+closed.ID+"/withdraw", map[string]string{"reason": "Atsauktas žirafes."}, seen(`"2"`)...)
	nobody("zilonēns", "žirafes", "Liepāja")
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	nobody("zilonēns")
	h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", digest)
	nobody("zilonēns")
	h.do(nil, "ngo-1", "POST", of(s)+"/agenda/approve", digest)
	if kinds, titles := h.foundBy("", "ziloneniem"); !slices.Equal(kinds, []string{"item"}) || !strings.Contains(titles, "zilonēniem") {
		t.Errorf("the approved agenda gives %q: %s", kinds, titles)
	}
	h.do(nil, "", "POST", "/api/v1/sessions/"+s.ID+"/observers", map[string]string{"name": "Ēriks Kurmis", "topic": "Lamas"})
	nobody("Kurmis", "lamas", "kanarijputns", "kamielis")
}

func TestSignedMinutesAndTheirDecisionsAreFound(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	item := h.proposed("Par zilonēniem")
	h.opened(s)
	h.at("2024-02-28", "13:30")
	h.dealWith(s, item.ID)
	tag := h.do(nil, "taker", "GET", of(s), nil)
	h.do(nil, "taker", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	before, _ := h.foundBy("", "informē pieņemt zināšanai")
	h.signed(s)
	after, titles := h.foundBy("", "informē pieņemt zināšanai")
	if slices.Contains(before, "minutes") || slices.Contains(before, "decision") || !slices.Contains(after, "minutes") || !slices.Contains(after, "decision") {
		t.Errorf("before signing %q, after it %q: %s", before, after, titles)
	}
	page := h.page("", "/search?q=pie%C5%86emt&lang=en")
	if got := page.Find("ol.found li").First(); got.Find("mark").Length() == 0 || !strings.Contains(got.Text(), "decision") {
		t.Errorf("the page shows %q", got.Text())
	}
}

func TestThePlanAndThePrinciplesAreFound(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	for query, want := range map[string]string{"brīvprātīgā darba uzdevums": "task", "P14": "rule", "February session": "session"} {
		if kinds, titles := h.foundBy("", query); !slices.Contains(kinds, want) {
			t.Errorf("%q finds %q, want a %s: %s", query, kinds, want, titles)
		}
	}
}

func TestASearchIsEscapedAndHelpsWhereItFindsNothing(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	evil := `<script>alert(xyz)</script> "x`
	page := h.page("", "/search?q="+url.QueryEscape(evil))
	if got, _ := page.Find("#q").Attr("value"); got != evil || page.Find("main script").Length() > 0 || page.Find("header .find").Length() > 0 {
		t.Errorf("the box holds %q", got)
	}
	if got := page.Find("main").Text(); !strings.Contains(got, "Nekas nav atrasts") || !strings.Contains(got, "kad parakstīts tās protokols") {
		t.Errorf("the page says %q", got)
	}
	if got := h.page("", "/search?q=un+par").Find(".empty").Text(); !strings.Contains(got, "pārāk bieži") {
		t.Errorf("small words give %q", got)
	}
	long := strings.Repeat("a", 201)
	if w := h.ask("", "GET", "/search?q="+long+"&lang=en", nil, "Accept", "text/html"); w.Code != 422 || !strings.Contains(w.Body.String(), "200") {
		t.Errorf("a long query = %d: %s", w.Code, w.Body)
	}
	h.refused(h.ask("", "GET", "/api/v1/search?q="+long, nil), 422, "")
	h.refused(h.ask("", "GET", "/api/v1/search?q=x&after=%3F", nil), 422, "")
	if h.page("", "/").Find("header .find input[name=q]").Length() != 1 {
		t.Error("the head of the start page has no search box")
	}
}
