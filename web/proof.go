package web

import (
	"context"
	"strings"

	"padome/council"
	"padome/internal/problem"
	"padome/office"
)

// proofRequest is what a lead approves, or a signer signs: the digest of what
// was shown, and who it is that does so.
type proofRequest struct {
	Digest  string `json:"digest"`
	Current string `json:"current"`        // the password of the account
	Code    string `json:"code,omitempty"` // of the second factor, where the account has one
}

// byProving is by with the proof that approvals and signatures need. The digest
// alone tells what was asked: nothing made of a password is kept with a command.
func (c *Call) byProving(in proofRequest) office.By {
	by := c.by()
	by.Input = in.Digest
	by.Proof = func(context.Context, council.Actor, string) error {
		return c.server.confirmOwner(c, in.Current, in.Code)
	}
	return by
}

// confirmOwner asks once more who it is: by the password of the account, and by
// its second factor where it has one. Guesses are slowed down as those at the
// login are.
func (s *Server) confirmOwner(c *Call, current, code string) error {
	err := missingCurrent(current)
	if c.account.Second != nil && strings.TrimSpace(code) == "" {
		err = together(err, codeFault("problem.proof.code"))
	}
	if err == nil {
		err = s.confirmPassword(c, current)
	}
	if err != nil || c.account.Second == nil {
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

func codeFault(key string) error {
	var l problem.List
	l.Add("code", key)
	return l.Err()
}
