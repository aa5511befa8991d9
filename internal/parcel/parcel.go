// Package parcel keeps named files together with a list that holds each of them
// to its SHA-256: in a folder, or in one ZIP file that has the same bytes whenever
// it holds the same files.
package parcel

import (
	"regexp"

	"padome/internal/problem"
)

// List is the name of the list. It sorts behind every other file, so the others
// begin with what sorts before it.
const List = "manifest.json"

// File is one file of a parcel as the list names it.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// maxName is how long a name may be, in bytes.
const maxName = 200

// A name is made of folders and a file, each of which begins with a letter or a
// digit: no name leads out of the parcel, none is hidden, and none is another's
// on a system that does not tell small letters from capitals.
var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*(\.[a-z0-9]+)?$`)

func checkName(name string) error {
	if len(name) > maxName || !nameForm.MatchString(name) {
		return fault("problem.parcel.name", "name", clip(name))
	}
	return nil
}

// fault says what is wrong with a parcel that was given to us.
func fault(key string, args ...string) error { return problem.New(problem.Invalid, key, args...) }

// clip shortens a name that is shown.
func clip(name string) string {
	if r := []rune(name); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return name
}
