package pades

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
)

// indirect is an object of its own as it stands in a file.
type indirect struct {
	number, generation int
	value              any
	length             any // of a stream, where it is a reference and still to be checked
	from, to           int
}

// object reads an object of its own at a place.
func (r *reader) object() (o indirect, err error) {
	r.skip()
	o.from = r.at
	if o.number, err = r.whole(); err != nil {
		return o, err
	}
	if o.generation, err = r.whole(); err != nil {
		return o, err
	}
	if err = r.take("obj"); err != nil {
		return o, err
	}
	if o.value, err = r.value(0); err != nil {
		return o, err
	}
	r.skip()
	if d, ok := o.value.(dict); ok && r.opens("stream") {
		if o.value, o.length, err = r.stream(d); err != nil {
			return o, err
		}
	}
	err = r.take("endobj")
	o.to = r.at
	return o, err
}

// stream reads the content of a stream. Where its length is a reference, it goes
// up to "endstream", and the length comes back to be checked.
func (r *reader) stream(d dict) (s stream, length any, err error) {
	r.at += len("stream")
	switch {
	case r.opens("\r\n"):
		r.at += 2
	case r.opens("\n"):
		r.at++
	default:
		return s, nil, errSyntax
	}
	n, direct := d["Length"].(int)
	if !direct {
		if length = d["Length"]; length == nil {
			return s, nil, errSyntax
		}
		if n = bytes.Index(r.data[r.at:], []byte("endstream")); n < 0 {
			return s, nil, errSyntax
		}
		for k := 0; k < 2 && n > 0 && (r.data[r.at+n-1] == '\n' && k == 0 || r.data[r.at+n-1] == '\r'); k++ {
			n--
		}
	}
	if n < 0 || n > len(r.data)-r.at {
		return s, nil, errSyntax
	}
	s = stream{d, r.data[r.at : r.at+n]}
	r.at += n
	return s, length, r.take("endstream")
}

// mostInflated is the most that one stream may unpack to.
const mostInflated = 16 << 20

// content is what a stream holds, unpacked. Only the deflate filter is known:
// it is asked for streams of structure and of revocation data alone.
func (s stream) content() ([]byte, error) {
	filter := s.dict["Filter"]
	if a, ok := filter.(array); ok && len(a) <= 1 {
		filter = nil
		if len(a) == 1 {
			filter = a[0]
		}
	}
	switch filter {
	case nil:
		return s.raw, nil
	case name("FlateDecode"):
	default:
		return nil, errors.New("PDF: another filter")
	}
	z, err := zlib.NewReader(bytes.NewReader(s.raw))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, mostInflated+1))
	if err != nil || len(out) > mostInflated {
		return nil, errors.New("PDF: a stream that does not unpack")
	}
	parms, _ := s.dict["DecodeParms"].(dict)
	if a, ok := s.dict["DecodeParms"].(array); ok && len(a) == 1 {
		parms, _ = a[0].(dict)
	}
	return unpredicted(out, parms)
}

// unpredicted undoes the PNG predictors of ISO 32000-1, 7.4.4.4, of one byte a
// colour.
func unpredicted(in []byte, parms dict) ([]byte, error) {
	p, _ := parms["Predictor"].(int)
	if p < 2 {
		return in, nil
	}
	columns, ok := parms["Columns"].(int)
	if !ok {
		columns = 1
	}
	if p < 10 || columns < 1 || columns > 1<<16 || parms["Colors"] != nil && parms["Colors"] != 1 || parms["BitsPerComponent"] != nil && parms["BitsPerComponent"] != 8 || len(in)%(columns+1) != 0 {
		return nil, errors.New("PDF: another predictor")
	}
	out := make([]byte, 0, len(in))
	above := make([]byte, columns)
	for ; len(in) > 0; in = in[columns+1:] {
		row := append([]byte{}, in[1:columns+1]...)
		if err := unfilter(in[0], row, above); err != nil {
			return nil, err
		}
		out, above = append(out, row...), row
	}
	return out, nil
}

func unfilter(kind byte, row, above []byte) error {
	if kind > 4 {
		return errors.New("PDF: another predictor")
	}
	var left, corner int
	for i := range row {
		up := int(above[i])
		switch kind {
		case 1:
			row[i] += byte(left)
		case 2:
			row[i] += byte(up)
		case 3:
			row[i] += byte((left + up) / 2)
		case 4:
			row[i] += byte(paeth(left, up, corner))
		}
		left, corner = int(row[i]), up
	}
	return nil
}

// paeth is the neighbour nearest to what their slope suggests.
func paeth(left, up, corner int) int {
	p := left + up - corner
	toLeft, toUp, toCorner := abs(p-left), abs(p-up), abs(p-corner)
	switch {
	case toLeft <= toUp && toLeft <= toCorner:
		return left
	case toUp <= toCorner:
		return up
	}
	return corner
}

func abs(n int) int { return max(n, -n) }
