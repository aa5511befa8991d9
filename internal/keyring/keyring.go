// Package keyring keeps what must not lie with the data: the key that signs the
// ledgers of an installation, and the last checkpoint of each, by which an older
// copy of the data is known for what it is.
package keyring

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"padome/internal/ledger"
)

// Ring is a file with a key, and one beside it with the last checkpoints. Its
// methods may be called at once from anywhere.
type Ring struct {
	path  string
	mu    sync.Mutex
	key   ledger.Key
	next  ledger.Key // one that is to follow, while it is being named in the ledger
	marks map[string]string
}

// ErrForm: a file that this package did not write.
var ErrForm = errors.New("keyring: not a file of this program")

const (
	head      = "# The key of Padome's ledger. Keep it secret, apart from the data and their backups."
	keyName   = "key"
	nextName  = "next"
	marksName = ".checkpoints"
)

// Open reads the key in a file. It fails with fs.ErrNotExist when there is no
// file, and with ErrForm when it holds no key.
func Open(path string) (*Ring, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &Ring{path: path, marks: map[string]string{}}
	if err := r.parse(raw); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, path, err)
	}
	raw, err = os.ReadFile(path + marksName)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		if err = json.Unmarshal(raw, &r.marks); err != nil {
			err = fmt.Errorf("%w: %s: %w", ErrForm, path+marksName, err)
		}
	}
	return r, err
}

func (r *Ring) parse(raw []byte) error {
	for s := bufio.NewScanner(bytes.NewReader(raw)); s.Scan(); {
		name, value, _ := strings.Cut(s.Text(), " ")
		to := map[string]*ledger.Key{keyName: &r.key, nextName: &r.next}[name]
		if to == nil {
			continue
		}
		var err error
		if *to, err = ledger.KeyOf(value); err != nil {
			return err
		}
	}
	if r.key.IsZero() {
		return errors.New("no key in it")
	}
	return nil
}

// Make makes a key in a file that is not there yet, readable to its owner alone.
func Make(path string, random io.Reader) (*Ring, error) {
	key, err := ledger.MakeKey(random)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, fmt.Errorf("%s: %w", path, fs.ErrExist))
	}
	r := &Ring{path: path, key: key, marks: map[string]string{}}
	return r, r.save()
}

// Path is the file of the key.
func (r *Ring) Path() string { return r.path }

// Key is the one that signs now.
func (r *Ring) Key() ledger.Key {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.key
}

// Prepare stores a key beside the one that signs, so that it is not lost should
// the program end before or after the ledger names it.
func (r *Ring) Prepare(next ledger.Key) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next = next
	return r.save()
}

// Settle makes the prepared key the one that signs if it is the one that the
// ledger names, and drops it otherwise.
func (r *Ring) Settle(named []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next.IsZero() {
		return nil
	}
	if bytes.Equal(r.next.Public(), named) {
		r.key = r.next
	}
	r.next = ledger.Key{}
	return r.save()
}

// Mark is the last checkpoint that was noted of a ledger; nil for none.
func (r *Ring) Mark(of string) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m, ok := r.marks[of]; ok {
		return []byte(m)
	}
	return nil
}

// SetMark notes a checkpoint of a ledger in place of the one before.
func (r *Ring) SetMark(of string, signed []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.marks[of] == string(signed) {
		return nil
	}
	r.marks[of] = string(signed)
	raw, err := json.MarshalIndent(r.marks, "", "  ")
	if err != nil {
		return err
	}
	return write(r.path+marksName, append(raw, '\n'))
}

func (r *Ring) save() error {
	text := head + "\n" + keyName + " " + r.key.Text() + "\n"
	if !r.next.IsZero() {
		text += nextName + " " + r.next.Text() + "\n"
	}
	return write(r.path, []byte(text))
}

// write puts a file in place of another in one step, once it is on the disk; it
// stays that one's owner's.
func write(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*") // readable to its owner alone
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, keepOwner(f, path), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
