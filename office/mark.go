package office

import (
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
)

// fingerprintLength is how many digits of a digest the papers print: enough to
// find the one content they are of, few enough to be typed.
const fingerprintLength = 16

// Fingerprint is the beginning of a digest, as addresses have it.
func Fingerprint(digest string) string { return digest[:min(len(digest), fingerprintLength)] }

// PrintedFingerprint is a fingerprint in groups of four, as papers have it.
func PrintedFingerprint(digest string) string {
	f := strings.ToUpper(Fingerprint(digest))
	var groups []string
	for len(f) > 4 {
		groups, f = append(groups, f[:4]), f[4:]
	}
	return strings.Join(append(groups, f), "-")
}

// marked is what the file of a final content carries: its fingerprint at the foot,
// and, where the council has said at which address its pages are, a code that
// leads to the page on which the paper is verified.
func marked(lang locale.Lang, set council.Settings, digest string) pdf.Extra {
	x := pdf.Extra{Mark: locale.Text(lang, "paper.mark", problem.Pairs("mark", PrintedFingerprint(digest)))}
	if set.Address != "" {
		link := set.Address + VerifyPath + "/" + Fingerprint(digest)
		x.Code = &pdf.Code{Link: link, Alt: locale.Text(lang, "paper.code", problem.Pairs("link", link))}
	}
	return x
}

// VerifyPath is where the page is on which papers are verified.
const VerifyPath = "/verify"

// recordOf is the machine-readable record that a paper's file carries: its
// canonical content, whose SHA-256 is the digest.
func recordOf(lang locale.Lang, name string, number int, raw []byte) *pdf.Record {
	return &pdf.Record{Name: name + "-" + strconv.Itoa(number) + ".json", Media: "application/json",
		About: locale.Text(lang, "paper.record", nil), Data: raw}
}
