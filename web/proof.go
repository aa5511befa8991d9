package web

import (
	"context"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

// proofRequest is what a lead approves, or a signer signs: the digest of what
// was shown, and who it is that does so.
type proofRequest struct {
	Digest  string `json:"digest"`
	Current string `json:"current"`        // the password of the account
	Code    string `json:"code,omitempty"` // of the second factor, where the account has one
	// Passkey is what a passkey of the account answers to /api/v1/passkeys/proof, in
	// the place of both: the JSON form of the browser's PublicKeyCredential.
	Passkey string `json:"passkey,omitempty"`
}

// byProving is by with the proof that approvals and signatures need. The digest
// alone tells what was asked: nothing made of a password is kept with a command.
func (c *Call) byProving(in proofRequest) office.By {
	by := c.by()
	by.Input = in.Digest
	by.Proof = func(_ context.Context, _ council.Actor, digest string) error {
		if in.Passkey != "" {
			return c.server.confirmByPasskey(c, digest, in.Passkey)
		}
		return c.server.confirmOwner(c, in.Current, in.Code)
	}
	return by
}

// confirmOwner asks once more who it is: by the password of the account, and by
// its second factor where it has one. Guesses are slowed down as those at the
// login are.
func (s *Server) confirmOwner(c *Call, current, code string) error {
	err := missingCurrent(current)
	if c.account.HasSecond() && strings.TrimSpace(code) == "" {
		err = together(err, codeFault("problem.proof.code"))
	}
	if err == nil {
		err = s.confirmPassword(c, current)
	}
	if err != nil || !c.account.HasSecond() {
		return err
	}
	account, err := s.useCode(c, c.account, code)
	if problem.KindOf(err) == problem.Unknown {
		return codeFault("problem.login.code")
	}
	if err == nil {
		c.account = account
	}
	return err
}

// proof is what a page asks of whoever means what was shown, by its digest.
func (c *Call) proof(digest string) templates.Proof {
	h, err := c.keyholder(c.login.TokenHash)
	return templates.Proof{Code: c.account.HasSecond(), App: c.account.Second != nil, Means: digest,
		Passkey: err == nil && c.takesPasskeys() && len(c.account.PasskeyIDs(h.Site.ID)) > 0}
}

func codeFault(key string) error {
	var l problem.List
	l.Add("code", key)
	return l.Err()
}
