package pades

import (
	"bytes"
	"errors"
)

// Original is the document that a signed PDF file began as, for when nothing
// else is at hand: the file up to the end of its oldest revision.
func Original(file []byte) ([]byte, error) {
	if len(file) > MostBytes {
		return nil, errors.New("PDF: too large")
	}
	rev, err := open(file)
	if err != nil {
		return nil, err
	}
	if rev.oldest == rev.start {
		return file, nil
	}
	for at := rev.oldest; ; {
		n := bytes.Index(file[at:], []byte("startxref"))
		if n < 0 {
			return nil, errSyntax
		}
		at += n
		end := &revision{start: rev.oldest}
		if end.finish(&reader{data: file, at: at}) == nil {
			return file[:end.end], nil
		}
		at++
	}
}
