package pdf

import (
	"math"
	"sync"
)

// sRGB is an ICC profile (ICC.1:2001-04, a display profile of matrix and
// curves) that says what the file's grey and red, green and blue mean, as
// IEC 61966-2-1 defines them. Archives want it (ISO 19005-2, 6.2.3).
var sRGB = sync.OnceValue(func() []byte {
	curve := sRGBCurve()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", described("sRGB IEC61966-2.1")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright, use freely\x00"...)},
		{"wtpt", xyz(0.9642, 1, 0.8249)}, // D50, to which the colours below are adapted
		{"rXYZ", xyz(0.4360, 0.2225, 0.0139)},
		{"gXYZ", xyz(0.3851, 0.7169, 0.0971)},
		{"bXYZ", xyz(0.1431, 0.0606, 0.7141)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	table := be.AppendUint32(nil, uint32(len(tags)))
	body, at := []byte{}, map[*byte]int{}
	first := 128 + 4 + 12*len(tags)
	for _, t := range tags {
		from, shared := at[&t.data[0]]
		if !shared {
			from = first + len(body)
			at[&t.data[0]] = from
			body = append(body, t.data...)
			body = append(body, make([]byte, -len(body)&3)...)
		}
		table = append(table, t.name...)
		table = be.AppendUint32(be.AppendUint32(table, uint32(from)), uint32(len(t.data)))
	}
	return append(append(profileHead(first+len(body)), table...), body...)
})

func profileHead(size int) []byte {
	head := make([]byte, 128)
	be.PutUint32(head, uint32(size))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	for i, v := range []uint16{2024, 1, 1} { // of the profile, fixed
		be.PutUint16(head[24+2*i:], v)
	}
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.9642, 1, 0.8249)[8:])
	return head
}

// sRGBCurve is the way from a colour's value to its light, in 1024 steps.
func sRGBCurve() []byte {
	const steps = 1024
	out := be.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		out = be.AppendUint16(out, uint16(math.Round(v*65535)))
	}
	return out
}

func xyz(x, y, z float64) []byte {
	out := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		out = be.AppendUint32(out, uint32(math.Round(v*65536)))
	}
	return out
}

// described is a name as profiles hold one: in ASCII, with room for it in two
// more ways that are not used.
func described(name string) []byte {
	out := be.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	out = append(append(out, name...), 0)
	return append(out, make([]byte, 4+4+2+1+67)...)
}
