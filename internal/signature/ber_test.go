package signature

import (
	"bytes"
	"encoding/asn1"
	"testing"
)

func TestDERStaysAsItIs(t *testing.T) {
	raw, err := asn1.Marshal([]any{1, []byte("octets"), []int{2, 3}, bytes.Repeat([]byte{7}, 70000)})
	if err != nil {
		t.Fatal(err)
	}
	der, rest, err := toDER(append(bytes.Clone(raw), 0, 0))
	if err != nil || !bytes.Equal(der, raw) || len(rest) != 2 {
		t.Errorf("%v", err)
	}
}

func TestBERBecomesDER(t *testing.T) {
	ber := []byte{0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 'a', 0x24, 0x03, 0x04, 0x01, 'b', 0, 0, 0x02, 0x81, 0x01, 5, 0, 0}
	der, err := oneDER(ber)
	if want := []byte{0x30, 0x07, 0x04, 0x02, 'a', 'b', 0x02, 0x01, 5}; err != nil || !bytes.Equal(der, want) {
		t.Errorf("%x, %v", der, err)
	}
}

func TestBERIsReadWithinBounds(t *testing.T) {
	for name, raw := range map[string][]byte{
		"nothing":            {},
		"a tag alone":        {0x30},
		"a high tag":         {0x3f, 0x81, 0x00, 0x00},
		"too long":           {0x04, 0x05, 1},
		"a huge length":      {0x04, 0x84, 0xff, 0xff, 0xff, 0xff},
		"a length of length": {0x04, 0x85, 0, 0, 0, 0, 1},
		"without its end":    {0x30, 0x80, 0x02, 0x01, 0x05},
		"primitive, without": {0x04, 0x80, 0, 0},
		"other pieces":       {0x24, 0x03, 0x02, 0x01, 0x05},
		"too deep":           bytes.Repeat([]byte{0x30, 0x80}, 100000),
		"too large":          make([]byte, mostBytes+1),
	} {
		if _, _, err := toDER(raw); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// FuzzBER reads any bytes: what comes out is DER that reads as itself.
func FuzzBER(f *testing.F) {
	f.Add([]byte{0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 'a', 0, 0, 0, 0})
	f.Add(bytes.Repeat([]byte{0x30, 0x80}, 60))
	f.Fuzz(func(t *testing.T, raw []byte) {
		der, _, err := toDER(raw)
		if err != nil {
			return
		}
		if again, err := oneDER(der); err != nil || !bytes.Equal(again, der) {
			t.Fatalf("%x reads as %x, which reads as %x, %v", raw, der, again, err)
		}
	})
}
