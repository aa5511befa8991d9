package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the published vectors anew")

const vectorsFile = "../../verify/testdata/vectors.json"

// vector is what the ledger's form says of one small ledger, as docs/ledger.md
// publishes it.
func vector(t *testing.T) map[string]any {
	t.Helper()
	const origin, content = "padome.ledger/vectors", "Lēmums: sagatavot informāciju.\n"
	k, next := key(t, 7), key(t, 8)
	salt := bytes.Repeat([]byte{9}, SaltSize)
	var l log
	var entries []string
	var roots [][]byte
	for i, act := range []string{"ledger-begun", "key-introduced", "decision-recorded", "minutes-drawn", "minutes-signed"} {
		leaf := Leaf{Type: act, Object: "minutes-file/s1", Revision: uint64(i), Actor: "00112233445566ff", Time: time.Date(2024, 1, 31, 9, i, 0, 0, time.UTC)}
		switch act {
		case "key-introduced":
			leaf.Key, leaf.Object = &NewKey{Public: k.Public()}, "ledger/log"
		case "minutes-drawn":
			leaf.Commitment = Commit(salt, sha256.Sum256([]byte(content)))
		}
		raw, err := leaf.Encode()
		if err != nil {
			t.Fatal(err)
		}
		l.add(t, raw)
		entries, roots = append(entries, string(raw)), append(roots, l.head(t, int64(i+1)).Root)
	}
	sign := func(size int64) string {
		signed, err := Checkpoint{origin, l.head(t, size)}.Sign(k)
		if err != nil {
			t.Fatal(err)
		}
		return string(signed)
	}
	proof, err := ProveEntry(5, 3, l.read)
	if err != nil {
		t.Fatal(err)
	}
	since, err := ProveConsistency(5, 3, l.read)
	if err != nil {
		t.Fatal(err)
	}
	seed := ed25519.PrivateKey(k.private).Seed()
	return map[string]any{
		"origin": origin, "seed": seed, "verifier": VerifierText(origin, k.Public()), "salt": salt, "content": content,
		"commitment": Commit(salt, sha256.Sum256([]byte(content))), "entries": entries, "roots": roots, "checkpoint": sign(5), "older": sign(3),
		"inclusion": map[string]any{"entry": 3, "proof": nodes(proof)}, "consistency": map[string]any{"older": 3, "proof": nodes(since)},
		"nextKey": k.Hand(origin, next),
	}
}

func nodes(hs []Hash) (all [][]byte) {
	for i := range hs {
		all = append(all, hs[i][:])
	}
	return all
}

// TestTheFormIsThePublishedOne fails when entries, tree, checkpoints or proofs
// come out otherwise than published: what others verify would no longer be what
// is written.
func TestTheFormIsThePublishedOne(t *testing.T) {
	got, err := json.MarshalIndent(vector(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(vectorsFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the form differs from the published vectors:\n%s", got)
	}
}
