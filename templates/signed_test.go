package templates

import "time"

func init() {
	at := time.Date(2024, 2, 28, 9, 5, 0, 0, time.UTC)
	signed := &SignedFile{Href: "/api/v1/sessions/1/minutes/signed", Format: "Parakstīts PDF", Size: "80 kB", At: at, Proven: []string{"Parakstīts šis <b>"},
		Signers: []SignedBy{{Name: "ANNA <b>", Level: "B-T", At: at, Stamped: true, Proven: []string{"Sertifikāts"}, Unproven: []string{"Nav"}}, {Name: "B", Level: "B-B", At: at}}}
	signers := []SignerRow{{Title: "Sēdes vadītājs", Name: "A. <b>", Signed: "28.02."}, {Title: "Protokolists", Name: "B."}}
	crumbs := Crumbs{{Text: "Sēde", Href: "/sessions/1"}}
	samples["first signed file"] = MinutesUpload{Crumbs: crumbs, Form: faulty(DocumentFields), Title: "Protokols <b>", PDF: "/m.pdf", Signers: signers, Accept: ".pdf"}
	samples["signed PDF to sign on"] = MinutesUpload{Form: Form{Fields: DocumentFields}, Title: "Protokols", PDF: "/m.pdf", Signers: signers, Signed: signed, Continues: true}
	samples["container to join"] = MinutesUpload{Form: Form{Fields: DocumentFields}, Title: "Protokols", PDF: "/m.pdf", Signers: signers, Signed: signed, Joins: true}
	samples["minutes signed electronically"] = Minutes{Title: "Protokols", Held: true, Begun: true, Path: "/sessions/1/minutes", Paper: "<h3>P</h3>", PDF: "/m.pdf", Signers: signers, Signed: signed, Upload: true}
	samples["certificate subject"] = SubjectForm{Crumbs: crumbs, Form: faulty(SubjectFields), Name: "A. <b>", Back: "/people/a", History: "/h"}
	anchors := []AnchorRow{{Name: "Root <b>", Kind: "sakne", From: "2017-01-13", Until: "2035-01-13", Fingerprint: "ab"}, {Name: "TSA", Kind: "laiks", From: "2021-01-13", Until: "2024-01-13", Ended: true}}
	samples["national certificates"] = TrustForm{Crumbs: crumbs, Form: faulty(TrustFields), National: true, Anchors: anchors}
	samples["own certificates"] = TrustForm{Form: Form{Fields: TrustFields}, Anchors: anchors, History: "/h"}
}
