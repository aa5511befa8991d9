package web

import (
	"net/http"
	"strings"

	paper "padome/internal/document"
	"padome/office"
	"padome/templates"
)

// paperRoutes are those of a paper in every format: the address with the ending
// of each.
func paperRoutes(path string, p Policy, send func(*Call, office.PaperFormat) error) (all []Route) {
	for _, f := range office.PaperFormats {
		all = append(all, Route{"GET", path + "." + string(f), p, noBody, func(c *Call) error { return send(c, f) }})
	}
	return all
}

// sendPaper sends a paper as a file; name is that of its message, whose ending is
// the format's. A page of HTML may have the style of such papers and nothing else,
// and is shown instead of saved.
func (c *Call) sendPaper(f office.PaperFormat, body []byte, key string, args ...string) error {
	name := c.say(key, append(args, "format", string(f))...)
	if f != office.PaperHTML {
		return c.file(name, f.Media(), body)
	}
	c.SetHeader("Content-Security-Policy", "default-src 'none'; style-src "+paper.StyleSource()+"; frame-ancestors 'none'")
	c.write(http.StatusOK, f.Media(), body)
	return nil
}

// everyFormat are links to a paper in every format, in the reader's language.
func (c *Call) everyFormat(path string) (links []templates.Link) {
	for _, f := range office.PaperFormats {
		links = append(links, templates.Link{Text: strings.ToUpper(string(f)), Href: path + "." + string(f) + "?lang=" + string(c.Lang)})
	}
	return links
}

// also are those beside PDF.
func (c *Call) also(path string) []templates.Link { return c.everyFormat(path)[1:] }
