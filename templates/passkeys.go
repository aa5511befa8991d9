package templates

import "time"

func init() { register(NewPasskey{}, MakePasskey{}, KeptPasskey{}) }

// PasskeyFields are those of a passkey's forms: its name, and who it is once more.
var PasskeyFields = append([]Named{{"name", "page.passkey.name"}}, ProofFields...)

// OwnPasskey is one passkey of the reader's account.
type OwnPasskey struct {
	Name      string
	Href      string
	Site      string // name of the host that it answers to
	Elsewhere bool   // which is not this one
	Added     time.Time
	Used      time.Time // zero: never
	Syncs     bool      // its owner may have it on several devices
	Copied    bool      // somebody may have a copy: it lets nobody in
}

// NewPasskey is the form that names a new passkey, and asks who it is.
type NewPasskey struct {
	Crumbs
	Form
	Proof
	Takes bool // browsers have passkeys at this address
}

// MakePasskey has the browser make the key.
type MakePasskey struct {
	Crumbs
	Form
	Options string // what the browser is asked for, in JSON
}

// KeptPasskey is one passkey, to be renamed or removed.
type KeptPasskey struct {
	Crumbs
	Form
	Proof
	OwnPasskey
	Last     bool // without it the password alone will do
	Removing bool // the form that removes it is open
}

func (NewPasskey) file() string  { return "passkeys-new.html" }
func (MakePasskey) file() string { return "passkeys-make.html" }
func (KeptPasskey) file() string { return "passkeys-one.html" }
