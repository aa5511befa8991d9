package signature_test

import (
	"bytes"
	"encoding/pem"
	"errors"
	"testing"

	"padome/internal/problem"
	. "padome/internal/signature"
	"padome/internal/signature/signtest"
)

func TestTheNationalAnchorsAreComplete(t *testing.T) {
	count := map[string]int{}
	for _, c := range NationalAnchors().List() {
		count[c.Kind]++
		if c.Name == "" || c.Until.Before(c.From) || len(c.Fingerprint) != 64 {
			t.Errorf("anchor %+v", c)
		}
	}
	if count["root"] != 1 || count["issuing"] != 5 || count["tsa"] != 6 {
		t.Errorf("anchors %v", count)
	}
}

func TestAnchorsComeBackFromTheirFile(t *testing.T) {
	a := world.Anchors()
	b, err := ParseAnchors(append([]byte("a note before them\n"), a.PEM()...))
	if err != nil || a.Fingerprint() != b.Fingerprint() || a.Fingerprint() == other.Anchors().Fingerprint() {
		t.Errorf("%v", err)
	}
}

func TestAFileThatIsNotOfAnchorsIsRefused(t *testing.T) {
	one := func(hs ...signtest.Holder) (out []byte) {
		for _, h := range hs {
			out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.Certificate.Raw})...)
		}
		return out
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing":          {nil, "problem.signature.anchors.format"},
		"text":             {[]byte("no certificates"), "problem.signature.anchors.format"},
		"a key":            {pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte{1}}), "problem.signature.anchors.format"},
		"a damaged one":    {pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte{0x30, 0}}), "problem.signature.anchors.certificate"},
		"a person":         {one(world.Root, anna), "problem.signature.anchors.person"},
		"no root":          {one(world.Issuing), "problem.signature.anchors.root"},
		"another's issuer": {one(world.Root, other.Issuing), "problem.signature.anchors.path"},
		"far too large":    {bytes.Repeat([]byte(" "), 3<<20), "problem.signature.anchors.large"},
	} {
		_, err := ParseAnchors(c.raw)
		e, ok := errors.AsType[*problem.Error](err)
		if !ok || len(e.Fields) != 1 || e.Fields[0].Key != c.want || e.Fields[0].Name != "certificates" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
