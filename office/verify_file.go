package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/signature/asice"
	"padome/internal/signature/pades"
	"padome/storage"
)

// mostLookedInto is the most bytes of a file that is looked into when anybody
// asks about it; signed minutes are far smaller.
const mostLookedInto = 8 << 20

// looking bounds how many files are looked into at once.
var looking = make(chan struct{}, 2)

// VerifyFile says what a file is: one that the council issued or that came back
// signed, exactly; or, where it is none of these, a signed PDF or container around
// an issued one, with the verdict on its signatures and on what was added. It
// fails with NotFound for any other file. Nothing of it is kept. With it comes its
// SHA-256.
func (o *Office) VerifyFile(ctx context.Context, r io.Reader) (Verified, string, error) {
	var head bytes.Buffer
	h := sha256.New()
	if _, err := io.Copy(h, io.TeeReader(io.LimitReader(r, mostLookedInto+1), &head)); err != nil {
		return Verified{}, "", fmt.Errorf("a file to be verified: %w", err)
	}
	if _, err := io.Copy(h, r); err != nil {
		return Verified{}, "", fmt.Errorf("a file to be verified: %w", err)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	x, err := o.Verify(ctx, sum)
	switch {
	case err == nil && x.File == "": // the digest of a content, not of a file
		err = unknownPaper()
	case problem.KindOf(err) == problem.NotFound && head.Len() <= mostLookedInto:
		x, err = o.lookInto(ctx, head.Bytes())
	}
	return x, sum, err
}

func unknownPaper() error { return problem.New(problem.NotFound, "problem.verify.unknown") }

// lookInto finds the issued paper that an unknown file holds, and says what of the
// file holds.
func (o *Office) lookInto(ctx context.Context, file []byte) (Verified, error) {
	select {
	case looking <- struct{}{}:
		defer func() { <-looking }()
	case <-ctx.Done():
		return Verified{}, ctx.Err()
	}
	verify := func(c signature.Check, frozen []byte) signature.Verdict { return asice.Verify(file, frozen, c) }
	begun := asice.Document
	if bytes.HasPrefix(file, []byte("%PDF")) {
		verify = func(c signature.Check, frozen []byte) signature.Verdict { return pades.Verify(c, frozen, file) }
		begun = firstRevision
	}
	document := begun(file)
	if document == nil {
		return Verified{}, unknownPaper()
	}
	sum := sha256.Sum256(document)
	x, err := storage.Read(ctx, o.council, func(v *storage.View) (Verified, error) {
		marks, err := v.MarksOfFile(hex.EncodeToString(sum[:]))
		if err == nil && len(marks) == 0 {
			err = unknownPaper()
		}
		if err != nil {
			return Verified{}, err
		}
		return verified(v, marks[len(marks)-1])
	})
	if err != nil {
		return x, err
	}
	p := x.sealed()
	check, err := o.checkOf(ctx, p.Signers)
	if err != nil {
		return x, err
	}
	verdict := verify(check, document)
	x.File, x.Verdict = "", &verdict
	return x, nil
}

// firstRevision is a PDF up to its first end mark: what an issued file was before
// anything was added to it, in whatever way. nil for none.
func firstRevision(file []byte) []byte {
	const end = "%%EOF\n"
	if i := bytes.Index(file, []byte(end)); i >= 0 && i+len(end) < len(file) {
		return file[:i+len(end)]
	}
	return nil
}
