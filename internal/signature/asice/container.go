package asice

import (
	"bytes"
	"crypto"
	"strconv"
	"strings"

	"padome/internal/signature"
)

const (
	mediaType    = "application/vnd.etsi.asic-e+zip"
	mimetypeName = "mimetype"
	metaFolder   = "META-INF/"
	manifestName = metaFolder + "manifest.xml"
	manifestNS   = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
	asicNS       = "http://uri.etsi.org/02918/v1.2.1#"
)

// mostDocument bounds the document of a container when no frozen one is given
// to compare it with.
const mostDocument = 64 << 20

// A file is a file of a container, unpacked.
type file struct {
	name  string
	bytes []byte
}

// A covered file is one that signatures cover.
type covered struct {
	file
	sums map[crypto.Hash][]byte // digests taken so far
}

// sum is the digest of the file, taken once however many signatures cover it.
func (f *covered) sum(h crypto.Hash) []byte {
	if f.sums == nil {
		f.sums = map[crypto.Hash][]byte{}
	}
	if f.sums[h] == nil {
		f.sums[h] = signature.Sum(h, f.bytes)
	}
	return f.sums[h]
}

// A container is what a signed container holds: one document and the files of
// its signatures, each read and found to be signatures.
type container struct {
	document   covered
	others     []covered // that a signature may also cover: the media type and the list of files
	signatures []signatureFile
}

type signatureFile struct {
	file
	each []*element // its ds:Signature elements
}

// openContainer reads a container whose only document has exactly the bytes of
// frozen; with frozen nil, any one document will do.
func openContainer(b, frozen []byte) (*container, error) {
	entries, err := readZip(b)
	if err != nil {
		return nil, err
	}
	if err := checkMediaType(entries); err != nil {
		return nil, err
	}
	c := &container{others: []covered{{file: file{mimetypeName, []byte(mediaType)}}}}
	document, manifest, signatures, err := sortOut(entries[1:])
	if err != nil {
		return nil, err
	}
	if err := c.takeDocument(document, frozen); err != nil {
		return nil, err
	}
	if err := c.takeManifest(manifest, entries); err != nil {
		return nil, err
	}
	return c, c.takeSignatures(signatures)
}

// checkMediaType wants the media type as the first file, not packed, so that it
// stands at a fixed place of the container.
func checkMediaType(entries []entry) error {
	if len(entries) == 0 || entries[0].name != mimetypeName || entries[0].method != stored || string(entries[0].raw) != mediaType {
		return refuse("problem.container.mimetype")
	}
	_, err := entries[0].unpack(len(mediaType))
	return err
}

// sortOut says which entry is what; anything but one document, one list of
// files and signatures is refused by name.
func sortOut(entries []entry) (document, manifest *entry, signatures []*entry, err error) {
	var documents []string
	together := 0
	for i := range entries {
		e := &entries[i]
		under, isMeta := strings.CutPrefix(e.name, metaFolder)
		switch {
		case e.isFolder():
			if e.size != 0 || e.name != metaFolder {
				err = refuse("problem.container.unexpected", "name", e.name)
			}
		case !isMeta:
			if strings.EqualFold(e.name+"/", metaFolder) || strings.EqualFold(e.name[:min(len(e.name), len(metaFolder))], metaFolder) {
				return nil, nil, nil, refuse("problem.container.name", "name", e.name)
			}
			document, documents = e, append(documents, e.name)
		case e.name == manifestName:
			manifest = e
		case strings.Contains(under, "signatures") && strings.HasSuffix(under, ".xml") && !strings.Contains(under, "/"):
			signatures = append(signatures, e)
		case strings.HasSuffix(under, ".p7s") || strings.HasPrefix(under, "ASiCManifest") && strings.HasSuffix(under, ".xml"): // EN 319 162-1, 4.4.3.2
			err = refuse("problem.container.cades", "name", e.name)
		default:
			err = refuse("problem.container.unexpected", "name", e.name)
		}
		if isMeta {
			together += int(e.size)
		}
		if err != nil {
			return nil, nil, nil, err
		}
	}
	switch {
	case len(documents) == 0:
		return nil, nil, nil, refuse("problem.container.empty")
	case len(documents) > 1:
		return nil, nil, nil, refuse("problem.container.documents", "count", strconv.Itoa(len(documents)), "names", strings.Join(documents, "\n"))
	case len(signatures) == 0:
		return nil, nil, nil, refuse("problem.container.unsigned")
	case together > mostTogether:
		return nil, nil, nil, refuse("problem.container.large", "name", metaFolder, "size", strconv.Itoa(together), "most", strconv.Itoa(mostTogether))
	}
	return document, manifest, signatures, nil
}

func (c *container) takeDocument(e *entry, frozen []byte) error {
	most := mostDocument
	if frozen != nil {
		most = len(frozen)
		if int64(e.size) != int64(most) {
			return refuse("problem.container.document", "name", e.name)
		}
	}
	b, err := e.unpack(most)
	if err != nil {
		return err
	}
	if frozen != nil && !bytes.Equal(b, frozen) {
		return refuse("problem.container.document", "name", e.name)
	}
	c.document = covered{file: file{e.name, b}}
	return nil
}

// takeManifest holds the list of files to the files: it may be left out, but
// what it lists must be there, and the document must be listed.
func (c *container) takeManifest(e *entry, entries []entry) error {
	if e == nil {
		return nil
	}
	b, err := e.unpack(mostSmall)
	if err != nil {
		return err
	}
	root, err := readXML(e.name, b)
	if err != nil {
		return err
	}
	wrong := func(name string) error { return refuse("problem.container.manifest", "name", shorten(name)) }
	if !root.is(manifestNS, "manifest") {
		return wrong(root.local)
	}
	there := map[string]bool{}
	for _, e := range entries {
		there[e.name] = true
	}
	listed := map[string]bool{}
	for _, c := range root.all(manifestNS, "file-entry") {
		path, kind := c.named(manifestNS, "full-path"), c.named(manifestNS, "media-type")
		if listed[path] || path != "/" && !there[path] || path == "/" && kind != mediaType {
			return wrong(path)
		}
		listed[path] = true
	}
	if !listed[c.document.name] {
		return wrong(c.document.name)
	}
	c.others = append(c.others, covered{file: file{e.name, b}})
	return nil
}

func (c *container) takeSignatures(entries []*entry) error {
	count := 0
	for _, e := range entries {
		b, err := e.unpack(mostSmall)
		if err != nil {
			return err
		}
		root, err := readXML(e.name, b)
		if err != nil {
			return err
		}
		s := signatureFile{file: file{e.name, b}, each: root.children()}
		if !root.is(asicNS, "XAdESSignatures") || len(s.each) == 0 {
			return refuse("problem.xades.structure", "name", e.name, "part", "XAdESSignatures")
		}
		for _, each := range s.each {
			if !each.is(dsNS, "Signature") {
				return refuse("problem.xades.structure", "name", e.name, "part", shorten(each.local))
			}
		}
		c.signatures = append(c.signatures, s)
		if count += len(s.each); count > mostSignatures {
			return refuse("problem.container.signatures", "most", strconv.Itoa(mostSignatures))
		}
	}
	return nil
}
