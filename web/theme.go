package web

import (
	"fmt"
	"net/http"
	"strings"

	"padome/council"
)

func init() {
	addArea(area{routes: func(s *Server) []Route { return []Route{{"GET", "/theme/:file", Open, noBody, s.theme}} }})
}

// themePath is the style sheet with a council's accent colour; the colour is its
// name, so that it never changes under it.
func themePath(a council.Accent) string {
	if a == "" {
		return ""
	}
	return "/theme/" + strings.ToLower(strings.TrimPrefix(string(a), "#")) + ".css"
}

// theme puts a colour in place of ours: darker where a pointer is, lighter where
// it is a text on a dark ground.
func (s *Server) theme(c *Call) error {
	hex, ok := strings.CutSuffix(c.Param("file"), ".css")
	colour := council.Accent("#" + hex)
	if !ok || !colour.Valid() || hex != strings.ToLower(hex) {
		return s.noRoute(c)
	}
	c.SetHeader("Cache-Control", "public, max-age=31536000, immutable")
	c.write(http.StatusOK, "text/css; charset=utf-8", fmt.Appendf(nil, ":root{--accent:%s;--accent-deep:color-mix(in oklab,%[1]s,#000 25%%)}\n"+
		"@media(prefers-color-scheme:dark){:root{--link:color-mix(in oklab,%[1]s,#fff 65%%)}}\n", colour))
	return nil
}
