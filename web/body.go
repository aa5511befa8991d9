package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"padome/internal/problem"
)

// Decode reads the JSON body into the struct that v points to, and accepts
// nothing that is not exactly it. It fails with a problem that names every
// field at fault; v may then be half filled.
func (c *Call) Decode(v any) error {
	if err := c.mustBe("application/json"); err != nil {
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
	if err := c.mustBe("application/x-www-form-urlencoded"); err != nil {
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

func (c *Call) mustBe(wanted string) error {
	value := c.gin.GetHeader("Content-Type")
	if got, _, err := mime.ParseMediaType(value); err != nil || got != wanted {
		return problem.New(mediaType, "problem.request.media", "value", clip(value), "wanted", wanted)
	}
	return nil
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
	return body, nil
}
