package office

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/minutes"
	"padome/storage"
)

// Bundle is the papers of one session that somebody may read, to be taken away as
// one file.
type Bundle struct {
	Session council.Session
	Council string // its name, in the reader's language
	Files   []BundleFile
	lang    locale.Lang
}

// BundleFile is one of them: bytes that were drawn, or a stored file.
type BundleFile struct {
	Path   string `json:"path"` // in the bundle; never leads out of it
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	body   []byte
}

// SessionPapers gathers the papers of a session: the approved agenda, for those
// who may propose items their documents, the minutes and the opinions attached to
// them. It fails with NotFound when there is nothing the actor may read.
func (o *Office) SessionPapers(ctx context.Context, a council.Actor, lang locale.Lang, session string) (Bundle, error) {
	s, err := o.Session(ctx, session)
	if err != nil {
		return Bundle{}, err
	}
	set, err := o.Settings(ctx)
	if err != nil {
		return Bundle{}, err
	}
	b := Bundle{Session: s, Council: set.Name, lang: lang}
	if lang == locale.EN {
		b.Council = set.NameEN
	}
	for _, add := range []func(context.Context, council.Actor, locale.Lang, *Bundle) error{o.addAgenda, o.addMinutes} {
		if err := add(ctx, a, lang, &b); err != nil && !isMissing(err) {
			return Bundle{}, err
		}
	}
	if len(b.Files) == 0 {
		return Bundle{}, problem.New(problem.NotFound, "problem.office.no-papers", "date", string(s.Date))
	}
	err = o.addEvidence(ctx, a, &b)
	return b, err
}

// addAgenda adds the approved agenda and the documents of its items.
func (o *Office) addAgenda(ctx context.Context, a council.Actor, lang locale.Lang, b *Bundle) error {
	c, _, err := o.Version(ctx, a, b.Session.ID, 0)
	if err != nil {
		return err
	}
	file, err := o.AgendaPDF(ctx, a, lang, b.Session.ID, 0, false)
	if err != nil {
		return err
	}
	b.drawn(locale.Text(lang, "bundle.agenda", nil)+".pdf", file)
	if !agenda.MayPropose(a) {
		return nil
	}
	items := c.Items
	added, err := storage.Read(ctx, o.council, func(v *storage.View) (minutes.Additions, error) { return v.Additions(b.Session.ID) })
	if err != nil {
		return err
	}
	for _, x := range added.Items {
		items = append(items, x.Item)
	}
	folder := locale.Text(lang, "bundle.documents", nil)
	for _, it := range items {
		for i, d := range it.Documents {
			name := fmt.Sprintf("%02d-%d %s", it.Number, i+1, d.Name)
			b.stored(path.Join(safeName(folder), safeName(name)), d.SHA256, d.Size)
		}
	}
	return nil
}

// addMinutes adds the minutes, signed or a draft as the actor may read them, and
// the opinions attached to them.
func (o *Office) addMinutes(ctx context.Context, a council.Actor, lang locale.Lang, b *Bundle) error {
	m, err := o.Minutes(ctx, a, b.Session.ID)
	if err != nil {
		return err
	}
	switch {
	case m.PDF != "":
		b.stored(locale.Text(lang, "bundle.minutes", problem.Pairs("number", strconv.Itoa(m.Number), "year", strconv.Itoa(m.Year)))+".pdf", m.PDF, m.PDFSize)
	default:
		file, err := o.MinutesFile(ctx, a, lang, b.Session.ID, PaperPDF)
		if err != nil {
			return err
		}
		name := "bundle.minutes.draft"
		if m.Public() { // and of which something must not be published
			name = "bundle.minutes.public"
		}
		b.drawn(locale.Text(lang, name, problem.Pairs("number", strconv.Itoa(m.Number), "year", strconv.Itoa(m.Year)))+".pdf", file)
	}
	if f := m.SignedFile(); f != nil && m.MayReadSigned(a) {
		b.signed(locale.Text(lang, "bundle.minutes.signed", problem.Pairs("number", strconv.Itoa(m.Number), "year", strconv.Itoa(m.Year))), f)
	}
	cs, err := o.Corrections(ctx, a, b.Session.ID)
	if err != nil {
		return err
	}
	for _, c := range cs {
		if c.PDF != "" {
			b.stored(safeName(locale.Text(lang, "bundle.correction", problem.Pairs("number", c.Reference())))+".pdf", c.PDF, c.PDFSize)
		}
		if f := c.SignedFile(); f != nil && c.MayReadSigned(a) {
			b.signed(safeName(locale.Text(lang, "bundle.correction.signed", problem.Pairs("number", c.Reference()))), f)
		}
	}
	ds, err := o.Dissents(ctx, a, b.Session.ID)
	for i, d := range ds {
		b.stored(locale.Text(lang, "bundle.dissent", problem.Pairs("n", strconv.Itoa(i+1), "number", strconv.Itoa(d.Number)))+".pdf", d.SHA256, d.Size)
	}
	return err
}

func (b *Bundle) drawn(name string, body []byte) {
	sum := sha256.Sum256(body)
	b.Files = append(b.Files, BundleFile{Path: safeName(name), SHA256: hex.EncodeToString(sum[:]), Size: int64(len(body)), body: body})
}

func (b *Bundle) stored(name, sum string, size int64) {
	b.Files = append(b.Files, BundleFile{Path: name, SHA256: sum, Size: size})
}

// signed adds the file of a paper with its electronic signatures.
func (b *Bundle) signed(name string, f *minutes.SignedFile) { b.stored(name+f.End(), f.Sum, f.Size) }

// safeName is a name that every system can write and that stays in its folder.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if s == "" {
		return "_"
	}
	return s
}

// WritePapers writes a bundle as a ZIP file, one paper after another and each from
// its own copy. The same papers give the same bytes. What it wrote is no file when
// it fails.
func (o *Office) WritePapers(ctx context.Context, w io.Writer, b Bundle) error {
	z := zip.NewWriter(w)
	at := b.Session.Date.At(b.Session.Starts).UTC()
	manifests, err := b.manifests()
	if err != nil {
		return err
	}
	for _, m := range manifests {
		if err := pack(z, m.name, at, strings.NewReader(m.body)); err != nil {
			return err
		}
	}
	for _, f := range b.Files {
		if err := o.packPaper(ctx, z, at, f); err != nil {
			return fmt.Errorf("packing %s: %w", f.Path, err)
		}
	}
	return z.Close()
}

func (o *Office) packPaper(ctx context.Context, z *zip.Writer, at time.Time, f BundleFile) error {
	if f.body != nil {
		return pack(z, f.Path, at, bytes.NewReader(f.body))
	}
	r, _, err := o.db.OpenBlob(ctx, f.SHA256, 0, -1)
	if err != nil {
		return err
	}
	defer r.Close()
	return pack(z, f.Path, at, r)
}

func pack(z *zip.Writer, name string, at time.Time, r io.Reader) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err == nil {
		_, err = io.Copy(w, r)
	}
	return err
}
