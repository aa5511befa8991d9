package web

import (
	"bufio"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"padome/agenda"
	"padome/internal/problem"
	"padome/office"
)

// transferTime is how long a document may be on its way, up or down.
const transferTime = 5 * time.Minute

// sniffed is how many bytes http.DetectContentType looks at.
const sniffed = 512

// fileKind is a kind of file that may be a document: what its first bytes look
// like, and the ends of its name.
type fileKind struct {
	looks string
	ends  []string
}

const looksZip, looksText = "application/zip", "text/plain"

// fileKinds are the kinds of documents. None of them runs in a browser.
var fileKinds = map[string]fileKind{
	"application/pdf": {"application/pdf", []string{".pdf"}},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {looksZip, []string{".docx"}},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {looksZip, []string{".xlsx"}},
	"application/vnd.oasis.opendocument.text":                                 {looksZip, []string{".odt"}},
	"application/vnd.etsi.asic-e+zip":                                         {looksZip, []string{".asice", ".edoc"}},
	"image/png":                                                               {"image/png", []string{".png"}},
	"image/jpeg":                                                              {"image/jpeg", []string{".jpg", ".jpeg"}},
	"text/plain":                                                              {looksText, []string{".txt"}},
	"text/csv":                                                                {looksText, []string{".csv"}},
}

// documentRoutes are those of the documents of proposals and agendas.
func (s *Server) documentRoutes() []Route {
	return []Route{
		{"POST", "/api/v1/proposals/:id/documents", proposers, office.MaxDocument, s.addDocument},
		{"DELETE", "/api/v1/proposals/:id/documents/:sha256", proposers, noBody, s.removeDocument},
		{"GET", "/api/v1/documents/:sha256", Public, noBody, s.document},
	}
}

// upload is a file on its way in, held to what its sender says of it.
type upload struct {
	name, media string
	body        io.Reader
}

// upload hands a file, which is the body of the request, to take with the
// revision that its sender changes. Its name stands in the address, ?name=, or in
// the Content-Disposition header.
func (c *Call) upload(take func(revision uint64, f upload) error) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	f, err := c.sent()
	if err != nil {
		return err
	}
	return take(revision, f)
}

// sent is the file that is the body of the request.
func (c *Call) sent() (upload, error) {
	c.giveTime()
	body := bufio.NewReaderSize(bodyReader{c.gin.Request.Body}, sniffed)
	start, err := body.Peek(sniffed)
	if err != nil && err != io.EOF {
		return upload{}, err
	}
	name := c.fileName()
	media, err := checkFile(name, c.gin.GetHeader("Content-Type"), start)
	return upload{name, media, body}, err
}

// addDocument takes a file for a proposal.
func (s *Server) addDocument(c *Call) error {
	return c.upload(func(revision uint64, f upload) error {
		return c.showProposal(http.StatusCreated)(
			s.Office.AddDocument(c.Ctx, c.by(), c.Param("id"), revision, f.name, f.media, f.body))
	})
}

func (s *Server) removeDocument(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showProposal(http.StatusOK)(s.Office.RemoveDocument(c.Ctx, c.by(), c.Param("id"), revision, c.Param("sha256")))
}

func (c *Call) fileName() string {
	if name := c.Query("name"); name != "" {
		return name
	}
	_, params, err := mime.ParseMediaType(c.gin.GetHeader("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// checkFile holds the kind that the sender says against the name and the first
// bytes of a file, and returns the kind.
func checkFile(name, contentType string, start []byte) (string, error) {
	media, _, err := mime.ParseMediaType(contentType)
	kind, known := fileKinds[media]
	if err != nil || !known {
		return "", problem.New(mediaType, "problem.upload.media", "value", clip(contentType), "ends", fileEnds())
	}
	if len(start) == 0 {
		return "", problem.New(malformed, "problem.upload.empty")
	}
	looks, _, _ := strings.Cut(http.DetectContentType(start), ";")
	if looks != kind.looks {
		return "", problem.New(mediaType, "problem.upload.content", "value", media, "looks", looks)
	}
	if end := strings.ToLower(path.Ext(name)); !slices.Contains(kind.ends, end) {
		var l problem.List
		l.Add("name", "problem.upload.name", "value", clip(name), "media", media, "ends", strings.Join(kind.ends, ", "))
		return "", l.Err()
	}
	return media, nil
}

// fileEnds are the ends of the names of all documents there can be.
func fileEnds() string {
	var all []string
	for _, k := range fileKinds {
		all = append(all, k.ends...)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// bodyReader turns what goes wrong with a body on its way into a problem.
type bodyReader struct{ body io.Reader }

func (r bodyReader) Read(p []byte) (int, error) {
	n, err := r.body.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return n, tooLarge(e.Limit)
	}
	return n, problem.New(malformed, "problem.request.read")
}

// giveTime lets this one transfer take longer than other requests. Connections
// of tests have no deadlines to move.
func (c *Call) giveTime() {
	until := time.Now().Add(transferTime)
	control := http.NewResponseController(c.gin.Writer)
	for _, set := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
		if err := set(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
			c.server.Log.Warn("no time for a transfer", "id", c.id, "error", err)
		}
	}
}

func (s *Server) document(c *Call) error {
	r, d, err := s.Office.Document(c.Ctx, c.Actor, c.Param("sha256"))
	if err != nil {
		return err
	}
	return c.attached(r, d)
}

// attached sends a file and closes it; always to be saved and never to be shown:
// whatever is in it, no browser runs it.
func (c *Call) attached(r io.ReadCloser, d agenda.Attachment) error {
	defer r.Close()
	c.giveTime()
	c.SetHeader("Content-Disposition", attachment(d.Name))
	c.SetHeader("ETag", `"`+d.SHA256+`"`)
	return c.stream(r, d.Media, d.Size)
}

// attachment is the Content-Disposition of a file to be saved under a name: the
// name itself for browsers of today (RFC 8187), without what is not ASCII for
// others (RFC 6266). A stroke, which parts folders, becomes a hyphen.
func attachment(name string) string {
	name = strings.ReplaceAll(name, "/", "-")
	var plain, full strings.Builder
	for _, r := range name {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%;/`, r) {
			r = '_'
		}
		plain.WriteRune(r)
	}
	for _, b := range []byte(name) {
		if isAttrChar(b) {
			full.WriteByte(b)
			continue
		}
		const hex = "0123456789ABCDEF"
		full.Write([]byte{'%', hex[b>>4], hex[b&15]})
	}
	return `attachment; filename="` + plain.String() + `"; filename*=UTF-8''` + full.String()
}

// isAttrChar reports whether a byte stands for itself in RFC 8187.
func isAttrChar(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("!#$&+-.^_`|~", b) >= 0
}
