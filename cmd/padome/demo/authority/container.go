package authority

import (
	"crypto"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"net/url"
	"strings"
	"time"

	"padome/internal/signature"
	"padome/internal/signature/asice"
)

const (
	ds        = ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#"`
	xades     = ` xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"`
	exclusive = `Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"`
	hashed    = `Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"`
	signed    = `Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"`
)

// Container is a document that somebody signs at a time, with a time stamp and the
// issuer's answer that the certificate is not revoked: ASiC-E with XAdES B-LT. The
// parts that are digested are written in the canonical form that they name.
func (a *Authority) Container(name string, document []byte, by Signer, at time.Time) ([]byte, error) {
	digest := func(b []byte) string { return encoded(signature.Sum(crypto.SHA256, b)) }
	properties := `<xades:SignedProperties` + xades + ` Id="P"><xades:SignedSignatureProperties><xades:SigningTime>` + at.UTC().Format(time.RFC3339) +
		`</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod` + ds + ` ` + hashed + `></ds:DigestMethod><ds:DigestValue` + ds + `>` +
		digest(by.certificate.Raw) + `</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>`
	of := func(address, transforms, digest string) string {
		return `<ds:Reference ` + address + `>` + transforms + `<ds:DigestMethod ` + hashed + `></ds:DigestMethod><ds:DigestValue>` + digest + `</ds:DigestValue></ds:Reference>`
	}
	info := `<ds:SignedInfo` + ds + `><ds:CanonicalizationMethod ` + exclusive + `></ds:CanonicalizationMethod><ds:SignatureMethod ` + signed + `></ds:SignatureMethod>` +
		of(`URI="`+(&url.URL{Path: name}).EscapedPath()+`"`, "", digest(document)) +
		of(`Type="http://uri.etsi.org/01903#SignedProperties" URI="#P"`, `<ds:Transforms><ds:Transform `+exclusive+`></ds:Transform></ds:Transforms>`, digest([]byte(properties))) +
		`</ds:SignedInfo>`
	raw, err := by.sign([]byte(info))
	if err != nil {
		return nil, err
	}
	value := `<ds:SignatureValue` + ds + ` Id="V">` + encoded(raw) + `</ds:SignatureValue>`
	token, err := a.stamp([]byte(value), at)
	if err != nil {
		return nil, err
	}
	answer, err := a.answer(by.certificate, at)
	if err != nil {
		return nil, err
	}
	file := strings.Join([]string{
		`<?xml version="1.0" encoding="UTF-8"?>`, "\n",
		`<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"><ds:Signature`, ds, ` Id="S">`, info, value,
		`<ds:KeyInfo><ds:X509Data><ds:X509Certificate>`, encoded(by.certificate.Raw), `</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
		`<ds:Object><xades:QualifyingProperties`, xades, ` Target="#S">`, properties, `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>`,
		`<xades:SignatureTimeStamp><ds:CanonicalizationMethod `, exclusive, `></ds:CanonicalizationMethod><xades:EncapsulatedTimeStamp>`, encoded(token),
		`</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>`,
		`<xades:RevocationValues><xades:OCSPValues><xades:EncapsulatedOCSPValue>`, encoded(answer), `</xades:EncapsulatedOCSPValue></xades:OCSPValues></xades:RevocationValues>`,
		`</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>`,
	}, "")
	return asice.Pack(name, document, []byte(file)), nil
}

// sign signs as XML signatures with ECDSA do: r and s side by side.
func (s Signer) sign(over []byte) ([]byte, error) {
	der, err := s.key.Sign(nil, signature.Sum(crypto.SHA256, over), crypto.SHA256)
	if err != nil {
		return nil, err
	}
	var pair struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &pair); err != nil {
		return nil, err
	}
	out := make([]byte, 64)
	pair.R.FillBytes(out[:32])
	pair.S.FillBytes(out[32:])
	return out, nil
}

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
