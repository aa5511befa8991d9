package templates

// ProofFields are what a page asks whoever approves or signs, to be sure that it
// is they; the part "proof" shows them on a page that embeds Proof.
var ProofFields = []Named{{"current", "page.proof.password"}, {"code", "page.proof.code"}}

// Proof is embedded by such a page.
type Proof struct {
	Code bool // the account has a second factor
}
