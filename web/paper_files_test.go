package web

import (
	packed "archive/zip"
	"bytes"
	"strings"
	"testing"

	paper "padome/internal/document"
	"padome/office"
)

func init() {
	for _, f := range office.PaperFormats {
		media, _, _ := strings.Cut(f.Media(), ";")
		for path, x := range map[string]struct {
			what, query, access string
		}{
			"agenda":  {"A version of the agenda, the approved one when none is named", "version reasons", "200 200 200 200 200 200 200"},
			"minutes": {"The minutes: as PDF the frozen file once there is one, else a draft; in any other format a copy", "", "404 404 404 404 404 404 404"},
		} {
			route := "GET /api/v1/sessions/:id/" + path + "." + string(f)
			described[route] = op{summary: x.what + ", as " + strings.ToUpper(string(f)), other: media, query: x.query}
			access[route] = x.access
		}
	}
}

// A paper says the same in every format and either language, and each is sent as
// what it is.
func TestPapersComeInEveryFormat(t *testing.T) {
	h := newHall(t)
	id := h.held()
	h.press("taker", minutesAt(id), "Sagatavot protokola projektu", 303)
	for _, name := range []string{"agenda", "minutes"} {
		for _, lang := range []string{"lv", "en"} {
			get := func(f string) []byte {
				w := h.ask("taker", "GET", "/api/v1"+sessionAt(id, name+"."+f)+"?lang="+lang, nil)
				if w.Code != 200 || w.Header().Get("Content-Type") != office.PaperFormat(f).Media() {
					t.Fatalf("%s.%s = %d %s", name, f, w.Code, w.Header().Get("Content-Type"))
				}
				if saved := strings.Contains(w.Header().Get("Content-Disposition"), "."+f); saved == (f == "html") {
					t.Errorf("%s.%s: %s", name, f, w.Header().Get("Content-Disposition"))
				}
				return w.Body.Bytes()
			}
			text, page := strings.Join(strings.Fields(string(get("txt"))), " "), string(get("html"))
			if want := map[string]string{"lv": "Par nodokļu atvieglojumiem", "en": "Par nodokļu atvieglojumiem"}[lang]; !strings.Contains(text, want) || !strings.Contains(page, want) {
				t.Errorf("%s in %s lacks %q:\n%s", name, lang, want, text)
			}
			if !strings.Contains(page, `<html lang="`+lang+`">`) || !bytes.HasPrefix(get("pdf"), []byte("%PDF-")) {
				t.Errorf("%s in %s is no page or no PDF", name, lang)
			}
			if root := map[string]string{"agenda": "<doc ", "minutes": "<debateReport "}[name]; !bytes.Contains(get("xml"), []byte(root)) {
				t.Errorf("%s.xml in %s is no %s>", name, lang, root)
			}
			body := get("docx")
			z, err := packed.NewReader(bytes.NewReader(body), int64(len(body)))
			if err != nil || z.File[0].Name != "[Content_Types].xml" {
				t.Errorf("%s.docx: %v", name, err)
			}
			if again := get("docx"); !bytes.Equal(body, again) {
				t.Errorf("%s.docx is different the second time", name)
			}
		}
	}
	w := h.ask("", "GET", "/api/v1"+sessionAt(id, "agenda.html"), nil)
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, paper.StyleSource()) || !strings.Contains(got, "default-src 'none'") {
		t.Errorf("the page may do more than have its style: %s", got)
	}
}
