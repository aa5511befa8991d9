package asice

import (
	"crypto"
	"regexp"
	"strings"
	"testing"

	"padome/internal/signature/asice/asicetest"
)

// replace changes a signed file; the test fails where there is nothing to change.
func replace(t *testing.T, old, new string) func(s *asicetest.Signature) {
	return func(s *asicetest.Signature) {
		s.Spoil = func(doc string) string {
			if !strings.Contains(doc, old) {
				t.Fatalf("the signature has no %s", old)
			}
			return strings.Replace(doc, old, new, 1)
		}
	}
}

func spoil(f func(doc string) string) func(s *asicetest.Signature) {
	return func(s *asicetest.Signature) { s.Spoil = f }
}

func edit(f func(p *asicetest.Parts)) func(s *asicetest.Signature) {
	return func(s *asicetest.Signature) { s.Edit = f }
}

// piece cuts an element out of a file.
func piece(doc, name string) string {
	return regexp.MustCompile(`(?s)<` + name + `[ >].*</` + name + `>`).FindString(doc)
}

func TestEveryAttackOnTheSignatureIsRefused(t *testing.T) {
	p := council()
	const forged = `<xades:SigningTime>2020-01-01T00:00:00Z</xades:SigningTime>`
	forge := func(properties string) string {
		return regexp.MustCompile(`<xades:SigningTime>.*</xades:SigningTime>`).ReplaceAllString(properties, forged)
	}
	for _, c := range []struct {
		what, key string
		change    func(s *asicetest.Signature)
	}{
		{"SignedProperties moved, forged ones in their place", "problem.xades.structure", spoil(func(doc string) string {
			true_ := piece(doc, "xades:SignedProperties")
			doc = strings.Replace(doc, true_, strings.Replace(forge(true_), `Id="S0-P"`, `Id="S0-X"`, 1), 1)
			return strings.Replace(doc, `</ds:Signature>`, `<ds:Object>`+true_+`</ds:Object></ds:Signature>`, 1)
		})},
		{"forged SignedProperties beside the true ones", "problem.xades.structure", spoil(func(doc string) string {
			true_ := piece(doc, "xades:SignedProperties")
			return strings.Replace(doc, true_, strings.Replace(forge(true_), `Id="S0-P"`, `Id="S0-X"`, 1)+true_, 1)
		})},
		{"forged SignedProperties in their place, the true ones outside the signature", "problem.xades.structure", spoil(func(doc string) string {
			true_ := piece(doc, "xades:SignedProperties")
			doc = strings.Replace(doc, true_, strings.Replace(forge(true_), `Id="S0-P"`, `Id="S0-X"`, 1), 1)
			return strings.Replace(doc, `</asic:XAdESSignatures>`, true_+`</asic:XAdESSignatures>`, 1)
		})},
		{"forged SignedProperties, the true ones in unsigned properties", "problem.xades.reference", spoil(func(doc string) string {
			true_ := piece(doc, "xades:SignedProperties")
			doc = strings.Replace(doc, true_, strings.Replace(forge(true_), `Id="S0-P"`, `Id="S0-X"`, 1), 1)
			return strings.Replace(doc, `<xades:UnsignedSignatureProperties>`, `<xades:UnsignedSignatureProperties>`+true_, 1)
		})},
		{"forged SignedProperties with the same Id", "problem.container.id", spoil(func(doc string) string {
			true_ := piece(doc, "xades:SignedProperties")
			doc = strings.Replace(doc, true_, forge(true_), 1)
			return strings.Replace(doc, `<xades:UnsignedSignatureProperties>`, `<xades:UnsignedSignatureProperties>`+true_, 1)
		})},
		{"SignedProperties changed", "problem.xades.changed", spoil(forge)},
		{"two objects of the same Id", "problem.container.id", edit(func(p *asicetest.Parts) {
			p.Object = `<ds:Object Id="S0-P"></ds:Object>`
		})},
		{"an object nobody looks at", "problem.xades.structure", edit(func(p *asicetest.Parts) {
			p.Object = `<ds:Object><html xmlns="http://www.w3.org/1999/xhtml">other minutes</html></ds:Object>`
		})},
		{"two SignedInfo", "problem.xades.structure", spoil(func(doc string) string {
			info := piece(doc, "ds:SignedInfo")
			return strings.Replace(doc, info, info+regexp.MustCompile(` Id="[^"]*"`).ReplaceAllString(info, ""), 1)
		})},
		{"SignedInfo inside an object", "problem.xades.structure", spoil(func(doc string) string {
			info := piece(doc, "ds:SignedInfo")
			return strings.Replace(strings.Replace(doc, info, "", 1), `</ds:Signature>`, `<ds:Object>`+info+`</ds:Object></ds:Signature>`, 1)
		})},
		{"properties for another signature", "problem.xades.structure", replace(t, `Target="#S0"`, `Target="#S1"`)},
		{"no SigningCertificate", "problem.xades.structure", edit(func(p *asicetest.Parts) {
			p.Properties = strings.ReplaceAll(p.Properties, "SigningCertificateV2", "SignerRoleV2")
		})},
		{"both forms of SigningCertificate", "problem.xades.structure", edit(func(p *asicetest.Parts) {
			c := piece(p.Properties, "xades:SigningCertificateV2")
			p.Properties = strings.Replace(p.Properties, c, c+strings.ReplaceAll(c, "CertificateV2", "Certificate"), 1)
		})},
		{"another certificate named", "problem.signature.certificate-other", func(s *asicetest.Signature) { s.Named = p.note.Certificate }},
		{"the certificate exchanged", "problem.signature.certificate-other", func(s *asicetest.Signature) { s.Certificate, s.Named = p.note.Certificate, p.chair.Certificate }},
		{"another's certificate over an own value", "problem.signature.value", func(s *asicetest.Signature) { s.Certificate = p.note.Certificate }},
		{"the document is not covered", "problem.xades.uncovered", edit(func(p *asicetest.Parts) { p.References = "" })},
		{"only the list of files is covered", "problem.xades.uncovered", edit(func(p *asicetest.Parts) {
			p.References = referenceTo("META-INF/manifest.xml", "", asicetest.Manifest(minutes.Name))
		})},
		{"covered twice", "problem.xades.uncovered", edit(func(p *asicetest.Parts) {
			p.References += strings.Replace(p.References, "S0-R0", "S0-R1", 1)
		})},
		{"a file is covered that is not there", "problem.xades.reference", edit(func(p *asicetest.Parts) {
			p.References += referenceTo("gone.pdf", "", nil)
		})},
		{"an address elsewhere", "problem.xades.reference", edit(func(p *asicetest.Parts) {
			p.References += referenceTo("http://example.com/minutes.pdf", "", minutes.Bytes)
		})},
		{"the whole XML", "problem.xades.reference", edit(func(p *asicetest.Parts) { p.References += referenceTo("", "", nil) })},
		{"a part of the XML by Id", "problem.xades.reference", edit(func(p *asicetest.Parts) { p.References += referenceTo("#S0-V", "", nil) })},
		{"a part by XPointer", "problem.xades.reference", edit(func(p *asicetest.Parts) {
			p.References += referenceTo("#xpointer(id('S0-V'))", "", nil)
		})},
		{"digest of other bytes", "problem.xades.changed", edit(func(p *asicetest.Parts) {
			p.References = referenceTo(minutes.Name, "", []byte("other"))
		})},
		{"XPath on the document", "problem.xades.transform", func(s *asicetest.Signature) {
			s.Transform = `<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath></ds:Transform></ds:Transforms>`
		}},
		{"XSLT on the document", "problem.xades.transform", func(s *asicetest.Signature) {
			s.Transform = `<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"></ds:Transform></ds:Transforms>`
		}},
		{"Base64 on the document", "problem.xades.transform", func(s *asicetest.Signature) {
			s.Transform = `<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"></ds:Transform></ds:Transforms>`
		}},
		{"two lists of transforms", "problem.xades.transform", func(s *asicetest.Signature) {
			s.Transform = `<ds:Transforms></ds:Transforms><ds:Transforms></ds:Transforms>`
		}},
		{"canonical form with comments", "problem.xades.transform", replace(t, `Transform Algorithm="`+asicetest.Inclusive11, `Transform Algorithm="`+asicetest.Inclusive11+`#WithComments`)},
		{"XPath on SignedProperties", "problem.xades.transform", replace(t, `Transform Algorithm="`+asicetest.Inclusive11, `Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116`)},
		{"enveloped signature", "problem.xades.transform", replace(t, `<ds:Transforms>`, `<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>`)},
		{"SHA-1", "problem.signature.digest", func(s *asicetest.Signature) { s.Digest = crypto.SHA1 }},
		{"SHA-1 of the document", "problem.signature.digest", edit(func(p *asicetest.Parts) {
			p.References = strings.Replace(p.References, "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1", 1)
		})},
		{"SHA-1 in the value", "problem.signature.algorithm", edit(func(p *asicetest.Parts) { p.Method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" })},
		{"HMAC", "problem.signature.algorithm", edit(func(p *asicetest.Parts) { p.Method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" })},
		{"RSA named for an ECDSA key", "problem.signature.algorithm", edit(func(p *asicetest.Parts) { p.Method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" })},
		{"a value changed", "problem.signature.value", spoil(func(doc string) string {
			return regexp.MustCompile(`(<ds:SignatureValue Id="S0-V">)....`).ReplaceAllString(doc, `${1}AAAA`)
		})},
		{"no value", "problem.xades.structure", spoil(func(doc string) string {
			return regexp.MustCompile(`(<ds:SignatureValue Id="S0-V">)[^<]*`).ReplaceAllString(doc, `${1}`)
		})},
		{"a key without certificate", "problem.xades.structure", spoil(func(doc string) string {
			return strings.Replace(doc, piece(doc, "ds:KeyInfo"), "", 1)
		})},
		{"a time stamp that chooses what it is over", "problem.xades.structure", replace(t, `<xades:EncapsulatedTimeStamp>`, `<xades:Include URI="#S0-V"></xades:Include><xades:EncapsulatedTimeStamp>`)},
		{"a document type", "problem.container.doctype", replace(t, `?>`, `?><!DOCTYPE x [<!ENTITY e "x">]>`)},
		{"another root", "problem.xades.structure", func(s *asicetest.Signature) {
			s.Spoil = func(doc string) string { return piece(doc, "ds:Signature") }
		}},
		{"no signature inside", "problem.xades.structure", spoil(func(doc string) string { return strings.Replace(doc, piece(doc, "ds:Signature"), "", 1) })},
	} {
		t.Run(c.what, func(t *testing.T) {
			b := p.pack(c.change)
			if c.what == "another root" {
				wantAnyRefusal(t, p, b)
				return
			}
			p.wantRefused(t, b, c.key)
		})
	}
	p.wantValid(t, p.pack(), 1)
	p.wantValid(t, p.pack(func(s *asicetest.Signature) {
		s.Edit = func(*asicetest.Parts) {}
		s.Spoil = func(d string) string { return d }
	}), 1)
}

func wantAnyRefusal(t *testing.T, p people, b []byte) {
	t.Helper()
	if v := Verify(b, minutes.Bytes, p.check); v.Valid() {
		t.Error("accepted")
	}
}

func TestASignatureOfAnotherNameDoesNotCoverTheDocument(t *testing.T) {
	p := council()
	other := asicetest.File{Name: "cits.pdf", Bytes: minutes.Bytes}
	xml := asicetest.By(p.world, p.chair, signedAt).XML(other)
	p.wantRefused(t, asicetest.Pack(minutes, xml), "problem.xades.reference")
	p.wantValid(t, asicetest.Pack(other, xml), 1)
}

func TestASignatureMayAlsoCoverTheListOfFiles(t *testing.T) {
	p := council()
	list := asicetest.File{Name: manifestName, Bytes: asicetest.Manifest(minutes.Name)}
	p.wantValid(t, asicetest.Pack(minutes, asicetest.By(p.world, p.chair, signedAt).XML(minutes, list)), 1)
}
