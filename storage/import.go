package storage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"padome/internal/parcel"
	"padome/internal/problem"
	"padome/internal/strict"
	"padome/storage/store"
	"padome/storage/store/blob"
	"padome/storage/store/bolt"
)

// maxExportList is how long the list of an export may be.
const maxExportList = 256 << 20

// Import fills a place that has no data, a folder or the address of a PostgreSQL
// database, with an export, and returns its list. Every file is held to its
// SHA-256 and length first; then all is put together and checked elsewhere, and
// only then carried to its place: whatever is refused has changed nothing. It
// fails with Invalid, which names file, line and field, for what no export of
// this program has, with Conflict when the place is not empty, and with
// Unavailable for the export of a newer program.
func Import(ctx context.Context, path, where string) (list ExportList, err error) {
	from, err := parcel.Open(path)
	if err != nil {
		return list, edge(err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if list, err = readExportList(from); err != nil {
		return list, edge(err)
	}
	for _, f := range list.Files {
		if err := ctx.Err(); err != nil {
			return list, err
		}
		if err := from.Read(f.File, func(io.Reader) error { return nil }); err != nil {
			return list, edge(err)
		}
	}
	if OnServer(where) {
		return list, edge(importIntoServer(ctx, from, &list, where))
	}
	return list, edge(importIntoFolder(ctx, from, &list, where))
}

// readExportList reads the list and holds the files to it.
func readExportList(from *parcel.Reader) (list ExportList, err error) {
	raw, err := from.ReadList(maxExportList)
	if err != nil {
		return list, err
	}
	if err := readableExport(raw); err != nil {
		return list, err
	}
	if err := strict.Decode(raw, &list); err != nil {
		return list, inFile(parcel.List, 0, err)
	}
	if err := list.inOrder(raw); err != nil {
		return list, err
	}
	files := make([]parcel.File, len(list.Files))
	for i, f := range list.Files {
		files[i] = f.File
	}
	for _, f := range list.Files {
		if _, _, err := list.partOf(f.Name); err != nil {
			return list, err
		}
	}
	if err := from.Hold(files); err != nil {
		return list, err
	}
	return list, nil
}

// inOrder refuses a list that raw would write otherwise, and one whose councils
// are none or stand out of order.
func (m *ExportList) inOrder(raw []byte) error {
	again, err := m.raw()
	if err == nil && !bytes.Equal(again, raw) {
		err = inFile(parcel.List, 0, wrong("problem.import.list"))
	}
	for i, c := range m.Councils {
		if err == nil && (c.Tenant == installation || c.Changes == 0 || i > 0 && c.Tenant <= m.Councils[i-1].Tenant) {
			err = inFile(parcel.List, 0, wrong("problem.import.changes", "council", numberText(c.Tenant)))
		}
	}
	return err
}

// readableExport refuses what is no export, and one of another form than ours.
func readableExport(raw []byte) error {
	var is struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
		Schema  int    `json:"schema"`
	}
	if err := unmarshalLoosely(raw, &is); err != nil || is.Format != exportFormat {
		return problem.New(problem.Invalid, "problem.import.none", "list", parcel.List)
	}
	args := []string{"version", strconv.Itoa(is.Version), "schema", strconv.Itoa(is.Schema),
		"ours", strconv.Itoa(exportVersion), "ourSchema", strconv.Itoa(SchemaVersion)}
	switch {
	case is.Version > exportVersion || is.Schema > SchemaVersion:
		return problem.New(problem.Unavailable, "problem.import.newer", args...)
	case is.Version != exportVersion || is.Schema != SchemaVersion:
		return problem.New(problem.Unavailable, "problem.import.older", args...)
	}
	return nil
}

// partOf is whose a file of an export is, and which part: with the number 0 what
// all councils share, and the part files for a file that records refer to.
func (m *ExportList) partOf(name string) (t store.Tenant, part string, err error) {
	unknown := problem.New(problem.Invalid, "problem.import.kind", "file", strict.Clip(name))
	if sum, ok := strings.CutPrefix(name, filesFolder); ok {
		if !isBlobName(backupBlobs + sum) {
			return 0, "", unknown
		}
		return 0, filesFolder, nil
	}
	rest, ok := strings.CutPrefix(name, ofAllCouncils)
	for i := 0; !ok && i < len(m.Councils); i++ {
		if rest, ok = strings.CutPrefix(name, folderOf(m.Councils[i].Tenant)); ok {
			t = m.Councils[i].Tenant
		}
	}
	part, isLines := strings.CutSuffix(rest, linesEnding)
	if _, isTable := exportTables(t)[part]; !ok || !isLines || !isTable && part != ledgerPart && part != actorsPart && part != numbersPart {
		return 0, "", unknown
	}
	return t, part, nil
}

// importIntoFolder puts all together in a folder inside the new one, and takes it
// into its place once it is whole.
func importIntoFolder(ctx context.Context, from *parcel.Reader, list *ExportList, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	there, err := os.ReadDir(dir)
	if err == nil && len(there) > 0 {
		err = problem.New(problem.Conflict, "problem.import.target", "place", dir)
	}
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(dir, ".import-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := putTogether(ctx, from, list, work); err != nil {
		return err
	}
	for _, name := range []string{blobsDir, recordsFile} { // the records last: by them data are known
		if err := os.Rename(filepath.Join(work, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// importIntoServer puts all together in a folder, and moves it from there: a
// database that was not filled to the end is opened by nobody.
func importIntoServer(ctx context.Context, from *parcel.Reader, list *ExportList, where string) error {
	if err := emptyServer(ctx, where); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "padome-import-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := putTogether(ctx, from, list, work); err != nil {
		return err
	}
	_, err = Move(ctx, work, where, nil)
	return err
}

func emptyServer(ctx context.Context, where string) error {
	to, end, err := side(ctx, where)
	if err != nil {
		return err
	}
	tenants, err := to.Records.Tenants(ctx)
	some := len(tenants) > 0
	if err == nil && !some {
		err = to.Blobs.List(ctx, func(string, int64) bool { some = true; return false })
	}
	if err == nil && some {
		err = problem.New(problem.Conflict, "problem.import.target", "place", Shown(where))
	}
	return errors.Join(err, end())
}

// putTogether fills a folder with an export and checks all of it.
func putTogether(ctx context.Context, from *parcel.Reader, list *ExportList, dir string) error {
	blobs, err := blob.Open(blob.Config{Dir: filepath.Join(dir, blobsDir)})
	if err != nil {
		return err
	}
	engine, err := bolt.Open(bolt.Config{Path: filepath.Join(dir, recordsFile)})
	if err != nil {
		return err
	}
	x := &importing{ctx: ctx, from: from, list: list, to: engine, blobs: blobs}
	if err := errors.Join(x.all(), engine.Close()); err != nil {
		return err
	}
	db, err := Open(Config{Dir: dir})
	if err != nil {
		return err
	}
	return errors.Join(x.checked(db), db.Close())
}
