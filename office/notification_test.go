package office

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/locale"
	"padome/minutes"
)

var shortForm = regexp.MustCompile(`(?:Pierādījumu žurnāls|Evidence ledger) (\d+) · ([0-9a-f]{16})`)

// reminded is the one reminder that is due in the story of taken.
func (d *desk) reminded(on council.Date, x minutes.Decision) DueReminder {
	d.t.Helper()
	for _, r := range get2(d.RemindersDue(d.t.Context(), d.by("officer").Actor, on))(d.t) {
		if r.Decision.ID == x.ID {
			return r
		}
	}
	d.t.Fatal("no reminder is due")
	return DueReminder{}
}

// TestEveryReminderCarriesTheNewestCheckpoint reads a reminder in both languages,
// and again after another act.
func TestEveryReminderCarriesTheNewestCheckpoint(t *testing.T) {
	d := newDesk(t)
	d.sealed(1)
	_, march, x := d.taken()
	on := march.Date.AddDays(-7)
	last := int64(0)
	for range 2 {
		r := d.reminded(on, x)
		now := get2(d.Checkpoint(t.Context(), -1))(t)
		if now.Size <= last {
			t.Fatalf("the ledger still has %d entries: this test shows nothing", now.Size)
		}
		last = now.Size
		for _, lang := range locale.Langs {
			text := strings.Join(strings.Fields(r.Text(lang)), " ")
			m := shortForm.FindStringSubmatch(text)
			if m == nil {
				t.Fatalf("%s: no checkpoint in %s", lang, text)
			}
			if n, _ := strconv.ParseInt(m[1], 10, 64); n != now.Size {
				t.Errorf("%s: the checkpoint of %d entries, want %d", lang, n, now.Size)
			}
			if ok, err := d.Footing(t.Context(), now.Size, m[2]); err != nil || !ok {
				t.Errorf("%s: the page of the ledger does not know %s: %v", lang, m[0], err)
			}
		}
		c, err := ledger.Open([]byte(r.Checkpoint), now.Origin, d.keyring.Key().Public())
		if err != nil || c.Size != now.Size {
			t.Errorf("the checkpoint that goes with it has %d entries, %v", c.Size, err)
		}
		d.rotated()
	}
}

// TestANotificationLeadsToThePageOfTheLedger where somebody said at which address
// the pages are: the settings before the operator.
func TestANotificationLeadsToThePageOfTheLedger(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	text := func() string { return get2(d.Witness(ctx))(t).Text(locale.EN) }
	if s := text(); !shortForm.MatchString(s) || strings.Contains(s, "http") || !strings.Contains(s, "page “Evidence ledger”") {
		t.Errorf("without an address: %s", s)
	}
	d.ReachedAt("https://inside.example/")
	if s := text(); !strings.Contains(s, ": https://inside.example/ledger?hash=") {
		t.Errorf("with that of the operator: %s", s)
	}
	set := get2(d.Settings(ctx))(t)
	set.Address = "https://padome.example"
	must(t)(d.SaveSettings(ctx, d.by("officer"), set.Revision, set))
	if s := text(); !strings.Contains(s, ": https://padome.example/ledger?hash=") {
		t.Errorf("with that of the settings: %s", s)
	}
}
