package storage

import (
	"bytes"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyValue is whatever can be stored.
func anyValue(depth int) *rapid.Generator[any] {
	simple := []*rapid.Generator[any]{
		rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.Int64().AsAny(), rapid.Uint64().AsAny(),
		rapid.SliceOf(rapid.Byte()).AsAny(), rapid.Float64Range(-1e300, 1e300).AsAny(), rapid.Just[any](nil).AsAny(),
		rapid.SampledFrom([]any{"\xff", "$bytes", "#7", "$", "\u2028", "\x00\x1f\"\\", 1.0, math.MaxUint64 - 1.0, []byte("text")}),
	}
	if depth == 0 {
		return rapid.OneOf(simple...)
	}
	name := rapid.OneOf(rapid.SampledFrom([]string{"$bytes", "$base64", "$text", "$$", "#1", "id"}), rapid.String())
	return rapid.OneOf(append(simple,
		rapid.SliceOfN(anyValue(depth-1), 0, 3).AsAny(),
		rapid.MapOfN(name, anyValue(depth-1), 0, 3).AsAny(),
		rapid.MapOfN(rapid.Int(), anyValue(depth-1), 0, 2).AsAny(),
	)...)
}

func TestEveryValueComesBackFromItsPlainForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, err := encode(anyValue(3).Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		line, err := plain(raw)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(line, "\n\r") {
			t.Fatalf("more than one line: %s", line)
		}
		_, again, err := unplain(line)
		if err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("%s became %x, not %x: %v", line, again, raw, err)
		}
	})
}

func TestThePlainFormIsReadable(t *testing.T) {
	raw, err := encode(map[string]any{"at": time.Date(2024, 1, 31, 9, 0, 0, 0, time.UTC), "text": "Sēde <1> & 2", "share": 0.5, "whole": 2.0,
		"frozen": []byte(`{"a":1}`), "file": []byte{0xff, 0}, "kinds": map[int]string{8: "data"}, "none": nil})
	if err != nil {
		t.Fatal(err)
	}
	line, err := plain(raw)
	const want = `{"at":"2024-01-31T09:00:00Z","file":{"$base64":"/wA="},"frozen":{"$bytes":"{\"a\":1}"},"kinds":{"#8":"data"},"none":null,"share":0.5,"text":"Sēde <1> & 2","whole":2.0}`
	if err != nil || string(line) != want {
		t.Errorf("got %s, %v", line, err)
	}
}

// FuzzPlainForm holds the reader to the writer: what it takes is written just so.
func FuzzPlainForm(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1}`, `{"$bytes":"x"}`, `{"$base64":"/w=="}`, `{"$text":"/w=="}`, `{"#1":-1}`, `{"$$":1.5}`, `[1e3]`, `"\u0001"`,
		`{"a":{"b":[null,true]}}`, `{"b":1,"a":2}`, `-0`, `1.0`, `{"#1.0":1}`, `{"$x":1}`, `18446744073709551615`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		_, raw, err := unplain(line)
		if err != nil {
			return
		}
		again, err := plain(raw)
		if err != nil || !bytes.Equal(again, line) {
			t.Fatalf("%q became %q: %v", line, again, err)
		}
	})
}
