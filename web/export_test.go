package web

import (
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padome/storage"
)

func init() {
	access["POST /api/v1/export"] = "401 403 403 403 403 403 422"
	access["GET /settings/export"] = "401 403 403 403 403 403 200"
	access["POST /settings/export"] = "401 403 403 403 403 403 422"
	described["POST /api/v1/export"] = op{summary: "Everything of the council in open formats as one ZIP file, for an administrator who gives the password again, and the code of the second factor where there is one", in: ownerRequest{}, other: "application/zip"}
	withoutRevision["POST /api/v1/export"] = "changes no record; the password is asked for"
}

func TestAnAdministratorTakesEverythingAway(t *testing.T) {
	h := newHall(t)
	h.refused(h.ask("admin", "POST", "/api/v1/export", ownerRequest{}), 422, "current problem.password.missing")
	h.refused(h.ask("admin", "POST", "/api/v1/export", ownerRequest{Current: "cita parole 123"}), 422, "current problem.password.wrong")
	before := h.seq()
	w := h.ask("admin", "POST", "/api/v1/export", ownerRequest{Current: password})
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/zip" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if _, named, err := mime.ParseMediaType(w.Header().Get("Content-Disposition")); err != nil || named["filename"] != "padome-2024-01-10.zip" {
		t.Errorf("its name is %v, %v", named, err)
	}
	if h.seq() != before+1 {
		t.Error("the export changed something besides its entry")
	}
	newest := h.page("", "/ledger?lang=en").Find("main").Text()
	if !strings.Contains(newest, "Everything of the council exported") {
		t.Errorf("the ledger says %q", newest)
	}
	holds(t, w.Body.Bytes(), before)
	d := h.page("admin", "/settings/export")
	if got := d.Find("main").Text(); !strings.Contains(got, "Jūsu parole") || strings.Contains(got, "faktora kods") {
		t.Errorf("the page asks %q", got)
	}
	sent := h.postForm("admin", "/settings/export", url.Values{"current": {password}})
	if sent.Code != 200 || sent.Header().Get("Content-Type") != "application/zip" {
		t.Errorf("by the page: %d", sent.Code)
	}
	holds(t, sent.Body.Bytes(), before+1)
}

// holds imports an export, which must have so many changes of one council.
func holds(t *testing.T, export []byte, changes uint64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.zip")
	if err := os.WriteFile(path, export, 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := storage.Import(t.Context(), path, filepath.Join(t.TempDir(), "new"))
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Councils) != 1 || list.Councils[0].Changes != changes {
		t.Errorf("it holds %+v, want %d changes", list.Councils, changes)
	}
}
