package web

import (
	"net/http"
	"time"

	"padome/council"
	"padome/internal/problem"
)

// settingsRoutes are those of the council's settings and its calendar.
func (s *Server) settingsRoutes() []Route {
	return []Route{
		{"GET", "/api/v1/settings", Public, noBody, s.settings},
		{"PUT", "/api/v1/settings", keepers, formDoc, s.changeSettings},
		{"GET", "/api/v1/calendar", Public, noBody, s.calendar},
		{"PUT", "/api/v1/calendar", keepers, formDoc, s.changeCalendar},
		{"GET", "/api/v1/calendar/working-days", Public, noBody, s.workingDays},
	}
}

func (s *Server) settings(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, withoutArms(x), x.Revision)
}

// withoutArms are the settings without the picture, which has an address of its
// own.
func withoutArms(x council.Settings) council.Settings {
	x.Arms = nil
	return x
}

// settingsFields are the settings as programs and the page alike send them.
type settingsFields struct {
	Name           string           `json:"name"`
	NameOf         string           `json:"nameOf"`
	NameEN         string           `json:"nameEn"`
	Short          string           `json:"short"`
	ShortOf        string           `json:"shortOf"`
	ShortEN        string           `json:"shortEn"`
	Place          string           `json:"place"`
	PlaceEN        string           `json:"placeEn"`
	SeatsPerSide   int              `json:"seatsPerSide"`
	Quorum         council.Quorum   `json:"quorum"`
	Majority       council.Majority `json:"majority"`
	Tie            council.Tie      `json:"tie"`
	Signers        council.Signers  `json:"signers"`
	Weekday        time.Weekday     `json:"weekday"`
	Starts         council.Clock    `json:"starts"`
	Minutes        int              `json:"minutes"`
	Accent         council.Accent   `json:"accent,omitempty"`
	SecondRequired bool             `json:"secondRequired"`
	// These may be left out: 0 stands for the usual 5, 7 and 30.
	CommentDays  int `json:"commentDays"`
	DissentDays  int `json:"dissentDays"`
	ObserverDays int `json:"observerDays"`
	// And these: 0 stands for the usual 365, 730, 365 and 180.
	KeepComments  int `json:"keepComments"`
	KeepProposals int `json:"keepProposals"`
	KeepDrafts    int `json:"keepDrafts"`
	KeepFormer    int `json:"keepFormer"`
	// Signing is how minutes are signed: here or electronic; left out, here.
	Signing council.Signing `json:"signing"`
	// Address is where the council's pages are, for the codes on papers.
	Address string `json:"address"`
	// Contact is how the public reaches the secretariat.
	Contact string `json:"contact"`
}

// put changes settings into what was sent.
func (f settingsFields) put(x council.Settings) council.Settings {
	x.Name, x.NameOf, x.NameEN, x.Short, x.ShortOf, x.ShortEN = f.Name, f.NameOf, f.NameEN, f.Short, f.ShortOf, f.ShortEN
	x.Place, x.PlaceEN, x.SeatsPerSide = f.Place, f.PlaceEN, f.SeatsPerSide
	x.Quorum, x.Majority, x.Tie, x.Signers, x.Signing = f.Quorum, f.Majority, f.Tie, f.Signers, f.Signing
	x.Weekday, x.Starts, x.Minutes, x.SecondRequired, x.Accent = f.Weekday, f.Starts, f.Minutes, f.SecondRequired, f.Accent
	x.CommentDays, x.DissentDays, x.ObserverDays = f.CommentDays, f.DissentDays, f.ObserverDays
	x.Address, x.Contact = f.Address, f.Contact
	x.Keeping = council.Keeping{Comments: f.KeepComments, Proposals: f.KeepProposals, Drafts: f.KeepDrafts, Former: f.KeepFormer}
	return x
}

// fieldsOf are the settings in force, as the page shows them.
func fieldsOf(x council.Settings) settingsFields {
	return settingsFields{Name: x.Name, NameOf: x.NameOf, NameEN: x.NameEN, Short: x.Short, ShortOf: x.ShortOf, ShortEN: x.ShortEN,
		Place: x.Place, PlaceEN: x.PlaceEN, SeatsPerSide: x.SeatsPerSide, Quorum: x.Quorum, Majority: x.Majority, Tie: x.Tie,
		Signers: x.Signers, Signing: x.SigningInForce(), Weekday: x.Weekday, Starts: x.Starts, Minutes: x.Minutes,
		Accent: x.Accent, SecondRequired: x.SecondRequired, Address: x.Address, Contact: x.Contact,
		CommentDays: x.CommentPeriod(), DissentDays: x.DissentPeriod(), ObserverDays: x.ObserverPeriod(),
		KeepComments: x.KeptFor(council.ErasableComments), KeepProposals: x.KeptFor(council.ErasableProposals),
		KeepDrafts: x.KeptFor(council.ErasableDrafts), KeepFormer: x.KeptFor(council.ErasableAccounts)}
}

type settingsRequest struct {
	settingsFields
	// Reminders may be left out: then they are the usual ones.
	Reminders *council.Reminders `json:"reminders"`
}

func (s *Server) changeSettings(c *Call) error {
	var in settingsRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	if err := c.mayRequireSecond(in.SecondRequired); err != nil {
		return err
	}
	x, err := s.Office.SaveSettings(c.Ctx, c.by(), revision, in.put(council.Settings{Reminders: in.Reminders}))
	if err != nil {
		return err
	}
	return stored(c, withoutArms(x), x.Revision, false)
}

func (s *Server) calendar(c *Call) error {
	x, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, calendarView(x), x.Revision)
}

func calendarView(x council.Calendar) council.Calendar {
	x.Moved, x.Extra = listed(x.Moved), listed(x.Extra)
	return x
}

type calendarRequest struct {
	Moved []council.MovedDay `json:"moved"`
	Extra []council.ExtraDay `json:"extra"`
}

func (s *Server) changeCalendar(c *Call) error {
	var in calendarRequest
	revision, err := c.beginningOrChanging(&in)
	if err != nil {
		return err
	}
	x, err := s.Office.SaveCalendar(c.Ctx, c.by(), revision, council.Calendar{Moved: in.Moved, Extra: in.Extra})
	if err != nil {
		return err
	}
	return stored(c, calendarView(x), x.Revision, false)
}

// workingDays says on which day something must be done at the latest so that it
// is not later than n working days before a day.
func (s *Server) workingDays(c *Call) error {
	before, err := c.date("before", true)
	if err != nil {
		return err
	}
	n, err := c.number("n", 1, 1, 250)
	if err != nil {
		return err
	}
	x, err := s.Office.Calendar(c.Ctx)
	if err != nil {
		return err
	}
	on := x.WorkingDaysBefore(before, n)
	if !on.Valid() {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	return c.JSON(http.StatusOK, struct {
		Before council.Date `json:"before"`
		N      int          `json:"n"`
		Latest council.Date `json:"latest"`
	}{before, n, on}, 0)
}
