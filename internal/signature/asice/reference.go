package asice

import (
	"bytes"
	"crypto"
	"net/url"

	"padome/internal/signature"
)

// A reference is one thing that a signature covers: octets, of a file or of a part
// of the signature.
type reference struct {
	octets []byte
	file   *covered // nil for a part
}

// sum is the digest of what is covered.
func (r *reference) sum(h crypto.Hash) []byte {
	if r.file != nil {
		return r.file.sum(h)
	}
	return signature.Sum(h, r.octets)
}

// checkReferences checks each digest of SignedInfo. Exactly one reference is to
// SignedProperties, and to those in their place: an address that leads
// elsewhere is refused, not followed. Exactly one is to the document, by its
// name and without any transform. Beside them a signature may cover KeyInfo, the
// media type and the list of files.
func (x *xades) checkReferences(c *container, file string) error {
	parts := x.at.info.children()
	if len(parts) < 3 || !parts[0].is(dsNS, "CanonicalizationMethod") || !parts[1].is(dsNS, "SignatureMethod") {
		return misplaced(file, "SignedInfo")
	}
	if len(parts) > 2+mostReferences {
		return misplaced(file, "Reference")
	}
	properties, document := 0, 0
	for _, r := range parts[2:] {
		if !r.is(dsNS, "Reference") {
			return misplaced(file, r.local)
		}
		to, what, err := x.dereference(r, c)
		if err != nil {
			return err
		}
		if err := checkDigest(r, to, what); err != nil {
			return err
		}
		switch what {
		case c.document.name:
			document++
		case "SignedProperties":
			properties++
		}
		x.signed = append(x.signed, to)
	}
	if properties != 1 {
		return misplaced(file, "SignedProperties")
	}
	if document != 1 {
		return refuse("problem.xades.uncovered", "name", c.document.name)
	}
	return nil
}

// dereference returns what a reference stands for and what that is called.
func (x *xades) dereference(r *element, c *container) (*reference, string, error) {
	address := r.attr("URI")
	elsewhere := refuse("problem.xades.reference", "address", shorten(address))
	var transforms []*element
	if list := r.one(dsNS, "Transforms"); list != nil {
		transforms = list.children()
		for _, t := range transforms {
			if !t.is(dsNS, "Transform") {
				return nil, "", elsewhere
			}
		}
	}
	isProperties := r.attr("Type") == ofProps
	switch {
	case isProperties && address != "#"+x.at.properties.attr("Id"):
		return nil, "", elsewhere
	case isProperties:
		b, err := transformed(x.at.properties, transforms)
		return &reference{octets: b}, "SignedProperties", err
	case x.at.key.attr("Id") != "" && address == "#"+x.at.key.attr("Id"):
		b, err := transformed(x.at.key, transforms)
		return &reference{octets: b}, "KeyInfo", err
	}
	f := c.find(address)
	if f == nil {
		return nil, "", elsewhere
	}
	if len(transforms) != 0 || len(r.all(dsNS, "Transforms")) != 0 {
		return nil, "", refuse("problem.xades.transform", "algorithm", transformName(transforms))
	}
	return &reference{octets: f.bytes, file: f}, f.name, nil
}

func transformName(transforms []*element) string {
	if len(transforms) == 0 {
		return "Transforms"
	}
	return shorten(transforms[0].attr("Algorithm"))
}

// transformed is an element after the one transform that is accepted, a
// canonicalization; without any, the default one.
func transformed(e *element, transforms []*element) ([]byte, error) {
	switch len(transforms) {
	case 0:
		return canonicalBy(nil, e)
	case 1:
		return canonicalBy(transforms[0], e)
	}
	return nil, refuse("problem.xades.transform", "algorithm", shorten(transforms[1].attr("Algorithm")))
}

// find is the file of an address: its name, percent-encoded or as it is.
func (c *container) find(address string) *covered {
	decoded, err := url.PathUnescape(address)
	if err != nil {
		decoded = address
	}
	for _, name := range []string{decoded, address} {
		if name == c.document.name {
			return &c.document
		}
		for i := range c.others {
			if c.others[i].name == name {
				return &c.others[i]
			}
		}
	}
	return nil
}

// checkDigest compares the digest of a reference with that of what it stands for.
// what is the name of a file or of a part of the signature.
func checkDigest(r *element, to *reference, what string) error {
	h, err := digestOf(r)
	if err != nil {
		return err
	}
	if !bytes.Equal(to.sum(h), r.one(dsNS, "DigestValue").bytes()) {
		return refuse("problem.xades.changed", "name", what)
	}
	return nil
}
