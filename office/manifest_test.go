package office

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
)

// packedPapers is the bundle of a session with signed minutes, as an actor gets it.
func packedPapers(t *testing.T, d *desk, a council.Actor, lang locale.Lang, session string) []byte {
	t.Helper()
	b := get2(d.SessionPapers(t.Context(), a, lang, session))(t)
	var z bytes.Buffer
	if err := d.WritePapers(t.Context(), &z, b); err != nil {
		t.Fatal(err)
	}
	return z.Bytes()
}

// repacked is a bundle with its files changed by name; "" leaves one out.
func repacked(t *testing.T, raw []byte, change map[string]string, more ...string) []byte {
	t.Helper()
	z := get2(zip.NewReader(bytes.NewReader(raw), int64(len(raw))))(t)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name, body string) {
		f := get2(w.Create(name))(t)
		get2(f.Write([]byte(body)))(t)
	}
	for _, f := range z.File {
		body := string(get2(io.ReadAll(get2(f.Open())(t)))(t))
		if b, ok := change[f.Name]; ok {
			body = b
		}
		if body != "" {
			add(f.Name, body)
		}
	}
	for _, name := range more {
		add(name, "x")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A bundle lists all its files three times over, is the same each time, and what
// was changed, left out or added to it is found.
func TestABundleIsHeldToItsManifest(t *testing.T) {
	d := newDesk(t)
	session, _ := d.secretive()
	d.signed(session)
	member := d.by("ngo-2").Actor
	raw := packedPapers(t, d, member, locale.LV, session)
	if !bytes.Equal(raw, packedPapers(t, d, member, locale.LV, session)) {
		t.Error("packed twice it differs")
	}
	check := func(raw []byte) PapersCheck { return get2(CheckPapers(bytes.NewReader(raw), int64(len(raw))))(t) }
	c := check(raw)
	if !c.Whole() || len(c.Manifest.Files) != 5 || c.Manifest.Date != "2024-01-31" {
		t.Fatalf("as packed: %+v", c)
	}
	z := get2(zip.NewReader(bytes.NewReader(raw), int64(len(raw))))(t)
	list := string(get2(io.ReadAll(get2(z.File[0].Open())(t)))(t))
	for _, f := range c.Manifest.Files {
		if f.Size < 1 || !strings.Contains(list, f.Path) || !strings.Contains(list, f.SHA256) {
			t.Errorf("%s is not on the list:\n%s", f.Path, list)
		}
	}
	first, second := c.Manifest.Files[0].Path, c.Manifest.Files[1].Path
	for name, x := range map[string]struct {
		raw  []byte
		want PapersCheck
	}{
		"changed":  {repacked(t, raw, map[string]string{first: "cits"}), PapersCheck{Changed: []string{first}}},
		"left out": {repacked(t, raw, map[string]string{second: ""}), PapersCheck{Missing: []string{second}}},
		"added":    {repacked(t, raw, nil, "jauns.pdf"), PapersCheck{Added: []string{"jauns.pdf"}}},
		"twice":    {repacked(t, raw, nil, first), PapersCheck{Added: []string{first}}},
	} {
		c := check(x.raw)
		if c.Whole() || strings.Join(c.Changed, "|") != strings.Join(x.want.Changed, "|") ||
			strings.Join(c.Missing, "|") != strings.Join(x.want.Missing, "|") || strings.Join(c.Added, "|") != strings.Join(x.want.Added, "|") {
			t.Errorf("%s: %+v", name, c)
		}
	}
	for name, raw := range map[string][]byte{"no archive": []byte("PK"), "no manifest": repacked(t, raw, map[string]string{manifestName: ""}),
		"another manifest": repacked(t, raw, map[string]string{manifestName: `{"files":1}`})} {
		if _, err := CheckPapers(bytes.NewReader(raw), int64(len(raw))); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The public gets what it may see, and the list is of that alone.
	public := check(packedPapers(t, d, council.Actor{}, locale.EN, session))
	if raw := get2(json.Marshal(public))(t); !public.Whole() || len(public.Manifest.Files) != 2 || strings.Contains(string(raw), "priekšlikums") {
		t.Errorf("the public's: %s", raw)
	}
}
