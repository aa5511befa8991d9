package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"padome/internal/problem"
	"padome/storage/store"
	"padome/storage/store/move"
)

// troubles are what can go wrong below this layer and what people are told,
// the gravest first: an engine's own error wins over what a function returned.
var troubles = []struct {
	cause error
	kind  problem.Kind
	key   string
}{
	{store.ErrStopped, problem.Unavailable, "problem.storage.stopped"},
	{store.ErrOutcomeUnknown, problem.OutcomeUnknown, "problem.storage.outcome"},
	{store.ErrDamaged, problem.Unavailable, "problem.storage.damaged"},
	{syscall.ENOSPC, problem.Unavailable, "problem.storage.full"},
	{syscall.EDQUOT, problem.Unavailable, "problem.storage.full"},
	{syscall.EROFS, problem.Unavailable, "problem.storage.readonly"},
	{syscall.EIO, problem.Unavailable, "problem.storage.disk"},
	{store.ErrNewerSchema, problem.Unavailable, "problem.storage.newer"},
	{store.ErrOlderSchema, problem.Unavailable, "problem.storage.older"},
	{store.ErrUnfinished, problem.Unavailable, "problem.storage.unfinished"},
	{store.ErrUnreachable, problem.Unavailable, "problem.storage.unreachable"},
	{move.ErrNotEmpty, problem.Conflict, "problem.storage.move.target"},
	{move.ErrChanged, problem.Conflict, "problem.storage.move.changed"},
	{move.ErrDiffers, problem.Unavailable, "problem.storage.move.differs"},
	{store.ErrBusy, problem.Unavailable, "problem.storage.busy"},
	{store.ErrReadOnly, problem.Unavailable, "problem.storage.readonly"},
	{store.ErrClosed, problem.Unavailable, "problem.storage.closed"},
	{store.ErrTooLarge, problem.TooLarge, "problem.storage.large"},
	{fs.ErrPermission, problem.Unavailable, "problem.storage.permission"},
}

// edge puts an error of the engine into words people can act on, keeping the
// cause for logs. What the domain refused passes as it is, and so does what
// only a fault of the program can cause.
func edge(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	for _, t := range troubles {
		if !errors.Is(err, t.cause) {
			continue
		}
		if problem.KindOf(err) == t.kind {
			return err // put into words already
		}
		return fmt.Errorf("%w: %w", problem.New(t.kind, t.key), err)
	}
	return err
}
