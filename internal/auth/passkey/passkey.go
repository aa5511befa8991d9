// Package passkey checks what an authenticator answers to a website (WebAuthn
// Level 3): that it was asked here and now, by this website, that its owner was
// verified, and that it has the key. Of what make an authenticator is, nobody is
// asked ("none" attestation). It keeps nothing, and knows no clock and no chance.
package passkey

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/netip"
	"net/url"
	"strings"

	"padome/internal/problem"
)

// mostAnswer is how long an answer may be, in bytes: several times the longest
// key there is.
const mostAnswer = 16 << 10

// Site is the website that keys are made for: they answer to no other.
type Site struct {
	ID     string // the name of the host, without port
	Origin string // scheme, host and port, as browsers write them
}

// SiteOf is the website at an address of a whole host, such as
// https://padome.example. It reports whether browsers have passkeys there: by
// HTTPS, or on this machine as localhost, and never at a bare number.
func SiteOf(address string) (s Site, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return Site{}, false
	}
	name := strings.ToLower(u.Hostname())
	_, notNumber := netip.ParseAddr(name)
	secure := u.Scheme == "https" || u.Scheme == "http" && name == "localhost"
	return Site{ID: name, Origin: u.Scheme + "://" + strings.ToLower(u.Host)}, secure && name != "" && notNumber != nil
}

// Key is a key of an authenticator as the website knows it.
type Key struct {
	ID      []byte
	Public  []byte // in COSE, as the authenticator gave it
	Counter uint32 // of its last use; always 0 of many
	Syncs   bool   // its owner may have it on several devices
}

// Answer is what a browser gives back, read but not yet checked.
type Answer struct {
	KeyID     []byte
	Owner     string // for whom the authenticator keeps the key, as it says
	Challenge string // what it was asked, as it says
	client    client
	rawClient []byte
	object    []byte // of a new key
	data      []byte // of a use
	signature []byte
}

// client is what the browser says it was asked for, and by whom.
type client struct {
	Type        string `json:"type"`
	Challenge   string `json:"challenge"`
	Origin      string `json:"origin"`
	CrossOrigin bool   `json:"crossOrigin"`
}

// bits is a text in Base64 as browsers write bytes, with or without padding.
type bits []byte

func (b *bits) UnmarshalText(text []byte) (err error) {
	*b, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(string(text), "="))
	return err
}

// Read reads the JSON form of a PublicKeyCredential, as its toJSON writes it. It
// fails with a fault of "passkey" when it is none.
func Read(text string) (Answer, error) {
	var in struct {
		ID       bits   `json:"id"`
		Type     string `json:"type"`
		Response struct {
			ClientData bits `json:"clientDataJSON"`
			Object     bits `json:"attestationObject"`
			Data       bits `json:"authenticatorData"`
			Signature  bits `json:"signature"`
			Owner      bits `json:"userHandle"`
		} `json:"response"`
	}
	if len(text) > mostAnswer || json.Unmarshal([]byte(text), &in) != nil || in.Type != "public-key" || len(in.ID) == 0 {
		return Answer{}, Fault("problem.passkey.read")
	}
	a := Answer{KeyID: in.ID, Owner: string(in.Response.Owner), rawClient: in.Response.ClientData,
		object: in.Response.Object, data: in.Response.Data, signature: in.Response.Signature}
	if json.Unmarshal(a.rawClient, &a.client) != nil || a.client.Challenge == "" {
		return Answer{}, Fault("problem.passkey.read")
	}
	a.Challenge = a.client.Challenge
	return a, nil
}

// Fault is a problem of the field by which answers come.
func Fault(key string, args ...string) error {
	var l problem.List
	l.Add("passkey", key, args...)
	return l.Err()
}

// asked checks that the browser was asked by this website, for this and with this
// challenge.
func (s Site) asked(a *Answer, what, challenge string) error {
	switch {
	case a.client.Type != what:
		return Fault("problem.passkey.read")
	case challenge == "" || a.client.Challenge != challenge:
		return Fault("problem.passkey.challenge")
	case a.client.Origin != s.Origin || a.client.CrossOrigin:
		return Fault("problem.passkey.origin", "address", s.Origin)
	}
	return nil
}

// here checks that the authenticator answered this website, with its owner
// verified.
func (s Site) here(d *data) error {
	if sum := sha256.Sum256([]byte(s.ID)); !bytes.Equal(d.site, sum[:]) {
		return Fault("problem.passkey.origin", "address", s.Origin)
	}
	if d.flags&(present|verified) != present|verified {
		return Fault("problem.passkey.verified")
	}
	return nil
}

// Made is the new key of an answer to the challenge. It fails with a fault of
// "passkey".
func (s Site) Made(challenge string, a Answer) (Key, error) {
	if err := s.asked(&a, "webauthn.create", challenge); err != nil {
		return Key{}, err
	}
	d, err := readObject(a.object)
	if err != nil {
		return Key{}, err
	}
	if err := s.here(&d); err != nil {
		return Key{}, err
	}
	if len(d.public) == 0 || !bytes.Equal(d.keyID, a.KeyID) {
		return Key{}, Fault("problem.passkey.read")
	}
	if _, err := readPublic(d.public); err != nil {
		return Key{}, err
	}
	return Key{ID: d.keyID, Public: d.public, Counter: d.counter, Syncs: d.flags&syncs != 0}, nil
}

// Used checks an answer of the key to the challenge, and returns its counter now.
// It fails with a fault of "passkey".
func (s Site) Used(challenge string, k Key, a Answer) (counter uint32, err error) {
	if err := s.asked(&a, "webauthn.get", challenge); err != nil {
		return 0, err
	}
	d, err := readData(a.data)
	if err != nil {
		return 0, err
	}
	if err := s.here(&d); err != nil {
		return 0, err
	}
	public, err := readPublic(k.Public)
	if err != nil {
		return 0, err
	}
	client := sha256.Sum256(a.rawClient)
	signed := append(bytes.Clone(a.data), client[:]...)
	if !bytes.Equal(k.ID, a.KeyID) || k.Syncs != (d.flags&syncs != 0) || !public.signed(signed, a.signature) {
		return 0, Fault("problem.passkey.signature")
	}
	return d.counter, nil
}

// Advances reports whether a counter may follow another: once a key counts, it
// counts on. One that does not may be a copy of the key.
func Advances(before, now uint32) bool { return before == 0 && now == 0 || now > before }
