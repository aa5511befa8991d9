package web

import (
	"net/url"
	"strings"
	"testing"

	"padome/minutes"
)

func init() {
	for route, want := range map[string]string{
		"POST /api/v1/sessions/:id/minutes/circulate":               "401 403 403 404 404 403 403",
		"GET /api/v1/sessions/:id/minutes/comments":                 "401 404 404 404 404 404 404",
		"POST /api/v1/sessions/:id/minutes/comments":                "401 404 404 404 404 404 404",
		"PUT /api/v1/sessions/:id/minutes/comments/:comment/answer": "401 403 403 404 404 403 403",
		"GET /api/v1/sessions/:id/minutes/changes":                  "401 404 404 404 404 404 404",
		"GET /api/v1/sessions/:id/minutes/dissents":                 "404 404 200 200 200 200 404",
		"POST /api/v1/sessions/:id/minutes/dissents":                "401 403 422 403 422 422 403",
		"GET /api/v1/sessions/:id/minutes/dissents/:dissent":        "404 404 404 404 404 404 404",
	} {
		access[route] = want
	}
}

// TestCommentsAndOpinionsOverTheAPI goes the way of one comment and one opinion.
func TestCommentsAndOpinionsOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.held()
	at := "/api/v1/sessions/" + s + "/minutes"
	tag := h.do(nil, "taker", "POST", at+"/draft", nil, seen(unbegun)...)
	h.refused(h.ask("ngo-2", "POST", at+"/comments", minutes.Saying{Text: "Precizēt."}), 409, "problem.minutes.comment.not-circulated")
	tag = h.do(nil, "taker", "POST", at+"/circulate", nil, seen(tag)...)
	h.refused(h.ask("ngo-7", "POST", at+"/comments", minutes.Saying{Text: "Precizēt."}), 403, "problem.minutes.comment.attended")
	h.refused(h.ask("ngo-2", "POST", at+"/comments", minutes.Saying{Item: "opening", Clause: 2}), 422, "clause problem.minutes.comment.clause")
	var x minutes.Comment
	own := h.do(&x, "ngo-2", "POST", at+"/comments", minutes.Saying{Item: "opening", Clause: 1, Text: "Lūdzu precizēt protokola numuru."})
	var list listing[minutes.Comment]
	h.do(&list, "ngo-3", "GET", at+"/comments", nil)
	if len(list.Items) != 0 {
		t.Error("a member sees the comment of another")
	}
	h.do(&list, "officer", "GET", at+"/comments", nil)
	if len(list.Items) != 1 || list.Items[0].About() != "1.1." {
		t.Fatalf("the secretariat sees %+v", list.Items)
	}
	h.refused(h.ask("taker", "POST", at+"/finalise", nil, seen(tag)...), 409, "problem.minutes.circulated")
	h.at("2024-03-07", "09:00")
	h.refused(h.ask("ngo-2", "POST", at+"/comments", minutes.Saying{Text: "Vēl."}), 409, "problem.minutes.comment.late")
	h.refused(h.ask("taker", "POST", at+"/finalise", nil, seen(tag)...), 409, "minutes problem.minutes.missing.comment")
	answer := at + "/comments/" + url.PathEscape(x.ID) + "/answer"
	h.refused(h.ask("ngo-2", "PUT", answer, replyRequest{true, "Jā."}, seen(own)...), 403, "problem.office.record")
	h.refused(h.ask("officer", "PUT", answer, replyRequest{true, ""}, seen(own)...), 422, "answer problem.text.missing")
	h.do(nil, "officer", "PUT", answer, replyRequest{true, "Precizēts."}, seen(own)...)
	h.do(nil, "taker", "PUT", at+"/items/opening", partRequest{"Ziņo: Z. Kārkliņa\nNolemj:\n1.1. Pieņemt zināšanai protokolu Nr. 1."}, seen(tag)...)
	h.opinions(at)
	tag = h.do(nil, "taker", "GET", at, nil)
	var m minutesView
	h.do(&m, "taker", "POST", at+"/finalise", nil, seen(tag)...)
	if last := m.Annexes[len(m.Annexes)-1]; !strings.Contains(last.Title, "Atsevišķais viedoklis par 2. jautājumu (Z.") || last.Pages != 1 {
		t.Errorf("the last annex is %+v", last)
	}
	var changed listing[minutes.PartChange]
	h.do(&changed, "ngo-2", "GET", at+"/changes", nil)
	if len(changed.Items) != 1 || changed.Items[0].Item != "opening" {
		t.Errorf("who commented sees %+v", changed.Items)
	}
	h.refused(h.ask("ngo-3", "GET", at+"/changes", nil), 403, "problem.minutes.changes")
}

// opinions has a member file an opinion, until the day it is too late.
func (h *hall) opinions(at string) {
	h.Helper()
	var entry recordView
	h.do(&entry, "officer", "GET", strings.TrimSuffix(at, "minutes")+"record", nil)
	in := dissentRequest{entry.Items[1].Item.ID, "Lēmumam nepiekrītu.\nTas nav saskaņots."}
	h.refused(h.ask("officer", "POST", at+"/dissents", in), 403, "problem.minutes.dissent.member")
	h.refused(h.ask("ngo-3", "POST", at+"/dissents", in), 409, "problem.minutes.dissent.late")
	h.at("2024-03-06", "23:30")
	var d minutes.Dissent
	h.do(&d, "ngo-3", "POST", at+"/dissents", in)
	h.at("2024-03-07", "09:00")
	if w := h.ask("officer", "GET", at+"/dissents/"+d.ID, nil); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		h.Errorf("the file of the opinion = %d", w.Code)
	}
	if w := h.ask("", "GET", at+"/dissents/"+d.ID, nil); w.Code != 404 {
		h.Errorf("the public reads an opinion on minutes that are not signed: %d", w.Code)
	}
}
