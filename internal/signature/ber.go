package signature

import "errors"

// Limits of what is read: deeper or larger is refused.
const (
	mostDepth = 48
	mostBytes = 4 << 20
)

var (
	errBER   = errors.New("BER: not well formed")
	errDepth = errors.New("BER: too deep")
	errSize  = errors.New("BER: too large")
)

// toDER rewrites the first value of raw from BER to DER lengths: indefinite
// lengths get definite, octet strings in pieces are joined (time-stamp tokens
// come so). What is DER stays byte for byte. It returns what follows the value.
func toDER(raw []byte) (der, rest []byte, err error) {
	if len(raw) > mostBytes {
		return nil, nil, errSize
	}
	return readBER(raw, 0)
}

// oneDER is toDER for a value that nothing may follow.
func oneDER(raw []byte) ([]byte, error) {
	der, rest, err := toDER(raw)
	if err == nil && len(rest) > 0 {
		return nil, errBER
	}
	return der, err
}

// header is what stands before the content of a value.
type header struct {
	tag        byte
	size       int // of the content
	indefinite bool
	length     int // of the header itself
}

func (h header) constructed() bool { return h.tag&0x20 != 0 }

// readHeader reads a tag of one byte and a length of at most four.
func readHeader(b []byte) (h header, err error) {
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return h, errBER
	}
	h = header{tag: b[0], size: int(b[1]), length: 2}
	switch {
	case b[1] == 0x80:
		h.size, h.indefinite = 0, true
		if !h.constructed() {
			return h, errBER
		}
	case b[1] > 0x80:
		n := int(b[1] & 0x7f)
		if n > 4 || len(b) < 2+n {
			return h, errBER
		}
		h.size, h.length = 0, 2+n
		for _, c := range b[2 : 2+n] {
			h.size = h.size<<8 | int(c)
		}
	}
	if h.size > len(b)-h.length {
		return h, errBER
	}
	return h, nil
}

func readBER(b []byte, depth int) (der, rest []byte, err error) {
	if depth > mostDepth {
		return nil, nil, errDepth
	}
	h, err := readHeader(b)
	if err != nil {
		return nil, nil, err
	}
	if !h.constructed() {
		end := h.length + h.size
		return appendDER(nil, h.tag, b[h.length:end]), b[end:], nil
	}
	content, rest, err := readParts(b, h, depth)
	if err != nil {
		return nil, nil, err
	}
	const inPieces, octets = 0x24, 0x04
	if h.tag == inPieces {
		if content, err = joined(content); err != nil {
			return nil, nil, err
		}
		h.tag = octets
	}
	return appendDER(nil, h.tag, content), rest, nil
}

// readParts reads the parts of a constructed value, to its length or its end mark.
func readParts(b []byte, h header, depth int) (content, rest []byte, err error) {
	in, after := b[h.length:], []byte(nil)
	if !h.indefinite {
		in, after = in[:h.size], in[h.size:]
	}
	for {
		switch {
		case h.indefinite && len(in) >= 2 && in[0] == 0 && in[1] == 0:
			return content, in[2:], nil
		case !h.indefinite && len(in) == 0:
			return content, after, nil
		}
		var part []byte
		if part, in, err = readBER(in, depth+1); err != nil {
			return nil, nil, err
		}
		content = append(content, part...)
	}
}

// joined is an octet string from its pieces, which are primitive by now.
func joined(pieces []byte) (whole []byte, err error) {
	for len(pieces) > 0 {
		h, err := readHeader(pieces)
		if err != nil || h.tag != 0x04 {
			return nil, errBER
		}
		whole = append(whole, pieces[h.length:h.length+h.size]...)
		pieces = pieces[h.length+h.size:]
	}
	return whole, nil
}

// appendDER appends a value with its shortest length.
func appendDER(to []byte, tag byte, content []byte) []byte {
	n := len(content)
	to = append(to, tag)
	switch {
	case n < 0x80:
		to = append(to, byte(n))
	case n < 1<<8:
		to = append(to, 0x81, byte(n))
	case n < 1<<16:
		to = append(to, 0x82, byte(n>>8), byte(n))
	case n < 1<<24:
		to = append(to, 0x83, byte(n>>16), byte(n>>8), byte(n))
	default:
		to = append(to, 0x84, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(to, content...)
}
