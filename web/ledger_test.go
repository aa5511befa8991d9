package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"padome/internal/ledger"
	"padome/office"
)

func init() {
	for _, path := range []string{"/ledger", "/api/v1/ledger", "/api/v1/ledger/entries", "/api/v1/ledger/consistency"} {
		access["GET "+path] = "200 200 200 200 200 200 200"
	}
	access["GET /api/v1/ledger/checkpoint"] = "404 404 404 404 404 404 404" // nobody gave this office a key
	access["GET /api/v1/ledger/entries/:number"] = "200 200 200 200 200 200 200"
	queries["size"] = "{type: integer, minimum: 0, description: how many of the first entries}"
	queries["older"] = "{type: integer, minimum: 0, description: how many entries the older checkpoint has}"
	queries["newer"] = "{type: integer, minimum: 0, description: how many entries the newer one has}"
	described["GET /api/v1/ledger"] = op{summary: "The evidence ledger as it stands, or as it stood with its first entries: checkpoint and the keys that verify it", out: office.Checkpoint{}, query: "size"}
	described["GET /api/v1/ledger/checkpoint"] = op{summary: "The signed checkpoint as a note (C2SP tlog-checkpoint), to be kept elsewhere", other: "text/plain", query: "size"}
	described["GET /api/v1/ledger/entries"] = op{summary: "The entries, the oldest first; they hold no names and no texts", out: listing[office.LedgerEntry]{}, query: paged}
	described["GET /api/v1/ledger/entries/:number"] = op{summary: "One entry with the proof that it is in the ledger of a checkpoint", out: office.EntryProof{}, query: "size"}
	described["GET /api/v1/ledger/consistency"] = op{summary: "The proof that the ledger began as an older checkpoint says", out: office.ConsistencyProof{}, query: "older newer"}
}

// TestEverybodyCanVerifyTheLedger asks without a login, and verifies what comes.
func TestEverybodyCanVerifyTheLedger(t *testing.T) {
	h := newHall(t)
	var now office.Checkpoint
	h.do(&now, "", "GET", "/api/v1/ledger", nil)
	if now.Size < 2 {
		t.Fatalf("the ledger of a council with mandates has %d entries", now.Size)
	}
	head := ledger.Head{Size: now.Size, Root: now.Root}
	var entries listing[office.LedgerEntry]
	h.do(&entries, "", "GET", "/api/v1/ledger/entries?limit=3", nil)
	for _, e := range entries.Items {
		var p office.EntryProof
		h.do(&p, "", "GET", "/api/v1/ledger/entries/"+strconv.FormatInt(e.Number, 10), nil)
		if err := ledger.CheckEntry(head, e.Number, p.Raw, hashes(p.Proof)); err != nil {
			t.Errorf("entry %d: %v", e.Number, err)
		}
	}
	var c office.ConsistencyProof
	h.do(&c, "", "GET", "/api/v1/ledger/consistency?older=1", nil)
	if err := ledger.CheckConsistency(head, ledger.Head{Size: 1, Root: c.Older.Root}, hashes(c.Proof)); err != nil {
		t.Error(err)
	}
	h.refused(h.ask("", "GET", "/api/v1/ledger/entries/99999", nil), http.StatusNotFound, "problem.missing.ledger-entry")
	h.refused(h.ask("", "GET", "/api/v1/ledger?size=99999", nil), http.StatusNotFound, "problem.missing.ledger-entry")
	h.refused(h.ask("", "GET", "/api/v1/ledger/consistency?older=x", nil), http.StatusUnprocessableEntity, "")
}

func hashes(raw [][]byte) []ledger.Hash {
	hs := make([]ledger.Hash, len(raw))
	for i := range raw {
		copy(hs[i][:], raw[i])
	}
	return hs
}

func TestTheFootOfAPaperIsHeldToTheLedger(t *testing.T) {
	h := newHall(t)
	var now office.Checkpoint
	h.do(&now, "", "GET", "/api/v1/ledger", nil)
	size, root := ledger.Head{Size: now.Size, Root: now.Root}.Short()
	for _, tt := range []struct{ query, lv, en string }{
		{"size=" + size + "&hash=" + root, "ir šajā žurnālā", "is of this ledger"},
		{"size=" + size + "&hash=00000000", "nav no šī žurnāla", "is not of this ledger"},
		{"size=99999&hash=" + root, "nav no šī žurnāla", "is not of this ledger"},
		{"size=x&hash=1", "kā skaitli", "number"},
	} {
		for lang, want := range map[string]string{"lv": tt.lv, "en": tt.en} {
			if w := h.ask("", "GET", "/ledger?lang="+lang+"&"+tt.query, nil, "Accept", "text/html"); !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s in %s: %q is not said", tt.query, lang, want)
			}
		}
	}
}
