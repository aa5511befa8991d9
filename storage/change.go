package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/text"
	"padome/storage/store"
)

// Change is who does what, and when: the history keeps it. Its command makes a
// repeat return the first result; a repeat by somebody else, or of something
// else, is refused.
type Change struct {
	By      council.Actor
	Command store.CommandID // empty: a repeat is done again
	At      time.Time       // zero: the clock of the DB
	What    string          // message key such as "agenda.approved"
	Note    string          // the reason given, for the history
	// Input is a digest of what was asked, where there is one: the same command
	// with another input is refused.
	Input string
}

// maxNote is how long a note may be, in characters.
const maxNote = 2000

// prepare fills in the time and says what is wrong with the change.
func (c *Change) prepare(now func() time.Time) error {
	if c.What == "" {
		return errors.New("storage: change without a name")
	}
	if len(c.Command) > store.MaxCommand {
		return problem.New(problem.TooLarge, "problem.storage.command.long",
			"length", strconv.Itoa(len(c.Command)), "most", strconv.Itoa(store.MaxCommand))
	}
	if c.At.IsZero() {
		c.At = now()
	}
	c.At = c.At.UTC()
	var l problem.List
	text.Block(&l, "note", &c.Note, 0, maxNote)
	return l.Err()
}

// mark is what a repeat of the command must have in common with the first.
func (c *Change) mark() []byte {
	h := sha256.New()
	for _, s := range []string{c.What, c.By.Person, c.Note, c.Input} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	return h.Sum(nil)[:16]
}

// outcome is what is kept with a command.
type outcome struct {
	Mark  []byte          `json:"mark"`
	Value cbor.RawMessage `json:"value"`
}

// writing is one transaction of one tenant that changes something.
type writing struct {
	store.Writer
	change  Change
	notes   int     // entries of the history so far
	entries []entry // for the ledger, written when the function is done
	chance  func(what string, n int) []byte
	actor   string // the pseudonym of who makes the change, once it was asked for
}

// Tx changes one council in one transaction. It reads its own writes, is of no
// use after its function returned, and reaches nothing but the database.
type Tx struct {
	View
	w *writing
}

// View reads one council in one snapshot. What it returns are copies, which
// stay valid; the View itself does not outlive its function.
type View struct {
	r store.Reader
	c *Council
}

// Do runs fn in one transaction and keeps its result with the change's command:
// when the command was done before, fn does not run and the first result comes
// back. fn may run more than once, so it has no side effects, and takes the time
// from the change. It fails with what fn refuses; with Conflict when the
// command was used for something else; else with a problem of the engine.
func Do[T any](ctx context.Context, c *Council, ch Change, fn func(*Tx) (T, error)) (T, error) {
	return do(ctx, c.db, c.tenant, ch, func(w *writing) (T, error) { return fn(&Tx{View{w, c}, w}) })
}

// Read runs fn on one snapshot. Nothing is rendered or sent inside fn: a
// snapshot that is held makes the database grow.
func Read[T any](ctx context.Context, c *Council, fn func(*View) (T, error)) (T, error) {
	return read(ctx, c.db, c.tenant, func(r store.Reader) (T, error) { return fn(&View{r, c}) })
}

// do gives back the decoded result even the first time, so that the first and
// every repeated answer are the same.
func do[T any](ctx context.Context, db *DB, t store.Tenant, ch Change, fn func(*writing) (T, error)) (T, error) {
	var none T
	if err := ch.prepare(db.now); err != nil {
		return none, err
	}
	if err := db.roomLeft(t != installation); err != nil {
		return none, err
	}
	mark := ch.mark()
	raw, _, err := db.engine.Update(ctx, t, ch.Command, func(w store.Writer) ([]byte, error) {
		if err := db.stamp(t, w); err != nil {
			return nil, err
		}
		x := &writing{Writer: w, change: ch, chance: db.chance}
		value, err := fn(x)
		if err != nil {
			return nil, err
		}
		if err := x.appendEntries(); err != nil {
			return nil, err
		}
		inner, err := encode(value)
		if err != nil {
			return nil, err
		}
		return encode(outcome{mark, inner})
	})
	if err != nil {
		return none, edge(err)
	}
	db.known.Store(t, true)
	first, err := decode[outcome](raw)
	if err != nil {
		return none, edge(err)
	}
	if !bytes.Equal(first.Mark, mark) {
		return none, problem.New(problem.Conflict, "problem.storage.command.used")
	}
	value, err := decode[T](first.Value)
	return value, edge(err)
}

func read[T any](ctx context.Context, db *DB, t store.Tenant, fn func(store.Reader) (T, error)) (T, error) {
	var value T
	err := db.engine.View(ctx, t, func(r store.Reader) (err error) {
		value, err = fn(r)
		return err
	})
	if err != nil {
		var none T
		return none, edge(err)
	}
	return value, nil
}
