package storage

import (
	"slices"

	"padome/storage/store"
)

// EntriesOfSession are the numbers of the entries about a session's agenda,
// decisions, minutes and corrections, the oldest first.
func (v *View) EntriesOfSession(session string) ([]int64, error) {
	objects := []string{}
	ds, err := v.DecisionsOf(session)
	if err != nil {
		return nil, err
	}
	for i := range ds {
		objects = append(objects, object("decision", ds[i].ID))
	}
	cs, err := v.Corrections(session)
	if err != nil {
		return nil, err
	}
	for i := range cs {
		objects = append(objects, object("minutes-correction", cs[i].ID), object("minutes-correction-file", cs[i].ID))
	}
	var all []int64
	for _, name := range objects {
		ns, err := entriesOf(v.r, name, store.MaxScan)
		if err != nil {
			return nil, err
		}
		all = append(all, ns...)
	}
	for _, kind := range []string{"agenda", "agenda-version", "minutes", "minutes-content", "minutes-file"} {
		ns, err := v.entriesBelow(object(kind, session))
		if err != nil {
			return nil, err
		}
		all = append(all, ns...)
	}
	slices.Sort(all)
	return all, nil
}

// entriesBelow are those of an object, and of those whose names go on from its
// own with a slash.
func (v *View) entriesBelow(name string) (all []int64, err error) {
	err = v.r.Scan(objectBucket, store.Prefix([]byte(name)), store.MaxScan, func(k, _ []byte) bool {
		if next := k[len(name)]; next == 0 || next == '/' {
			all = append(all, numberOfEntry(k))
		}
		return true
	})
	return all, err
}
