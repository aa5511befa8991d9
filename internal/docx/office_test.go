//go:build office

package docx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"padome/internal/document"
	"padome/internal/pdf"
)

// What LibreOffice makes of the files is looked at under make soak and make bench,
// which install it (scripts/tools office); it is too large for each test run, in
// which faults holds the files to what a word processor would have to repair.

// converted is what LibreOffice without a window makes of a file, on a profile in a
// folder.
func converted(t testing.TB, dir, file, format string) string {
	t.Helper()
	convert(t, dir, file, format)
	return strings.TrimSuffix(file, filepath.Ext(file)) + "." + format
}

// convert lets LibreOffice convert a file and says how much of a processor it took.
func convert(t testing.TB, dir, file, format string) time.Duration {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	run := exec.CommandContext(ctx, "soffice", "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", format, "--outdir", dir, file)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return run.ProcessState.UserTime() + run.ProcessState.SystemTime()
}

// spent is how much of a processor this process has taken.
func spent(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func written(t testing.TB, dir string, d document.Document) string {
	t.Helper()
	raw, err := Render(d)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "p.docx")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A word processor opens the file and has every word of it; headings, tables and
// lists are what they are called when it writes them as HTML.
func TestLibreOfficeOpensIt(t *testing.T) {
	dir := t.TempDir()
	d := minutes(9)
	d.Justified = true
	file := written(t, dir, d)
	out, err := exec.Command("pdftotext", "-layout", converted(t, dir, file, "pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{"9.1. Apstiprināt darba plānu", "9.2. Pieņemt zināšanai.", "– bez tiem.", "50% Puse.", "2 (", "PROJEKTS", "Ģ. Čākstiņš <attālināti>", "* Dokuments ir parakstīts"} {
		if !strings.Contains(got, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("the converted file lacks %q", want)
		}
	}
	page, err := os.ReadFile(converted(t, dir, file, "html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<h1", "<ol", "<table", "<thead>"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("LibreOffice meets no %s", want)
		}
	}
	if t.Failed() {
		t.Log(string(out))
	}
}

// BenchmarkBesideLibreOffice draws the same minutes twice in one run: as PDF by
// this program, and by LibreOffice without a window from our DOCX of them, on a
// profile that it has used before. It says how much of a processor each takes, which
// other work on the machine changes little, and how many times more that is.
func BenchmarkBesideLibreOffice(b *testing.B) {
	for _, size := range []struct {
		name  string
		items int
	}{{"pages=5", 9}, {"pages=200", 380}} {
		d := minutes(size.items)
		b.Run(size.name, func(b *testing.B) {
			dir := b.TempDir()
			file := written(b, dir, d)
			convert(b, dir, file, "pdf") // makes the profile
			var ours, theirs time.Duration
			for b.Loop() {
				begun := spent(b)
				if _, err := pdf.Render(b.Context(), d); err != nil {
					b.Fatal(err)
				}
				ours += spent(b) - begun
				theirs += convert(b, dir, file, "pdf")
			}
			n := float64(b.N)
			b.ReportMetric(float64(ours.Microseconds())/1000/n, "ms/ours")
			b.ReportMetric(float64(theirs.Microseconds())/1000/n, "ms/soffice")
			b.ReportMetric(float64(theirs)/float64(ours), "times")
		})
	}
}
