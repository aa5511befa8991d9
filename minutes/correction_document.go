package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/document"
	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
)

// CorrectionContent is what the digest of a correction covers.
type CorrectionContent struct {
	Council       string `json:"council"`
	Session       string `json:"session"`
	Minutes       int    `json:"minutes"`
	Year          int    `json:"year"`
	MinutesDigest string `json:"minutesDigest"` // of the minutes' content
	MinutesPDF    string `json:"minutesPdf"`    // SHA-256 of their frozen file
	Number        int    `json:"number"`
	Wanted
	Item        int               `json:"itemNumber"`
	DecidedOn   council.Date      `json:"decidedOn"`
	DecidedItem int               `json:"decidedItem"`
	SignedBy    []Signer          `json:"signers"` // without the persons behind the names
	Signing     council.Signing   `json:"signing"`
	Document    document.Document `json:"document"`
}

// canonical are the bytes of a content, always the same for the same, and their
// SHA-256 in hex.
func canonical(content any) (raw []byte, digest string, err error) {
	if raw, err = json.Marshal(content); err != nil {
		return nil, "", fmt.Errorf("freezing a content: %w", err)
	}
	sum := sha256.Sum256(raw)
	return raw, hex.EncodeToString(sum[:]), nil
}

// Frozen reads the content of a final correction and holds it to its digest.
func (c *Correction) Frozen() (CorrectionContent, error) {
	var x CorrectionContent
	sum := sha256.Sum256(c.Content)
	if got := hex.EncodeToString(sum[:]); got != c.Digest {
		return x, fmt.Errorf("frozen correction has digest %s, its record says %s", got, c.Digest)
	}
	if err := json.Unmarshal(c.Content, &x); err != nil {
		return x, fmt.Errorf("reading a frozen correction: %w", err)
	}
	return x, nil
}

// Reference is the correction's own number: that of the minutes and, once it is
// final, its own below it („3/2024-L1”).
func (c *Correction) Reference() string {
	s := strconv.Itoa(c.Minutes) + "/" + strconv.Itoa(c.Year) + "-L"
	if c.Number == 0 {
		return s
	}
	return s + strconv.Itoa(c.Number)
}

// Document is the correction as a paper, in a language. r is the record of the
// session that decides on it, m the minutes it corrects.
func (c *Correction) Document(lang locale.Lang, r *Record, m *Minutes) document.Document {
	w := correcting{paper{lang: lang, r: r, m: m, form: r.form()}, c}
	set := r.Settings
	number := ""
	if c.Number > 0 {
		number = w.say("number", "number", c.Reference())
	}
	title := w.tell("title", "number", c.Reference(), "council", w.either(set.ShortOf, set.ShortEN))
	w.add(
		document.Masthead{Author: strings.ToUpper(w.either(set.NameOf, set.NameEN)), Name: strings.ToUpper(w.tell("name"))},
		document.Dateline{Place: w.either(set.Place, set.PlaceEN), Number: number, Date: w.say("date", "date", string(c.DecidedOn))},
		document.Paragraph{Text: document.Text{{Text: w.tell("of", "held", string(c.Held), "minutes", strconv.Itoa(c.Minutes)), Bold: true}}},
	)
	w.body()
	w.signatures()
	created := c.Finalised
	if created.IsZero() {
		created = c.At
	}
	return document.Document{Lang: string(lang), Title: title, Author: w.either(set.Name, set.NameEN), Subject: w.tell("name"), Reference: title,
		Created: created, Draft: c.begun(), DraftMark: w.say("draft"),
		Justified: w.form.Lines == form.Justified, Blocks: w.blocks}
}

// correcting writes the blocks of a correction.
type correcting struct {
	paper
	c *Correction
}

func (w *correcting) tell(key string, args ...string) string {
	return locale.Text(w.lang, "minutes.correction."+key, problem.Pairs(args...))
}

// body says where, what it was, how it must read, why, and who decided.
func (w *correcting) body() {
	c := w.c
	f := document.Fields{}
	row := func(label, value string) {
		if value != "" {
			f.Rows = append(f.Rows, document.Field{Label: w.tell(label), Values: []document.Text{document.Plain(value)}})
		}
	}
	row("place", c.PlaceIn(w.lang))
	row("was", c.Was)
	row("now", c.Text)
	row("ground", c.Ground)
	key := "decided.value"
	if c.DecidedItem == 0 {
		key = "decided.draft"
	}
	row("decided", w.tell(key, "date", string(c.DecidedOn), "item", strconv.Itoa(c.DecidedItem)))
	w.add(f)
	if w.m.PDF != "" {
		w.add(document.Note{Text: document.Plain(w.tell("unchanged", "digest", w.m.PDF))})
	}
}

// PlaceIn is the place that the correction is on, in words.
func (c *Correction) PlaceIn(lang locale.Lang) string {
	key := "minutes.correction.place.whole"
	switch {
	case c.Clause > 0:
		key = "minutes.correction.place.clause"
	case c.Item > 0:
		key = "minutes.correction.place.item"
	}
	return locale.Text(lang, key, problem.Pairs("number", strings.TrimSuffix(c.Place(), "."), "title", c.ItemTitle))
}

// signatures are those of the correction, marked as its way of signing wants.
func (w *correcting) signatures() {
	b := document.Signatures{}
	signers, mark := w.c.Signers, ""
	if w.c.begun() {
		signers = RequiredSigners(*w.r)
	} else {
		mark, b.Footnote = w.signed(w.c.Signing)
	}
	for _, s := range signers {
		b.Signers = append(b.Signers, document.Signer{Role: w.either(s.Title, s.TitleEN), Mark: mark, Name: s.Name})
	}
	if b.Signers != nil {
		w.add(b)
	}
}
