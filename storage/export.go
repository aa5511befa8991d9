package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"padome/internal/ledger"
	"padome/internal/parcel"
	"padome/storage/store"
	"padome/storage/store/bolt"
)

// An export is a parcel of all records in plain form and of all files. It says
// when nothing was made, so that the same data have the same bytes.
const (
	exportFormat  = "padome export"
	exportVersion = 1
	filesFolder   = "files/"
	onlyCouncils  = "councils/"
	ofAllCouncils = "installation/"
	linesEnding   = ".jsonl"
)

// ExportList is the list of an export: what it is, how far the councils had come,
// and every file with its SHA-256.
type ExportList struct {
	Format   string            `json:"format"`
	Version  int               `json:"version"`
	Schema   int               `json:"schema"`  // form of the records
	Changes  uint64            `json:"changes"` // number of the newest of what all councils share
	Councils []ExportedCouncil `json:"councils"`
	Files    []ExportedFile    `json:"files"`
}

// ExportedCouncil is how far a council had come: the number of its changes, and
// its ledger, nil where it has none.
type ExportedCouncil struct {
	Tenant  store.Tenant    `json:"tenant"`
	Changes uint64          `json:"changes"`
	Ledger  *ExportedLedger `json:"ledger,omitempty"`
}

// ExportedLedger is the state that a checkpoint signs.
type ExportedLedger struct {
	Origin string `json:"origin"`
	ledger.Head
}

// ExportedFile is one file of an export, with its number of lines where it has
// records.
type ExportedFile struct {
	parcel.File
	Records int `json:"records,omitempty"`
}

func (m *ExportList) raw() ([]byte, error) {
	raw, err := json.MarshalIndent(m, "", " ")
	return append(raw, '\n'), err
}

// Records is how many records the export holds.
func (m *ExportList) Records() (n int) {
	for _, f := range m.Files {
		n += f.Records
	}
	return n
}

// Export writes everything of all councils, or of one, in open formats into a ZIP
// file or a folder of that name, while others go on writing: as it was in one
// moment, and checked. What is secret and of use here alone stays here: passwords,
// second factors, logins, one-time links, and remembered commands. It fails with
// os.ErrExist when there is something of that name, and with NotFound when there
// is no such council.
func (db *DB) Export(ctx context.Context, path string, only store.Tenant) (list ExportList, err error) {
	if _, err := os.Lstat(path); err == nil {
		return list, &os.PathError{Op: "export", Path: path, Err: os.ErrExist}
	}
	copied, _, err := db.copyRecords(ctx, filepath.Dir(path))
	if err != nil {
		return list, edge(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(copied))) }()
	if filepath.Base(copied) == backupDump {
		copied += ".db" // which the dump was checked in
	}
	from, err := bolt.Open(bolt.Config{Path: copied, ReadOnly: true})
	if err != nil {
		return list, edge(err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := parcel.Create(path)
	if err != nil {
		return list, edge(err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	x := &exporting{ctx: ctx, from: from, blobs: db.blobs, to: to, only: only, sums: map[string]bool{},
		list: ExportList{Format: exportFormat, Version: exportVersion, Schema: SchemaVersion, Councils: []ExportedCouncil{}, Files: []ExportedFile{}}}
	err = edge(x.all())
	return x.list, err
}

// exporting is the making of one export out of a copy of the records.
type exporting struct {
	ctx   context.Context
	from  store.Carrier
	blobs store.BlobStore
	to    *parcel.Writer
	only  store.Tenant // 0: all councils
	list  ExportList
	sums  map[string]bool // of the files that records refer to
	mine  map[string]bool // with only: persons of the council, and what belongs to them
}

// all writes the files in the order of their names.
func (x *exporting) all() error {
	councils, err := x.councils()
	if err != nil {
		return err
	}
	for _, t := range councils {
		if err := x.council(t); err != nil {
			return err
		}
	}
	for _, sum := range slices.Sorted(maps.Keys(x.sums)) {
		if err := x.file(sum); err != nil {
			return err
		}
	}
	if err := x.tenant(installation, ofAllCouncils); err != nil {
		return err
	}
	slices.SortFunc(x.list.Councils, func(a, b ExportedCouncil) int { return cmp.Compare(a.Tenant, b.Tenant) })
	raw, err := x.list.raw()
	if err != nil {
		return err
	}
	return x.to.Finish(raw)
}

// councils are the tenants to export, in the order of their folders' names.
func (x *exporting) councils() ([]store.Tenant, error) {
	all, err := x.from.Tenants(x.ctx)
	all = slices.DeleteFunc(all, func(t store.Tenant) bool { return t == installation || x.only != 0 && t != x.only })
	if err == nil && x.only != 0 && len(all) == 0 {
		err = missing(register.kind, numberText(x.only))
	}
	if x.only != 0 {
		x.mine = map[string]bool{}
	}
	slices.SortFunc(all, func(a, b store.Tenant) int { return cmp.Compare(folderOf(a), folderOf(b)) })
	return all, err
}

func numberText(t store.Tenant) string { return strconv.FormatUint(uint64(t), 10) }

func folderOf(t store.Tenant) string { return onlyCouncils + numberText(t) + "/" }

// council writes the records of one council, and notes how far it had come.
func (x *exporting) council(t store.Tenant) error {
	c := ExportedCouncil{Tenant: t}
	var err error
	if c.Changes, err = x.from.Seq(x.ctx, t); err != nil {
		return err
	}
	err = x.from.View(x.ctx, t, func(r store.Reader) error {
		s, err := readLog(r)
		if err != nil || s.Origin == "" {
			return err
		}
		c.Ledger = &ExportedLedger{Origin: s.Origin}
		c.Ledger.Head, err = ledger.HeadOf(s.Size, readNodes(r))
		return err
	})
	if err != nil {
		return err
	}
	x.list.Councils = append(x.list.Councils, c)
	return x.tenant(t, folderOf(t))
}

// tenant writes the records of a tenant, a file for each kind that it has.
func (x *exporting) tenant(t store.Tenant, folder string) error {
	if err := x.nothingUnknown(t); err != nil {
		return err
	}
	tables := exportTables(t)
	parts := slices.AppendSeq([]string{ledgerPart, actorsPart, numbersPart}, maps.Keys(tables))
	slices.SortFunc(parts, func(a, b string) int { return cmp.Compare(a+linesEnding, b+linesEnding) })
	for _, part := range parts {
		bucket, line := x.lines(t, part, tables[part])
		if err := x.part(t, folder+part+linesEnding, bucket, line); err != nil {
			return err
		}
	}
	return x.noteFiles(t)
}

// file writes one file that records refer to.
func (x *exporting) file(sum string) error {
	f, err := x.to.Add(filesFolder+sum, func(w io.Writer) error {
		from, _, err := x.blobs.Open(x.ctx, sum, 0, -1)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, from)
		return errors.Join(err, from.Close())
	})
	x.list.Files = append(x.list.Files, ExportedFile{File: f})
	return err
}
