package office

import (
	"context"
	"io"
	"strconv"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/docx"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/minutes"
	"padome/minutes/akoma"
)

// PaperFormat is a file format that papers can be had in. All are made from the
// same document and say the same.
type PaperFormat string

const (
	PaperPDF  PaperFormat = "pdf"
	PaperDOCX PaperFormat = "docx"
	PaperHTML PaperFormat = "html"
	PaperText PaperFormat = "txt"
	PaperXML  PaperFormat = "xml" // Akoma Ntoso
)

// PaperFormats are all there are.
var PaperFormats = []PaperFormat{PaperPDF, PaperDOCX, PaperHTML, PaperText, PaperXML}

// Media is the media type of a format.
func (f PaperFormat) Media() string {
	switch f {
	case PaperPDF:
		return "application/pdf"
	case PaperDOCX:
		return docx.Media
	case PaperHTML:
		return "text/html; charset=utf-8"
	case PaperXML:
		return akoma.Media
	}
	return "text/plain; charset=utf-8"
}

// ParsePaperFormat reads the name of a format; the problem lists those there are.
func ParsePaperFormat(s string) (PaperFormat, error) {
	for _, f := range PaperFormats {
		if string(f) == s {
			return f, nil
		}
	}
	var l problem.List
	l.Add("format", "problem.choice", "value", s, "choices", "pdf, docx, html, txt, xml")
	return "", l.Err()
}

// written is a document in a format that needs no more than the document. The
// same document gives the same bytes.
func written(ctx context.Context, d document.Document, f PaperFormat) ([]byte, error) {
	switch f {
	case PaperPDF:
		return pdf.Render(ctx, d)
	case PaperDOCX:
		return docx.Render(d)
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	if f == PaperHTML {
		return []byte(document.HTML(d)), nil
	}
	return []byte(document.PlainText(d)), nil
}

// MinutesFile is the minutes in a format. As PDF they are those of MinutesPDF; in
// any other format final minutes are a copy, which says that it has no legal
// force.
func (o *Office) MinutesFile(ctx context.Context, a council.Actor, lang locale.Lang, session string, f PaperFormat) ([]byte, error) {
	if f == PaperPDF {
		r, _, err := o.MinutesPDF(ctx, a, lang, session)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	p, err := o.minutesPaper(ctx, a, lang, session)
	if err != nil {
		return nil, err
	}
	d := minutes.Copy(lang, p.document)
	if f == PaperXML {
		return akoma.Minutes(lang, d, p.record, p.minutes)
	}
	return written(ctx, d, f)
}

// AgendaFile is the agenda in a format; number and reasons are as AgendaDocument
// has them.
func (o *Office) AgendaFile(ctx context.Context, a council.Actor, lang locale.Lang, session string, number int, reasons bool, f PaperFormat) ([]byte, error) {
	c, p, err := o.agendaPaper(ctx, a, lang, session, number, reasons)
	if err != nil {
		return nil, err
	}
	d := agenda.Document(lang, c, p)
	switch {
	case f == PaperXML:
		return akoma.Agenda(lang, d, c, p)
	case f != PaperPDF:
		return written(ctx, d, f)
	case d.Draft:
		return o.draw(ctx, d, "", "")
	}
	_, v, err := o.Version(ctx, a, session, number)
	if err != nil {
		return nil, err
	}
	file, _, err := o.drawPages(ctx, d, marked(lang, p.Settings, v.Digest), "agenda-version", session+"/"+strconv.Itoa(v.Number))
	return file, err
}
