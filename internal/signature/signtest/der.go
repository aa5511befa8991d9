package signtest

import (
	"encoding/asn1"
	"slices"
)

// value is a DER value of a tag with its parts as content.
func value(tag byte, parts ...[]byte) []byte {
	content := slices.Concat(parts...)
	n := len(content)
	head := []byte{tag}
	switch {
	case n < 0x80:
		head = append(head, byte(n))
	case n < 1<<8:
		head = append(head, 0x81, byte(n))
	case n < 1<<16:
		head = append(head, 0x82, byte(n>>8), byte(n))
	default:
		head = append(head, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(head, content...)
}

func sequence(parts ...[]byte) []byte { return value(0x30, parts...) }
func set(parts ...[]byte) []byte      { return value(0x31, parts...) }
func octets(b []byte) []byte          { return value(0x04, b) }

// tagged is an explicit or constructed context tag.
func tagged(n byte, parts ...[]byte) []byte { return value(0xa0|n, parts...) }

func object(arcs ...int) []byte {
	b, err := asn1.Marshal(asn1.ObjectIdentifier(arcs))
	must(err)
	return b
}

func der(v any) []byte {
	b, err := asn1.Marshal(v)
	must(err)
	return b
}

// Indefinite rewrites DER to BER with indefinite lengths down to a depth, as
// old time-stamp authorities send it.
func Indefinite(raw []byte, depth int) []byte {
	var v asn1.RawValue
	_, err := asn1.Unmarshal(raw, &v)
	must(err)
	if depth < 0 || !v.IsCompound {
		return v.FullBytes
	}
	out := []byte{v.FullBytes[0], 0x80}
	for in := v.Bytes; len(in) > 0; {
		var part asn1.RawValue
		in, err = asn1.Unmarshal(in, &part)
		must(err)
		out = append(out, Indefinite(part.FullBytes, depth-1)...)
	}
	return append(out, 0, 0)
}

// pieces is an octet string in BER pieces.
func pieces(b []byte) []byte {
	half := len(b) / 2
	return slices.Concat([]byte{0x24, 0x80}, octets(b[:half]), octets(b[half:]), []byte{0, 0})
}
