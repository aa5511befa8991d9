package tell

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"padome/agenda"
	"padome/internal/problem"
	"padome/plan"
)

func TestWrapped(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("vārds ", 40))
	for _, tt := range []struct {
		name, mark, text, want string
	}{
		{"one line", "– ", "Labi.", "  – Labi.\n"},
		{"nothing", "– ", "", ""},
		{"a line end of its own", "1. ", "viens\ndivi", "  1. viens\n     divi\n"},
		{"a path whole", "", strings.Repeat("ā", 80) + " /var/lib/padome-ledger/signing.key", "  " + strings.Repeat("ā", 80) + "\n  /var/lib/padome-ledger/signing.key\n"},
		{"a word longer than a line", "", strings.Repeat("ā", 120), "  " + strings.Repeat("ā", 120) + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			New(&out, "lv").Wrapped(1, tt.mark, tt.text)
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("further lines below the first", func(t *testing.T) {
		var out bytes.Buffer
		New(&out, "lv").Wrapped(0, "– ", long)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) < 2 {
			t.Fatal("not wrapped")
		}
		for i, l := range lines {
			if n := utf8.RuneCountInString(l); n > columns || i > 0 && !strings.HasPrefix(l, "  v") {
				t.Errorf("line %d has %d characters: %q", i, n, l)
			}
		}
		if got := strings.Join(strings.Fields(strings.TrimPrefix(out.String(), "–")), " "); got != long {
			t.Errorf("words are lost: %q", got)
		}
	})
}

func leftOut(n int) []agenda.LeftOut {
	var out []agenda.LeftOut
	for i := range n {
		out = append(out, agenda.LeftOut{
			Matter: agenda.Matter{ID: "t", Source: agenda.FromPlan, Title: "Uzdevums",
				Tasks: []plan.Ref{{Revision: 1, Measure: 8, Task: i + 1}}},
			Reasons: []agenda.Reason{{Key: "reason.unasked", Facts: problem.Pairs("version", "1")}},
		})
	}
	return append(out, agenda.LeftOut{Matter: agenda.Matter{ID: "p", Source: agenda.FromProposal, Title: "Par ko citu"}})
}

// Every candidate is told or counted, proposals one by one.
func TestLeftOutAccountsForAll(t *testing.T) {
	for _, tt := range []struct {
		name string
		all  bool
		want []string
		none string
	}{
		{"the first few", false, []string{"Par ko citu", "8.4. Uzdevums", "vēl 3 plāna uzdevumi"}, "8.5. Uzdevums"},
		{"all", true, []string{"Par ko citu", "8.1. Uzdevums", "8.7. Uzdevums"}, "vēl"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			New(&out, "lv").Draft(&agenda.Draft{LeftOut: leftOut(7)}, tt.all)
			for _, w := range append(tt.want, "nav 8 jautājumu") {
				if !strings.Contains(out.String(), w) {
					t.Errorf("nothing of %q in\n%s", w, &out)
				}
			}
			if strings.Contains(out.String(), tt.none) {
				t.Errorf("%q in\n%s", tt.none, &out)
			}
		})
	}
}

func TestRulesThatAreNotKeptSayWhatTheyBlock(t *testing.T) {
	var out bytes.Buffer
	New(&out, "lv").Draft(&agenda.Draft{Unmet: []agenda.Breach{
		{Reason: agenda.Reason{Rule: "P1", Key: "reason.p1.unmet"}, Hard: true},
		{Reason: agenda.Reason{Rule: "P21", Key: "reason.p21.none"}},
	}}, false)
	for _, w := range []string{"[liedz apstiprināt] Darba kārtība nesākas", "[vajadzīgs pamatojums] Darba kārtībā nav"} {
		if !strings.Contains(out.String(), w) {
			t.Errorf("nothing of %q in\n%s", w, &out)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestTheFirstErrorOfTheWriterIsKept(t *testing.T) {
	x := New(full{}, "lv")
	x.Print("a")
	if x.Err() == nil {
		t.Error("no error")
	}
}
