package web

import (
	"compress/gzip"
	"io"
	"slices"
	"testing"
)

func TestAPageIsPackedForThoseWhoCanReadThat(t *testing.T) {
	h := newHall(t)
	plain, packed := h.ask("", "GET", "/accessibility", nil), h.ask("", "GET", "/accessibility", nil, "Accept-Encoding", "gzip, br")
	if got := plain.Header().Get("Content-Encoding"); got != "" {
		t.Errorf("unasked it comes as %q", got)
	}
	if got := packed.Header(); got.Get("Content-Encoding") != "gzip" || !slices.Contains(got.Values("Vary"), "Accept-Encoding") {
		t.Fatalf("packed it comes with %v", got)
	}
	short, long := packed.Body.Len(), plain.Body.Len()
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil || string(body) != plain.Body.String() {
		t.Errorf("unpacked it is another page (%v)", err)
	}
	if short > long/2 {
		t.Errorf("%d bytes were packed into %d", long, short)
	}
}
