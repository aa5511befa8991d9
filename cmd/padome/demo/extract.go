package demo

import (
	"padome/internal/form"
	"padome/internal/locale"
	"padome/minutes"
	"padome/office"
)

// extract has the secretariat give extracts the council's own form and issue one,
// certified, of an item of the session that somebody asked for.
func (s *script) extract(x *sitting, m minutes.Minutes) error {
	if x.extracted == "" {
		return nil
	}
	f := form.Usual(form.Extract)
	f.Closing = []form.Words{{LV: "Izraksts izsniegts pēc pieprasījuma.", EN: "The extract is issued on request."}}
	return s.as(secretary, x.signatures[len(x.signatures)-1].at, func(by office.By) error {
		if _, err := s.o.SaveForm(s.ctx, by, f); err != nil {
			return err
		}
		file, err := s.o.ExtractFile(s.ctx, by.Actor, locale.LV, m.Session, s.item(x.extracted), office.PaperPDF)
		if err != nil {
			return err
		}
		return s.save("cmd.demo.file.extract", "izraksts-"+string(x.date)+".pdf", file)
	})
}
