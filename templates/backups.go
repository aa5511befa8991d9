package templates

import "time"

func init() { register(Backups{}) }

// Backups lists the backups, and makes one.
type Backups struct {
	Crumbs
	Form
	Nowhere bool // no folder for them is named
	Rows    []BackupRow
}

// BackupRow is one backup.
type BackupRow struct {
	Name, Size string
	Made       time.Time
}

func (Backups) file() string { return "settings-backups.html" }
