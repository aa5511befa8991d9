package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strconv"
	"sync"
)

// writer puts a PDF file together from numbered objects. What is written fills
// a buffer, so nothing in it can fail.
type writer struct {
	out     bytes.Buffer
	offsets []int // by object number; 0 is not used
	*deflater
}

// deflater is a compressor with its buffer. Making one costs far more than
// using it, so they go round in a pool.
type deflater struct {
	packed bytes.Buffer
	zip    *zlib.Writer
}

var deflaters = sync.Pool{New: func() any { return &deflater{zip: zlib.NewWriter(nil)} }}

// newWriter starts a file in which objects up to a number are already given out.
func newWriter(objects, size int) *writer {
	w := &writer{offsets: make([]int, objects+1), deflater: deflaters.Get().(*deflater)}
	w.out.Grow(size)
	w.out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return w
}

func (w *writer) release() { deflaters.Put(w.deflater) }

// next gives out an object number.
func (w *writer) next() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets) - 1
}

// add writes an object under a number of its own.
func (w *writer) add(body []byte) int {
	n := w.next()
	w.object(n, body)
	return n
}

func (w *writer) object(number int, body []byte) {
	w.offsets[number] = w.out.Len()
	w.out.WriteString(strconv.Itoa(number) + " 0 obj\n")
	w.out.Write(body)
	w.out.WriteString("\nendobj\n")
}

// addStream compresses and writes a stream under a number of its own.
func (w *writer) addStream(entries string, content []byte) int {
	n := w.next()
	w.stream(n, entries, content)
	return n
}

func (w *writer) stream(number int, entries string, content []byte) {
	w.packed.Reset()
	w.zip.Reset(&w.packed)
	w.zip.Write(content)
	w.zip.Close()
	w.offsets[number] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n<</Filter /FlateDecode %s/Length %d>>\nstream\n", number, entries, w.packed.Len())
	w.out.Write(w.packed.Bytes())
	w.out.WriteString("\nendstream\nendobj\n")
}

// plain writes a stream as it is, so that programs that know no PDF can read it.
func (w *writer) plain(number int, entries string, content []byte) {
	w.object(number, fmt.Appendf(nil, "<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content))
}

// close ends the file. Its identifier is made from all that stands before.
func (w *writer) close(root, info int) []byte {
	id := sha256.Sum256(w.out.Bytes())
	table := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets))
	for _, at := range w.offsets[1:] {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%[4]X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets), root, info, id[:16], table)
	return w.out.Bytes()
}
