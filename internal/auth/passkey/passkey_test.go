package passkey

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"padome/internal/problem"
)

// vector is one key of the standard's own examples (Web Authentication Level 3,
// "Test Vectors"), in hexadecimal.
type vector struct{ Name, Challenge, Client, Object, ID, AskedChallenge, AskedClient, Data, Signature string }

func vectors(t testing.TB) (all []vector) {
	t.Helper()
	raw, err := os.ReadFile("testdata/standard.json")
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil || len(all) != 5 {
		t.Fatal(len(all), err)
	}
	return all
}

// coded is hexadecimal as browsers write bytes.
func coded(t testing.TB, text string) string {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (v *vector) answers(t testing.TB) (made, used Answer) {
	t.Helper()
	read := func(response map[string]string) Answer {
		for name, value := range response {
			response[name] = coded(t, value)
		}
		raw, _ := json.Marshal(map[string]any{"id": coded(t, v.ID), "type": "public-key", "response": response})
		a, err := Read(string(raw))
		if err != nil {
			t.Fatal(v.Name, err)
		}
		return a
	}
	return read(map[string]string{"clientDataJSON": v.Client, "attestationObject": v.Object}),
		read(map[string]string{"clientDataJSON": v.AskedClient, "authenticatorData": v.Data, "signature": v.Signature})
}

func keyOf(err error) string {
	if e, ok := err.(*problem.Error); ok && len(e.Fields) == 1 && e.Fields[0].Name == "passkey" {
		return e.Fields[0].Key
	}
	return ""
}

// Of the standard's examples some verify no owner; those are refused for that
// alone, and what they signed is right all the same.
func TestTheExamplesOfTheStandardAreRead(t *testing.T) {
	site, ok := SiteOf("https://example.org")
	if !ok {
		t.Fatal("no site")
	}
	owned := 0
	for _, v := range vectors(t) {
		made, used := v.answers(t)
		d, err := readObject(made.object)
		if err != nil {
			t.Fatal(v.Name, err)
		}
		_, err = site.Made(coded(t, v.Challenge), made)
		if d.flags&verified == 0 && keyOf(err) != "problem.passkey.verified" || d.flags&verified != 0 && err != nil {
			t.Errorf("%s: a new key = %v", v.Name, err)
		}
		key := Key{ID: d.keyID, Public: d.public, Syncs: d.flags&syncs != 0}
		u, err := readData(used.data)
		if err != nil {
			t.Fatal(v.Name, err)
		}
		if u.flags&verified != 0 {
			owned++
			if _, err := site.Used(coded(t, v.AskedChallenge), key, used); err != nil {
				t.Errorf("%s: its use = %v", v.Name, err)
			}
		} else if _, err := site.Used(coded(t, v.AskedChallenge), key, used); keyOf(err) != "problem.passkey.verified" {
			t.Errorf("%s: its use without its owner = %v", v.Name, err)
		}
		signs(t, v.Name, key, used)
	}
	if owned == 0 {
		t.Error("no example verifies its owner")
	}
}

// signs holds the signature to all that it signs.
func signs(t *testing.T, name string, k Key, a Answer) {
	t.Helper()
	p, err := readPublic(k.Public)
	if err != nil {
		t.Fatal(name, err)
	}
	sum := sum256(a.rawClient)
	text := append(append([]byte{}, a.data...), sum...)
	if !p.signed(text, a.signature) {
		t.Errorf("%s: its signature is not taken", name)
	}
	for _, at := range []int{0, atFlags, len(a.data), len(text) - 1} {
		text[at] ^= 1
		if p.signed(text, a.signature) {
			t.Errorf("%s: a signature of something else is taken", name)
		}
		text[at] ^= 1
	}
}

func TestPasskeysWorkAtANameByHTTPSAndOnThisMachine(t *testing.T) {
	for address, want := range map[string]Site{
		"https://padome.example":      {"padome.example", "https://padome.example"},
		"https://Padome.Example:8443": {"padome.example", "https://padome.example:8443"},
		"http://localhost:8080":       {"localhost", "http://localhost:8080"},
		"http://padome.example":       {}, "https://192.0.2.1": {}, "http://127.0.0.1:8080": {}, "https://[::1]": {}, "": {}, "padome.example": {},
	} {
		got, ok := SiteOf(address)
		if ok != (want != Site{}) || ok && got != want {
			t.Errorf("SiteOf(%q) = %+v, %v", address, got, ok)
		}
	}
}

func TestACounterGoesOn(t *testing.T) {
	for _, c := range []struct {
		before, now uint32
		want        bool
	}{{0, 0, true}, {0, 1, true}, {5, 6, true}, {5, 5, false}, {5, 4, false}, {5, 0, false}} {
		if got := Advances(c.before, c.now); got != c.want {
			t.Errorf("Advances(%d, %d) = %v", c.before, c.now, got)
		}
	}
}

func TestKeysThatAreNoneAreRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"a point off the curve": "a5010203262001215820" + zeros(32) + "225820" + zeros(32),
		"half a point":          "a4010203262001215820" + zeros(32),
		"another curve":         "a5010203262002215820" + zeros(32) + "225820" + zeros(32),
		"a short RSA key":       "a401030339010020430100012143010001",
		"an unknown algorithm":  "a501020338222001215820" + zeros(32) + "225820" + zeros(32),
		"no key":                "a0",
	} {
		b, err := hex.DecodeString(raw)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := readPublic(b); keyOf(err) != "problem.passkey.algorithm" {
			t.Errorf("%s = %v", name, err)
		}
	}
	for name, raw := range map[string]string{"no CBOR": "ff", "a name twice": "a201020102", "more behind": "a000", "nothing": ""} {
		b, _ := hex.DecodeString(raw)
		if _, err := readPublic(b); keyOf(err) != "problem.passkey.read" {
			t.Errorf("%s = %v", name, err)
		}
	}
}

func zeros(n int) string { return hex.EncodeToString(make([]byte, n)) }

func sum256(b []byte) []byte { s := sha256.Sum256(b); return s[:] }

// FuzzRead reads whatever a browser may send: it is refused by name, or a key or
// use that was asked for.
func FuzzRead(f *testing.F) {
	site, _ := SiteOf("https://example.org")
	for _, v := range vectors(f) {
		made, used := v.answers(f)
		f.Add(made.object, used.data, used.signature)
	}
	f.Fuzz(func(t *testing.T, object, data, signature []byte) {
		c := client{Type: "webauthn.create", Challenge: "x", Origin: site.Origin}
		k, err := site.Made("x", Answer{client: c, object: object})
		if err != nil && keyOf(err) == "" || err == nil && len(k.ID) != 0 {
			t.Errorf("a new key = %+v, %v", k, err)
		}
		c.Type = "webauthn.get"
		if _, err := site.Used("x", k, Answer{client: c, data: data, signature: signature}); keyOf(err) == "" {
			t.Errorf("a use of no key = %v", err)
		}
	})
}
