// Package authority makes up, for the demonstration, what people sign with
// electronically: an authority that issues certificates, another that gives time
// stamps, answers about revocation, and containers signed with them. Its keys come
// of the demonstration's own chance and are stored nowhere; the same chance gives
// the same signatures, and so they prove nothing to anybody.
package authority

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"time"
)

// inForce is how long the certificates are, from when the authority is made.
const inForce = 10 * 365 * 24 * time.Hour

// Authority is a trust scheme that exists only here.
type Authority struct {
	from                  time.Time
	chance                func(what string, n int) []byte
	root, issuing, stamps holder
	serial                int64
}

// Signer is somebody with a certificate and its key.
type Signer struct{ holder }

type holder struct {
	certificate *x509.Certificate
	key         key
}

// key signs without chance (RFC 6979).
type key struct{ *ecdsa.PrivateKey }

// Sign signs a digest.
func (k key) Sign(_ io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	return k.PrivateKey.Sign(nil, digest, o)
}

// New makes an authority of a name, whose certificates are in force from a time.
// Its keys are what chance gives for their names.
func New(name string, from time.Time, chance func(what string, n int) []byte) (a *Authority, err error) {
	a = &Authority{from: from.UTC(), chance: chance}
	ca := func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign|x509.KeyUsageDigitalSignature
	}
	if a.root, err = a.issue(nil, pkix.Name{CommonName: name + " Root"}, ca); err != nil {
		return nil, err
	}
	if a.issuing, err = a.issue(&a.root, pkix.Name{CommonName: name}, ca); err != nil {
		return nil, err
	}
	a.stamps, err = a.issue(&a.root, pkix.Name{CommonName: name + " TSA"}, stamping)
	return a, err
}

// stamping makes a certificate one for time stamps and nothing else (RFC 3161, 2.3).
func stamping(c *x509.Certificate) {
	c.KeyUsage = x509.KeyUsageDigitalSignature
	c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true,
		Value: []byte{0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08}}}
}

// Person gets a certificate for signing, with the serial number of the subject
// such as PNOLV-010190-12345. It does not say that it is qualified.
func (a *Authority) Person(name, serial string) (Signer, error) {
	h, err := a.issue(&a.issuing, pkix.Name{Country: []string{"LV"}, CommonName: name, SerialNumber: serial},
		func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageContentCommitment })
	return Signer{h}, err
}

func (a *Authority) issue(by *holder, subject pkix.Name, change func(*x509.Certificate)) (holder, error) {
	made, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), a.chance("key of "+subject.CommonName, 32))
	if err != nil {
		return holder{}, err
	}
	own := key{made}
	a.serial++
	c := &x509.Certificate{SerialNumber: big.NewInt(a.serial), NotBefore: a.from, NotAfter: a.from.Add(inForce), Subject: subject}
	change(c)
	parent, with := c, own
	if by != nil {
		parent, with = by.certificate, by.key
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, parent, own.Public(), with)
	if err == nil {
		c, err = x509.ParseCertificate(raw)
	}
	if err != nil {
		return holder{}, fmt.Errorf("a certificate of %s: %w", subject.CommonName, err)
	}
	return holder{c, own}, nil
}

// PEM are the certificates to be trusted, as an administrator gives them.
func (a *Authority) PEM() (out []byte) {
	for _, h := range []holder{a.root, a.issuing, a.stamps} {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.certificate.Raw})...)
	}
	return out
}
