package pades_test

import (
	"strings"
	"testing"

	"padome/internal/signature/pades"
	"padome/internal/signature/signtest"
)

func TestUpdatesInObjectStreamsAreReadAndHeldToTheSame(t *testing.T) {
	frozen := drawn(t, 3)
	for name, a := range attacks {
		if name == "a number that the document does not use" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			u := signtest.NewUpdate(frozen)
			u.Packed = true
			a.change(u)
			file := signedUpdate(u, anna, "S")
			if a.why != "" {
				refused(t, frozen, file, a.why)
				return
			}
			valid(t, frozen, file)
			if original, err := pades.Original(file); err != nil || len(original) != len(frozen) {
				t.Errorf("the original has %d bytes, %v", len(original), err)
			}
		})
	}
}

// TestAToolMayWriteTheSameInItsOwnWay: objects inlined or under other numbers.
func TestAToolMayWriteTheSameInItsOwnWay(t *testing.T) {
	frozen := drawn(t, 3)
	u := signtest.NewUpdate(frozen)
	root := u.Get(u.Root())
	_, rest, _ := strings.Cut(root, "/ViewerPreferences ")
	inline, _, _ := strings.Cut(rest, ">>")
	n := u.Add(inline + ">>")
	replace(u, u.Root(), inline+">>", itoa(n)+" 0 R")
	replace(u, u.Root(), "/Lang (lv)", "/Lang <6C76> /Version /1.7 /Extensions <</ESIC <</BaseVersion /1.7 /ExtensionLevel 5>>>>")
	content := contentOf(u)
	moved := u.Add(u.Get(content))
	replace(u, u.Page(), "/Contents "+itoa(content)+" 0 R", "/Contents "+itoa(moved)+" 0 R")
	valid(t, frozen, signedUpdate(u, anna, "S"))
}
