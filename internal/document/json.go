package document

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MarshalJSON writes every block under the name of its kind, as in
// [{"heading":{"level":1,"text":"…"}}]. The same blocks always give the same
// bytes.
func (b Blocks) MarshalJSON() ([]byte, error) {
	named := make([]map[string]Block, len(b))
	for i, one := range b {
		if one == nil {
			return nil, fmt.Errorf("writing block %d: it is nil", i)
		}
		named[i] = map[string]Block{one.Kind(): one}
	}
	return json.Marshal(named)
}

// UnmarshalJSON reads what MarshalJSON wrote. It fails on a kind or a field it
// does not know, so that a newer document is never read as less than it says.
func (b *Blocks) UnmarshalJSON(raw []byte) error {
	var named []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &named); err != nil {
		return err
	}
	blocks := make(Blocks, len(named))
	for i, entry := range named {
		if len(entry) != 1 {
			return fmt.Errorf("reading block %d: it has %d kinds", i, len(entry))
		}
		for kind, body := range entry {
			one, err := readBlock(kind, body)
			if err != nil {
				return fmt.Errorf("reading block %d: %w", i, err)
			}
			blocks[i] = one
		}
	}
	*b = blocks
	return nil
}

func readBlock(kind string, body []byte) (Block, error) {
	switch kind {
	case Masthead{}.Kind():
		return read[Masthead](body)
	case Dateline{}.Kind():
		return read[Dateline](body)
	case Heading{}.Kind():
		return read[Heading](body)
	case Paragraph{}.Kind():
		return read[Paragraph](body)
	case Fields{}.Kind():
		return read[Fields](body)
	case List{}.Kind():
		return read[List](body)
	case Table{}.Kind():
		return read[Table](body)
	case Note{}.Kind():
		return read[Note](body)
	case Signatures{}.Kind():
		return read[Signatures](body)
	}
	return nil, fmt.Errorf("unknown kind %q", kind)
}

func read[B Block](body []byte) (Block, error) {
	var b B
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return nil, err
	}
	return b, nil
}

// MarshalBinary is the document's JSON, for encodings that cannot tell the
// kinds of blocks apart.
func (d Document) MarshalBinary() ([]byte, error) { return json.Marshal(d) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (d *Document) UnmarshalBinary(raw []byte) error { return json.Unmarshal(raw, d) }
