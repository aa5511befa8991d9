package demo

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"padome/internal/auth"
	"padome/internal/problem"
	"padome/internal/tooltest"
	"padome/storage"
)

// perform performs the demo in a new folder.
func perform(t *testing.T) (dir, transcript string) {
	t.Helper()
	var out bytes.Buffer
	dir = t.TempDir()
	if err := Perform(t.Context(), Config{Dir: dir, Tenant: 1, Out: &out, Lang: "lv"}); err != nil {
		t.Fatal(err)
	}
	return dir, out.String()
}

func TestTheDemoIsTheSameEveryTime(t *testing.T) {
	one, saidOne := perform(t)
	two, saidTwo := perform(t)
	if a, b := strings.ReplaceAll(saidOne, one, ""), strings.ReplaceAll(saidTwo, two, ""); words(a) != words(b) {
		t.Error("the transcripts differ")
	}
	files, err := filepath.Glob(filepath.Join(one, "pdf", "*.pdf"))
	if err != nil || len(files) != 11 {
		t.Fatalf("%d files, %v; want an agenda with and without reasons and minutes of three sessions, an extract and an evaluation", len(files), err)
	}
	for _, f := range files {
		a, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(two, "pdf", filepath.Base(f)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs", filepath.Base(f))
		}
	}
}

func TestTheDemoLeavesSoundData(t *testing.T) {
	dir, _ := perform(t)
	db, err := storage.Open(storage.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// words are a text without its line ends, which a page may set anywhere.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTheMinutesSayWhatHappened(t *testing.T) {
	tool := tooltest.Find(t, "pdftotext")
	dir, _ := perform(t)
	for date, want := range map[string][]string{
		"2024-01-31": {
			"PROTOKOLS", "Nr. 1", "2024. gada 31. janvārī", "Memoranda padomes vadītājs, Valsts kancelejas direktors – M. Ķirsons",
			"biedrības „Jauniešu balss” valdes loceklis – A. Žukovs", "pārstāvēti 15 no 16 locekļiem, vajadzīgi 9; sēde ir lemttiesīga",
			"Balsojums: par – 13, pret – nav, atturas – 2", "2.1. Apstiprināt Memoranda padomes darba plānu 2024.–2026. gadam.",
			"Nākamā sēde: 2024. gada 28. februārī plkst. 11.00", "Sēdi slēdz plkst. 12.24", "Sēdes vadītājs", "Protokoliste",
		},
		"2024-02-28": {
			"Nr. 2", "2024. gada 28. februārī", "Memoranda padomes vadītāja vietniece, biedrības „Līdzdalības tīkls” direktore – I. Ābolkalne",
			"A. Vīksne (aizstājamā locekle – S. Ūdre)", "Z. Mežule (attālināti; līdz 4. jautājumam ieskaitot)",
			"3.–4. jautājumā: pārstāvēti 15 no 16 locekļiem", "1.1. Apstiprināt 2024. gada 31. janvāra sēdes protokolu Nr. 1.",
			"3.2. Kultūras ministrijai līdz 2024. gada 30. aprīlim", "Jautājums atlikts: nav saņemts Finanšu ministrijas atzinums",
			"* Dokuments apliecināts padomes darba sistēmā", "[ārpus plāna: vēlēšanas notiek 2024. gada 8. jūnijā", "Sēdes vadītāja",
		},
		"2024-03-27": {
			"Nr. 3", "2024. gada 27. martā", "1.1. Apstiprināt 2024. gada 28. februāra sēdes protokolu Nr. 2.",
			"Balsojums: par – 12, pret – 1, atturas – 2", "[plāna 7. pasākums, uzdevums 7.3.]",
			"3.3. Tieslietu ministrijai līdz nākamajai sēdei sniegt atzinumu", "I. Rudzāte (aizstājamais loceklis – J. Ošiņš)",
			"7. Par Finanšu ministrijas aptauju", "[iekļauts sēdes laikā 1. jautājumā; balsojums: par – 13, pret – nav, atturas – 1]",
			"Nākamā sēde: 2024. gada 24. aprīlī plkst. 11.00",
			"* Dokuments ir parakstīts ar drošu elektronisko parakstu un satur laika zīmogu",
		},
	} {
		raw, err := exec.CommandContext(t.Context(), tool, "-enc", "UTF-8", filepath.Join(dir, "pdf", "protokols-"+date+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := words(strings.ReplaceAll(string(raw), "\u00a0", " "))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("minutes of %s do not say %q", date, w)
			}
		}
		if strings.Contains(text, "PROJEKTS") || strings.Contains(text, "⟦") {
			t.Errorf("minutes of %s bear the mark of a draft or a gap", date)
		}
	}
}

func TestSamplePasswordsKeepTheRules(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range Logins("lv") {
		var faults problem.List
		auth.CheckRules(&faults, "password", l.Name, l.Password)
		if err := faults.Err(); err != nil || seen[l.Password] {
			t.Errorf("%s: %v, used before: %v", l.Name, err, seen[l.Password])
		}
		seen[l.Password] = true
	}
}

func TestAFaultOfTheFolderIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Perform(t.Context(), Config{Dir: file, Tenant: 1, Out: &bytes.Buffer{}, Lang: "lv"}); err == nil {
		t.Error("no error although the folder is a file")
	}
}
