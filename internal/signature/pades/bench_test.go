package pades_test

import (
	"testing"

	"padome/internal/signature/pades"
)

// BenchmarkVerify200Pages verifies about 200 pages with two signatures; the
// time to hold is 150 ms.
func BenchmarkVerify200Pages(b *testing.B) {
	frozen := drawn(b, 1000)
	file := sign(sign(frozen, anna, "S1"), juris, "S2")
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if !pades.Verify(ours, frozen, file).Valid() {
			b.Fatal("refused")
		}
	}
}
