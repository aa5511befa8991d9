package asice

import (
	"crypto/x509"
	"slices"
	"strings"

	"padome/internal/signature"
)

// evidence is what the signature carries to prove who, when and not revoked,
// and the later time stamps that guard all of it (XAdES 1.4.1 ArchiveTimeStamp).
func (x *xades) evidence(file string) (e signature.Evidence, later []signature.StampedValue, err error) {
	e = signature.Evidence{Certificate: x.cert, Claimed: x.claimed, Marked: x.marked(),
		Others: slices.DeleteFunc(slices.Clone(x.certs), func(c *x509.Certificate) bool { return c == x.cert })}
	if x.at.unsigned == nil {
		return e, nil, nil
	}
	before := 0
	for i, p := range x.at.unsigned.children() {
		switch {
		case p.is(xadesNS, "SignatureTimeStamp"):
			over := func(way *element) ([]byte, error) { return canonicalBy(way, x.at.value) }
			if e.Stamps, err = x.addStamps(e.Stamps, p, over, file); err != nil {
				return e, nil, err
			}
		case p.is(xades141NS, "ArchiveTimeStamp"):
			before = i
			over := func(way *element) ([]byte, error) { return x.archived(way, before) }
			if later, err = x.addStamps(later, p, over, file); err != nil {
				return e, nil, err
			}
		case p.is(xadesNS, "RevocationValues"):
			if err := addRevocation(&e, p, file); err != nil {
				return e, nil, err
			}
		case p.is(xades141NS, "TimeStampValidationData"):
			if r := p.one(xadesNS, "RevocationValues"); r != nil {
				if err := addRevocation(&e, r, file); err != nil {
					return e, nil, err
				}
			}
		}
	}
	return e, later, nil
}

// marked reports whether the signature is by the policy of time marks (BDOC 2.1,
// 6.1): the answer about the certificate, asked for with the digest of the signature
// value, then stands for the time stamp.
func (x *xades) marked() bool {
	id := x.at.properties.one(xadesNS, "SignedSignatureProperties", "SignaturePolicyIdentifier", "SignaturePolicyId", "SigPolicyId", "Identifier")
	return strings.HasPrefix(id.text(), "urn:oid:1.3.6.1.4.1.10015.1000.3.2.")
}

// addStamps adds the tokens of a time-stamp property. One that says by Include
// what it is over is refused: what its kind is over is settled. One that names no
// canonical form is over the default one, or over that of SignedInfo, as the
// Estonian libraries write it.
func (x *xades) addStamps(all []signature.StampedValue, p *element, over func(way *element) ([]byte, error), file string) ([]signature.StampedValue, error) {
	tokens := p.all(xadesNS, "EncapsulatedTimeStamp")
	if len(tokens) == 0 || len(all)+len(tokens) > mostStamps || len(p.all(xadesNS, "Include"))+len(p.all(dsNS, "Include")) > 0 {
		return nil, misplaced(file, p.local)
	}
	way := p.one(dsNS, "CanonicalizationMethod")
	octets, err := over(way)
	if err != nil {
		return nil, err
	}
	var or []byte
	if way == nil {
		if or, err = over(x.at.info.one(dsNS, "CanonicalizationMethod")); err != nil {
			return nil, err
		}
	}
	for _, t := range tokens {
		token := t.bytes()
		if token == nil {
			return nil, misplaced(file, "EncapsulatedTimeStamp")
		}
		all = append(all, signature.StampedValue{Token: token, Over: octets, Or: or})
	}
	return all, nil
}

// addRevocation adds OCSP responses and revocation lists.
func addRevocation(e *signature.Evidence, p *element, file string) error {
	for _, kind := range []struct {
		list, value string
		to          *[][]byte
	}{{"OCSPValues", "EncapsulatedOCSPValue", &e.OCSP}, {"CRLValues", "EncapsulatedCRLValue", &e.CRL}} {
		list := p.one(xadesNS, kind.list)
		if list == nil {
			continue
		}
		for _, v := range list.all(xadesNS, kind.value) {
			if len(*kind.to) == mostReplies {
				return misplaced(file, kind.list)
			}
			*kind.to = append(*kind.to, v.bytes())
		}
	}
	return nil
}

// archived is what an ArchiveTimeStamp is over (ETSI EN 319 132-1, 5.5.2.2): all
// that the signature covers, in its order; SignedInfo, its value and KeyInfo;
// the unsigned properties before the time stamp. There are no other Objects.
func (x *xades) archived(way *element, before int) ([]byte, error) {
	var all []byte
	for _, r := range x.signed {
		all = append(all, r.octets...)
	}
	parts := append([]*element{x.at.info, x.at.value, x.at.key}, x.at.unsigned.children()[:before]...)
	for _, p := range parts {
		b, err := canonicalBy(way, p)
		if err != nil {
			return nil, err
		}
		all = append(all, b...)
	}
	return all, nil
}
