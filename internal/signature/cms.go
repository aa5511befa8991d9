package signature

import (
	"bytes"
	"crypto"
	"crypto/subtle"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"time"
)

// The structures of CMS (RFC 5652) as far as they are read.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version int
		Digests asn1.RawValue
		Content struct {
			Type  asn1.ObjectIdentifier
			Value asn1.RawValue `asn1:"optional,explicit,tag:0"`
		}
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		CRLs         asn1.RawValue `asn1:"optional,tag:1"`
		Signers      []signerInfo  `asn1:"set"`
	}
	signerInfo struct {
		Version   int
		Signer    asn1.RawValue
		Digest    pkix.AlgorithmIdentifier
		Signed    asn1.RawValue `asn1:"optional,tag:0"`
		Algorithm pkix.AlgorithmIdentifier
		Value     []byte
		Unsigned  asn1.RawValue `asn1:"optional,tag:1"`
	}
)

var (
	oidSignedData  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidData        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidStampInfo   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningTime = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	oidCertificate = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // signing-certificate-v2, RFC 5035
	oidStampToken  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	oidRevocation  = asn1.ObjectIdentifier{1, 2, 840, 113583, 1, 1, 8} // revocationInfoArchival, ISO 32000-1
)

// OpenCMS checks a CMS signature of one signer over a document that lies
// outside it, given in parts, and returns what the signature carries. Zero
// bytes after it are padding. It does not ask who the signer is: Check.Assess does.
func OpenCMS(raw []byte, document ...[]byte) (Evidence, error) {
	der, rest, err := toDER(raw)
	if err != nil {
		return Evidence{}, err
	}
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return Evidence{}, errors.New("CMS: something follows")
	}
	c, err := openSigned(der, oidData, document)
	if err != nil {
		return Evidence{}, err
	}
	if !c.named {
		return Evidence{}, Because("problem.signature.certificate-unnamed")
	}
	return c.Evidence, nil
}

// opened is a CMS SignedData whose value has been checked.
type opened struct {
	Evidence
	content []byte // that lies inside
	named   bool   // the signature names its certificate
}

// openSigned checks SignedData with one signer over a document, or over what
// lies inside it where document is nil.
func openSigned(der []byte, contentType asn1.ObjectIdentifier, document [][]byte) (c opened, err error) {
	sd, err := readSigned(der)
	if err != nil {
		return c, err
	}
	inside := sd.Content.Value.Bytes
	switch {
	case !sd.Content.Type.Equal(contentType):
		return c, errors.New("CMS: another type of content")
	case document != nil && len(inside) > 0:
		return c, errors.New("CMS: content inside a detached signature")
	case document == nil:
		if err := whole(inside, &c.content); err != nil {
			return c, err
		}
		document = [][]byte{c.content}
	}
	certificates, err := readCertificates(sd.Certificates.Bytes)
	if err != nil {
		return c, err
	}
	signer := sd.Signers[0]
	if c.Certificate, c.Others, err = signer.certificate(certificates); err != nil {
		return c, err
	}
	c.CRL = append(c.CRL, values(sd.CRLs.Bytes)...)
	return c, c.open(signer, contentType, document)
}

// open checks what one signer signed: the attributes, which hold the digest of
// the document.
func (c *opened) open(s signerInfo, contentType asn1.ObjectIdentifier, document [][]byte) error {
	h, err := digestOf(s.Digest.Algorithm)
	if err != nil {
		return err
	}
	signed, err := readAttributes(s.Signed.Bytes)
	if err != nil {
		return err
	}
	if err := signed.checkContent(contentType, h, document); err != nil {
		return err
	}
	if c.named, err = signed.checkCertificate(c.Certificate); err != nil {
		return err
	}
	scheme, err := schemeOf(s.Algorithm, h)
	if err != nil {
		return err
	}
	const set = 0x31 // the attributes are signed as a SET, whatever tag they stand under
	over := append([]byte{set}, s.Signed.FullBytes[1:]...)
	if err := scheme.Check(KeyOf(c.Certificate), h, over, s.Value); err != nil {
		return err
	}
	return c.carry(s, signed)
}

// carry takes over what comes with a signature whose value is right.
func (c *opened) carry(s signerInfo, signed attributes) error {
	if v, ok := signed[oidSigningTime.String()]; ok {
		var at time.Time
		if err := whole(v.Bytes, &at); err != nil {
			return err
		}
		c.Claimed = at.UTC()
	}
	if v, ok := signed[oidRevocation.String()]; ok {
		if err := c.readRevocation(v.Bytes); err != nil {
			return err
		}
	}
	unsigned, err := readAttributes(s.Unsigned.Bytes)
	if err != nil {
		return err
	}
	for _, token := range values(unsigned[oidStampToken.String()].Bytes) {
		c.Stamps = append(c.Stamps, StampedValue{Token: token, Over: s.Value})
	}
	return nil
}

// readRevocation reads the CRLs and OCSP responses that a PDF signature holds.
func (c *opened) readRevocation(raw []byte) error {
	var all asn1.RawValue
	if err := whole(raw, &all); err != nil {
		return err
	}
	for _, list := range rawValues(all.Bytes) {
		var inner asn1.RawValue
		if err := whole(list.Bytes, &inner); err != nil {
			return err
		}
		switch list.Tag {
		case 0:
			c.CRL = append(c.CRL, values(inner.Bytes)...)
		case 1:
			c.OCSP = append(c.OCSP, values(inner.Bytes)...)
		}
	}
	return nil
}

func readSigned(der []byte) (sd signedData, err error) {
	var ci contentInfo
	if err := whole(der, &ci); err != nil {
		return sd, err
	}
	if !ci.Type.Equal(oidSignedData) {
		return sd, errors.New("CMS: not a signature")
	}
	if err := whole(ci.Content.Bytes, &sd); err != nil {
		return sd, err
	}
	if len(sd.Signers) != 1 {
		return sd, Because("problem.signature.several")
	}
	return sd, nil
}

// whole reads one value that nothing may follow.
func whole(der []byte, into any) error {
	rest, err := asn1.Unmarshal(der, into)
	if err == nil && len(rest) > 0 {
		return errors.New("ASN.1: something follows")
	}
	return err
}

// rawValues are values one after another, up to the first that cannot be read.
func rawValues(der []byte) (all []asn1.RawValue) {
	for len(der) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(der, &v)
		if err != nil {
			return all
		}
		all, der = append(all, v), rest
	}
	return all
}

func values(der []byte) (all [][]byte) {
	for _, v := range rawValues(der) {
		all = append(all, v.FullBytes)
	}
	return all
}

// mostCertificates is how many certificates one signature may bring along.
const mostCertificates = 64

func readCertificates(der []byte) (all []*x509.Certificate, err error) {
	for _, raw := range values(der) {
		if len(all) == mostCertificates {
			return nil, errors.New("CMS: too many certificates")
		}
		if c, err := x509.ParseCertificate(raw); err == nil { // attribute certificates stand here too
			all = append(all, c)
		}
	}
	return all, nil
}

// certificate is the signer's among those that came along, and the others.
func (s signerInfo) certificate(all []*x509.Certificate) (own *x509.Certificate, others []*x509.Certificate, err error) {
	var by struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	byKey := s.Signer.Class == asn1.ClassContextSpecific
	if !byKey {
		if err := whole(s.Signer.FullBytes, &by); err != nil {
			return nil, nil, err
		}
	}
	for _, c := range all {
		is := byKey && len(c.SubjectKeyId) > 0 && bytes.Equal(c.SubjectKeyId, s.Signer.Bytes) ||
			!byKey && bytes.Equal(c.RawIssuer, by.Issuer.FullBytes) && c.SerialNumber.Cmp(by.Serial) == 0
		if is && own == nil {
			own = c
		} else {
			others = append(others, c)
		}
	}
	if own == nil {
		return nil, nil, Because("problem.signature.certificate-missing")
	}
	return own, others, nil
}

// attributes are the attributes of a signer by their object identifiers, each
// with the content of its set of values.
type attributes map[string]asn1.RawValue

func readAttributes(der []byte) (attributes, error) {
	all := attributes{}
	for len(der) > 0 {
		var a struct {
			Type   asn1.ObjectIdentifier
			Values asn1.RawValue
		}
		var err error
		if der, err = asn1.Unmarshal(der, &a); err != nil {
			return nil, err
		}
		if _, twice := all[a.Type.String()]; twice {
			return nil, errors.New("CMS: an attribute twice")
		}
		all[a.Type.String()] = a.Values
	}
	return all, nil
}

// checkContent holds the signed attributes to the document and its type.
func (a attributes) checkContent(contentType asn1.ObjectIdentifier, h crypto.Hash, document [][]byte) error {
	var is asn1.ObjectIdentifier
	if err := whole(a[oidContentType.String()].Bytes, &is); err != nil {
		return err
	}
	if !is.Equal(contentType) {
		return errors.New("CMS: another type of content is signed")
	}
	var digest []byte
	if err := whole(a[oidDigest.String()].Bytes, &digest); err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(digest, Sum(h, document...)) != 1 {
		return Because("problem.signature.content")
	}
	return nil
}

// checkCertificate reports whether the signed attributes name a certificate;
// one that is not the signer's is refused.
func (a attributes) checkCertificate(c *x509.Certificate) (named bool, err error) {
	v, ok := a[oidCertificate.String()]
	if !ok {
		return false, nil
	}
	var list struct{ Certificates []asn1.RawValue }
	if err := whole(v.Bytes, &list); err != nil {
		return false, err
	}
	if len(list.Certificates) == 0 {
		return false, errors.New("CMS: no certificate is named")
	}
	parts := rawValues(list.Certificates[0].Bytes)
	h := crypto.SHA256 // where the algorithm is left out
	if len(parts) > 0 && parts[0].Tag == asn1.TagSequence {
		var alg pkix.AlgorithmIdentifier
		if err := whole(parts[0].FullBytes, &alg); err != nil {
			return false, err
		}
		if h, err = digestOf(alg.Algorithm); err != nil {
			return false, err
		}
		parts = parts[1:]
	}
	if len(parts) == 0 || !bytes.Equal(parts[0].Bytes, Sum(h, c.Raw)) {
		return false, Because("problem.signature.certificate-other")
	}
	return true, nil
}

// Certificates are those of DER values that can be read.
func Certificates(ders [][]byte) (all []*x509.Certificate) {
	for _, raw := range ders {
		if c, err := x509.ParseCertificate(raw); err == nil {
			all = append(all, c)
		}
	}
	return all
}
