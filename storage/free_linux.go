package storage

import "syscall"

// readOnly is the flag of a file system that nobody may write to (ST_RDONLY).
const readOnly = 1

// freeIn says how many bytes are free for this process where a folder lies. It
// fails with EROFS where none can be written.
func freeIn(dir string) func() (uint64, error) {
	return func() (uint64, error) {
		var s syscall.Statfs_t
		if err := syscall.Statfs(dir, &s); err != nil {
			return 0, err
		}
		if s.Flags&readOnly != 0 {
			return 0, syscall.EROFS
		}
		return s.Bavail * uint64(s.Bsize), nil
	}
}
