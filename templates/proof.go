package templates

// ProofFields are what a page asks whoever approves or signs, to be sure that it
// is they; the part "proof" shows them on a page that embeds Proof.
var ProofFields = []Named{{"current", "page.proof.password"}, {"code", "page.proof.code"}, {"passkey", "page.passkey"}}

// Proof is embedded by such a page.
type Proof struct {
	Code    bool   // the account has a second factor
	App     bool   // which is a device that counts codes
	Passkey bool   // it has a passkey, which will do in place of password and code
	Means   string // the digest of what was shown, or what else is proved
}
