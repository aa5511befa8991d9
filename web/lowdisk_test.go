package web

import (
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"padome/agenda"
	"padome/storage"
)

// TestAFullDiskIsToldInPlainWords says how much room there is. While there is too
// little, or none may be written, whoever changes something gets a page or a
// problem that says so, in their language, with what they had entered; all can be
// read and logins go on. With room again the same request is done.
func TestAFullDiskIsToldInPlainWords(t *testing.T) {
	h := newHall(t)
	h.prepared("2024-02-28")
	h.token("ngo-2")
	free, broken := uint64(storage.LeastFree), error(nil)
	h.config = func(c *storage.Config) { c.Free = func() (uint64, error) { return free, broken } }
	h.db.Close()
	h.starts()
	send := func(path, lang string, headers ...string) *httptest.ResponseRecorder {
		body := any(aProposal("Par ieceri"))
		if !strings.HasPrefix(path, "/api/") {
			body = "title=Par+ieceri&command=one"
			headers = append(headers, "Content-Type", plainForm, "Accept", "text/html")
		}
		w := httptest.NewRecorder()
		h.server.Handler().ServeHTTP(w, h.request("ngo-2", "POST", path+"?lang="+lang, body, headers...))
		return w
	}
	for name, tt := range map[string]struct {
		free   uint64
		broken error
		key    string
		says   map[string][]string
	}{
		"little room": {storage.LeastFree - 1, nil, "problem.storage.low", map[string][]string{
			"lv": {"Pašlaik datus var tikai lasīt", "63 MB", "Administratoram jāatbrīvo vieta"}, "en": {"At present the data can only be read", "63 MB", "make room"}}},
		"a disk for reading alone": {0, syscall.EROFS, "problem.storage.readonly", map[string][]string{
			"lv": {"dati pašlaik ir pieejami tikai lasīšanai"}, "en": {"the data can only be read at present"}}},
	} {
		t.Run(name, func(t *testing.T) {
			free, broken = tt.free, tt.broken
			defer func() { free, broken = storage.LeastFree, nil }()
			h.unchanged("while nothing can be written", func() {
				for lang, says := range tt.says {
					page, doc := send("/proposals/new", lang), send("/api/v1/proposals", lang)
					if d := h.refused(doc, 503, tt.key); !strings.Contains(d.Detail, says[0]) {
						t.Errorf("the problem says %q", d.Detail)
					}
					if page.Code != 503 || !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") || page.Header().Get("Retry-After") == "" {
						t.Errorf("the page = %d %v", page.Code, page.Header())
					}
					text := h.read(page).Find("main").Text()
					for _, s := range append(says, "Par ieceri") {
						if !strings.Contains(text, s) {
							t.Errorf("the page in %s does not say %q: %s", lang, s, text)
						}
					}
				}
			})
			h.page("ngo-2", "/") // all can be read
			h.do(nil, "", "GET", "/api/v1/sessions", nil)
			select {
			case <-h.db.Failed():
				t.Error("a refusal ends the program")
			default:
			}
		})
	}
	var p agenda.Proposal
	h.do(&p, "ngo-2", "POST", "/api/v1/proposals", aProposal("Par ieceri")) // the control
	if p.ID == "" {
		t.Error("with room again nothing is done either")
	}
}
