package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"padome/internal/keyring"
	"padome/office"
	"padome/storage"
)

// noteCheckpoint notes the checkpoint of the ledger beside the key, where the key
// is at hand and names these data; whose data are older than what is noted there
// is told by whatever asks for it, and what is noted stays.
func (m *Main) noteCheckpoint(ctx context.Context, where string, d *data) error {
	path, err := m.keyPath(&options{ledgerKey: m.Env(variable("ledger-key"))}, where)
	if err != nil {
		return nil // of a command that needs no key
	}
	r, err := keyring.Open(path)
	if err != nil || r.Mark(d.office.MarkName()) == nil {
		return nil
	}
	d.office.SignWith(r)
	if d.office.NotRolledBack(ctx) != nil {
		return nil
	}
	return d.office.KeepMark(ctx)
}

// markEvery is how often the checkpoint of the ledger is noted beside its key,
// when it has moved on.
const markEvery = time.Second

// keyPath is the file of the ledger's key: the one of the flag, else one in a
// folder beside the data folder. It never lies inside the data folder.
func (m *Main) keyPath(o *options, where string) (string, error) {
	path := o.ledgerKey
	if path == "" && storage.OnServer(where) {
		if path = m.keyHome(where); path == "" {
			return "", usage("cmd.ledger.key.where")
		}
	}
	if storage.OnServer(where) {
		return path, nil
	}
	data, err := filepath.Abs(where)
	if err != nil {
		return "", err
	}
	if path == "" {
		path = filepath.Join(data+"-ledger", "signing.key")
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(resolved(data), resolved(path)); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", usage("cmd.ledger.key.inside", "path", path, "dir", data)
	}
	return path, nil
}

// keyHome is where the key of data on a server lies when nobody says: among the
// settings of whoever runs the program, apart for each database.
func (m *Main) keyHome(where string) string {
	dir := m.Env("XDG_CONFIG_HOME")
	if home := m.Env("HOME"); dir == "" && home != "" {
		dir = filepath.Join(home, ".config")
	}
	if dir == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(storage.Shown(where)))
	return filepath.Join(dir, "padome", hex.EncodeToString(sum[:8]), "signing.key")
}

// resolved is a path without links, as far as it exists.
func resolved(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		return p
	}
	if dir := filepath.Dir(path); dir != path {
		return filepath.Join(resolved(dir), filepath.Base(path))
	}
	return path
}

// keyring opens the key of the ledger. Where there is no file it is made, with
// create, unless the ledger names a key already: that one has to be brought back.
func (m *Main) keyring(ctx context.Context, o *options, where string, f *office.Office, create bool) (r *keyring.Ring, made bool, err error) {
	path, err := m.keyPath(o, where)
	if err != nil {
		return nil, false, err
	}
	r, err = keyring.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		has, err := f.LedgerHasKey(ctx)
		if err != nil {
			return nil, false, err
		}
		if has || !create {
			return nil, false, fail(nil, "cmd.ledger.key.missing", "path", path)
		}
		r, err = keyring.Make(path, rand.Reader)
		if err != nil {
			return nil, false, fail(err, "cmd.ledger.key.make", "path", path, "error", err.Error())
		}
		made = true
	} else if err != nil {
		return nil, false, fail(err, "cmd.ledger.key.unreadable", "path", path, "error", err.Error())
	}
	f.SignWith(r)
	return r, made, nil
}

// beginLedger opens or makes the key, and refuses data that are older than the
// last checkpoint noted beside it.
func (m *Main) beginLedger(ctx context.Context, o *options, where string, d *data) error {
	r, made, err := m.keyring(ctx, o, where, d.office, true)
	if err != nil {
		return err
	}
	if made {
		d.newKey = r.Path()
	}
	return d.office.BeginLedger(ctx)
}

// marking notes the checkpoint of the ledger now and then, until the function
// that it returns is called, which notes it for the last time.
func (m *Main) marking(ctx context.Context, d *data, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	note := func() {
		if err := d.office.KeepMark(context.WithoutCancel(ctx)); err != nil {
			log.Error("noting the checkpoint of the ledger failed", "error", err)
		}
	}
	go func() {
		defer close(ended)
		every := time.NewTicker(markEvery)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				note()
				return
			case <-every.C:
				note()
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// withLedger runs fn on a data folder that exists and its key.
func (m *Main) withLedger(ctx context.Context, o *options, create bool, fn func(*data, *keyring.Ring) error) error {
	return m.with(ctx, o.dir, func(d *data) error {
		r, _, err := m.keyring(ctx, o, o.dir, d.office, create)
		if err != nil {
			return err
		}
		return fn(d, r)
	})
}

// ledgerShow shows the ledger as it stands, with the checkpoint to keep.
func (m *Main) ledgerShow(ctx context.Context, o *options) error {
	return m.withLedger(ctx, o, false, func(d *data, r *keyring.Ring) error {
		c, err := d.office.Checkpoint(ctx, -1)
		if err != nil {
			return err
		}
		if o.json {
			return m.encode(c)
		}
		t := m.tell()
		t.Line(0, "cmd.ledger.state", "origin", c.Origin, "size", strconv.FormatInt(c.Size, 10), "path", r.Path())
		for _, k := range c.Keys {
			t.Line(1, "cmd.ledger.verifier", "key", k)
		}
		t.Print("")
		t.Print(strings.TrimRight(c.Signed, "\n"))
		return t.Err()
	})
}

// ledgerRotate puts another key in place of the one that signs.
func (m *Main) ledgerRotate(ctx context.Context, o *options) error {
	if o.lost {
		if err := m.replaceLost(o); err != nil {
			return err
		}
	}
	return m.with(ctx, o.dir, func(d *data) error {
		r, err := m.ringFor(ctx, o, d)
		if err != nil {
			return err
		}
		if err := d.office.RotateKey(ctx, m.operator(), o.lost, o.reason); err != nil {
			return err
		}
		c, err := d.office.Checkpoint(ctx, -1)
		if err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.ledger.rotated", "path", r.Path(), "key", c.Keys[len(c.Keys)-1])
		return t.Err()
	})
}

func (m *Main) ringFor(ctx context.Context, o *options, d *data) (*keyring.Ring, error) {
	r, _, err := m.keyring(ctx, o, o.dir, d.office, false)
	return r, err
}

// replaceLost makes a key where the one before is lost. One that is still there
// is not lost.
func (m *Main) replaceLost(o *options) error {
	if o.dir == "" {
		return usage("cmd.dir.none")
	}
	path, err := m.keyPath(o, o.dir)
	if err == nil && !storage.OnServer(o.dir) {
		err = m.asOwner(o.dir)
	}
	if err != nil {
		return err
	}
	if _, err := keyring.Make(path, rand.Reader); err != nil {
		return fail(err, "cmd.ledger.key.make", "path", path, "error", err.Error())
	}
	return nil
}

// ledgerAccept says that the data went back to an older state, and why.
func (m *Main) ledgerAccept(ctx context.Context, o *options) error {
	return m.withLedger(ctx, o, false, func(d *data, _ *keyring.Ring) error {
		if err := d.office.AcceptRestore(ctx, m.operator(), o.reason); err != nil {
			return err
		}
		t := m.tell()
		t.Line(0, "cmd.ledger.accepted")
		return t.Err()
	})
}

// heldToMark compares the data with the last checkpoint noted beside the key,
// where there is one.
func (m *Main) heldToMark(ctx context.Context, o *options, d *data) error {
	path, err := m.keyPath(o, o.dir)
	if o.ledgerKey == "" && storage.OnServer(o.dir) && path == "" {
		return nil
	}
	if err != nil {
		return err
	}
	r, err := keyring.Open(path)
	if errors.Is(err, fs.ErrNotExist) && o.ledgerKey == "" {
		return nil
	}
	if err != nil {
		return fail(err, "cmd.ledger.key.unreadable", "path", path, "error", err.Error())
	}
	d.office.SignWith(r)
	return d.office.NotRolledBack(ctx)
}
