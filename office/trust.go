package office

import (
	"context"

	"padome/council"
	"padome/minutes"
	"padome/storage"
)

// Trust are the certificates that signatures are checked against.
func (o *Office) Trust(ctx context.Context, a council.Actor) (minutes.Trust, error) {
	if err := council.MayChangeTrust(a); err != nil {
		return minutes.Trust{}, err
	}
	return storage.Read(ctx, o.council, (*storage.View).Trust)
}

// SaveTrust replaces the certificates by those of a file, PEM or PKCS#7; nothing
// takes the national ones that come with the program. What was verified before
// stays as it was found.
func (o *Office) SaveTrust(ctx context.Context, by By, revision uint64, file []byte) (minutes.Trust, error) {
	if err := council.MayChangeTrust(by.Actor); err != nil {
		return minutes.Trust{}, err
	}
	t := minutes.Trust{Certificates: file}
	anchors, err := t.Anchors()
	if err != nil {
		return minutes.Trust{}, err
	}
	what := "history.trust.national"
	if len(file) > 0 {
		t.Certificates, what = anchors.PEM(), "history.trust.replaced"
	}
	by.Input = anchors.Fingerprint()
	return storage.Do(ctx, o.council, by.change(what, ""), func(tx *storage.Tx) (minutes.Trust, error) {
		return tx.UpdateTrust(revision, func(x *minutes.Trust) error {
			x.Certificates = t.Certificates
			return nil
		})
	})
}

// Subject is by what a person's signatures are known, for those who keep the
// register alone: it holds the personal code.
func (o *Office) Subject(ctx context.Context, a council.Actor, person string) (minutes.Subject, error) {
	if err := council.MayChangePeople(a); err != nil {
		return minutes.Subject{}, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (minutes.Subject, error) {
		if _, err := v.Person(person); err != nil {
			return minutes.Subject{}, err
		}
		return v.Subject(person)
	})
}

// SaveSubject says by what a person's signatures are known.
func (o *Office) SaveSubject(ctx context.Context, by By, person string, revision uint64, serial string) (minutes.Subject, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return minutes.Subject{}, err
	}
	by.Input = serial
	return storage.Do(ctx, o.council, by.change("history.subject", ""), func(tx *storage.Tx) (minutes.Subject, error) {
		if _, err := tx.Person(person); err != nil {
			return minutes.Subject{}, err
		}
		return tx.UpdateSubject(person, revision, func(s *minutes.Subject) error {
			s.Serial = serial
			return s.Validate()
		})
	})
}
