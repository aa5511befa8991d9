package browser

import (
	"strings"
	"testing"

	"padome/council"
	"padome/office"
)

// Somebody else's change is seen without a reload, and the page keeps its place.
func TestTheDeskFollowsWhatOthersDo(t *testing.T) {
	h := newHouse(t)
	b := h.open(secretariat)
	b.visit("/")
	b.sees("#todo")
	before := b.text("#todo")
	by := office.By{Actor: council.Actor{Operator: true, Name: "operators"}}
	if _, err := h.office.PlanSession(t.Context(), by, council.Session{Date: "2024-05-29", Starts: "11:00", Ends: "13:00", Place: "Rīga", Kind: council.Regular, Mode: council.InPerson}); err != nil {
		t.Fatal(err)
	}
	b.sees("#todo.swapped")
	if after := b.text("#todo"); after == before || !strings.Contains(after, "29. maija") {
		t.Errorf("the desk still says %q", after)
	}
}
