package office

import (
	"context"

	"padome/council"
	"padome/internal/problem"
)

// Proof asks whoever acts once more who they are: by a passkey, or by their
// password and the code of their second factor where they have one. It is asked for the content
// of exactly one digest, and fails when the answer is not the actor's. It may use
// a code up.
type Proof func(ctx context.Context, a council.Actor, digest string) error

// What is proved where there is no digest of a content.
const (
	OfAccount   = "account" // before the passkeys of one's own account change
	OfRetention = "retention"
	OfExport    = "export"
)

// prove asks for the proof that approvals and signatures need, on every way in:
// an open browser or a stolen login is not enough to bind its owner. It is asked
// before the transaction, and only when the change would be made as things
// stand; whether it was given is for checkProven, in the transaction. When the
// change would not be made, that says why, or repeats what a command that was
// done already has answered.
func (by By) prove(ctx context.Context, digest string, would error) (proven bool, err error) {
	switch {
	case would != nil:
		return false, nil
	case by.Proof == nil:
		return false, checkProven(false)
	}
	err = by.Proof(ctx, by.Actor, digest)
	return err == nil, err
}

// checkProven refuses what nobody has proved to be the actor's.
func checkProven(proven bool) error {
	if proven {
		return nil
	}
	return problem.New(problem.Forbidden, "problem.office.unproven")
}

// Played is the proof of a program that itself plays who acts, as the
// demonstration does: whoever runs it has the whole council in hand.
func Played(context.Context, council.Actor, string) error { return nil }
