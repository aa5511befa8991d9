package asicetest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
)

// MediaType is what the first file of a container says.
const MediaType = "application/vnd.etsi.asic-e+zip"

// Pack makes a container of a document and files of signatures, packed the way
// signing tools do it, with a list of files.
func Pack(document File, signatures ...[]byte) []byte {
	files := []File{{"mimetype", []byte(MediaType)}, document, {"META-INF/manifest.xml", Manifest(document.Name)}}
	for i, s := range signatures {
		files = append(files, File{fmt.Sprintf("META-INF/signatures%d.xml", i), s})
	}
	return Zip(files...)
}

// Manifest is the list of files of a container with one document.
func Manifest(name string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="` + MediaType + `"/>
<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="application/pdf"/>
</manifest:manifest>`)
}

// Zip packs files with the standard library: the first as it is, the others
// deflated with sizes behind the data. It panics where that fails.
func Zip(files ...File) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate}
		create := z.CreateHeader
		if i == 0 {
			n := uint64(len(f.Bytes))
			h = &zip.FileHeader{Name: f.Name, CRC32: crc32.ChecksumIEEE(f.Bytes), CompressedSize64: n, UncompressedSize64: n}
			create = z.CreateRaw
		}
		w, err := create(h)
		if err == nil {
			_, err = w.Write(f.Bytes)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
