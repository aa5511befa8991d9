package web

import (
	"cmp"
	"net/http"
	"strconv"
	"time"

	"padome/agenda"
	"padome/council"
	"padome/internal/problem"
	"padome/office"
	"padome/plan"
)

// agendaRoutes are those of agendas, from the draft to what both leads approved.
func (s *Server) agendaRoutes() []Route {
	return append(paperRoutes("/api/v1/sessions/:id/agenda", Public, s.agendaFile), []Route{
		{"GET", "/api/v1/preview", drafters, noBody, s.preview},
		{"GET", "/api/v1/forecast", drafters, noBody, s.forecast},
		{"GET", "/api/v1/sessions/:id/agenda", Public, noBody, s.agenda},
		{"POST", "/api/v1/sessions/:id/agenda/build", preparers, noBody, s.buildAgenda},
		{"PUT", "/api/v1/sessions/:id/agenda/order", preparers, formDoc, s.arrangeAgenda},
		{"PUT", "/api/v1/sessions/:id/agenda/items/:item", preparers, longDoc, s.editItem},
		{"POST", "/api/v1/sessions/:id/agenda/items/:item/documents", preparers, office.MaxDocument, s.attachToItem},
		{"DELETE", "/api/v1/sessions/:id/agenda/items/:item/documents/:sha256", preparers, noBody, s.detachFromItem},
		{"PUT", "/api/v1/sessions/:id/agenda/items/:item/allotment", preparers, formDoc, s.allotItem},
		{"PUT", "/api/v1/sessions/:id/agenda/items/:item/placement", preparers, formDoc, s.placeItem},
		{"POST", "/api/v1/sessions/:id/agenda/overrides", preparers, formDoc, s.overrideRule},
		{"POST", "/api/v1/sessions/:id/agenda/submit", preparers, noBody, s.submitAgenda},
		{"POST", "/api/v1/sessions/:id/agenda/approve", leads, smallDoc, s.approveAgenda},
		{"POST", "/api/v1/sessions/:id/agenda/request-changes", leads, formDoc, s.requestChanges},
		{"GET", "/api/v1/sessions/:id/agenda/versions", Public, noBody, s.agendaVersions},
		{"GET", "/api/v1/sessions/:id/agenda/versions/:number", Public, noBody, s.agendaVersion},
	}...)
}

func (s *Server) preview(c *Call) error {
	on, err := c.date("date", true)
	if err != nil {
		return err
	}
	d, err := s.Office.Preview(c.Ctx, c.Actor, on)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, d, 0)
}

// forecast answers with the sessions from a day on, today when none is named.
func (s *Server) forecast(c *Call) error {
	from, err := c.date("from", false)
	if err != nil {
		return err
	}
	sessions, err := c.number("sessions", 0, 1, office.MostForeseen)
	if err != nil {
		return err
	}
	o, err := s.Office.Forecast(c.Ctx, c.Actor, cmp.Or(from, c.Today()), sessions)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, o, 0)
}

// agendaView is an agenda with its status in words.
type agendaView struct {
	agenda.Agenda
	StatusText string `json:"statusText"`
}

// showAgenda answers with an agenda, or passes a refusal on.
func (c *Call) showAgenda(a agenda.Agenda, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, agendaView{a, c.say("api.agenda." + string(a.Status))}, a.Revision)
}

func (s *Server) agenda(c *Call) error {
	return c.showAgenda(s.Office.Agenda(c.Ctx, c.Actor, c.Param("id")))
}

func (s *Server) buildAgenda(c *Call) error {
	revision, err := c.RevisionOrNone()
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.BuildAgenda(c.Ctx, c.by(), c.Param("id"), revision))
}

// orderRequest is the whole order of a draft: an item that is not named is taken
// out, a candidate that is named comes on.
type orderRequest struct {
	Items  []string `json:"items"`
	Reason string   `json:"reason"`
}

func (s *Server) arrangeAgenda(c *Call) error {
	var in orderRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.ArrangeAgenda(c.Ctx, c.by(), c.Param("id"), revision, in.Items, in.Reason))
}

// attachToItem takes a file for an item of the draft, as addDocument does for a
// proposal.
func (s *Server) attachToItem(c *Call) error {
	return c.upload(func(revision uint64, f upload) error {
		return c.showAgenda(s.Office.AttachToItem(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), f.name, f.media, f.body))
	})
}

func (s *Server) detachFromItem(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.DetachFromItem(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), c.Param("sha256")))
}

// itemRequest is what may be said anew of an item; its documents change one by
// one.
type itemRequest struct {
	Title         string   `json:"title"`
	Presenters    []string `json:"presenters"`
	Invited       []string `json:"invited"`
	DraftDecision string   `json:"draftDecision"`
	Addressees    []string `json:"addressees"`
	OutsideRiga   bool     `json:"outsideRiga"` // an organisation from outside Rīga presents it
}

func (s *Server) editItem(c *Call) error {
	var in itemRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.EditItem(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), agenda.Matter{
		Title: in.Title, Presenters: in.Presenters, Invited: in.Invited, DraftDecision: in.DraftDecision,
		Addressees:  in.Addressees,
		OutsideRiga: in.OutsideRiga,
	}))
}

// allotmentRequest is what an item gets otherwise than the principles gave it.
type allotmentRequest struct {
	Kind    agenda.Kind `json:"kind"`
	Minutes int         `json:"minutes"`
	Reason  string      `json:"reason"`
}

func (s *Server) allotItem(c *Call) error {
	var in allotmentRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.AllotItem(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), in.Kind, in.Minutes, in.Reason))
}

func (s *Server) placeItem(c *Call) error {
	var in agenda.Placement
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.PlaceItem(c.Ctx, c.by(), c.Param("id"), revision, c.Param("item"), in))
}

type overrideRequest struct {
	Rule   string `json:"rule"`
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

func (s *Server) overrideRule(c *Call) error {
	var in overrideRequest
	revision, err := c.changing(&in)
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.OverrideRule(c.Ctx, c.by(), c.Param("id"), revision, in.Rule, in.Item, in.Reason))
}

func (s *Server) submitAgenda(c *Call) error {
	revision, err := c.Revision()
	if err != nil {
		return err
	}
	return c.showAgenda(s.Office.SubmitAgenda(c.Ctx, c.by(), c.Param("id"), revision))
}

func (s *Server) approveAgenda(c *Call) error {
	var in proofRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showAgenda(s.Office.ApproveAgenda(c.Ctx, c.byProving(in), c.Param("id"), in.Digest))
}

type changesRequest struct {
	Digest  string `json:"digest"`
	Comment string `json:"comment"`
}

func (s *Server) requestChanges(c *Call) error {
	var in changesRequest
	if err := c.Decode(&in); err != nil {
		return err
	}
	return c.showAgenda(s.Office.RequestChanges(c.Ctx, c.by(), c.Param("id"), in.Digest, in.Comment))
}

func (s *Server) agendaVersions(c *Call) error {
	a, err := s.Office.Agenda(c.Ctx, c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return listPart(c, a.Versions, func(v agenda.Version) string { return strconv.Itoa(v.Number) }, same)
}

// versionView is the frozen content of a version. The public sees the agenda
// itself; what was left out, and what members handed in for it, is for those
// who may propose.
type versionView struct {
	Number     int         `json:"number"`
	Digest     string      `json:"digest"`
	Approved   bool        `json:"approved"`
	Submitted  time.Time   `json:"submitted"`
	Session    sessionView `json:"session"`
	Principles int         `json:"principles"`
	Plan       int         `json:"plan"`
	Items      any         `json:"items"`

	Approvals []agenda.Approval `json:"approvals,omitempty"`
	Requests  []agenda.Request  `json:"requests,omitempty"`
	LeftOut   []agenda.LeftOut  `json:"leftOut,omitempty"`
	Unmet     []agenda.Breach   `json:"unmet,omitempty"`
	Overrides []agenda.Override `json:"overrides,omitempty"`
}

// publicItem is an item of an approved agenda as the paper prints it, with why
// it is there.
type publicItem struct {
	ID          string          `json:"id"`
	Number      int             `json:"number"`
	Kind        agenda.Kind     `json:"kind"`
	Title       string          `json:"title"`
	Tasks       []plan.Ref      `json:"tasks,omitempty"`
	OutsidePlan string          `json:"outsidePlan,omitempty"`
	Initiator   council.Side    `json:"initiator,omitempty"`
	InitiatedBy string          `json:"initiatedBy,omitempty"`
	Presenters  []string        `json:"presenters,omitempty"`
	Invited     []string        `json:"invited,omitempty"`
	Minutes     int             `json:"minutes"`
	Starts      council.Clock   `json:"starts"` // as planned
	Section     string          `json:"section,omitempty"`
	Break       int             `json:"break,omitempty"`
	Documents   []string        `json:"documents,omitempty"`
	Details     []agenda.Reason `json:"details,omitempty"`
	Reasons     []agenda.Reason `json:"reasons"`
}

func (c *Call) publicItems(starts council.Clock, items []agenda.Item) []publicItem {
	all := make([]publicItem, len(items))
	for i, slot := range agenda.Times(starts, items) {
		it := &items[i]
		x := publicItem{ID: it.ID, Number: it.Number, Kind: it.Kind, Title: it.TitleIn(c.Lang), Tasks: it.Tasks,
			OutsidePlan: it.OutsidePlan, Initiator: it.Initiator, InitiatedBy: it.InitiatedBy,
			Presenters: it.Presenters, Invited: it.Invited, Minutes: it.Minutes, Starts: slot.Starts,
			Section: it.Section, Break: it.Break, Reasons: it.Reasons}
		for _, d := range it.Documents {
			x.Documents = append(x.Documents, d.Name)
		}
		for _, d := range it.Details {
			x.Details = append(x.Details, d.Reason)
		}
		all[i] = x
	}
	return all
}

// versionNumber is the version of the path or the query: 0 for "approved", -1
// for "draft" where there may be one.
func (c *Call) versionNumber(value string, draft bool) (int, error) {
	switch {
	case value == "", value == "0", value == "approved":
		return 0, nil
	case value == "draft" && draft:
		return -1, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || strconv.Itoa(n) != value {
		return 0, problem.New(problem.NotFound, "problem.missing.agenda-version", "id", clip(value))
	}
	return n, nil
}

func (s *Server) agendaVersion(c *Call) error {
	n, err := c.versionNumber(c.Param("number"), false)
	if err != nil {
		return err
	}
	x, v, err := s.Office.Version(c.Ctx, c.Actor, c.Param("id"), n)
	if err != nil {
		return err
	}
	view := versionView{Number: v.Number, Digest: v.Digest, Approved: v.Approved(), Submitted: v.Submitted,
		Session: c.session(x.Session), Principles: x.Principles, Plan: x.Plan}
	if agenda.MayPropose(c.Actor) {
		view.Items, view.LeftOut, view.Unmet, view.Overrides = x.Items, x.LeftOut, x.Unmet, x.Overrides
		view.Approvals, view.Requests = v.Approvals, v.Requests
	} else {
		view.Items = c.publicItems(x.Session.Starts, x.Items)
	}
	return c.JSON(http.StatusOK, view, 0)
}

// agendaFile sends a version as a paper in a format; the appendix of reasons names what was
// left out too, and so is for those who may propose.
func (s *Server) agendaFile(c *Call, f office.PaperFormat) error {
	n, err := c.versionNumber(c.Query("version"), true)
	if err != nil {
		return err
	}
	reasons, err := c.flag("reasons")
	if err != nil {
		return err
	}
	if reasons {
		if err := proposers.admits(c); err != nil {
			return err
		}
	}
	x, err := s.Office.Session(c.Ctx, c.Param("id"))
	if err != nil {
		return err
	}
	file, err := s.Office.AgendaFile(c.Ctx, c.Actor, c.Lang, x.ID, n, reasons, f)
	if err != nil {
		return err
	}
	return c.sendPaper(f, file, "api.file.agenda", "date", string(x.Date))
}
