package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha256" // the digests that are accepted
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"strconv"
)

// Scheme is how a signature value was made.
type Scheme int

const (
	PKCS1    Scheme = iota + 1 // RSA PKCS#1 v1.5
	PSS                        // RSA PSS with the same digest in MGF1
	ECDSA                      // ECDSA, the value a SEQUENCE of two INTEGERs
	ECDSARaw                   // ECDSA, the value r and s side by side (XML signatures)
)

// digests are the digests accepted, by object identifier: SHA-2 only.
var digests = map[string]crypto.Hash{
	"2.16.840.1.101.3.4.2.1": crypto.SHA256,
	"2.16.840.1.101.3.4.2.2": crypto.SHA384,
	"2.16.840.1.101.3.4.2.3": crypto.SHA512,
}

// digestNames are what people call those that are refused.
var digestNames = map[string]string{
	"1.3.14.3.2.26":          "SHA-1",
	"1.2.840.113549.2.5":     "MD5",
	"2.16.840.1.101.3.4.2.4": "SHA-224",
}

// digestOf is the digest of an object identifier; a weak or unknown one is refused.
func digestOf(id asn1.ObjectIdentifier) (crypto.Hash, error) {
	if h, ok := digests[id.String()]; ok {
		return h, nil
	}
	name := digestNames[id.String()]
	if name == "" {
		name = id.String()
	}
	return 0, Because("problem.signature.digest", "algorithm", name)
}

// Sum is the digest of parts joined.
func Sum(h crypto.Hash, parts ...[]byte) []byte {
	w := h.New()
	for _, p := range parts {
		w.Write(p)
	}
	return w.Sum(nil)
}

// Check says whether value is the signature of signed by the owner of the key.
// Keys below RSA 2048 and P-256 are refused.
func (s Scheme) Check(key crypto.PublicKey, h crypto.Hash, signed, value []byte) error {
	if h.Size() < crypto.SHA256.Size() || !h.Available() {
		return Because("problem.signature.digest", "algorithm", h.String())
	}
	digest := Sum(h, signed)
	good := false
	switch k := key.(type) {
	case *rsa.PublicKey:
		if k.N.BitLen() < 2048 {
			return Because("problem.signature.key", "key", "RSA", "bits", strconv.Itoa(k.N.BitLen()))
		}
		switch s {
		case PKCS1:
			good = rsa.VerifyPKCS1v15(k, h, digest, value) == nil
		case PSS:
			good = rsa.VerifyPSS(k, h, digest, value, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto, Hash: h}) == nil
		default:
			return Because("problem.signature.algorithm", "algorithm", "RSA")
		}
	case onlyPSS:
		if s != PSS || len(k.params) > 0 && checkPSS(k.params, h) != nil {
			return Because("problem.signature.algorithm", "algorithm", "RSA-PSS")
		}
		return s.Check(k.PublicKey, h, signed, value)
	case *ecdsa.PublicKey:
		if bits := k.Curve.Params().BitSize; bits < 256 {
			return Because("problem.signature.key", "key", "ECDSA", "bits", strconv.Itoa(bits))
		}
		switch s {
		case ECDSA:
			good = ecdsa.VerifyASN1(k, digest, value)
		case ECDSARaw:
			good = checkRaw(k, digest, value)
		default:
			return Because("problem.signature.algorithm", "algorithm", "ECDSA")
		}
	default:
		return Because("problem.signature.algorithm", "algorithm", "?")
	}
	if !good {
		return Because("problem.signature.value")
	}
	return nil
}

// onlyPSS is a key that is for nothing but RSA PSS, with these parameters where it
// names any (RFC 4055, 1.2).
type onlyPSS struct {
	*rsa.PublicKey
	params []byte
}

// KeyOf is the public key of a certificate, those too which crypto/x509 leaves
// out because they are only for RSA PSS; nil where it is of another kind.
func KeyOf(c *x509.Certificate) crypto.PublicKey {
	if c.PublicKey != nil {
		return c.PublicKey
	}
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if err := whole(c.RawSubjectPublicKeyInfo, &info); err != nil || info.Algorithm.Algorithm.String() != oidPSS {
		return nil
	}
	k, err := x509.ParsePKCS1PublicKey(info.Key.RightAlign())
	if err != nil {
		return nil
	}
	return onlyPSS{k, info.Algorithm.Parameters.FullBytes}
}

// checkRaw checks a value of two numbers of the same length, each as long as
// the order of the curve.
func checkRaw(k *ecdsa.PublicKey, digest, value []byte) bool {
	size := (k.Curve.Params().N.BitLen() + 7) / 8
	if len(value) != 2*size {
		return false
	}
	return ecdsa.Verify(k, digest, new(big.Int).SetBytes(value[:size]), new(big.Int).SetBytes(value[size:]))
}

// schemes are the signature algorithms of CMS, with the digest each names; 0
// where it names none.
var schemes = map[string]struct {
	scheme Scheme
	digest crypto.Hash
}{
	"1.2.840.113549.1.1.1":  {PKCS1, 0},
	"1.2.840.113549.1.1.11": {PKCS1, crypto.SHA256},
	"1.2.840.113549.1.1.12": {PKCS1, crypto.SHA384},
	"1.2.840.113549.1.1.13": {PKCS1, crypto.SHA512},
	"1.2.840.10045.2.1":     {ECDSA, 0},
	"1.2.840.10045.4.3.2":   {ECDSA, crypto.SHA256},
	"1.2.840.10045.4.3.3":   {ECDSA, crypto.SHA384},
	"1.2.840.10045.4.3.4":   {ECDSA, crypto.SHA512},
}

const oidPSS = "1.2.840.113549.1.1.10"

// schemeOf is how a CMS signature with digest h was made. An algorithm that
// names another digest is refused.
func schemeOf(alg pkix.AlgorithmIdentifier, h crypto.Hash) (Scheme, error) {
	id := alg.Algorithm.String()
	if id == oidPSS {
		return PSS, checkPSS(alg.Parameters.FullBytes, h)
	}
	s, ok := schemes[id]
	if !ok || s.digest != 0 && s.digest != h {
		return 0, Because("problem.signature.algorithm", "algorithm", id)
	}
	return s.scheme, nil
}

// checkPSS holds the parameters of RSA PSS (RFC 4055, 3.1) to one digest; those
// left out mean SHA-1.
func checkPSS(params []byte, h crypto.Hash) error {
	var p struct {
		Digest pkix.AlgorithmIdentifier `asn1:"optional,explicit,tag:0"`
		Mask   pkix.AlgorithmIdentifier `asn1:"optional,explicit,tag:1"`
	}
	refused := Because("problem.signature.algorithm", "algorithm", "RSA-PSS")
	if _, err := asn1.Unmarshal(params, &p); err != nil || digests[p.Digest.Algorithm.String()] != h {
		return refused
	}
	var mask pkix.AlgorithmIdentifier
	if _, err := asn1.Unmarshal(p.Mask.Parameters.FullBytes, &mask); err != nil || digests[mask.Algorithm.String()] != h {
		return refused
	}
	if p.Mask.Algorithm.String() != "1.2.840.113549.1.1.8" { // MGF1
		return refused
	}
	return nil
}
