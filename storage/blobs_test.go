package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage/store"
)

func putBlob(t *testing.T, db *DB, content string) string {
	t.Helper()
	sum, size, err := db.PutBlob(t.Context(), strings.NewReader(content), 1<<20)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("got %d bytes, %v", size, err)
	}
	want := sha256.Sum256([]byte(content))
	if sum != hex.EncodeToString(want[:]) {
		t.Fatalf("got sum %s", sum)
	}
	return sum
}

func getBlob(t *testing.T, db *DB, sum string) (string, error) {
	t.Helper()
	r, _, err := db.OpenBlob(t.Context(), sum, 0, -1)
	if err != nil {
		return "", err
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	return string(raw), err
}

func TestAFileComesBackAsItWas(t *testing.T) {
	db := open(t)
	sum := putBlob(t, db, "saturs")
	if got, err := getBlob(t, db, sum); got != "saturs" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	for name, sum := range map[string]string{
		"a file that is not there": strings.Repeat("0", 64),
		"a name that is none":      "../padome.db",
		"no name":                  "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := getBlob(t, db, sum)
			wantKind(t, err, problem.NotFound)
		})
	}
}

func TestAFileOverItsLimitIsRefused(t *testing.T) {
	db := open(t)
	_, _, err := db.PutBlob(t.Context(), bytes.NewReader(make([]byte, 3000)), 2048)
	if e := wantKind(t, err, problem.TooLarge); e.Key != "problem.storage.blob" || e.Args["most"] != "2" {
		t.Errorf("got %v, want the limit of 2 KiB named", e)
	}
}

func TestAnInterruptedUploadKeepsItsOwnError(t *testing.T) {
	db := open(t)
	cut := errors.New("cut off")
	_, _, err := db.PutBlob(t.Context(), io.MultiReader(strings.NewReader("half"), errReader{cut}), 1<<20)
	if !errors.Is(err, cut) {
		t.Errorf("got %v, want what the reader said", err)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func TestOnlyFilesThatNothingRefersToAreSwept(t *testing.T) {
	now := time.Now()
	db := openWith(t, Config{Now: func() time.Time { return now }})
	document := func(content string) []agenda.Attachment {
		return []agenda.Attachment{{Name: content, SHA256: putBlob(t, db, content)}}
	}
	item := agenda.Matter{ID: "i", Title: "Par budžetu"}
	for tenant, fn := range []func(tx *Tx) error{
		func(tx *Tx) error {
			_, err := tx.UpdateProposal("p", 0, func(p *agenda.Proposal) error {
				p.Documents = document("proposal")
				return nil
			})
			return err
		},
		func(tx *Tx) error {
			item.Documents = document("carried")
			return tx.Carry(agenda.Candidate{Matter: item})
		},
		func(tx *Tx) error {
			_, err := tx.UpdateAgenda("s", 0, func(a *agenda.Agenda) error {
				item.Documents = document("agenda")
				a.Draft.Items = []agenda.Item{{Matter: item}}
				item.Documents = document("left out")
				a.Draft.LeftOut = []agenda.LeftOut{{Matter: item}}
				return nil
			})
			return err
		},
		func(tx *Tx) error {
			f := freeze(t, 1, document("version")...)
			return tx.keepFrozen("s", &f)
		},
		func(tx *Tx) error {
			_, err := tx.UpdateMinutes("s", 0, func(m *minutes.Minutes) error {
				m.PDF, m.Annexes = putBlob(t, db, "pdf"), []minutes.Annex{{Title: "Pielikums", SHA256: putBlob(t, db, "annex")}}
				return nil
			})
			return err
		},
		func(tx *Tx) error {
			raw, digest, err := minutes.Content{Annexes: []minutes.Annex{{SHA256: putBlob(t, db, "final annex")}}}.Canonical()
			return errors.Join(err, tx.FreezeMinutes("s", digest, raw))
		},
	} {
		in(t, db.Council(store.Tenant(tenant+1)), "test", fn)
	}
	kept := []string{"proposal", "carried", "agenda", "left out", "version", "pdf", "annex", "final annex"}
	orphan := putBlob(t, db, "orphan")

	sweep := func(want int) {
		t.Helper()
		if n, err := db.SweepBlobs(t.Context(), 24*time.Hour); n != want || err != nil {
			t.Fatalf("swept %d, %v; want %d", n, err, want)
		}
		for _, content := range kept {
			want := sha256.Sum256([]byte(content))
			if _, err := getBlob(t, db, hex.EncodeToString(want[:])); err != nil {
				t.Errorf("%s: %v", content, err)
			}
		}
	}
	sweep(0) // none is a day old
	now = now.Add(25 * time.Hour)
	sweep(1)
	_, err := getBlob(t, db, orphan)
	wantKind(t, err, problem.NotFound)

	if _, err := db.Council(1).UpdateProposal(t.Context(), change("test"), "p", 1, func(p *agenda.Proposal) error {
		p.Documents = nil
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	kept = kept[1:]
	sweep(1)
}
