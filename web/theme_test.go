package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

func TestStaticFilesTravelCompressed(t *testing.T) {
	h := newHouse(t)
	path, err := h.server.pages.Static.Path("padome.css")
	if err != nil {
		t.Fatal(err)
	}
	plain := h.ask("GET", path, "")
	packed := h.ask("GET", path, "", "Accept-Encoding", "br, gzip")
	if plain.Header().Get("Content-Encoding") != "" || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("encodings %q and %q, want none and gzip", plain.Header().Get("Content-Encoding"), packed.Header().Get("Content-Encoding"))
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
		t.Errorf("unpacked it is another file (%v)", err)
	}
}

func TestATheme(t *testing.T) {
	h := newHouse(t)
	if got := themePath("#7A1230"); got != "/theme/7a1230.css" {
		t.Fatalf("path = %q", got)
	}
	w := h.ask("GET", "/theme/7a1230.css", "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "--accent:#7a1230;") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("theme = %d %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	for _, bad := range []string{"7A1230.css", "7a1230", "red.css", "7a123%7d.css", "7a12305.css"} {
		h.refused(h.ask("GET", "/theme/"+bad, ""), 404, "problem.request.path")
	}
	h.front.Settings.Accent = "#7a1230"
	if got := page(t, h.ask("GET", "/", "")).Find("link[href='/theme/7a1230.css']").Length(); got != 1 {
		t.Error("the page does not use the colour")
	}
}
