package templates

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// types are the media types of static files; the system's own table of them is
// not asked, because it differs from machine to machine.
var types = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// Asset is one static file. Its path carries a hash of its content, so that a
// browser may keep it for good.
type Asset struct {
	Type string // media type
	Body []byte
	Gzip []byte // the same, compressed
}

// Static is the static files, by the name under which they are asked for:
// padome.1a2b3c4d5e6f.css.
type Static struct {
	assets map[string]Asset
	paths  map[string]string // padome.css → /static/padome.1a2b3c4d5e6f.css
}

func newStatic() (*Static, error) {
	s := &Static{assets: map[string]Asset{}, paths: map[string]string{}}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		ext := path.Ext(e.Name())
		if types[ext] == "" {
			return nil, fmt.Errorf("%s: no media type for %q", e.Name(), ext)
		}
		sum := sha256.Sum256(body)
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		if s.assets[name], err = newAsset(types[ext], body); err != nil {
			return nil, err
		}
		s.paths[e.Name()] = "/static/" + name
	}
	return s, nil
}

// newAsset compresses a file once, when the program starts.
func newAsset(media string, body []byte) (Asset, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return Asset{}, err
	}
	if _, err := w.Write(body); err != nil {
		return Asset{}, err
	}
	err = w.Close()
	return Asset{Type: media, Body: body, Gzip: b.Bytes()}, err
}

// Path is where a static file is asked for; it fails when there is none of that
// name.
func (s *Static) Path(name string) (string, error) {
	p, ok := s.paths[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return p, nil
}

// Asset finds a file by its name with the hash in it.
func (s *Static) Asset(name string) (Asset, bool) {
	a, ok := s.assets[name]
	return a, ok
}
