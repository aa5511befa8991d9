package passkey

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/binary"
	"math/big"

	"github.com/fxamacker/cbor/v2"
)

// Flags of an authenticator's data.
const (
	present  = 1 << 0 // somebody touched it
	verified = 1 << 2 // and it knows that they are its owner
	syncs    = 1 << 3 // the key may be copied to its owner's other devices
	synced   = 1 << 4 // and has been
	attested = 1 << 6 // a new key follows
	extended = 1 << 7 // extensions follow
)

// Algorithms of keys, by their numbers in COSE, in the order they are asked for.
const (
	es256 = -7
	eddsa = -8
	rs256 = -257
)

// Algorithms are those whose signatures are understood.
var Algorithms = []int{es256, eddsa, rs256}

// data is what an authenticator says and signs.
type data struct {
	site    []byte // SHA-256 of the website's ID
	flags   byte
	counter uint32
	keyID   []byte
	public  []byte // in COSE
}

// decoder takes CBOR as authenticators write it: definite, each key once.
var decoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden,
		TagsMd: cbor.TagsForbidden, MaxNestedLevels: 8, MaxMapPairs: 64, MaxArrayElements: 64}.DecMode()
	if err != nil {
		panic("passkey: " + err.Error())
	}
	return m
}()

// readObject reads the data out of an attestation object. The statement of the
// authenticator's make is left aside.
func readObject(raw []byte) (data, error) {
	var in struct {
		Data []byte `cbor:"authData"`
	}
	if err := decoder.Unmarshal(raw, &in); err != nil {
		return data{}, Fault("problem.passkey.read")
	}
	return readData(in.Data)
}

// Where the parts of the data stand, in bytes.
const (
	atFlags   = sha256.Size
	atCounter = atFlags + 1
	atKey     = atCounter + 4
	makeSize  = 16   // what make it is
	mostKeyID = 1023 // bytes, by the standard
)

// readData takes the data apart, all of it.
func readData(raw []byte) (d data, err error) {
	wrong := Fault("problem.passkey.read")
	if len(raw) < atKey {
		return data{}, wrong
	}
	d = data{site: raw[:atFlags], flags: raw[atFlags], counter: binary.BigEndian.Uint32(raw[atCounter:])}
	if d.flags&(syncs|synced) == synced {
		return data{}, wrong // has been, and cannot be
	}
	rest := raw[atKey:]
	if d.flags&attested != 0 {
		if rest, err = d.readKey(rest); err != nil {
			return data{}, err
		}
	}
	if d.flags&extended != 0 {
		var extensions map[string]cbor.RawMessage
		if rest, err = decoder.UnmarshalFirst(rest, &extensions); err != nil {
			return data{}, wrong
		}
	}
	if len(rest) > 0 {
		return data{}, wrong
	}
	return d, nil
}

// readKey reads the new key, and returns what follows it.
func (d *data) readKey(raw []byte) (rest []byte, err error) {
	wrong := Fault("problem.passkey.read")
	if len(raw) < makeSize+2 {
		return nil, wrong
	}
	n := int(binary.BigEndian.Uint16(raw[makeSize:]))
	raw = raw[makeSize+2:]
	if n == 0 || n > mostKeyID || n > len(raw) {
		return nil, wrong
	}
	d.keyID, raw = raw[:n], raw[n:]
	var key cbor.RawMessage
	if rest, err = decoder.UnmarshalFirst(raw, &key); err != nil {
		return nil, wrong
	}
	d.public = key
	return rest, nil
}

// public is a public key with the algorithm that it is for.
type public struct{ key crypto.PublicKey }

// leastRSA is how long an RSA key is at least, in bits, and mostRSA at most.
const (
	leastRSA = 2048
	mostRSA  = 8192
)

// readPublic reads a COSE key. It fails with a fault of "passkey" for one that is
// none, and for one of an algorithm that is not understood.
func readPublic(raw []byte) (public, error) {
	var in struct {
		Type  int             `cbor:"1,keyasint"`
		Alg   int             `cbor:"3,keyasint"`
		Minus cbor.RawMessage `cbor:"-1,keyasint"` // curve, or modulus
		X     []byte          `cbor:"-2,keyasint"` // or exponent
		Y     []byte          `cbor:"-3,keyasint"`
	}
	if err := decoder.Unmarshal(raw, &in); err != nil {
		return public{}, Fault("problem.passkey.read")
	}
	var curve int
	var modulus []byte
	var key crypto.PublicKey
	switch {
	case in.Type == 2 && in.Alg == es256 && decoder.Unmarshal(in.Minus, &curve) == nil && curve == 1:
		key = pointOf(in.X, in.Y)
	case in.Type == 1 && in.Alg == eddsa && decoder.Unmarshal(in.Minus, &curve) == nil && curve == 6 && len(in.X) == ed25519.PublicKeySize:
		key = ed25519.PublicKey(in.X)
	case in.Type == 3 && in.Alg == rs256 && decoder.Unmarshal(in.Minus, &modulus) == nil:
		key = rsaOf(modulus, in.X)
	}
	if key == nil {
		return public{}, Fault("problem.passkey.algorithm")
	}
	return public{key}, nil
}

// pointOf is the key of a point of P-256; nil where there is none.
func pointOf(x, y []byte) crypto.PublicKey {
	const side = 32
	if len(x) != side || len(y) != side {
		return nil
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return nil
	}
	return key
}

func rsaOf(modulus, exponent []byte) crypto.PublicKey {
	n := new(big.Int).SetBytes(modulus)
	e := new(big.Int).SetBytes(exponent)
	if n.BitLen() < leastRSA || n.BitLen() > mostRSA || e.BitLen() > 31 || e.BitLen() < 2 || e.Bit(0) == 0 {
		return nil
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}
}

// signed reports whether the signature is the key's, over the text.
func (p public) signed(text, signature []byte) bool {
	sum := sha256.Sum256(text)
	switch key := p.key.(type) {
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(key, sum[:], signature)
	case ed25519.PublicKey:
		return ed25519.Verify(key, text, signature)
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
	}
	return false
}
