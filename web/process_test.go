package web

import (
	"strings"
	"testing"

	"padome/council"
	"padome/minutes"
)

func TestObserversOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	anna := observerRequest{Name: "Anna Kanārija", Organisation: "biedrība „Liepas”", Topic: "Par nodokļiem"}
	h.refused(h.ask("", "POST", of(s)+"/observers", anna), 409, "problem.observer.state")
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	h.do(nil, "state-1", "POST", of(s)+"/agenda/approve", digest)
	h.do(nil, "ngo-1", "POST", of(s)+"/agenda/approve", digest)
	var o council.Observer
	h.do(&o, "", "POST", of(s)+"/observers", anna)
	h.refused(h.ask("", "POST", of(s)+"/observers", observerRequest{Name: strings.Repeat("a", 200)}), 422, "name problem.text.long")
	h.refused(h.ask("", "POST", of(s)+"/observers", `{"name":"`+strings.Repeat("a", 9<<10)+`"}`), 413, "problem.request.size")
	h.refused(h.ask("", "POST", of(s)+"/observers", `{"name":"Anna","email":"a@b.lv"}`), 422, "")
	for _, who := range readers {
		w := h.ask(who, "GET", of(s)+"/observers", nil)
		if may := strings.Contains("officer state-1 ngo-1", who) && who != ""; (w.Code == 200) != may || strings.Contains(w.Body.String(), "Kanārija") != may {
			t.Errorf("%q sees %d: %s", who, w.Code, w.Body)
		}
	}
	h.at("2024-02-27", "17:00")
	h.refused(h.ask("", "POST", of(s)+"/observers", anna), 409, "problem.observer.late")
	h.refused(h.ask("", "DELETE", of(s)+"/observers/other", nil), 404, "problem.missing.observer")
	h.do(nil, "", "DELETE", of(s)+"/observers/"+o.ID, nil)
	h.refused(h.ask("officer", "DELETE", of(s)+"/observers", nil), 409, "problem.observer.none")
	var ds listing[deadlineView]
	h.do(&ds, "", "GET", of(s)+"/deadlines?lang=lv", nil)
	if n := len(ds.Items); n != 5 || ds.Items[3].Text != "Novērotāji piesakās līdz 2024. gada 27. februārim plkst. 17.00" {
		t.Errorf("deadlines %+v", ds.Items)
	}
}

func TestAnItemAddedInTheSessionOverTheAPI(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.opened(s)
	in := addItemRequest{Item: addedItem{Kind: "decision", Title: "Par atklātu vēstuli", OutsidePlan: "lūgums saņemts vakar"},
		Vote: minutes.Vote{For: 11, Abstain: 1}, During: 1}
	h.refused(h.ask("ngo-2", "POST", of(s)+"/items", in), 403, "problem.office.record")
	var x addedView
	h.do(&x, "taker", "POST", of(s)+"/items", in)
	path := of(s) + "/items/" + x.Item.ID
	h.refused(h.ask("taker", "POST", path+"/decisions", minutes.Clause{Wording: "Nosūtīt."}, seen(unbegun)...), 409, "problem.minutes.added.documents")
	h.do(&x, "taker", "POST", path+"/documents?name=v.pdf", "%PDF-1.7 v", "Content-Type", "application/pdf")
	if len(x.Item.Documents) != 1 || x.Added.During != 1 {
		t.Errorf("added %+v", x)
	}
	h.do(nil, "taker", "POST", path+"/decisions", minutes.Clause{Wording: "Nosūtīt."}, seen(unbegun)...)
	var r recordView
	h.do(&r, "taker", "GET", of(s)+"/record", nil)
	last := r.Items[len(r.Items)-1]
	if last.Item.ID != x.Item.ID || last.Added == nil || last.Added.Vote.For != 11 || r.Items[0].Added != nil {
		t.Errorf("the record has %+v", last)
	}
}
