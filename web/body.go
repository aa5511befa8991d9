package web

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"padome/internal/problem"
	"padome/internal/strict"
)

// Decode reads the JSON body into the struct that v points to, and accepts
// nothing that is not exactly it. It fails with a problem that names every
// field at fault; v may then be half filled.
func (c *Call) Decode(v any) error {
	if _, err := c.mustBe("application/json"); err != nil {
		return err
	}
	body, err := c.body()
	if err != nil {
		return err
	}
	return strict.Decode(body, v)
}

const (
	plainForm = "application/x-www-form-urlencoded"
	filesForm = "multipart/form-data"
)

// inMemory is how much of the files of a form is kept in memory; the rest waits
// on the disk until the call ends.
const inMemory = 1 << 20

// form reads the body as a form's fields. Files that came with it are for Upload.
func (c *Call) form() (url.Values, error) {
	kind, err := c.mustBe(plainForm, filesForm)
	if err != nil {
		return nil, err
	}
	if kind == filesForm {
		return c.multipart()
	}
	body, err := c.body()
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, problem.New(malformed, "problem.request.form")
	}
	c.input = sumOf(form)
	return form, nil
}

// secrets are the fields whose values leave no trace: a digest that is kept with
// a command could be tried against guesses, faster than a hash of a password.
var secrets = []string{"current", "password", "again", "code", "passkey"}

// sumOf is the digest of what was entered, without the secrets.
func sumOf(form url.Values) string {
	kept := maps.Clone(form)
	for _, name := range secrets {
		delete(kept, name)
	}
	sum := sha256.Sum256([]byte(kept.Encode()))
	return hex.EncodeToString(sum[:])
}

// multipart reads a form with files, up to the limit of the route.
func (c *Call) multipart() (url.Values, error) {
	if c.gin.Request.ContentLength > formDoc || !c.stranger() {
		c.giveTime()
	}
	_, params, err := mime.ParseMediaType(c.gin.GetHeader("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, problem.New(malformed, "problem.request.form")
	}
	sum := sha256.New()
	all, err := multipart.NewReader(io.TeeReader(c.gin.Request.Body, sum), params["boundary"]).ReadForm(inMemory)
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, c.fileTooLarge(e.Limit)
	}
	if err != nil {
		return nil, problem.New(malformed, "problem.request.form")
	}
	c.files, c.input = all, hex.EncodeToString(sum.Sum(nil))
	return all.Value, c.waitTurn()
}

// fileTooLarge refuses a form for the file in it.
func (c *Call) fileTooLarge(most int64) error {
	return problem.New(problem.TooLarge, "problem.file.size", "most", c.limit(most))
}

// Upload is a file that came with a form: its name, its kind, and what is in it,
// to be closed. It fails with a fault of the field when there is none, or when
// it is not of a kind that may be a document.
func (c *Call) Upload(field string) (name, media string, r io.ReadCloser, err error) {
	name, f, err := c.sentFile(field)
	if err != nil {
		return "", "", nil, err
	}
	start := make([]byte, sniffed)
	n, err := io.ReadFull(f, start)
	if ended(err) {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return "", "", nil, errors.Join(err, f.Close())
	}
	media, err = checkFile(name, kindByName(name), start[:n])
	if e, ok := asProblem(err); ok {
		var l problem.List
		key := cmp.Or(ofFiles[e.Key], e.Key)
		if len(e.Fields) > 0 {
			key = ofFiles["problem.upload.content"] // its name is not one of its kind
		}
		l.Add(field, key, "value", clip(name), "ends", fileEnds())
		return "", "", nil, errors.Join(l.Err(), f.Close())
	}
	return name, media, f, nil
}

// ofFiles say to somebody who chose a file what programs are told in the terms of
// a request.
var ofFiles = map[string]string{
	"problem.upload.media":   "problem.file.kind",
	"problem.upload.content": "problem.file.content",
}

// sentFile is a file of any kind that came with a form: its name, and what is in
// it, to be closed. It fails with a fault of the field when there is none.
func (c *Call) sentFile(field string) (name string, f multipart.File, err error) {
	if !c.hasFile(field) {
		var l problem.List
		l.Add(field, "problem.form.file")
		return "", nil, l.Err()
	}
	h := c.files.File[field][0]
	if f, err = h.Open(); err != nil {
		return "", nil, fmt.Errorf("a file of a form: %w", err)
	}
	return h.Filename, f, nil
}

// hasFile reports whether a file came with a form.
func (c *Call) hasFile(field string) bool { return c.files != nil && len(c.files.File[field]) > 0 }

// kindByName is the kind of document that a file's name says it is; browsers
// know fewer kinds than there are here.
func kindByName(name string) string {
	end := strings.ToLower(path.Ext(name))
	for media, kind := range fileKinds {
		if slices.Contains(kind.ends, end) {
			return media
		}
	}
	return end
}

// forget removes what waits on the disk.
func (c *Call) forget() {
	if c.files == nil {
		return
	}
	if err := c.files.RemoveAll(); err != nil {
		c.server.Log.Warn("files of a form are left", "id", c.id, "error", err)
	}
}

// body reads what was sent, up to the limit of the route.
func (c *Call) body() ([]byte, error) {
	body, err := io.ReadAll(c.gin.Request.Body)
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, tooLarge(e.Limit)
	}
	if err != nil { // cut off or too slow
		return nil, problem.New(malformed, "problem.request.read")
	}
	sum := sha256.Sum256(body)
	c.input = hex.EncodeToString(sum[:])
	return body, c.waitTurn()
}

// mustBe is which of several kinds the body is of.
func (c *Call) mustBe(wanted ...string) (string, error) {
	value := c.gin.GetHeader("Content-Type")
	got, _, err := mime.ParseMediaType(value)
	if err != nil || !slices.Contains(wanted, got) {
		return "", problem.New(mediaType, "problem.request.media", "value", clip(value), "wanted", strings.Join(wanted, ", "))
	}
	return got, nil
}

// changing reads what a change asks for and the revision it is made to.
func (c *Call) changing(v any) (uint64, error) {
	revision, err := c.Revision()
	if err != nil {
		return 0, err
	}
	return revision, c.Decode(v)
}

// beginningOrChanging is changing for a thing that begins with its first change.
func (c *Call) beginningOrChanging(v any) (uint64, error) {
	revision, err := c.RevisionOrNone()
	if err != nil {
		return 0, err
	}
	return revision, c.Decode(v)
}
