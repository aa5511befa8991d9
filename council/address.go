package council

import (
	"net/url"
	"strings"

	"padome/internal/problem"
	"padome/internal/text"
)

// checkAddress tidies the address of the council's pages and refuses what is not
// one: https (or http) and a host, perhaps with a path, and nothing behind it.
func checkAddress(l *problem.List, field string, s *string) {
	text.Line(l, field, s, 0, 120)
	*s = strings.TrimRight(*s, "/")
	if *s == "" {
		return
	}
	u, err := url.Parse(*s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(*s, " \"<>") {
		l.Add(field, "problem.settings.address", "value", *s)
	}
}
