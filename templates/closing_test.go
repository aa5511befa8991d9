package templates

func init() {
	signers := []SignerRow{{Title: "Sēdes vadītājs", Name: "J. Ozols", Signed: "parakstīts"}, {Title: "Protokoliste", Name: "V. Uzvārde"}}
	places := []Choice{{Value: "0:", Text: "Protokols kopumā"}}
	samples["reopening of minutes"] = MinutesReopen{Form: faulty(MinutesReopenFields), Rows: []Row{{Name: "Ko", Value: "protokolu"}}, Path: "/sessions/1/minutes"}
	samples["form of a correction"] = MinutesCorrect{Form: faulty(MinutesCorrectFields), Title: "Labojums", Places: places, Sessions: places, Back: "/sessions/1/minutes"}
	one := MinutesCorrection{Form: faulty(CorrectionEndFields), Title: "Labojums", State: Tag{Text: "projekts", Colour: "grey"}, Path: "/sessions/1/minutes/corrections/2", Paper: "<h3>LABOJUMS</h3>",
		PDF: "/api/v1/sessions/1/minutes/corrections/2/pdf", Change: true, Finalise: true}
	samples["draft correction"] = one
	one.Form, one.Change, one.Finalise, one.Digest, one.Signers, one.MaySign, one.Waits = Form{}, false, false, "ab12", signers, true, "Gaida"
	samples["correction to sign"] = one
	one.MaySign, one.Upload, one.Waits, one.Signed = false, true, "", &SignedFile{Format: "Parakstīts PDF", Size: "80 kB", Signers: []SignedBy{{Name: "ANNA <b>", Level: "B-T", Stamped: true}}}
	samples["correction signed electronically"] = one
	samples["minutes with corrections"] = Minutes{Title: "Protokols", Held: true, Begun: true, Path: "/sessions/1/minutes", Paper: "<h3>PROTOKOLS</h3>",
		PDF: "/api/v1/sessions/1/minutes.pdf", Digest: "ab12", Signers: signers, Approved: Link{Text: "sēde", Href: "/sessions/2"}, Corrected: true, Correct: true, Reopen: true,
		Corrections: []CorrectionRow{{Title: "Labojums Nr. 1", Place: "2.2. punkts", Href: "/sessions/1/minutes/corrections/2", PDF: "/p", State: Tag{Text: "parakstīts", Colour: "green"}}},
		Reopening:   ReopeningRow{Text: "V. Uzvārde: kļūda", Confirm: true, Drop: true}, Reopened: []string{"Atvērts"}}
}
