package web

import (
	"strings"
	"testing"
)

func init() {
	for route, want := range map[string]string{
		"GET /principles":           "200 200 200 200 200 200 200",
		"GET /principles/:version":  "200 200 200 200 200 200 200",
		"GET /principles/compare":   "200 200 200 200 200 200 200",
		"GET /principles/overrides": "401 403 200 200 200 200 200",
	} {
		access[route] = want
	}
}

func TestPrinciplesAreReadAndComparedOnPages(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	if got := h.page("", "/principles").Find("tbody tr").Length(); got != 2 {
		t.Errorf("%d versions, want 2", got)
	}
	d := h.page("", "/principles/2")
	if got := d.Find("li.card").Length(); got != 26 {
		t.Errorf("%d rules, want 26", got)
	}
	if got := d.Find("#P8").Text(); !strings.Contains(got, "Pasākumu skata reizi (kārtējās sēdēs): 6") || !strings.Contains(got, "var atkāpties") {
		t.Errorf("P8 reads %q", got)
	}
	if got := h.page("", "/principles/compare?a=1&b=2").Find("main").Text(); !strings.Contains(got, "Pievienots pamatprincips P26") || strings.Contains(got, "Pagājušās sēdes") {
		t.Errorf("the public compares %q", got)
	}
	item := h.proposed("Par nodokļu atvieglojumiem")
	h.opened(s)
	h.at("2024-02-28", "13:30")
	h.dealWith(s, item.ID)
	tag := h.do(nil, "taker", "GET", of(s), nil)
	h.do(nil, "taker", "POST", of(s)+"/close", closeRequest{"12:45"}, seen(tag)...)
	past := h.page("ngo-2", "/principles/compare?a=1&b=2").Find("a[href$='past=1']").AttrOr("href", "")
	if got := h.page("ngo-2", past).Find("#past").Parent().Text(); !strings.Contains(got, "Salīdzinājumā: 1 sēde; atšķiras 1.") || !strings.Contains(got, "2024. gada 28. februāra sēde") {
		t.Errorf("on past sessions: %q", got)
	}
	if w := h.ask("", "GET", "/principles/compare?a=1&b=none", nil); w.Code != 401 {
		t.Errorf("a proposed set for the public = %d, want 401", w.Code)
	}
	if w := h.ask("", "GET", "/principles/compare?a=1&b=9", nil); w.Code != 404 {
		t.Errorf("a version that is not there = %d, want 404", w.Code)
	}
}
