package web

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/office"
)

// upload sends a document to a proposal of revision 1.
func (h *hall) upload(id, query, media, body string, headers ...string) *httptest.ResponseRecorder {
	h.Helper()
	return h.ask("ngo-2", "POST", "/api/v1/proposals/"+id+"/documents"+query, body,
		append(headers, "If-Match", `"1"`, "Content-Type", media)...)
}

const (
	zip  = "PK\x03\x04\x14\x00\x00\x00\x08\x00"
	png  = "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
	jpeg = "\xff\xd8\xff\xe0\x00\x10JFIF"
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

func TestDocumentsThatAreRefused(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	var p agenda.Proposal
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ieceri"))
	for _, tt := range []struct {
		what, query, media, body string
		status                   int
		key                      string
	}{
		{"a page", "?name=a.html", "text/html", "<html>", 415, "problem.upload.media"},
		{"a picture that runs", "?name=a.svg", "image/svg+xml", "<svg/>", 415, "problem.upload.media"},
		{"a program", "?name=a.exe", "application/octet-stream", "MZ", 415, "problem.upload.media"},
		{"no kind", "?name=a.pdf", "", "%PDF-1.7", 415, "problem.upload.media"},
		{"a page that says it is text", "?name=a.txt", "text/plain", "<!DOCTYPE html><script>", 415, "problem.upload.content"},
		{"a page that says it is a PDF", "?name=a.pdf", "application/pdf", "<html>", 415, "problem.upload.content"},
		{"a PDF behind something else", "?name=a.pdf", "application/pdf", "\n\n<x>%PDF-1.7", 415, "problem.upload.content"},
		{"a PDF that says it is a picture", "?name=a.png", "image/png", "%PDF-1.7", 415, "problem.upload.content"},
		{"a text that says it is a letter", "?name=a.docx", docx, "text", 415, "problem.upload.content"},
		{"a text named as a program", "?name=a.exe", "text/plain", "text", 422, "name problem.upload.name"},
		{"no name", "", "application/pdf", "%PDF-1.7", 422, "name problem.upload.name"},
		{"a name that is a path", "?name=..%2F..%2Fetc%2Fa.pdf", "application/pdf", "%PDF-1.7", 422, "name problem.office.file-name"},
		{"a name with line ends", "?name=a%0D%0AX:%20y.pdf", "application/pdf", "%PDF-1.7", 422, ""},
		{"a name that turns around", "?name=a%E2%80%AEfdp.pdf", "application/pdf", "%PDF-1.7", 422, "name problem.text.character"},
		{"an emoji", "?name=%F0%9F%8E%89.pdf", "application/pdf", "%PDF-1.7", 422, "name problem.text.character"},
		{"nothing", "?name=a.txt", "text/plain", "", 400, "problem.upload.empty"},
		{"too much", "?name=a.txt", "text/plain", strings.Repeat("a", office.MaxDocument+1), 413, "problem.request.size"},
	} {
		h.unchanged(tt.what, func() {
			w := h.upload(p.ID, tt.query, tt.media, tt.body)
			if w.Code != tt.status {
				t.Errorf("%s = %d, want %d", tt.what, w.Code, tt.status)
			}
			h.refused(w, tt.status, tt.key)
		})
	}
	h.unchanged("bodies that do not arrive", func() {
		for name, tt := range map[string]struct {
			body   io.Reader
			status int
			key    string
		}{
			"too much in pieces": {io.LimitReader(forever{}, office.MaxDocument+1), 413, "problem.request.size"},
			"cut off":            {iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("%PDF-1.7"))), 400, "problem.request.read"},
			"cut off later":      {io.MultiReader(io.LimitReader(forever{}, 4096), iotest.ErrReader(io.ErrUnexpectedEOF)), 400, "problem.request.read"},
		} {
			r := h.request("ngo-2", "POST", "/api/v1/proposals/"+p.ID+"/documents?name=a.txt", nil, "If-Match", `"1"`, "Content-Type", "text/plain")
			r.Body, r.ContentLength = io.NopCloser(tt.body), -1
			w := httptest.NewRecorder()
			h.server.Handler().ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Errorf("%s = %d, want %d: %s", name, w.Code, tt.status, w.Body)
			}
			h.refused(w, tt.status, tt.key)
		}
	})
}

type forever struct{}

func (forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestDocumentsComeBackAsTheyWere(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	for _, tt := range []struct{ name, media, body, plain string }{
		{"priekšlikums „A”.pdf", "application/pdf", "%PDF-1.7 a", "priek_likums _A_.pdf"},
		{"a.docx", docx, zip + "docx", "a.docx"},
		{"a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zip + "xlsx", "a.xlsx"},
		{"a.odt", "application/vnd.oasis.opendocument.text", zip + "odt", "a.odt"},
		{"a.edoc", "application/vnd.etsi.asic-e+zip", zip + "edoc", "a.edoc"},
		{"a.ASICE", "application/vnd.etsi.asic-e+zip", zip + "asice", "a.ASICE"},
		{"a.png", "image/png", png, "a.png"},
		{"a.jpg", "image/jpeg", jpeg, "a.jpg"},
		{"a.txt", "text/plain", "ā", "a.txt"},
		{`a";b%41.csv`, "text/csv", "=cmd();2", "a__b_41.csv"},
		{"big.txt", "text/plain", strings.Repeat("abcdefgh", 3*chunk/8), "big.txt"},
		{"odd.txt", "text/plain", strings.Repeat("a", 2*chunk+1), "odd.txt"},
	} {
		var p agenda.Proposal
		h.do(&p, "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ieceri"))
		disposition := attachment(tt.name)
		h.do(&p, "ngo-2", "POST", "/api/v1/proposals/"+p.ID+"/documents", tt.body, "If-Match", `"1"`, "Content-Type", tt.media, "Content-Disposition", disposition)
		d := p.Documents[0]
		if d.Name != tt.name || d.Media != tt.media || d.Size != int64(len(tt.body)) {
			t.Errorf("%s is kept as %+v", tt.name, d)
		}
		w := h.ask("ngo-3", "GET", "/api/v1/documents/"+d.SHA256, nil)
		if w.Code != 200 || w.Body.String() != tt.body || w.Header().Get("Content-Length") != fmt.Sprint(len(tt.body)) {
			t.Errorf("%s comes back with %d, %d bytes of %d", tt.name, w.Code, w.Body.Len(), len(tt.body))
		}
		if got, want := w.Header().Get("Content-Disposition"), `attachment; filename="`+tt.plain+`"; filename*=UTF-8''`; !strings.HasPrefix(got, want) {
			t.Errorf("disposition of %s = %q, want it to begin %q", tt.name, got, want)
		}
		if got := w.Header().Get("X-Content-Type-Options") + " " + w.Header().Get("Content-Type"); got != "nosniff "+tt.media {
			t.Errorf("%s comes as %q", tt.name, got)
		}
	}
}

// A file that turns out to be damaged at its end is never sent whole.
func TestADamagedFileIsCutOff(t *testing.T) {
	for _, size := range []int{10, chunk, 2*chunk + 5} {
		whole := strings.Repeat("a", size)
		h := oneRoute(t, func(c *Call) error {
			r := io.MultiReader(strings.NewReader(whole), iotest.ErrReader(io.ErrClosedPipe))
			return c.stream(r, "text/plain", int64(size))
		})
		address, done := h.serve()
		r, err := http.Get("http://" + address + "/one")
		if err == nil {
			var body []byte
			body, err = io.ReadAll(r.Body)
			r.Body.Close()
			if len(body) >= size {
				t.Errorf("of %d bytes %d arrived", size, len(body))
			}
		}
		if err == nil {
			t.Errorf("%d bytes ended without an error", size)
		}
		http.DefaultClient.CloseIdleConnections()
		h.server.Shutdown(context.Background())
		<-done
	}
}

// Somebody who stops reading in the middle of a download keeps nobody from
// changing something.
func TestAStalledReaderBlocksNoWriter(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	var p agenda.Proposal
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ieceri"))
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals/"+p.ID+"/documents?name=a.txt", strings.Repeat("a", 20<<20), "If-Match", `"1"`, "Content-Type", "text/plain")
	h.opened(s)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.server.Serve(l) }()
	stalled := []string{"/api/v1/documents/" + p.Documents[0].SHA256, of(s) + "/agenda.pdf", of(s) + "/record"}
	for _, path := range stalled {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.(*net.TCPConn).SetReadBuffer(1 << 10)
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", path, h.token("officer"))
		line, err := bufio.NewReaderSize(conn, 16).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "HTTP/1.1 200") {
			t.Fatalf("%s = %q, %v", path, line, err)
		}
	}
	started := time.Now()
	for i := range 20 {
		h.do(nil, "officer", "POST", "/api/v1/people", personRequest{Given: fmt.Sprint("Anna ", i), Surname: "Ozola", Gender: "f"})
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("20 changes beside stalled readers took %v", took)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := h.server.Shutdown(ctx); err == nil {
		t.Error("nobody was stalled: this test shows nothing")
	}
	<-done
}

// Fifty approvals at once, by both leads and the chair's substitute, and an edit
// among them: whatever comes first, there is one legal result. The password of a
// person is looked at for one request after the other, so that none of them is
// slowed down as a guess and each is answered by what it found.
func TestApprovalsRaceOverHTTP(t *testing.T) {
	h := newHall(t)
	s := h.prepared("2024-02-28")
	digest := proofRequest{Digest: h.submitted(s), Current: password}
	leads := []string{"state-1", "ngo-1", "stand-in"}
	for _, who := range append(leads, "officer") {
		h.token(who)
	}
	codes := make(chan int, 60)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() { codes <- h.ask(leads[i%3], "POST", of(s)+"/agenda/approve", digest).Code })
	}
	all.Go(func() {
		h.ask("officer", "PUT", of(s)+"/agenda/order", orderRequest{[]string{"opening", "any-other"}, "Steidzami."}, seen(`"3"`)...)
	})
	all.Wait()
	close(codes)
	given := 0
	for code := range codes {
		switch code {
		case 200:
			given++
		case 409: // too late
		default:
			t.Errorf("an approval = %d, want 200 or 409", code)
		}
	}
	var a agenda.Agenda
	h.do(&a, "officer", "GET", of(s)+"/agenda", nil)
	approvals := a.Versions[0].Approvals
	roles := map[council.Role]int{}
	for _, x := range approvals {
		roles[x.Role]++
	}
	if len(approvals) != given || len(approvals) > 2 || roles[council.Chair] > 1 || roles[council.Deputy] > 1 {
		t.Errorf("%d answers of 200, approvals %+v", given, approvals)
	}
	if a.Status != agenda.Approved && a.Status != agenda.Drafting {
		t.Errorf("status = %s, want approved, or drafting by the edit", a.Status)
	}
	if a.Status == agenda.Approved && given != 2 {
		t.Errorf("approved by %d approvals", given)
	}
}

func TestListsInPages(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	for _, day := range []council.Date{"2024-03-27", "2024-04-24", "2024-05-29"} {
		h.do(nil, "officer", "POST", "/api/v1/sessions", aSession(day))
	}
	for _, path := range []string{"/api/v1/people?", "/api/v1/sessions?newest=true&", "/api/v1/rules?", "/api/v1/mandates?"} {
		var whole listing[map[string]any]
		h.do(&whole, "officer", "GET", path+"limit=200", nil)
		var got []map[string]any
		next := ""
		for range 100 {
			var page listing[map[string]any]
			h.do(&page, "officer", "GET", path+"limit=2&after="+next, nil)
			got = append(got, page.Items...)
			if next = page.Next; next == "" {
				break
			}
		}
		if a, b := fmt.Sprint(got), fmt.Sprint(whole.Items); a != b || len(whole.Items) < 3 {
			t.Errorf("%s page by page:\n%s\nat once:\n%s", path, a, b)
		}
	}
}

// The command is bound to what was sent with it, documents included.
func TestARepeatedUpload(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	var p agenda.Proposal
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ieceri"))
	key := []string{"Idempotency-Key", "up-1"}
	first := h.upload(p.ID, "?name=a.pdf", "application/pdf", "%PDF-1.7 a", key...)
	h.unchanged("the repeat", func() {
		if again := h.upload(p.ID, "?name=a.pdf", "application/pdf", "%PDF-1.7 a", key...); first.Code != 201 || again.Code != 201 || !bytes.Equal(again.Body.Bytes(), first.Body.Bytes()) {
			t.Errorf("again = %d %s\nfirst %d %s", again.Code, again.Body, first.Code, first.Body)
		}
		h.refused(h.upload(p.ID, "?name=a.pdf", "application/pdf", "%PDF-1.7 b", key...), 409, "problem.storage.command.used")
	})
}
