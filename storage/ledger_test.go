package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padome/agenda"
	"padome/council"
	"padome/internal/ledger"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
)

// leaves are all entries of a council's ledger.
func leaves(t testing.TB, c *Council) []ledger.Leaf {
	t.Helper()
	raw := see(t, c, func(v *View) ([][]byte, error) { return v.LogEntries(0, store.MaxScan) })
	all := make([]ledger.Leaf, len(raw))
	for i := range raw {
		var err error
		if all[i], err = ledger.DecodeLeaf(raw[i]); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func types(ls []ledger.Leaf) (all []string) {
	for _, l := range ls {
		all = append(all, l.Type)
	}
	return all
}

// deeds are changes of each kind that the ledger keeps, in an order in which they
// can be done, each with the entries that it must add.
func deeds(t *testing.T) []struct {
	name string
	do   func(tx *Tx) error
	want []string
} {
	p := realPlan(t)
	sum := strings.Repeat("ab", 32)
	frozen := freeze(t, 1)
	content := []byte(`{"number":1}`)
	digest := fmt.Sprintf("%x", sha256.Sum256(content))
	onAgenda := func(fn func(v *agenda.Version)) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.UpdateAgenda("s", Newest, func(a *agenda.Agenda) error { fn(&a.Versions[0]); return nil })
			return err
		}
	}
	onMinutes := func(fn func(m *minutes.Minutes)) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.UpdateMinutes("s", Newest, func(m *minutes.Minutes) error { fn(m); return nil })
			return err
		}
	}
	onCorrection := func(fn func(x *minutes.Correction)) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.UpdateCorrection("s", "c", Newest, func(x *minutes.Correction) error { fn(x); return nil })
			return err
		}
	}
	onDecision := func(fn func(d *minutes.Decision)) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.UpdateDecision("d", Newest, func(d *minutes.Decision) error { fn(d); return nil })
			return err
		}
	}
	mandate := func(revision uint64, until council.Date) func(tx *Tx) error {
		return func(tx *Tx) error {
			_, err := tx.UpdateMandate("m", revision, func(m *council.Mandate) error {
				*m = council.Mandate{ID: "m", Person: "ilze", Role: council.Secretariat, From: "2024-01-01", Until: until, Revision: revision}
				return nil
			})
			return err
		}
	}
	approval := func(role council.Role, person string) agenda.Approval {
		return agenda.Approval{Role: role, Person: person, Digest: frozen.Digest, At: testTime}
	}
	return []struct {
		name string
		do   func(tx *Tx) error
		want []string
	}{
		{"a mandate given", mandate(0, ""), []string{"ledger-begun", "mandate-given"}},
		{"a mandate ended", mandate(1, "2024-06-30"), []string{"mandate-changed"}},
		{"the plan", func(tx *Tx) error { return tx.AddPlan(p) }, []string{"plan-revised"}},
		{"the principles", func(tx *Tx) error { return tx.AddPrinciples(somePrinciples(1, "2024-01-01")) }, []string{"principles-revised"}},
		{"a draft of an agenda", func(tx *Tx) error {
			_, err := tx.UpdateAgenda("s", 0, func(a *agenda.Agenda) error { return nil })
			return err
		}, nil},
		{"a version submitted", func(tx *Tx) error {
			if err := tx.keepFrozen("s", &frozen); err != nil {
				return err
			}
			_, err := tx.UpdateAgenda("s", 1, func(a *agenda.Agenda) error {
				a.Status, a.Versions = agenda.Submitted, []agenda.Version{{Number: 1, Digest: frozen.Digest, Submitted: testTime}}
				return nil
			})
			return err
		}, []string{"agenda-frozen", "agenda-submitted"}},
		{"changes requested", onAgenda(func(v *agenda.Version) { v.Requests = []agenda.Request{{Role: council.Deputy, At: testTime}} }),
			[]string{"agenda-changes-requested"}},
		{"a request taken off again", onAgenda(func(v *agenda.Version) { v.Requests = nil }), []string{"agenda-changed"}},
		{"the chair's approval", onAgenda(func(v *agenda.Version) { v.Approvals = append(v.Approvals, approval(council.Chair, "a")) }),
			[]string{"agenda-approved"}},
		{"the deputy's approval", onAgenda(func(v *agenda.Version) { v.Approvals = append(v.Approvals, approval(council.Deputy, "b")) }),
			[]string{"agenda-approved", "agenda-published"}},
		{"a decision", func(tx *Tx) error {
			_, err := tx.AddDecision(decision("d", "s", 1))
			return err
		}, []string{"decision-recorded"}},
		{"a decision reworded", onDecision(func(d *minutes.Decision) { d.Wording = "Cita redakcija." }), []string{"decision-changed"}},
		{"a decision taken back", func(tx *Tx) error { return tx.RemoveDecision("d", 2) }, []string{"decision-withdrawn"}},
		{"a draft of minutes", func(tx *Tx) error {
			_, err := tx.UpdateMinutes("s", 0, func(m *minutes.Minutes) error { m.State = minutes.Draft; return nil })
			return err
		}, nil},
		{"minutes made final", func(tx *Tx) error {
			if err := tx.FreezeMinutes("s", digest, content); err != nil {
				return err
			}
			return onMinutes(func(m *minutes.Minutes) { m.State, m.Number, m.Digest = minutes.Final, 1, digest })(tx)
		}, []string{"minutes-frozen", "minutes-finalised"}},
		{"the file to be signed", onMinutes(func(m *minutes.Minutes) { m.PDF = sum }), []string{"minutes-changed", "minutes-drawn"}},
		{"a signature", onMinutes(func(m *minutes.Minutes) { m.Signatures = append(m.Signatures, minutes.Signature{Person: "a"}) }),
			[]string{"minutes-signed"}},
		{"the last signature", onMinutes(func(m *minutes.Minutes) {
			m.Signatures, m.State = append(m.Signatures, minutes.Signature{Person: "b"}), minutes.Signed
		}), []string{"minutes-signed", "minutes-published"}},
		{"approval by a session", onMinutes(func(m *minutes.Minutes) { m.State, m.ApprovedAt = minutes.Approved, "s2" }), []string{"minutes-approved"}},
		{"minutes reopened", onMinutes(func(m *minutes.Minutes) { m.State, m.PDF = minutes.Draft, "" }), []string{"minutes-reopened", "minutes-file-withdrawn"}},
		{"trusted certificates", func(tx *Tx) error {
			_, err := tx.UpdateTrust(0, func(x *minutes.Trust) error { x.Certificates = []byte("a"); return nil })
			return err
		}, []string{"trust-given"}},
		{"other trusted certificates", func(tx *Tx) error {
			_, err := tx.UpdateTrust(1, func(x *minutes.Trust) error { x.Certificates = nil; return nil })
			return err
		}, []string{"trust-changed"}},
		{"a draft of a correction", func(tx *Tx) error {
			_, err := tx.UpdateCorrection("s", "c", 0, func(x *minutes.Correction) error { x.State = minutes.Draft; return nil })
			return err
		}, nil},
		{"a correction made final", onCorrection(func(x *minutes.Correction) { x.State, x.PDF = minutes.Final, sum }), []string{"correction-finalised", "correction-drawn"}},
		{"a correction signed", onCorrection(func(x *minutes.Correction) {
			x.State, x.Signatures = minutes.Signed, []minutes.Signature{{Person: "a"}}
		}), []string{"correction-signed", "correction-published"}},
		{"a correction changed", onCorrection(func(x *minutes.Correction) { x.Year = 1 }), []string{"correction-changed"}},
		{"a first key", func(tx *Tx) error { return tx.NameKey(ledger.NewKey{Public: []byte{1}}) }, []string{"key-introduced"}},
		{"another key", func(tx *Tx) error { return tx.NameKey(ledger.NewKey{Public: []byte{2}, Signature: []byte{3}}) }, []string{"key-rotated"}},
		{"a restored backup", func(tx *Tx) error { return tx.NameRestore(ledger.Head{Size: 1, Root: []byte{1}}) }, []string{"backup-restored"}},
		{"personal data past its time erased", func(tx *Tx) error { return tx.NoteErased(council.ErasableComments, 2) }, []string{"records-erased"}},
		{"everything taken away", (*Tx).NoteExported, []string{"data-exported"}},
		{"salts erased", func(tx *Tx) error { return tx.EraseSalts("mandate", "m") }, []string{"salts-erased"}},
		{"a session", func(tx *Tx) error {
			_, err := tx.UpdateSession("s", 0, func(s *council.Session) error { *s = session("s", "2024-01-31"); return nil })
			return err
		}, nil},
	}
}

func TestEveryActAddsItsEntry(t *testing.T) {
	db := unchecked(t) // its minutes refer to a file that is not there
	c := db.Council(1)
	n := 0
	for _, d := range deeds(t) {
		in(t, c, "test", d.do)
		all := leaves(t, c)
		wantSame(t, types(all[n:]), d.want)
		n = len(all)
	}
}

// TestEveryActIsSpokenOf holds the list above to the acts that the tables name.
func TestEveryActIsSpokenOf(t *testing.T) {
	done := []string{"ledger-carried", "mandate-removed", "agenda-withdrawn", "minutes-redrawn", "correction-reopened", "correction-redrawn", "correction-file-withdrawn"} // the first in another test; the others: no rule leads there
	for _, d := range deeds(t) {
		done = append(done, d.want...)
	}
	for _, act := range Acts() {
		if !slices.Contains(done, act) {
			t.Errorf("%s is in no test", act)
		}
	}
}

func TestAnEntryHoldsNoNamesAndNoTexts(t *testing.T) {
	db := unchecked(t)
	c := db.Council(1)
	for _, d := range deeds(t) {
		in(t, c, "test", d.do)
	}
	raw := see(t, c, func(v *View) ([][]byte, error) { return v.LogEntries(0, store.MaxScan) })
	for _, e := range raw {
		for _, canary := range []string{"ilze", "Ilze", "Kalniņa", "Finanšu", "Principi", "2024-06-30"} {
			if bytes.Contains(e, []byte(canary)) {
				t.Errorf("%s in %s", canary, e)
			}
		}
	}
	all := leaves(t, c)
	if a, b := all[1].Actor, all[len(all)-1].Actor; a != b || len(a) != 16 {
		t.Errorf("one person is %q and %q", a, b)
	}
}

// head is the head of a council's ledger as it stands.
func head(t testing.TB, c *Council, size int64) ledger.Head {
	t.Helper()
	return see(t, c, func(v *View) (ledger.Checkpoint, error) { return v.LogHead(size) }).Head
}

func TestEveryEntryAndEveryStateBeforeIsProved(t *testing.T) {
	c := unchecked(t).Council(1)
	for _, d := range deeds(t) {
		in(t, c, "test", d.do)
	}
	now := head(t, c, -1)
	for n := range now.Size {
		raw := see(t, c, func(v *View) ([]byte, error) { return v.LogEntry(n) })
		proof := see(t, c, func(v *View) ([]ledger.Hash, error) { return v.ProveEntry(now.Size, n) })
		if err := ledger.CheckEntry(now, n, raw, proof); err != nil {
			t.Errorf("entry %d: %v", n, err)
		}
		if ledger.CheckEntry(now, n, append(raw, ' '), proof) == nil {
			t.Errorf("entry %d passes with another text", n)
		}
		older := head(t, c, n+1)
		since := see(t, c, func(v *View) ([]ledger.Hash, error) { return v.ProveConsistency(now.Size, n+1) })
		if err := ledger.CheckConsistency(now, older, since); err != nil {
			t.Errorf("state %d: %v", n+1, err)
		}
		older.Root[0] ^= 1
		if ledger.CheckConsistency(now, older, since) == nil {
			t.Errorf("state %d passes with another hash", n+1)
		}
	}
	_, err := Read(t.Context(), c, func(v *View) ([]byte, error) { return v.LogEntry(now.Size) })
	wantKind(t, err, problem.NotFound)
}

func TestARepeatOrARefusalAddsNoEntry(t *testing.T) {
	c := open(t).Council(1)
	add := func(command, id string) error {
		ch := change("test")
		ch.Command = store.CommandID(command)
		_, err := Do(t.Context(), c, ch, func(tx *Tx) (minutes.Decision, error) { return tx.AddDecision(decision(id, "s", 1)) })
		return err
	}
	for range 2 {
		if err := add("once", "d"); err != nil {
			t.Fatal(err)
		}
	}
	wantKind(t, add("another", "d"), problem.Conflict)
	wantSame(t, types(leaves(t, c)), []string{"ledger-begun", "decision-recorded"})
}

// TestErasureLeavesTheLedgerValid erases what could tell what a record said, and
// who did it.
func TestErasureLeavesTheLedgerValid(t *testing.T) {
	db := open(t) // checked at the end
	c := db.Council(1)
	in(t, c, "test", deeds(t)[0].do)
	before := head(t, c, -1)
	leaf := leaves(t, c)[1]
	salt := see(t, c, func(v *View) ([]byte, error) { return v.LogSalt(1) })
	m := see(t, c, func(v *View) (council.Mandate, error) { return v.Mandate("m") })
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(leaf.Commitment, ledger.Commit(salt, sha256.Sum256(raw))) {
		t.Fatal("with its salt the record is not what was committed to")
	}
	in(t, c, "test", func(tx *Tx) error { return errors.Join(tx.EraseSalts("mandate", "m"), tx.ForgetActor("ilze")) })
	if salt := see(t, c, func(v *View) ([]byte, error) { return v.LogSalt(1) }); salt != nil {
		t.Error("the salt is still there")
	}
	now := head(t, c, -1)
	proof := see(t, c, func(v *View) ([]ledger.Hash, error) { return v.ProveConsistency(now.Size, before.Size) })
	if err := ledger.CheckConsistency(now, before, proof); err != nil {
		t.Errorf("after erasing: %v", err)
	}
	if err := db.Check(context.Background()); err != nil {
		t.Error(err)
	}
	in(t, c, "test", deeds(t)[1].do) // and another change is logged under another pseudonym
	if last := leaves(t, c); last[len(last)-1].Actor == leaf.Actor {
		t.Error("the pseudonym outlived its erasure")
	}
}

// TestTheLedgerOfAnyChangesStandsTheCheck is what the tables say of their own
// records, whatever is done with them.
func TestTheLedgerOfAnyChangesStandsTheCheck(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := open(t).Council(1)
		last := int64(0)
		for i := range rapid.IntRange(1, 40).Draw(r, "changes") {
			id := anyID.Draw(r, "id")
			d := decision(id, "s", i)
			d.Wording = rapid.SampledFrom([]string{"Viens.", "Divi."}).Draw(r, "wording")
			_ = try(t, c, "test", func(tx *Tx) error {
				if now, err := tx.Decision(id); err == nil {
					return tx.RemoveDecision(id, now.Revision)
				}
				_, err := tx.AddDecision(d)
				return err
			})
			if h := head(t, c, -1); h.Size <= last {
				r.Fatalf("change %d added no entry", i)
			} else {
				last = h.Size
			}
		}
		if err := c.db.Check(context.Background()); err != nil {
			r.Error(err)
		}
	})
}

func TestEveryActHasItsWords(t *testing.T) {
	for _, act := range Acts() {
		if !locale.Has("ledger.act." + act) {
			t.Errorf("no message ledger.act.%s", act)
		}
	}
}
