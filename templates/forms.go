package templates

import "html/template"

func init() { register(PaperForm{}) }

// PaperForm is where the form of papers is edited, with a preview.
type PaperForm struct {
	Crumbs
	Form
	Wide
	Title   string
	Minutes bool // it has a tense and signers
	Closes  bool // lines can stand before its signatures
	Version int  // in force; 0: the usual one
	Parts   []PaperFormPart
	Texts   []PaperFormText
	Signers []Choice
	Preview template.HTML
}

// PaperFormPart is the place of one part.
type PaperFormPart struct {
	Field string
	Must  bool
}

// PaperFormText is one text in both languages, with the usual ones.
type PaperFormText struct{ LV, EN, UsualLV, UsualEN string }

func (PaperForm) file() string { return "settings-form.html" }
