package bolt

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"padome/storage/store"
	"padome/storage/store/internal/envelope"
)

// damageFile makes a file with several tenants, buckets and commands, and
// returns its used part.
func damageFile(t *testing.T) (path string, content []byte) {
	t.Helper()
	sound.once.Do(func() { sound.content = makeSound(t) })
	path = filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, sound.content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, bytes.Clone(sound.content)
}

var sound struct {
	once    sync.Once
	content []byte
}

func makeSound(t *testing.T) []byte {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openNew(t, Config{Path: path})
	for i := range 300 {
		tenant := store.Tenant(i % 3)
		put(t, s, tenant, store.CommandID(fmt.Sprint("id", i)), "things", fmt.Sprintf("key-%04d", i), strings.Repeat(fmt.Sprintf("%03d.", i), i%100))
		put(t, s, tenant, "", fmt.Sprint("few", i%10), fmt.Sprint(i), fmt.Sprint(i))
	}
	put(t, s, 1, "id", "things", "marked", "a value that stands nowhere else")
	size := used(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content[:size]
}

// flipped writes the content with one bit turned.
func flipped(path string, content []byte, bit int) error {
	content[bit/8] ^= 1 << (bit % 8)
	defer func() { content[bit/8] ^= 1 << (bit % 8) }()
	return os.WriteFile(path, content, 0o600)
}

func TestFlippedBitInAValueIsFound(t *testing.T) {
	path, content := damageFile(t)
	value := []byte("a value that stands nowhere else")
	if n := bytes.Count(content, value); n != 1 {
		t.Fatalf("the value stands %d times in the file", n)
	}
	at := bytes.Index(content, value)
	for bit := (at - envelope.Size) * 8; bit < (at+len(value))*8; bit += 3 {
		if err := flipped(path, content, bit); err != nil {
			t.Fatal(err)
		}
		s, err := Open(Config{Path: path, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		_, err = get(s, 1, "things", "marked")
		wantError(t, "get", err, store.ErrDamaged)
		for _, says := range []string{"tenant 1", `bucket "things"`, `key "marked"`} {
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%v does not say %s", err, says)
			}
		}
		err = s.View(t.Context(), 1, func(r store.Reader) error {
			return r.Scan("things", store.Prefix([]byte("m")), 5, func(_, v []byte) bool { t.Errorf("scan gave %q", v); return true })
		})
		wantError(t, "scan", err, store.ErrDamaged)
		wantError(t, "check", s.Check(t.Context()), store.ErrDamaged)
		if _, err := get(s, 1, "things", "key-0001"); err != nil {
			t.Errorf("what lies beside it: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFlippedBitInAValueIsNotFoundByBbolt is the reason for the envelope.Size: bbolt
// opens the same file, finds nothing in its check, and gives the changed value.
func TestFlippedBitInAValueIsNotFoundByBbolt(t *testing.T) {
	path, content := damageFile(t)
	value := []byte("a value that stands nowhere else")
	if err := flipped(path, content, bytes.Index(content, value)*8); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt's check found: %v", err)
		}
		got := tx.Bucket(tenantName(1)).Bucket([]byte("bthings")).Get([]byte("marked"))
		if want := append([]byte("`"), value[1:]...); !bytes.Equal(got[envelope.Size:], want) {
			t.Errorf("got %q, want %q", got[envelope.Size:], want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestFlippedBitAnywhere turns bits all over the file but in its two header
// pages: bbolt takes the older one when the newer is damaged, and only somebody
// who knows the newest state can tell. Everywhere else damage is found, be it
// that it ends the process, or the content is as before.
func TestFlippedBitAnywhere(t *testing.T) {
	path, content := damageFile(t)
	const flips = 400
	var bits []int
	for range flips {
		bits = append(bits, 2*4096*8+rand.IntN(len(content)*8-2*4096*8))
	}
	verdicts := map[string]int{}
	for len(bits) > 0 {
		cmd := child(t, "flips", path)
		var in bytes.Buffer
		for _, bit := range bits {
			fmt.Fprintln(&in, bit)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd.Stdin = &in
		out, err := cmd.Output()
		lines := strings.Fields(string(out))
		for i, verdict := range lines {
			if verdict == "altered" {
				t.Errorf("bit %d of byte %d: other content, and nothing is found", bits[i]%8, bits[i]/8)
			}
			verdicts[verdict]++
		}
		if bits = bits[len(lines):]; err != nil && len(bits) > 0 {
			verdicts["ended the process"]++
			bits = bits[1:]
		} else if len(bits) > 0 {
			t.Fatalf("the other process stopped with %d bits left", len(bits))
		}
	}
	t.Logf("of %d: %v", flips, verdicts)
	if verdicts["found"] < flips/20 || verdicts["same"] < flips/20 {
		t.Errorf("of %d: %v: the test does not see both kinds", flips, verdicts)
	}
}

// judgeFlips reads bits from its input, turns each in a copy of the file, and
// says what the store makes of it.
func judgeFlips(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	whole, _, err := dump(path)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var bit int
		if _, err := fmt.Sscan(lines.Text(), &bit); err != nil {
			return err
		}
		if err := flipped(path, content, bit); err != nil {
			return err
		}
		got, found, err := dump(path)
		switch {
		case err != nil:
			return err
		case found:
			fmt.Println("found")
		case got == whole:
			fmt.Println("same")
		default:
			fmt.Println("altered")
		}
	}
	return lines.Err()
}

// dump is a digest of all that a file holds, and whether it was found damaged.
func dump(path string) (digest string, found bool, err error) {
	s, err := Open(Config{Path: path, ReadOnly: true})
	if errors.Is(err, store.ErrDamaged) {
		return "", true, nil
	}
	if err != nil {
		return "", false, err
	}
	defer s.Close()
	h := sha256.New()
	buckets := []string{"things"}
	for i := range 10 {
		buckets = append(buckets, fmt.Sprint("few", i))
	}
	ctx := context.Background()
	for tenant := range store.Tenant(3) {
		seq, err := s.Seq(ctx, tenant)
		fmt.Fprintln(h, tenant, seq)
		found = found || err != nil
		for _, bucket := range buckets {
			err := s.View(ctx, tenant, func(r store.Reader) error {
				return r.Scan(bucket, store.Range{}, store.MaxScan, func(k, v []byte) bool {
					fmt.Fprintf(h, "%q %q %q\n", bucket, k, v)
					return true
				})
			})
			found = found || err != nil
		}
	}
	found = found || s.Check(ctx) != nil
	return hex.EncodeToString(h.Sum(nil)), found, nil
}

func TestCheckFinds(t *testing.T) {
	tenant := func(tx *bbolt.Tx, n store.Tenant) *bbolt.Bucket { return tx.Bucket(tenantName(n)) }
	things := []byte("bthings")
	tests := []struct {
		name   string
		change func(tx *bbolt.Tx) error
		says   string
	}{
		{"a value under another key", func(tx *bbolt.Tx) error {
			b := tenant(tx, 1).Bucket(things)
			return b.Put([]byte("moved"), bytes.Clone(b.Get([]byte("marked"))))
		}, `tenant 1, bucket "things", key "moved"`},
		{"a value in another bucket", func(tx *bbolt.Tx) error {
			v := bytes.Clone(tenant(tx, 1).Bucket(things).Get([]byte("marked")))
			return tenant(tx, 1).Bucket([]byte("bfew1")).Put([]byte("marked"), v)
		}, `tenant 1, bucket "few1", key "marked"`},
		{"a value of another tenant", func(tx *bbolt.Tx) error {
			v := bytes.Clone(tenant(tx, 1).Bucket(things).Get([]byte("marked")))
			return tenant(tx, 2).Bucket(things).Put([]byte("marked"), v)
		}, `tenant 2, bucket "things", key "marked"`},
		{"a value without an envelope", func(tx *bbolt.Tx) error {
			return tenant(tx, 1).Bucket(things).Put([]byte("marked"), []byte("abc"))
		}, `key "marked"`},
		{"a damaged counter", func(tx *bbolt.Tx) error { return tenant(tx, 1).Put(seqKey, []byte("123456789012")) }, "tenant 1, counter of updates"},
		{"a lost counter", func(tx *bbolt.Tx) error { return tenant(tx, 1).Delete(seqKey) }, "tenant 1, remembered commands"},
		{"a counter of another tenant", func(tx *bbolt.Tx) error {
			return tenant(tx, 1).Put(seqKey, bytes.Clone(tenant(tx, 2).Get(seqKey)))
		}, "tenant 1, counter of updates"},
		{"a counter set back", func(tx *bbolt.Tx) error {
			return tenant(tx, 1).Put(seqKey, envelope.Seal(envelope.Place(1, seqKind, ""), seqKey, counter{seq: 1}.encode()))
		}, "tenant 1, remembered commands"},
		{"a damaged command", func(tx *bbolt.Tx) error {
			return tenant(tx, 1).Bucket([]byte{envelope.Commands}).Put([]byte("id"), []byte("123456789012345678901234567890"))
		}, `tenant 1, remembered commands, key "id"`},
		{"a lost entry", func(tx *bbolt.Tx) error { return tenant(tx, 1).Bucket(things).Delete([]byte("marked")) }, "entries instead of"},
		{"a lost bucket", func(tx *bbolt.Tx) error { return tenant(tx, 1).DeleteBucket(things) }, "entries instead of"},
		{"an entry from another time", func(tx *bbolt.Tx) error {
			key := []byte("marked")
			return tenant(tx, 1).Bucket(things).Put(key, envelope.Seal(envelope.Place(1, envelope.Callers, "things"), key, []byte("as it was once")))
		}, "some from another time"},
		{"a stray key", func(tx *bbolt.Tx) error { return tenant(tx, 1).Put([]byte("x"), []byte("y")) }, `tenant 1: "x"`},
		{"a stray bucket", func(tx *bbolt.Tx) error { _, err := tenant(tx, 1).CreateBucket([]byte("x")); return err }, `tenant 1: "x"`},
		{"a stray bucket at the top", func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }, `top level: "x"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path, _ := damageFile(t)
			raw(t, path, test.change)
			s, err := Open(Config{Path: path, ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			err = s.Check(t.Context())
			wantError(t, "check", err, store.ErrDamaged)
			if err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("%q does not say %q", err, test.says)
			}
		})
	}
}

func TestDamageFailsAnUpdateAlone(t *testing.T) {
	path, _ := damageFile(t)
	raw(t, path, func(tx *bbolt.Tx) error {
		return tx.Bucket(tenantName(1)).Bucket([]byte("bthings")).Put([]byte("marked"), []byte("something else"))
	})
	s, err := Open(Config{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, _, err = s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) {
		w.Get("things", []byte("marked")) // the caller does not look
		return nil, w.Put("things", []byte("made from it"), nil)
	})
	wantError(t, "update that reads it", err, store.ErrDamaged)
	put(t, s, 1, "", "things", "beside", "v")
	put(t, s, 2, "", "things", "elsewhere", "v")
	for name, change := range map[string]func(w store.Writer) error{
		"put":    func(w store.Writer) error { return w.Put("things", []byte("marked"), nil) },
		"delete": func(w store.Writer) error { return w.Delete("things", []byte("marked")) },
	} {
		_, _, err = s.Update(t.Context(), 1, "", func(w store.Writer) ([]byte, error) { return nil, change(w) })
		wantError(t, name+" over what is damaged", err, store.ErrDamaged)
	}
	tenants, err := s.Tenants(t.Context())
	if !slices.Equal(tenants, []store.Tenant{0, 1, 2}) || err != nil {
		t.Errorf("tenants: %v, %v", tenants, err)
	}
}
