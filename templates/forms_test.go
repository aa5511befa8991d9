package templates

func init() {
	fields := []Named{{"tense", "page.form.tense"}, {"signers", "page.form.signers"}, {"closing-lv", "page.form.closing"}, {"closing-en", "page.form.closing.en"}, {"lines", "page.form.lines"},
		{"place-heading", "page.form.part.minutes.heading"}, {"text-presides-lv", "page.form.text.lv"}, {"text-presides-en", "page.form.text.en"}}
	p := PaperForm{Form: faulty(fields), Title: "Protokola forma", Minutes: true, Closes: true, Version: 2, Signers: []Choice{{Value: "", Text: "kā iestatījumos"}},
		Parts: []PaperFormPart{{Field: "place-heading", Must: true}}, Texts: []PaperFormText{{"text-presides-lv", "text-presides-en", "Sēdi vada", "Presides"}}}
	samples["form of papers"] = p
	p.Form = faulty(fields[4:]) // the others are of minutes alone
	p.Minutes, p.Closes, p.Version, p.Preview = false, false, 0, "<h3>DARBA KĀRTĪBA</h3>"
	samples["form of papers with a preview"] = p
}
