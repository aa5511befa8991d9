package storage

import (
	"strconv"

	"padome/agenda"
	"padome/internal/problem"
	"padome/storage/store"
)

// What submitted versions went against stands by the day of their session, so
// that it is counted without reading the agendas. A version without any has no
// record.
var overrides = &table[agenda.VersionOverrides]{
	bucket: "agendas/overrides",
	kind:   "agenda-overrides",
	key:    overridesKey,
	id:     func(o *agenda.VersionOverrides) string { return o.Session + "/" + strconv.Itoa(o.Version) },
}

func overridesKey(o *agenda.VersionOverrides) key {
	return key{}.str(string(o.Date)).str(o.Session).num(uint64(o.Version))
}

// keepOverrides records what a submitted version went against.
func keepOverrides(w *writing, session string, f *agenda.Frozen, approved bool) error {
	c, err := agenda.ReadContent(f.Bytes, f.Digest)
	if err != nil || len(c.Overrides) == 0 {
		return err
	}
	return overrides.put(w, &agenda.VersionOverrides{Session: session, Date: c.Session.Date, Version: f.Number,
		Principles: c.Principles, Approved: approved, Overrides: c.Overrides})
}

// recordOverrides records what versions went against that were submitted before
// that was counted: each frozen version has its reasons. It does one agenda in each
// transaction.
func recordOverrides(w store.Writer, cursor []byte) ([]byte, error) {
	rng := store.Range{}
	if cursor != nil {
		rng = rng.After(cursor)
	}
	list, keys, err := agendas.scan(w, agendas.bucket, rng, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	a, v := &list[0], View{r: w}
	for i := range a.Versions {
		f, err := v.FrozenAgenda(a.Session, a.Versions[i].Number)
		if err == nil {
			err = keepOverrides(&writing{Writer: w}, a.Session, &f, a.Versions[i].Approved())
		}
		if err != nil {
			return nil, err
		}
	}
	return keys[0], nil
}

// approveOverrides marks what a version went against as approved with it.
func (tx *Tx) approveOverrides(a *agenda.Agenda) error {
	v, ok := a.ApprovedVersion()
	if !ok {
		return nil
	}
	f, err := tx.FrozenAgenda(a.Session, v.Number)
	if err != nil {
		return err
	}
	c, err := agenda.ReadContent(f.Bytes, f.Digest)
	if err != nil {
		return err
	}
	o, err := overrides.find(tx.w, overridesKey(&agenda.VersionOverrides{Session: a.Session, Date: c.Session.Date, Version: v.Number}))
	if o == nil || err != nil || o.Approved {
		return err
	}
	o.Approved = true
	return overrides.put(tx.w, o)
}

// MaxOverrides is the most versions whose overrides are read at once.
const MaxOverrides = 2000

// Overrides are what the submitted versions of a span of sessions went against,
// in the order of their days. It fails with TooLarge where there are more than
// MaxOverrides such versions.
func (v *View) Overrides(s Span) ([]agenda.VersionOverrides, error) {
	var all []agenda.VersionOverrides
	rng := days(s.From, s.Until)
	for {
		some, keys, err := overrides.scan(v.r, overrides.bucket, rng, store.MaxScan)
		if err != nil {
			return nil, err
		}
		if all = append(all, some...); len(all) > MaxOverrides {
			return nil, problem.New(problem.TooLarge, "problem.storage.overrides", "most", strconv.Itoa(MaxOverrides))
		}
		if len(some) < store.MaxScan {
			return all, nil
		}
		rng = rng.After(keys[len(keys)-1])
	}
}
