package office

import (
	"context"
	"errors"
	"strings"
	"testing"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage/store"
)

// witness counts how often somebody is asked for a proof, and of what.
type witness struct {
	times  int
	digest string
	answer error
}

func (a *witness) proof(_ context.Context, _ council.Actor, digest string) error {
	a.times++
	a.digest = digest
	return a.answer
}

func TestNothingBindsWithoutAProof(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	s := d.prepared("2024-01-31")
	d.propose("Par darba plānu", plan.Ref{Revision: 1, Measure: 8, Task: 2})
	digest := d.submitted(s.ID).Versions[0].Digest
	of := func(who string, p Proof) By { by := d.by(who); by.Proof = p; return by }
	approve := func(by By, digest string) error { _, err := d.ApproveAgenda(ctx, by, s.ID, digest); return err }
	d.bindsOnlyOnce("an approval", digest, of, approve)
	if a := get2(d.Agenda(ctx, d.by("officer").Actor, s.ID))(t); a.Status != agenda.Submitted || len(a.Versions[0].Approvals) != 1 {
		t.Errorf("the agenda is %s with %d approvals, want the one", a.Status, len(a.Versions[0].Approvals))
	}
	must(t)(d.ApproveAgenda(ctx, d.by("ngo-1"), s.ID, digest))
	c, _, err := d.Version(ctx, council.Actor{}, s.ID, 0)
	d.sits(s.ID)
	d.closed(s.ID, get(t, c, err), "")
	m := get2(d.DraftMinutes(ctx, d.by("taker"), s.ID, 0))(t)
	m = get2(d.FinaliseMinutes(ctx, d.by("taker"), s.ID, m.Revision))(t)
	sign := func(by By, digest string) error { _, err := d.SignMinutes(ctx, by, s.ID, digest); return err }
	d.bindsOnlyOnce("a signature", m.Digest, of, sign)
	if m = get2(d.Minutes(ctx, d.by("taker").Actor, s.ID))(t); m.State != minutes.Final || len(m.Signatures) != 1 {
		t.Errorf("the minutes are %s with %d signatures, want the one", m.State, len(m.Signatures))
	}
}

// bindsOnlyOnce tries to bind the chair to a digest in every wrong way, and then
// in the right one.
func (d *desk) bindsOnlyOnce(what, digest string, of func(string, Proof) By, bind func(By, string) error) {
	d.t.Helper()
	wrong, right := witness{answer: errors.New("not theirs")}, witness{}
	if err := bind(of("state-1", nil), digest); problem.KindOf(err) != problem.Forbidden {
		d.t.Errorf("%s without a proof said %v", what, err)
	}
	if err := bind(of("state-1", wrong.proof), digest); !errors.Is(err, wrong.answer) || wrong.digest != digest {
		d.t.Errorf("%s with a wrong proof said %v, asked of %q", what, err, wrong.digest)
	}
	if bind(of("state-1", right.proof), strings.Repeat("0", 64)) == nil || bind(of("officer", right.proof), digest) == nil || right.times != 0 {
		d.t.Errorf("%s that cannot be asked for a proof %d times", what, right.times)
	}
	by := of("state-1", right.proof)
	by.Command, by.Input = store.CommandID("once "+what), digest
	for range 2 {
		if err := bind(by, digest); err != nil || right.times != 1 || right.digest != digest {
			d.t.Errorf("%s with a proof said %v, asked %d times of %q", what, err, right.times, right.digest)
		}
	}
}
