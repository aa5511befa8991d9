package signature

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/ocsp"
)

// standing is what revocation data says of a certificate.
type standing struct {
	known   bool // some answer is about this certificate, of its issuer, and late enough
	asOf    time.Time
	revoked time.Time // zero: not revoked
	before  time.Time // of the latest good answer that is too old to count; zero without one
}

// early is by how much an answer about a certificate may be older than the
// signature: signing tools that put it under the signature ask just before.
const early = 24 * time.Hour

// standingOf asks the revocation data that came with a signature. Answers about
// other certificates, by others than the issuer, or good ones from before the
// signature, prove nothing and are passed over. An answer that the certificate is unknown
// to its issuer is refused.
func standingOf(e Evidence, issuer *x509.Certificate, at time.Time) (s standing, err error) {
	delegates := sync.OnceValue(func() []*x509.Certificate { return delegatesOf(issuer, e.Others) })
	for _, raw := range e.OCSP {
		r, ok := openOCSP(raw, e.Certificate, issuer, delegates)
		if !ok || r.Status == ocsp.Good && s.tooOld(r.ThisUpdate, at) {
			continue
		}
		switch r.Status {
		case ocsp.Revoked:
			s.note(r.ThisUpdate, r.RevokedAt)
		case ocsp.Good:
			s.note(r.ThisUpdate, time.Time{})
		default:
			return s, Because("problem.signature.unknown-to-issuer", "name", e.Certificate.Subject.CommonName, "issuer", issuer.Subject.CommonName)
		}
	}
	for _, raw := range e.CRL {
		list, ok := openCRL(raw, issuer)
		if !ok {
			continue
		}
		revoked := revokedBy(list, e.Certificate)
		if revoked.IsZero() && s.tooOld(list.ThisUpdate, at) {
			continue
		}
		s.note(list.ThisUpdate, revoked)
	}
	return s, nil
}

// tooOld reports whether an answer that nothing is wrong came too early to say
// anything of the time, and notes it.
func (s *standing) tooOld(asOf, at time.Time) bool {
	old := asOf.Before(at.Add(-early))
	if old && asOf.After(s.before) {
		s.before = asOf
	}
	return old
}

// note takes an answer into account: any revocation counts, the first of them.
func (s *standing) note(asOf, revoked time.Time) {
	s.known = true
	if asOf.After(s.asOf) {
		s.asOf = asOf
	}
	if !revoked.IsZero() && (s.revoked.IsZero() || revoked.Before(s.revoked)) {
		s.revoked = revoked
	}
}

// openOCSP reads an OCSP response about a certificate. It counts when the
// issuer gave it, or somebody whom the issuer certified for just that; whose
// certificate stands in the response or among the others that came along.
func openOCSP(raw []byte, c, issuer *x509.Certificate, delegates func() []*x509.Certificate) (*ocsp.Response, bool) {
	if len(raw) > mostBytes {
		return nil, false
	}
	basic, err := wrapped(raw)
	if err != nil {
		return nil, false
	}
	r, err := ocsp.ParseResponseForCert(basic, c, issuer)
	if err != nil {
		r = byDelegate(basic, c, delegates())
	}
	if r == nil || weak(r.SignatureAlgorithm) {
		return nil, false
	}
	if by := r.Certificate; by != nil && !by.Equal(issuer) {
		delegated := slices.Contains(by.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning)
		inForce := !r.ProducedAt.Before(by.NotBefore) && !r.ProducedAt.After(by.NotAfter)
		if !delegated || !inForce || weak(by.SignatureAlgorithm) {
			return nil, false
		}
	}
	return r, true
}

// delegatesOf are those whom the issuer certified for answering. They are looked
// for once, however many answers came along.
func delegatesOf(issuer *x509.Certificate, others []*x509.Certificate) (all []*x509.Certificate) {
	for _, by := range others {
		if slices.Contains(by.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) && by.CheckSignatureFrom(issuer) == nil {
			all = append(all, by)
		}
	}
	return all
}

// byDelegate is a response without a certificate that a delegate of the issuer
// signed; nil where none did.
func byDelegate(basic []byte, c *x509.Certificate, delegates []*x509.Certificate) *ocsp.Response {
	r, err := ocsp.ParseResponseForCert(basic, c, nil)
	if err != nil || r.Certificate != nil {
		return nil
	}
	for _, by := range delegates {
		if r.CheckSignatureFrom(by) == nil {
			r.Certificate = by
			return r
		}
	}
	return nil
}

// wrapped is an OCSPResponse; a BasicOCSPResponse alone is put into one.
func wrapped(raw []byte) ([]byte, error) {
	var outer asn1.RawValue
	if err := whole(raw, &outer); err != nil {
		return nil, err
	}
	if outer.Tag != asn1.TagSequence || len(outer.Bytes) == 0 {
		return nil, errors.New("OCSP: not a response")
	}
	if outer.Bytes[0] == asn1.TagEnum {
		return raw, nil
	}
	idBasic := []byte{0x06, 0x09, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01}
	response := appendDER(nil, 0x30, append(bytes.Clone(idBasic), appendDER(nil, 0x04, raw)...))
	return appendDER(nil, 0x30, append([]byte{0x0a, 0x01, 0x00}, appendDER(nil, 0xa0, response)...)), nil
}

// openCRL reads a complete revocation list of the issuer's.
func openCRL(raw []byte, issuer *x509.Certificate) (*x509.RevocationList, bool) {
	if len(raw) > mostBytes {
		return nil, false
	}
	list, err := x509.ParseRevocationList(raw)
	if err != nil || weak(list.SignatureAlgorithm) || list.CheckSignatureFrom(issuer) != nil {
		return nil, false
	}
	for _, e := range list.Extensions {
		if e.Critical { // a list of some certificates only, or of changes
			return nil, false
		}
	}
	return list, true
}

func revokedBy(list *x509.RevocationList, c *x509.Certificate) time.Time {
	for _, e := range list.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(c.SerialNumber) == 0 {
			return e.RevocationTime
		}
	}
	return time.Time{}
}

// weak reports whether an algorithm uses a digest that is not accepted.
func weak(a x509.SignatureAlgorithm) bool {
	switch a {
	case x509.SHA256WithRSA, x509.SHA384WithRSA, x509.SHA512WithRSA,
		x509.SHA256WithRSAPSS, x509.SHA384WithRSAPSS, x509.SHA512WithRSAPSS,
		x509.ECDSAWithSHA256, x509.ECDSAWithSHA384, x509.ECDSAWithSHA512:
		return false
	}
	return true
}
