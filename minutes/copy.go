package minutes

import (
	"padome/internal/document"
	"padome/internal/locale"
)

// Copy is the paper of final minutes for a file that is not the signed one: the
// same words, without the marks of signatures and without the line that it is
// signed, which would be untrue of it. It says that it is a copy without legal
// force. A draft, and a translation, which says so itself, are not changed.
func Copy(lang locale.Lang, d document.Document) document.Document {
	blocks := make(document.Blocks, 0, len(d.Blocks)+1)
	for _, b := range d.Blocks {
		s, ok := b.(document.Signatures)
		if !ok || s.Footnote == "" {
			blocks = append(blocks, b)
			continue
		}
		signers := make([]document.Signer, len(s.Signers))
		for i, x := range s.Signers {
			signers[i] = document.Signer{Role: x.Role, Name: x.Name}
		}
		blocks = append(blocks,
			document.Note{Keep: document.Keep{WithNext: true}, Text: document.Plain(locale.Text(lang, "minutes.paper.copy", nil))},
			document.Signatures{Signers: signers})
	}
	d.Blocks = blocks
	return d
}
