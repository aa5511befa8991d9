package pdf

import (
	"fmt"
	"testing"
)

// BenchmarkRender has bounds to hold: 5 pages in 15 ms, 200 pages in 130 ms.
func BenchmarkRender(b *testing.B) {
	for _, size := range []struct{ pages, items int }{{5, fivePages}, {200, twoHundredPages}} {
		d := minutes(size.items)
		if got := len(read(b, rendered(b, d)).pages); got != size.pages {
			b.Fatalf("the sample has %d pages, want %d", got, size.pages)
		}
		b.Run(fmt.Sprintf("pages=%d", size.pages), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Render(b.Context(), d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
