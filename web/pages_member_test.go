package web

import (
	packed "archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"path"
	"strings"
	"testing"
)

func init() {
	for route, want := range map[string]string{
		"GET /member":                         "401 403 200 200 200 200 200",
		"GET /sessions/:id/papers.zip":        "200 200 200 200 200 200 200",
		"GET /api/v1/sessions/:id/papers.zip": "200 200 200 200 200 200 200",
		"GET /api/v1/overview":                "401 403 200 200 200 200 200",
	} {
		access[route] = want
	}
}

func TestAMemberFindsTheNextSessionNewsAndPapers(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	h.press("taker", at+"/circulate", "Nosūtīt komentēšanai", 303)
	d := h.page("ngo-2", "/member")
	if d.Find(".tasks a[href='"+at+"/comments']").Length() != 2 || !strings.Contains(d.Find("main").Text(), "jauns") {
		t.Errorf("the member's page: %s", d.Find("main").Text())
	}
	if got := h.page("ngo-7", "/member").Find(".tasks a[href$='/comments']").Length(); got != 0 {
		t.Errorf("who was absent is asked for comments %d times", got)
	}
	h.at("2024-03-02", "10:00")
	w := h.ask("ngo-2", "GET", "/member", nil, "Cookie", visitCookie+"=1709000000.1709300000")
	if got := strings.Join(strings.Fields(h.read(w).Find("main").Text()), " "); !strings.Contains(got, "nekas nav mainījies") {
		t.Errorf("after a later visit there is news: %s", got)
	}
}

// The papers of a session come as one file, each with the sum that the manifest
// gives, and under a name that stays in its folder; the public gets no documents.
func TestPapersOfASessionAreOneFile(t *testing.T) {
	h := newHall(t)
	id := h.held()
	inside, outside := h.unpacked("ngo-2", id), h.unpacked("", id)
	if _, ok := inside["dokumenti/02-1 priekšlikums.pdf"]; !ok || len(inside) <= len(outside) {
		t.Errorf("a member gets %d files, the public %d", len(inside), len(outside))
	}
	if _, ok := outside["darba-kartiba.pdf"]; !ok {
		t.Error("the public gets no agenda")
	}
	if w := h.ask("", "GET", "/sessions/none/papers.zip", nil); w.Code != 404 {
		t.Errorf("papers of no session = %d", w.Code)
	}
}

func (h *hall) unpacked(who, session string) map[string][]byte {
	h.Helper()
	w := h.ask(who, "GET", sessionAt(session, "papers.zip"), nil)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/zip" {
		h.Fatalf("papers as %q = %d: %s", who, w.Code, w.Body)
	}
	raw := w.Body.Bytes()
	if again := h.ask(who, "GET", sessionAt(session, "papers.zip"), nil); !bytes.Equal(raw, again.Body.Bytes()) {
		h.Error("the same papers give other bytes")
	}
	z, err := packed.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		h.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		if path.Clean(f.Name) != f.Name || path.IsAbs(f.Name) || strings.HasPrefix(f.Name, "..") || strings.Contains(f.Name, `\`) {
			h.Errorf("%q leads out of its folder", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			h.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			h.Fatal(err)
		}
	}
	manifest := strings.TrimSpace(string(files["SHA256SUMS"]))
	for _, list := range []string{"SHA256SUMS", "manifest.json", "Saraksts.txt"} { // which do not list themselves
		if len(files[list]) == 0 {
			h.Errorf("there is no %s", list)
		}
		delete(files, list)
	}
	if lines := strings.Split(manifest, "\n"); len(lines) != len(files) {
		h.Errorf("the manifest has %d lines for %d files", len(lines), len(files))
	}
	for line := range strings.SplitSeq(manifest, "\n") {
		want, name, _ := strings.Cut(line, "  ")
		sum := sha256.Sum256(files[name])
		if got := hex.EncodeToString(sum[:]); got != want {
			h.Errorf("%s has sum %s, the manifest says %s", name, got, want)
		}
	}
	return files
}
