package templates

import (
	"padome/council"
	diff "padome/internal/text"
)

func init() {
	part := MinutesPart{Form: Form{ID: "p1-", Fields: MinutesPartFields, Values: map[string][]string{"text": {"Ziņo: J. Ozols"}}},
		Item: "opening", Number: 1, Title: "Par darba kārtību", Path: "/sessions/1/minutes/items/opening", Seen: "00", Edited: "Tekstu laboja V. Uzvārde",
		Drafted: "Ziņo: J. Ozols", Behind: true}
	annexes := []AnnexRow{{Title: "Pārskats", Pages: 3, Href: "/api/v1/documents/1"}, {Title: "Vēstule"}}
	signers := []SignerRow{{Title: "Sēdes vadītājs", Name: "J. Ozols", Signed: "parakstīts"}, {Title: "Protokoliste", Name: "V. Uzvārde"}}
	session := council.Session{ID: "1", Date: "2024-01-31"}
	samples["minutes of a session to be held"] = Minutes{Session: session, Title: "Protokols"}
	samples["minutes not begun"] = Minutes{Session: session, Title: "Protokols", Held: true, Editing: true, Path: "/sessions/1/minutes"}
	samples["draft minutes"] = Minutes{Session: session, Title: "Protokols", Held: true, Begun: true, Editing: true, Path: "/sessions/1/minutes",
		Live: "minutes/1", Missing: []Task{{Title: "Trūkst", Href: "#part-1"}}, Hard: true, Parts: []MinutesPart{part}, Annexes: annexes,
		Paper: "<h3>PROTOKOLS</h3>", PDF: "/api/v1/sessions/1/minutes.pdf", Signers: signers, State: Tag{Text: "projekts", Colour: "grey"}}
	samples["signed minutes"] = Minutes{Session: session, Title: "Protokols", Held: true, Begun: true, Path: "/sessions/1/minutes", Paper: "<h3>PROTOKOLS</h3>",
		PDF: "/api/v1/sessions/1/minutes.pdf", PDFSize: "80 kB", Digest: "ab12", Signers: signers, MaySign: true, Extracts: []ExtractRow{{Title: "1. Par darba kārtību", Formats: []Link{{Text: "PDF", Href: "/x.pdf"}, {Text: "DOCX", Href: "/x.docx"}}}}, Approved: Link{Text: "sēde", Href: "/sessions/2"}}
	form := Form{Fields: []Named{{"annexes-0-title", "page.minutes-annexes.name"}, {"annexes-0-pages", "page.minutes-annexes.pages"}}}
	title, _ := form.Field("annexes-0-title")
	pages, _ := form.Field("annexes-0-pages")
	samples["annexes of minutes"] = MinutesAnnexes{Form: form, Back: "/sessions/1/minutes", Rows: []AnnexFields{{At: 1, Title: title, Pages: pages, SHA256Name: "annexes-0-sha256"}}}
	samples["minutes that cannot be final"] = MinutesFinalise{Missing: []Task{{Title: "Trūkst"}}, Path: "/sessions/1/minutes"}
	samples["minutes to be final"] = MinutesFinalise{Rows: []Row{{Name: "Numurs", Value: "1"}}, Soft: []Task{{Title: "Pārbaudīt"}}, Path: "/sessions/1/minutes"}
	sign := MinutesSign{Form: Form{Fields: ProofFields}, Title: "Parakstīšana", Paper: "<h3>PROTOKOLS</h3>", PDF: "/api/v1/sessions/1/minutes.pdf",
		Digest: "ab12", Signers: signers, Path: "/sessions/1/minutes/sign", MaySign: true}
	samples["minutes to sign"] = sign
	sign.Check, sign.Code, sign.Rows = true, true, []Row{{Name: "Ko", Value: "protokolu"}}
	samples["check of a signature"] = sign
	sign.Check, sign.MaySign, sign.Done = false, false, "parakstīts"
	samples["receipt of a signature"] = sign
}

func init() {
	about := []Choice{{Value: "0:", Text: "Protokolu kopumā"}}
	row := CommentRow{ID: "1", About: "1. Par darba kārtību", Text: "Precizēt.", Name: "J. Ozols", State: Tag{Text: "pieņemts", Colour: "green"},
		Answer: "Precizēts.", Replier: "V. Uzvārde", Href: "/sessions/1/minutes/comments/1"}
	samples["circulation of minutes"] = MinutesCirculate{Rows: []Row{{Name: "Komentārus gaida", Value: "5 dienas"}}, Path: "/sessions/1/minutes"}
	samples["comments on minutes"] = MinutesComments{Form: Form{Fields: MinutesCommentFields}, Title: "Komentāri", Path: "/sessions/1/minutes", Until: "Līdz",
		Choices: about, Comments: []CommentRow{row}, Asked: true, Paper: "<h3>PROTOKOLS</h3>", Compare: true}
	samples["no comments on minutes"] = MinutesComments{Form: Form{Fields: MinutesCommentFields}, Title: "Komentāri", Path: "/sessions/1/minutes", Until: "Līdz"}
	samples["answer to a comment"] = MinutesAnswer{Form: Form{Fields: MinutesAnswerFields}, Comment: row, Now: "Ziņo: J. Ozols", Choices: about, Path: "/sessions/1/minutes"}
	samples["changes of minutes"] = MinutesChanges{Title: "Izmaiņas", Parts: []ChangedPart{{Number: 1, Title: "Par darba kārtību",
		Runs: []diff.Run{{Kind: diff.Same, Text: "Ziņo "}, {Kind: diff.Went, Text: "A"}, {Kind: diff.Came, Text: "B"}}}}}
	samples["no changes of minutes"] = MinutesChanges{Title: "Izmaiņas"}
	opinion := MinutesDissent{Form: Form{Fields: MinutesDissentFields}, Session: council.Session{ID: "1", Date: "2024-01-31"}, Until: "2024-02-07",
		Choices: about, Path: "/sessions/1/minutes/dissent", Minutes: "/sessions/1/minutes"}
	samples["dissenting opinion"] = opinion
	opinion.Check, opinion.Rows = true, []Row{{Name: "Jautājums", Value: "1."}}
	samples["check of a dissenting opinion"] = opinion
}

func init() {
	samples["member"] = Member{Name: "J. Ozols", New: 1, Propose: true, News: []MemberNews{{Text: "Parakstīts protokols", Href: "/sessions/1/minutes", New: true}},
		Next:    &MemberSession{Title: "Sēde", Href: "/sessions/1", When: "31.01.2024.", Place: "Rīgā", Agenda: true, Papers: "/sessions/1/papers.zip"},
		Comment: []Task{{Title: "Komentēt", Href: "/sessions/1/minutes/comments"}}, Proposals: []Task{{Title: "Par darbu", Href: "/proposals/1"}}}
	samples["member with nothing to do"] = Member{Name: "J. Ozols"}
}
