package templates

func init() {
	rows := []Row{{Name: "Dokuments", Value: "Protokols Nr. 1"}}
	samples["verification"] = Verify{Form: Form{Fields: VerifyFields}, Path: "/verify"}
	samples["verified minutes"] = Verify{Form: Form{Fields: VerifyFields}, Path: "/verify", Found: true, Exact: "Tieši tā", Warning: "Vairs nav spēkā", Rows: rows, Read: "/sessions/1/minutes",
		Also: []Link{{Text: "Labojums", Href: "/sessions/1/minutes/corrections/2"}}}
	samples["altered file"] = Verify{Form: Form{Fields: VerifyFields}, Path: "/verify", Found: true, Differs: "Mainīta", Why: []string{"Pievienota lapa <b>"}, Rows: rows}
	samples["file that differs"] = Verify{Form: faulty(VerifyFields), Path: "/verify", Differs: "Cita datne", Rows: rows}
}
