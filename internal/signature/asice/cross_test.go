package asice

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"padome/internal/tooltest"
)

// referenceTo is a Reference to a file, as it stands in SignedInfo.
func referenceTo(address, transforms string, content []byte) string {
	digest := sha256.Sum256(content)
	if address != "" && address[0] != '#' {
		address = (&url.URL{Path: address}).EscapedPath()
	}
	return `<ds:Reference URI="` + address + `">` + transforms + `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>` +
		base64.StdEncoding.EncodeToString(digest[:]) + `</ds:DigestValue></ds:Reference>`
}

// crossCheck has xmlsec1 verify a file of signatures over the minutes with the
// certificate in it. The older releases do not know RSA PSS.
func crossCheck(t *testing.T, xml []byte) {
	t.Helper()
	tool := tooltest.Find(t, "xmlsec1")
	if out, err := xmlsec(t, tool, xml); err != nil {
		t.Errorf("xmlsec1: %v\n%s", err, out)
	}
	spoilt := strings.Replace(string(xml), "<ds:SignedInfo>", "<ds:SignedInfo> ", 1)
	if _, err := xmlsec(t, tool, []byte(spoilt)); err == nil {
		t.Error("xmlsec1 accepts a changed signature: this check looks at nothing")
	}
}

func xmlsec(t *testing.T, tool string, xml []byte) ([]byte, error) {
	t.Helper()
	dir := t.TempDir()
	authority := func(c *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	}
	files := map[string][]byte{minutes.Name: minutes.Bytes, "s.xml": xml,
		"root.pem": authority(council().world.Root.Certificate), "issuing.pem": authority(council().world.Issuing.Certificate)}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(tool, "--verify", "--enabled-key-data", "x509", "--trusted-pem", "root.pem", "--untrusted-pem", "issuing.pem",
		"--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties", "s.xml")
	cmd.Dir = dir
	return cmd.CombinedOutput()
}
