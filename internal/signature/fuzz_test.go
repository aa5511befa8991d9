package signature_test

import (
	"testing"

	. "padome/internal/signature"
	"padome/internal/signature/signtest"
)

// FuzzCMS opens any bytes as a signature: refused with a reason, or assessed.
func FuzzCMS(f *testing.F) {
	f.Add(world.CMS(anna, signtest.Signing{At: noon}, paper))
	f.Add(world.CMS(anna, signtest.Signing{At: noon, BER: true, CRL: [][]byte{world.CRL(noon, noon)}}, paper))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := OpenCMS(raw, paper)
		if err != nil {
			if ReasonOf(err).Key == "" {
				t.Fatal("refused without a reason")
			}
			return
		}
		ours.Assess(e)
	})
}

// FuzzStamp opens any bytes as a time-stamp token.
func FuzzStamp(f *testing.F) {
	f.Add(world.Stamp(paper, noon))
	f.Add(world.StampBy(world.TSA, signtest.Signing{BER: true}, paper, noon))
	anchors := world.Anchors()
	f.Fuzz(func(t *testing.T, raw []byte) {
		if s, err := anchors.OpenStamp(raw, later, paper); err == nil && !s.At.Equal(noon) {
			t.Fatalf("a time stamp of %v was made up", s.At)
		}
	})
}

// FuzzAnchors reads any bytes as a file of certificates.
func FuzzAnchors(f *testing.F) {
	f.Add(world.PEM())
	f.Add(world.CMS(anna, signtest.Signing{}, paper))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if a, err := ParseAnchors(raw); err == nil && len(a.List()) == 0 {
			t.Fatal("no anchors are accepted as anchors")
		}
	})
}
