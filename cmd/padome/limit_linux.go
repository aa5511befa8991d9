package main

import "syscall"

// limitData ends this process should it ever hold more memory than that; files
// that are mapped do not count.
func limitData(bytes int64) error {
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)})
}
