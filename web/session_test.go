package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"os"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/minutes"
	"padome/plan"
)

// TestASessionFromPlanToSignedMinutes goes the whole way over HTTP, each step by
// the one whose it is.
func TestASessionFromPlanToSignedMinutes(t *testing.T) {
	h := newHall(t)
	planText, err := os.ReadFile("../plan/data/darba-plans-2024-2026.txt")
	if err != nil {
		t.Fatal(err)
	}
	var imported importAnswer
	h.do(&imported, "officer", "POST", "/api/v1/plans", string(planText), "Content-Type", "text/plain; charset=utf-8")
	if got := len(imported.Plan.Refs()); got != 24 || imported.Plan.Revision != 1 {
		t.Errorf("the plan has %d tasks in revision %d, want 24 in 1", got, imported.Plan.Revision)
	}
	for _, p := range []agenda.Principles{agenda.Transitional(), agenda.WholeCatalogue()} {
		h.do(nil, "officer", "POST", "/api/v1/principles", principlesRequest{contentOf(p), p.Agreed})
	}
	var s council.Session
	h.do(&s, "officer", "POST", "/api/v1/sessions", aSession("2024-02-28"))
	item := h.proposed("Par nodokļu atvieglojumiem")

	content := h.opened(s)
	if raw, _ := content.Items.([]any); len(raw) < 4 {
		t.Fatalf("the approved agenda has %d items", len(raw))
	}
	h.at("2024-02-28", "13:30")
	h.dealWith(s, item.ID)
	tag := h.do(nil, "taker", "GET", of(s), nil)
	h.do(nil, "taker", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)

	m := h.signed(s)
	w := h.ask("", "GET", of(s)+"/minutes.pdf?lang=lv", nil)
	sum := sha256.Sum256(w.Body.Bytes())
	if got := hex.EncodeToString(sum[:]); w.Code != 200 || got != m.PDF || w.Header().Get("ETag") != `"`+m.PDF+`"` {
		t.Errorf("the public gets %d, %s with ETag %s, want the frozen file %s", w.Code, got, w.Header().Get("ETag"), m.PDF)
	}
	if got, want := w.Header().Get("Content-Disposition"), `attachment; filename="protokols-2024-1.pdf"`; !strings.HasPrefix(got, want) {
		t.Errorf("disposition = %q, want it to begin %q", got, want)
	}
	if again := h.ask("", "GET", of(s)+"/minutes.pdf?lang=lv", nil, "If-None-Match", w.Header().Get("ETag")); again.Code != 304 || again.Body.Len() > 0 {
		t.Errorf("asked again = %d with %d bytes, want 304 and none", again.Code, again.Body.Len())
	}
	h.refused(h.ask("taker", "PUT", of(s)+"/minutes/items/opening", partRequest{"Cits."}, seen(`"9"`)...), 409, "")
	page := h.ask("", "GET", "/?lang=en", nil, "Accept", "text/html").Body.String()
	if !strings.Contains(page, of(s)+"/minutes.pdf") || !strings.Contains(page, of(s)+"/agenda.pdf") {
		t.Errorf("the start page links to no papers of the session: %s", page)
	}
}

// proposed hands in a proposal with a document.
func (h *hall) proposed(title string) agenda.Proposal {
	h.Helper()
	return h.proposes(aProposal(title))
}

func (h *hall) proposes(in proposalRequest) agenda.Proposal {
	h.Helper()
	var p agenda.Proposal
	tag := h.do(&p, "ngo-2", "POST", "/api/v1/proposals", in)
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals/"+p.ID+"/documents?name=priek%C5%A1likums.pdf", "%PDF-1.7 "+in.Title,
		append(seen(tag), "Content-Type", "application/pdf")...)
	return p
}

func aProposal(title string) proposalRequest {
	return proposalRequest{Kind: agenda.Decision, Title: title, Tasks: []plan.Ref{{Revision: 1, Measure: 3, Task: 1}},
		Initiator: council.NGO, InitiatedBy: "Biedrība „Tilts”", Minutes: 20, DraftDecision: "Apstiprināt priekšlikumu."}
}

// dealWith gives every item its outcome: a decision to substantive ones and the
// opening, but for the one that is postponed.
func (h *hall) dealWith(s council.Session, postponed string) {
	h.Helper()
	var r recordView
	h.do(&r, "taker", "GET", of(s)+"/record", nil)
	for _, x := range r.Items {
		at := of(s) + "/items/" + url.PathEscape(x.Item.ID)
		course := courseRequest{[]minutes.Speech{{Kind: minutes.Reports, Who: "Z. Kārkliņa", Text: "Informē padomi."}}}
		tag := h.do(nil, "taker", "PUT", at+"/course", course, seen(unbegun)...)
		out := outcomeRequest{Outcome: minutes.Noted}
		switch {
		case x.Item.ID == postponed:
			out = outcomeRequest{minutes.Postponed, "Nav saskaņots."}
		case x.Item.Kind.Substantive(), x.Item.Kind == agenda.Opening:
			tag = h.do(nil, "taker", "PUT", at+"/vote", voteRequest{&minutes.Vote{For: 11, Abstain: 1}}, seen(tag)...)
			h.do(nil, "taker", "POST", at+"/decisions", minutes.Clause{Wording: "Pieņemt zināšanai.", UntilNext: true}, seen(tag)...)
			tag = next(tag)
			out.Outcome = minutes.Decided
		}
		tag = h.do(nil, "taker", "PUT", at+"/times", timesRequest{"11:05", "11:15"}, seen(tag)...)
		h.do(nil, "taker", "PUT", at+"/outcome", out, seen(tag)...)
	}
}

// over holds a session whose agenda is to be built, and closes it.
func (h *hall) over(s council.Session, postponed string) {
	h.Helper()
	h.opened(s)
	h.at("2024-02-28", "13:30")
	h.dealWith(s, postponed)
	tag := h.do(nil, "taker", "GET", of(s), nil)
	h.do(nil, "taker", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
}

// next is the ETag of the revision after.
func next(tag string) string { return etag(uint64(tag[1]-'0') + 1) }

// signed drafts, finalises and signs the minutes of a closed session.
func (h *hall) signed(s council.Session) minutesView {
	h.Helper()
	var m minutesView
	tag := h.do(nil, "taker", "POST", of(s)+"/minutes/draft", nil, seen(unbegun)...)
	tag = h.do(nil, "taker", "PUT", of(s)+"/minutes/items/opening", partRequest{"Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai."}, seen(tag)...)
	h.do(&m, "taker", "POST", of(s)+"/minutes/finalise", nil, seen(tag)...)
	if w := h.ask("", "GET", of(s)+"/minutes.pdf", nil); w.Code != 404 {
		h.Errorf("the public gets the unsigned minutes: %d", w.Code)
	}
	for _, who := range []string{"officer", "ngo-1", "stand-in"} {
		h.refused(h.ask(who, "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password}), 403, "problem.minutes.not-signer")
	}
	h.refused(h.ask("admin", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password}), 404, "problem.missing.minutes")
	h.refused(h.ask("state-1", "POST", of(s)+"/minutes/sign", proofRequest{Digest: strings.Repeat("0", 64), Current: password}), 409, "problem.minutes.digest")
	h.do(nil, "state-1", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password})
	h.do(&m, "taker", "POST", of(s)+"/minutes/sign", proofRequest{Digest: m.Digest, Current: password})
	if m.State != minutes.Signed || m.Number != 1 {
		h.Errorf("the minutes are %s No %d, want signed No 1", m.State, m.Number)
	}
	return m
}

func TestARepeatedCommandIsAnsweredAsBefore(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.proposed("Par brīvprātīgo darbu")
	tag := unbegun
	for _, step := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/agenda/build", nil},
		{"PUT", "/agenda/order", orderRequest{[]string{"opening", "task-1/8.2", "any-other"}, "Sekretariāta ierosinājums."}},
		{"PUT", "/agenda/items/task-1%2F8.2", itemRequest{Title: "Par īstenošanu", Presenters: []string{"Z. Kārkliņa"}}},
		{"PUT", "/agenda/items/task-1%2F8.2/allotment", allotmentRequest{agenda.Information, 25, "Tā lūdza ziņotājs."}},
	} {
		headers := append(seen(tag), "Idempotency-Key", "k-1")
		first := h.ask("officer", step.method, of(s)+step.path, step.body, headers...)
		if first.Code != 200 {
			t.Fatalf("%s = %d: %s", step.path, first.Code, first.Body)
		}
		h.unchanged("the repeat of "+step.path, func() {
			again := h.ask("officer", step.method, of(s)+step.path, step.body, headers...)
			if again.Code != first.Code || !bytes.Equal(again.Body.Bytes(), first.Body.Bytes()) || again.Header().Get("ETag") != first.Header().Get("ETag") {
				t.Errorf("%s again = %d %s\nfirst %d %s", step.path, again.Code, again.Body, first.Code, first.Body)
			}
			if step.body != nil {
				h.refused(h.ask("officer", step.method, of(s)+step.path, `{}`, headers...), 409, "problem.storage.command.used")
			}
		})
		tag = first.Header().Get("ETag")
	}
}
