// Package pdf draws a document as a PDF file: A4, Liberation Serif, the same
// bytes for the same document.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"padome/internal/document"
	"padome/internal/problem"
)

// mostPages is where a document is refused: it would take more memory than the
// program may use.
const mostPages = 2000

// slots bounds how many documents are drawn at once: drawing keeps a processor
// busy, so more at a time would only take memory.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

// Render draws a document. It fails with a problem.Error where the document
// does not validate or has more than 2000 pages, with the context's error, or
// with an error of the drawing; it never returns an empty or incomplete file.
func Render(ctx context.Context, d document.Document) ([]byte, error) {
	file, _, err := RenderPages(ctx, d)
	return file, err
}

// RenderPages is Render with the number of pages drawn.
func RenderPages(ctx context.Context, d document.Document) (file []byte, pages int, err error) {
	return RenderWith(ctx, d, Extra{})
}

// RenderWith is RenderPages for a file that carries something beside its document.
func RenderWith(ctx context.Context, d document.Document, x Extra) (file []byte, pages int, err error) {
	if err := d.Validate(); err != nil {
		return nil, 0, err
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	return render(ctx, d, x)
}

func render(ctx context.Context, d document.Document, x Extra) (file []byte, pages int, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, pages, err = nil, 0, fmt.Errorf("pdf: drawing stopped: %v", r)
		}
	}()
	faces, err := loadFaces()
	if err != nil {
		return nil, 0, err
	}
	c := newCanvas(faces)
	if pages, err = draw(ctx, c, d, x); err != nil {
		return nil, 0, err
	}
	raw, err := c.bytes()
	if err != nil {
		return nil, 0, fmt.Errorf("pdf: writing: %w", err)
	}
	if file, err = finish(raw, d, x, c, pages); err != nil {
		return nil, 0, fmt.Errorf("pdf: finishing: %w", err)
	}
	if !bytes.HasPrefix(file, []byte("%PDF-")) || !bytes.HasSuffix(file, []byte("%%EOF\n")) || pages < 1 {
		return nil, 0, errors.New("pdf: the file is not complete")
	}
	return file, pages, nil
}

// draw lays the document out, draws every page and says how many there are.
func draw(ctx context.Context, c *canvas, d document.Document, x Extra) (pages int, err error) {
	l, err := lay(ctx, c.faces, d)
	if err != nil {
		return 0, err
	}
	return l.draw(ctx, c, d, x)
}

// lay lays the document out as strips.
func lay(ctx context.Context, f *faces, d document.Document) (*layout, error) {
	l := &layout{faces: f, root: &element{tag: "Document"}, full: d.Justified}
	l.labels = l.labelWidth(d.Blocks)
	for _, b := range d.Blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.block(b)
	}
	return l, nil
}

// draw shares the strips out over pages and draws them.
func (l *layout) draw(ctx context.Context, c *canvas, d document.Document, x Extra) (pages int, err error) {
	c.root = l.root
	all := sheets(l.strips)
	switch n := len(all); {
	case n == 0:
		return 0, problem.New(problem.Invalid, "problem.document.empty")
	case n > mostPages:
		return 0, problem.New(problem.TooLarge, "problem.document.pages", "pages", strconv.Itoa(n), "most", strconv.Itoa(mostPages))
	}
	for i, s := range all {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		c.newPage()
		c.artifact("Pagination", func() { l.margins(c, d, x, i+1, len(all)) })
		c.strips(l.strips[s.from:s.to])
		c.close()
	}
	if x.Code != nil {
		if err := l.code(c, x.Code); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// strips draws the strips of a page from its top.
func (c *canvas) strips(page []strip) {
	y := top
	if head := page[0].head; head != nil {
		c.artifact("Pagination", func() { c.rules(*head, y); c.runs(*head, y) })
		y += head.height
	}
	for i, s := range page {
		if i > 0 {
			y += s.gap
		}
		c.strip(s, y)
		y += s.height
	}
}

// strip draws a strip with its top at a height of the page.
func (c *canvas) strip(s strip, y float64) {
	if s.title != "" {
		c.bookmark(shortened(s.title), s.level, y)
	}
	if len(s.rules) > 0 {
		c.artifact("Layout", func() { c.rules(s, y) })
	}
	for _, r := range s.runs {
		if r.text != "" {
			c.within(r.of)
			c.spread(r, y)
		}
	}
}

func (c *canvas) rules(s strip, y float64) {
	for _, r := range s.rules {
		c.rule(r.x1, y+r.y1, r.x2, y+r.y2)
	}
}

func (c *canvas) runs(s strip, y float64) {
	for _, r := range s.runs {
		c.text(r.x, y+r.y, r.style, r.size, r.text)
	}
}

// shortened is a title as the outline shows it.
func shortened(s string) string { return cutTo(s, 200) }

// cutTo is a text of so many characters at most.
func cutTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// margins draws what stands outside the text: from the second page on its
// number at the top, the mark of a draft, the reference and the mark of the
// content at the foot.
func (l *layout) margins(c *canvas, d document.Document, x Extra, page, pages int) {
	const head, foot = top - 20, bottom + 28
	if page > 1 {
		set := small
		n := strconv.Itoa(page) + " (" + strconv.Itoa(pages) + ")"
		c.text(left+(bodyWidth-l.width(n, set))/2, head, set.style, set.size, n)
	}
	c.faint(func() {
		if d.Draft {
			set := small.in(bold)
			mark := l.fitted(d.DraftMark, set, bodyWidth*0.4)
			c.text(right-l.width(mark, set), head, set.style, set.size, mark)
		}
		set := setting{style: regular, size: 9}
		edge, below := right, bodyWidth
		if x.Code != nil && page == pages {
			edge -= codeSide + 4
			link := l.fitted(x.Code.Link, set, edge-left)
			c.text(edge-l.width(link, set), foot+11, set.style, set.size, link)
			below = edge - left - l.width(link, set) - 12
		}
		mark := l.fitted(x.Mark, set, bodyWidth/2)
		c.text(edge-l.width(mark, set), foot, set.style, set.size, mark)
		room := edge - left
		if mark != "" {
			room -= l.width(mark, set) + 12
		}
		reference, second, _ := strings.Cut(d.Reference, "\n")
		c.text(left, foot, set.style, set.size, l.fitted(reference, set, room))
		c.text(left, foot+11, set.style, set.size, l.fitted(second, set, below))
	})
}

// fitted is as much of s as goes into a width.
func (l *layout) fitted(s string, set setting, width float64) string {
	s = norm.NFC.String(s)
	if l.width(s, set) <= width {
		return s
	}
	r := rich{faces: l.faces, set: set, text: s, parts: []part{{len(s), set.style}}}
	n, _ := r.fitting(0, len(s), int((width-l.width("…", set))*1000/set.size))
	return s[:n] + "…"
}
