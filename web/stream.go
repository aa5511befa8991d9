package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// chunk is how much of a file is in memory at a time while it is sent.
const chunk = 64 << 10

// stream sends a file of a known size. The last piece goes out only once the
// file has been read to its end and found whole: a damaged one cuts the
// connection, so that nobody takes it for the file.
func (c *Call) stream(r io.Reader, media string, size int64) error {
	c.leave()
	if !c.hold(2 * chunk) {
		return c.turnAway(tooMuch)
	}
	c.SetHeader("Content-Type", media)
	c.SetHeader("Content-Length", strconv.FormatInt(size, 10))
	c.gin.Status(http.StatusOK)
	now, next := make([]byte, chunk), make([]byte, chunk)
	have, err := io.ReadFull(r, now)
	read := int64(have)
	for err == nil {
		var n int
		n, err = io.ReadFull(r, next)
		read += int64(n)
		if n == 0 || !ended(err) {
			break
		}
		if _, gone := c.gin.Writer.Write(now[:have]); gone != nil {
			return nil // a client that has gone away is none of ours
		}
		now, next, have = next, now, n
	}
	if !ended(err) || read != size {
		c.server.Log.Error("file cut off", "id", c.id, "read", read, "size", size, "error", err)
		panic(http.ErrAbortHandler)
	}
	c.gin.Writer.WriteHeaderNow()
	c.gin.Writer.Write(now[:have])
	return nil
}

// ended reports whether io.ReadFull has met nothing worse than the end.
func ended(err error) bool { return err == nil || err == io.EOF || err == io.ErrUnexpectedEOF }

// file sends a file that is all there, to be saved under a name. Its ETag is
// the SHA-256 of its bytes; who has them already gets 304.
func (c *Call) file(name, media string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	c.SetHeader("ETag", tag)
	c.SetHeader("Cache-Control", "private, no-cache") // kept, and asked for each time
	if c.gin.GetHeader("If-None-Match") == tag {
		c.gin.Status(http.StatusNotModified)
		c.gin.Writer.WriteHeaderNow()
		return nil
	}
	c.SetHeader("Content-Disposition", attachment(name))
	c.write(http.StatusOK, media, body)
	return nil
}

// pdf sends a PDF that comes from a reader: read to its end first, so that what
// does not arrive whole is an error and not half a file.
func (c *Call) pdf(name string, r io.ReadCloser) error {
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return c.file(name, "application/pdf", body)
}
