package storage

import "syscall"

// freeIn says how many bytes are free for this process where a folder lies.
func freeIn(dir string) func() (uint64, error) {
	return func() (uint64, error) {
		var s syscall.Statfs_t
		if err := syscall.Statfs(dir, &s); err != nil {
			return 0, err
		}
		return s.Bavail * uint64(s.Bsize), nil
	}
}
