package office

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/docx"
	"padome/internal/locale"
	"padome/internal/pdf"
	"padome/internal/problem"
	"padome/minutes"
	"padome/plan"
	"padome/storage"
)

// secrets are words that stand only in what must not be published: two of an
// item, one of a clause and of a point below it, one of a passage.
var secrets = []string{"Kanarijone", "Kanarijtwo", "Kanarijthree", "Kanarijfour", "Kanarijfive", "Kanarijsix"}

// found are the secrets in a file of any kind: a PDF's streams unpacked and its
// letters of two bytes joined, the parts of an archive, at any depth.
func found(t *testing.T, body []byte) (all []string) {
	t.Helper()
	hay := unpacked(t, body)
	hay += inHex(hay)
	hay += strings.ReplaceAll(hay, "\x00", "")
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(hay), strings.ToLower(s)) {
			all = append(all, s)
		}
	}
	return all
}

// inHex are the strings of a PDF that stand in digits, as its properties do.
func inHex(s string) string {
	var b strings.Builder
	for _, m := range regexp.MustCompile(`<((?:[0-9A-Fa-f]{2}){2,})>`).FindAllStringSubmatch(s, -1) {
		raw, _ := hex.DecodeString(m[1])
		b.Write(raw)
	}
	return b.String()
}

var streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

func unpacked(t *testing.T, body []byte) string {
	t.Helper()
	var b strings.Builder
	b.Write(body)
	switch {
	case bytes.HasPrefix(body, []byte("%PDF-")):
		for _, m := range streams.FindAllSubmatch(body, -1) {
			if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
				_, _ = io.Copy(&b, z) // what a damaged end holds back was not there to be read
			}
		}
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		z := get2(zip.NewReader(bytes.NewReader(body), int64(len(body))))(t)
		for _, f := range z.File {
			r := get2(f.Open())(t)
			b.WriteString(f.Name + unpacked(t, get2(io.ReadAll(r))(t)))
		}
	}
	return b.String()
}

// secretive is a session with signed minutes that have the secrets in them, and
// its items: one secret as a whole, one with a secret clause, one with a secret
// passage.
func (d *desk) secretive() (session string, items [3]string) {
	ctx, t := d.t.Context(), d.t
	s := d.prepared("2024-01-31")
	for i := range items {
		items[i] = d.propose(fmt.Sprintf("Par %d. jautājumu", i+1), plan.Ref{Revision: 1, Measure: 8, Task: i + 1}).ID
	}
	c := d.opened(s.ID)
	by := d.by("taker")
	take := func(item string, course, wording string, more ...string) {
		must(t)(d.RecordCourse(ctx, by, s.ID, item, 0, []minutes.Speech{{Kind: minutes.Reports, Who: "Z. Kārkliņa", Text: course}}))
		must(t)(d.RecordVote(ctx, by, s.ID, item, 1, &minutes.Vote{For: 11, Abstain: 1}))
		for i, w := range append([]string{wording}, more...) {
			must(t)(d.TakeDecision(ctx, by, s.ID, item, uint64(2+i), minutes.Clause{Wording: w, Addressee: "Finanšu ministrija", UntilNext: true}))
		}
		must(t)(d.RecordOutcome(ctx, by, s.ID, item, uint64(3+len(more)), minutes.Decided, ""))
	}
	for _, it := range c.Items {
		switch it.ID {
		case items[0]:
			take(it.ID, "Ziņo par Kanarijone.", "Noteikt Kanarijtwo.")
		case items[1]:
			take(it.ID, "Ziņo atklāti.", "Publicēt pārskatu.", "Piešķirt Kanarijthree summu.\nSummu maksā Kanarijfour.", "Pieņemt zināšanai.")
		case items[2]:
			take(it.ID, "Uzklausa Kanarijfive\u00a0Kanarijsix un KANARIJFIVE Kanarijsixam pateicas.", "Izskatīt Kanarijfive Kanarijsixa iesniegumu.")
		default:
			d.deal(s.ID, agenda.Content{Items: []agenda.Item{it}}, "")
		}
	}
	now := get2(d.Session(ctx, s.ID))(t)
	must(t)(d.CloseSession(ctx, by, s.ID, now.Revision, "12:45"))
	return s.ID, items
}

// mark marks the secrets of a session.
func (d *desk) mark(session string, items [3]string) {
	for i, x := range []minutes.Withheld{
		{Item: items[0], Ground: minutes.TradeSecret},
		{Item: items[1], Clause: 2, Ground: minutes.InternalUse},
		{Text: "Kanarijfive Kanarijsix", Ground: minutes.PrivateLife},
	} {
		must(d.t)(d.Withhold(d.t.Context(), d.by("taker"), session, uint64(i), x))
	}
}

// everything is all that an actor can get of a session, by what it is.
func (d *desk) everything(a council.Actor, session string) map[string][]byte {
	ctx, t := d.t.Context(), d.t
	all := map[string][]byte{}
	asJSON := func(name string, v any) { all[name] = get2(json.Marshal(v))(t) }
	m := get2(d.Minutes(ctx, a, session))(t)
	for _, lang := range locale.Langs {
		folder := get2(d.MinutesFolder(ctx, a, lang, session))(t)
		for _, f := range PaperFormats {
			all[fmt.Sprintf("minutes.%s %s", f, lang)] = get2(d.MinutesFile(ctx, a, lang, session, f))(t)
			for i, it := range folder.Agenda {
				if m.State == minutes.Signed {
					all[fmt.Sprintf("extract %d.%s %s", i+1, f, lang)] = get2(d.ExtractFile(ctx, a, lang, session, it.ID, f))(t)
				}
			}
			all[fmt.Sprintf("public minutes.%s %s", f, lang)] = get2(d.PublicMinutesFile(ctx, a, lang, session, f))(t)
		}
		all["page "+string(lang)] = []byte(document.HTML(folder.Document))
		folder.Document = document.Document{}
		folder.Agenda, folder.Dissenting = nil, nil // what its form offers to members
		asJSON("page's minutes "+string(lang), folder)
		bundle := get2(d.SessionPapers(ctx, a, lang, session))(t)
		var z bytes.Buffer
		if err := d.WritePapers(ctx, &z, bundle); err != nil {
			t.Fatal(err)
		}
		all["ZIP "+string(lang)] = z.Bytes()
	}
	asJSON("minutes", m)
	asJSON("decisions", get2(d.DecisionsOf(ctx, a, session))(t))
	asJSON("dissents", get2(d.Dissents(ctx, a, session))(t))
	taken, _, err := d.DecisionsTaken(ctx, a, DecisionFilter{}, storage.Page{Limit: 50})
	asJSON("decisions taken", get(t, taken, err))
	asJSON("coverage", get2(d.Coverage(ctx, a, "2024-02-10"))(t))
	for _, s := range secrets {
		asJSON("search "+s, get2(d.Search(ctx, s, storage.Page{Limit: 50}))(t).Found)
	}
	return all
}

// What must not be published is in nothing that the public can get, in whatever
// way it is packed; members have all of it.
func TestNothingWithheldCanBeRecovered(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	d.mark(session, items)
	m := d.signed(session)
	for name, body := range d.everything(council.Actor{}, session) {
		if got := found(t, body); got != nil {
			t.Errorf("%s has %q", name, got)
		}
		// By the digest somebody could check a guess.
		if bytes.Contains(body, []byte(m.Digest)) || bytes.Contains(body, []byte(m.PDF)) {
			t.Errorf("%s has the sum of the whole", name)
		}
	}
	whole := d.everything(d.by("ngo-2").Actor, session)
	for name, body := range whole {
		public := strings.HasPrefix(name, "public")
		got := found(t, body)
		switch {
		case public && got != nil:
			t.Errorf("%s, which a member looks at, has %q", name, got)
		case strings.HasPrefix(name, "minutes.") && len(got) != len(secrets):
			t.Errorf("%s, a member's, has only %q", name, got)
		}
	}
}

// The public version says that something was left out, where and why, in both
// languages, and nothing else is missing.
func TestThePublicVersionSaysWhatWasLeftOut(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	d.mark(session, items)
	d.signed(session)
	for lang, wants := range map[locale.Lang][]string{
		locale.LV: {"Publiskojamā versija.", "[Jautājuma izskatīšana nav publiskojama: komercnoslēpums (Informācijas atklātības likuma 7. pants)]",
			"[Punkts nav publiskojams: informācija iestādes iekšējai lietošanai", "Uzklausa [izlaists (1)] un [izlaists (1)] pateicas.",
			"(1) informācija par fiziskās personas privāto dzīvi", "Publicēt pārskatu.", "Pieņemt zināšanai.", "Par 1. jautājumu", "Kopija bez juridiska spēka"},
		locale.EN: {"Public version.", "[How this item was dealt with is not to be published: a trade secret", "[This clause is not to be published:",
			"[left out (1)]", "(1) information on the private life", "Publicēt pārskatu."},
	} {
		text := strings.Join(strings.Fields(string(get2(d.MinutesFile(t.Context(), council.Actor{}, lang, session, PaperText))(t))), " ")
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", lang, want, text)
			}
		}
		if strings.Contains(text, "paraksts*") {
			t.Errorf("%s says that it is signed", lang)
		}
	}
}

// Without anything withheld the public version is the signed file itself, and so
// it is again when the mark is taken away; in between the file is for those alone
// who may read the whole.
func TestTheSignedFileIsPublicUnlessSomethingIsWithheld(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	d.signed(session)
	ctx, public := t.Context(), council.Actor{}
	file := func(a council.Actor) []byte {
		return get2(d.PublicMinutesFile(ctx, a, locale.LV, session, PaperPDF))(t)
	}
	signed := get2(d.MinutesFile(ctx, d.by("ngo-2").Actor, locale.LV, session, PaperPDF))(t)
	if !bytes.Equal(file(public), signed) {
		t.Fatal("the public version is another file")
	}
	w := get2(d.Withhold(ctx, d.by("officer"), session, 0, minutes.Withheld{Item: items[0], Ground: minutes.ByLaw, Law: "Valsts noslēpuma likums"}))(t)
	reduced := file(public)
	if bytes.Equal(reduced, signed) || found(t, reduced) == nil || strings.Contains(fmt.Sprint(found(t, reduced)), "Kanarijone") {
		t.Errorf("the reduced file has %q", found(t, reduced))
	}
	if again := file(public); !bytes.Equal(again, reduced) {
		t.Error("two downloads differ")
	}
	if got := get2(d.MinutesFile(ctx, d.by("ngo-2").Actor, locale.LV, session, PaperPDF))(t); !bytes.Equal(got, signed) {
		t.Error("a member does not get the signed file")
	}
	if found := get2(d.Search(ctx, "Kanarijone", storage.Page{Limit: 5}))(t).Found; len(found) != 0 {
		t.Errorf("a search still finds %v", found)
	}
	must(t)(d.Lift(ctx, d.by("officer"), session, w.Revision, w.Parts[0].ID))
	if !bytes.Equal(file(public), signed) {
		t.Error("with the mark taken away it is another file")
	}
	if err := d.db.Check(ctx); err != nil {
		t.Error(err)
	}
}

// A later agenda, which is public, says of a withheld decision only that it is
// open.
func TestALaterAgendaDoesNotTellAWithheldDecision(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	d.mark(session, items)
	d.signed(session)
	next := d.plan("2024-02-28")
	a := get2(d.BuildAgenda(t.Context(), d.by("officer"), next.ID, 0))(t)
	raw := get2(json.Marshal(a.Draft))(t)
	if got := found(t, raw); got != nil {
		t.Errorf("the agenda has %q", got)
	}
	if n := strings.Count(string(raw), "detail.decision"); n < 4 {
		t.Errorf("the agenda has %d open decisions:\n%s", n, raw)
	}
}

func TestWhoMayWithholdAndWhat(t *testing.T) {
	d := newDesk(t)
	session, items := d.secretive()
	ctx := t.Context()
	for name, x := range map[string]struct {
		who  string
		mark minutes.Withheld
		want string
	}{
		"a member":                {"ngo-2", minutes.Withheld{Item: items[0], Ground: minutes.PrivateLife}, "problem.minutes.withheld.who"},
		"an item of another day":  {"taker", minutes.Withheld{Item: "none", Ground: minutes.PrivateLife}, "item problem.minutes.withheld.item"},
		"a clause never taken":    {"taker", minutes.Withheld{Item: items[0], Clause: 9, Ground: minutes.PrivateLife}, "clause problem.minutes.withheld.clause"},
		"a passage of two":        {"taker", minutes.Withheld{Text: "ab", Ground: minutes.PrivateLife}, "text problem.text.short"},
		"no ground":               {"taker", minutes.Withheld{Item: items[0]}, "ground problem.choice"},
		"a law that is not named": {"taker", minutes.Withheld{Item: items[0], Ground: minutes.ByLaw}, "law problem.text.missing"},
	} {
		_, err := d.Withhold(ctx, d.by(x.who), session, 0, x.mark)
		e, ok := errors.AsType[*problem.Error](err)
		if !ok {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := e.Key
		if len(e.Fields) > 0 {
			got = e.Fields[0].Name + " " + e.Fields[0].Key
		}
		if got != x.want {
			t.Errorf("%s: got %q, want %q", name, got, x.want)
		}
	}
	w := get2(d.Withhold(ctx, d.by("state-1"), session, 0, minutes.Withheld{Item: items[0], Ground: minutes.PrivateLife}))(t)
	if _, err := d.Withhold(ctx, d.by("taker"), session, w.Revision, minutes.Withheld{Item: items[0], Ground: minutes.TradeSecret}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("marked twice: %v", err)
	}
	if _, err := d.Withholding(ctx, council.Actor{}, session); problem.KindOf(err) != problem.NotFound {
		t.Errorf("the public sees the marks: %v", err)
	}
}

// The search for secrets hears one wherever a file could keep it: what it finds
// nothing in holds nothing.
func TestTheSearchForSecretsHearsThem(t *testing.T) {
	d := document.Document{Lang: "lv", Title: "Protokols", Author: "Padome", Created: time.Date(2024, 2, 5, 9, 30, 0, 0, time.UTC), Justified: true,
		Blocks: document.Blocks{document.Heading{Level: 1, Text: "Virsraksts"}, document.Paragraph{Text: document.Plain("Teksts.")}}}
	secret := secrets[0]
	places := map[string]func(*document.Document, *pdf.Extra){
		"the title":   func(d *document.Document, _ *pdf.Extra) { d.Title = secret },
		"the author":  func(d *document.Document, _ *pdf.Extra) { d.Author = secret },
		"the subject": func(d *document.Document, _ *pdf.Extra) { d.Subject = secret },
		"the foot":    func(d *document.Document, _ *pdf.Extra) { d.Reference = secret },
		"a heading":   func(d *document.Document, _ *pdf.Extra) { d.Blocks[0] = document.Heading{Level: 1, Text: secret} },
		"a text": func(d *document.Document, _ *pdf.Extra) {
			d.Blocks[1] = document.Paragraph{Text: document.Plain("a " + secret + " b")}
		},
		"what is attached": func(_ *document.Document, x *pdf.Extra) {
			x.Record = &pdf.Record{Name: "r.json", Media: "application/json", About: "r", Data: []byte(`{"x":"` + secret + `"}`)}
		},
		"the words of a figure": func(_ *document.Document, x *pdf.Extra) { x.Code = &pdf.Code{Link: "https://a.example", Alt: secret} },
	}
	for name, put := range places {
		one, x := d, pdf.Extra{}
		one.Blocks = slices.Clone(d.Blocks)
		put(&one, &x)
		raw, _, err := pdf.RenderWith(t.Context(), one, x)
		if err != nil {
			t.Fatal(err)
		}
		if got := found(t, raw); len(got) != 1 {
			t.Errorf("in %s of a PDF %q are found", name, got)
		}
		if raw, err = docx.Render(one); err != nil {
			t.Fatal(err)
		}
		if got := found(t, raw); len(got) != 1 && x == (pdf.Extra{}) {
			t.Errorf("in %s of a DOCX %q are found", name, got)
		}
	}
	clean := get2(pdf.Render(t.Context(), d))(t)
	if got := found(t, clean); got != nil {
		t.Errorf("in a file without any %q are found", got)
	}
}
