package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"padome/internal/form"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).formPages}) }

// formPages are those of the forms of papers.
func (s *Server) formPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/settings/forms/:of", keepers, noBody, s.formPage},
		{"POST", "/settings/forms/:of", keepers, longDoc, s.formByForm},
	}
}

// Names of the fields of the page.
func placeField(part string) string                  { return "place-" + part }
func textField(name string, lang locale.Lang) string { return "text-" + name + "-" + string(lang) }
func closingField(lang locale.Lang) string           { return "closing-" + string(lang) }

// formValues are a form as the fields of its page.
func formValues(f form.Form) map[string][]string {
	v := map[string][]string{"tense": {string(f.Tense)}, "signers": {f.Signers}, "lines": {string(cmp.Or(f.Lines, form.Ragged))}}
	for i, p := range f.Parts {
		v[placeField(p)] = []string{strconv.Itoa(i + 1)}
	}
	for name, w := range f.Texts {
		for _, lang := range locale.Langs {
			v[textField(name, lang)] = []string{w.In(lang)}
		}
	}
	for _, lang := range locale.Langs {
		var lines []string
		for _, w := range f.Closing {
			lines = append(lines, w.In(lang))
		}
		v[closingField(lang)] = []string{strings.Join(lines, "\n")}
	}
	return v
}

// enteredForm is the form that the fields of the page say. Parts stand by their
// numbers; one without a number, or with 0, is left out.
func enteredForm(of form.Of, version int, get func(string) string) (form.Form, error) {
	var l problem.List
	f := form.Form{Of: of, Version: version, Tense: form.Tense(get("tense")), Signers: get("signers"), Lines: form.Lines(get("lines")), Texts: map[string]form.Words{}}
	place := map[string]int{}
	for _, p := range form.Parts(of) {
		s := strings.TrimSpace(get(placeField(p)))
		n, err := strconv.Atoi(s)
		if s != "" && (err != nil || n < 0 || n > 99) {
			l.Add(placeField(p), "problem.range", "value", s, "least", "0", "most", "99")
		}
		if place[p] = n; n > 0 {
			f.Parts = append(f.Parts, p)
		}
	}
	slices.SortStableFunc(f.Parts, func(a, b string) int { return place[a] - place[b] })
	for _, name := range form.Names(of) {
		w := form.Words{LV: strings.TrimSpace(get(textField(name, locale.LV))), EN: strings.TrimSpace(get(textField(name, locale.EN)))}
		if w != (form.Words{}) {
			f.Texts[name] = w
		}
	}
	lv, en := lines(get(closingField(locale.LV))), lines(get(closingField(locale.EN)))
	for i := range max(len(lv), len(en)) {
		var w form.Words
		if i < len(lv) {
			w.LV = lv[i]
		}
		if i < len(en) {
			w.EN = en[i]
		}
		f.Closing = append(f.Closing, w)
	}
	if err := l.Err(); err != nil {
		return f, err
	}
	return f, f.Validate()
}

func lines(s string) (all []string) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l)
		}
	}
	return all
}

// paperFormPage is the page of a form with what its fields hold.
func (c *Call) paperFormPage(now form.Form, f templates.Form) templates.PaperForm {
	p := templates.PaperForm{Crumbs: c.settingsCrumbs(), Form: f, Title: c.say("page.form.title." + string(now.Of)), Minutes: now.Of == form.Minutes, Closes: form.Closes(now.Of), Version: now.Version}
	named := []templates.Named{{Name: "tense", Label: "page.form.tense"}, {Name: "signers", Label: "page.form.signers"}, {Name: "lines", Label: "page.form.lines"}, {Name: closingField(locale.LV), Label: "page.form.closing"}, {Name: closingField(locale.EN), Label: "page.form.closing.en"}, {Name: "parts", Label: "page.form.parts"}}
	for _, x := range []string{"", "presiding-and-minute-taker", "chair-and-deputy"} {
		p.Signers = append(p.Signers, templates.Choice{Value: x, Text: c.say("page.form.signers." + cmp.Or(x, "usual"))})
	}
	for _, part := range form.Parts(now.Of) {
		named = append(named, templates.Named{Name: placeField(part), Label: "page.form.part." + string(now.Of) + "." + part})
		p.Parts = append(p.Parts, templates.PaperFormPart{Field: placeField(part), Must: form.Must(now.Of, part)})
	}
	for _, name := range form.Names(now.Of) {
		t := templates.PaperFormText{LV: textField(name, locale.LV), EN: textField(name, locale.EN),
			UsualLV: now.UsualText(locale.LV, name), UsualEN: now.UsualText(locale.EN, name)}
		named = append(named, templates.Named{Name: t.LV, Label: "page.form.text.lv"}, templates.Named{Name: t.EN, Label: "page.form.text.en"})
		p.Texts = append(p.Texts, t)
	}
	p.Form.Fields = named
	return p
}

func (s *Server) formPage(c *Call) error {
	of, err := c.formOf()
	if err != nil {
		return err
	}
	now, err := s.Office.Form(c.Ctx, of)
	if err != nil {
		return err
	}
	f := c.NewForm(nil, uint64(now.Version), nil)
	f.Values = formValues(now)
	return c.Page(http.StatusOK, c.paperFormPage(now, f))
}

// formByForm shows the newest paper in the form that was entered, or makes it the
// next version.
func (s *Server) formByForm(c *Call) error {
	of, err := c.formOf()
	if err != nil {
		return err
	}
	now, err := s.Office.Form(c.Ctx, of)
	if err != nil {
		return err
	}
	sent, err := c.Form(c.paperFormPage(now, templates.Form{}).Fields, nil)
	if err != nil {
		return err
	}
	entered, err := enteredForm(of, int(sent.Revision), sent.Value)
	p := c.paperFormPage(now, sent)
	preview := sent.Value("preview") != ""
	if err == nil && !preview {
		_, err = s.Office.SaveForm(c.Ctx, c.by(), entered)
	}
	if err == nil && preview {
		d, failed := s.Office.PreviewForm(c.Ctx, c.Actor, c.Lang, entered)
		if err = failed; err == nil {
			p.Preview = templates.Paper(d)
		}
	}
	wrong, err := c.Wrong(&p.Form, inFields(err))
	switch {
	case err != nil:
		return err
	case wrong:
		return c.FormPage(p)
	case preview:
		return c.Page(http.StatusOK, p)
	}
	return c.Done(formAt(of), "done.form")
}

// inFields gives the faults of a form the names of the fields of its page.
func inFields(err error) error {
	e, ok := asProblem(err)
	if !ok {
		return err
	}
	for i := range e.Fields {
		name := e.Fields[i].Name
		if rest, ok := strings.CutPrefix(name, "texts."); ok {
			if at := strings.LastIndex(rest, "."); at > 0 {
				e.Fields[i].Name = "text-" + rest[:at] + "-" + rest[at+1:]
			}
		} else if strings.HasPrefix(name, "closing") {
			e.Fields[i].Name = closingField(locale.LV)
		}
	}
	return err
}
