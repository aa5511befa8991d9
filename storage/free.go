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

// roomLeft refuses a change while the disk may only be read, which would stop the
// database, and one of a council while the disk is nearly full. Reading goes on,
// and on a full disk so do logins, which are small.
func (db *DB) roomLeft(ofCouncil bool) error {
	if db.free == nil {
		return nil
	}
	free, err := db.free()
	if err != nil {
		return edge(fmt.Errorf("storage: free space: %w", err))
	}
	if ofCouncil && free < LeastFree {
		return problem.New(problem.Unavailable, "problem.storage.low", "free", strconv.FormatUint(free>>20, 10), "least", strconv.Itoa(LeastFree>>20))
	}
	return nil
}
