package exchange

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"padome/internal/problem"
)

// What an office file, which is a ZIP archive, may hold unpacked.
const (
	mostParts    = 2000
	mostUnpacked = 64 << 20
	mostPart     = 24 << 20
)

// packed tells which office format an archive is, and refuses one that unpacks to
// more than any plan has or has names that are no names of parts.
func packed(raw []byte) (Format, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	format, whole := Format(""), uint64(0)
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, "/")
		if strings.ContainsAny(name, "\\:") || path.IsAbs(name) || path.Clean(name) != name || strings.HasPrefix(name, "..") {
			return "", problem.New(problem.Invalid, "problem.exchange.part-name", "value", clip(strings.ToValidUTF8(f.Name, "?")))
		}
		if whole += f.UncompressedSize64; f.UncompressedSize64 > mostPart || whole > mostUnpacked || len(z.File) > mostParts {
			return "", problem.New(problem.TooLarge, "problem.exchange.unpacked")
		}
		switch name {
		case documentPart:
			format = DOCX
		case "xl/workbook.xml":
			format = XLSX
		}
	}
	if format == "" {
		return "", problem.New(problem.Invalid, "problem.exchange.no-office")
	}
	return format, nil
}

// part is a part of an archive unpacked, nil when it has none of that name. What
// the archive says of its size has been looked at, and more than that it does not
// give.
func part(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, nil
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostPart+1))
	if err != nil || len(raw) > mostPart {
		return nil, problem.New(problem.Invalid, "problem.exchange.damaged")
	}
	return raw, nil
}
