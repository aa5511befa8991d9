package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"padome/storage/store/internal/disk"
)

// walked is how long a file may be that is looked at whenever it is opened. A
// longer one, for which that takes more than a moment, is trusted where it was
// closed in order, as a note beside it says.
const walked = 64 << 20

func closedNote(path string) string { return path + ".closed" }

// noteClosed says beside the file that it was closed in order, and with which
// transaction. A note that cannot be made costs a walk the next time.
func noteClosed(path string, newest uint64) {
	_ = os.WriteFile(closedNote(path), fmt.Appendln(nil, newest), 0o600)
}

// closedInOrder reports whether the file was closed in order after that
// transaction, and nobody has opened it for writing since.
func closedInOrder(path string, newest uint64) bool {
	raw, err := os.ReadFile(closedNote(path))
	return err == nil && string(raw) == fmt.Sprintln(newest)
}

// forgetClosed removes the note for good, before anything is written.
func forgetClosed(path string) error {
	if err := os.Remove(closedNote(path)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return disk.SyncDir(filepath.Dir(path))
}
