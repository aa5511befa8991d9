package office

import (
	"padome/agenda"
	"padome/council"
	"padome/storage"
)

// findDocument finds a document that the actor may see: members those of
// proposals and approved agendas; nobody else any.
func findDocument(v *storage.View, a council.Actor, sum string) (agenda.Attachment, error) {
	if !agenda.MayPropose(a) {
		return agenda.Attachment{}, hidden("document", sum)
	}
	page := storage.Page{Limit: storage.MaxPage}
	for {
		list, next, err := v.Proposals(page)
		if err != nil {
			return agenda.Attachment{}, err
		}
		for i := range list {
			for _, d := range list[i].Documents {
				if d.SHA256 == sum {
					return d, nil
				}
			}
		}
		if next == "" {
			return agenda.Attachment{}, hidden("document", sum)
		}
		page.After = next
	}
}
