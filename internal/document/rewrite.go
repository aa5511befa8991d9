package document

// Rewritten is the document built anew with every text in it as fn has it: those
// of its blocks and its properties. fn sees the spans of a text one by one, and
// then the whole: where only the whole shows it something to change, the text
// loses its styles.
func Rewritten(d Document, fn func(string) string) Document {
	d.Title, d.Author, d.Subject, d.Reference = fn(d.Title), fn(d.Author), fn(d.Subject), fn(d.Reference)
	blocks := make(Blocks, len(d.Blocks))
	for i, b := range d.Blocks {
		blocks[i] = rewritten(b, fn)
	}
	d.Blocks = blocks
	return d
}

func rewritten(b Block, fn func(string) string) Block {
	switch b := b.(type) {
	case Masthead:
		b.Author, b.Name = fn(b.Author), fn(b.Name)
		return b
	case Dateline:
		b.Place, b.Number, b.Date = fn(b.Place), fn(b.Number), fn(b.Date)
		return b
	case Heading:
		b.Text = fn(b.Text)
		return b
	case Paragraph:
		b.Text = b.Text.rewritten(fn)
		return b
	case Note:
		b.Text = b.Text.rewritten(fn)
		return b
	case Fields:
		rows := make([]Field, len(b.Rows))
		for i, r := range b.Rows {
			rows[i] = Field{Label: fn(r.Label), Values: rewrittenTexts(r.Values, fn)}
		}
		b.Rows = rows
		return b
	case List:
		b.Items = rewrittenItems(b.Items, fn)
		return b
	case Table:
		return b.rewritten(fn)
	case Signatures:
		signers := make([]Signer, len(b.Signers))
		for i, s := range b.Signers {
			signers[i] = Signer{Role: fn(s.Role), Mark: fn(s.Mark), Name: fn(s.Name)}
		}
		return Signatures{Signers: signers, Footnote: fn(b.Footnote)}
	}
	return b
}

func (t Table) rewritten(fn func(string) string) Table {
	t.Caption = fn(t.Caption)
	columns := make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = Column{Head: fn(c.Head), Width: c.Width}
	}
	rows := make([][]Text, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = rewrittenTexts(r, fn)
	}
	t.Columns, t.Rows = columns, rows
	return t
}

func (t Text) rewritten(fn func(string) string) Text {
	spans := make(Text, len(t))
	for i, s := range t {
		spans[i] = s
		spans[i].Text = fn(s.Text)
	}
	if whole := fn(t.String()); fn(spans.String()) != spans.String() {
		return Plain(whole)
	}
	return spans
}

func rewrittenTexts(all []Text, fn func(string) string) []Text {
	if all == nil {
		return nil
	}
	texts := make([]Text, len(all))
	for i, t := range all {
		texts[i] = t.rewritten(fn)
	}
	return texts
}

func rewrittenItems(all []Item, fn func(string) string) []Item {
	if all == nil {
		return nil
	}
	items := make([]Item, len(all))
	for i, it := range all {
		items[i] = Item{Label: it.Label, Text: it.Text.rewritten(fn), Items: rewrittenItems(it.Items, fn)}
	}
	return items
}
