package authority

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"

	"padome/internal/signature"
)

// answerInForce is for how long an answer on a certificate holds.
const answerInForce = 24 * time.Hour

var (
	oidBasicAnswer = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	issuerDigest   = pkix.AlgorithmIdentifier{Algorithm: withSHA256.Algorithm, Parameters: asn1.NullRawValue}
)

// The structures of an answer on a certificate (RFC 6960, 4.2.1). They are ours
// because golang.org/x/crypto/ocsp writes the time of the machine into each.
type (
	answered struct {
		Status asn1.Enumerated // 0: successful
		Answer struct {
			Type  asn1.ObjectIdentifier
			Value []byte
		} `asn1:"explicit,tag:0"`
	}
	basicAnswer struct {
		Data      asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}
	answerData struct {
		By         asn1.RawValue
		ProducedAt time.Time `asn1:"generalized"`
		Answers    []singleAnswer
	}
	singleAnswer struct {
		About      aboutCertificate
		Good       asn1.Flag `asn1:"tag:0"`
		ThisUpdate time.Time `asn1:"generalized"`
		NextUpdate time.Time `asn1:"generalized,explicit,tag:0"`
	}
	aboutCertificate struct {
		Digest    pkix.AlgorithmIdentifier
		Name, Key []byte // digests of the issuer's
		Serial    *big.Int
	}
)

// answer is the issuer's that a certificate is not revoked at a time.
func (a *Authority) answer(about *x509.Certificate, at time.Time) ([]byte, error) {
	at = at.UTC().Truncate(time.Second)
	by := a.issuing
	of, err := aboutOf(by.certificate, about)
	if err != nil {
		return nil, err
	}
	data, err := asn1.Marshal(answerData{
		By:         asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 1, IsCompound: true, Bytes: by.certificate.RawSubject},
		ProducedAt: at,
		Answers:    []singleAnswer{{About: of, Good: true, ThisUpdate: at, NextUpdate: at.Add(answerInForce)}},
	})
	if err != nil {
		return nil, err
	}
	value, err := by.key.Sign(nil, signature.Sum(crypto.SHA256, data), crypto.SHA256)
	if err != nil {
		return nil, err
	}
	var out answered
	out.Answer.Type = oidBasicAnswer
	if out.Answer.Value, err = asn1.Marshal(basicAnswer{asn1.RawValue{FullBytes: data}, ecdsaSHA256,
		asn1.BitString{Bytes: value, BitLength: 8 * len(value)}}); err != nil {
		return nil, err
	}
	return asn1.Marshal(out)
}

// aboutOf names a certificate by its issuer and number.
func aboutOf(issuer, c *x509.Certificate) (aboutCertificate, error) {
	var key struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	_, err := asn1.Unmarshal(issuer.RawSubjectPublicKeyInfo, &key)
	return aboutCertificate{issuerDigest, signature.Sum(crypto.SHA256, issuer.RawSubject),
		signature.Sum(crypto.SHA256, key.Key.RightAlign()), c.SerialNumber}, err
}
