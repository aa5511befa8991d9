package akoma

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/tooltest"
	"padome/minutes"
	"padome/plan"
)

const day council.Date = "2024-01-31"

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// session is one that was recorded: three items, two people who vote, one guest.
func session(t testing.TB) minutes.Record {
	people := []council.Person{
		{ID: "p1", Given: "Jānis", Surname: "Ozols", Gender: council.Masculine, Position: "Valsts kancelejas direktors"},
		{ID: "p2", Given: "Dace", Surname: "Cielava", Gender: council.Feminine, Position: "biedrības „Cielava & Co” vadītāja"},
		{ID: "p3", Given: "Vija", Surname: "Sarma", Gender: council.Feminine, Position: "Valsts kancelejas konsultante"},
	}
	mandates := []council.Mandate{
		{ID: "1", Person: "p1", Role: council.Member, Side: council.State, From: "2024-01-01"},
		{ID: "2", Person: "p1", Role: council.Chair, Side: council.State, From: "2024-01-01"},
		{ID: "3", Person: "p2", Role: council.Member, Side: council.NGO, From: "2024-01-01"},
		{ID: "4", Person: "p3", Role: council.Secretariat, From: "2024-01-01"},
	}
	set := council.DefaultSettings()
	set.SeatsPerSide = 1
	s := council.Session{ID: "s1", Kind: council.Regular, Mode: council.Hybrid, Date: day, Starts: "11:00", Ends: "13:00", Place: "Ministru kabinetā",
		Presiding: "p1", MinuteTaker: "p3", State: council.Open, OpenedAt: "11:00"}
	item := func(n int, id string, kind agenda.Kind, title string, tasks ...plan.Ref) agenda.Item {
		return agenda.Item{Matter: agenda.Matter{ID: id, Kind: kind, Minutes: 15, Title: title, Tasks: tasks}, Number: n}
	}
	ref := plan.Ref{Revision: 1, Measure: 8, Task: 2}
	items := []agenda.Item{item(1, "a", agenda.Decision, "Par līdzdalību <un> „kārtību”", ref), item(2, "b", agenda.Discussion, "Par finansējumu"), item(3, "c", agenda.AnyOther, "Dažādi")}
	r := minutes.Record{Session: s, Settings: set, Agenda: agenda.Content{Version: 2, Session: s, Principles: 1, Plan: 1, Items: items},
		Roster: council.NewRoster(set, people, mandates), Next: council.Session{ID: "s2", Date: "2024-02-28", Starts: "11:00"},
		Attendance: minutes.Attendance{Session: "s1", Entries: []minutes.Entry{
			{Person: "p1", Name: "Valsts kancelejas direktors – J. Ozols", Side: council.State, Capacity: minutes.Voting},
			{Person: "p2", Name: "biedrības „Cielava & Co” vadītāja – D. Cielava", Side: council.NGO, Capacity: minutes.Voting, Remote: true},
			{Name: "Finanšu ministrijas pārstāvis – F. Nauda", Capacity: minutes.Invited, From: 2, Until: 2},
		}}}
	p := &plan.Plan{Revision: 1, Measures: []plan.Measure{{Number: 8, Tasks: []plan.Task{{Number: 1, Text: "viens"}, {Number: 2, Text: "divi"}}}}}
	for _, it := range items {
		r.Treatments = append(r.Treatments, minutes.Begin("s1", it))
	}
	by := r.Voters()
	one, two, three := &r.Treatments[0], &r.Treatments[1], &r.Treatments[2]
	for i, c := range []minutes.Clause{{Wording: "Apstiprināt kārtību:\n– ar grozījumiem."},
		{Wording: "Finanšu ministrijai sagatavot aprēķinu.", Addressee: "Finanšu ministrija", Deadline: "2024-02-28", Tasks: []plan.Ref{ref}}} {
		d, err := one.Take(s, p, string(rune('d'+i)), c)
		must(t, err)
		r.Decisions = append(r.Decisions, d)
	}
	must(t, one.SetCourse(s, []minutes.Speech{{Kind: minutes.Reports, Who: "F. Nauda", Text: "Iepazīstina."}}))
	must(t, one.SetVote(s, by, &minutes.Vote{For: 1, Against: 1, Casting: minutes.CastFor}))
	must(t, one.SetOutcome(s, by, minutes.Decided, ""))
	must(t, two.SetOutcome(s, by, minutes.Postponed, "nav saņemts atzinums"))
	must(t, three.SetVote(s, by, &minutes.Vote{Consensus: true}))
	must(t, three.SetOutcome(s, by, minutes.Noted, ""))
	must(t, r.Session.Close("12:45"))
	return r
}

func final(r minutes.Record) minutes.Minutes {
	m := minutes.DraftFrom(r)
	m.State, m.Number, m.Finalised, m.Digest = minutes.Signed, 1, time.Date(2024, 2, 5, 9, 30, 0, 0, time.UTC), strings.Repeat("a", 64)
	m.Signers, m.Signing = minutes.RequiredSigners(r), council.SignedElectronically
	m.Annexes = []minutes.Annex{{Title: "Ziņojums par līdzdalību", Pages: 3}, {Title: "Aprēķins"}}
	for i, s := range m.Signers {
		m.Signatures = append(m.Signatures, minutes.Signature{Person: s.Person, Name: s.Name, At: m.Finalised.Add(time.Duration(i+1) * time.Hour)})
	}
	return m
}

// written are all papers of the session, by name.
func written(t *testing.T) map[string][]byte {
	r := session(t)
	early := r
	early.Attendance, early.Treatments, early.Decisions, early.Next = minutes.Attendance{}, nil, nil, council.Session{}
	early.Session.OpenedAt, early.Session.ClosedAt = "", ""
	all := map[string][]byte{}
	for _, lang := range locale.Langs {
		for name, m := range map[string]minutes.Minutes{"draft": minutes.DraftFrom(r), "final": final(r)} {
			b, err := Minutes(lang, minutes.Copy(lang, minutes.Document(lang, r, m)), r, m)
			must(t, err)
			all["minutes-"+name+"-"+string(lang)] = b
		}
		b, err := Minutes(lang, minutes.Document(lang, early, minutes.DraftFrom(early)), early, minutes.DraftFrom(early))
		must(t, err)
		all["minutes-early-"+string(lang)] = b
		for _, reasons := range []bool{false, true} {
			p := agenda.Print{Settings: r.Settings, Presiding: "vadītājs – J. Ozols", Approved: true, Created: time.Date(2024, 1, 22, 9, 0, 0, 0, time.UTC), Reasons: reasons}
			c := r.Agenda
			c.Items[1].Section, c.Items[1].Break = "Diskusijas", 10
			b, err := Agenda(lang, agenda.Document(lang, c, p), c, p)
			must(t, err)
			all["agenda-"+map[bool]string{true: "reasons-", false: ""}[reasons]+string(lang)] = b
		}
	}
	return all
}

// schema validates papers against the schema of OASIS, which is no part of this
// project and lies in the folder that PADOME_SCHEMAS names (.ci/run). It says what
// is wrong with them.
func schema(t *testing.T, papers map[string][]byte) string {
	t.Helper()
	dir := os.Getenv("PADOME_SCHEMAS")
	if dir == "" {
		tooltest.LeaveOut(t, "PADOME_SCHEMAS names no folder with akomantoso/akomantoso30.xsd; TestPapersAreMadeOfWhatTheSchemaAccepts holds the papers to what it accepts")
	}
	tool := tooltest.Find(t, "xmllint")
	args := []string{"--nonet", "--noout", "--schema", filepath.Join(dir, "akomantoso", "akomantoso30.xsd")}
	folder := t.TempDir()
	for name, b := range papers {
		file := filepath.Join(folder, name+".xml")
		must(t, os.WriteFile(file, b, 0o600))
		args = append(args, file)
	}
	if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
		return string(out)
	}
	return ""
}

func validated(t *testing.T, papers map[string][]byte) {
	t.Helper()
	if wrong := schema(t, papers); wrong != "" {
		t.Fatal(wrong)
	}
	broken := bytes.Replace(papers["minutes-final-lv"], []byte("FRBRcountry"), []byte("country"), 1)
	if schema(t, map[string][]byte{"broken": broken}) == "" {
		t.Fatal("xmllint accepts an element that is not in the schema: this test looks at nothing")
	}
}

func TestEveryPaperIsValidAgainstTheSchemaOfOASIS(t *testing.T) { validated(t, written(t)) }

// A name that must not be published is in nothing of the public version: not among
// the people that the text refers to, nor in the addresses made from names.
func TestAWithheldNameIsInNoReference(t *testing.T) {
	r := session(t)
	m := final(r)
	for _, lang := range locale.Langs {
		w := minutes.Withholding{Session: "s1"}
		for _, withheld := range []bool{false, true} {
			if withheld {
				w.Parts = []minutes.Withheld{{ID: "1", Text: "Ozol", Ground: minutes.PrivateLife}, {ID: "2", Text: "Naud", Ground: minutes.PrivateLife}}
			}
			d := minutes.PublicDocument(lang, r, m, w)
			record, reduced := w.Public(lang, r, m)
			b, err := Minutes(lang, minutes.Copy(lang, d), record, reduced)
			must(t, err)
			raw, err := json.Marshal(reduced)
			must(t, err)
			all := strings.ToLower(string(b) + string(raw))
			for _, name := range []string{"ozol", "naud"} {
				if got := strings.Contains(all, name); got == withheld {
					t.Errorf("%s, withheld %t: %q is in it: %t", lang, withheld, name, got)
				}
			}
		}
	}
}

// words are the character data of XML below an element, blanks joined.
func words(t *testing.T, b []byte, below ...string) string {
	t.Helper()
	var out strings.Builder
	inside := 0
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(strings.Fields(out.String()), " ")
		}
		must(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			for _, name := range below {
				if tok.Name.Local == name {
					inside++
				}
			}
			if tok.Name.Local == "eol" {
				out.WriteByte(' ')
			}
		case xml.EndElement:
			for _, name := range below {
				if tok.Name.Local == name {
					inside--
				}
			}
		case xml.CharData:
			if inside > 0 {
				out.Write(tok)
			}
		}
	}
}

func TestTheTextSaysWhatTheOtherFormatsSay(t *testing.T) {
	r := session(t)
	m := final(r)
	for _, lang := range locale.Langs {
		d := minutes.Copy(lang, minutes.Document(lang, r, m))
		b, err := Minutes(lang, d, r, m)
		must(t, err)
		compare(t, words(t, b, "preface", "mainBody", "conclusions"), d)
		p := agenda.Print{Settings: r.Settings, Reasons: true, Created: m.Finalised}
		d = agenda.Document(lang, r.Agenda, p)
		b, err = Agenda(lang, d, r.Agenda, p)
		must(t, err)
		compare(t, words(t, b, "preface", "mainBody", "conclusions"), d)
	}
}

// compare holds the words of XML to those of the document, letter by letter
// without blanks, which formats put differently.
func compare(t *testing.T, got string, d document.Document) {
	t.Helper()
	var want strings.Builder
	var list func(items []document.Item)
	list = func(items []document.Item) {
		for _, it := range items {
			want.WriteString(it.Label + it.Text.String())
			list(it.Items)
		}
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case document.Masthead:
			want.WriteString(b.Author + b.Name)
		case document.Dateline:
			want.WriteString(b.Place + b.Number + b.Date)
		case document.Heading:
			want.WriteString(b.Label + b.Text)
		case document.Paragraph:
			want.WriteString(b.Text.String())
		case document.Note:
			want.WriteString(b.Text.String())
		case document.Fields:
			for _, f := range b.Rows {
				want.WriteString(f.Label)
				for _, v := range f.Values {
					want.WriteString(v.String())
				}
			}
		case document.List:
			list(b.Items)
		case document.Table:
			want.WriteString(b.Caption)
			for _, c := range b.Columns {
				want.WriteString(c.Head)
			}
			for _, row := range b.Rows {
				for _, c := range row {
					want.WriteString(c.String())
				}
			}
		case document.Signatures:
			for _, s := range b.Signers {
				want.WriteString(s.Role + s.Mark + s.Name)
			}
			want.WriteString(b.Footnote)
		}
	}
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if bare(got) != bare(want.String()) {
		t.Errorf("got  %s\nwant %s", got, want.String())
	}
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	id := regexp.MustCompile(` eId="([^"]+)"`)
	to := regexp.MustCompile(`"#([^"]+)"`)
	for name, b := range written(t) {
		ids := map[string]bool{}
		for _, m := range id.FindAllStringSubmatch(string(b), -1) {
			if ids[m[1]] {
				t.Errorf("%s: eId %s twice", name, m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range to.FindAllStringSubmatch(string(b), -1) {
			if !ids[m[1]] {
				t.Errorf("%s: nothing has the eId %s", name, m[1])
			}
		}
		if bytes.Contains(b, []byte("⟦")) || len(ids) < 10 {
			t.Errorf("%s: a text is missing, or most of it", name)
		}
	}
}

func TestMinutesAreMarkedForWhatTheyAre(t *testing.T) {
	all := written(t)
	lv, en, draft := string(all["minutes-final-lv"]), string(all["minutes-final-en"]), string(all["minutes-draft-lv"])
	for _, want := range []string{
		`<FRBRuri value="/akn/lv/debateReport/protokols/memorandum-council/2024-01-31/1"/>`,
		`<FRBRuri value="/akn/lv/debateReport/protokols/memorandum-council/2024-01-31/1/lav@2024-02-05"/>`,
		`<FRBRuri value="/akn/lv/debateReport/protokols/memorandum-council/2024-01-31/1/lav@2024-02-05.xml"/>`,
		`<FRBRdate date="2024-01-31" name="session"/>`, `<FRBRlanguage language="lav"/>`, `<FRBRnumber value="1"/>`,
		`<docDate date="2024-01-31">2024. gada 31. janvārī</docDate>`,
		`<person refersTo="#person_1" as="#role_voting-state">Valsts kancelejas direktors – J. Ozols</person>`,
		`<person refersTo="#person_2" as="#role_voting-ngo">biedrības „Cielava &amp; Co” vadītāja – D. Cielava (attālināti)</person>`,
		`<recordedTime type="startEvent" time="2024-01-31T11:00:00+02:00">`, `<recordedTime type="endEvent" time="2024-01-31T12:45:00+02:00">`,
		`<debateSection eId="item_1" name="item">`, `<heading>Par līdzdalību &lt;un&gt; „kārtību”</heading>`,
		`<voting eId="item_1__voting" outcome="#adopted" refersTo="#item_1">`, `<count eId="item_1__voting__against" value="1" refersTo="#against"/>`,
		`<count eId="item_1__voting__casting" value="1" refersTo="#casting-for"/>`, `<p class="vote" refersTo="#item_1__voting"><b>Balsojums:</b>`,
		`<count eId="item_3__voting__all" value="2" refersTo="#consensus"/>`,
		`<quorum eId="item_1__quorum__needed" value="2"/>`,
		`<listIntroduction><b>Nolemj:</b></listIntroduction>`, `<num>1.2.</num>`, `Apstiprināt kārtību:<eol/>– ar grozījumiem.`,
		`<r:decision number="1.2." item="#item_1" addressee="#organization_finansu-ministrija" deadline="2024-02-28" tasks="8.2"/>`,
		`<outcome refersTo="#postponed">`, `<adjournment eId="adjournment">`, `<original eId="original"`,
		`<step date="2024-02-05T10:30:00Z" by="#person_1" as="#role_sedes-vaditajs" refersTo="#signed"/>`,
		`<documentRef eId="att_1__ref" href="/akn/lv/debateReport/protokols/memorandum-council/2024-01-31/1/!annex_1" showAs="Ziņojums par līdzdalību"/>`,
	} {
		if !strings.Contains(lv, want) {
			t.Errorf("minutes lack %s", want)
		}
	}
	if t.Failed() {
		t.Log(lv)
	}
	for _, want := range []string{`<FRBRlanguage language="eng"/>`, `fromLanguage="lav" authoritative="false"`, `showAs="with a vote, state side"`} {
		if !strings.Contains(en, want) {
			t.Errorf("the translation lacks %s", want)
		}
	}
	for _, not := range []string{"FRBRnumber", "<workflow", "<original", "attachments"} {
		if strings.Contains(draft, not) {
			t.Errorf("a draft has %s", not)
		}
	}
	for _, b := range all {
		for _, id := range []string{"p1", "p2", "p3"} {
			if strings.Contains(string(b), `"`+id+`"`) {
				t.Errorf("an internal id of a person is in the file: %s", id)
			}
		}
	}
}

func TestTheSamePaperHasTheSameBytes(t *testing.T) {
	a, b := written(t), written(t)
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s is different the second time", name)
		}
	}
}

func BenchmarkMinutes(b *testing.B) {
	r := session(b)
	m := final(r)
	d := minutes.Document(locale.LV, r, m)
	for b.Loop() {
		if _, err := Minutes(locale.LV, d, r, m); err != nil {
			b.Fatal(err)
		}
	}
}
