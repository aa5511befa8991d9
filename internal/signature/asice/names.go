package asice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// checkName refuses names that lead out of the container or that people or
// other programs could take for another: only relative paths of plain segments.
func checkName(name string) error {
	bad := func() error {
		return refuse("problem.container.name", "name", strings.ToValidUTF8(shorten(name), "�"))
	}
	if name == "" || len(name) > mostName || !utf8.ValidString(name) || strings.ContainsAny(name, `\:`) {
		return bad()
	}
	for _, r := range name {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return bad()
		}
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if segment == "" || segment == "." || segment == ".." || strings.TrimSpace(segment) != segment {
			return bad()
		}
	}
	return nil
}

func shorten(s string) string {
	if len(s) > mostName {
		return s[:mostName] + "…"
	}
	return s
}

// uniqueNames refuses two entries that a file system could take for one: equal
// but for letter case, for the way accents are written, or for a closing slash.
func uniqueNames(entries []entry) error {
	seen := map[string]bool{}
	for _, e := range entries {
		key := norm.NFC.String(strings.ToLower(strings.TrimSuffix(e.name, "/")))
		if seen[key] {
			return refuse("problem.container.duplicate", "name", e.name)
		}
		seen[key] = true
	}
	return nil
}
