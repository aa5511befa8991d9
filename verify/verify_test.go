package verify

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

// vectors are the published test vectors of docs/ledger.md. The server's own
// test holds the program that writes the ledger to the same file.
type vectors struct {
	Origin     string   `json:"origin"`
	Seed       []byte   `json:"seed"`
	Verifier   string   `json:"verifier"`
	Salt       []byte   `json:"salt"`
	Content    string   `json:"content"`
	Commitment []byte   `json:"commitment"`
	Entries    []string `json:"entries"`
	Roots      [][]byte `json:"roots"` // after each entry
	Checkpoint string   `json:"checkpoint"`
	Older      string   `json:"older"` // the checkpoint of three entries
	Inclusion  struct {
		Entry int64    `json:"entry"`
		Proof [][]byte `json:"proof"`
	} `json:"inclusion"`
	Consistency struct {
		Older int64    `json:"older"`
		Proof [][]byte `json:"proof"`
	} `json:"consistency"`
	NextKey Key `json:"nextKey"`
}

func readVectors(t *testing.T) (v vectors) {
	t.Helper()
	raw, err := os.ReadFile("testdata/vectors.json")
	if err == nil {
		err = json.Unmarshal(raw, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// bundle packs files into a ZIP.
func packed(t *testing.T, files map[string]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

// evidence is what the vectors say of a paper.
func evidence(v vectors) Evidence {
	return Evidence{V: 1, Checkpoint: v.Checkpoint, Keys: []Key{{Public: ed25519.NewKeyFromSeed(v.Seed).Public().(ed25519.PublicKey)}},
		Entries: []Entry{{Number: v.Inclusion.Entry, Raw: []byte(v.Entries[v.Inclusion.Entry]), Proof: v.Inclusion.Proof, File: "paper.txt", Salt: v.Salt}}}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestThePublishedVectorsAreVerified(t *testing.T) {
	v := readVectors(t)
	r := packed(t, map[string]string{"paper.txt": v.Content, Name: asJSON(t, evidence(v)), "note.txt": "x"})
	for _, key := range []string{"", v.Verifier} {
		rep, err := Bundle(r, r.Size(), key)
		if err != nil {
			t.Fatal(err)
		}
		if rep.Key != v.Verifier || rep.Pinned != (key != "") || rep.Entries[0].File != "paper.txt" || strings.Join(rep.Others, " ") != "note.txt" {
			t.Errorf("got %+v", rep)
		}
		var out bytes.Buffer
		Tell(&out, rep)
		if !strings.Contains(out.String(), "= paper.txt") || !strings.Contains(out.String(), "all is as the ledger says") {
			t.Errorf("it says %s", &out)
		}
	}
}

func TestWhatIsNotAsTheLedgerSaysIsNamed(t *testing.T) {
	v := readVectors(t)
	for name, tt := range map[string]struct {
		spoil func(e *Evidence, files map[string]string)
		key   string
		want  string
	}{
		"another paper":  {func(_ *Evidence, f map[string]string) { f["paper.txt"] += " " }, "", "paper.txt is not the file of entry"},
		"no paper":       {func(_ *Evidence, f map[string]string) { delete(f, "paper.txt") }, "", "is not in the bundle"},
		"another entry":  {func(e *Evidence, _ map[string]string) { e.Entries[0].Raw = []byte(v.Entries[0]) }, "", "is not in the ledger"},
		"another number": {func(e *Evidence, _ map[string]string) { e.Entries[0].Number = 0 }, "", "is not in the ledger"},
		"another salt":   {func(e *Evidence, _ map[string]string) { e.Entries[0].Salt[0] ^= 1 }, "", "is not the file of entry"},
		"another checkpoint": {func(e *Evidence, _ map[string]string) {
			e.Checkpoint = strings.Replace(e.Checkpoint, "\n5\n", "\n6\n", 1)
		}, "", "no trusted key"},
		"another key":       {func(e *Evidence, _ map[string]string) { e.Keys[0].Public[0] ^= 1 }, "", "no trusted key"},
		"another log's key": {func(*Evidence, map[string]string) {}, strings.Replace(v.Verifier, "vectors", "others", 1), "the key is of the ledger"},
		"no evidence":       {func(_ *Evidence, f map[string]string) { f["x"] = "no evidence" }, "", "there is no ledger.json"},
		"another sum":       {func(_ *Evidence, f map[string]string) { f[sumsName] = strings.Repeat("0", 64) + "  paper.txt\n" }, "", "SHA256SUMS"},
	} {
		t.Run(name, func(t *testing.T) {
			v := readVectors(t)
			e, files := evidence(v), map[string]string{"paper.txt": v.Content}
			tt.spoil(&e, files)
			if files["x"] == "" {
				files[Name] = asJSON(t, e)
			}
			r := packed(t, files)
			if _, err := Bundle(r, r.Size(), tt.key); !errors.Is(err, ErrNot) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestNamesThatLeadOutOfABundleAreRefused(t *testing.T) {
	for _, name := range []string{"../x", "/x", "a/../../x", `a\x`} {
		r := packed(t, map[string]string{name: "x"})
		if _, err := Bundle(r, r.Size(), ""); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestAnOlderCheckpointIsTheBeginning(t *testing.T) {
	v := readVectors(t)
	answer := func(proof [][]byte) []byte {
		return []byte(asJSON(t, map[string]any{"newer": map[string]string{"signed": v.Checkpoint}, "proof": proof}))
	}
	was, is, err := Since([]byte(v.Older), answer(v.Consistency.Proof), nil, v.Verifier)
	if err != nil || was.Size != 3 || is.Size != 5 {
		t.Fatalf("got %v, %v, %v", was, is, err)
	}
	for size, want := range map[int64]bool{0: true, 5: true, 4: false} { // of the papers that the ledger is held to; 0 for none
		papers := Report{Checkpoint: is}
		if papers.Checkpoint.Size = size; size == 0 {
			papers = Report{}
		}
		if _, _, err := papers.Continues([]byte(v.Older), answer(v.Consistency.Proof), v.Verifier); (err == nil) != want {
			t.Errorf("papers of a checkpoint with %d entries: %v", size, err)
		}
	}
	v.Consistency.Proof[0][0] ^= 1
	if _, _, err := Since([]byte(v.Older), answer(v.Consistency.Proof), nil, v.Verifier); !errors.Is(err, ErrNot) {
		t.Errorf("another past passes: %v", err)
	}
}

// TestAKeyLeadsToTheNext pins the first key and is shown a checkpoint of the next.
func TestAKeyLeadsToTheNext(t *testing.T) {
	v := readVectors(t)
	keys := []Key{{Public: v.NextKey.Previous}, v.NextKey}
	trusted, err := trustedKeys(v.Origin, keys, v.Verifier)
	if err != nil || len(trusted) != 2 || !bytes.Equal(trusted[0], v.NextKey.Public) {
		t.Errorf("got %d keys, %v", len(trusted), err)
	}
	keys[1].Signature[0] ^= 1
	if trusted, _ := trustedKeys(v.Origin, keys, v.Verifier); len(trusted) != 1 {
		t.Error("a key that the one before did not sign is trusted")
	}
}
