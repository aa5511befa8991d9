package templates

import "time"

func init() {
	samples["backups"] = Backups{Rows: []BackupRow{{Name: "padome-2024-01-10T070000Z.zip", Size: "3 MB", Made: time.Date(2024, 1, 10, 7, 0, 0, 0, time.UTC)}}}
	samples["no backups"] = Backups{}
	samples["nowhere for backups"] = Backups{Nowhere: true}
}
