// Package signtest makes up a national trust scheme for tests: an authority
// that issues certificates to people, another that gives time stamps, answers
// about revocation, and the signatures of made-up people. Keys and certificates
// come out the same every time.
package signtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"sync"
	"time"

	"golang.org/x/crypto/ocsp"

	"padome/internal/signature"
)

// From and Until are when all certificates here are in force.
var (
	From  = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	Until = time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Holder has a certificate and its key.
type Holder struct {
	Certificate *x509.Certificate
	Key         crypto.Signer
}

// World is one trust scheme. Two with different names do not trust each other.
type World struct {
	Name                          string
	Root, Issuing, TSA, Responder Holder
	serial                        int64
}

// New makes a trust scheme of a name.
func New(name string) *World {
	w := &World{Name: name}
	ca := func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid = true, true
		c.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	}
	w.Root = w.issue(Holder{}, name+" Root CA", elliptic.P521(), ca)
	w.Issuing = w.issue(w.Root, name+" ICA", elliptic.P384(), ca)
	w.TSA = w.issue(w.Root, name+" TSA", elliptic.P256(), Stamping)
	w.Responder = w.issue(w.Issuing, name+" OCSP", elliptic.P256(), func(c *x509.Certificate) {
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
	})
	return w
}

// Stamping makes a certificate one of a time-stamp authority.
func Stamping(c *x509.Certificate) {
	c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment, nil
	value, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	must(err)
	c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: value}}
}

// Anchors trust this world: its root, its issuing authority and its time stamps.
func (w *World) Anchors() *signature.Anchors {
	a, err := signature.ParseAnchors(w.PEM())
	must(err)
	return a
}

// PEM is the file of the Anchors.
func (w *World) PEM() (out []byte) {
	for _, h := range []Holder{w.Root, w.Issuing, w.TSA} {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.Certificate.Raw})...)
	}
	return out
}

// Person gets a qualified certificate for signing, with the serial number of
// the subject such as PNOLV-010190-12345. Changes are made to the certificate
// before it is issued.
func (w *World) Person(name, serial string, changes ...func(*x509.Certificate)) Holder {
	return w.PersonOn(elliptic.P256(), name, serial, changes...)
}

// PersonOn is a Person with a key on another curve.
func (w *World) PersonOn(curve elliptic.Curve, name, serial string, changes ...func(*x509.Certificate)) Holder {
	return w.issue(w.Issuing, name, curve, person(serial, changes)...)
}

// PersonRSA is a Person with an RSA key of 2048 bits.
func (w *World) PersonRSA(name, serial string, changes ...func(*x509.Certificate)) Holder {
	return w.issueFor(w.Issuing, name, rsaKey(), person(serial, changes)...)
}

func person(serial string, changes []func(*x509.Certificate)) []func(*x509.Certificate) {
	return append([]func(*x509.Certificate){func(c *x509.Certificate) {
		c.Subject.SerialNumber = serial
		c.KeyUsage = x509.KeyUsageContentCommitment
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}, Value: sequence(
			sequence(object(0, 4, 0, 1862, 1, 1)), sequence(object(0, 4, 0, 1862, 1, 4)))}}
	}}, changes...)
}

// Issue gives a certificate of any kind.
func (w *World) Issue(by Holder, name string, changes ...func(*x509.Certificate)) Holder {
	return w.issue(by, name, elliptic.P256(), changes...)
}

func (w *World) issue(by Holder, name string, curve elliptic.Curve, changes ...func(*x509.Certificate)) Holder {
	return w.issueFor(by, name, key(curve, w.Name+"/"+name), changes...)
}

func (w *World) issueFor(by Holder, name string, own crypto.Signer, changes ...func(*x509.Certificate)) Holder {
	w.serial++
	t := &x509.Certificate{SerialNumber: big.NewInt(1000 + w.serial), NotBefore: From, NotAfter: Until,
		Subject: pkix.Name{Country: []string{"LV"}, CommonName: name}}
	for _, change := range changes {
		change(t)
	}
	parent, with := by.Certificate, by.Key
	if parent == nil {
		parent, with = t, own
	}
	raw, err := x509.CreateCertificate(rand.Reader, t, parent, own.Public(), steady{with})
	must(err)
	c, err := x509.ParseCertificate(raw)
	must(err)
	return Holder{c, own}
}

// OCSP is what the responder answers about a certificate at a time: ocsp.Good,
// ocsp.Unknown, or ocsp.Revoked since revoked.
func (w *World) OCSP(about Holder, status int, at, revoked time.Time) []byte {
	return w.OCSPBy(w.Responder, about, status, at, revoked)
}

// OCSPBy is OCSP by somebody else, who may not be entitled to answer.
func (w *World) OCSPBy(by, about Holder, status int, at, revoked time.Time) []byte {
	t := ocsp.Response{Status: status, SerialNumber: about.Certificate.SerialNumber, ThisUpdate: at, NextUpdate: at.Add(24 * time.Hour),
		RevokedAt: revoked, IssuerHash: crypto.SHA256}
	if by.Certificate != w.Issuing.Certificate {
		t.Certificate = by.Certificate
	}
	raw, err := ocsp.CreateResponse(w.Issuing.Certificate, by.Certificate, t, by.Key)
	must(err)
	return raw
}

// CRL is the issuing authority's revocation list of a time, with these
// certificates revoked since revoked.
func (w *World) CRL(at, revoked time.Time, whose ...Holder) []byte {
	list := &x509.RevocationList{Number: big.NewInt(at.Unix()), ThisUpdate: at, NextUpdate: at.Add(24 * time.Hour)}
	for _, h := range whose {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: h.Certificate.SerialNumber, RevocationTime: revoked})
	}
	raw, err := x509.CreateRevocationList(rand.Reader, list, w.Issuing.Certificate, w.Issuing.Key)
	must(err)
	return raw
}

// key is the key that a label always has.
func key(curve elliptic.Curve, label string) crypto.Signer {
	size := (curve.Params().N.BitLen() + 7) / 8
	for n := byte(0); ; n++ {
		var raw []byte
		for i := byte(0); len(raw) < size; i++ {
			sum := sha256.Sum256(append([]byte(label), n, i))
			raw = append(raw, sum[:]...)
		}
		raw = raw[:size]
		if extra := size*8 - curve.Params().N.BitLen(); extra > 0 {
			raw[0] >>= extra
		}
		if k, err := ecdsa.ParseRawPrivateKey(curve, raw); err == nil {
			return k
		}
	}
}

var rsaKey = sync.OnceValue(func() crypto.Signer {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	return k
})

// steady signs without chance where the key can (RFC 6979).
type steady struct{ crypto.Signer }

func (s steady) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	return signSteady(s.Signer, digest, o)
}

func signSteady(k crypto.Signer, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	if _, ok := k.(*ecdsa.PrivateKey); ok {
		return k.Sign(nil, digest, o)
	}
	return k.Sign(rand.Reader, digest, o)
}

func must(err error) {
	if err != nil {
		panic("signtest: " + err.Error())
	}
}
