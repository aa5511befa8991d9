package office

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"padome/council"
	"padome/internal/document"
	"padome/internal/ledger"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/storage"
)

// LedgerPath is where the page of the ledger is.
const LedgerPath = "/ledger"

// ReachedAt tells the office at which address people reach its pages, for what
// it sends out while the settings name none. It is called before anything else.
func (o *Office) ReachedAt(address string) { o.reached = strings.TrimRight(address, "/") }

// Witness is the newest checkpoint of the ledger as it goes out with every
// notification: whoever keeps one can show later that nothing up to it was
// rewritten. While the ledger has no entry it is the zero Witness.
type Witness struct {
	Signed     string // the signed checkpoint itself, as a note; "" without a key at hand
	size, root string // its short form, as the foot of papers has it
	link       string // where it is checked; "" when nobody said where the pages are
}

// Witness is the newest checkpoint, for a notification that is made now.
func (o *Office) Witness(ctx context.Context) (Witness, error) {
	return storage.Read(ctx, o.council, func(v *storage.View) (Witness, error) {
		set, err := v.Settings()
		if err != nil {
			return Witness{}, err
		}
		return o.witness(v, set)
	})
}

func (o *Office) witness(v *storage.View, set council.Settings) (Witness, error) {
	c, err := o.checkpoint(v, -1)
	if err != nil || c.Size == 0 {
		return Witness{}, err
	}
	w := Witness{Signed: c.Signed}
	w.size, w.root = ledger.Head{Size: c.Size, Root: c.Root}.Short()
	if base := cmp.Or(set.Address, o.reached); base != "" {
		w.link = base + LedgerPath + "?" + url.Values{"size": {w.size}, "hash": {w.root}}.Encode()
	}
	return w, nil
}

// Text says in a language what the newest checkpoint is and how it is checked;
// "" for none.
func (w Witness) Text(lang locale.Lang) string {
	switch {
	case w.size == "":
		return ""
	case w.link == "":
		return locale.Text(lang, "notification.checkpoint", problem.Pairs("size", w.size, "root", w.root))
	}
	return locale.Text(lang, "notification.checkpoint.link", problem.Pairs("size", w.size, "root", w.root, "link", w.link))
}

// with is a notification with the checkpoint at its end.
func (w Witness) with(d document.Document) document.Document {
	if w.size == "" {
		return d
	}
	d.Blocks = append(d.Blocks, document.Paragraph{Text: document.Plain(w.Text(locale.Lang(d.Lang)))})
	return d
}
