package web

import (
	archive "archive/zip"
	"bytes"
	"io"
	"maps"
	"mime"
	"net/url"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// canary is a word that stands in one hidden place, and who may meet it from
// which stage of the session on; before that stage nobody may who is not in may.
type canary struct {
	word   string
	may    string // those who may read it before it is public
	public stage  // from when on everybody may
}

type stage int

// The stages of a session, in their order.
const (
	whenBuilt stage = iota
	whenSubmitted
	whenConvened
	whenSitting
	whenClosed
	whenDrafted
	whenFinal
	whenSigned
	whenNever
)

var stages = []string{"built", "submitted", "convened", "sitting", "closed", "drafted", "final", "signed"}

const (
	preparing = "officer state-1 ngo-1 admin" // those who prepare and approve; the administrator reads histories
	holders   = preparing + " ngo-2"          // whoever holds a mandate
	inside    = "officer state-1 ngo-1 ngo-2" // who may read the record
)

var canaries = []canary{
	{"kanarijaproposal", preparing + " ngo-2", whenConvened}, // ngo-2 proposes it
	{"kanarijadraftdecision", preparing + " ngo-2", whenNever},
	{"kanarijafile", preparing + " ngo-2", whenConvened}, // the name of its document
	{"kanarijaunplaced", holders, whenNever},             // a proposal on no agenda
	{"kanarijalink", holders, whenNever},                 // by which members take part
	{"kanarijacourse", holders, whenSigned},
	{"kanarijaclause", holders, whenSigned},
	{"kanarijaremark", holders, whenNever}, // of the one who asked for changes
	{"kanarijaobserver", preparing, whenNever},
	{"kanarijacomment", holders, whenNever},
	{"kanarijadissent", inside, whenSigned},
	{"kanarijacorrection", inside + " admin", whenNever},  // a draft; the administrator reads histories
	{"kanarijabasis", holders, whenNever},                 // of a mandate
	{"kanarijareview", holders + " nobody", whenNever},    // of the plan; nobody is in a working group
	{"kanarijaprinciples", inside + " nobody", whenNever}, // nobody is in a working group
}

// TestNoCanaryIsHeardByWhoMayNot brings a session from its draft to its signed
// minutes. At every stage everybody asks every address that the router answers
// to GET, with the ids of what there is: pages, JSON, feeds, search and PDF.
func TestNoCanaryIsHeardByWhoMayNot(t *testing.T) {
	h := newHall(t)
	c := &cage{hall: h, heard: map[string]bool{}, asked: map[string]bool{}}
	c.prepare()
	for i, step := range []func(){c.build, c.submit, c.approve, c.sit, c.close, c.draft, c.finalise, c.sign} {
		step()
		c.walk(stage(i))
	}
	for _, x := range canaries {
		if !c.heard[x.word] {
			t.Errorf("nobody has met %s anywhere: the test proves nothing of it", x.word)
		}
	}
	for _, r := range h.server.routes() {
		if r.Method == "GET" && !c.asked[r.Path] && notAsked[r.Path] == "" {
			t.Errorf("%s was never asked: nobody knows what it tells", r.Path)
		}
	}
}

// notAsked are the addresses that the walk leaves out, and why.
var notAsked = map[string]string{
	streamRoute: "tells which records have changed, and nothing of what is in them",
}

// cage is a council with a canary in every hidden place.
type cage struct {
	*hall
	s            council.Session
	first, other agenda.Proposal
	tag, digest  string
	ids          map[string][]string // by the parameter of a route
	beside       map[string][]string // those of what lies beside the session
	ears         sync.Mutex
	heard        map[string]bool
	asked        map[string]bool // routes
}

func (c *cage) prepare() {
	c.s = c.prepared("2024-02-28")
	in := aSession("2024-02-28")
	in.Link = "https://sanaksme.example/kanarijalink"
	tag := c.do(nil, "officer", "GET", of(c.s), nil)
	c.do(&c.s, "officer", "PUT", of(c.s), in, seen(tag)...)
	p := aProposal("Par kanarijaproposal")
	p.DraftDecision = "Apstiprināt kanarijadraftdecision."
	c.prepareBeside()
	tag = c.do(&c.first, "ngo-2", "POST", "/api/v1/proposals", p)
	c.do(&c.first, "ngo-2", "POST", "/api/v1/proposals/"+c.first.ID+"/documents?name=kanarijafile.pdf", "%PDF-1.7 a",
		append(seen(tag), "Content-Type", "application/pdf")...)
}

// prepareBeside hides words where nobody comes by the session: in the mandate of a
// substitute, in a review of the plan, and in proposed principles.
func (c *cage) prepareBeside() {
	c.mandate(council.Mandate{Person: "ngo-7", Role: council.Deputy, Side: council.NGO, SubstituteFor: "ngo-1", Basis: "lēmums kanarijabasis"})
	var r reviewAnswer
	tag := c.do(&r, "officer", "POST", "/api/v1/plan-reviews", startRequest{1})
	c.do(nil, "officer", "POST", "/api/v1/plan-reviews/"+r.ID+"/edits", plan.Edit{Op: plan.Reword, Measure: 5, Task: 2, Text: "Uzdevums kanarijareview."}, seen(tag)...)
	c.do(nil, "officer", "POST", "/api/v1/groups", newGroupRequest{ID: "content", groupRequest: groupRequest{Name: "Darba grupa", NameEN: "Group", From: "2024-01-01", Members: []string{"nobody"}}})
	set := contentOf(agenda.WholeCatalogue())
	set.From, set.Note = "2024-06-01", "Jauni kanarijaprinciples."
	var d principlesDraftView
	c.do(&d, "officer", "POST", "/api/v1/principles/drafts", principlesDraftRequest{"content", set})
	c.beside = map[string][]string{"reviews/:id": {r.ID}, "drafts/:id": {d.ID}, ":rule": {"P1"}, ":group": {"content"}, "groups/:id": {"content"}}
}

func (c *cage) build() {
	c.tag = c.do(nil, "officer", "POST", of(c.s)+"/agenda/build", nil, seen(unbegun)...)
}

// submit has a first version sent back with a remark, and submits a second.
func (c *cage) submit() {
	var a agenda.Agenda
	c.do(&a, "officer", "POST", of(c.s)+"/agenda/submit", nil, seen(c.tag)...)
	asked := changesRequest{a.Versions[0].Digest, "Lūdzu precizēt kanarijaremark."}
	tag := c.do(nil, "state-1", "POST", of(c.s)+"/agenda/request-changes", asked)
	tag = c.do(nil, "officer", "POST", of(c.s)+"/agenda/build", nil, seen(tag)...)
	c.do(&a, "officer", "POST", of(c.s)+"/agenda/submit", nil, seen(tag)...)
	c.digest = a.Versions[len(a.Versions)-1].Digest
	late := aProposal("Par kanarijaunplaced")
	c.do(&c.other, "ngo-3", "POST", "/api/v1/proposals", late)
}

func (c *cage) approve() {
	c.do(nil, "state-1", "POST", of(c.s)+"/agenda/approve", proofRequest{Digest: c.digest, Current: password})
	c.do(nil, "ngo-1", "POST", of(c.s)+"/agenda/approve", proofRequest{Digest: c.digest, Current: password})
	c.do(nil, "", "POST", of(c.s)+"/observers", observerRequest{Name: "Anna kanarijaobserver", Organisation: "biedrība", Topic: "Par nodokļiem"})
}

func (c *cage) sit() {
	tag := c.do(nil, "officer", "GET", of(c.s), nil)
	c.do(nil, "officer", "POST", of(c.s)+"/open", openRequest{"state-1", "taker", "11:00", "Vietniece ir slima."}, seen(tag)...)
	c.do(nil, "taker", "PUT", of(c.s)+"/attendance", attendanceRequest{present()}, seen(unbegun)...)
	c.at("2024-02-28", "13:30")
	c.dealWith(c.s, "")
	at := of(c.s) + "/items/" + url.PathEscape(c.first.ID)
	course := courseRequest{[]minutes.Speech{{Kind: minutes.Reports, Who: "Z. Kārkliņa", Text: "Stāsta par kanarijacourse."}}}
	tag = c.do(nil, "taker", "PUT", at+"/course", course, seen(`"5"`)...)
	c.do(nil, "taker", "POST", at+"/decisions", minutes.Clause{Wording: "Pieņemt zināšanai kanarijaclause.", UntilNext: true}, seen(tag)...)
}

func (c *cage) close() {
	tag := c.do(nil, "taker", "GET", of(c.s), nil)
	c.do(nil, "taker", "POST", of(c.s)+"/close", closeRequest{"12:45"}, seen(tag)...)
}

func (c *cage) draft() {
	at := of(c.s) + "/minutes"
	tag := c.do(nil, "taker", "POST", at+"/draft", nil, seen(unbegun)...)
	c.do(nil, "taker", "POST", at+"/circulate", nil, seen(tag)...)
	var x minutes.Comment
	own := c.do(&x, "ngo-2", "POST", at+"/comments", minutes.Saying{Item: "opening", Clause: 1, Text: "Kāpēc kanarijacomment?"})
	var d minutes.Dissent
	c.do(&d, "ngo-3", "POST", at+"/dissents", dissentRequest{c.first.ID, "Nepiekrītu: kanarijadissent."})
	c.beside[":comment"], c.beside[":dissent"] = []string{x.ID}, []string{d.ID}
	c.do(nil, "officer", "PUT", at+"/comments/"+url.PathEscape(x.ID)+"/answer", replyRequest{false, "Tā bija."}, seen(own)...)
}

func (c *cage) finalise() {
	c.at("2024-03-12", "09:00") // when nobody comments any more
	at := of(c.s) + "/minutes"
	tag := c.do(nil, "taker", "GET", at, nil)
	tag = c.do(nil, "taker", "PUT", at+"/items/opening", partRequest{"Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai."}, seen(tag)...)
	var m minutesView
	c.do(&m, "taker", "POST", at+"/finalise", nil, seen(tag)...)
	c.digest = m.Digest
}

func (c *cage) sign() {
	for _, who := range []string{"state-1", "taker"} {
		c.do(nil, who, "POST", of(c.s)+"/minutes/sign", proofRequest{Digest: c.digest, Current: password})
	}
	var later council.Session
	c.do(&later, "officer", "POST", "/api/v1/sessions", aSession("2024-03-27"))
	var x correctionView
	c.do(&x, "officer", "POST", of(c.s)+"/minutes/corrections", minutes.Wanted{Of: "opening", Clause: 1, Was: "zināšanai", Text: "zināšanai kanarijacorrection", Ground: "Kļūda.", Decided: later.ID})
	c.beside[":correction"] = []string{x.ID}
}

// listeners are whom it matters to ask as: chair and deputy may read all there is.
var listeners = []string{"", "nobody", "ngo-2", "officer", "admin"}

// walk asks every address at a stage, as everybody at once.
func (c *cage) walk(now stage) {
	c.ids = c.there()
	var paths []string
	for _, r := range c.server.routes() {
		if r.Method == "GET" && notAsked[r.Path] == "" {
			at := c.filled(r.Path)
			paths, c.asked[r.Path] = append(paths, at...), c.asked[r.Path] || len(at) > 0
		}
	}
	var wg sync.WaitGroup
	for _, who := range listeners {
		if who != "" {
			c.token(who)
		}
		wg.Go(func() {
			for _, path := range paths {
				c.look(now, who, path)
			}
		})
	}
	wg.Wait()
}

// there is what the parameters of routes can stand for at a stage; the public
// may know none of the ids and still try them.
func (c *cage) there() map[string][]string {
	var r recordView
	ids := map[string][]string{
		"sessions/:id": {c.s.ID}, "proposals/:id": {c.first.ID}, "people/:id": {"ngo-2"}, "accounts/:id": {"ngo-2"},
		":item": {c.first.ID}, ":sha256": {c.first.Documents[0].SHA256}, ":revision": {"1"}, ":measure": {"3"}, ":task": {"1"},
		":version": {"1", "approved", "draft"}, ":number": {"1", "2"}, ":year": {"2024"}, "backlog/:id": {c.first.ID}, ":mandate": {"none"}, ":delegation": {"none"},
		":of": {"agenda", "minutes"}, ":token": {"none"}, ":file": {"padome.css"}, ":report": {"1"}, ":mark": {"none"}, ":code": {"none"}, ":key": {"none"},
	}
	if len(c.digest) > 16 {
		ids[":code"] = []string{c.digest[:16]}
	}
	maps.Copy(ids, c.beside)
	if c.other.ID != "" {
		ids["proposals/:id"] = append(ids["proposals/:id"], c.other.ID)
	}
	if w := c.ask("taker", "GET", of(c.s)+"/record", nil); w.Code == 200 {
		c.do(&r, "taker", "GET", of(c.s)+"/record", nil)
		for _, x := range r.Items {
			for _, d := range x.Decisions {
				ids["decisions/:id"] = append(ids["decisions/:id"], url.PathEscape(d.ID))
			}
		}
	}
	return ids
}

// filled are the addresses of a route. Histories are asked for by kind, searches
// by word.
func (c *cage) filled(route string) []string {
	if strings.HasSuffix(route, "/history/:kind/:id") {
		at := strings.TrimSuffix(route, ":kind/:id")
		return []string{at + "session/" + c.s.ID, at + "agenda/" + c.s.ID, at + "proposal/" + c.first.ID, at + "minutes/" + c.s.ID}
	}
	if strings.HasSuffix(route, "/search") {
		paths := []string(nil)
		for _, x := range canaries {
			paths = append(paths, route+"?q="+x.word)
		}
		return paths
	}
	paths := []string{route}
	for param, values := range c.ids {
		var next []string
		for _, path := range paths {
			if !strings.Contains(path, param) {
				next = append(next, path)
				continue
			}
			for _, v := range values {
				next = append(next, strings.Replace(path, param, param[:strings.Index(param, ":")]+v, 1))
			}
		}
		paths = next
	}
	return slices.DeleteFunc(paths, func(path string) bool { return strings.Contains(path, "/:") })
}

// look asks for one address and listens.
func (c *cage) look(now stage, who, path string) {
	c.Helper()
	w := c.ask(who, "GET", path, nil, "Accept", "text/html, application/json")
	got := plainly(c.TB, w.Header().Get("Content-Type"), w.Body.Bytes())
	for _, x := range canaries {
		asked := path == "/search?q="+x.word // which the page repeats
		if !strings.Contains(got, x.word) || asked && !strings.Contains(got, "<mark>"+x.word) {
			continue
		}
		c.hears(x.word)
		if now < x.public && (who == "" || !slices.Contains(strings.Fields(x.may), who)) {
			c.Errorf("%s: %q hears %s at %s", stages[now], who, x.word, path)
		}
	}
}

func (c *cage) hears(word string) {
	c.ears.Lock()
	defer c.ears.Unlock()
	c.heard[word] = true
}

const officeDocument = "application/vnd.openxmlformats-officedocument."

// plainly is what somebody can read in an answer, also in a PDF and in the files
// of an archive.
func plainly(t testing.TB, media string, body []byte) string {
	t.Helper()
	switch media, _, _ = strings.Cut(media, ";"); media {
	case "application/pdf":
		cmd := exec.Command("pdftotext", "-", "-")
		cmd.Stdin = bytes.NewReader(body)
		out, err := cmd.Output()
		if err != nil && bytes.HasPrefix(body, []byte("%PDF-1.7\n")) {
			t.Fatalf("pdftotext: %v", err)
		}
		return string(out)
	case "application/zip", officeDocument + "wordprocessingml.document", officeDocument + "spreadsheetml.sheet":
		if !bytes.HasPrefix(body, []byte("PK\x03\x04")) {
			return string(body) // a document of somebody's own, which only says that it is one
		}
		r, err := archive.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, f := range r.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(f.Name + "\n" + plainly(t, mime.TypeByExtension(path.Ext(f.Name)), raw))
		}
		return all.String()
	}
	return string(body)
}
