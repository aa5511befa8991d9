package office

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/ledger"
	"padome/internal/problem"
	"padome/storage"
)

// MarkName is the name under which the keyring notes the last checkpoint.
func (o *Office) MarkName() string { return strconv.FormatUint(uint64(o.tenant), 10) }

// BeginLedger holds the data to the last checkpoint that was noted apart from
// them, and names the key in the ledger where none is. It fails when the data
// are older than that checkpoint or of another past, and when the ledger names
// another key.
func (o *Office) BeginLedger(ctx context.Context) error {
	if err := o.notRolledBack(ctx); err != nil {
		return err
	}
	keys, err := storage.Read(ctx, o.council, (*storage.View).LogKeys)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		program := By{Actor: council.Actor{Operator: true, Name: "padome"}}
		if err := o.nameKey(ctx, program, "", ledger.NewKey{Public: o.keyring.Key().Public()}); err != nil {
			return err
		}
		return o.KeepMark(ctx)
	}
	if err := o.holdsKey(keys); err != nil {
		return err
	}
	return o.KeepMark(ctx)
}

// holdsKey refuses a key that is not the last of those that the ledger names.
func (o *Office) holdsKey(keys []storage.LogKey) error {
	named := keys[len(keys)-1].Public
	if err := o.keyring.Settle(named); err != nil {
		return err
	}
	if !bytes.Equal(o.keyring.Key().Public(), named) {
		return problem.New(problem.Unavailable, "problem.ledger.key")
	}
	return nil
}

// NotRolledBack compares the data with the last checkpoint that was noted.
func (o *Office) NotRolledBack(ctx context.Context) error { return o.notRolledBack(ctx) }

func (o *Office) notRolledBack(ctx context.Context) error {
	signed := o.keyring.Mark(o.MarkName())
	if signed == nil {
		return nil
	}
	_, err := storage.Read(ctx, o.council, func(v *storage.View) (struct{}, error) { return struct{}{}, o.compareMark(v, signed) })
	return err
}

// compareMark holds the ledger to a checkpoint.
func (o *Office) compareMark(v *storage.View, signed []byte) error {
	log, err := v.Log()
	if err != nil {
		return err
	}
	mark, err := o.openMark(v, signed)
	if err != nil {
		return err
	}
	has, had := strconv.FormatInt(log.Size, 10), strconv.FormatInt(mark.Size, 10)
	switch {
	case log.Origin != "" && mark.Origin != log.Origin:
		return problem.New(problem.Unavailable, "problem.ledger.other", "is", log.Origin, "was", mark.Origin)
	case log.Size < mark.Size:
		return problem.New(problem.Unavailable, "problem.ledger.behind", "has", has, "had", had)
	}
	now, err := v.LogHead(mark.Size)
	if err != nil {
		return err
	}
	if !now.Same(mark.Head) {
		return problem.New(problem.Unavailable, "problem.ledger.differs", "had", had)
	}
	return nil
}

// openMark reads the checkpoint that was noted, which one of the ledger's keys
// or the one at hand signed.
func (o *Office) openMark(v *storage.View, signed []byte) (ledger.Checkpoint, error) {
	keys, err := v.LogKeys()
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	public := [][]byte{o.keyring.Key().Public()}
	for _, k := range keys {
		public = append(public, k.Public)
	}
	origin, _, _ := strings.Cut(string(signed), "\n")
	c, err := ledger.Open(signed, origin, public...)
	if err != nil {
		return c, problem.New(problem.Unavailable, "problem.ledger.mark")
	}
	return c, nil
}

// KeepMark notes the checkpoint of the ledger as it stands. It is called after
// the entries are on the disk, so that it never runs ahead of the data.
func (o *Office) KeepMark(ctx context.Context) error {
	c, err := o.Checkpoint(ctx, -1)
	if err != nil || c.Signed == "" {
		return err
	}
	return o.keyring.SetMark(o.MarkName(), []byte(c.Signed))
}

// AcceptRestore adds an entry that says that the data went back to an older
// state, up to what the ledger had come before, and why; then the program starts
// again. It fails when the data are not older than the last checkpoint, and with
// another key than the data name, since the program would not start with it. The
// checkpoint may be signed by a later key, of which older data know nothing.
func (o *Office) AcceptRestore(ctx context.Context, by By, reason string) error {
	if err := forbidden(by.Actor.Operator, by.Actor, "problem.ledger.operator"); err != nil {
		return err
	}
	if err := checkReason(&reason, 3); err != nil {
		return err
	}
	signed := o.keyring.Mark(o.MarkName())
	if signed == nil {
		return problem.New(problem.State, "problem.ledger.not-behind")
	}
	if err := o.notRolledBack(ctx); err == nil {
		return problem.New(problem.State, "problem.ledger.not-behind")
	} else if _, ok := errors.AsType[*problem.Error](err); !ok {
		return err
	}
	keys, err := storage.Read(ctx, o.council, (*storage.View).LogKeys)
	if err == nil && len(keys) > 0 {
		err = o.holdsKey(keys)
	}
	if err != nil {
		return err
	}
	_, err = storage.Do(ctx, o.council, by.change("history.ledger.restored", reason), func(tx *storage.Tx) (bool, error) {
		lost, err := o.lostMark(&tx.View, signed)
		if err != nil {
			return false, err
		}
		return true, tx.NameRestore(lost.Head)
	})
	if err != nil {
		return err
	}
	return o.KeepMark(ctx)
}

// lostMark reads the checkpoint that older data are held to. One of the same
// ledger is believed whoever signed it: it lies beside the key, and whoever may
// write there could sign as well.
func (o *Office) lostMark(v *storage.View, signed []byte) (ledger.Checkpoint, error) {
	mark, err := o.openMark(v, signed)
	if err == nil {
		return mark, nil
	}
	log, logErr := v.Log()
	if logErr != nil {
		return mark, logErr
	}
	if mark, parseErr := ledger.Unverified(signed); parseErr == nil && mark.Origin == log.Origin {
		return mark, nil
	}
	return mark, err
}
