//go:build pictures

package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestPicturesOfTheReadme takes the pictures that README.md shows, of the
// demonstration as it is; scripts/screenshots says where they go.
func TestPicturesOfTheReadme(t *testing.T) {
	dir := os.Getenv("PADOME_PICTURES")
	h := newHouse(t)
	h.prepared()
	for _, p := range []struct{ name, who, path string }{
		{"desk", secretariat, "/"},
		{"workshop", secretariat, pageOf(april, "/agenda")(h)},
		{"approval", chair, pageOf(april, "/agenda/approve")(h)},
		{"recording", secretariat, below("record/items/opening")(h)},
		{"minutes", member, pageOf(march, "/minutes")(h)},
		{"plan", public, "/plan"},
	} {
		b := h.open(p.who)
		b.do(chromedp.EmulateViewport(1200, 800))
		b.visit(p.path)
		b.sees("h1")
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		h.must(err)
		h.must(os.WriteFile(filepath.Join(dir, p.name+".png"), png, 0o644))
	}
}
