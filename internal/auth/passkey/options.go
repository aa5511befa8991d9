package passkey

import "encoding/base64"

// waits is how long a browser waits for its user, in milliseconds.
const waits = 300_000

// Descriptor names a key to a browser.
type Descriptor struct {
	Type string `json:"type"`
	ID   string `json:"id"` // in Base64 for addresses
}

// Request is what a browser is asked for with a key that there is: the JSON form
// of PublicKeyCredentialRequestOptions.
type Request struct {
	Challenge        string       `json:"challenge"`
	RPID             string       `json:"rpId"`
	Timeout          int          `json:"timeout"`
	UserVerification string       `json:"userVerification"`
	AllowCredentials []Descriptor `json:"allowCredentials"`
}

// Ask asks for an answer to the challenge: of one of the keys, or where there are
// none of any that its owner has for the website.
func (s Site) Ask(challenge string, keys []string) Request {
	return Request{challenge, s.ID, waits, "required", descriptors(keys)}
}

// Creation is what a browser is asked for to make a key: the JSON form of
// PublicKeyCredentialCreationOptions.
type Creation struct {
	Challenge          string       `json:"challenge"`
	RP                 named        `json:"rp"`
	User               user         `json:"user"`
	PubKeyCredParams   []parameter  `json:"pubKeyCredParams"`
	Timeout            int          `json:"timeout"`
	ExcludeCredentials []Descriptor `json:"excludeCredentials"`
	Selection          selection    `json:"authenticatorSelection"`
	Attestation        string       `json:"attestation"`
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type user struct {
	ID          string `json:"id"` // of the account, in Base64 for addresses
	Name        string `json:"name"`
	DisplayName string `json:"displayName"`
}

type parameter struct {
	Type string `json:"type"`
	Alg  int    `json:"alg"`
}

// selection asks for a key that its owner finds without saying who they are, and
// that verifies them.
type selection struct {
	ResidentKey        string `json:"residentKey"`
	RequireResidentKey bool   `json:"requireResidentKey"`
	UserVerification   string `json:"userVerification"`
}

// Owner is for whom a key is made.
type Owner struct {
	ID       string // says nothing of who it is
	Name     string // of the account
	FullName string
}

// Make asks for a new key, on none of the authenticators that have one of the keys.
func (s Site) Make(challenge, council string, o Owner, keys []string) Creation {
	c := Creation{
		Challenge: challenge, RP: named{s.ID, council}, Timeout: waits, Attestation: "none",
		User:               user{base64.RawURLEncoding.EncodeToString([]byte(o.ID)), o.Name, o.FullName},
		ExcludeCredentials: descriptors(keys), Selection: selection{"required", true, "required"},
	}
	for _, alg := range Algorithms {
		c.PubKeyCredParams = append(c.PubKeyCredParams, parameter{"public-key", alg})
	}
	return c
}

func descriptors(keys []string) []Descriptor {
	all := make([]Descriptor, len(keys))
	for i, id := range keys {
		all[i] = Descriptor{"public-key", id}
	}
	return all
}
