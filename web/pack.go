package web

import (
	"bytes"
	"compress/gzip"
	"strings"
	"sync"
)

// packFrom is the length from which packing is worth its while: what is shorter
// fits one packet of the network.
const packFrom = 1400

var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level that there is
	return w
}}

// packed is a page as the client takes it: with gzip when it is long and the
// client can read that. Nothing secret that lasts stands beside what a reader
// sends, so that the length of what is packed gives nothing away.
func (c *Call) packed(body []byte) []byte {
	c.gin.Writer.Header().Add("Vary", "Accept-Encoding")
	if len(body) < packFrom || c.shown != nil || !strings.Contains(c.gin.GetHeader("Accept-Encoding"), "gzip") {
		return body
	}
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	w.Write(body) // into memory: does not fail
	w.Close()
	c.SetHeader("Content-Encoding", "gzip")
	return b.Bytes()
}
