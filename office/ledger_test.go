package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/plan"
	"padome/verify"
)

// pocket is a keyring in memory.
type pocket struct {
	key, next ledger.Key
	marks     map[string][]byte
}

func (p *pocket) Key() ledger.Key               { return p.key }
func (p *pocket) Prepare(next ledger.Key) error { p.next = next; return nil }
func (p *pocket) Settle(named []byte) error {
	if !p.next.IsZero() && bytes.Equal(p.next.Public(), named) {
		p.key = p.next
	}
	return nil
}
func (p *pocket) Mark(of string) []byte             { return p.marks[of] }
func (p *pocket) SetMark(of string, s []byte) error { p.marks[of] = s; return nil }

func keyFrom(t testing.TB, seed byte) ledger.Key {
	t.Helper()
	return get2(ledger.MakeKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32))))(t)
}

// sealed gives a desk a key of its own.
func (d *desk) sealed(seed byte) *pocket {
	d.t.Helper()
	p := &pocket{key: keyFrom(d.t, seed), marks: map[string][]byte{}}
	d.SignWith(p)
	if err := d.BeginLedger(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	return p
}

// papers are the papers of a session as somebody gets them.
func (d *desk) papers(a council.Actor, session string) []byte {
	d.t.Helper()
	b, err := d.SessionPapers(d.t.Context(), a, locale.LV, session)
	if err != nil {
		d.t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := d.WritePapers(d.t.Context(), &raw, b); err != nil {
		d.t.Fatal(err)
	}
	return raw.Bytes()
}

// altered is a ZIP file in which every file whose name ends so has one byte more.
func altered(t *testing.T, raw []byte, suffix string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, suffix) {
			content = append(content, ' ')
		}
		to, err := w.Create(f.Name)
		if err == nil {
			_, err = to.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func heldToLedger(raw []byte, key string) (verify.Report, error) {
	return verify.Bundle(bytes.NewReader(raw), int64(len(raw)), key)
}

// TestTheFilesOfASessionAreVerifiedOffline holds what everybody and what the
// secretariat take away to the ledger, with the program that shares nothing with
// it.
func TestTheFilesOfASessionAreVerifiedOffline(t *testing.T) {
	d := newDesk(t)
	d.sealed(1)
	s := d.prepared("2024-01-31")
	d.propose("Par valsts budžetu", plan.Ref{Revision: 1, Measure: 2, Task: 1})
	c := d.opened(s.ID)
	d.closed(s.ID, c, "")
	d.signed(s.ID)
	now := get2(d.Checkpoint(t.Context(), -1))(t)
	pinned := now.Keys[0]
	d.rotated()
	for name, tt := range map[string]struct {
		actor council.Actor
		files []string
	}{
		"everybody":       {council.Actor{}, []string{".pdf"}},
		"the secretariat": {d.by("officer").Actor, []string{".pdf", "agenda-1.json", "minutes.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			raw := d.papers(tt.actor, s.ID)
			r, err := heldToLedger(raw, pinned) // the key from before the rotation leads to the one that signed
			if err != nil || !r.Pinned {
				t.Fatalf("got %+v, %v", r, err)
			}
			for _, suffix := range tt.files {
				found := false
				for _, e := range r.Entries {
					found = found || strings.HasSuffix(e.File, suffix)
				}
				if !found {
					t.Errorf("no entry proves a file %s: %+v", suffix, r.Entries)
				}
			}
			for _, suffix := range tt.files {
				if _, err := heldToLedger(altered(t, raw, suffix), pinned); !errors.Is(err, verify.ErrNot) {
					t.Errorf("%s was changed, and it says %v", suffix, err)
				}
			}
			if _, err := heldToLedger(raw, strings.Replace(pinned, "+A", "+B", 1)); err == nil {
				t.Error("another key passes")
			}
		})
	}
}

// TestTheSameContentAlwaysHasTheSameFoot draws an agenda before and after other
// acts.
func TestTheSameContentAlwaysHasTheSameFoot(t *testing.T) {
	d := newDesk(t)
	d.sealed(1)
	s := d.prepared("2024-01-31")
	d.propose("Par valsts budžetu", plan.Ref{Revision: 1, Measure: 2, Task: 1})
	d.convened(s.ID)
	draw := func() string {
		x := get2(d.AgendaDocument(t.Context(), council.Actor{}, locale.LV, s.ID, 0, false))(t)
		x, err := d.footed(t.Context(), x, "agenda-version", s.ID+"/1")
		if err != nil {
			t.Fatal(err)
		}
		return x.Reference
	}
	first := draw()
	d.rotated()
	if again := draw(); again != first || !strings.Contains(first, "Pierādījumu žurnāls ") {
		t.Errorf("first %q, then %q", first, again)
	}
	_, foot, _ := strings.Cut(first, "žurnāls ")
	size, root, _ := strings.Cut(foot, " · ")
	var n int64
	for _, c := range size {
		n = n*10 + int64(c-'0')
	}
	if ok, err := d.Footing(t.Context(), n, root); err != nil || !ok {
		t.Errorf("the foot %q is not known: %v", foot, err)
	}
	if ok, err := d.Footing(t.Context(), n, "0000000000000000"); err != nil || ok {
		t.Errorf("another foot is known: %v", err)
	}
}

// rotated rotates the key, which is an act of the ledger like any other.
func (d *desk) rotated() {
	d.t.Helper()
	if err := d.RotateKey(d.t.Context(), By{Actor: council.Actor{Operator: true}}, false, ""); err != nil {
		d.t.Fatal(err)
	}
}

func TestOnlyTheOperatorTouchesTheKey(t *testing.T) {
	d := newDesk(t)
	d.sealed(1)
	for _, who := range []string{"officer", "state-1"} {
		by := By{Actor: council.Actor{Person: who, Mandates: []council.Mandate{{Role: council.Administrator}}}}
		if err := d.RotateKey(t.Context(), by, false, ""); problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%s rotates: %v", who, err)
		}
		if err := d.AcceptRestore(t.Context(), by, "Iemesls."); problem.KindOf(err) != problem.Forbidden {
			t.Errorf("%s accepts: %v", who, err)
		}
	}
}
