//go:build !linux

// Package faultfs is a disk for tests that fails when it is told to. It is there
// on Linux only.
package faultfs

// Serve does nothing here.
func Serve() bool { return false }
