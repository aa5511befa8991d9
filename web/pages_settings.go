package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"padome/council"
	"padome/internal/problem"
	"padome/templates"
)

func init() {
	addArea(area{
		routes: (*Server).settingsPages,
		nav:    []entrance{{"/settings", "nav.settings", 90, keeper}},
	})
}

// settingsPages are those of what a council arranges for itself.
func (s *Server) settingsPages() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", "/settings", keepers, noBody, s.settingsPage},
		{"POST", "/settings", keepers, formDoc, s.settingsByForm},
		{"GET", "/settings/calendar", keepers, noBody, s.calendarPage},
		{"POST", "/settings/calendar", keepers, formDoc, s.calendarByForm},
		{"GET", "/settings/arms", keepers, noBody, s.armsPage},
		{"POST", "/settings/arms", keepers, longDoc, s.armsByForm},
		{"POST", "/settings/arms/remove", keepers, smallDoc, s.removeArms},
		{"GET", "/arms", Public, noBody, s.arms},
	}
}

// settingsEntered are the settings as their form has them.
type settingsEntered struct {
	settingsFields
	Before int  `json:"reminders-before"`
	OnDay  bool `json:"reminders-onDay"`
	Every  int  `json:"reminders-every"`
}

func (e settingsEntered) put(x council.Settings) council.Settings {
	x = e.settingsFields.put(x)
	x.Accent = council.Accent(strings.ToLower(strings.TrimSpace(string(e.Accent))))
	if r := (council.Reminders{Before: e.Before, OnDay: e.OnDay, Every: e.Every}); r != council.UsualReminders || x.Reminders != nil {
		x.Reminders = &r
	}
	return x
}

func entering(x council.Settings) settingsEntered {
	r := x.RemindersInForce()
	return settingsEntered{fieldsOf(x), r.Before, r.OnDay, r.Every}
}

func (c *Call) settingsForm(f templates.Form) templates.SettingsForm {
	p := templates.SettingsForm{Form: f, History: c.historyOf("settings", "the")}
	if council.MayChangeTrust(c.Actor) == nil {
		p.Trust = "/settings/trust"
	}
	for d := time.Monday; d <= time.Friday; d++ {
		n := strconv.Itoa(int(d))
		p.Weekdays = append(p.Weekdays, templates.Choice{Value: n, Text: c.say("page.settings.weekday." + n)})
	}
	return p
}

func (s *Server) settingsPage(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, c.settingsForm(c.NewForm(templates.SettingsFields, x.Revision, entering(x))))
}

func (s *Server) settingsByForm(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	var in settingsEntered
	form, err := c.Form(templates.SettingsFields, &in)
	if err != nil {
		return err
	}
	if err = c.mayRequireSecond(in.SecondRequired); err == nil && len(form.Faults) == 0 {
		_, err = s.Office.SaveSettings(c.Ctx, c.by(), form.Revision, in.put(x))
	}
	if e, ok := asProblem(err); ok {
		for i := range e.Fields {
			e.Fields[i].Name = strings.Replace(e.Fields[i].Name, "reminders.", "reminders-", 1)
		}
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(c.settingsForm(form))
	} else if err != nil {
		return err
	}
	return c.Done("/settings", "done.settings")
}

// mayRequireSecond refuses to require a second factor while whoever asks for it
// has none: they would shut themselves out.
func (c *Call) mayRequireSecond(asked bool) error {
	var l problem.List
	if asked && !c.account.HasSecond() {
		l.Add("secondRequired", "problem.settings.second-own")
	}
	return l.Err()
}

func (c *Call) settingsCrumbs() templates.Crumbs {
	return templates.Crumbs{{Text: c.say("page.settings.title"), Href: "/settings"}}
}

func armsAt(x council.Settings) string {
	if x.Arms == nil {
		return ""
	}
	return "/arms?v=" + x.Arms.Digest()
}

func (s *Server) armsPage(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	return c.Page(http.StatusOK, templates.ArmsForm{Crumbs: c.settingsCrumbs(), Form: c.NewForm(templates.ArmsFields, x.Revision, nil), Arms: armsAt(x)})
}

func (s *Server) armsByForm(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	form, err := c.Form(templates.ArmsFields, nil)
	if err != nil {
		return err
	}
	arms, err := c.uploadedArms()
	if err == nil {
		_, err = s.Office.SaveArms(c.Ctx, c.by(), form.Revision, arms)
	}
	if wrong, err := c.Wrong(&form, err); wrong {
		return c.FormPage(templates.ArmsForm{Crumbs: c.settingsCrumbs(), Form: form, Arms: armsAt(x)})
	} else if err != nil {
		return err
	}
	return c.Done("/settings/arms", "done.arms")
}

// uploadedArms is the picture that came with the form.
func (c *Call) uploadedArms() (*council.Arms, error) {
	var l problem.List
	if c.files == nil || len(c.files.File["arms"]) == 0 {
		l.Add("arms", "problem.form.file")
		return nil, l.Err()
	}
	f, err := c.files.File["arms"][0].Open()
	if err != nil {
		return nil, fmt.Errorf("a file of a form: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, council.MaxArms+1))
	if err != nil {
		return nil, fmt.Errorf("a file of a form: %w", err)
	}
	return council.NewArms(data)
}

func (s *Server) removeArms(c *Call) error {
	form, err := c.Form(nil, nil)
	if err != nil {
		return err
	}
	if _, err := s.Office.SaveArms(c.Ctx, c.by(), form.Revision, nil); err != nil {
		return err
	}
	return c.Done("/settings/arms", "done.arms.removed")
}

// arms sends the picture of the council's arms.
func (s *Server) arms(c *Call) error {
	x, err := s.Office.Settings(c.Ctx)
	if err != nil {
		return err
	}
	if x.Arms == nil {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	if c.Query("v") == x.Arms.Digest() {
		c.SetHeader("Cache-Control", "public, max-age=31536000, immutable")
	}
	c.write(http.StatusOK, x.Arms.Type, x.Arms.Bytes())
	return nil
}
