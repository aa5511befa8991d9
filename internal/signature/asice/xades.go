package asice

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"strings"
	"time"

	"padome/internal/signature"
)

const (
	dsNS       = "http://www.w3.org/2000/09/xmldsig#"
	xadesNS    = "http://uri.etsi.org/01903/v1.3.2#"
	xades141NS = "http://uri.etsi.org/01903/v1.4.1#"
	ofProps    = "http://uri.etsi.org/01903#SignedProperties"
)

// Bounds of one signature; real ones stay far below.
const (
	mostCertificates = 32
	mostStamps       = 8
	mostReplies      = 32
	mostReferences   = 16
)

// A xades is a signature whose parts have been found in their places and whose
// digests and value hold: what it covers, by which certificate, and what it
// carries as proof of time and of revocation.
type xades struct {
	at struct { // the parts, each in its only place
		signature, info, value, key, object, qualifying, properties, unsigned *element
	}
	cert    *x509.Certificate
	certs   []*x509.Certificate // all that the signature carries
	claimed time.Time
	signed  []*reference
}

// A part that is missing, twice or in a wrong place is refused by its name.
func misplaced(file, part string) error {
	return refuse("problem.xades.structure", "name", file, "part", shorten(part))
}

// readXAdES reads one ds:Signature of a container and checks everything that
// needs no trust: every part in its place, the document and SignedProperties
// covered by digests, the certificate named, the value right. file is the name
// of the signature file. With an error, what had been read is returned with it.
func readXAdES(s *element, c *container, file string) (*xades, error) {
	x := &xades{}
	for _, step := range []func() error{
		func() error { return x.place(s, file) },
		func() error { return x.readCertificates(file) },
		func() error { return x.readClaimed(file) },
		func() error { return x.checkReferences(c, file) },
		func() error { return x.checkValue(file) },
	} {
		if err := step(); err != nil {
			return x, err
		}
	}
	return x, nil
}

// place finds the parts by where they stand, never by an Id: ds:Signature has
// SignedInfo, SignatureValue, KeyInfo and Objects in this order, one of them
// with QualifyingProperties for this signature and SignedProperties first.
func (x *xades) place(s *element, file string) error {
	p := &x.at
	p.signature = s
	parts := s.children()
	for i, want := range []string{"SignedInfo", "SignatureValue", "KeyInfo"} {
		if i >= len(parts) || !parts[i].is(dsNS, want) {
			return misplaced(file, want)
		}
	}
	p.info, p.value, p.key = parts[0], parts[1], parts[2]
	for _, o := range parts[3:] {
		if !o.is(dsNS, "Object") {
			return misplaced(file, o.local)
		}
		inside := o.children()
		if len(inside) == 0 || !inside[0].is(xadesNS, "QualifyingProperties") {
			return misplaced(file, "Object") // something signed or not that nobody would look at
		}
		if len(inside) != 1 || p.qualifying != nil {
			return misplaced(file, "QualifyingProperties")
		}
		p.object, p.qualifying = o, inside[0]
	}
	if p.qualifying == nil || p.qualifying.attr("Target") != "#"+s.attr("Id") {
		return misplaced(file, "QualifyingProperties")
	}
	inside := p.qualifying.children()
	if len(inside) == 0 || len(inside) > 2 || !inside[0].is(xadesNS, "SignedProperties") || inside[0].attr("Id") == "" {
		return misplaced(file, "SignedProperties")
	}
	p.properties = inside[0]
	if len(inside) == 2 {
		if !inside[1].is(xadesNS, "UnsignedProperties") {
			return misplaced(file, inside[1].local)
		}
		p.unsigned = inside[1].one(xadesNS, "UnsignedSignatureProperties")
	}
	return nil
}

// readCertificates takes the certificates of KeyInfo and picks the one that
// SignedProperties name by digest; a key given without certificate says nothing.
func (x *xades) readCertificates(file string) error {
	for _, d := range x.at.key.all(dsNS, "X509Data") {
		for _, e := range d.all(dsNS, "X509Certificate") {
			c, err := x509.ParseCertificate(e.bytes())
			if err != nil || len(x.certs) == mostCertificates {
				return misplaced(file, "X509Certificate")
			}
			x.certs = append(x.certs, c)
		}
	}
	own := x.at.properties.one(xadesNS, "SignedSignatureProperties")
	digest, err := signerDigest(own, file)
	if err != nil {
		return err
	}
	h, err := digestOf(digest)
	if err != nil {
		return err
	}
	want := digest.one(dsNS, "DigestValue").bytes()
	for _, c := range x.certs {
		if bytes.Equal(signature.Sum(h, c.Raw), want) {
			x.cert = c
		}
	}
	if x.cert == nil {
		return refuse("problem.signature.certificate-other")
	}
	x.addCertificates(x.at.unsigned.one(xadesNS, "CertificateValues"))
	return nil
}

// addCertificates takes over those kept for later checks; what is none is left out.
func (x *xades) addCertificates(values *element) {
	if values == nil {
		return
	}
	for _, e := range values.all(xadesNS, "EncapsulatedX509Certificate") {
		if c, err := x509.ParseCertificate(e.bytes()); err == nil && len(x.certs) < mostCertificates {
			x.certs = append(x.certs, c)
		}
	}
}

// signerDigest is the digest of the signer's certificate: the first Cert of
// SigningCertificateV2, or of its older form; both at once could contradict.
func signerDigest(own *element, file string) (*element, error) {
	second, first := own.one(xadesNS, "SigningCertificateV2"), own.one(xadesNS, "SigningCertificate")
	named := second
	if named == nil {
		named = first
	}
	if named == nil || second != nil && first != nil || len(named.all(xadesNS, "Cert")) == 0 {
		return nil, misplaced(file, "SigningCertificate")
	}
	digest := named.all(xadesNS, "Cert")[0].one(xadesNS, "CertDigest")
	if digest == nil {
		return nil, misplaced(file, "CertDigest")
	}
	return digest, nil
}

// readClaimed takes the time of the signer's computer, if it is given.
func (x *xades) readClaimed(file string) error {
	e := x.at.properties.one(xadesNS, "SignedSignatureProperties", "SigningTime")
	if e == nil {
		return nil
	}
	t, err := time.Parse(time.RFC3339, e.text())
	if err != nil {
		return misplaced(file, "SigningTime")
	}
	x.claimed = t.UTC()
	return nil
}

// checkValue checks the signature value over SignedInfo in canonical form.
func (x *xades) checkValue(file string) error {
	way := x.at.info.one(dsNS, "CanonicalizationMethod")
	method := x.at.info.one(dsNS, "SignatureMethod")
	if way == nil || method == nil || x.at.value.bytes() == nil {
		return misplaced(file, "SignatureMethod")
	}
	scheme, h, err := schemeOf(method.attr("Algorithm"))
	if err != nil {
		return err
	}
	if len(method.children()) != 0 {
		return misplaced(file, "SignatureMethod")
	}
	signed, err := canonicalBy(way, x.at.info)
	if err != nil {
		return err
	}
	return scheme.Check(signature.KeyOf(x.cert), h, signed, x.at.value.bytes())
}

// canonicalBy writes an element in the way that a method element names; without
// one, in the way that holds by default.
func canonicalBy(method, e *element) ([]byte, error) {
	way, kept := inclusive10, []string(nil)
	if method != nil {
		way = method.attr("Algorithm")
		for _, c := range method.children() {
			list := strings.Fields(c.attr("PrefixList"))
			if way != exclusive10 || !c.is(exclusive10, "InclusiveNamespaces") || len(list) > mostAttrs || kept != nil {
				return nil, refuse("problem.xades.transform", "algorithm", shorten(c.local))
			}
			kept = list
		}
	}
	return canonical(e, way, kept)
}

// digestOf is the digest that an element's DigestMethod names: SHA-2 only.
func digestOf(e *element) (crypto.Hash, error) {
	name := ""
	if m := e.one(dsNS, "DigestMethod"); m != nil {
		name = m.attr("Algorithm")
	}
	switch name {
	case "http://www.w3.org/2001/04/xmlenc#sha256":
		return crypto.SHA256, nil
	case "http://www.w3.org/2001/04/xmldsig-more#sha384":
		return crypto.SHA384, nil
	case "http://www.w3.org/2001/04/xmlenc#sha512":
		return crypto.SHA512, nil
	}
	return 0, refuse("problem.signature.digest", "algorithm", algorithm(name))
}

// schemeOf is the scheme and digest of an XML signature algorithm: RSA and ECDSA with SHA-2 only.
func schemeOf(name string) (signature.Scheme, crypto.Hash, error) {
	const more, newer = "http://www.w3.org/2001/04/xmldsig-more#", "http://www.w3.org/2007/05/xmldsig-more#"
	for bits, h := range map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512} {
		switch name {
		case more + "rsa-sha" + bits:
			return signature.PKCS1, h, nil
		case newer + "sha" + bits + "-rsa-MGF1":
			return signature.PSS, h, nil
		case more + "ecdsa-sha" + bits:
			return signature.ECDSARaw, h, nil
		}
	}
	return 0, 0, refuse("problem.signature.algorithm", "algorithm", algorithm(name))
}

// algorithm is the part of an algorithm's address that people know it by.
func algorithm(address string) string {
	_, name, found := strings.Cut(address, "#")
	switch {
	case !found || name == "":
		return shorten(address)
	case name == "sha1":
		return "SHA-1"
	}
	return shorten(name)
}
