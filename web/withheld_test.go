package web

import (
	"fmt"
	"strings"
	"testing"

	"padome/minutes"
	"padome/office"
)

func init() {
	const at = " /api/v1/sessions/:id/minutes/"
	for _, f := range office.PaperFormats {
		media, _, _ := strings.Cut(f.Media(), ";")
		described["GET"+at+"public."+string(f)] = op{summary: "The public version of the minutes, without what must not be published; the minutes themselves where that is nothing, as " + strings.ToUpper(string(f)), other: media}
		access["GET"+at+"public."+string(f)] = "404 404 404 404 404 404 404"
		described["GET"+at+"items/:item/extract."+string(f)] = op{summary: "The extract of one item of signed minutes, certified when the secretariat asks for it, as " + strings.ToUpper(string(f)), other: media}
		access["GET"+at+"items/:item/extract."+string(f)] = "404 404 404 404 404 404 404"
	}
	described["GET"+at+"withheld"] = op{summary: "What of the minutes must not be published, with the legal ground", out: withholdingView{}}
	described["POST"+at+"withheld"] = op{summary: "Mark an item, a clause of it or, without an item, a passage as not to be published; grounds are private, trade, internal and law, which is named", in: withholdRequest{}, out: withholdingView{}, status: 201}
	described["DELETE"+at+"withheld/:mark"] = op{summary: "Take a mark away, so that what it held back is published with the minutes", out: withholdingView{}}
	access["GET"+at+"withheld"] = "401 404 200 200 200 200 404"
	access["POST"+at+"withheld"] = "401 403 403 404 404 403 403"
	access["DELETE"+at+"withheld/:mark"] = "401 403 403 404 404 403 403"
	for route, want := range map[string]string{
		"GET /sessions/:id/minutes/withheld":        "401 404 403 200 200 403 404",
		"POST /sessions/:id/minutes/withheld":       "401 404 403 422 422 403 404",
		"GET /sessions/:id/minutes/withheld/:mark":  "401 404 403 404 404 403 404",
		"POST /sessions/:id/minutes/withheld/:mark": "401 404 403 404 404 403 404",
	} {
		access[route] = want
	}
}

// What is marked on the page is in nothing that the public gets from any address
// of the session, while members read it; taken away, it is there again.
func TestWhatIsMarkedOnThePageThePublicDoesNotGet(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	tag := h.do(nil, "taker", "GET", "/api/v1"+at, nil)
	const secret = "Kanarijputniņam"
	tag = h.do(nil, "taker", "PUT", "/api/v1"+at+"/items/opening", partRequest{"Ziņo: Z. Kārkliņa\nPiešķirt " + secret + " barību.\nNolemj:\n1.1. Apstiprināt."}, seen(tag)...)
	page := at + "/withheld"
	h.press("taker", page, "Atzīmēt kā nepubliskojamu", 422, "about", aPassage, "ground", "private")
	d := h.press("taker", page, "Atzīmēt kā nepubliskojamu", 303, "about", aPassage, "text", "Kanarijputniņ", "ground", "law", "law", "Dzīvnieku likums")
	if got := d.Find(".items").Text(); !strings.Contains(got, "Kanarijputniņ") || !strings.Contains(got, "Dzīvnieku likums") || d.Find("a[href*='minutes/public.docx']").Length() != 1 {
		t.Errorf("marked: %s", got)
	}
	h.do(nil, "taker", "POST", "/api/v1"+at+"/finalise", nil, seen(tag)...)
	h.signs("state-1", at)
	h.signs("taker", at)

	tried := 0
	for route := range access {
		path, ok := strings.CutPrefix(route, "GET ")
		if !ok || strings.Count(path, ":") != 1 || !strings.Contains(path, "/sessions/:id") {
			continue
		}
		for _, lang := range []string{"lv", "en"} {
			w := h.ask("", "GET", strings.Replace(path, ":id", id, 1)+"?lang="+lang, nil)
			if strings.Contains(strings.ToLower(w.Body.String()), "kanarij") {
				t.Errorf("%s in %s has it: %.300s", path, lang, w.Body)
			}
			tried++
		}
	}
	if tried < 30 {
		t.Errorf("only %d addresses tried", tried)
	}
	if got := h.ask("", "GET", "/api/v1/search?q=kanarijputniņam", nil).Body.String(); strings.Contains(got, "Kanarij") {
		t.Errorf("a search finds it: %s", got)
	}
	if got := shown(h.page("", at)); !strings.Contains(got, "Piešķirt [izlaists (1)] barību.") || !strings.Contains(got, "(1) informācija, kurai ierobežotas pieejamības statuss piešķirts ar likumu: Dzīvnieku likums") {
		t.Errorf("the public reads %s", got)
	}
	if got := shown(h.page("ngo-2", at)); !strings.Contains(got, secret) {
		t.Errorf("a member reads %s", got)
	}
	for who, want := range map[string]string{"": "Izraksts nav apliecināts.", "officer": "IZRAKSTS PAREIZS"} {
		got := h.ask(who, "GET", "/api/v1"+at+"/items/opening/extract.txt", nil).Body.String()
		if !strings.Contains(got, want) || !strings.Contains(got, "IZRAKSTS NO PROTOKOLA") || strings.Contains(got, "Kanarij") == (who == "") {
			t.Errorf("%q gets the extract %s", who, got)
		}
	}
	var w withholdingView
	h.do(&w, "officer", "GET", "/api/v1"+page, nil)
	if d := h.page("officer", fmt.Sprintf("%s/%s", page, w.Parts[0].ID)); !strings.Contains(d.Find("main").Text(), "Protokols ir publisks") {
		t.Errorf("the check says %s", d.Find("main").Text())
	}
	h.press("officer", fmt.Sprintf("%s/%s", page, w.Parts[0].ID), "Noņemt atzīmi", 303)
	if got := shown(h.page("", at)); !strings.Contains(got, secret) {
		t.Errorf("with the mark taken away the public reads %s", got)
	}
}

func TestTheAPIMarksAndLifts(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := "/api/v1" + minutesAt(id, "withheld")
	h.refused(h.ask("taker", "POST", at, withholdRequest{Item: "opening", Clause: 7, Ground: minutes.PrivateLife}, seen(unbegun)...), 422, "clause problem.minutes.withheld.clause")
	var w withholdingView
	tag := h.do(&w, "taker", "POST", at, withholdRequest{Item: "opening", Clause: 1, Ground: minutes.PrivateLife}, seen(unbegun)...)
	if len(w.Parts) != 1 || !strings.Contains(w.Parts[0].Reason, "privāto dzīvi") {
		t.Fatalf("marked: %+v", w)
	}
	h.refused(h.ask("ngo-2", "DELETE", at+"/"+w.Parts[0].ID, nil, seen(tag)...), 403, "problem.minutes.withheld.who")
	h.do(&w, "taker", "DELETE", at+"/"+w.Parts[0].ID, nil, seen(tag)...)
	if len(w.Parts) != 0 {
		t.Errorf("lifted: %+v", w)
	}
}
