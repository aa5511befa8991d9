package storage

import (
	"padome/minutes"
	"padome/storage/store"
)

// Mark leads from the digest of a final content to the paper that has it.
type Mark struct {
	Digest     string
	Kind       MarkKind
	Session    string
	Correction string           // its id, where the paper is one
	Superseded bool             // the content was final before the minutes were reopened
	File       minutes.FileKind // what the file that was asked by is to it; "" by a digest
}

// MarkKind is what paper a Mark leads to.
type MarkKind string

const (
	MarkMinutes    MarkKind = "minutes"
	MarkCorrection MarkKind = "correction"
	MarkAgenda     MarkKind = "agenda"
)

// Marks are those of all papers that became final: minutes, corrections, and the
// agendas that both leads approved.
func (v *View) Marks() ([]Mark, error) {
	var all []Mark
	ms, err := allMinutes.every(v.r, allMinutes.bucket, store.Range{})
	if err != nil {
		return nil, err
	}
	for i := range ms {
		all = append(all, minutesMarks(&ms[i])...)
	}
	cs, err := corrections.every(v.r, corrections.bucket, store.Range{})
	if err != nil {
		return nil, err
	}
	for _, c := range cs {
		if c.Digest != "" {
			all = append(all, Mark{Digest: c.Digest, Kind: MarkCorrection, Session: c.Session, Correction: c.ID})
		}
	}
	as, err := agendas.every(v.r, agendas.bucket, store.Range{})
	for i := range as {
		if x, ok := as[i].ApprovedVersion(); ok {
			all = append(all, Mark{Digest: x.Digest, Kind: MarkAgenda, Session: as[i].Session})
		}
	}
	return all, err
}

func minutesMarks(m *minutes.Minutes) (all []Mark) {
	for _, r := range m.Reopened {
		all = append(all, Mark{Digest: r.Digest, Kind: MarkMinutes, Session: m.Session, Superseded: true})
	}
	if m.Digest != "" {
		all = append(all, Mark{Digest: m.Digest, Kind: MarkMinutes, Session: m.Session})
	}
	return all
}

// MarksOfFile are the marks of the papers that a file of a sum is: frozen minutes
// and corrections, and what came back of them signed.
func (v *View) MarksOfFile(sum string) ([]Mark, error) {
	var all []Mark
	ms, err := allMinutes.every(v.r, blobBucket, store.Prefix(key{}.str(sum).str(allMinutes.kind)))
	if err != nil {
		return nil, err
	}
	for i := range ms {
		m := &ms[i]
		for _, r := range m.Reopened {
			if r.PDF == sum {
				all = append(all, Mark{Digest: r.Digest, Kind: MarkMinutes, Session: m.Session, Superseded: true, File: minutes.FrozenFile})
			}
		}
		s := m.Sealed()
		if f := s.FileOf(sum); f != "" {
			all = append(all, Mark{Digest: m.Digest, Kind: MarkMinutes, Session: m.Session, File: f})
		}
	}
	cs, err := corrections.every(v.r, blobBucket, store.Prefix(key{}.str(sum).str(corrections.kind)))
	for _, c := range cs {
		if f := c.FileOf(sum); f != "" {
			all = append(all, Mark{Digest: c.Digest, Kind: MarkCorrection, Session: c.Session, Correction: c.ID, File: f})
		}
	}
	return all, err
}
