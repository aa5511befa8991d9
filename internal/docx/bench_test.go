package docx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"padome/internal/pdf"
)

// BenchmarkBesideLibreOffice draws the same minutes twice in one run: as PDF by
// this program, and by LibreOffice without a window from our DOCX of them, on a
// profile that it has used before. It says how many times slower that is.
func BenchmarkBesideLibreOffice(b *testing.B) {
	if _, err := exec.LookPath("soffice"); err != nil {
		b.Skip("no soffice")
	}
	for name, items := range map[string]int{"pages=5": 9, "pages=200": 380} {
		d := minutes(items)
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			raw, err := Render(d)
			if err != nil {
				b.Fatal(err)
			}
			file := filepath.Join(dir, "p.docx")
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				b.Fatal(err)
			}
			convert(b, dir, file) // makes the profile
			var ours, theirs time.Duration
			for b.Loop() {
				begun := time.Now()
				if _, err := pdf.Render(b.Context(), d); err != nil {
					b.Fatal(err)
				}
				ours += time.Since(begun)
				begun = time.Now()
				convert(b, dir, file)
				theirs += time.Since(begun)
			}
			n := float64(b.N)
			b.ReportMetric(float64(ours.Microseconds())/1000/n, "ms/ours")
			b.ReportMetric(float64(theirs.Microseconds())/1000/n, "ms/soffice")
			b.ReportMetric(float64(theirs)/float64(ours), "times")
		})
	}
}

func convert(b *testing.B, dir, file string) {
	b.Helper()
	ctx, stop := context.WithTimeout(b.Context(), 5*time.Minute)
	defer stop()
	run := exec.CommandContext(ctx, "soffice", "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "pdf", "--outdir", dir, file)
	if out, err := run.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
}
