package web

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func init() {
	access["GET /observers"] = "401 403 403 200 403 403 403"
	access["POST /observers"] = "401 403 403 409 403 403 403"
	access["GET /api/v1/observers"] = "401 403 403 200 403 403 403"
	access["DELETE /api/v1/observers"] = "401 403 403 409 403 403 403"
}

func TestObserversDataIsErasedOnceItsTimeIsOver(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.convened(s)
	for i := range 2 {
		h.do(nil, "", "POST", of(s)+"/observers", observerRequest{Name: fmt.Sprintf("Anna Ozola %d", i)})
	}
	h.at("2024-03-29", "10:00") // thirty days after
	if d := h.page("officer", "/observers"); d.Find("main form").Length() != 0 || !strings.Contains(d.Find("main table").Text(), "29.03.2024.") {
		t.Errorf("within its time: %s", d.Find("main").Text())
	}
	h.refused(h.ask("officer", "DELETE", "/api/v1/observers", nil), 409, "problem.observer.none-expired")
	h.at("2024-03-30", "10:00")
	if kinds := h.todo("officer"); !strings.Contains(fmt.Sprint(kinds), "observers-erase") {
		t.Errorf("the secretariat has to do %v", kinds)
	}
	h.press("officer", "/observers", "Dzēst datus, kam beidzies termiņš", 303)
	if d := h.page("officer", "/observers"); d.Find("main table").Length() != 0 {
		t.Errorf("afterwards: %s", d.Find("main").Text())
	}
	if w := h.ask("officer", "GET", "/history/session/"+s.ID, nil, "Accept", "text/html"); strings.Contains(w.Body.String(), "Ozola") {
		t.Error("the history names an observer")
	}
}

func TestNobodyFillsTheSessionFromOneAddress(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	h.convened(s)
	sign := func() int {
		return h.ask("", "POST", of(s)+"/observers", observerRequest{Name: "Anna Ozola"}).Code
	}
	for i := range signUpLimits.Pair {
		if w := h.ask("", "POST", of(s)+"/observers", observerRequest{}); w.Code != 422 {
			t.Fatalf("nobody's name = %d", w.Code)
		}
		if got := sign(); got != 201 {
			t.Fatalf("sign-up %d = %d", i+1, got)
		}
	}
	h.refused(h.ask("", "POST", of(s)+"/observers", observerRequest{Name: "Anna Ozola"}), 429, "problem.observer.wait")
	h.clock.Add(int64(signUpLimits.First / time.Second))
	if got := sign(); got != 201 {
		t.Errorf("after the wait = %d", got)
	}
}
