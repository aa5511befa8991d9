package move_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/bolt"
	"padome/storage/store/move"
	"padome/storage/store/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

func onFiles(t *testing.T) move.Side {
	t.Helper()
	dir := t.TempDir()
	s, err := bolt.Open(bolt.Config{Path: filepath.Join(dir, "padome.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b, err := blob.Open(blob.Config{Dir: filepath.Join(dir, "blobs")})
	if err != nil {
		t.Fatal(err)
	}
	return move.Side{Records: s, Blobs: b}
}

func onServer(t *testing.T) move.Side {
	t.Helper()
	s := pgtest.Open(t, nil)
	return move.Side{Records: s, Blobs: s.Blobs()}
}

func update(t *testing.T, s move.Side, tenant store.Tenant, id store.CommandID, fn func(w store.Writer) error) {
	t.Helper()
	_, _, err := s.Records.Update(t.Context(), tenant, id, func(w store.Writer) ([]byte, error) { return []byte(id), fn(w) })
	if err != nil {
		t.Fatal(err)
	}
}

// fill makes an installation of 3 councils with all that can be special.
func fill(t *testing.T, s move.Side) {
	t.Helper()
	for tenant := range store.Tenant(4) {
		for i := range 3 {
			update(t, s, tenant, store.CommandID(fmt.Sprintf("command\x00%d", i)), func(w store.Writer) error {
				for k := range 150 {
					if err := w.Put(fmt.Sprint("bucket", k%4), fmt.Appendf(nil, "k%d/%d", i, k), bytes.Repeat([]byte{byte(k)}, k*int(tenant))); err != nil {
						return err
					}
				}
				return errors.Join(w.Put("\xff bytes \x00", []byte{0}, nil), w.Delete("bucket0", []byte("k0/0")))
			})
		}
	}
	update(t, s, store.MaxTenant, "", func(store.Writer) error { return nil }) // a number and nothing else
	for _, size := range []int{0, 1, 3 << 20} {
		if _, _, err := s.Blobs.Put(t.Context(), bytes.NewReader(make([]byte, size)), 1<<30); err != nil {
			t.Fatal(err)
		}
	}
}

func digest(t *testing.T, s move.Side) move.Report {
	t.Helper()
	r, err := move.Digest(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnInstallationIsCarriedThereAndBack(t *testing.T) {
	first, server, last := onFiles(t), onServer(t), onFiles(t)
	fill(t, first)
	want := digest(t, first)
	if want.Tenants != 5 || want.Items != 4*(3+1+450-1) || want.Blobs != 3 || want.Bytes != 1+3<<20 {
		t.Errorf("the source has %+v", want)
	}
	for _, step := range []struct{ from, to move.Side }{{first, server}, {server, last}} {
		got, err := move.Move(t.Context(), step.from, step.to, nil)
		if err != nil || got != want || digest(t, step.to) != want || digest(t, step.from) != want {
			t.Fatalf("got %+v, %v, want %+v", got, err, want)
		}
		if unfinished, err := move.Unfinished(t.Context(), step.to.Records); unfinished || err != nil {
			t.Errorf("unfinished %v, %v", unfinished, err)
		}
		// It goes on where the other stopped, and knows what was done.
		result, repeated, err := step.to.Records.Update(t.Context(), 2, "command\x001", nil)
		if string(result) != "command\x001" || !repeated || err != nil {
			t.Errorf("a repeat after the move: got %q, %v, %v", result, repeated, err)
		}
		if err := step.to.Records.Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
	update(t, last, 1, "", func(w store.Writer) error { return w.Put("bucket1", []byte("more"), nil) })
	if got, err := last.Records.Seq(t.Context(), 1); got != 4 || err != nil {
		t.Errorf("the next update has number %d, %v, want 4", got, err)
	}
	if digest(t, last) == want {
		t.Error("the digest does not see a change")
	}
}

// breaking breaks off after so many loads.
type breaking struct {
	store.Carrier
	left int
}

var errBroken = errors.New("broken off")

func (b *breaking) Load(ctx context.Context, t store.Tenant, items []store.Item, seq uint64) error {
	if b.left--; b.left < 0 {
		return errBroken
	}
	return b.Carrier.Load(ctx, t, items, seq)
}

func TestAMoveGoesOnWhereItWasBrokenOff(t *testing.T) {
	for name, side := range map[string]func(*testing.T) move.Side{"onto a server": onServer, "onto files": onFiles} {
		t.Run(name, func(t *testing.T) {
			from, to := onFiles(t), side(t)
			fill(t, from)
			carried, breaks := 0, 0
			for {
				r, err := move.Move(t.Context(), from, move.Side{Records: &breaking{to.Records, 3}, Blobs: to.Blobs}, nil)
				if err == nil {
					break
				}
				if !errors.Is(err, errBroken) {
					t.Fatal(err)
				}
				carried += r.Items
				if unfinished, err := move.Unfinished(t.Context(), to.Records); !unfinished || err != nil {
					t.Fatalf("unfinished %v, %v, want the target to say so", unfinished, err)
				}
				if breaks++; breaks > 30 {
					t.Fatal("it does not come to its end")
				}
			}
			want := digest(t, from)
			if got := digest(t, to); got != want || breaks < 3 || carried > want.Items {
				t.Errorf("got %+v after %d breaks and %d items, want %+v", got, breaks, carried, want)
			}
		})
	}
}

func TestAMoveIsRefused(t *testing.T) {
	refused := func(t *testing.T, from, to move.Side, want error) {
		t.Helper()
		if _, err := move.Move(t.Context(), from, to, nil); !errors.Is(err, want) {
			t.Errorf("got error %v, want %v", err, want)
		}
	}
	from := onFiles(t)
	fill(t, from)
	t.Run("into records", func(t *testing.T) {
		to := onServer(t)
		update(t, to, 9, "", func(store.Writer) error { return nil })
		refused(t, from, to, move.ErrNotEmpty)
	})
	t.Run("into files", func(t *testing.T) {
		to := onServer(t)
		if _, _, err := to.Blobs.Put(t.Context(), bytes.NewReader(nil), 1); err != nil {
			t.Fatal(err)
		}
		refused(t, from, to, move.ErrNotEmpty)
	})
	t.Run("twice", func(t *testing.T) {
		to := onFiles(t)
		refused(t, from, to, nil)
		refused(t, from, to, move.ErrNotEmpty)
	})
	t.Run("of a source that went on", func(t *testing.T) {
		from, to := onFiles(t), onServer(t)
		fill(t, from)
		refused(t, from, move.Side{Records: &breaking{to.Records, 2}, Blobs: to.Blobs}, errBroken)
		update(t, from, 1, "", func(store.Writer) error { return nil })
		refused(t, from, to, move.ErrChanged)
	})
	t.Run("of a source that is written to", func(t *testing.T) {
		from, to := onFiles(t), onServer(t)
		fill(t, from)
		once := false
		_, err := move.Move(t.Context(), from, to, func(r move.Report) {
			if r.Items > 0 && !once {
				once = true
				update(t, from, 1, "", func(store.Writer) error { return nil })
			}
		})
		if !errors.Is(err, move.ErrChanged) {
			t.Errorf("got error %v, want %v", err, move.ErrChanged)
		}
	})
	t.Run("with something more in the target", func(t *testing.T) {
		from, to := onFiles(t), onServer(t)
		fill(t, from)
		refused(t, from, move.Side{Records: &breaking{to.Records, 4}, Blobs: to.Blobs}, errBroken)
		update(t, to, 0, "", func(w store.Writer) error { return w.Put("bucket0", []byte("k0/1"), []byte("other")) })
		refused(t, from, to, move.ErrDiffers)
	})
	t.Run("from an unfinished target", func(t *testing.T) {
		half := onServer(t)
		refused(t, from, move.Side{Records: &breaking{half.Records, 2}, Blobs: half.Blobs}, errBroken)
		if _, err := move.Move(t.Context(), half, onFiles(t), nil); err == nil {
			t.Error("carried half an installation")
		}
	})
}

func TestABackupOfAServerFillsEitherEngine(t *testing.T) {
	server := onServer(t)
	fill(t, server)
	var dump bytes.Buffer
	if err := server.Records.Backup(t.Context(), &dump); err != nil {
		t.Fatal(err)
	}
	want, err := move.Digest(t.Context(), move.Side{Records: server.Records, Blobs: onFiles(t).Blobs})
	if err != nil {
		t.Fatal(err)
	}
	for name, side := range map[string]func(*testing.T) move.Side{"server": onServer, "files": onFiles} {
		to := side(t)
		if err := move.Restore(t.Context(), bytes.NewReader(dump.Bytes()), to.Records); err != nil {
			t.Fatal(err)
		}
		if got := digest(t, to); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
		if err := move.Restore(t.Context(), bytes.NewReader(dump.Bytes()), to.Records); !errors.Is(err, move.ErrNotEmpty) {
			t.Errorf("%s: restored twice: %v", name, err)
		}
	}
	t.Run("one that is not whole is refused, and so is what it filled", func(t *testing.T) {
		flipped := bytes.Clone(dump.Bytes())
		flipped[len(flipped)/2] ^= 1
		for _, bad := range [][]byte{nil, dump.Bytes()[:dump.Len()-1], dump.Bytes()[:dump.Len()/2], flipped, []byte("padome dump 1")} {
			to := onFiles(t)
			if err := move.Restore(t.Context(), bytes.NewReader(bad), to.Records); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("%d bytes: got error %v, want %v", len(bad), err, store.ErrDamaged)
			}
			if unfinished, err := move.Unfinished(t.Context(), to.Records); !unfinished || err != nil {
				t.Errorf("%d bytes: unfinished %v, %v", len(bad), unfinished, err)
			}
		}
	})
}

// TestItemsComeInOrder reads one by one, in lots and all at once.
func TestItemsComeInOrder(t *testing.T) {
	for name, side := range map[string]func(*testing.T) move.Side{"server": onServer, "files": onFiles} {
		s := side(t)
		fill(t, s)
		read := func(limit int) (keys []string) {
			for behind := (*store.Item)(nil); ; {
				items, err := s.Records.Items(t.Context(), 1, behind, limit)
				if err != nil {
					t.Fatal(err)
				}
				if len(items) == 0 {
					return keys
				}
				for _, it := range items {
					keys = append(keys, it.Bucket+"|"+string(it.Key))
				}
				behind = &items[len(items)-1]
			}
		}
		want := fmt.Sprint(read(1000))
		for _, limit := range []int{1, 7, 150} {
			if got := fmt.Sprint(read(limit)); got != want {
				t.Errorf("%s, %d at once: got other items", name, limit)
			}
		}
	}
}
