package signtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha1" // made here to be refused there
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"

	"padome/internal/signature"
)

// Signing is how somebody signs. Zero values are how it should be.
type Signing struct {
	At        time.Time           // claimed and stamped; zero: no time is claimed, and there is no stamp
	Hash      crypto.Hash         // zero: SHA-256
	PSS       bool                // with an RSA key
	Unstamped bool                // without a time stamp
	Stamp     []byte              // this time-stamp token instead
	Unnamed   bool                // without signing-certificate-v2
	Names     *x509.Certificate   // another certificate is named
	OCSP, CRL [][]byte            // put under the signature
	Without   bool                // the signer's certificate is left out
	Along     []*x509.Certificate // certificates that come along besides the issuing authority's
	BER       bool                // in indefinite lengths, content in pieces
}

// CMS signs a document outside the signature, given in parts.
func (w *World) CMS(h Holder, s Signing, document ...[]byte) []byte {
	return w.signed(h, s, object(1, 2, 840, 113549, 1, 7, 1), nil, signature.Sum(s.hash(), document...))
}

// Stamp is a time-stamp token of this world's authority over data.
func (w *World) Stamp(data []byte, at time.Time) []byte { return w.StampBy(w.TSA, Signing{}, data, at) }

// StampBy is a time-stamp token by somebody else or in another form.
func (w *World) StampBy(by Holder, s Signing, data []byte, at time.Time) []byte {
	s.At, s.Unstamped = time.Time{}, true
	imprint := sequence(algorithm(s.hash()), octets(signature.Sum(s.hash(), data)))
	info := sequence(der(1), object(1, 3, 6, 1, 4, 1, 32061, 2, 3), imprint, der(at.Unix()), value(0x18, []byte(at.UTC().Format("20060102150405Z"))))
	return w.signed(by, s, object(1, 2, 840, 113549, 1, 9, 16, 1, 4), info, signature.Sum(s.hash(), info))
}

func (s Signing) hash() crypto.Hash {
	if s.Hash == 0 {
		return crypto.SHA256
	}
	return s.Hash
}

func (w *World) signed(h Holder, s Signing, contentType, content, digest []byte) []byte {
	attributes := s.attributes(h, contentType, digest)
	signatureValue, scheme := s.value(h.Key, set(attributes...))
	unsigned := []byte{}
	if token := s.token(w, signatureValue); token != nil {
		unsigned = tagged(1, attribute(object(1, 2, 840, 113549, 1, 9, 16, 2, 14), token))
	}
	inside := contentType
	if content != nil && s.BER {
		inside = slices.Concat(contentType, tagged(0, pieces(content)))
	} else if content != nil {
		inside = slices.Concat(contentType, tagged(0, octets(content)))
	}
	signer := sequence(der(1), sequence(h.Certificate.RawIssuer, der(h.Certificate.SerialNumber)), algorithm(s.hash()),
		tagged(0, attributes...), scheme, octets(signatureValue), unsigned)
	whole := sequence(object(1, 2, 840, 113549, 1, 7, 2), tagged(0, sequence(der(3), set(algorithm(s.hash())), sequence(inside),
		tagged(0, s.certificates(w, h)...), set(signer))))
	if s.BER {
		return indefiniteEnds(whole)
	}
	return whole
}

// indefiniteEnds gives the outermost values indefinite lengths; what is inside
// may be BER that encoding/asn1 cannot walk.
func indefiniteEnds(whole []byte) []byte {
	head := 2
	if whole[1] > 0x80 {
		head += int(whole[1] & 0x7f)
	}
	return slices.Concat([]byte{whole[0], 0x80}, whole[head:], []byte{0, 0})
}

func (s Signing) certificates(w *World, h Holder) (all [][]byte) {
	if !s.Without {
		all = append(all, h.Certificate.Raw)
	}
	all = append(all, w.Issuing.Certificate.Raw)
	for _, c := range s.Along {
		all = append(all, c.Raw)
	}
	return all
}

// attributes are what is signed, sorted as DER wants a set.
func (s Signing) attributes(h Holder, contentType, digest []byte) [][]byte {
	all := [][]byte{
		attribute(object(1, 2, 840, 113549, 1, 9, 3), contentType),
		attribute(object(1, 2, 840, 113549, 1, 9, 4), octets(digest)),
	}
	if !s.At.IsZero() {
		all = append(all, attribute(object(1, 2, 840, 113549, 1, 9, 5), der(s.At.UTC())))
	}
	if !s.Unnamed {
		named := h.Certificate
		if s.Names != nil {
			named = s.Names
		}
		id := sequence(algorithm(s.hash()), octets(signature.Sum(s.hash(), named.Raw)))
		all = append(all, attribute(object(1, 2, 840, 113549, 1, 9, 16, 2, 47), sequence(sequence(id))))
	}
	if len(s.OCSP)+len(s.CRL) > 0 {
		all = append(all, attribute(object(1, 2, 840, 113583, 1, 1, 8), sequence(tagged(0, sequence(s.CRL...)), tagged(1, sequence(s.OCSP...)))))
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

// token is the time stamp over the signature's value.
func (s Signing) token(w *World, over []byte) []byte {
	switch {
	case s.Stamp != nil:
		return s.Stamp
	case s.Unstamped || s.At.IsZero():
		return nil
	}
	return w.StampBy(w.TSA, Signing{BER: s.BER}, over, s.At)
}

// value signs, and says with what algorithm.
func (s Signing) value(k crypto.Signer, over []byte) (value, scheme []byte) {
	h := s.hash()
	digest, opts := signature.Sum(h, over), crypto.SignerOpts(h)
	switch {
	case s.PSS:
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: h}
		mask := sequence(object(1, 2, 840, 113549, 1, 1, 8), algorithm(h))
		scheme = sequence(object(1, 2, 840, 113549, 1, 1, 10), sequence(tagged(0, algorithm(h)), tagged(1, mask), tagged(2, der(h.Size()))))
	case isECDSA(k):
		last := map[crypto.Hash]int{crypto.SHA256: 2, crypto.SHA384: 3, crypto.SHA512: 4}
		scheme = sequence(object(1, 2, 840, 10045, 4, 3, last[h]))
		if h == crypto.SHA1 {
			scheme = sequence(object(1, 2, 840, 10045, 4, 1))
		}
	default:
		scheme = sequence(object(1, 2, 840, 113549, 1, 1, 1), []byte{5, 0})
	}
	value, err := signSteady(k, digest, opts)
	must(err)
	return value, scheme
}

func isECDSA(k crypto.Signer) bool { _, ok := k.(*ecdsa.PrivateKey); return ok }

func attribute(id []byte, values ...[]byte) []byte { return sequence(id, set(values...)) }

// algorithm is the identifier of a digest.
func algorithm(h crypto.Hash) []byte {
	ids := map[crypto.Hash]asn1.ObjectIdentifier{
		crypto.SHA1: {1, 3, 14, 3, 2, 26}, crypto.SHA256: {2, 16, 840, 1, 101, 3, 4, 2, 1},
		crypto.SHA384: {2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA512: {2, 16, 840, 1, 101, 3, 4, 2, 3},
	}
	return sequence(der(ids[h]))
}

// SignRaw signs data as XML signatures do: with an ECDSA key, r and s side by
// side; with an RSA key, PKCS#1.
func (h Holder) SignRaw(hash crypto.Hash, data []byte) []byte {
	raw, err := signSteady(h.Key, signature.Sum(hash, data), hash)
	must(err)
	k, ok := h.Key.(*ecdsa.PrivateKey)
	if !ok {
		return raw
	}
	var pair struct{ R, S *big.Int }
	_, err = asn1.Unmarshal(raw, &pair)
	must(err)
	size := (k.Curve.Params().N.BitLen() + 7) / 8
	out := make([]byte, 2*size)
	pair.R.FillBytes(out[:size])
	pair.S.FillBytes(out[size:])
	return out
}
