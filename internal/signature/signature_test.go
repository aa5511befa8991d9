package signature_test

import (
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"padome/internal/locale"
	"padome/internal/problem"
	. "padome/internal/signature"
	"padome/internal/signature/signtest"
)

func TestASignatureOfTheExpectedPersonIsGoodAndItsLevelHonest(t *testing.T) {
	good := world.OCSP(anna, ocsp.Good, noon.Add(time.Minute), time.Time{})
	for name, c := range map[string]struct {
		how  signtest.Signing
		want Level
	}{
		"without a time stamp":           {signtest.Signing{At: noon, Unstamped: true}, Basic},
		"with one":                       {signtest.Signing{At: noon}, Stamped},
		"with one in BER":                {signtest.Signing{At: noon, BER: true}, Stamped},
		"with the issuer's answer":       {signtest.Signing{At: noon, OCSP: [][]byte{good}}, LongTerm},
		"with a revocation list":         {signtest.Signing{At: noon, CRL: [][]byte{world.CRL(noon, noon, juris)}}, LongTerm},
		"revoked after it":               {signtest.Signing{At: noon, OCSP: [][]byte{world.OCSP(anna, ocsp.Revoked, later, noon.Add(time.Hour))}}, LongTerm},
		"with an answer about another":   {signtest.Signing{At: noon, OCSP: [][]byte{world.OCSP(juris, ocsp.Good, noon, time.Time{})}}, Stamped},
		"with an answer that is too old": {signtest.Signing{At: noon, OCSP: [][]byte{world.OCSP(anna, ocsp.Good, noon.AddDate(0, 0, -2), time.Time{})}}, Stamped},
		"with an answer it gave itself":  {signtest.Signing{At: noon, OCSP: [][]byte{world.OCSPBy(anna, anna, ocsp.Good, noon, time.Time{})}}, Stamped},
		"with another world's answer":    {signtest.Signing{At: noon, OCSP: [][]byte{other.OCSP(anna, ocsp.Good, noon, time.Time{})}}, Stamped},
		"with another world's list":      {signtest.Signing{At: noon, CRL: [][]byte{other.CRL(noon, noon)}}, Stamped},
		"with SHA-512":                   {signtest.Signing{At: noon, Hash: crypto.SHA512}, Stamped},
	} {
		t.Run(name, func(t *testing.T) {
			s := assessed(t, ours, world.CMS(anna, c.how, paper))
			if !s.Good() || s.Level != c.want {
				t.Fatalf("level %q, faults %v; want %q", s.Level, s.Faults, c.want)
			}
			if s.Person != "anna" || s.Serial != "PNOLV-010190-12345" || !s.Qualified || !s.When().Equal(noon) {
				t.Errorf("the signer is %+v", s)
			}
			unproven := strings.Contains(strings.Join(keys(s.Unproven), " "), "signature.unproven.revocation") // -before, where it is too old
			if want := c.want != LongTerm; unproven != want {
				t.Errorf("revocation not proven: %v, want %v", unproven, want)
			}
		})
	}
}

func TestEveryAcceptedKindOfKeyIsAccepted(t *testing.T) {
	for name, h := range map[string]signtest.Holder{
		"P-256": anna,
		"P-384": world.PersonOn(elliptic.P384(), "A", "PNOLV-010190-12345"),
		"P-521": world.PersonOn(elliptic.P521(), "B", "PNOLV-010190-12345"),
		"RSA":   world.PersonRSA("C", "PNOLV-010190-12345"),
	} {
		for _, pss := range []bool{false, true} {
			if pss && name != "RSA" {
				continue
			}
			for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
				if s := assessed(t, ours, world.CMS(h, signtest.Signing{At: noon, Hash: hash, PSS: pss}, paper)); !s.Good() {
					t.Errorf("%s, %v, PSS %v: %v", name, hash, pss, s.Faults)
				}
			}
		}
	}
}

// TestAKeyForPSSAloneSignsNothingElse: keys that crypto/x509 does not read.
func TestAKeyForPSSAloneSignsNothingElse(t *testing.T) {
	h := world.PersonRSA("C", "PNOLV-010190-12345")
	pss := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	own := x509.MarshalPKCS1PublicKey(h.Key.Public().(*rsa.PublicKey))
	info, err := asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}{pkix.AlgorithmIdentifier{Algorithm: pss}, asn1.BitString{Bytes: own, BitLength: 8 * len(own)}})
	if err != nil {
		t.Fatal(err)
	}
	key := KeyOf(&x509.Certificate{RawSubjectPublicKeyInfo: info})
	for scheme, how := range map[Scheme]crypto.SignerOpts{PSS: &rsa.PSSOptions{SaltLength: 32, Hash: crypto.SHA256}, PKCS1: crypto.SHA256} {
		value, err := h.Key.Sign(rand.Reader, Sum(crypto.SHA256, paper), how)
		if err != nil {
			t.Fatal(err)
		}
		if err := scheme.Check(h.Certificate.PublicKey, crypto.SHA256, paper, value); err != nil {
			t.Fatal(err) // as an RSA key it is right either way
		}
		err = scheme.Check(key, crypto.SHA256, paper, value)
		if good := err == nil; good != (scheme == PSS) || !good && ReasonOf(err).Key != "problem.signature.algorithm" {
			t.Errorf("scheme %v: %v", scheme, err)
		}
	}
	if KeyOf(&x509.Certificate{RawSubjectPublicKeyInfo: own}) != nil {
		t.Error("a key of no known kind is one")
	}
}

func TestRawValuesOfXMLSignaturesAreChecked(t *testing.T) {
	value := anna.SignRaw(crypto.SHA384, paper)
	if err := ECDSARaw.Check(anna.Certificate.PublicKey, crypto.SHA384, paper, value); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"shorter": value[:len(value)-1], "longer": append([]byte{0, 0}, value...), "empty": nil, "of other data": anna.SignRaw(crypto.SHA384, []byte("other"))} {
		if ECDSARaw.Check(anna.Certificate.PublicKey, crypto.SHA384, paper, bad) == nil {
			t.Errorf("a value %s passes", name)
		}
	}
	if PKCS1.Check(anna.Certificate.PublicKey, crypto.SHA384, paper, value) == nil || ECDSARaw.Check(anna.Certificate.PublicKey, crypto.SHA1, paper, value) == nil {
		t.Error("another scheme or SHA-1 passes")
	}
}

func TestASignatureThatIsNotOfThisDocumentIsRefused(t *testing.T) {
	at := signtest.Signing{At: noon}
	refused(t, world.CMS(anna, at, []byte("other minutes")), "problem.signature.content")
	refused(t, world.CMS(anna, signtest.Signing{At: noon, Hash: crypto.SHA1}, paper), "problem.signature.digest")
	refused(t, world.CMS(anna, signtest.Signing{At: noon, Unnamed: true}, paper), "problem.signature.certificate-unnamed")
	refused(t, world.CMS(anna, signtest.Signing{At: noon, Names: juris.Certificate}, paper), "problem.signature.certificate-other")
	refused(t, world.CMS(anna, signtest.Signing{At: noon, Without: true}, paper), "problem.signature.certificate-missing")
	refused(t, world.CMS(signtest.Holder{Certificate: anna.Certificate, Key: juris.Key}, at, paper), "problem.signature.value")
	refused(t, append(world.CMS(anna, at, paper), 'x'), "problem.signature.malformed")
	refused(t, world.Stamp(paper, noon), "problem.signature.malformed")
	whole := world.CMS(anna, at, paper)
	for i := 0; i < len(whole); i += 37 {
		bad := slices.Clone(whole)
		bad[i] ^= 0x10
		if e, err := OpenCMS(bad, paper); err == nil && (!e.Certificate.Equal(anna.Certificate) || !e.Claimed.Equal(noon)) {
			t.Errorf("byte %d changed, and so did what is signed", i)
		}
	}
}

func TestWhoMayNotSignIsFound(t *testing.T) {
	at := signtest.Signing{At: noon}
	changed := func(change func(*x509.Certificate)) []byte {
		return world.CMS(world.Person("ANNA KALNIŅA", "PNOLV-010190-12345", change), at, paper)
	}
	faulty(t, assessed(t, ours, world.CMS(juris, at, paper)), "problem.signature.person")
	faulty(t, assessed(t, ours, changed(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature })), "problem.signature.usage")
	faulty(t, assessed(t, ours, changed(func(c *x509.Certificate) { c.NotAfter = noon.AddDate(0, 0, -1) })), "problem.signature.expired")
	faulty(t, assessed(t, ours, changed(func(c *x509.Certificate) { c.NotBefore = noon.AddDate(0, 0, 1) })), "problem.signature.early")
	faulty(t, assessed(t, ours, changed(func(c *x509.Certificate) { c.Subject.SerialNumber = "" })), "problem.signature.person")

	foreign := ours
	foreign.Anchors = other.Anchors()
	s := foreign.Assess(must(OpenCMS(world.CMS(anna, at, paper), paper)))
	if got := keys(s.Faults); !slices.Equal(got, []string{"problem.signature.stamp-authority", "problem.signature.path"}) {
		t.Errorf("under other anchors: %v", s.Faults)
	}
	self := world.Issue(signtest.Holder{}, "ANNA KALNIŅA", func(c *x509.Certificate) {
		c.Subject.SerialNumber, c.KeyUsage = "PNOLV-010190-12345", x509.KeyUsageContentCommitment
	})
	faulty(t, assessed(t, ours, world.CMS(self, at, paper)), "problem.signature.path")
	byPerson := world.Issue(juris, "ANNA KALNIŅA", func(c *x509.Certificate) {
		c.Subject.SerialNumber, c.KeyUsage = "PNOLV-010190-12345", x509.KeyUsageContentCommitment
	})
	faulty(t, assessed(t, ours, world.CMS(byPerson, signtest.Signing{At: noon, Along: []*x509.Certificate{juris.Certificate}}, paper)), "problem.signature.path")
}

func TestACertificateThatEndedIsJudgedAtTheProvenTime(t *testing.T) {
	ending := world.Person("ANNA KALNIŅA", "PNOLV-010190-12345", func(c *x509.Certificate) { c.NotAfter = noon.AddDate(0, 0, 1) })
	if s := assessed(t, ours, world.CMS(ending, signtest.Signing{At: noon}, paper)); !s.Good() {
		t.Errorf("stamped in time, checked later: %v", s.Faults)
	}
	faulty(t, assessed(t, ours, world.CMS(ending, signtest.Signing{At: noon, Unstamped: true}, paper)), "problem.signature.expired")
}

func TestRevocationCountsUnlessTheSignatureIsProvenOlder(t *testing.T) {
	revoked := [][]byte{world.OCSP(anna, ocsp.Revoked, later, noon.Add(-time.Hour))}
	faulty(t, assessed(t, ours, world.CMS(anna, signtest.Signing{At: noon, OCSP: revoked}, paper)), "problem.signature.revoked")
	faulty(t, assessed(t, ours, world.CMS(anna, signtest.Signing{At: noon, CRL: [][]byte{world.CRL(later, noon.Add(-time.Hour), anna)}}, paper)), "problem.signature.revoked")
	unstamped := signtest.Signing{At: noon, Unstamped: true, OCSP: [][]byte{world.OCSP(anna, ocsp.Revoked, noon.Add(2*time.Hour), noon.Add(time.Hour))}}
	faulty(t, assessed(t, ours, world.CMS(anna, unstamped, paper)), "problem.signature.revoked")
	unknown := signtest.Signing{At: noon, OCSP: [][]byte{world.OCSP(anna, ocsp.Unknown, noon, time.Time{})}}
	faulty(t, assessed(t, ours, world.CMS(anna, unknown, paper)), "problem.signature.unknown-to-issuer")
}

func TestATimeStampHasToBeOfThisSignatureByAnAuthority(t *testing.T) {
	with := func(token []byte) Signer {
		return assessed(t, ours, world.CMS(anna, signtest.Signing{At: noon, Stamp: token}, paper))
	}
	faulty(t, with(world.Stamp([]byte("other bytes"), noon)), "problem.signature.stamp-other")
	faulty(t, with([]byte{0x30, 0x00}), "problem.signature.stamp-unreadable")
	value := []byte("a value")
	a := world.Anchors()
	for name, c := range map[string]struct {
		token []byte
		want  string
	}{
		"another world's":         {other.Stamp(value, noon), "problem.signature.stamp-authority"},
		"a person's":              {world.StampBy(anna, signtest.Signing{}, value, noon), "problem.signature.stamp-authority"},
		"from the future":         {world.Stamp(value, later.AddDate(0, 0, 1)), "problem.signature.stamp-future"},
		"with SHA-1":              {world.StampBy(world.TSA, signtest.Signing{Hash: crypto.SHA1}, value, noon), "problem.signature.stamp-unreadable"},
		"by an expired authority": {world.Stamp(value, signtest.Until.AddDate(-30, 0, 0)), "problem.signature.stamp-authority"},
	} {
		if _, err := a.OpenStamp(c.token, later, value); err == nil || ReasonOf(err).Key != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	newer := world.Issue(world.Root, "Tests TSA 2026", signtest.Stamping)
	got, err := a.OpenStamp(world.StampBy(newer, signtest.Signing{}, value, noon), later, value)
	if err != nil || got.Listed || !got.At.Equal(noon) || got.By != "Tests TSA 2026" {
		t.Errorf("an authority certified by the root: %+v, %v", got, err)
	}
}

func TestWithoutAnExpectedPersonTheVerdictSaysSo(t *testing.T) {
	c := ours
	c.Expected = nil
	s := assessed(t, c, world.CMS(anna, signtest.Signing{At: noon}, paper))
	if !s.Good() || s.Person != "" || !slices.Contains(keys(s.Unproven), "signature.unproven.person") {
		t.Errorf("%+v", s)
	}
	if SameSerial("", "") || SameSerial("PNOLV-1", "PASLV-1") || !SameSerial("pnolv-010190-12345", "PNOLV-01019012345") {
		t.Error("serial numbers are compared wrongly")
	}
}

func TestAVerdictTellsEveryFaultInBothLanguages(t *testing.T) {
	v := Verdict{Format: PDF, Signers: []Signer{assessed(t, ours, world.CMS(juris, signtest.Signing{At: noon}, paper))}}
	err := v.Err()
	if problem.KindOf(err) != problem.Invalid || v.Valid() {
		t.Fatalf("got %v", err)
	}
	f := err.(*problem.Error).Fields
	if len(f) != 1 || f[0].Name != "signatures[0]" {
		t.Fatalf("fields %v", f)
	}
	if lv := locale.Text(locale.LV, f[0].Key, f[0].Args); !strings.HasPrefix(lv, "Parakstījis cits cilvēks: JURIS OZOLS. Gaidītais parakstītājs: Anna Kalniņa") {
		t.Errorf("in Latvian: %s", lv)
	}
	if en := locale.Text(locale.EN, f[0].Key, f[0].Args); !strings.HasPrefix(en, "Somebody else signed: JURIS OZOLS. A signature by Anna Kalniņa is expected") {
		t.Errorf("in English: %s", en)
	}
	if (Verdict{}).Err() == nil || (Verdict{}).Valid() {
		t.Error("a file without signatures passes")
	}
	raw, _ := json.Marshal(v)
	var back Verdict
	if json.Unmarshal(raw, &back) != nil || len(back.Signers) != 1 || back.Signers[0].Name != "JURIS OZOLS" {
		t.Errorf("a verdict does not come back from %s", raw)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A way to an anchor that was found once counts only while all certificates on it
// are in force.
func TestAWayThatWasFoundEndsWithItsCertificates(t *testing.T) {
	ending := world.Issue(world.Root, "Tests ICA 2026", func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage, c.NotAfter = true, true, x509.KeyUsageCertSign, noon.AddDate(0, 0, 1)
	})
	by := world.Issue(ending, "ANNA KALNIŅA", func(c *x509.Certificate) {
		c.Subject.SerialNumber, c.KeyUsage = "PNOLV-010190-12345", x509.KeyUsageContentCommitment
	})
	along := signtest.Signing{At: noon, Along: []*x509.Certificate{ending.Certificate}}
	stamped := world.CMS(by, along, paper)
	along.Unstamped = true
	unstamped := world.CMS(by, along, paper)
	c := Check{Anchors: world.Anchors(), Now: later}
	for range 2 {
		if s := assessed(t, c, stamped); !s.Good() {
			t.Errorf("while its issuer was in force: %v", s.Faults)
		}
		faulty(t, assessed(t, c, unstamped), "problem.signature.path")
	}
}

// The signature of a root on an issuing authority is looked at once; what the root
// asks of all below it, and its own time, hold for every signer.
func TestARootBindsWhateverIsBelowIt(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(root *x509.Certificate)
		fault  string
	}{
		{"open", func(*x509.Certificate) {}, ""},
		{"no authority below", func(c *x509.Certificate) { c.MaxPathLenZero = true }, "problem.signature.path"},
		{"one authority below", func(c *x509.Certificate) { c.MaxPathLen = 1 }, ""},
		{"other names", func(c *x509.Certificate) {
			c.PermittedDNSDomains, c.PermittedDNSDomainsCritical = []string{"example.lv"}, true
		}, "problem.signature.path"},
		{"at its end", func(c *x509.Certificate) { c.NotAfter = noon.AddDate(0, 0, 1) }, "problem.signature.path"},
	} {
		authority := func(c *x509.Certificate) {
			c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
		}
		root := world.Issue(signtest.Holder{}, "Root "+tt.name, authority, tt.change)
		issuing := world.Issue(root, "ICA "+tt.name, authority)
		by := world.Issue(issuing, "ANNA KALNIŅA", func(c *x509.Certificate) {
			c.Subject.SerialNumber, c.KeyUsage, c.DNSNames = "PNOLV-010190-12345", x509.KeyUsageContentCommitment, []string{"elsewhere.lv"}
		})
		a, err := ParseAnchors(slices.Concat(world.PEM(), certificatePEM(root), certificatePEM(issuing)))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			s := assessed(t, Check{Anchors: a, Now: later}, world.CMS(by, signtest.Signing{At: noon, Unstamped: true}, paper))
			if tt.fault != "" {
				faulty(t, s, tt.fault)
			} else if slices.ContainsFunc(s.Faults, func(r Reason) bool { return r.Key == "problem.signature.path" }) {
				t.Errorf("%s: %v", tt.name, s.Faults)
			}
		}
	}
}

func certificatePEM(h signtest.Holder) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.Certificate.Raw})
}
