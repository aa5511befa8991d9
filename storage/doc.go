// Package storage keeps what a council decides: typed records over an engine of
// package store, changed in one shape — load, compare the revision, run a pure
// function of the domain, save with its indexes and its history, all or nothing.
package storage
