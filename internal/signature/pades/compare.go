package pades

import (
	"bytes"
	"maps"
	"slices"

	"padome/internal/signature"
)

// A part of a document, as messages call it: signature.part.….
const (
	partCatalog    = "catalog"
	partPage       = "page"
	partProperties = "properties"
	partContent    = "content"
	partAnnotation = "annotation"
	partField      = "field"
	partPicture    = "picture"
)

func changed(part string) error {
	return signature.Because("problem.signature.pdf.changed", "part", part)
}

func added(part string) error { return signature.Because("problem.signature.pdf.added", "part", part) }

// comparison holds a revision to the original. Both have the same objects but
// those that updates define anew, so that it is enough to look at these: what
// they lead to under the same number is the same, or is looked at itself.
type comparison struct {
	base, rev *revision
	catalog   int          // number of the catalog
	free      map[int]bool // objects of the original that may be another: metadata, colour profile
	seen      map[[2]ref]bool
	budget    int
}

// mostCompared bounds how many values one comparison looks at.
const mostCompared = 1 << 20

func compare(base, rev *revision) error {
	c := &comparison{base: base, rev: rev, free: map[int]bool{}, seen: map[[2]ref]bool{}, budget: mostCompared}
	root, ok := base.trailer["Root"].(ref)
	if !ok {
		return errSyntax
	}
	c.catalog = root.number
	if err := c.mayDiffer(root); err != nil {
		return err
	}
	size, _ := base.trailer["Size"].(int)
	numbers := make([]int, 0, len(rev.changed))
	for n := range rev.changed {
		if n < size || c.base.entries[n] != (entry{}) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if err := c.object(n); err != nil {
			return err
		}
	}
	return c.properties()
}

// mayDiffer finds the objects of the original that signing tools write anew and
// that show nothing: metadata, and the profile of the output intents.
func (c *comparison) mayDiffer(root ref) error {
	catalog, err := c.base.dict(root)
	if err != nil || catalog == nil {
		return errSyntax
	}
	intents, err := c.base.array(catalog["OutputIntents"])
	if err != nil {
		return err
	}
	c.frees(catalog["Metadata"])
	c.frees(catalog["OutputIntents"])
	for _, v := range intents {
		intent, err := c.base.dict(v)
		if err != nil {
			return err
		}
		c.frees(v)
		c.frees(intent["DestOutputProfile"])
	}
	return nil
}

// frees notes that an object may be another.
func (c *comparison) frees(v any) {
	if to, ok := v.(ref); ok {
		c.free[to.number] = true
	}
}

// object compares an object of the original that an update defines anew.
func (c *comparison) object(n int) error {
	e, was := c.base.entries[n]
	if !was || e.free {
		return added(partContent) // a number that the original has and does not use
	}
	if c.rev.entries[n].generation != e.generation {
		return changed(partContent)
	}
	to := ref{n, e.generation}
	x, err := c.base.value(to)
	if err != nil {
		return err
	}
	y, err := c.rev.value(to)
	if err != nil {
		return err
	}
	old, _ := x.(dict)
	now, same := y.(dict)
	info, _ := c.base.trailer["Info"].(ref)
	switch {
	case c.free[n] || n == info.number:
		return nil // the properties are compared by themselves
	case n == c.catalog && same:
		return c.catalogs(old, now)
	case old["Type"] == name("Page") && same:
		return c.pages(old, now)
	}
	return c.values(x, y, partContent)
}

// catalogKeys may be other in a signed document. DSS and Extensions hold what
// proves signatures; the rest is looked at.
var catalogKeys = map[name]bool{"AcroForm": true, "DSS": true, "Extensions": true, "Metadata": true, "OutputIntents": true, "Perms": true, "Version": true}

func (c *comparison) catalogs(old, now dict) error {
	if err := c.dicts(old, now, catalogKeys, partCatalog); err != nil {
		return err
	}
	if v, ok := now["Version"]; ok {
		if n, isName := v.(name); !isName || len(n) != 3 {
			return changed(partCatalog)
		}
	}
	perms, err := c.rev.dict(now["Perms"])
	if err != nil {
		return err
	}
	for k := range perms {
		if k != "DocMDP" {
			return added(partCatalog)
		}
	}
	return nil
}

// inherited are the attributes that a page without its own takes over from the
// nodes above it (ISO 32000-1, 7.7.3.4).
var inherited = []name{"Resources", "MediaBox", "CropBox", "Rotate"}

// mostAbove bounds how deep a page may stand in the tree of pages.
const mostAbove = 32

// pages compares a page, which may have gained fields of signatures. A tool may
// write on the page what it inherits (iText does).
func (c *comparison) pages(old, now dict) error {
	old = maps.Clone(old)
	for _, k := range inherited {
		if old[k] != nil || now[k] == nil {
			continue
		}
		v, err := c.base.above(old, k)
		if err != nil {
			return err
		}
		if v != nil {
			old[k] = v
		}
	}
	if err := c.dicts(old, now, map[name]bool{"Annots": true}, partPage); err != nil {
		return err
	}
	before, err := c.base.array(old["Annots"])
	if err != nil {
		return err
	}
	after, err := c.rev.array(now["Annots"])
	if err != nil {
		return err
	}
	if len(after) < len(before) {
		return changed(partAnnotation)
	}
	for i := range before {
		if err := c.values(before[i], after[i], partAnnotation); err != nil {
			return err
		}
	}
	return c.widgets(after[len(before):])
}

// above is the value of an attribute that a page inherits; nil where no node above
// it has one.
func (rev *revision) above(page dict, attribute name) (any, error) {
	for range mostAbove {
		parent, err := rev.dict(page["Parent"])
		if err != nil || parent == nil || parent[attribute] != nil {
			return parent[attribute], err
		}
		page = parent
	}
	return nil, errSyntax
}

// widgets allows no annotations but fields of signatures that show nothing.
func (c *comparison) widgets(all array) error {
	for _, v := range all {
		w, err := c.rev.dict(v)
		if err != nil {
			return err
		}
		kind := w["FT"]
		if parent, err := c.rev.dict(w["Parent"]); err == nil && kind == nil {
			kind = parent["FT"]
		}
		if w["Subtype"] != name("Widget") || kind != name("Sig") {
			return added(partAnnotation)
		}
		if err := c.rev.field(w); err != nil {
			return err
		}
	}
	return nil
}

// properties compares what the file says of itself: title, author, subject and
// who made it stay; the program that wrote last and when may be others.
func (c *comparison) properties() error {
	old, err := c.base.dict(c.base.trailer["Info"])
	if err != nil {
		return err
	}
	now, err := c.rev.dict(c.rev.trailer["Info"])
	if err != nil {
		return err
	}
	if now == nil { // left out of an update's trailer
		return nil
	}
	return c.dicts(old, now, map[name]bool{"Producer": true, "ModDate": true}, partProperties)
}

// dicts compares the entries of two dictionaries but some.
func (c *comparison) dicts(old, now dict, but map[name]bool, part string) error {
	for k := range now {
		if _, was := old[k]; !was && !but[k] {
			return added(part)
		}
	}
	for k, v := range old {
		if but[k] {
			continue
		}
		if err := c.values(v, now[k], part); err != nil {
			return err
		}
	}
	return nil
}

// values compares by value, so that a tool may number or inline objects in its
// own way.
func (c *comparison) values(x, y any, part string) error {
	if c.budget--; c.budget < 0 {
		return errSyntax
	}
	rx, isRef := x.(ref)
	ry, both := y.(ref)
	if isRef && both {
		if rx == ry || c.seen[[2]ref{rx, ry}] {
			return nil // the same object, or one that is compared already
		}
		c.seen[[2]ref{rx, ry}] = true
	}
	vx, err := c.base.value(x)
	if err != nil {
		return err
	}
	vy, err := c.rev.value(y)
	if err != nil {
		return err
	}
	return c.direct(vx, vy, part)
}

func (c *comparison) direct(x, y any, part string) error {
	same := false
	switch a := x.(type) {
	case dict:
		if b, ok := y.(dict); ok {
			return c.dicts(a, b, nil, part)
		}
	case array:
		b, ok := y.(array)
		if !ok || len(a) != len(b) {
			break
		}
		for i := range a {
			if err := c.values(a[i], b[i], part); err != nil {
				return err
			}
		}
		return nil
	case stream:
		if b, ok := y.(stream); ok && bytes.Equal(a.raw, b.raw) {
			return c.dicts(a.dict, b.dict, map[name]bool{"Length": true}, part)
		}
	case text:
		b, ok := y.(text)
		same = ok && bytes.Equal(a.bytes, b.bytes)
	default:
		switch y.(type) {
		case dict, array, stream, text: // they cannot be compared by ==
		default:
			same = x == y
		}
	}
	if !same {
		return changed(part)
	}
	return nil
}
