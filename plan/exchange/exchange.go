// Package exchange reads and writes the work plan in the file formats that the
// secretariat works with: DOCX, XLSX and CSV beside the JSON form and the text of
// the PDF. What is written is read back exactly; of what others wrote, everything
// that has no place in a plan is listed with where it stood.
package exchange

import (
	"bytes"
	"io"
	"strconv"

	"padome/internal/problem"
	"padome/plan"
)

// Format is a file format of the plan.
type Format string

const (
	DOCX Format = "docx"
	XLSX Format = "xlsx"
	CSV  Format = "csv"
	JSON Format = "json"
	Text Format = "txt"
)

// Formats are all formats there are.
var Formats = []Format{DOCX, XLSX, CSV, JSON, Text}

// Media is the media type of a format.
func (f Format) Media() string {
	switch f {
	case DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case CSV:
		return "text/csv; charset=utf-8"
	case JSON:
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

// ParseFormat reads the name of a format; the problem lists those there are.
func ParseFormat(s string) (Format, error) {
	for _, f := range Formats {
		if string(f) == s {
			return f, nil
		}
	}
	var l problem.List
	l.Add("format", "problem.choice", "value", s, "choices", "docx, xlsx, csv, json, txt")
	return "", l.Err()
}

// mostMegabytes is the largest file of a plan.
const mostMegabytes = 5

// File is a plan as a file has it.
type File struct {
	Format   Format          `json:"format"`
	Plan     plan.Plan       `json:"plan"`
	Unplaced []plan.Unplaced `json:"unplaced"` // lines, rows or paragraphs without a place
}

// Read reads a plan from a file, whose format shows from its content. It fails with
// a *problem.Error that names the cell, paragraph or line.
func Read(r io.Reader) (File, error) {
	raw, err := io.ReadAll(io.LimitReader(r, mostMegabytes<<20+1))
	switch {
	case err != nil:
		return File{}, err
	case len(raw) > mostMegabytes<<20:
		return File{}, problem.New(problem.TooLarge, "problem.plan.large", "most", strconv.Itoa(mostMegabytes))
	}
	format, err := detect(raw)
	if err != nil {
		return File{}, err
	}
	f := File{Format: format}
	switch format {
	case DOCX:
		f.Plan, f.Unplaced, err = readDOCX(raw)
	case XLSX:
		f.Plan, f.Unplaced, err = readXLSX(raw)
	case CSV:
		f.Plan, f.Unplaced, err = readCSV(raw)
	case JSON:
		f.Plan, err = plan.ParseJSON(bytes.NewReader(raw))
	default:
		f.Plan, f.Unplaced, err = plan.ParseText(bytes.NewReader(raw))
	}
	if err != nil {
		return File{}, err
	}
	return f, nil
}

var byteOrderMark = []byte("\ufeff")

// detect tells the format of a file from what is in it.
func detect(raw []byte) (Format, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(raw, byteOrderMark))
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return packed(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", problem.New(problem.Invalid, "problem.exchange.old-office")
	case bytes.HasPrefix(text, []byte("{")):
		return JSON, nil
	case looksLikeCSV(text):
		return CSV, nil
	}
	return Text, nil
}

// Write writes a plan in a format so that Read reads exactly the same; Text is for
// people and is not meant to be read back. It fails when w does, and on a plan
// that Validate refuses.
func Write(w io.Writer, p plan.Plan, f Format) error {
	p = p.Clone()
	if err := p.Validate(); err != nil {
		return err
	}
	switch f {
	case DOCX:
		return writeDOCX(w, &p)
	case XLSX:
		return writeXLSX(w, &p)
	case CSV:
		return writeCSV(w, &p)
	case JSON:
		return p.WriteJSON(w)
	}
	return writeText(w, &p)
}
