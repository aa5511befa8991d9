package storage

import (
	"fmt"
	"strconv"

	"padome/internal/problem"
)

// LeastFree is how many bytes have to be free on the disk of the data before a
// change is begun: enough for the file to grow, for a backup's list, and for
// somebody to make room.
const LeastFree = 64 << 20

// roomLeft refuses a change of a council while the disk is nearly full. Reading
// goes on, and so do logins, which are small.
func (db *DB) roomLeft() error {
	if db.free == nil {
		return nil
	}
	free, err := db.free()
	if err != nil {
		return fmt.Errorf("storage: free space: %w", err)
	}
	if free < LeastFree {
		return problem.New(problem.Unavailable, "problem.storage.low", "free", strconv.FormatUint(free>>20, 10), "least", strconv.Itoa(LeastFree>>20))
	}
	return nil
}
