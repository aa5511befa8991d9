package signature

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"padome/internal/problem"
)

// national are the certificates that come with the program; the file says from where.
//
//go:embed anchors/lv.pem
var national []byte

// Anchors are the certificates that are trusted: roots, the authorities that
// issue signers' certificates below them, and time-stamp authorities.
type Anchors struct {
	roots, issuing, tsa   []*x509.Certificate
	rootPool, issuingPool *x509.CertPool
	above                 map[string][]*x509.Certificate // from an issuing authority, by its bytes, up to its root
	fingerprint           string
	found                 paths
}

// Anchor is one of the certificates, for people to look at.
type Anchor struct {
	Name        string    `json:"name"`
	Issuer      string    `json:"issuer"`
	Kind        string    `json:"kind"` // "root", "issuing", "tsa"
	From        time.Time `json:"from"`
	Until       time.Time `json:"until"`
	Fingerprint string    `json:"fingerprint"` // SHA-256, hexadecimal
}

// NationalAnchors are those that come with the program, taken from the national
// trusted list.
var NationalAnchors = sync.OnceValue(func() *Anchors {
	a, err := ParseAnchors(national)
	if err != nil {
		panic("signature: anchors: " + err.Error())
	}
	return a
})

// mostAnchors and mostAnchorBytes bound a file of anchors.
const (
	mostAnchors     = 500
	mostAnchorBytes = 2 << 20
)

// ParseAnchors reads certificates from PEM, or from a PKCS#7 file without
// signatures (.p7c). Each takes its place by what it may do: an authority that
// issued itself is a root, another one issues below a root, and one for time
// stamps is a time-stamp authority. It fails with a problem.Error where there is
// no root, where an issuing authority leads to none, and on anything else in the file.
func ParseAnchors(raw []byte) (*Anchors, error) {
	certificates, err := readAnchors(raw)
	if err != nil {
		return nil, err
	}
	a := &Anchors{rootPool: x509.NewCertPool(), issuingPool: x509.NewCertPool(), above: map[string][]*x509.Certificate{}}
	for _, c := range certificates {
		switch {
		case slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) && !c.IsCA:
			a.tsa = append(a.tsa, c)
		case c.IsCA && bytes.Equal(c.RawSubject, c.RawIssuer):
			a.roots = append(a.roots, c)
			a.rootPool.AddCert(c)
		case c.IsCA:
			a.issuing = append(a.issuing, c)
			a.issuingPool.AddCert(c)
		default:
			return nil, anchorProblem("problem.signature.anchors.person", "name", c.Subject.CommonName)
		}
	}
	if len(a.roots) == 0 {
		return nil, anchorProblem("problem.signature.anchors.root")
	}
	for _, c := range a.issuing {
		if !a.leads(c) {
			return nil, anchorProblem("problem.signature.anchors.path", "name", c.Subject.CommonName, "issuer", c.Issuer.CommonName)
		}
	}
	a.fingerprint = fingerprint(a.List())
	return a, nil
}

// leads reports whether an issuing authority leads to a root, when it came
// into force, and remembers the way where nothing on it narrows what is below.
func (a *Anchors) leads(c *x509.Certificate) bool {
	ways, err := c.Verify(x509.VerifyOptions{Roots: a.rootPool, Intermediates: a.intermediatesWith(nil), CurrentTime: c.NotBefore.Add(time.Hour),
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err != nil {
		return false
	}
	if i := slices.IndexFunc(ways, open); i >= 0 {
		a.above[string(c.Raw)] = ways[i]
	}
	return true
}

// open reports whether whatever the first of a way issues may go up the rest of it
// as the first does: by RFC 5280 no limit of names, purposes or length stands there.
func open(way []*x509.Certificate) bool {
	for i, x := range way[1:] {
		names := len(x.PermittedDNSDomains) + len(x.ExcludedDNSDomains) + len(x.PermittedIPRanges) + len(x.ExcludedIPRanges) +
			len(x.PermittedEmailAddresses) + len(x.ExcludedEmailAddresses) + len(x.PermittedURIDomains) + len(x.ExcludedURIDomains)
		if names+len(x.ExtKeyUsage)+len(x.UnknownExtKeyUsage) > 0 || x.MaxPathLen >= 0 && x.MaxPathLen < i+1 {
			return false
		}
	}
	return true
}

// readAnchors reads the certificates of a file, each once.
func readAnchors(raw []byte) (all []*x509.Certificate, err error) {
	if len(raw) > mostAnchorBytes {
		return nil, anchorProblem("problem.signature.anchors.large", "most", strconv.Itoa(mostAnchors))
	}
	ders, err := anchorValues(raw)
	if err != nil {
		return nil, anchorProblem("problem.signature.anchors.format")
	}
	if len(ders) > mostAnchors {
		return nil, anchorProblem("problem.signature.anchors.large", "most", strconv.Itoa(mostAnchors))
	}
	for i, der := range ders {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, anchorProblem("problem.signature.anchors.certificate", "number", strconv.Itoa(i+1))
		}
		if !slices.ContainsFunc(all, c.Equal) {
			all = append(all, c)
		}
	}
	return all, nil
}

func anchorValues(raw []byte) (ders [][]byte, err error) {
	if block, _ := pem.Decode(raw); block == nil {
		return bundled(raw)
	}
	for {
		var block *pem.Block
		if block, raw = pem.Decode(raw); block == nil {
			return ders, nil
		}
		if block.Type != "CERTIFICATE" {
			return nil, errors.New("PEM: not a certificate")
		}
		ders = append(ders, block.Bytes)
	}
}

// bundled are the certificates of a PKCS#7 file.
func bundled(raw []byte) ([][]byte, error) {
	der, err := oneDER(raw)
	if err != nil {
		return nil, err
	}
	var ci contentInfo
	if err := whole(der, &ci); err != nil || !ci.Type.Equal(oidSignedData) {
		return nil, errors.New("PKCS#7: no certificates")
	}
	var sd signedData
	if err := whole(ci.Content.Bytes, &sd); err != nil {
		return nil, err
	}
	return values(sd.Certificates.Bytes), nil
}

func anchorProblem(key string, args ...string) error {
	var l problem.List
	l.Add("certificates", key, args...)
	return l.Err()
}

func (a *Anchors) intermediatesWith(others []*x509.Certificate) *x509.CertPool {
	if len(others) == 0 {
		return a.issuingPool
	}
	pool := a.issuingPool.Clone()
	for _, c := range others {
		pool.AddCert(c)
	}
	return pool
}

// List shows the anchors: roots, issuing authorities, time-stamp authorities.
func (a *Anchors) List() (all []Anchor) {
	for _, g := range []struct {
		kind string
		of   []*x509.Certificate
	}{{"root", a.roots}, {"issuing", a.issuing}, {"tsa", a.tsa}} {
		for _, c := range g.of {
			sum := sha256.Sum256(c.Raw)
			all = append(all, Anchor{Name: c.Subject.CommonName, Issuer: c.Issuer.CommonName, Kind: g.kind,
				From: c.NotBefore, Until: c.NotAfter, Fingerprint: hex.EncodeToString(sum[:])})
		}
	}
	return all
}

// Fingerprint identifies the set of anchors, whatever their order.
func (a *Anchors) Fingerprint() string { return a.fingerprint }

func fingerprint(all []Anchor) string {
	var lines []string
	for _, c := range all {
		lines = append(lines, c.Fingerprint)
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, l := range lines {
		h.Write([]byte(l))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// PEM writes the anchors as ParseAnchors reads them.
func (a *Anchors) PEM() []byte {
	var out bytes.Buffer
	for _, c := range slices.Concat(a.roots, a.issuing, a.tsa) {
		_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}) // a buffer takes all
	}
	return out.Bytes()
}
