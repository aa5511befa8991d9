package bolt

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"padome/storage/store"
)

func init() { children["ruins"] = judgeRuins }

// TestADamagedFileAlwaysEnds opens and checks files that are damaged in every
// way, twice each. Each comes to an end, without ending the process or keeping
// the file; and where the store finds nothing, bbolt finds nothing either.
func TestADamagedFileAlwaysEnds(t *testing.T) {
	dir := t.TempDir()
	for i, era := range eras(t) {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint("era", i)), era, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	images := 300
	if v := os.Getenv("PADOME_SOAK"); v != "" {
		var err error
		if images, err = strconv.Atoi(v); err != nil {
			t.Fatal(err)
		}
	}
	verdicts := map[string]int{}
	for seed, broken := 0, 0; seed < images && broken < 5; broken++ {
		seed = ruined(t, dir, seed, images, verdicts)
	}
	t.Logf("of %d: %v", images, verdicts)
	if verdicts["found"]+verdicts["sound"] != images || verdicts["found"] < images/2 || verdicts["sound"] < images/20 {
		t.Errorf("of %d: %v, want all found or sound, and both kinds", images, verdicts)
	}
}

// ruined has another process judge the ruins of some seeds, and returns where to
// go on when that did not come to the end.
func ruined(t *testing.T, dir string, from, to int, verdicts map[string]int) (next int) {
	t.Helper()
	cmd := child(t, "ruins", dir)
	cmd.Stdin = strings.NewReader(fmt.Sprint(from, to))
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	const limit = 20 * time.Second // for one; on a machine that does much else
	slow := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for next = from; lines.Scan(); next++ {
		slow.Reset(limit)
		verdicts[lines.Text()]++
	}
	ended := cmd.Wait()
	if inTime := slow.Stop(); next < to {
		t.Errorf("the file of seed %d: in time %v, %v: %.300s", next, inTime, ended, &errs)
	}
	return next + 1
}

// judgeRuins says of the file of each seed what the store makes of it.
func judgeRuins(dir string) error {
	var all [][]byte
	for i := range ages {
		raw, err := os.ReadFile(filepath.Join(dir, fmt.Sprint("era", i)))
		if err != nil {
			return err
		}
		all = append(all, raw)
	}
	var from, to uint64
	if _, err := fmt.Scan(&from, &to); err != nil {
		return err
	}
	for seed := from; seed < to; seed++ {
		path := filepath.Join(dir, fmt.Sprint("image", seed))
		if err := os.WriteFile(path, ruin(all, seed), 0o600); err != nil {
			return err
		}
		fmt.Println(verdict(path))
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

func verdict(path string) string {
	err := openAndCheck(path)
	switch again := openAndCheck(path); {
	case (err == nil) != (again == nil):
		return fmt.Sprintf("first %v, then %v", err, again)
	case errors.Is(err, store.ErrDamaged):
		return "found"
	case err != nil:
		return err.Error()
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	verdict := "sound"
	err = db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			verdict = "bbolt says " + err.Error()
		}
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return verdict
}

func openAndCheck(path string) error {
	s, err := Open(Config{Path: path})
	if err != nil {
		return err
	}
	ctx := context.Background()
	return errors.Join(s.Check(ctx), s.Backup(ctx, io.Discard), s.Close())
}

// ages is how many times of a file are kept.
const ages = 4

// eras are the used parts of one file as it was at several times, the newest
// last.
func eras(t *testing.T) (all [][]byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	s := openNew(t, Config{Path: path})
	for era := range ages {
		_, _, err := s.Update(t.Context(), store.Tenant(era%3), store.CommandID(fmt.Sprint("id", era)), func(w store.Writer) ([]byte, error) {
			return nil, w.Put("large", []byte(fmt.Sprint(era)), make([]byte, 30000))
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 50 {
			fill(t, s, era, i)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw[:used(t, s)])
	}
	return all
}

// fill puts several entries with long keys, which make many pages that lead to
// others.
func fill(t *testing.T, s *Store, era, i int) {
	t.Helper()
	_, _, err := s.Update(t.Context(), store.Tenant(i%3), store.CommandID(fmt.Sprint("id", era, i)), func(w store.Writer) ([]byte, error) {
		for j := range 3 {
			key := fmt.Sprintf("%s-%04d", strings.Repeat("long key ", 20), (i*111+j*37+era*11)%400)
			if err := w.Put("things", []byte(key), []byte(strings.Repeat(fmt.Sprintf("%03d.", i), i))); err != nil {
				return nil, err
			}
		}
		return nil, w.Put(fmt.Sprint("few", i%10), []byte(fmt.Sprint(era, i)), []byte(fmt.Sprint(i)))
	})
	if err != nil {
		t.Fatal(err)
	}
}

const (
	sizeOfPage = 4096
	sector     = 512
)

// ruin is a file that is damaged in a way that depends on the seed alone: as a
// disk leaves it that lost some writes and kept others, or put them elsewhere; or
// so that pages lead round in a circle.
func ruin(all [][]byte, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 7))
	image := bytes.Clone(all[ages-1])
	pages := len(image) / sizeOfPage
	for range 1 + r.IntN(5) {
		id, old := r.IntN(pages), all[r.IntN(ages)]
		p, other := pageOf(image, id), pageOf(image, 2+r.IntN(pages-2))
		was := id*sizeOfPage < len(old)
		switch way := r.IntN(9); {
		case way == 0:
			clear(p)
		case way == 1 && was:
			copy(p, pageOf(old, id))
		case way == 2 && was:
			at := r.IntN(sizeOfPage/sector) * sector
			copy(p[at:at+sector], pageOf(old, id)[at:])
		case way == 3:
			copy(p, other)
		case way == 4: // which says it is this one
			copy(p, other)
			binary.NativeEndian.PutUint64(p, uint64(id))
		case way == 5: // its kind, how much it has, and how long it is
			binary.NativeEndian.PutUint64(p[8:], r.Uint64()>>r.IntN(60))
		case way == 6:
			misleadHead(r, pageOf(image, r.IntN(2)), pages)
		default:
			mislead(r, image, pages)
		}
	}
	return image
}

func pageOf(image []byte, id int) []byte { return image[id*sizeOfPage : (id+1)*sizeOfPage] }

// mislead makes some page lead elsewhere, back to itself for instance.
func mislead(r *rand.Rand, image []byte, pages int) {
	for id := 2 + r.IntN(pages-2); id < pages; id++ {
		p := parsePage(pageOf(image, id))
		if p.kind != branchPage {
			continue
		}
		for i := range p.count {
			to := []int{id, r.IntN(pages)}[r.IntN(2)]
			if at := pageHead + i*elementSize + 8; r.IntN(3) > 0 && at+8 < sizeOfPage {
				binary.NativeEndian.PutUint64(p.raw[at:], uint64(to))
			}
		}
		return
	}
}

// misleadHead changes where the root, the list of free pages or the end of the
// file are, or which transaction this is, under a sum that is right.
func misleadHead(r *rand.Rand, p []byte, pages int) {
	at := pageHead + []int{16, 32, 40, 48}[r.IntN(4)]
	binary.NativeEndian.PutUint64(p[at:], uint64(r.IntN(pages+2)))
	sum := fnv.New64a()
	sum.Write(p[pageHead : pageHead+headSize-8])
	binary.NativeEndian.PutUint64(p[pageHead+headSize-8:], sum.Sum64())
}
