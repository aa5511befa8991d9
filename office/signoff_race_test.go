package office

import (
	"sync"
	"testing"

	"github.com/anishathalye/porcupine"

	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// What the model knows of minutes that wait for their signatures: the presiding
// person and the minute-taker sign them, each once, and nobody signs what is
// asked to be opened again.
type unsigned struct {
	draft, asked    bool
	presided, taken bool // signed by
}

type attempt struct {
	what   string // "sign", "ask", "confirm"
	who    string
	digest bool // the one that stands
}

type attempted struct{ ok, signed bool }

// signOff is the one legal course of signatures.
var signOff = porcupine.Model{
	Init: func() any { return unsigned{} },
	Step: func(state, in, out any) (bool, any) {
		s, q, a := state.(unsigned), in.(attempt), out.(attempted)
		untouched := !s.draft && !s.presided && !s.taken
		switch q.what {
		case "ask":
			legal := untouched && !s.asked
			s.asked = s.asked || a.ok
			return legal == a.ok, s
		case "confirm":
			legal := untouched && s.asked
			if a.ok {
				s = unsigned{draft: true}
			}
			return legal == a.ok, s
		}
		already := q.who == "state-1" && s.presided || q.who == "taker" && s.taken
		legal := !s.draft && !s.asked && q.digest && !already
		if a.ok {
			s.presided, s.taken = s.presided || q.who == "state-1", s.taken || q.who == "taker"
		}
		return legal == a.ok && (!a.ok || a.signed == (s.presided && s.taken)), s
	},
}

// TestSignaturesRacingAReopeningHaveOneLegalResult lets both sign many times at
// once, on the digest that stands and on another, while others open the minutes
// again.
func TestSignaturesRacingAReopeningHaveOneLegalResult(t *testing.T) {
	ended := map[minutes.State]int{}
	for range histories(t, 2) {
		d := newDesk(t)
		s := d.prepared("2024-01-31")
		d.propose("Par valsts budžetu", plan.Ref{Revision: 1, Measure: 2, Task: 1})
		d.closed(s.ID, d.opened(s.ID), "")
		m := get2(d.DraftMinutes(t.Context(), d.by("taker"), s.ID, 0))(t)
		m = get2(d.FinaliseMinutes(t.Context(), d.by("taker"), s.ID, m.Revision))(t)
		var l log
		d.signingRace(m, &l)
		if !porcupine.CheckOperations(signOff, l.ops) {
			t.Fatal("signatures and the reopening did not take effect one after another as the law has it")
		}
		m = get2(d.Minutes(t.Context(), d.by("taker").Actor, s.ID))(t)
		ended[m.State]++
		seen := map[string]bool{}
		for _, x := range m.Signatures {
			if seen[x.Person] || x.Digest != m.Digest {
				t.Errorf("the signatures are %+v", m.Signatures)
			}
			seen[x.Person] = true
		}
	}
	t.Logf("how the minutes ended: %v", ended)
}

func (d *desk) signingRace(m minutes.Minutes, l *log) {
	ctx := d.t.Context()
	var wg sync.WaitGroup
	sign := func(client int, who string, right bool) {
		digest := m.Digest
		if !right {
			digest = "00" + digest[2:]
		}
		wg.Go(func() {
			do(l, client, attempt{"sign", who, right}, func() attempted {
				x, err := d.SignMinutes(ctx, d.by(who), m.Session, digest)
				return attempted{err == nil, x.State == minutes.Signed}
			})
		})
	}
	wg.Go(func() {
		do(l, 0, attempt{what: "ask"}, func() attempted {
			_, err := d.AskReopening(ctx, d.by("officer"), m.Session, storage.Newest, "Jālabo.")
			return attempted{ok: err == nil}
		})
		do(l, 0, attempt{what: "confirm"}, func() attempted {
			_, err := d.ConfirmReopening(ctx, d.by("ngo-1"), m.Session, storage.Newest)
			return attempted{ok: err == nil}
		})
	})
	for i := range 4 {
		sign(4*i+1, "state-1", i > 0)
		sign(4*i+2, "taker", i < 3)
	}
	wg.Wait()
}

// The model itself must refuse what is not legal, or it would prove nothing.
func TestTheLawOfSignaturesRefusesWhatIsNotLegal(t *testing.T) {
	op := func(client int, at int64, q attempt, a attempted) porcupine.Operation {
		return porcupine.Operation{ClientId: client, Input: q, Call: at, Output: a, Return: at + 1}
	}
	signs := func(at int64, who string, a attempted) porcupine.Operation {
		return op(int(at), at, attempt{"sign", who, true}, a)
	}
	for name, ops := range map[string][]porcupine.Operation{
		"one person twice":             {signs(1, "taker", attempted{ok: true}), signs(3, "taker", attempted{ok: true})},
		"signed by one":                {signs(1, "taker", attempted{true, true})},
		"both, and not signed":         {signs(1, "taker", attempted{ok: true}), signs(3, "state-1", attempted{ok: true})},
		"a signature lost":             {signs(1, "taker", attempted{})},
		"of another digest":            {op(1, 1, attempt{"sign", "taker", false}, attempted{ok: true})},
		"opened again after a signing": {signs(1, "taker", attempted{ok: true}), op(2, 3, attempt{what: "ask"}, attempted{ok: true})},
		"signed while it is asked":     {op(2, 1, attempt{what: "ask"}, attempted{ok: true}), signs(3, "taker", attempted{ok: true})},
	} {
		if porcupine.CheckOperations(signOff, ops) {
			t.Errorf("%s passes for legal", name)
		}
	}
}
