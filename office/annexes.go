package office

import (
	"context"
	"io"

	"padome/agenda"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/storage"
)

// countedPages are how many pages the documents of a session's items have that
// are PDF, by their SHA-256, as its annexes say „uz 3 lp.”. A file that cannot be
// counted, or read, is not among them: a person counts it.
func (o *Office) countedPages(ctx context.Context, session string) (map[string]int, error) {
	items, err := storage.Read(ctx, o.council, func(v *storage.View) ([]agenda.Item, error) { return itemsHeld(v, session) })
	if problem.KindOf(err) == problem.State || isMissing(err) {
		return nil, nil // drafting says what is not there
	}
	if err != nil {
		return nil, err
	}
	pages := map[string]int{}
	for i := range items {
		for _, d := range items[i].Documents {
			if _, known := pages[d.SHA256]; known || d.Media != "application/pdf" {
				continue
			}
			file, err := o.blob(ctx, d.SHA256)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				continue
			}
			pages[d.SHA256] = pdf.CountPages(file)
		}
	}
	return pages, nil
}

// blob is a whole file that is kept.
func (o *Office) blob(ctx context.Context, sum string) ([]byte, error) {
	r, _, err := o.db.OpenBlob(ctx, sum, 0, -1)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
