//go:build !linux

package storage

// freeIn is known on Linux only; elsewhere a full disk fails the change itself.
func freeIn(string) func() (uint64, error) { return nil }
