package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"padome/internal/problem"
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
	return decode(body, v)
}

// form reads the body as a form's fields.
func (c *Call) form() (url.Values, error) {
	if _, err := c.mustBe("application/x-www-form-urlencoded"); err != nil {
		return nil, err
	}
	body, err := c.body()
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, problem.New(malformed, "problem.request.form")
	}
	return form, nil
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
	return body, nil
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
