package office

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"padome/council"
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/signature/asice"
	"padome/internal/signature/pades"
	"padome/minutes"
	"padome/storage"
)

// MaxSigned is the most bytes of a signed file.
const MaxSigned = MaxDocument

// UploadSigned takes a signed file of final minutes that came back: the frozen
// PDF with signatures appended, or a container (.edoc, .asice) around it. It is
// verified outside any transaction and kept as it came. A PDF has to continue the
// one that is there, so that the second signer signs the first one's file;
// a container may hold one's own signature alone and is joined with what is
// there. A file that is not good is refused with every reason, and nothing is
// kept. When another file came in between, it fails with Conflict.
func (o *Office) UploadSigned(ctx context.Context, by By, session string, r io.Reader) (minutes.Minutes, error) {
	m, err := o.Minutes(ctx, by.Actor, session)
	if err != nil {
		return minutes.Minutes{}, err
	}
	if err := m.AwaitsFile(); err != nil {
		return minutes.Minutes{}, err
	}
	if err := MayTakeSigned(by.Actor, &m); err != nil {
		return minutes.Minutes{}, err
	}
	f, seen, err := o.received(ctx, m.Sealed(), r)
	if err != nil {
		return minutes.Minutes{}, err
	}
	by.Input = f.Sum
	return o.council.UpdateMinutes(ctx, by.change("history.minutes.signed-file", ""), session, storage.Newest, func(m *minutes.Minutes) error {
		if !m.MayRead(by.Actor) {
			return hidden("minutes", session)
		}
		return m.TakeSigned(by.Actor, f, seen)
	})
}

// MayTakeSigned allows those whose signature is awaited, and the secretariat, to
// bring back a signed file.
func MayTakeSigned(a council.Actor, m *minutes.Minutes) error {
	return forbidden(m.MayTakeSigned(a), a, "problem.office.signed-file")
}

// UploadSignedCorrection is UploadSigned of a correction, which is a paper of its
// own with signatures of its own.
func (o *Office) UploadSignedCorrection(ctx context.Context, by By, session, id string, r io.Reader) (minutes.Correction, error) {
	c, err := o.Correction(ctx, by.Actor, session, id)
	if err != nil {
		return minutes.Correction{}, err
	}
	if err := c.AwaitsFile(); err != nil {
		return minutes.Correction{}, err
	}
	if err := MayTakeSignedCorrection(by.Actor, &c); err != nil {
		return minutes.Correction{}, err
	}
	f, seen, err := o.received(ctx, c.Sealed, r)
	if err != nil {
		return minutes.Correction{}, err
	}
	by.Input = f.Sum
	return storage.Do(ctx, o.council, by.change("history.minutes.correction.signed-file", ""), func(tx *storage.Tx) (minutes.Correction, error) {
		if _, err := correctionFor(&tx.View, by.Actor, session, id); err != nil {
			return minutes.Correction{}, err
		}
		return tx.UpdateCorrection(session, id, storage.Newest, func(c *minutes.Correction) error { return c.TakeSigned(by.Actor, f, seen) })
	})
}

// MayTakeSignedCorrection is MayTakeSigned of a correction.
func MayTakeSignedCorrection(a council.Actor, c *minutes.Correction) error {
	return forbidden(c.MayTakeSigned(a), a, "problem.office.signed-file")
}

// received reads a file that came back for a paper, verifies and keeps it.
func (o *Office) received(ctx context.Context, p minutes.Sealed, r io.Reader) (f minutes.SignedFile, seen string, err error) {
	file, err := readSigned(r)
	if err != nil {
		return f, "", err
	}
	return o.examine(ctx, p, file)
}

// readSigned reads a file that was sent, up to MaxSigned.
func readSigned(r io.Reader) ([]byte, error) {
	file, err := io.ReadAll(io.LimitReader(r, MaxSigned+1))
	if err == nil && len(file) > MaxSigned {
		var l problem.List
		l.Add("file", "problem.signature.large", "most", strconv.Itoa(MaxSigned>>20))
		return nil, l.Err()
	}
	return file, err
}

// examine verifies a file against a paper as it is now and keeps it. It returns
// the sum of the file that is to be followed, "" for none.
func (o *Office) examine(ctx context.Context, m minutes.Sealed, file []byte) (f minutes.SignedFile, seen string, err error) {
	check, err := o.checkOf(ctx, m.Signers)
	if err != nil {
		return f, "", err
	}
	frozen, err := o.blob(ctx, m.PDF)
	if err != nil {
		return f, "", err
	}
	var before []byte
	if now := m.SignedFile(); now != nil {
		seen = now.Sum
		if before, err = o.blob(ctx, now.Sum); err != nil {
			return f, "", err
		}
	}
	if uploaded := file; !bytes.HasPrefix(file, []byte("%PDF")) {
		file, f.Verdict, err = containers(frozen, check, before, file)
		if err == nil && !bytes.Equal(uploaded, file) {
			f.Uploaded, _, err = o.db.PutBlob(ctx, bytes.NewReader(uploaded), MaxSigned)
		}
	} else {
		f.Verdict, err = continued(frozen, check, before, file)
	}
	if err != nil {
		return f, "", err
	}
	f.At = o.db.Now()
	f.Sum, f.Size, err = o.db.PutBlob(ctx, bytes.NewReader(file), 2*MaxSigned)
	return f, seen, err
}

// continued verifies a signed PDF, which has to continue the one that is there.
func continued(frozen []byte, check signature.Check, before, file []byte) (signature.Verdict, error) {
	v := pades.Verify(check, frozen, file)
	if err := v.Err(); err != nil {
		return v, err
	}
	switch {
	case before == nil:
	case !bytes.HasPrefix(before, []byte("%PDF")):
		return v, signedProblem("problem.office.signed-container")
	case !bytes.HasPrefix(file, before):
		return v, signedProblem("problem.office.signed-turn")
	}
	return v, nil
}

// containers verifies a container and joins it with the one that is there.
func containers(frozen []byte, check signature.Check, before, file []byte) ([]byte, signature.Verdict, error) {
	v := asice.Verify(file, frozen, check)
	if err := v.Err(); err != nil || before == nil {
		return file, v, err
	}
	if bytes.HasPrefix(before, []byte("%PDF")) {
		return nil, v, signedProblem("problem.office.signed-pdf")
	}
	joined, v, err := asice.Merge(frozen, check, before, file)
	if err != nil {
		return nil, v, err
	}
	return joined, v, v.Err()
}

func signedProblem(key string) error {
	var l problem.List
	l.Add("file", key)
	return l.Err()
}

// checkOf is what the signatures of those who must sign are held to now.
func (o *Office) checkOf(ctx context.Context, signers []minutes.Signer) (signature.Check, error) {
	c := signature.Check{Now: o.db.Now()}
	return storage.Read(ctx, o.council, func(v *storage.View) (signature.Check, error) {
		t, err := v.Trust()
		if err != nil {
			return c, err
		}
		if c.Anchors, err = o.trusted.of(t); err != nil {
			return c, err
		}
		for _, s := range signers {
			x, err := v.Subject(s.Person)
			if err != nil {
				return c, err
			}
			c.Expected = append(c.Expected, signature.Expected{ID: s.Person, Serial: x.Serial, Name: s.Name})
		}
		return c, nil
	})
}

// SignedFile opens the file with the signatures of a session's minutes, byte
// for byte as it came back, for those inside: it holds personal codes. The
// caller closes it.
func (o *Office) SignedFile(ctx context.Context, a council.Actor, session string) (io.ReadCloser, minutes.Minutes, error) {
	m, err := o.Minutes(ctx, a, session)
	if err != nil {
		return nil, m, err
	}
	f := m.SignedFile()
	if f == nil || !m.MayReadSigned(a) {
		return nil, m, hidden("signed-file", session)
	}
	r, _, err := o.db.OpenBlob(ctx, f.Sum, 0, -1)
	return r, m, err
}

// SignedCorrection is SignedFile of a correction.
func (o *Office) SignedCorrection(ctx context.Context, a council.Actor, session, id string) (io.ReadCloser, minutes.Correction, error) {
	c, err := o.Correction(ctx, a, session, id)
	if err != nil {
		return nil, c, err
	}
	f := c.SignedFile()
	if f == nil || !c.MayReadSigned(a) {
		return nil, c, hidden("signed-file", id)
	}
	r, _, err := o.db.OpenBlob(ctx, f.Sum, 0, -1)
	return r, c, err
}
