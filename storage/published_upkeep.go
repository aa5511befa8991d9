package storage

import "padome/storage/store"

// publishAll makes the sessions of a database from before there was a search to
// be found, one in each transaction.
func publishAll(w store.Writer, cursor []byte) ([]byte, error) {
	rng := store.Range{}
	if cursor != nil {
		rng = rng.After(cursor)
	}
	list, keys, err := sessions.scan(w, sessions.bucket, rng, 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return keys[0], publish(&writing{Writer: w}, list[0].ID)
}

// publishedTable is checked by counting: a session has a thousand entries, and
// holding each to its session would read that a thousand times. All that must be
// there are known to be there; where there are more, each is looked at.
type publishedTable struct{ *table[published] }

func (tb publishedTable) checkIndexes(c *checking) error {
	want, got := 0, 0
	err := c.pages(tb.bucket, func(_ store.Reader, page []store.Entry) error {
		for _, e := range page {
			if p, err := decode[published](e.Value); err == nil { // check told of those that are damaged
				want += len(p.terms())
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = c.pages(publishedWords.bucket, func(_ store.Reader, page []store.Entry) error {
		got += len(page)
		return nil
	})
	if err != nil || got == want {
		return err
	}
	return tb.table.checkIndexes(c)
}
