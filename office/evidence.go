package office

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/ledger"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// evidenceName is the file of a bundle that proves the others, as docs/ledger.md
// describes it.
const evidenceName = "ledger.json"

// evidence is what it holds.
type evidence struct {
	V          int             `json:"v"`
	Checkpoint string          `json:"checkpoint"`
	Keys       []ledger.NewKey `json:"keys"`
	Entries    []evidenceEntry `json:"entries"`
}

type evidenceEntry struct {
	Number int64    `json:"number"`
	Raw    []byte   `json:"raw"`
	Proof  [][]byte `json:"proof"`
	File   string   `json:"file,omitempty"`
	Salt   []byte   `json:"salt,omitempty"` // only of an entry about a file of the bundle
}

// addEvidence adds to the papers of a session what the ledger says of it, with
// the proofs, and for those who prepare agendas and record sessions the very
// content that was frozen. Without a key there is nothing that anybody could
// verify, and nothing is added.
func (o *Office) addEvidence(ctx context.Context, a council.Actor, b *Bundle) error {
	if o.keyring == nil {
		return nil
	}
	return o.read(ctx, func(v *storage.View) error {
		if err := addFrozen(v, a, b); err != nil {
			return err
		}
		e, err := o.evidence(v, b)
		if err != nil || len(e.Entries) == 0 {
			return err
		}
		raw, err := json.MarshalIndent(e, "", " ")
		if err != nil {
			return err
		}
		b.drawn(evidenceName, append(raw, '\n'))
		return nil
	})
}

func (o *Office) read(ctx context.Context, fn func(*storage.View) error) error {
	_, err := storage.Read(ctx, o.council, func(v *storage.View) (struct{}, error) { return struct{}{}, fn(v) })
	return err
}

// addFrozen adds the content of the approved agenda and of the final minutes as
// it was frozen, for those who may read all of it.
func addFrozen(v *storage.View, a council.Actor, b *Bundle) error {
	if x, err := v.Agenda(b.Session.ID); err == nil && agenda.MayReadDraft(a) {
		if version, ok := x.ApprovedVersion(); ok {
			f, err := v.FrozenAgenda(b.Session.ID, version.Number)
			if err != nil {
				return err
			}
			b.drawn(fmt.Sprintf("agenda-%d.json", version.Number), f.Bytes)
		}
	} else if err != nil && !isMissing(err) {
		return err
	}
	m, err := v.Minutes(b.Session.ID)
	if err != nil || m.Digest == "" || !minutes.MayReadRecord(a) {
		return ignoreMissing(err)
	}
	raw, err := v.FrozenMinutes(b.Session.ID, m.Digest)
	if err == nil {
		b.drawn("minutes.json", raw)
	}
	return err
}

func ignoreMissing(err error) error {
	if isMissing(err) {
		return nil
	}
	return err
}

// evidence is what the ledger says of a session, held to the papers in a bundle.
func (o *Office) evidence(v *storage.View, b *Bundle) (evidence, error) {
	c, err := o.checkpoint(v, -1)
	if err != nil {
		return evidence{}, err
	}
	e := evidence{V: ledger.Version, Checkpoint: c.Signed, Keys: c.Named, Entries: []evidenceEntry{}}
	ns, err := v.EntriesOfSession(b.Session.ID)
	if err != nil {
		return evidence{}, err
	}
	for _, n := range ns {
		x, err := evidenceOf(v, c.Size, n, b)
		if err != nil {
			return evidence{}, err
		}
		e.Entries = append(e.Entries, x)
	}
	return e, nil
}

func evidenceOf(v *storage.View, size, n int64, b *Bundle) (evidenceEntry, error) {
	x := evidenceEntry{Number: n}
	var err error
	if x.Raw, err = v.LogEntry(n); err != nil {
		return x, err
	}
	nodes, err := v.ProveEntry(size, n)
	if err != nil {
		return x, err
	}
	x.Proof = bytesOf(nodes)
	leaf, err := ledger.DecodeLeaf(x.Raw)
	if err != nil {
		return x, err
	}
	salt, err := v.LogSalt(n)
	if err != nil || salt == nil {
		return x, err
	}
	for _, f := range b.Files {
		sum, err := hex.DecodeString(f.SHA256)
		if err == nil && len(sum) == 32 && bytes.Equal(leaf.Commitment, ledger.Commit(salt, [32]byte(sum))) {
			x.File, x.Salt = f.Path, salt
		}
	}
	return x, nil
}

// draw draws a paper as PDF with the checkpoint in its foot, as footed has it.
func (o *Office) draw(ctx context.Context, d document.Document, kind, id string) ([]byte, error) {
	file, _, err := o.drawPages(ctx, d, pdf.Extra{}, kind, id)
	return file, err
}

// drawPages is draw with the number of pages, for a file that carries something
// beside its document.
func (o *Office) drawPages(ctx context.Context, d document.Document, x pdf.Extra, kind, id string) ([]byte, int, error) {
	d, err := o.footed(ctx, d, kind, id)
	if err != nil {
		return nil, 0, err
	}
	return pdf.RenderWith(ctx, d, x)
}

// footed is a paper with the checkpoint of the ledger in its foot: the one at
// which its content was entered, so that the same content always has the same
// foot; else the newest.
func (o *Office) footed(ctx context.Context, d document.Document, kind, id string) (document.Document, error) {
	err := o.read(ctx, func(v *storage.View) error {
		size := int64(-1)
		if ns, err := v.EntriesOf(kind, id); err != nil {
			return err
		} else if len(ns) > 0 {
			size = ns[len(ns)-1] + 1
		}
		c, err := v.LogHead(size)
		if err != nil || c.Size == 0 {
			return err
		}
		entries, root := c.Short()
		foot := locale.Text(locale.Lang(d.Lang), "ledger.foot", problem.Pairs("size", entries, "root", root))
		if d.Reference != "" {
			foot = d.Reference + "\n" + foot
		}
		d.Reference = foot
		return nil
	})
	return d, err
}
