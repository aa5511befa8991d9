// Package passkeytest is an authenticator in software, for tests: it makes one
// key (ES256) and answers for it, truly or not.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"

	"github.com/fxamacker/cbor/v2"

	"padome/internal/auth/passkey"
)

// Device is an authenticator with the browser in front of it. What it says of
// itself tests may change.
type Device struct {
	Origin     string // as the browser says it
	Site       string // for which it says it answers
	Challenge  string // answered in place of the one asked, where there is one
	Unverified bool   // its owner was not verified
	Counter    uint32 // of its last use; 0: it does not count
	Owner      string // in Base64, as it was told when the key was made
	id         []byte
	key        *ecdsa.PrivateKey
}

// New is a device whose browser is at a website.
func New(at passkey.Site) *Device { return &Device{Origin: at.Origin, Site: at.ID} }

var base64Of = base64.RawURLEncoding.EncodeToString

// Make answers what asks for a new key.
func (d *Device) Make(c passkey.Creation) string {
	var err error
	if d.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		panic(err)
	}
	d.id, d.Owner = make([]byte, 32), c.User.ID
	rand.Read(d.id)
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	public := coded(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	data := append(d.data(0x40), make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), public...)
	return d.answer(map[string]string{
		"clientDataJSON":    base64Of(d.client("webauthn.create", c.Challenge)),
		"attestationObject": base64Of(coded(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})),
	})
}

// Use answers what asks for the key.
func (d *Device) Use(r passkey.Request) string {
	if d.Counter > 0 {
		d.Counter++
	}
	data, client := d.data(0), d.client("webauthn.get", r.Challenge)
	sum := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	if err != nil {
		panic(err)
	}
	return d.answer(map[string]string{"clientDataJSON": base64Of(client), "authenticatorData": base64Of(data),
		"signature": base64Of(signature), "userHandle": d.Owner})
}

// ID is the id of the key, in Base64.
func (d *Device) ID() string { return base64Of(d.id) }

func (d *Device) data(flags byte) []byte {
	sum := sha256.Sum256([]byte(d.Site))
	if flags |= 0x01; !d.Unverified {
		flags |= 0x04
	}
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.Counter)
}

func (d *Device) client(what, challenge string) []byte {
	if d.Challenge != "" {
		challenge = d.Challenge
	}
	return written(map[string]any{"type": what, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
}

func (d *Device) answer(response map[string]string) string {
	return string(written(map[string]any{"id": d.ID(), "rawId": d.ID(), "type": "public-key", "response": response}))
}

func written(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

func coded(v any) []byte {
	raw, err := cbor.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
