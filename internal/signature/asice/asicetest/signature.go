// Package asicetest makes signed containers for tests: XAdES signatures written
// as text, apart from the reader, whose canonical forms are known without
// canonicalizing. xmlsec1 reads them too.
package asicetest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"time"
)

// The ways of canonicalization.
const (
	Inclusive10 = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	Inclusive11 = "http://www.w3.org/2006/12/xml-c14n11"
	Exclusive   = "http://www.w3.org/2001/10/xml-exc-c14n#"
)

const (
	asicNS  = "http://uri.etsi.org/02918/v1.2.1#"
	dsNS    = "http://www.w3.org/2000/09/xmldsig#"
	xadesNS = "http://uri.etsi.org/01903/v1.3.2#"
	laterNS = "http://uri.etsi.org/01903/v1.4.1#"
)

// A File is a file of a container.
type File struct {
	Name  string
	Bytes []byte
}

// A Signature is how one signature is to be made. Zero values are the usual:
// C14N 1.1, SHA-256, SigningCertificateV2.
type Signature struct {
	ID          string // "S0" where empty
	Key         crypto.Signer
	Certificate *x509.Certificate
	Others      []*x509.Certificate // in KeyInfo, after the signer's
	At          time.Time           // claimed
	Way         string
	Digest      crypto.Hash
	PSS         bool
	FirstForm   bool                         // SigningCertificate instead of SigningCertificateV2
	Stamp       func(over []byte) []byte     // makes a time-stamp token
	Later       func(over []byte) []byte     // the same, for an ArchiveTimeStamp
	OCSP        [][]byte                     // RevocationValues
	Values      []*x509.Certificate          // CertificateValues
	Transform   string                       // XML put into the document's Reference
	Named       *x509.Certificate            // what SignedProperties name; the signer's where nil
	Edit        func(p *Parts)               // changes what is signed, before it is signed
	Spoil       func(document string) string // changes the file after signing
}

// Parts are the pieces of a signature before it is made.
type Parts struct {
	Properties string // SignedProperties, written with the prefixes ds and xades
	References string // inside SignedInfo, for the files
	Method     string // SignatureMethod's algorithm
	DigestName string // of the document's Reference and of the certificate
	Object     string // XML after the Object with QualifyingProperties
}

// XML makes the file of a signature over files.
func (s Signature) XML(files ...File) []byte {
	if s.ID == "" {
		s.ID = "S0"
	}
	if s.Way == "" {
		s.Way = Inclusive11
	}
	if s.Digest == 0 {
		s.Digest = crypto.SHA256
	}
	p := &Parts{Method: s.method(), DigestName: digestNames[s.Digest]}
	p.Properties = s.properties(p.DigestName)
	for i, f := range files {
		p.References += fmt.Sprintf(`<ds:Reference Id="%s-R%d" URI="%s">%s<ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference>`,
			s.ID, i, (&url.URL{Path: f.Name}).EscapedPath(), s.Transform, p.DigestName, s.digest(string(f.Bytes)))
	}
	if s.Edit != nil {
		s.Edit(p)
	}
	info := fmt.Sprintf(`<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="%s"></ds:SignatureMethod>%s`+
		`<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#%s-P"><ds:Transforms><ds:Transform Algorithm="%s"></ds:Transform></ds:Transforms>`+
		`<ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
		s.Way, p.Method, p.References, s.ID, s.Way, digestNames[s.Digest], s.digest(s.canonical(p.Properties)))
	value := fmt.Sprintf(`<ds:SignatureValue Id="%s-V">%s</ds:SignatureValue>`, s.ID, s.sign(s.canonical(info)))
	key := `<ds:KeyInfo><ds:X509Data>` + certificates("ds:X509Certificate", append([]*x509.Certificate{s.Certificate}, s.Others...)) + `</ds:X509Data></ds:KeyInfo>`
	covered := ""
	for _, f := range files {
		covered += string(f.Bytes)
	}
	unsigned := s.unsigned(value, covered+s.canonical(p.Properties), info, key)
	out := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<asic:XAdESSignatures xmlns:asic="` + asicNS + `" xmlns:ds="` + dsNS + `" xmlns:xades="` + xadesNS + `" xmlns:later="` + laterNS + `">` +
		`<ds:Signature Id="` + s.ID + `">` + info + value + key +
		`<ds:Object><xades:QualifyingProperties Target="#` + s.ID + `">` + p.Properties + unsigned + `</xades:QualifyingProperties></ds:Object>` + p.Object +
		`</ds:Signature></asic:XAdESSignatures>`
	if s.Spoil != nil {
		out = s.Spoil(out)
	}
	return []byte(out)
}

func (s Signature) properties(digestName string) string {
	named, form := s.Certificate, "SigningCertificateV2"
	if s.Named != nil {
		named = s.Named
	}
	if s.FirstForm {
		form = "SigningCertificate"
	}
	claimed := ""
	if !s.At.IsZero() {
		claimed = `<xades:SigningTime>` + s.At.UTC().Format(time.RFC3339) + `</xades:SigningTime>`
	}
	return fmt.Sprintf(`<xades:SignedProperties Id="%s-P"><xades:SignedSignatureProperties>%s<xades:%s><xades:Cert><xades:CertDigest>`+
		`<ds:DigestMethod Algorithm="%s"></ds:DigestMethod><ds:DigestValue>%s</ds:DigestValue></xades:CertDigest></xades:Cert></xades:%s></xades:SignedSignatureProperties></xades:SignedProperties>`,
		s.ID, claimed, form, digestName, s.digest(string(named.Raw)), form)
}

// unsigned are the unsigned properties: time stamp, certificates, OCSP
// responses, and last a time stamp over all of it.
func (s Signature) unsigned(value, covered, info, key string) string {
	var parts []string
	if s.Stamp != nil {
		parts = append(parts, s.stamped("xades:SignatureTimeStamp", s.Stamp([]byte(s.canonical(value)))))
	}
	if len(s.Values) > 0 {
		parts = append(parts, `<xades:CertificateValues>`+certificates("xades:EncapsulatedX509Certificate", s.Values)+`</xades:CertificateValues>`)
	}
	if len(s.OCSP) > 0 {
		replies := ""
		for _, r := range s.OCSP {
			replies += `<xades:EncapsulatedOCSPValue>` + base64.StdEncoding.EncodeToString(r) + `</xades:EncapsulatedOCSPValue>`
		}
		parts = append(parts, `<xades:RevocationValues><xades:OCSPValues>`+replies+`</xades:OCSPValues></xades:RevocationValues>`)
	}
	if s.Later != nil {
		over := covered
		for _, p := range append([]string{info, value, key}, parts...) {
			over += s.canonical(p)
		}
		parts = append(parts, s.stamped("later:ArchiveTimeStamp", s.Later([]byte(over))))
	}
	if len(parts) == 0 {
		return ""
	}
	return `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>` + strings.Join(parts, "") + `</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`
}

func (s Signature) stamped(name string, token []byte) string {
	return `<` + name + `><ds:CanonicalizationMethod Algorithm="` + s.Way + `"></ds:CanonicalizationMethod><xades:EncapsulatedTimeStamp>` +
		base64.StdEncoding.EncodeToString(token) + `</xades:EncapsulatedTimeStamp></` + name + `>`
}

// canonical is the canonical form of a piece as it stands in the file, whose
// root declares all prefixes: inclusive forms repeat the declarations on the
// outermost element, the exclusive one gives each where it is first used.
func (s Signature) canonical(piece string) string {
	name := piece[:strings.IndexAny(piece, " >")]
	if s.Way != Exclusive {
		return name + ` xmlns:asic="` + asicNS + `" xmlns:ds="` + dsNS + `" xmlns:later="` + laterNS + `" xmlns:xades="` + xadesNS + `"` + piece[len(name):]
	}
	if strings.HasPrefix(name, "<ds:") {
		return name + ` xmlns:ds="` + dsNS + `"` + piece[len(name):]
	}
	rest := strings.NewReplacer(`<ds:DigestMethod`, `<ds:DigestMethod xmlns:ds="`+dsNS+`"`, `<ds:DigestValue`, `<ds:DigestValue xmlns:ds="`+dsNS+`"`,
		`<ds:CanonicalizationMethod`, `<ds:CanonicalizationMethod xmlns:ds="`+dsNS+`"`).Replace(piece[len(name):])
	return name + ` xmlns:xades="` + xadesNS + `"` + rest
}

func certificates(name string, all []*x509.Certificate) (out string) {
	for _, c := range all {
		out += "<" + name + ">" + base64.StdEncoding.EncodeToString(c.Raw) + "</" + name + ">"
	}
	return out
}

var digestNames = map[crypto.Hash]string{
	crypto.SHA1:   "http://www.w3.org/2000/09/xmldsig#sha1",
	crypto.SHA256: "http://www.w3.org/2001/04/xmlenc#sha256",
	crypto.SHA384: "http://www.w3.org/2001/04/xmldsig-more#sha384",
	crypto.SHA512: "http://www.w3.org/2001/04/xmlenc#sha512",
}

func (s Signature) sum(text string) []byte {
	h := s.Digest.New()
	h.Write([]byte(text))
	return h.Sum(nil)
}

func (s Signature) digest(text string) string {
	return base64.StdEncoding.EncodeToString(s.sum(text))
}

func (s Signature) method() string {
	bits := map[crypto.Hash]string{crypto.SHA1: "1", crypto.SHA256: "256", crypto.SHA384: "384", crypto.SHA512: "512"}[s.Digest]
	_, curve := s.Key.Public().(*ecdsa.PublicKey)
	switch {
	case curve:
		return "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha" + bits
	case s.PSS:
		return "http://www.w3.org/2007/05/xmldsig-more#sha" + bits + "-rsa-MGF1"
	case s.Digest == crypto.SHA1:
		return "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
	}
	return "http://www.w3.org/2001/04/xmldsig-more#rsa-sha" + bits
}

// sign is the signature value in Base64. It panics where the key cannot sign.
func (s Signature) sign(text string) string {
	var opts crypto.SignerOpts = s.Digest
	if s.PSS {
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: s.Digest}
	}
	chance := rand.Reader
	if _, curve := s.Key.Public().(*ecdsa.PublicKey); curve {
		chance = nil // RFC 6979: the same every time
	}
	value, err := s.Key.Sign(chance, s.sum(text), opts)
	if err != nil {
		panic(err)
	}
	if k, ok := s.Key.Public().(*ecdsa.PublicKey); ok {
		var rs struct{ R, S *big.Int }
		if _, err := asn1.Unmarshal(value, &rs); err != nil {
			panic(err)
		}
		size := (k.Curve.Params().N.BitLen() + 7) / 8
		value = append(rs.R.FillBytes(make([]byte, size)), rs.S.FillBytes(make([]byte, size))...)
	}
	return base64.StdEncoding.EncodeToString(value)
}
