package authority

import (
	"crypto"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"time"

	"padome/internal/signature"
)

var (
	oidSignedData  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidStampInfo   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertificate = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // signing-certificate-v2
	oidPolicy      = asn1.ObjectIdentifier{2, 5, 29, 32, 0}                    // any policy

	withSHA256  = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}}
	ecdsaSHA256 = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}}
)

// The structures of a time-stamp token (RFC 3161 in RFC 5652).
type (
	stampInfo struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Algorithm pkix.AlgorithmIdentifier
			Digest    []byte
		}
		Serial *big.Int
		Time   time.Time `asn1:"generalized"`
	}
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version int
		Digests []pkix.AlgorithmIdentifier `asn1:"set"`
		Content struct {
			Type  asn1.ObjectIdentifier
			Value []byte `asn1:"explicit,tag:0"`
		}
		Certificates []asn1.RawValue `asn1:"tag:0,set"`
		Signers      []signerInfo    `asn1:"set"`
	}
	signerInfo struct {
		Version int
		Signer  struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}
		Digest    pkix.AlgorithmIdentifier
		Signed    []attribute `asn1:"tag:0,set"`
		Algorithm pkix.AlgorithmIdentifier
		Value     []byte
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values []any `asn1:"set"`
	}
	named struct{ Certificates []struct{ Digest []byte } } // with SHA-256, which may be left out
)

// stamp is a time-stamp token over data.
func (a *Authority) stamp(data []byte, at time.Time) ([]byte, error) {
	info := stampInfo{Version: 1, Policy: oidPolicy, Serial: big.NewInt(at.UnixNano()), Time: at.UTC().Truncate(time.Second)}
	info.Imprint.Algorithm, info.Imprint.Digest = withSHA256, signature.Sum(crypto.SHA256, data)
	content, err := asn1.Marshal(info)
	if err != nil {
		return nil, err
	}
	by := a.stamps
	signed := []attribute{
		{oidContentType, []any{oidStampInfo}},
		{oidDigest, []any{signature.Sum(crypto.SHA256, content)}},
		{oidCertificate, []any{named{[]struct{ Digest []byte }{{signature.Sum(crypto.SHA256, by.certificate.Raw)}}}}},
	}
	over, err := asn1.MarshalWithParams(signed, "set") // signed as a SET, whatever tag it stands under
	if err != nil {
		return nil, err
	}
	value, err := by.key.Sign(nil, signature.Sum(crypto.SHA256, over), crypto.SHA256)
	if err != nil {
		return nil, err
	}
	s := signerInfo{Version: 1, Digest: withSHA256, Signed: signed, Algorithm: ecdsaSHA256, Value: value}
	s.Signer.Issuer, s.Signer.Serial = asn1.RawValue{FullBytes: by.certificate.RawIssuer}, by.certificate.SerialNumber
	sd := signedData{Version: 3, Digests: []pkix.AlgorithmIdentifier{withSHA256}, Certificates: []asn1.RawValue{{FullBytes: by.certificate.Raw}}, Signers: []signerInfo{s}}
	sd.Content.Type, sd.Content.Value = oidStampInfo, content
	return asn1.Marshal(contentInfo{oidSignedData, sd})
}
