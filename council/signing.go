package council

import "cmp"

// Signing is how the minutes of a council are signed. What is signed says which
// of the ways it is, so that nobody takes one for the other.
type Signing string

const (
	// SignedHere is signing off in this program: the signer enters the password
	// again, and the sign-off holds for exactly the digest that was shown.
	SignedHere Signing = "here"
	// SignedElectronically is signing the frozen file with a secure electronic
	// signature and a time stamp, by the signers' own tools; the signed file comes
	// back.
	SignedElectronically Signing = "electronic"
)

// SigningInForce is how minutes that are made final now are to be signed; where
// the council has not said, in this program.
func (s Settings) SigningInForce() Signing { return cmp.Or(s.Signing, SignedHere) }
