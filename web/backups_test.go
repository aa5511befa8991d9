package web

import (
	"path/filepath"
	"strings"
	"testing"

	"padome/council"
	"padome/office"
	"padome/storage"
)

func init() {
	for route, want := range map[string]string{
		"GET /api/v1/backups":    "401 403 403 403 403 403 200",
		"POST /api/v1/backups":   "401 403 403 403 403 403 409",
		"GET /settings/backups":  "401 403 403 403 403 403 200",
		"POST /settings/backups": "401 403 403 403 403 403 409",
	} {
		access[route] = want
	}
	described["GET /api/v1/backups"] = op{summary: "The backups, the newest first", out: listing[office.Backup]{}, query: paged}
	described["POST /api/v1/backups"] = op{summary: "Make a checked backup of everything while work goes on", out: office.Backup{}, status: 201}
	withoutRevision["POST /api/v1/backups"] = "creates"
}

func TestAnAdministratorMakesABackupWhileWorkGoesOn(t *testing.T) {
	h := newHall(t)
	dir := t.TempDir()
	h.office.KeepBackupsIn(dir)
	if d := h.page("admin", "/settings/backups"); !strings.Contains(d.Text(), "Rezerves kopiju vēl nav") {
		t.Error(d.Find("main").Text())
	}
	before := h.seq()
	d := h.press("admin", "/settings/backups", "Izveidot rezerves kopiju", 303)
	if got := d.Find("main table").Text(); !strings.Contains(got, "padome-2024-01-10T070000Z.zip") {
		t.Errorf("the page shows %q", got)
	}
	var all listing[office.Backup]
	h.do(&all, "admin", "GET", "/api/v1/backups", nil)
	if len(all.Items) != 1 || all.Items[0].Size == 0 {
		t.Fatalf("backups: %+v", all.Items)
	}
	to := t.TempDir()
	m, err := storage.RestoreBackup(t.Context(), filepath.Join(dir, all.Items[0].Name), to)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range m.Councils {
		if c.Tenant == 1 && c.Changes != before {
			t.Errorf("it has %d changes of the council, want %d", c.Changes, before)
		}
	}
	if made, err := h.office.BackUpIfDue(t.Context()); made || err != nil {
		t.Errorf("another one at once: %v, %v", made, err)
	}
	h.at("2024-01-12", "09:00")
	if made, err := h.office.BackUpIfDue(t.Context()); !made || err != nil {
		t.Errorf("none two days later: %v, %v", made, err)
	}
}

// TestABackupDatedAheadDoesNotCount makes a backup while the clock is a year
// ahead. Once it is right again the next one is made, and not in a year; beside
// it the one of today counts.
func TestABackupDatedAheadDoesNotCount(t *testing.T) {
	h := newHall(t)
	h.office.KeepBackupsIn(t.TempDir())
	for _, tt := range []struct {
		day  council.Date
		want bool
	}{{"2025-01-10", true}, {"2024-01-10", true}, {"2024-01-10", false}} {
		h.at(tt.day, "09:00")
		if made, err := h.office.BackUpIfDue(t.Context()); made != tt.want || err != nil {
			t.Errorf("on %s: %v, %v, want %v", tt.day, made, err, tt.want)
		}
	}
}
