package agenda_test

import "testing"

func TestP3NumbersRunWithoutGapOrRepeat(t *testing.T) {
	in := input(t)
	items := build(t, in).Items
	for i, it := range items {
		if it.Number != i+1 {
			t.Errorf("item %d bears number %d", i+1, it.Number)
		}
	}
	wantKept(t, check(t, in, items), "P3")
	items[2].Number = 2
	bs := check(t, hard(in, "P3", false), items)
	wantBreach(t, bs, "reason.p3.unmet", false,
		"Jautājumam „Izstrādāt priekšlikumus sabiedriskā labuma sistēmas regulējuma pilnveidošanai un atbalstīt to virzību apstiprināšanai, kā arī īstenot apstiprināto risinājumu praktisko ieviešanu” ir numurs 2, jābūt 3 (P3).",
		"Item “Izstrādāt priekšlikumus sabiedriskā labuma sistēmas regulējuma pilnveidošanai un atbalstīt to virzību apstiprināšanai, kā arī īstenot apstiprināto risinājumu praktisko ieviešanu” bears number 2; it must be 3 (P3).")
	if bs[0].Item != "task-1/2.1" {
		t.Errorf("the breach is of item %s", bs[0].Item)
	}
}
