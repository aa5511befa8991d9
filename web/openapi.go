package web

import (
	_ "embed"
	"net/http"
)

// openAPI describes the JSON API for programs. A test writes it from the routes
// and the Go types, and holds it to both.
//
//go:embed openapi.yaml
var openAPI []byte

func (s *Server) describe(c *Call) error {
	c.write(http.StatusOK, "application/yaml", openAPI)
	return nil
}
