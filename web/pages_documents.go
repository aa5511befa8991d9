package web

import (
	"net/http"

	"padome/agenda"
	"padome/council"
	"padome/templates"
)

// documents are files to be saved.
func (c *Call) documents(all []agenda.Attachment) (ds []templates.Document) {
	for _, d := range all {
		ds = append(ds, templates.Document{Name: d.Name, Href: "/api/v1/documents/" + d.SHA256, Size: c.size(d.Size)})
	}
	return ds
}

func (s *Server) proposalDocuments(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.documentsPage(c.proposalCrumbs(&p), p.Title, p.Documents, c.NewForm(templates.DocumentFields, p.Revision, nil)))
}

func (c *Call) documentsPage(crumbs templates.Crumbs, title string, all []agenda.Attachment, f templates.Form) templates.DocumentsForm {
	page := templates.DocumentsForm{Crumbs: crumbs, Form: f, Title: title, Documents: c.documents(all)}
	for i := range page.Documents {
		page.Documents[i].Remove = all[i].SHA256
	}
	return page
}

// documentByForm adds the file that came, or takes one off.
func (s *Server) documentByForm(c *Call) error {
	p, err := s.changeable(c)
	if err != nil {
		return err
	}
	form, err := c.Form(templates.DocumentFields, nil)
	if err != nil {
		return err
	}
	done, err := c.addOrRemove(&form, func(f upload) error {
		_, err := s.Office.AddDocument(c.Ctx, c.by(), p.ID, form.Revision, f.name, f.media, f.body)
		return err
	}, func(sum string) error {
		_, err := s.Office.RemoveDocument(c.Ctx, c.by(), p.ID, form.Revision, sum)
		return err
	})
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.documentsPage(c.proposalCrumbs(&p), p.Title, p.Documents, form))
	} else if err != nil {
		return err
	}
	return c.Done(proposalAt(p.ID, "documents"), done)
}

// addOrRemove does what the form of documents asks for, and names the text that
// says so: it takes off the document of the button that was pressed, else it adds
// the file that came.
func (c *Call) addOrRemove(f *templates.Form, add func(upload) error, remove func(sum string) error) (done string, err error) {
	if sum := f.Value("remove"); sum != "" {
		return "done.document.removed", remove(sum)
	}
	return "done.document.added", c.takeFile(add)
}

// takeFile hands the file of a form's field "file" to take. What is wrong with
// its name is a fault of that field.
func (c *Call) takeFile(take func(upload) error) error {
	name, media, r, err := c.Upload("file")
	if err != nil {
		return err
	}
	defer r.Close()
	return renamed(take(upload{name, media, r}), func(string) string { return "file" })
}

// itemDocuments are the documents of an item of the draft that no proposal stands
// behind.
func (s *Server) itemDocuments(c *Call) error {
	x, a, it, err := s.attachable(c)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.documentsPage(c.itemCrumbs(x, it), it.TitleIn(c.Lang), it.Documents, c.NewForm(templates.DocumentFields, a.Revision, nil)))
}

// attachable is the item of the path, for somebody who may add documents to it.
func (s *Server) attachable(c *Call) (council.Session, agenda.Agenda, *agenda.Item, error) {
	x, a, it, err := s.item(c)
	if err == nil {
		err = a.Attachable(c.Actor, x, it.ID)
	}
	return x, a, it, err
}

func (c *Call) itemCrumbs(x council.Session, it *agenda.Item) templates.Crumbs {
	return append(c.agendaCrumbs(x), templates.Link{Text: it.TitleIn(c.Lang), Href: sessionAt(x.ID, "agenda", "items", it.ID)})
}

func (s *Server) itemDocumentByForm(c *Call) error {
	x, _, it, err := s.attachable(c)
	if err != nil {
		return err
	}
	form, err := c.Form(templates.DocumentFields, nil)
	if err != nil {
		return err
	}
	done, err := c.addOrRemove(&form, func(f upload) error {
		_, err := s.Office.AttachToItem(c.Ctx, c.by(), x.ID, form.Revision, it.ID, f.name, f.media, f.body)
		return err
	}, func(sum string) error {
		_, err := s.Office.DetachFromItem(c.Ctx, c.by(), x.ID, form.Revision, it.ID, sum)
		return err
	})
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.documentsPage(c.itemCrumbs(x, it), it.TitleIn(c.Lang), it.Documents, form))
	} else if err != nil {
		return err
	}
	return c.Done(sessionAt(x.ID, "agenda", "items", it.ID, "documents"), done)
}
