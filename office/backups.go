package office

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// backupName is the name of a backup by the time it is made, in UTC.
const backupName = "padome-2006-01-02T150405Z.zip"

// backupEvery is how old the newest backup gets before another is made.
const backupEvery = 24 * time.Hour

// Backup is a backup in the folder of backups.
type Backup struct {
	Name string    `json:"name"`
	Size int64     `json:"size"`
	Made time.Time `json:"made"`
}

// keptBackups is where backups are made while others go on writing; "" for
// nowhere. One is made at a time.
type keptBackups struct {
	mu  sync.Mutex
	dir string
}

// KeepBackupsIn says in which folder backups are made. It is called before the
// office is used.
func (o *Office) KeepBackupsIn(dir string) { o.backups.dir = dir }

// Backups are those in the folder, the newest first. They are the
// administrator's to see; without a folder there are none.
func (o *Office) Backups(_ context.Context, a council.Actor) ([]Backup, error) {
	if err := mayBackUp(a); err != nil {
		return nil, err
	}
	return o.backupsThere()
}

func mayBackUp(a council.Actor) error {
	if a.Operator || a.Holds(council.Administrator) {
		return nil
	}
	return problem.New(problem.Forbidden, "problem.backup.who")
}

func (o *Office) backupsThere() (all []Backup, err error) { return backupsIn(o.backups.dir) }

// NewestBackup is the path of the newest backup in a folder of backups, "" where
// there is none, no folder, or none that can be read.
func NewestBackup(dir string) string {
	all, err := backupsIn(dir)
	if err != nil || len(all) == 0 {
		return ""
	}
	return filepath.Join(dir, all[0].Name)
}

// backupsIn are the backups in a folder, the newest first.
func backupsIn(dir string) (all []Backup, err error) {
	if dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		made, err := time.Parse(backupName, e.Name())
		if err != nil || !e.Type().IsRegular() {
			continue // no backup of ours
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		all = append(all, Backup{e.Name(), info.Size(), made})
	}
	slices.SortFunc(all, func(a, b Backup) int { return cmp.Compare(b.Name, a.Name) })
	return all, nil
}

// BackUp makes a checked backup of everything, of all councils, while others go
// on writing. It fails for those who are no administrators, without a folder for
// backups, and while another one is being made.
func (o *Office) BackUp(ctx context.Context, a council.Actor) (Backup, error) {
	if err := mayBackUp(a); err != nil {
		return Backup{}, err
	}
	if o.backups.dir == "" {
		return Backup{}, problem.New(problem.State, "problem.backup.nowhere")
	}
	if !o.backups.mu.TryLock() {
		return Backup{}, problem.New(problem.State, "problem.backup.busy")
	}
	defer o.backups.mu.Unlock()
	made := o.db.Now().UTC().Truncate(time.Second)
	name := made.Format(backupName)
	path := filepath.Join(o.backups.dir, name)
	if _, err := o.db.SaveBackup(ctx, path); err != nil {
		return Backup{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Backup{}, err
	}
	return Backup{name, info.Size(), made}, nil
}

// BackUpIfDue makes a backup when the newest is a day old or there is none. One
// that a wrong clock dated ahead does not count: there would be none until then.
func (o *Office) BackUpIfDue(ctx context.Context) (made bool, err error) {
	all, err := o.backupsThere()
	if err != nil || o.backups.dir == "" {
		return false, err
	}
	for _, b := range all {
		if age := o.db.Now().Sub(b.Made); age.Abs() < backupEvery {
			return false, nil
		}
	}
	_, err = o.BackUp(ctx, council.Actor{Operator: true})
	return err == nil, err
}

// NewestBackup is when the newest backup was made, however it is dated; the zero
// time when there is none.
func (o *Office) NewestBackup() (time.Time, error) {
	all, err := o.backupsThere()
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	return all[0].Made, nil
}

// BacksUp reports whether there is a folder for backups.
func (o *Office) BacksUp() bool { return o.backups.dir != "" }
