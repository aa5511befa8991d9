package storage

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"padome/internal/ledger"
	"padome/internal/parcel"
	"padome/internal/problem"
	"padome/internal/strict"
	"padome/storage/store"
)

// importing is the filling of an empty engine with one export.
type importing struct {
	ctx   context.Context
	from  *parcel.Reader
	list  *ExportList
	to    store.Carrier
	blobs store.BlobStore
}

// unmarshalLoosely reads what is not to be believed yet.
func unmarshalLoosely(raw []byte, v any) error { return json.Unmarshal(raw, v) }

// inFile says of a fault in which line of which file it is; line 0 is the whole
// file.
func inFile(name string, line int, err error) error {
	p, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return fmt.Errorf("%s, line %d: %w", name, line, err)
	}
	fields := p.Fields
	if len(fields) == 0 {
		fields = []problem.Field{{Key: p.Key, Args: p.Args}}
	}
	key, args := "problem.import.line", problem.Pairs("file", name, "line", strconv.Itoa(line))
	if line == 0 {
		key, args = "problem.import.whole", problem.Pairs("file", name)
	}
	return errors.Join(&problem.Error{Kind: problem.Invalid, Key: key, Args: args, Fields: fields}, err)
}

func wrong(key string, args ...string) error { return problem.New(problem.Invalid, key, args...) }

// all stores every file of the export.
func (x *importing) all() error {
	for _, f := range x.list.Files {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		t, part, err := x.list.partOf(f.Name)
		switch {
		case err != nil:
		case part == filesFolder:
			err = x.file(f)
		default:
			err = x.part(t, part, f)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range x.list.Councils {
		if err := x.end(c.Tenant, c.Changes); err != nil {
			return err
		}
	}
	return x.end(installation, x.list.Changes)
}

// end gives a tenant the form of its records and the number of its changes.
func (x *importing) end(t store.Tenant, changes uint64) error {
	if changes == 0 {
		return nil // nothing that all councils share has changed yet
	}
	raw, err := encode(schema{Version: x.list.Schema})
	if err != nil {
		return err
	}
	return x.to.Load(x.ctx, t, []store.Item{{Bucket: metaBucket, Key: []byte(schemaKey), Value: raw}}, changes)
}

func (x *importing) file(f ExportedFile) error {
	if f.Records != 0 {
		return inFile(f.Name, 0, wrong("problem.import.count", "listed", strconv.Itoa(f.Records), "n", "0"))
	}
	return x.from.Read(f.File, func(r io.Reader) error {
		put, _, err := x.blobs.Put(x.ctx, r, f.Size)
		if err == nil && filesFolder+put != f.Name {
			err = inFile(f.Name, 0, wrong("problem.import.sum", "sum", put))
		}
		return err
	})
}

// mostOfLine is how long a line may be: a record has at most store.MaxValue bytes,
// each of which may be written with six.
const mostOfLine = 8 * store.MaxValue

// lineReader stores what the next line of a file says.
type lineReader interface {
	line(w *writing, line []byte) error
	end() error
}

// part stores the records of one file.
func (x *importing) part(t store.Tenant, part string, f ExportedFile) error {
	c := x.list.council(t)
	if c.Changes == 0 { // without any history nothing can be there
		return inFile(parcel.List, 0, wrong("problem.import.changes", "council", numberText(t)))
	}
	var to lineReader = &recordLines{part: part, table: exportTables(t)[part], changes: c.Changes}
	switch part {
	case ledgerPart:
		to = &ledgerLines{is: c.Ledger, nodes: &treeCheck{checking: &checking{}, nodes: map[int64][]byte{}}}
	case actorsPart:
		to = &actorLines{}
	case numbersPart:
		to = &numberLines{}
	}
	into := &filling{ctx: x.ctx, to: x.to, tenant: t}
	w, n := &writing{Writer: into}, 0
	err := x.from.Read(f.File, func(r io.Reader) error {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, mostOfLine)
		for lines.Scan() {
			n++
			if err := to.line(w, lines.Bytes()); err != nil {
				return inFile(f.Name, n, err)
			}
		}
		if errors.Is(lines.Err(), bufio.ErrTooLong) {
			return inFile(f.Name, n+1, wrong("problem.import.long", "most", strconv.Itoa(mostOfLine)))
		}
		return lines.Err()
	})
	if err != nil {
		return err
	}
	if n != f.Records || n == 0 {
		return inFile(f.Name, 0, wrong("problem.import.count", "listed", strconv.Itoa(f.Records), "n", strconv.Itoa(n)))
	}
	if err := to.end(); err != nil {
		return inFile(f.Name, n, err)
	}
	return into.flush()
}

// council is what the list says of a tenant; of what all councils share only the
// number of changes.
func (m *ExportList) council(t store.Tenant) ExportedCouncil {
	for _, c := range m.Councils {
		if c.Tenant == t {
			return c
		}
	}
	return ExportedCouncil{Changes: m.Changes}
}

// filling is a Writer that hands what is put to an engine as it is, some at a time.
// It reads nothing.
type filling struct {
	ctx    context.Context
	to     store.Carrier
	tenant store.Tenant
	items  []store.Item
	size   int
}

// What one Load of a filling takes at most.
const (
	itemsAtOnce = 500
	bytesAtOnce = 8 << 20
)

var errFilling = errors.New("storage: an import reads nothing of what it fills")

func (f *filling) Get(string, []byte) ([]byte, error) { return nil, errFilling }

func (f *filling) GetMany(string, [][]byte) ([][]byte, error) { return nil, errFilling }

func (f *filling) Scan(string, store.Range, int, func(k, v []byte) bool) error { return errFilling }

func (f *filling) Delete(string, []byte) error { return errFilling }

func (f *filling) Seq() uint64 { return 0 }

func (f *filling) Put(bucket string, k, v []byte) error {
	if len(v) > store.MaxValue || len(k) > store.MaxKey {
		return wrong("problem.import.large", "size", strconv.Itoa(len(v)), "most", strconv.Itoa(store.MaxValue))
	}
	f.items = append(f.items, store.Item{Bucket: bucket, Key: bytes.Clone(k), Value: append([]byte{}, v...)})
	if f.size += len(k) + len(v); len(f.items) >= itemsAtOnce || f.size >= bytesAtOnce {
		return f.flush()
	}
	return nil
}

func (f *filling) flush() error {
	if len(f.items) == 0 {
		return nil
	}
	err := f.to.Load(f.ctx, f.tenant, f.items, 0)
	f.items, f.size = nil, 0
	return err
}

// checked checks all that was filled in, and that every file has its use.
func (x *importing) checked(db *DB) error {
	if err := db.Check(x.ctx); err != nil {
		return wrong("problem.import.damaged", "fault", firstFault(err))
	}
	for _, c := range x.list.Councils {
		if err := x.heldLedger(db, c); err != nil {
			return err
		}
	}
	for _, f := range x.list.Files {
		if _, part, err := x.list.partOf(f.Name); err != nil || part != filesFolder {
			continue
		}
		used, err := db.referred(x.ctx, f.Name[len(filesFolder):])
		if err == nil && !used {
			err = inFile(f.Name, 0, wrong("problem.import.unused"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// heldLedger holds the ledger of a council to the state that the list names.
func (x *importing) heldLedger(db *DB, c ExportedCouncil) error {
	is, err := Read(x.ctx, db.Council(c.Tenant), func(v *View) (ledger.Checkpoint, error) { return v.LogHead(-1) })
	if err != nil {
		return err
	}
	said := ledger.Checkpoint{}
	if c.Ledger != nil {
		said = ledger.Checkpoint{Origin: c.Ledger.Origin, Head: c.Ledger.Head}
	}
	if is.Origin != said.Origin || said.Origin != "" && !is.Same(said.Head) {
		return inFile(parcel.List, 0, wrong("problem.import.ledger", "council", numberText(c.Tenant)))
	}
	return nil
}

// firstFault is the first fault of a check, for people.
func firstFault(err error) string {
	for {
		joined, ok := err.(interface{ Unwrap() []error })
		if !ok || len(joined.Unwrap()) == 0 {
			return strict.Clip(err.Error())
		}
		all := joined.Unwrap()
		err = all[len(all)-1]
	}
}

// fieldFault is a fault of one field of a line.
func fieldFault(field, key string, value any) error {
	shown, isText := value.(string)
	if !isText {
		if v, err := valueOf(value); err == nil {
			if raw, err := appendPlain(nil, v); err == nil {
				shown = string(raw)
			}
		}
	}
	var l problem.List
	l.Add(field, key, "value", strict.Clip(shown))
	return l.Err()
}
