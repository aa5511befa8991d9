package web

import (
	"encoding/hex"
	"math"
	"net/http"
	"strconv"
	"strings"

	"padome/internal/problem"
	"padome/office"
	"padome/templates"
)

func init() { addArea(area{routes: (*Server).ledgerRoutes}) }

// ledgerRoutes are those of the evidence ledger: all of it is for everybody,
// since its entries hold no names and no texts.
func (s *Server) ledgerRoutes() []Route {
	if s.Office == nil {
		return nil
	}
	return []Route{
		{"GET", office.LedgerPath, Public, noBody, s.ledgerPage},
		{"GET", "/api/v1/ledger", Public, noBody, s.ledgerState},
		{"GET", "/api/v1/ledger/checkpoint", Public, noBody, s.ledgerCheckpoint},
		{"GET", "/api/v1/ledger/entries", Public, noBody, s.ledgerEntries},
		{"GET", "/api/v1/ledger/entries/:number", Public, noBody, s.ledgerEntry},
		{"GET", "/api/v1/ledger/consistency", Public, noBody, s.ledgerConsistency},
	}
}

// ledgerSize is a state of the ledger that the address asks for; -1 for the newest.
func (c *Call) ledgerSize(name string) (int64, error) {
	n, err := c.number(name, -1, 0, math.MaxInt32)
	return int64(n), err
}

func (s *Server) ledgerState(c *Call) error {
	size, err := c.ledgerSize("size")
	if err != nil {
		return err
	}
	p, err := s.Office.Checkpoint(c.Ctx, size)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, p, 0)
}

// ledgerCheckpoint answers with the signed note itself, as it is kept in files.
func (s *Server) ledgerCheckpoint(c *Call) error {
	size, err := c.ledgerSize("size")
	if err != nil {
		return err
	}
	p, err := s.Office.Checkpoint(c.Ctx, size)
	if err != nil {
		return err
	}
	if p.Signed == "" {
		return problem.New(problem.NotFound, "problem.ledger.unsigned")
	}
	c.write(http.StatusOK, "text/plain; charset=utf-8", []byte(p.Signed))
	return nil
}

func (s *Server) ledgerEntries(c *Call) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	from := int64(0)
	if p.After != "" {
		n, err := strconv.ParseInt(p.After, 10, 32)
		if err != nil || n < 0 {
			var l problem.List
			l.Add("after", "problem.storage.cursor", "value", clip(p.After))
			return l.Err()
		}
		from = n + 1
	}
	all, err := s.Office.LedgerEntries(c.Ctx, from, p.Limit)
	if err != nil {
		return err
	}
	next := ""
	if len(all) == p.Limit {
		next = strconv.FormatInt(all[len(all)-1].Number, 10)
	}
	return list(c, all, next, func(e office.LedgerEntry) office.LedgerEntry { return e })
}

func (s *Server) ledgerEntry(c *Call) error {
	n, err := strconv.ParseInt(c.Param("number"), 10, 32)
	if err != nil || n < 0 {
		return problem.New(problem.NotFound, "problem.not-found")
	}
	size, err := c.ledgerSize("size")
	if err != nil {
		return err
	}
	p, err := s.Office.ProveEntry(c.Ctx, n, size)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, p, 0)
}

func (s *Server) ledgerConsistency(c *Call) error {
	older, err := c.number("older", 0, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	newer, err := c.ledgerSize("newer")
	if err != nil {
		return err
	}
	p, err := s.Office.ProveConsistency(c.Ctx, int64(older), newer)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, p, 0)
}

// ledgerShown is how many entries the page shows.
const ledgerShown = 50

// ledgerPage shows the newest checkpoint and entries, and says of the foot of a
// paper whether it is of this ledger.
func (s *Server) ledgerPage(c *Call) error {
	p, err := s.Office.Checkpoint(c.Ctx, -1)
	if err != nil {
		return err
	}
	all, err := s.Office.LedgerEntries(c.Ctx, max(p.Size-ledgerShown, 0), ledgerShown)
	if err != nil {
		return err
	}
	page := templates.LedgerPage{Origin: p.Origin, Size: int(p.Size), Root: hex.EncodeToString(p.Root), Signed: strings.TrimRight(p.Signed, "\n"), Keys: p.Keys,
		AskedSize: clip(c.Query("size")), AskedHash: clip(c.Query("hash"))}
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i]
		page.Entries = append(page.Entries, templates.LedgerRow{Number: int(e.Number), At: e.Entry.Time, What: c.say("ledger.act." + e.Entry.Type),
			Object: e.Entry.Object, Href: "/api/v1/ledger/entries/" + strconv.FormatInt(e.Number, 10)})
	}
	return s.footing(c, page)
}

// footing adds to the page what it says of the foot of a paper, where one was
// entered.
func (s *Server) footing(c *Call, page templates.LedgerPage) error {
	if page.AskedSize == "" && page.AskedHash == "" {
		return c.Page(http.StatusOK, page)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(page.AskedSize), 10, 32)
	if err != nil || n < 0 || len(strings.TrimSpace(page.AskedHash)) < 8 {
		page.Fault = c.say("page.ledger.foot.fault")
		return c.FormPage(page)
	}
	ok, err := s.Office.Footing(c.Ctx, n, page.AskedHash)
	if err != nil && problem.KindOf(err) != problem.NotFound {
		return err
	}
	page.Asked, page.Genuine = true, ok
	return c.Page(http.StatusOK, page)
}
