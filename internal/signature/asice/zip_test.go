package asice

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"padome/internal/signature"
	"padome/internal/signature/asice/asicetest"
)

var le = binary.LittleEndian

// three is a ZIP as the merger writes them, for tests to spoil.
func three() []byte {
	return writeZip([]file{{mimetypeName, []byte(mediaType)}, {"protokols.pdf", []byte("%PDF-1.7 minutes")}, {"META-INF/signatures0.xml", []byte("<x/>")}})
}

// headers finds the local and the directory header of a file of three.
func headers(t *testing.T, b []byte, name string) (local, directory []byte) {
	t.Helper()
	for i := 0; i+46 < len(b); i++ {
		switch {
		case le.Uint32(b[i:]) == localMark && bytes.HasPrefix(b[i+30:], []byte(name)):
			local = b[i:]
		case le.Uint32(b[i:]) == directoryMark && bytes.HasPrefix(b[i+46:], []byte(name)):
			directory = b[i:]
		}
	}
	if local == nil || directory == nil {
		t.Fatalf("no headers of %s", name)
	}
	return local, directory
}

func wantReason(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("accepted; want %s", key)
	}
	if got := signature.ReasonOf(err); got.Key != key {
		t.Errorf("refused with %v, want %s", got, key)
	}
}

func TestEveryFileOfAZipIsRead(t *testing.T) {
	files := []asicetest.File{{Name: "mimetype", Bytes: []byte(mediaType)}, {Name: "līdz.pdf", Bytes: bytes.Repeat([]byte("abc "), 300)}, {Name: "META-INF/signatures0.xml", Bytes: nil}}
	var merged []file
	for _, f := range files {
		merged = append(merged, file{f.Name, f.Bytes})
	}
	for kind, b := range map[string][]byte{"packed, with sizes behind": asicetest.Zip(files...), "as the merger writes": writeZip(merged)} {
		entries, err := readZip(b)
		if err != nil || len(entries) != len(files) {
			t.Fatalf("%s: %d files, %v", kind, len(entries), err)
		}
		for i, f := range files {
			got, err := entries[i].unpack(2000)
			if err != nil || entries[i].name != f.Name || !bytes.Equal(got, f.Bytes) {
				t.Errorf("%s: %s reads as %s, %d bytes, %v", kind, f.Name, entries[i].name, len(got), err)
			}
		}
	}
}

func TestAZipCommentIsNoHiddenData(t *testing.T) {
	b := three()
	le.PutUint16(b[len(b)-2:], 5)
	if _, err := readZip(append(b, "hello"...)); err != nil {
		t.Error(err)
	}
}

func TestAZipThatReadersCouldReadDifferentlyIsRefused(t *testing.T) {
	if _, err := readZip(three()); err != nil {
		t.Fatalf("the unspoilt one: %v", err)
	}
	const name = "protokols.pdf"
	spoil := func(f func(local, directory []byte)) []byte {
		b := three()
		f(headers(t, b, name))
		return b
	}
	both := func(at, value uint16) func(l, d []byte) {
		return func(l, d []byte) { le.PutUint16(l[at:], value); le.PutUint16(d[at+2:], value) }
	}
	for _, c := range []struct {
		what, key string
		b         []byte
	}{
		{"nothing", "problem.container.zip", nil},
		{"a PDF", "problem.container.zip", []byte("%PDF-1.7\n%%EOF")},
		{"cut short", "problem.container.zip", three()[:len(three())-1]},
		{"data after the end", "problem.container.hidden", append(three(), "more"...)},
		{"data before the start", "problem.container.hidden", append([]byte("MZ"), three()...)},
		{"another end inside the comment", "problem.container.hidden", func() []byte {
			b := three()
			le.PutUint16(b[len(b)-2:], 26)
			return append(append(b, b[len(b)-22:]...), 0, 0, 0, 0)
		}()},
		{"a file only local readers find", "problem.container.hidden", spoilDirectory(t, name)},
		{"another name in the local header", "problem.container.differs", spoil(func(l, _ []byte) { l[30] = 'P' })},
		{"another size in the local header", "problem.container.differs", spoil(func(l, _ []byte) { l[22]++ })},
		{"another sum in the local header", "problem.container.differs", spoil(func(l, _ []byte) { l[14]++ })},
		{"another packing in the local header", "problem.container.differs", spoil(func(l, _ []byte) { l[8] = 8 })},
		{"another sum in both", "problem.container.sum", spoil(func(l, d []byte) { l[14]++; d[16]++ })},
		{"encrypted", "problem.container.encrypted", spoil(both(6, flagEncrypted))},
		{"directory masked", "problem.container.packing", spoil(both(6, 1<<13))},
		{"bzip2", "problem.container.packing", spoil(both(8, 12))},
		{"a symbolic link", "problem.container.name", spoil(func(_, d []byte) { d[5] = 3; le.PutUint32(d[38:], 0o120777<<16) })},
		{"sizes in ZIP64", "problem.container.zip64", spoil(func(_, d []byte) { le.PutUint32(d[24:], unset32) })},
		{"count in ZIP64", "problem.container.zip64", func() []byte { b := three(); le.PutUint16(b[len(b)-12:], unset16); return b }()},
		{"stored in less than its size", "problem.container.differs", spoil(func(l, d []byte) { l[22]--; d[24]-- })},
		{"two with the same place", "problem.container.overlap", spoil(func(_, d []byte) { le.PutUint32(d[42:], 0) })},
		{"longer than what is left", "problem.container.overlap", spoil(func(l, d []byte) {
			for _, at := range []int{18, 22} {
				le.PutUint32(l[at:], 5000)
				le.PutUint32(d[at+2:], 5000)
			}
		})},
		{"name by an extra field", "problem.container.name", withExtra(0x7075)},
		{"size by an extra field", "problem.container.zip64", withExtra(0x0001)},
		{"encrypted by an extra field", "problem.container.encrypted", withExtra(0x9901)},
	} {
		t.Run(c.what, func(t *testing.T) {
			entries, err := readZip(c.b)
			for i := range entries {
				if err == nil {
					_, err = entries[i].unpack(1 << 20)
				}
			}
			wantReason(t, err, c.key)
		})
	}
}

// spoilDirectory takes a file out of the directory and leaves it in the body.
func spoilDirectory(t *testing.T, name string) []byte {
	b := three()
	_, d := headers(t, b, name)
	at := len(b) - len(d)
	b = append(b[:at:at], d[46+len(name):]...)
	end := b[len(b)-22:]
	le.PutUint16(end[8:], 2)
	le.PutUint16(end[10:], 2)
	le.PutUint32(end[12:], le.Uint32(end[12:])-uint32(46+len(name)))
	return b
}

// withExtra is a ZIP whose only file has an extra field, made by the standard library.
func withExtra(id uint16) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "mimetype", Extra: append(le.AppendUint16(le.AppendUint16(nil, id), 4), 1, 2, 3, 4)}
	if _, err := z.CreateRaw(h); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	for _, name := range []string{"../../etc/passwd", "/etc/passwd", `..\x.pdf`, "C:/x.pdf", "a/../../x", "a//b", "./a", " a", "a.pdf ", "a\x00.pdf", "a\u202efdp.exe", "\xff\xfe", ""} {
		_, err := readZip(writeZip([]file{{mimetypeName, nil}, {name, nil}}))
		wantReason(t, err, "problem.container.name")
	}
	for _, name := range []string{"protokols Nr. 1.pdf", "Sēdes protokols (2024).pdf", "mape/protokols.pdf", "META-INF/"} {
		if _, err := readZip(writeZip([]file{{mimetypeName, nil}, {name, nil}})); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestNamesThatCouldBeOneFileAreRefused(t *testing.T) {
	for _, pair := range [][2]string{{"a.pdf", "a.pdf"}, {"a.pdf", "A.PDF"}, {"\u0101.pdf", "a\u0304.pdf"}, {"a", "a/"}} {
		_, err := readZip(writeZip([]file{{mimetypeName, nil}, {pair[0], nil}, {pair[1], nil}}))
		wantReason(t, err, "problem.container.duplicate")
	}
}

// bomb is a ZIP of one deflated run of zeros.
func bomb(size int) []byte {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestCompression)
	_, _ = w.Write(make([]byte, size))
	_ = w.Close()
	sum := crc32.ChecksumIEEE(make([]byte, size))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.CreateRaw(&zip.FileHeader{Name: "zeros", Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(size)})
	if err == nil {
		_, err = f.Write(packed.Bytes())
	}
	if err != nil || z.Close() != nil {
		panic("zip")
	}
	return b.Bytes()
}

func TestBombsAreRefusedBeforeUnpacking(t *testing.T) {
	_, err := readZip(bomb(32 << 20))
	wantReason(t, err, "problem.container.bomb")

	// Entries of a directory that all lie over one another, 20 GB together.
	overlapping := bomb(60 << 10)
	at := int(le.Uint32(overlapping[len(overlapping)-6:]))
	one := bytes.Clone(overlapping[at : len(overlapping)-22])
	le.PutUint32(one[24:], 4<<30-2)
	le.PutUint32(one[20:], 4<<30/mostRatio+1)
	end := bytes.Clone(overlapping[len(overlapping)-22:])
	out := overlapping[:at:at]
	for i := range 5 {
		d := bytes.Clone(one)
		d[46] = byte('a' + i)
		out = append(out, d...)
	}
	le.PutUint16(end[8:], 5)
	le.PutUint16(end[10:], 5)
	le.PutUint32(end[12:], uint32(5*len(one)))
	_, err = readZip(append(out, end...))
	if err == nil {
		t.Error("20 GB of overlapping files are accepted")
	}

	var many []file
	for range mostEntries + 1 {
		many = append(many, file{})
	}
	_, err = readZip(writeZip(many))
	wantReason(t, err, "problem.container.many")

	honest := three()
	entries, err := readZip(honest)
	if err != nil {
		t.Fatal(err)
	}
	_, err = entries[1].unpack(3)
	wantReason(t, err, "problem.container.large")
}

func TestPackedBytesMustGiveExactlyWhatIsDeclared(t *testing.T) {
	entries, err := readZip(bomb(1000))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entries[0].unpack(1000); err != nil {
		t.Fatalf("the unspoilt one: %v", err)
	}
	for what, spoil := range map[string]func(e *entry){
		"less than declared":                       func(e *entry) { e.size++ },
		"more than declared":                       func(e *entry) { e.size--; e.sum = crc32.ChecksumIEEE(make([]byte, 999)) },
		"bytes after the end of the packed stream": func(e *entry) { e.raw = append(bytes.Clone(e.raw), 0) },
		"a broken stream":                          func(e *entry) { e.raw = bytes.Repeat([]byte{0xff}, len(e.raw)) },
	} {
		e := entries[0]
		spoil(&e)
		if _, err := e.unpack(2000); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}
