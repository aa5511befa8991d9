package signature_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/internal/locale"
	. "padome/internal/signature"
	"padome/internal/signature/asice"
	"padome/internal/signature/asice/asicetest"
	"padome/internal/signature/pades"
)

// foreign has files that other programs made; its README tells which and how.
const foreign = "testdata/foreign"

// afterwards is when they are looked at.
var afterwards = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

// The people of these files, by their names, with the serial numbers of their
// certificates.
var foreigners = map[string]string{
	"ILZE BĒRZIŅA": "PNOLV-010190-10001", "JĀNIS ĶĒNIŅŠ": "PNOLV-020280-10002", "ZANE ŠĶĒLE": "PNOLV-030370-10003",
	"ANNA GAIĻA": "PNOLV-040460-10004", "MĀRIS ŽĪGURS": "PNOLV-050550-10005", "LĪGA ČAKSTE": "PNOLV-060640-10006", "ULDIS LŪSIS": "PNOLV-070770-10007",
}

// found is what is to be found of a signature: whose it is, its level, and what
// stays unproven, without the beginning of the keys.
type found struct {
	name     string
	level    Level
	unproven string
}

const (
	noTime   = "time revocation"
	noAnswer = "revocation"
)

// good are the files to be accepted.
var good = map[string][]found{
	"undersign-lt.asice":               {{"ILZE BĒRZIŅA", LongTerm, ""}},
	"undersign-two-utf8.asice":         {{"ANNA GAIĻA", LongTerm, ""}, {"MĀRIS ŽĪGURS", LongTerm, ""}},
	"undersign-b.xml":                  {{"ZANE ŠĶĒLE", Basic, noTime}},
	"undersign-time-mark.xml":          {{"ILZE BĒRZIŅA", Basic, "time-mark revocation-before"}},
	"jdk-c14n10-b.xml":                 {{"ILZE BĒRZIŅA", Basic, noTime}},
	"jdk-stamp-by-default.xml":         {{"ILZE BĒRZIŅA", Stamped, noAnswer}},
	"jdk-exclusive-lt-sha512.xml":      {{"JĀNIS ĶĒNIŅŠ", LongTerm, ""}},
	"jdk-archive.xml":                  {{"MĀRIS ŽĪGURS", Archive, ""}},
	"jdk-archive-c14n10.xml":           {{"ANNA GAIĻA", Archive, ""}},
	"jdk-responder-apart.xml":          {{"ANNA GAIĻA", LongTerm, ""}},
	"jdk-revocation-list.xml":          {{"ANNA GAIĻA", LongTerm, ""}},
	"jdk-pss.xml":                      {{"ZANE ŠĶĒLE", LongTerm, ""}},
	"jdk-pss-key.xml":                  {{"LĪGA ČAKSTE", LongTerm, ""}},
	"jdk-two-in-one.xml":               {{"ILZE BĒRZIŅA", LongTerm, ""}, {"ANNA GAIĻA", LongTerm, ""}},
	"jdk-two-files-utf8-comment.asice": {{"ILZE BĒRZIŅA", LongTerm, ""}, {"MĀRIS ŽĪGURS", LongTerm, ""}},
	"jdk-manifest-lists-all.edoc":      {{"ILZE BĒRZIŅA", Stamped, noAnswer}},
	"xadesjs-b.xml":                    {{"ILZE BĒRZIŅA", Basic, noTime}},
	"xadesjs-ec.xml":                   {{"MĀRIS ŽĪGURS", Basic, noTime}},
	"xmlsec-b-sha384.xml":              {{"MĀRIS ŽĪGURS", Basic, noTime}},
	"xmlsec-b-exclusive.xml":           {{"JĀNIS ĶĒNIŅŠ", Basic, noTime}},
	"infozip-comment.asice":            {{"MĀRIS ŽĪGURS", Basic, noTime}},
	"infozip-folder-times.asice":       {{"MĀRIS ŽĪGURS", Basic, noTime}},
	"infozip-streamed.asice":           {{"MĀRIS ŽĪGURS", Basic, noTime}},
	"itext-certified.pdf":              {{"ANNA GAIĻA", Stamped, noAnswer}},
	"itext-lt.pdf":                     {{"JĀNIS ĶĒNIŅŠ", LongTerm, ""}},
	"itext-dss-stamp.pdf":              {{"ILZE BĒRZIŅA", Archive, ""}},
	"pdfbox-two.pdf":                   {{"MĀRIS ŽĪGURS", Stamped, noAnswer}, {"ZANE ŠĶĒLE", Stamped, noAnswer}},
	"pdfsig-etsi-b.pdf":                {{"ILZE BĒRZIŅA", Basic, noTime}},
	"signpdf-openssl-b.pdf":            {{"ANNA GAIĻA", Basic, noTime}},
}

// bad are the files to be refused, each for this reason.
var bad = map[string]string{
	"jdk-login.xml":               "problem.signature.usage",
	"jdk-revoked.xml":             "problem.signature.revoked",
	"jdk-revoked-by-list.xml":     "problem.signature.revoked",
	"jdk-stranger.xml":            "problem.signature.path",
	"jdk-sha1.xml":                "problem.signature.algorithm",
	"infozip-mimetype-last.asice": "problem.container.mimetype",
	"infozip-extra-file.asice":    "problem.container.documents",
	"infozip-zip64.asice":         "problem.container.zip64",
	"itext-adbe.pdf":              "problem.signature.certificate-unnamed",
	"itext-visible.pdf":           "problem.signature.pdf.added",
	"signpdf-rewritten.pdf":       "problem.signature.pdf.rewritten",
}

func TestFilesThatOtherProgramsSignedAreAccepted(t *testing.T) {
	for name, want := range good {
		t.Run(name, func(t *testing.T) {
			v := foreignVerdict(t, name, foreignFile(t, name))
			if err := v.Err(); err != nil {
				t.Fatal(err)
			}
			var got []found
			for _, s := range v.Signers {
				got = append(got, found{s.Name, s.Level, strings.ReplaceAll(strings.Join(keys(s.Unproven), " "), "signature.unproven.", "")})
				if s.Serial != foreigners[s.Name] || s.Person != s.Serial || !s.Qualified {
					t.Errorf("the signer is %+v", s)
				}
				if day := s.When().Format(time.DateOnly); !strings.HasPrefix(day, "2026-11-") {
					t.Errorf("of %s", day)
				}
				inWords(t, slices.Concat(s.Proven, s.Unproven))
			}
			if !slices.Equal(got, want) {
				t.Errorf("found %v, want %v", got, want)
			}
		})
	}
}

func TestFilesThatOtherProgramsMadeAndThatMayNotPassAreRefused(t *testing.T) {
	for name, want := range bad {
		t.Run(name, func(t *testing.T) { refusedFor(t, foreignVerdict(t, name, foreignFile(t, name)), want) })
	}
}

func TestEveryForeignFileIsLookedAt(t *testing.T) {
	all, err := os.ReadDir(foreign)
	if err != nil || len(all) < 30 {
		t.Fatal(len(all), err)
	}
	for _, f := range all {
		_, isGood := good[f.Name()]
		_, isBad := bad[f.Name()]
		if !isGood && !isBad && !slices.Contains([]string{"README.md", "anchors.pem", "protokols.pdf", "make"}, f.Name()) {
			t.Errorf("no test looks at %s", f.Name())
		}
	}
}

// TestWhatIsChangedInAForeignSignatureIsRefused changes each signature that other
// programs made and that is accepted as it is, one place at a time.
func TestWhatIsChangedInAForeignSignatureIsRefused(t *testing.T) {
	stamp := element("EncapsulatedTimeStamp")
	another := stamp.FindSubmatch(foreignFile(t, "jdk-exclusive-lt-sha512.xml"))[2]
	for name := range good {
		whole := foreignFile(t, name)
		if filepath.Ext(name) != ".xml" {
			continue
		}
		for what, c := range map[string]struct {
			change func([]byte) []byte
			want   string
		}{
			"the value":         {flipped(element("SignatureValue")), "problem.signature.value"},
			"a digest":          {flipped(element("DigestValue")), "problem.xades.changed"},
			"the time claimed":  {replaced(`2026-11-`, `2026-10-`), "problem.xades.changed"},
			"what signs":        {replaced(`<ds:SignedInfo>`, `<ds:SignedInfo> `), "problem.signature.value"},
			"the name of it":    {replaced(`URI="protokols.pdf"`, `URI="protokols.pdf "`), "problem.xades.reference"},
			"the time stamp":    {func(b []byte) []byte { return within(stamp, b, func([]byte) []byte { return another }) }, "problem.signature.stamp-other"},
			"the certificate":   {flipped(element("X509Certificate")), ""},
			"the whole of them": {func(b []byte) []byte { return []byte(strings.ReplaceAll(string(b), "ds:Signature", "ds:Sign")) }, ""},
		} {
			changed := c.change(bytes.Clone(whole))
			if bytes.Equal(changed, whole) {
				continue // it has no such part, or is the one the stamp is from
			}
			t.Run(name+"/"+what, func(t *testing.T) { refusedFor(t, foreignVerdict(t, name, changed), c.want) })
		}
	}
}

// TestAnotherDocumentInAForeignContainerIsRefused holds files of other programs
// to minutes that they are not of.
func TestAnotherDocumentInAForeignContainerIsRefused(t *testing.T) {
	check := foreignCheck(t)
	frozen := foreignFile(t, "protokols.pdf")
	changed := bytes.Replace(frozen, []byte("/Lang (lv)"), []byte("/Lang (en)"), 1)
	for name := range good {
		file := foreignFile(t, name)
		switch filepath.Ext(name) {
		case ".pdf":
			refusedFor(t, pades.Verify(check, changed, file), "problem.signature.pdf.rewritten")
			refusedFor(t, pades.Verify(check, changed, append(bytes.Clone(changed), file[len(frozen):]...)), "")
			refusedFor(t, pades.Verify(check, frozen, bytes.Replace(file, []byte("/SubFilter"), []byte("/Subfilter"), 1)), "")
			refusedFor(t, pades.Verify(check, frozen, spoilt(file, len(frozen), "/M")), "")
		case ".xml":
			refusedFor(t, asice.Verify(asicetest.Pack(asicetest.File{Name: "protokols.pdf", Bytes: changed}, file), nil, check), "problem.xades.changed")
		default:
			refusedFor(t, asice.Verify(file, changed, check), "problem.container.document")
			refusedFor(t, asice.Verify(append(bytes.Clone(file), 0), frozen, check), "")
		}
	}
}

func foreignFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(foreign, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func foreignCheck(t *testing.T) Check {
	t.Helper()
	a, err := ParseAnchors(foreignFile(t, "anchors.pem"))
	if err != nil {
		t.Fatal(err)
	}
	c := Check{Anchors: a, Now: afterwards}
	for name, serial := range foreigners {
		c.Expected = append(c.Expected, Expected{ID: serial, Serial: serial, Name: name})
	}
	return c
}

// foreignVerdict holds a file to the frozen document; one of signatures alone is
// put into a container with it.
func foreignVerdict(t *testing.T, name string, file []byte) Verdict {
	t.Helper()
	frozen, check := foreignFile(t, "protokols.pdf"), foreignCheck(t)
	switch filepath.Ext(name) {
	case ".pdf":
		return pades.Verify(check, frozen, file)
	case ".xml":
		file = asicetest.Pack(asicetest.File{Name: "protokols.pdf", Bytes: frozen}, file)
	}
	return asice.Verify(file, frozen, check)
}

// refusedFor fails unless a file is refused, for just this reason where one is given.
func refusedFor(t *testing.T, v Verdict, key string) {
	t.Helper()
	faults := slices.Clone(v.Faults)
	for _, s := range v.Signers {
		faults = append(faults, s.Faults...)
	}
	if v.Valid() || len(faults) == 0 || key != "" && !slices.Equal(slices.Compact(keys(faults)), []string{key}) {
		t.Errorf("refused for %v, want %s", faults, key)
	}
	inWords(t, faults)
}

// inWords fails for a reason that people are not told in full in both languages.
func inWords(t *testing.T, reasons []Reason) {
	t.Helper()
	for _, r := range reasons {
		for _, lang := range []locale.Lang{locale.LV, locale.EN} {
			if s := locale.Text(lang, r.Key, r.Args); len(s) < 20 || strings.Contains(s, "{") || strings.Contains(s, r.Key) {
				t.Errorf("%s reads %q", r.Key, s)
			}
		}
	}
}

// element matches an element of an XML file with its text.
func element(local string) *regexp.Regexp {
	return regexp.MustCompile(`(<\w+:` + local + `(?: [^>]*)?>)([^<]+)(<)`)
}

func within(e *regexp.Regexp, b []byte, change func([]byte) []byte) []byte {
	at := e.FindSubmatchIndex(b)
	if at == nil {
		return b
	}
	return slices.Concat(b[:at[4]], change(b[at[4]:at[5]]), b[at[5]:])
}

// flipped changes one bit of the Base64 in the first such element.
func flipped(e *regexp.Regexp) func([]byte) []byte {
	return func(b []byte) []byte {
		return within(e, b, func(text []byte) []byte {
			raw, err := base64.StdEncoding.DecodeString(strings.NewReplacer("&#13;", "", "\n", "", " ", "", "\t", "").Replace(string(text)))
			if err != nil {
				panic(err)
			}
			raw[len(raw)/2] ^= 1
			return []byte(base64.StdEncoding.EncodeToString(raw))
		})
	}
}

func replaced(old, by string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(by), 1) }
}

// spoilt changes a letter behind the first such word after a place.
func spoilt(b []byte, from int, word string) []byte {
	b = bytes.Clone(b)
	at := from + bytes.Index(b[from:], []byte(word))
	b[at+len(word)+8]++
	return b
}
