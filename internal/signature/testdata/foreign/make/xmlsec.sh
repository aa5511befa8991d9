#!/bin/bash
# Has xmlsec1 fill in and sign a template, and Info-ZIP pack containers.
# Usage: xmlsec.sh CA-DIR DOCUMENT OUT-DIR
set -eu
ca=$(realpath "$1") document=$(realpath "$2") out=$(realpath "$3")
work=$(mktemp -d)
cd "$work"
cp "$document" protokols.pdf

template() { # WHO C14N METHOD DIGEST
	cert=$(openssl x509 -in "$ca/$1.pem" -outform DER | openssl dgst -sha256 -binary | base64 -w0)
	cat <<T
<?xml version="1.0" encoding="UTF-8"?>
<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">
  <ds:Signature Id="S0">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="$2"/>
      <ds:SignatureMethod Algorithm="$3"/>
      <ds:Reference Id="S0-file" URI="protokols.pdf"><ds:DigestMethod Algorithm="$4"/><ds:DigestValue/></ds:Reference>
      <ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#S0-props">
        <ds:Transforms><ds:Transform Algorithm="$2"/></ds:Transforms><ds:DigestMethod Algorithm="$4"/><ds:DigestValue/>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue/>
    <ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>
    <ds:Object>
      <xades:QualifyingProperties Target="#S0">
        <xades:SignedProperties Id="S0-props">
          <xades:SignedSignatureProperties>
            <xades:SigningTime>$(date -u +%Y-%m-%dT%H:%M:%SZ)</xades:SigningTime>
            <xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>$cert</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>
            <xades:SignaturePolicyIdentifier><xades:SignaturePolicyImplied/></xades:SignaturePolicyIdentifier>
          </xades:SignedSignatureProperties>
        </xades:SignedProperties>
      </xades:QualifyingProperties>
    </ds:Object>
  </ds:Signature>
</asic:XAdESSignatures>
T
}

sign() { # FILE WHO C14N METHOD DIGEST
	template "$2" "$3" "$4" "$5" >template.xml
	xmlsec1 --sign --privkey-pem "$ca/$2.key,$ca/$2.pem" --id-attr:Id "http://uri.etsi.org/01903/v1.3.2#:SignedProperties" --output "$1" template.xml 2>/dev/null
}

more="http://www.w3.org/2001/04/xmldsig-more#" enc="http://www.w3.org/2001/04/xmlenc#"
sign "$out/xmlsec-b-sha384.xml" maris "http://www.w3.org/2006/12/xml-c14n11" "${more}ecdsa-sha384" "${more}sha384"
sign "$out/xmlsec-b-exclusive.xml" janis "http://www.w3.org/2001/10/xml-exc-c14n#" "${more}rsa-sha512" "${enc}sha512"

mkdir META-INF
printf 'application/vnd.etsi.asic-e+zip' >mimetype
cp "$out/xmlsec-b-sha384.xml" META-INF/signatures.xml
rm -f "$out"/infozip-*
zip -qX0 "$out/infozip.asice" mimetype && zip -qX "$out/infozip.asice" protokols.pdf META-INF/signatures.xml
zip -q0 "$out/infozip-folder-times.asice" mimetype && zip -qr "$out/infozip-folder-times.asice" META-INF protokols.pdf
zip -qX "$out/infozip-mimetype-last.asice" protokols.pdf META-INF/signatures.xml mimetype
zip -qX0 "$out/infozip-streamed.asice" mimetype && zip -qX - protokols.pdf META-INF/signatures.xml </dev/null | cat >s.zip && zip -qX --out "$out/infozip-streamed2.asice" s.zip mimetype 2>/dev/null || true
zip -qX0 "$out/infozip-extra-file.asice" mimetype && echo x >piezime.txt && zip -qX "$out/infozip-extra-file.asice" protokols.pdf piezime.txt META-INF/signatures.xml
zip -qX0 -fz "$out/infozip-zip64.asice" mimetype && zip -qX -fz "$out/infozip-zip64.asice" protokols.pdf META-INF/signatures.xml
cp "$out/infozip.asice" "$out/infozip-comment.asice" && echo "Parauga rīks 1.0" | zip -qz "$out/infozip-comment.asice"
zip -qX0 - mimetype protokols.pdf META-INF/signatures.xml | cat >"$out/infozip-streamed.asice"
rm -rf "$work"
