package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"padome/minutes"
	"padome/office"
)

func init() {
	access["GET /verify"] = "200 200 200 200 200 200 200"
	access["POST /verify"] = "422 422 422 422 422 422 422"
	access["GET /verify/:code"] = "422 422 422 422 422 422 422"
	access["GET /api/v1/verify/:code"] = "422 422 422 422 422 422 422"
	access["POST /api/v1/verify"] = "415 415 415 415 415 415 415"
	described["POST /api/v1/verify"] = op{summary: "What a file is: the body is the file (PDF, .edoc, .asice), its kind the Content-Type, its name ?name=. Exactly one that the council issued or that came back signed; or one that holds an issued paper, with the verdict on its signatures", out: verifiedView{}, query: "name"}
	described["GET /api/v1/verify/:code"] = op{summary: "Which paper a fingerprint, a digest or the SHA-256 of a file is of, and how it stands", out: verifiedView{}}
}

// checkFile sends a file to be verified, as somebody who is not logged in.
func (h *hall) checkFile(body []byte) *httptest.ResponseRecorder {
	h.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "protokols.pdf")
	if err != nil {
		h.Fatal(err)
	}
	if _, err := part.Write(body); err != nil {
		h.Fatal(err)
	}
	w.Close()
	return h.ask("", "POST", verifyAt, b.String(), "Content-Type", w.FormDataContentType())
}

func TestAnybodyVerifiesAPaperByFingerprintOrFile(t *testing.T) {
	h := newHall(t)
	id := h.held()
	at := minutesAt(id)
	h.press("taker", at, "Sagatavot protokola projektu", 303)
	h.press("taker", at+"/finalise", "Pabeigt protokolu", 303)
	var m minutesView
	h.do(&m, "taker", "GET", "/api/v1"+at, nil)
	page := verifyAt + "/" + office.Fingerprint(m.Digest)

	d := h.page("", page)
	if got := d.Find("main").Text(); !strings.Contains(got, "protokols Nr. 1") || !strings.Contains(got, "juridiska spēka tam nav") || strings.Contains(got, "Kārkliņa") || d.Find("main a").Length() != 0 {
		t.Errorf("of unsigned minutes everybody learns %s", got)
	}
	h.signs("state-1", at)
	h.signs("taker", at)
	d = h.page("", verifyAt+"?code="+office.PrintedFingerprint(m.Digest))
	got := d.Find("main").Text()
	for _, want := range []string{"parakstīts", "nav drošs elektroniskais paraksts", "Kārkliņa", m.Digest, "Lasīt dokumentu"} {
		if !strings.Contains(got, want) {
			t.Errorf("of signed minutes everybody learns no %q: %s", want, got)
		}
	}

	w := h.ask("", "GET", "/api/v1"+at+".pdf?lang=lv", nil)
	file := w.Body.Bytes()
	if w.Code != 200 {
		t.Fatalf("the file = %d", w.Code)
	}
	if got := h.read(h.checkFile(file)).Find("main").Text(); !strings.Contains(got, "tieši tā") || !strings.Contains(got, "protokols Nr. 1") {
		t.Errorf("of the very file: %s", got)
	}
	changed := append(bytes.Clone(file), '\n')
	if got := h.read(h.checkFile(changed)).Find("main").Text(); strings.Contains(got, "tieši tā") || !strings.Contains(got, "kaut kas pievienots") || !strings.Contains(got, "protokols Nr. 1") {
		t.Errorf("of a file with one byte more: %s", got)
	}
	other := bytes.Replace(file, []byte("/Lang (lv)"), []byte("/Lang (en)"), 1)
	if got := h.read(h.checkFile(other)).Find("main").Text(); !strings.Contains(got, "nav neviena no tām") {
		t.Errorf("of a file with other bytes: %s", got)
	}
	var v verifiedView
	sum := sha256.Sum256(file)
	h.do(&v, "", "GET", "/api/v1/verify/"+hex.EncodeToString(sum[:]), nil)
	if !v.Exact || v.Number != 1 || len(v.Signed) != 2 || !v.Public || v.Read != at {
		t.Errorf("over the API: %+v", v)
	}
	h.do(&v, "", "GET", "/api/v1/verify/"+m.Digest, nil)
	if v.Exact {
		t.Error("a digest of the content is taken for that of a file")
	}
	if w := h.ask("", "GET", verifyAt+"/0000000000000000", nil); w.Code != 404 || !strings.Contains(w.Body.String(), "nav dokumenta") {
		t.Errorf("an unknown fingerprint = %d", w.Code)
	}
	if w := h.ask("", "GET", verifyAt+"?code=xyz", nil); w.Code != 422 || !strings.Contains(w.Body.String(), "16 cipari") {
		t.Errorf("what is no fingerprint = %d", w.Code)
	}
	if m.State != minutes.Final {
		t.Errorf("asked about minutes that were %s", m.State)
	}
}
