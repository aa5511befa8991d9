package office

import (
	"testing"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/problem"
)

// TestDataThatAreNotThoseOfTheLastCheckpointAreRefused notes checkpoints that the
// data have not come to, that are of another past, and of another ledger; on
// whichever engine the data lie.
func TestDataThatAreNotThoseOfTheLastCheckpointAreRefused(t *testing.T) {
	d := newDesk(t)
	p := d.sealed(1)
	now := get2(d.Checkpoint(t.Context(), -1))(t)
	noted := func(origin string, size int64, root []byte, k ledger.Key) {
		t.Helper()
		signed, err := ledger.Checkpoint{Origin: origin, Head: ledger.Head{Size: size, Root: root}}.Sign(k)
		if err != nil {
			t.Fatal(err)
		}
		p.marks[d.MarkName()] = signed
	}
	other := append([]byte{now.Root[0] ^ 1}, now.Root[1:]...)
	noted(now.Origin, now.Size, now.Root, p.key)
	if err := d.BeginLedger(t.Context()); err != nil {
		t.Errorf("the checkpoint of these very data: %v", err)
	}
	noted("padome.ledger/00", now.Size, now.Root, p.key)
	wantKey(t, d.BeginLedger(t.Context()), problem.Unavailable, "problem.ledger.other")
	noted(now.Origin, now.Size, other, p.key)
	wantKey(t, d.BeginLedger(t.Context()), problem.Unavailable, "problem.ledger.differs")
	stranger := keyFrom(t, 9)
	noted(now.Origin, now.Size, now.Root, stranger)
	wantKey(t, d.BeginLedger(t.Context()), problem.Unavailable, "problem.ledger.mark")
	by := By{Actor: council.Actor{Operator: true}}
	noted("padome.ledger/00", now.Size+3, now.Root, stranger)
	wantKey(t, d.AcceptRestore(t.Context(), by, "Disks sabojājās."), problem.Unavailable, "problem.ledger.mark")
	noted(now.Origin, now.Size+3, other, p.key)
	wantKey(t, d.BeginLedger(t.Context()), problem.Unavailable, "problem.ledger.behind")

	must(t)(struct{}{}, d.AcceptRestore(t.Context(), by, "Disks sabojājās."))
	must(t)(struct{}{}, d.BeginLedger(t.Context()))
	after := get2(d.LedgerEntries(t.Context(), now.Size, 10))(t)
	if len(after) != 1 || after[0].Entry.Type != "backup-restored" || after[0].Entry.Lost == nil || after[0].Entry.Lost.Size != now.Size+3 {
		t.Errorf("after accepting the ledger goes on with %+v", after)
	}
}

// TestDataFromBeforeAKeyWasRotatedAreTakenUpWithTheKeyFromThen puts back data that
// know nothing of the key that signed the last checkpoint. With that later key the
// program would not start, so it is not accepted; with the earlier one it is, and
// the entry tells how far the ledger had come.
func TestDataFromBeforeAKeyWasRotatedAreTakenUpWithTheKeyFromThen(t *testing.T) {
	d := newDesk(t)
	p := d.sealed(1)
	now := get2(d.Checkpoint(t.Context(), -1))(t)
	earlier, later := p.key, keyFrom(t, 9)
	signed, err := ledger.Checkpoint{Origin: now.Origin, Head: ledger.Head{Size: now.Size + 2, Root: now.Root}}.Sign(later)
	if err != nil {
		t.Fatal(err)
	}
	p.marks[d.MarkName()] = signed
	by := By{Actor: council.Actor{Operator: true}}
	p.key = later
	wantKey(t, d.AcceptRestore(t.Context(), by, "Disks sabojājās."), problem.Unavailable, "problem.ledger.key")
	p.key = earlier
	wantKey(t, d.BeginLedger(t.Context()), problem.Unavailable, "problem.ledger.mark")
	must(t)(struct{}{}, d.AcceptRestore(t.Context(), by, "Disks sabojājās."))
	must(t)(struct{}{}, d.BeginLedger(t.Context()))
	after := get2(d.LedgerEntries(t.Context(), now.Size, 10))(t)
	if len(after) != 1 || after[0].Entry.Lost == nil || after[0].Entry.Lost.Size != now.Size+2 {
		t.Errorf("after accepting the ledger goes on with %+v", after)
	}
}
