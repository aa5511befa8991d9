package agenda_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"padome/agenda"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Whatever bytes stand for a frozen agenda, reading them does not panic, and
// what is read is written the same again.
func FuzzReadContent(f *testing.F) {
	c, err := agenda.Freeze(paperContent())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c.Bytes)
	f.Add([]byte(`{"items":[{"reasons":[{"key":"reason.p8.now","text":{"lv":"x"}}]}],"session":{"date":"2024-13-01"}}`))
	f.Add([]byte(`{"items":null,"leftOut":[{}],"unmet":[{"reason":{"facts":{"n":"x"}}}],"overrides":[{}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		sum := sha256.Sum256(raw)
		c, err := agenda.ReadContent(raw, hex.EncodeToString(sum[:]))
		if err != nil {
			return
		}
		first, err := agenda.Freeze(c)
		if err != nil {
			t.Fatalf("what was read cannot be frozen: %v", err)
		}
		read, err := agenda.ReadContent(first.Bytes, first.Digest)
		if err != nil {
			t.Fatal(err)
		}
		second, err := agenda.Freeze(read)
		if err != nil || !bytes.Equal(first.Bytes, second.Bytes) {
			t.Fatalf("frozen twice it differs, %v\n%s\n%s", err, first.Bytes, second.Bytes)
		}
	})
}

// Whatever stands for principles, they are refused with whole messages or build
// an agenda that says everything in whole sentences.
func FuzzPrinciples(f *testing.F) {
	for _, p := range []agenda.Principles{agenda.Transitional(), agenda.WholeCatalogue()} {
		raw, err := json.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(bytes.ReplaceAll(raw, []byte(`"hard":true`), []byte(`"hard":false,"params":{"most":"7","days":"60","total":"600"}`)))
	}
	f.Add([]byte(`{"rules":[{"rule":"P20","params":{"least":"60","most":"5","spare":"50","total":"30"}},{"rule":"P8","params":{"coverage_window":"1","task_months":"1"}}]}`))
	in := two(f)
	in.Candidates = append(in.Candidates, carried("old", "2024-01-31", "2024-02-14"), offPlan("off", 0))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p agenda.Principles
		if json.Unmarshal(raw, &p) != nil {
			return
		}
		if err := p.Validate(); err != nil {
			e, ok := errors.AsType[*problem.Error](err)
			if !ok || len(e.Fields) == 0 {
				t.Fatalf("refused with %v", err)
			}
			for _, x := range e.Fields {
				for _, lang := range locale.Langs {
					if s := locale.Text(lang, x.Key, x.Args); strings.Contains(s, "⟦") && !bytes.ContainsRune(raw, '⟦') {
						t.Fatalf("%s says %q", x.Key, s)
					}
				}
			}
			return
		}
		x := in
		x.Principles = p
		x.Candidates = append(agenda.FromTasks(&x.Plan, &p), in.Candidates[24:]...)
		d, err := agenda.Build(x)
		if err != nil {
			t.Fatalf("valid principles build nothing: %v", err)
		}
		for _, r := range reasons(d) {
			for _, lang := range locale.Langs {
				wellFormed(t, r.Key, lang, r.Text(lang))
			}
		}
	})
}
