package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
)

// What counting looks at of a file, which may be anybody's.
const (
	mostNodes    = 2000
	mostUnpacked = 16 << 20
	mostBeside   = 64 << 10 // bytes of a dictionary on either side of its type
)

var (
	pagesNode = regexp.MustCompile(`/Type\s*/Pages\b`)
	countOf   = regexp.MustCompile(`/Count\s+([0-9]{1,5})\b`)
	onePage   = regexp.MustCompile(`/Type\s*/Page\b`)
	objStm    = regexp.MustCompile(`/Type\s*/ObjStm\b`)
)

// CountPages is how many pages a PDF file of any origin has, as the root of its
// tree of pages says; 0 where that cannot be read: it is no PDF, or encrypted.
func CountPages(file []byte) int {
	if !bytes.HasPrefix(file, []byte("%PDF-")) || bytes.Contains(file, []byte("/Encrypt")) {
		return 0
	}
	most, single := counted(file)
	for _, packed := range packedObjects(file) {
		n, s := counted(packed)
		most, single = max(most, n), single+s
	}
	if most > 0 {
		return most
	}
	return single
}

// counted is the greatest count of a node of pages in a text of objects, and how
// many pages stand in it.
func counted(objects []byte) (most, single int) {
	for _, at := range pagesNode.FindAllIndex(objects, mostNodes) {
		from, to := dictionary(objects, at[0])
		if m := countOf.FindSubmatch(objects[from:to]); m != nil {
			n, _ := strconv.Atoi(string(m[1]))
			most = max(most, n)
		}
	}
	return most, len(onePage.FindAllIndex(objects, -1))
}

// dictionary is the innermost dictionary around a place: where it begins and ends.
func dictionary(s []byte, at int) (from, to int) {
	depth, first, end := 0, max(1, at-mostBeside), min(len(s)-1, at+mostBeside)
	for from = at; from > first; from-- {
		if s[from-1] == '>' && s[from-2] == '>' {
			depth++
			from--
		} else if s[from-1] == '<' && s[from-2] == '<' {
			if depth == 0 {
				break
			}
			depth--
			from--
		}
	}
	depth = 0
	for to = at; to < end; to++ {
		if s[to] == '<' && s[to+1] == '<' {
			depth++
			to++
		} else if s[to] == '>' && s[to+1] == '>' {
			if depth == 0 {
				break
			}
			depth--
			to++
		}
	}
	return from, to
}

// packedObjects are the streams of objects of a file, unpacked, within bounds.
func packedObjects(file []byte) (all [][]byte) {
	room := mostUnpacked
	for _, at := range objStm.FindAllIndex(file, mostNodes) {
		start := bytes.Index(file[at[1]:], []byte("stream"))
		if start < 0 {
			break
		}
		body := bytes.TrimLeft(file[at[1]+start+len("stream"):], "\r\n")
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			continue
		}
		raw, _ := io.ReadAll(io.LimitReader(z, int64(room))) // what came before damage is of use too
		room -= len(raw)
		all = append(all, raw)
	}
	return all
}
